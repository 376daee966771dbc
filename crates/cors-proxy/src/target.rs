//! A target URL, parsed once: what the parser would have repaired in silence is refused.

use std::fmt;

use http::uri::PathAndQuery;
use url::{Host, Url};

use crate::fault::{Fault, Rule};

/// Where a call is to go: the parsed URL, and the path and query exactly as they were written.
#[derive(Clone)]
pub struct Target {
    url: Url,
    host: Host<String>,
    port: u16,
    origin: String,
    path_and_query: PathAndQuery,
    repaired: bool,
}

impl Target {
    /// Reads an absolute `http` or `https` URL.
    ///
    /// A URL whose parsed form differs from the text is accepted here and told by
    /// [`Target::as_written`], so that a target off the list is refused as that, whatever its
    /// spelling.
    ///
    /// # Errors
    /// [`Rule::BadTarget`], [`Rule::UserinfoNotAllowed`], [`Rule::FragmentNotAllowed`] or
    /// [`Rule::TargetTooLong`]; no message repeats the URL.
    pub fn parse(text: &str, longest: usize) -> Result<Self, Fault> {
        if text.len() > longest {
            return Err(Fault::new(
                Rule::TargetTooLong,
                format!("the target URL is longer than {longest} bytes"),
                "ask for fewer attributes or use a shorter filter",
            ));
        }
        let (authority, path_and_query) = split(text)?;
        let url = Url::parse(text).map_err(|error| {
            bad(format!("the target is not a URL: {error}"), "write it as `https://host/path`")
        })?;
        let host = url.host().ok_or_else(not_absolute)?.to_owned();
        let port = url
            .port_or_known_default()
            .filter(|port| *port != 0)
            .ok_or_else(|| bad("the target's port is 0", "write the port the server listens on"))?;
        let repaired =
            !authority_as_written(authority, &url) || path_of(path_and_query) != url.path();
        let path_and_query = read_path_and_query(path_and_query)?;
        let origin = match url.port() {
            Some(port) => format!("{}://{host}:{port}", url.scheme()),
            None => format!("{}://{host}", url.scheme()),
        };
        Ok(Self { url, host, port, origin, path_and_query, repaired })
    }

    /// `http` or `https`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.url.scheme()
    }

    /// The parsed host: a name in lower case and punycode, or an address.
    #[must_use]
    pub const fn host(&self) -> &Host<String> {
        &self.host
    }

    /// The port, written or implied by the scheme; never 0.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The parsed path.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Whether the URL has a query, even an empty one.
    #[must_use]
    pub fn has_query(&self) -> bool {
        self.url.query().is_some()
    }

    /// What goes on the wire: path and query as they were written.
    #[must_use]
    pub const fn path_and_query(&self) -> &PathAndQuery {
        &self.path_and_query
    }

    /// The value of `Host`: the host, and the port where it is not the scheme's own.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.origin.split_once("://").map_or(&self.origin, |(_, authority)| authority)
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Accepts the target only if parsing changed nothing in it.
    ///
    /// # Errors
    /// [`Rule::BadTarget`] with the host as it was understood.
    pub fn as_written(&self) -> Result<(), Fault> {
        if self.repaired {
            return Err(bad(
                format!("the target is not written as it would be sent to `{}`", self.origin()),
                "write host and path in their plain form: no encoded host, no `..`, no raw signs",
            ));
        }
        Ok(())
    }
}

/// Shows no path and no query: either may name a person.
impl fmt::Debug for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Target({}/…)", self.origin())
    }
}

fn bad(message: impl Into<String>, repair: &str) -> Fault {
    Fault::new(Rule::BadTarget, message, repair)
}

fn not_absolute() -> Fault {
    bad("the target is not an absolute `https` URL", "write it as `https://host/path`")
}

/// Cuts the text at the authority's end, and refuses the shapes that parsers read differently.
fn split(text: &str) -> Result<(&str, &str), Fault> {
    if text.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
        return Err(bad(
            "the target holds a space or a control character",
            "remove it, or write it percent-encoded",
        ));
    }
    if text.contains('\\') {
        return Err(bad("the target holds a backslash", "use `/` between segments"));
    }
    if text.contains('#') {
        return Err(Fault::new(
            Rule::FragmentNotAllowed,
            "the target holds a fragment (`#…`), which no server ever sees",
            "remove everything from the `#` on",
        ));
    }
    let (scheme, rest) = text.split_once("://").ok_or_else(not_absolute)?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Err(not_absolute());
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path_and_query) = rest.split_at_checked(end).ok_or_else(not_absolute)?;
    if authority.is_empty() {
        return Err(not_absolute());
    }
    if authority.contains('@') {
        return Err(Fault::new(
            Rule::UserinfoNotAllowed,
            "the target holds a user name or a password before its host",
            "remove everything up to the `@`",
        ));
    }
    Ok((authority, path_and_query))
}

fn path_of(path_and_query: &str) -> &str {
    let path = path_and_query.split_once('?').map_or(path_and_query, |(path, _)| path);
    if path.is_empty() { "/" } else { path }
}

/// Only the case of the host, and a port that the scheme implies, may differ.
fn authority_as_written(text: &str, url: &Url) -> bool {
    let text = text.to_ascii_lowercase();
    let Some(host) = url.host_str() else { return false };
    let Some(rest) = text.strip_prefix(host) else { return false };
    match (rest.strip_prefix(':'), url.port_or_known_default()) {
        (None, _) => rest.is_empty(),
        (Some(""), _) => url.port().is_none(),
        (Some(digits), Some(port)) => digits == port.to_string(),
        (Some(_), None) => false,
    }
}

/// Keeps the bytes; they must be those that RFC 3986 §3.3 and §3.4 allow.
///
/// The URL parser would encode a `'` in the query, which is legal there and stands in names.
fn read_path_and_query(text: &str) -> Result<PathAndQuery, Fault> {
    let not_encoded = || {
        bad(
            "the target's path or query holds a character that must be percent-encoded",
            "encode it as UTF-8 with `%` and two hexadecimal digits",
        )
    };
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let legal = match byte {
            b'%' => [bytes.next(), bytes.next()]
                .iter()
                .all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())),
            _ => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte),
        };
        if !legal {
            return Err(not_encoded());
        }
    }
    let text = if text.starts_with('/') { text.to_owned() } else { format!("/{text}") };
    PathAndQuery::try_from(text).map_err(|_| not_encoded())
}
