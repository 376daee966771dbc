//! Which relay the route Relay takes: the one that serves the page, or one at another address.

use scim::tenant_url::TenantUrl;
use serde::{Deserialize, Serialize};

use super::check::is_loopback;

/// What kind of relay it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelayKind {
    /// The one that serves this page, and gives the page its key.
    #[default]
    Beside,
    /// This project's relay at another address; it has printed its key.
    Elsewhere,
    /// A CORS proxy of another make: it takes the target's URL behind its own address.
    Prefix,
}

/// What was chosen and typed of it; its session key is no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RelayChoice {
    /// Which kind.
    pub kind: RelayKind,
    /// Where it is, as typed; of no meaning for the one that serves this page.
    pub address: String,
}

/// The rule that an address breaks, and the repair.
type Broken = (String, &'static str);

impl RelayChoice {
    /// Whether it is the relay that serves this page, and no other was ever typed.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Host and port as typed, where the relay is at another address.
    ///
    /// Plain text, for the badge on every step: the address itself is read by [`Self::address`].
    pub fn host(&self) -> Option<&str> {
        let behind = self.address.trim().split_once("://")?.1;
        let host = behind.split(['/', '?', '#']).next()?;
        (self.kind != RelayKind::Beside && !host.is_empty()).then_some(host)
    }

    /// The address, where it can be used. There is none for the relay that serves this page.
    ///
    /// # Errors
    /// The rule that it breaks, with the repair; an empty one breaks none.
    pub fn address(&self) -> Result<Option<TenantUrl>, Broken> {
        let typed = self.address.trim();
        if typed.is_empty() || self.kind == RelayKind::Beside {
            return Ok(None);
        }
        if typed.contains('?') {
            let rule = "the relay's address holds a `?`".to_owned();
            let repair = "type the part before it: the target's URL is put behind a path, as in \
                          https://relay.example.com/https://…";
            return Err((rule, repair));
        }
        let url = TenantUrl::parse(typed).map_err(|fault| {
            let rule = fault.to_string().replace("the tenant URL", "the relay's address");
            (rule, "type it like https://relay.example.com, or http://127.0.0.1:4180")
        })?;
        broken(&url).map_or(Ok(Some(url)), Err)
    }

    /// Whether requests reach it without leaving this device.
    pub fn is_on_this_device(&self) -> bool {
        self.address().ok().flatten().is_some_and(|url| is_loopback(url.host()))
    }

    /// What is missing before it can be used.
    pub fn missing(&self) -> Option<&'static str> {
        match self.address() {
            _ if self.kind == RelayKind::Beside => None,
            Ok(None) => Some("type the relay's address first"),
            Err(_) => Some("mend the relay's address first"),
            Ok(Some(_)) => None,
        }
    }
}

fn broken(url: &TenantUrl) -> Option<Broken> {
    if url.path().contains(":/") {
        let rule = "another URL stands behind the relay's address".to_owned();
        return Some((rule, "end the address before it: the tenant URL is put there by itself"));
    }
    if url.is_https() {
        return None;
    }
    if !is_loopback(url.host()) {
        let rule = "the relay's address does not begin with https".to_owned();
        return Some((rule, "type https://: token and people pass through it"));
    }
    // The page's own policy (`connect-src`) has no words for the others.
    (!["127.0.0.1", "localhost"].contains(&url.host())).then(|| {
        let rule = format!(
            "by http a page reaches this device under two names, and `{}` is none",
            url.host()
        );
        (rule, "type http://127.0.0.1 with the port that the relay has printed")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> RelayChoice {
        RelayChoice { kind: RelayKind::Elsewhere, address: address.to_owned() }
    }

    #[test]
    fn an_address_is_https_or_on_this_device() {
        for (typed, base, here) in [
            ("https://relay.example.com", "https://relay.example.com", false),
            (" https://Relay.Example.com:8443/a/b/ ", "https://relay.example.com:8443/a/b", false),
            ("http://127.0.0.1:4180/", "http://127.0.0.1:4180", true),
            ("http://localhost:4180", "http://localhost:4180", true),
            ("https://[::1]:4180", "https://[::1]:4180", true),
        ] {
            let url = at(typed).address().unwrap().unwrap();
            assert_eq!(url.to_string(), base);
            assert_eq!(at(typed).is_on_this_device(), here, "{typed}");
            assert_eq!(at(typed).missing(), None);
        }
    }

    #[test]
    fn each_broken_rule_is_told_with_its_repair() {
        for (typed, rule) in [
            ("http://relay.example.com", "does not begin with https"),
            ("http://[::1]:4180", "under two names"),
            ("http://127.0.0.2:4180", "under two names"),
            ("https://corsproxy.example/?", "holds a `?`"),
            ("https://relay.example.com/https://a.example/scim", "another URL"),
            ("https://relay.example.com/#x", "the relay's address must not hold a `#`"),
            ("https://ada:pw@relay.example.com", "user name or password"),
            ("relay.example.com", "must begin with `https://`"),
        ] {
            let (told, repair) = at(typed).address().unwrap_err();
            assert!(told.contains(rule) && !repair.is_empty(), "{typed}: {told}");
            assert_eq!(at(typed).missing(), Some("mend the relay's address first"));
        }
        assert_eq!(at(" ").address(), Ok(None));
        assert_eq!(at(" ").missing(), Some("type the relay's address first"));
    }

    #[test]
    fn the_relay_that_serves_the_page_has_no_address() {
        let beside = RelayChoice { kind: RelayKind::Beside, ..at("http://relay.example.com") };
        assert_eq!((beside.address(), beside.missing(), beside.host()), (Ok(None), None, None));
        assert!(!beside.is_default() && RelayChoice::default().is_default());
    }

    #[test]
    fn the_host_is_told_as_it_was_typed() {
        assert_eq!(at("https://relay.example.com:8443/a?b").host(), Some("relay.example.com:8443"));
        assert_eq!(at("https://").host(), None);
        assert_eq!(at("relay").host(), None);
    }
}
