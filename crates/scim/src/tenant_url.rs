//! The tenant URL: where an application's SCIM service begins.

use std::fmt;
use std::str::FromStr;

/// The base address that an administrator pastes into Entra's field "Tenant URL": `https://host/scim/v2`.
///
/// An absolute http or https URL with an optional path and query. A slash at its end is dropped,
/// for `/Users` is appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantUrl {
    https: bool,
    /// Host in lower case, with its port if one is given.
    authority: String,
    path: String,
    query: Option<String>,
}

/// Why a text is no tenant URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenantUrlFault {
    /// There is no text.
    Empty,
    /// It does not begin with `https://` or `http://`.
    Scheme,
    /// There is no host.
    NoHost,
    /// The host holds what hosts do not.
    BadHost(String),
    /// The port is no number from 1 to 65535.
    BadPort(String),
    /// There is a user name or password before the host.
    UserInfo,
    /// There is a `#`.
    Fragment,
    /// A character that a URL may not hold as it is.
    Character {
        /// The character.
        character: char,
        /// Where it stands, in characters from the start.
        position: usize,
    },
}

impl TenantUrl {
    /// Reads a tenant URL.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, TenantUrlFault> {
        if text.is_empty() {
            return Err(TenantUrlFault::Empty);
        }
        check_characters(text)?;
        let (scheme, rest) = text.split_once("://").ok_or(TenantUrlFault::Scheme)?;
        let https = match scheme {
            _ if scheme.eq_ignore_ascii_case("https") => true,
            _ if scheme.eq_ignore_ascii_case("http") => false,
            _ => return Err(TenantUrlFault::Scheme),
        };
        let (before_query, query) = match rest.split_once('?') {
            Some((before, query)) => (before, Some(query.to_owned())),
            None => (rest, None),
        };
        let (authority, path) = match before_query.split_once('/') {
            Some((authority, path)) => (authority, format!("/{path}")),
            None => (before_query, String::new()),
        };
        // Brackets hold an IPv6 address and stand nowhere else.
        if let Some((character, at)) = rest
            .char_indices()
            .skip(authority.len())
            .find_map(|(at, c)| matches!(c, '[' | ']').then_some((c, at)))
        {
            return Err(TenantUrlFault::Character {
                character,
                position: scheme.len() + "://".len() + at,
            });
        }
        Ok(Self {
            https,
            authority: check_authority(authority)?,
            path: path.trim_end_matches('/').to_owned(),
            query: query.filter(|query| !query.is_empty()),
        })
    }

    /// Scheme, host and port: `https://host:8443`.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.https { "https" } else { "http" }, self.authority)
    }

    /// The host without the port, in lower case.
    pub fn host(&self) -> &str {
        match self.authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => host,
            _ => &self.authority,
        }
    }

    /// The path, without a slash at its end; empty where there is none.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query, without its question mark.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// Whether the connection is encrypted.
    pub fn is_https(&self) -> bool {
        self.https
    }
}

impl FromStr for TenantUrl {
    type Err = TenantUrlFault;

    fn from_str(text: &str) -> Result<Self, TenantUrlFault> {
        Self::parse(text)
    }
}

/// Lets through what RFC 3986 allows in a URL, and the delimiters of its parts.
fn check_characters(text: &str) -> Result<(), TenantUrlFault> {
    if text.contains('#') {
        return Err(TenantUrlFault::Fragment);
    }
    let hex = |c: Option<char>| c.is_some_and(|c| c.is_ascii_hexdigit());
    let mut characters = text.chars().enumerate();
    while let Some((position, character)) = characters.next() {
        let mut ahead = characters.clone().map(|(_, c)| c);
        let allowed = match character {
            '%' => hex(ahead.next()) && hex(ahead.next()),
            c => c.is_ascii_alphanumeric() || "-._~:/?[]@!$&'()*+,;=".contains(c),
        };
        if !allowed {
            return Err(TenantUrlFault::Character { character, position });
        }
    }
    Ok(())
}

fn check_authority(authority: &str) -> Result<String, TenantUrlFault> {
    if authority.contains('@') {
        return Err(TenantUrlFault::UserInfo);
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if host.is_empty() {
        return Err(TenantUrlFault::NoHost);
    }
    if !is_host(host) {
        return Err(TenantUrlFault::BadHost(host.to_owned()));
    }
    match port.map(|port| (port, port.parse::<u16>())) {
        None => Ok(host.to_ascii_lowercase()),
        Some((text, Ok(port))) if port > 0 && !text.starts_with('+') => {
            Ok(format!("{}:{port}", host.to_ascii_lowercase()))
        }
        Some((text, _)) => Err(TenantUrlFault::BadPort(text.to_owned())),
    }
}

/// Labels of letters, digits, `-` and `_`, parted by dots; or an IPv6 address in brackets.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    host.strip_suffix('.').unwrap_or(host).split('.').all(|label| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

impl fmt::Display for TenantUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.path)?;
        match &self.query {
            Some(query) => write!(f, "?{query}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for TenantUrlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the tenant URL is empty"),
            Self::Scheme => f.write_str("the tenant URL must begin with `https://`"),
            Self::NoHost => f.write_str("the tenant URL has no host after `//`"),
            Self::BadHost(host) => write!(f, "`{host}` is no host name"),
            Self::BadPort(port) => write!(f, "`{port}` is no port: use a number from 1 to 65535"),
            Self::UserInfo => f.write_str("the tenant URL must not hold a user name or password"),
            Self::Fragment => f.write_str("the tenant URL must not hold a `#`"),
            Self::Character { character, position } => {
                write!(
                    f,
                    "the character {character:?} at position {position} cannot stand in a URL"
                )
            }
        }
    }
}

impl std::error::Error for TenantUrlFault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_parts() {
        let check = |text: &str, origin: &str, host: &str, path: &str, query: Option<&str>| {
            let url = TenantUrl::parse(text).expect("a tenant URL");
            assert_eq!(
                (url.origin().as_str(), url.host(), url.path(), url.query()),
                (origin, host, path, query),
                "{text}"
            );
        };
        check(
            "https://App.Envoy.com/scim/v2/",
            "https://app.envoy.com",
            "app.envoy.com",
            "/scim/v2",
            None,
        );
        check("HTTP://localhost:8080", "http://localhost:8080", "localhost", "", None);
        check(
            "https://h/scim?aadOptscim062020",
            "https://h",
            "h",
            "/scim",
            Some("aadOptscim062020"),
        );
        check("https://h?x=1", "https://h", "h", "", Some("x=1"));
        check("https://[::1]:9/a%20b", "https://[::1]:9", "[::1]", "/a%20b", None);
        check("https://[2001:db8::1]", "https://[2001:db8::1]", "[2001:db8::1]", "", None);
    }

    #[test]
    fn names_what_is_wrong() {
        let check = |text: &str, fault: TenantUrlFault| {
            assert_eq!(TenantUrl::parse(text), Err(fault), "{text}")
        };
        let character = |character, position| TenantUrlFault::Character { character, position };
        check("", TenantUrlFault::Empty);
        check("app.envoy.com/scim", TenantUrlFault::Scheme);
        check("ftp://h", TenantUrlFault::Scheme);
        check("/scim/v2", TenantUrlFault::Scheme);
        check("https://", TenantUrlFault::NoHost);
        check("https:///scim", TenantUrlFault::NoHost);
        check("https://a..b", TenantUrlFault::BadHost("a..b".to_owned()));
        check("https://[::g]", TenantUrlFault::BadHost("[::g]".to_owned()));
        check("https://h:0", TenantUrlFault::BadPort("0".to_owned()));
        check("https://h:99999", TenantUrlFault::BadPort("99999".to_owned()));
        check("https://h:", TenantUrlFault::BadPort(String::new()));
        check("https://user:pass@h/scim", TenantUrlFault::UserInfo);
        check("https://h/scim#top", TenantUrlFault::Fragment);
        check("https://h/scim v2", character(' ', 14));
        check("https://h/a\\b", character('\\', 11));
        check("https://h/a\tb", character('\t', 11));
        check("https://h/%4", character('%', 10));
        check("https://höst", character('ö', 9));
        check("https://h/[a]", character('[', 10));
    }
}
