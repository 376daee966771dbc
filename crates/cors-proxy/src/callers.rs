//! Who may use the relay: exact names in `Host`, exact origins, and what the browser says itself.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderValue, Uri};
use url::Url;

use crate::fault::{Fault, Rule};
use crate::policy::{Refusal, Use};

/// The pages that may call, and the names under which they reach the relay.
#[derive(Debug)]
pub struct Callers {
    relay: Use,
    hosts: BTreeSet<String>,
    own_origins: BTreeSet<String>,
    listed_origins: BTreeSet<String>,
    trusted: Vec<IpAddr>,
}

impl Callers {
    /// The callers of a relay for `relay` that listens on `listen` and was started with these
    /// `--origin`s.
    ///
    /// # Errors
    /// An origin that is none, or a relay for others that was not told its own origin.
    pub fn new(listen: SocketAddr, relay: Use, origins: &[String]) -> Result<Self, Refusal> {
        let mut hosts = BTreeSet::from([listen.to_string()]);
        if relay == Use::Own {
            hosts.insert(format!("localhost:{}", listen.port()));
        }
        let own_origins = hosts.iter().map(|host| format!("http://{host}")).collect();
        let mut listed_origins = BTreeSet::new();
        for text in origins {
            let (origin, authority) = read_origin(text)?;
            listed_origins.insert(origin);
            // Behind a reverse proxy the relay goes by the name of the page it serves.
            if relay == Use::Shared {
                hosts.insert(authority);
            }
        }
        if relay == Use::Shared && listed_origins.is_empty() {
            return Err(Refusal::new(format!(
                "listening on {listen}, others reach this relay, but it does not know the page \
                 that calls it; add `--origin https://…`, or use `--listen 127.0.0.1:4180`"
            )));
        }
        Ok(Self { relay, hosts, own_origins, listed_origins, trusted: Vec::new() })
    }

    /// Believes the reverse proxies at these addresses who their client is, and nobody else.
    #[must_use]
    pub fn trusting(mut self, proxies: Vec<IpAddr>) -> Self {
        self.trusted = proxies;
        self
    }

    /// Who uses the relay.
    pub(crate) const fn relay(&self) -> Use {
        self.relay
    }

    /// The client of a call: the peer, or, behind a trusted proxy, the last hop that is none.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let trusted = |address: &IpAddr| self.trusted.contains(&address.to_canonical());
        if !trusted(&peer) {
            return peer;
        }
        let hops = headers.get_all("x-forwarded-for").iter().rev();
        let hops = hops.filter_map(|value| value.to_str().ok());
        for hop in hops.flat_map(|value| value.rsplit(',')) {
            match read_hop(hop.trim()) {
                Some(address) if trusted(&address) => {}
                Some(address) => return address,
                // What is left of a word that is no address was written by anybody.
                None => break,
            }
        }
        peer
    }

    /// Whether a page that the relay does not serve may call it.
    #[must_use]
    pub fn has_strangers(&self) -> bool {
        self.listed_origins.iter().any(|origin| !self.own_origins.contains(origin))
    }

    /// Lets a request pass that was sent to one of the relay's own names.
    ///
    /// # Errors
    /// [`Rule::HostNotAllowed`]: another name that points here is how a foreign page would get in.
    pub(crate) fn check_host(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Fault> {
        let own = |host: &str| self.hosts.contains(&host.to_ascii_lowercase());
        let host = single(headers, &HOST).and_then(|host| host.to_str().ok());
        // A request line may hold a host of its own, which then counts (RFC 9112 §3.2.2).
        let line = uri.scheme().and(uri.authority());
        let known = host.is_some_and(own) && line.is_none_or(|host| own(host.as_str()));
        if known { Ok(()) } else { Err(host_not_allowed()) }
    }

    /// Lets a call pass whose page is known; gives its origin where the browser names one.
    ///
    /// # Errors
    /// [`Rule::OriginNotAllowed`].
    pub(crate) fn admit(&self, headers: &HeaderMap) -> Result<Option<HeaderValue>, Fault> {
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        if headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate") {
            return Err(origin_not_allowed("a link or a form cannot use this relay"));
        }
        if !headers.contains_key(ORIGIN) {
            let same = site == Some(b"same-origin");
            let program = site.is_none() && self.relay == Use::Own;
            return if same || program { Ok(None) } else { Err(stranger()) };
        }
        let origin = single(headers, &ORIGIN).ok_or_else(stranger)?;
        let text = origin.to_str().map_err(|_| stranger())?;
        let own = self.own_origins.contains(text);
        // The page's own origin with a foreign site is a contradiction, so one of them is forged.
        let contradiction = own && site.is_some_and(|site| site == b"cross-site");
        if (own || self.listed_origins.contains(text)) && !contradiction {
            return Ok(Some(origin.clone()));
        }
        Err(stranger())
    }

    /// Lets only the page pass that this relay itself serves on loopback: it may have the key.
    ///
    /// # Errors
    /// [`Rule::HostNotAllowed`] or [`Rule::OriginNotAllowed`].
    pub(crate) fn check_own_page(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Fault> {
        if self.relay == Use::Shared {
            return Err(origin_not_allowed("a relay for others gives its key to nobody"));
        }
        self.check_host(uri, headers)?;
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        let origin = self.admit(headers)?;
        let own = origin.as_ref().and_then(|origin| origin.to_str().ok());
        let own = own.is_some_and(|origin| self.own_origins.contains(origin));
        match site {
            Some(b"same-origin") if own || origin.is_none() => Ok(()),
            None if own => Ok(()),
            _ => Err(origin_not_allowed("only the page that this relay serves is given the key")),
        }
    }
}

/// The one value of a header that must not come twice.
fn single<'a>(headers: &'a HeaderMap, name: &http::HeaderName) -> Option<&'a HeaderValue> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())
}

/// An address in `X-Forwarded-For`, where some proxies add the port.
fn read_hop(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    text.parse().ok().or_else(with_port)
}

/// An origin as a browser writes it, and the value of `Host` that goes with it.
fn read_origin(text: &str) -> Result<(String, String), Refusal> {
    let refuse = |why: &str| {
        Refusal::new(format!(
            "`--origin {text}` {why}; write scheme, host and port as the browser shows them, \
             such as `https://wizard.example.com`"
        ))
    };
    let url = Url::parse(text).map_err(|_| refuse("is not a URL"))?;
    let origin = url.origin().ascii_serialization();
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse("is not an `http` or `https` origin"));
    }
    if text.trim_end_matches('/') != origin {
        return Err(refuse("is not an origin in its plain form"));
    }
    let authority = origin.split_once("://").map(|(_, authority)| authority.to_owned());
    Ok((origin.clone(), authority.unwrap_or(origin)))
}

fn stranger() -> Fault {
    origin_not_allowed("the page that calls is not on this relay's list")
}

fn origin_not_allowed(message: &str) -> Fault {
    Fault::new(
        Rule::OriginNotAllowed,
        message,
        "open the page at the address that the relay printed, or restart the relay with \
         `--origin` and the page's origin",
    )
}

fn host_not_allowed() -> Fault {
    Fault::new(
        Rule::HostNotAllowed,
        "the relay does not go by this name",
        "open it at the address that it printed when it started",
    )
}
