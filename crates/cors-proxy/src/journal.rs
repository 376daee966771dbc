//! The log: one line per call, and never a query, a header or a body.

use std::fmt;
use std::fs::File;
use std::io::Write;
use std::time::SystemTime;

use http::{Method, StatusCode};

use crate::policy::Permit;

/// Where log lines go: the terminal, or a test.
pub struct Journal(Box<dyn Fn(&str) + Send + Sync>);

impl Journal {
    /// Lines on standard error.
    #[must_use]
    pub fn terminal() -> Self {
        // A handle of our own: behind the usual one all threads would wait for each other. One
        // write for each line keeps lines whole, and a closed terminal is no reason to end.
        let terminal = own_terminal();
        Self::new(move |line| {
            let line = format!("{line}\n");
            let _ = match &terminal {
                Ok(file) => (&mut &*file).write_all(line.as_bytes()),
                Err(_) => std::io::stderr().write_all(line.as_bytes()),
            };
        })
    }

    /// Lines given to `write`.
    pub fn new(write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Box::new(write))
    }

    /// Writes a line of the operator's own, such as the session key for a page elsewhere.
    pub(crate) fn tell(&self, line: &str) {
        (self.0)(line);
    }

    /// Writes the line of one finished call.
    pub(crate) fn write(&self, line: &Line) {
        let time = httpdate::fmt_http_date(SystemTime::now());
        (self.0)(&format!("{time} {line}"));
    }
}

#[cfg(unix)]
fn own_terminal() -> std::io::Result<File> {
    use std::os::fd::AsFd;
    std::io::stderr().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn own_terminal() -> std::io::Result<File> {
    use std::os::windows::io::AsHandle;
    std::io::stderr().as_handle().try_clone_to_owned().map(File::from)
}

impl fmt::Debug for Journal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Journal")
    }
}

/// What is known about one call; a place that is not reached stays empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) method: Method,
    pub(crate) origin: String,
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) fault: Option<&'static str>,
    pub(crate) milliseconds: u128,
    pub(crate) bytes: u64,
}

impl Line {
    /// Notes where the call goes, in a form that names nobody.
    pub(crate) fn going_to(&mut self, permit: &Permit) {
        permit.target().origin().clone_into(&mut self.origin);
        self.path = template(permit.target().path(), permit.prefix());
    }
}

impl fmt::Display for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, origin, path, status, milliseconds, bytes, .. } = self;
        let (origin, path) = if origin.is_empty() { ("-", "") } else { (&**origin, &**path) };
        write!(out, "{method} {origin}{path} {} ", status.as_u16())?;
        if let Some(fault) = self.fault {
            write!(out, "{fault} ")?;
        }
        write!(out, "{milliseconds} ms {bytes} bytes")
    }
}

/// The operator's own prefix, the collection after it, and a blank for every further segment.
///
/// A collection is written in letters with a capital, such as `Users`; any other segment may be
/// somebody's identifier.
fn template(path: &str, prefix: &str) -> String {
    let rest = path.strip_prefix(prefix).unwrap_or(path);
    let mut out = prefix.to_owned();
    for (index, segment) in rest.split('/').enumerate().skip(1) {
        let collection = index == 1
            && segment.starts_with(|first: char| first.is_ascii_uppercase())
            && segment.bytes().all(|byte| byte.is_ascii_alphabetic());
        out.push('/');
        out.push_str(if collection || segment.is_empty() { segment } else { "{id}" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i01_a_path_is_logged_as_its_template() {
        for (path, prefix, logged) in [
            ("/scim/v2/Users/ada@contoso.com", "/scim/v2", "/scim/v2/Users/{id}"),
            ("/scim/v2/Users", "/scim/v2", "/scim/v2/Users"),
            ("/scim/v2/Users/", "/scim/v2", "/scim/v2/Users/"),
            ("/scim/v2/lovelace", "/scim/v2", "/scim/v2/{id}"),
            ("/scim/v2/Users/Ada/Manager", "", "/{id}/{id}/{id}/{id}/{id}"),
            ("/", "", "/"),
        ] {
            assert_eq!(template(path, prefix), logged);
        }
    }
}
