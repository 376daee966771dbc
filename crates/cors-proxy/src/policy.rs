//! Which targets may be reached: a closed list of origins and path prefixes, compared when parsed.

use std::fmt;
use std::net::IpAddr;

use http::Method;
use url::Host;

use crate::address::{Reach, reach};
use crate::fault::{Fault, Rule};
use crate::target::Target;

/// Who reaches the relay itself; private targets exist only in [`Use::Own`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The relay listens on loopback, for the person at this machine.
    Own,
    /// The relay listens on an address that others reach.
    Shared,
}

impl Use {
    /// The use that goes with a listening address.
    #[must_use]
    pub const fn of(listen: IpAddr) -> Self {
        if listen.is_loopback() { Self::Own } else { Self::Shared }
    }
}

/// Why a relay refuses to start, with the repair; a text for the terminal.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    /// A refusal with its whole text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// The list of targets. Empty, it refuses everything.
#[derive(Debug, Default)]
pub struct Policy {
    entries: Vec<Entry>,
    any_public: bool,
}

/// One entry: an exact origin, a path prefix that ends at a segment border, and the methods.
#[derive(Debug)]
struct Entry {
    scheme: String,
    host: Host<String>,
    port: u16,
    prefix: String,
    private: bool,
    reads_only: bool,
}

/// A target that the list allows. Only [`Policy::permit`] makes one, and only a permit is connected.
#[derive(Debug)]
pub struct Permit {
    target: Target,
    prefix: String,
    listed: bool,
    private: bool,
}

impl Policy {
    /// Adds `origin` or `origin/path/prefix`.
    ///
    /// A loopback or private address, or a name that only exists inside a network, makes the entry
    /// a private one: see [`Policy::allow_private`].
    ///
    /// # Errors
    /// A text for the terminal that names the entry, the rule and the repair.
    pub fn allow(&mut self, text: &str, relay: Use) -> Result<(), Refusal> {
        self.entries.push(Entry::read(text, false, relay)?);
        Ok(())
    }

    /// Adds an entry as [`Policy::allow`] does, for GET alone.
    ///
    /// # Errors
    /// As [`Policy::allow`].
    pub fn allow_reads(&mut self, text: &str, relay: Use) -> Result<(), Refusal> {
        self.entries.push(Entry { reads_only: true, ..Entry::read(text, false, relay)? });
        Ok(())
    }

    /// Adds an entry whose name may resolve to loopback or private addresses, or which is plain
    /// `http` to such an address.
    ///
    /// # Errors
    /// As [`Policy::allow`]; and always when the relay is [`Use::Shared`].
    pub fn allow_private(&mut self, text: &str, relay: Use) -> Result<(), Refusal> {
        self.entries.push(Entry::read(text, true, relay)?);
        Ok(())
    }

    /// Allows every `https` target on a public address.
    pub const fn allow_any_public(&mut self) {
        self.any_public = true;
    }

    /// Whether nothing at all is allowed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty() && !self.any_public
    }

    /// Lets a target pass if it is on the list for this method and written as it would be sent.
    ///
    /// # Errors
    /// [`Rule::TargetNotAllowed`] with one text for every reason, or [`Rule::BadTarget`].
    pub fn permit(&self, target: Target, method: &Method) -> Result<Permit, Fault> {
        let entry = self.entries.iter().find(|entry| entry.covers(&target, method));
        let open = self.any_public && target.scheme() == "https" && !is_internal(target.host());
        if (entry.is_none() && !open) || is_ambiguous(target.path()) {
            return Err(not_allowed(&target));
        }
        target.as_written()?;
        Ok(Permit {
            prefix: entry.map_or_else(String::new, |entry| entry.prefix.clone()),
            listed: entry.is_some(),
            private: entry.is_some_and(|entry| entry.private),
            target,
        })
    }
}

impl Permit {
    /// The target that was let pass.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.target
    }

    /// The path prefix that the operator wrote; empty where any public target is allowed.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether the operator named this host, so that the caller may learn why it does not answer.
    #[must_use]
    pub const fn is_listed(&self) -> bool {
        self.listed
    }

    /// Whether the entry is one of a private network.
    #[must_use]
    pub const fn is_private(&self) -> bool {
        self.private
    }

    /// Whether one address that the target's name resolved to may be connected.
    #[must_use]
    pub fn admits(&self, reach: Reach) -> bool {
        match reach {
            // Plain http to the internet would show the token to everyone on the way.
            Reach::Public => self.target.scheme() == "https",
            Reach::Loopback | Reach::Private => self.private,
            Reach::Special => false,
        }
    }
}

impl Entry {
    fn read(text: &str, named_private: bool, relay: Use) -> Result<Self, Refusal> {
        let refuse = |why: &str| Refusal::new(format!("cannot allow `{text}`: {why}"));
        let target = Target::parse(text, 8 * 1024).map_err(|fault| refuse(&fault.to_string()))?;
        target.as_written().map_err(|fault| refuse(&fault.to_string()))?;
        if target.has_query() {
            return Err(refuse("an entry has no query; remove everything from the `?` on"));
        }
        if is_ambiguous(target.path()) {
            return Err(refuse("its path holds `;` or an encoded separator; write a plain path"));
        }
        if ends_with_dot(target.host()) {
            return Err(refuse("its host ends with a dot; write it without"));
        }
        let reach = literal_reach(target.host());
        if reach == Some(Reach::Special) {
            return Err(refuse("this address is never reached (link-local, metadata or reserved)"));
        }
        let private = named_private || is_internal(target.host());
        if private && relay == Use::Shared {
            return Err(refuse(
                "it is on a private network, and this relay is reached by others; \
                 listen on loopback (`--listen 127.0.0.1:4180`) or remove the entry",
            ));
        }
        let has_path = text.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
        if private && !has_path {
            return Err(refuse(
                "a server of a private network is listed with its path; \
                 write the base path of the API, or `/` for the whole server",
            ));
        }
        if target.scheme() == "http" && (!private || reach == Some(Reach::Public)) {
            return Err(refuse(
                "plain http would show the token to everyone on the way; write `https`, \
                 or `--allow-private` if this is a server of your own network",
            ));
        }
        Ok(Self {
            scheme: target.scheme().to_owned(),
            host: target.host().clone(),
            port: target.port(),
            prefix: target.path().trim_end_matches('/').to_owned(),
            private,
            reads_only: false,
        })
    }

    fn covers(&self, target: &Target, method: &Method) -> bool {
        (!self.reads_only || *method == Method::GET)
            && self.scheme == target.scheme()
            && self.host == *target.host()
            && self.port == target.port()
            && target
                .path()
                .strip_prefix(&self.prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The refusal of a target: one text for every reason, so that it tells nothing about the list or
/// about what a name resolves to.
pub(crate) fn not_allowed(target: &Target) -> Fault {
    let origin = target.origin();
    Fault::new(
        Rule::TargetNotAllowed,
        format!("the list this relay was started with does not allow this call to `{origin}`"),
        format!(
            "restart with --allow {origin}, followed by the base path; a server on this machine \
             or a private network needs its path, a relay on loopback and, if it has a name, \
             --allow-private"
        ),
    )
}

/// Encoded separators and parameters, which some servers decode after the prefix was compared.
fn is_ambiguous(path: &str) -> bool {
    const SIGNS: [&str; 9] = [";", "\\", "%2f", "%5c", "%00", "%252e", "%252f", "%255c", "%2500"];
    let path = path.to_ascii_lowercase();
    SIGNS.iter().any(|sign| path.contains(sign))
}

fn literal_reach(host: &Host<String>) -> Option<Reach> {
    match host {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(reach(IpAddr::V4(*address))),
        Host::Ipv6(address) => Some(reach(IpAddr::V6(*address))),
    }
}

fn ends_with_dot(host: &Host<String>) -> bool {
    matches!(host, Host::Domain(name) if name.ends_with('.'))
}

/// Addresses that are not public, and names that never belong to a host on the internet.
fn is_internal(host: &Host<String>) -> bool {
    const ENDS: [&str; 9] =
        ["localhost", "local", "internal", "intranet", "svc", "lan", "corp", "home", "arpa"];
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            name.rsplit_once('.').is_none_or(|(_, last)| ENDS.contains(&last))
        }
        _ => literal_reach(host) != Some(Reach::Public),
    }
}
