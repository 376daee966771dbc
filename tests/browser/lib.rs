//! What the tests of the built page share: Chromium with its driver, the page's vocabulary, the
//! relay, the real SCIM servers, and a plain static server.
//!
//! A test starts what it needs and ends it: servers on free ports, a browser with an empty
//! profile. `cargo xtask test browser` builds and installs what the variables in
//! [`environment`] name. Whatever goes wrong here is a failed test, so everything panics.

mod directory;
pub mod environment;
mod found;
mod keyboard;
mod net_log;
mod page;
mod prefix_proxy;
mod relay;
mod seeing;
mod session;
mod static_server;
mod token_endpoint;
mod verdicts;
mod way;

pub use directory::{Directory, Expected, users_of};
pub use found::Role;
pub use net_log::{NetLog, NetRequest};
pub use page::Page;
pub use prefix_proxy::PrefixProxy;
pub use relay::Relay;
pub use servers::{JournalLine, Peer, PeerKind, Seeded, TOKEN};
pub use session::Visit;
pub use static_server::StaticServer;
pub use token_endpoint::{CLIENT, CLIENT_SECRET, TokenEndpoint};
pub use verdicts::{Verdict, compared, preview_of};
