//! The log: one line per call, and never a query, a header or a body.

use std::fmt;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{Method, StatusCode};

use crate::policy::Permit;
use crate::queue::Queue;

/// Where log lines go: the terminal, or a test.
#[derive(Clone)]
pub struct Journal {
    write: Arc<dyn Fn(&str) + Send + Sync>,
    queue: Option<Arc<Queue>>,
}

impl Journal {
    /// Lines on standard error, written by a thread of their own: a terminal that stands still
    /// holds up no call.
    #[must_use]
    pub fn terminal() -> Self {
        let queue = Arc::new(Queue::default());
        let writer = Arc::clone(&queue);
        let thread = std::thread::Builder::new().name("journal".to_owned());
        let Ok(thread) = thread.spawn(move || writer.write_out(&mut std::io::stderr())) else {
            return Self::new(|line| drop(writeln!(std::io::stderr(), "{line}")));
        };
        let lines = Arc::clone(&queue);
        let write = Arc::new(move |line: &str| {
            if lines.push(line) {
                thread.thread().unpark();
            }
        });
        Self { write, queue: Some(queue) }
    }

    /// Lines given to `write`.
    pub fn new(write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { write: Arc::new(write), queue: None }
    }

    /// Waits, for a second at the most, until every line is written.
    pub fn flush(&self) {
        for _ in 0..100 {
            if self.queue.as_ref().is_none_or(|queue| queue.is_empty()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Writes a line of the operator's own, such as the session key for a page elsewhere.
    pub(crate) fn tell(&self, line: &str) {
        (self.write)(line);
    }

    /// Writes the line of one finished call.
    pub(crate) fn write(&self, line: &Line) {
        let time = httpdate::fmt_http_date(SystemTime::now());
        (self.write)(&format!("{time} {line}"));
    }
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
