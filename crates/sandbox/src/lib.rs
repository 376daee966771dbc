//! A SCIM 2.0 service provider in memory: requests in, answers out, nothing else.
//!
//! It does what RFC 7643 and RFC 7644 say, so that whatever is tried against it is judged by the
//! standard, and it can be told to misbehave as real targets do, one [`Quirk`] at a time or as a
//! real server does, by its [`Profile`]. It does no I/O: the caller lends the time, and ids are
//! drawn from a seed, so that the same requests always get the same answers.
//!
//! ```
//! use sandbox::{Moment, Sandbox, Settings};
//!
//! let mut sandbox = Sandbox::new(Settings::default());
//! let request = http::Request::get("https://sandbox.example/scim/v2/Users")
//!     .header("Authorization", "Bearer sandbox")
//!     .body(Vec::new())
//!     .unwrap();
//! let response = sandbox.handle(&request, &Moment::from_unix_millis(0));
//! assert_eq!(response.status(), 200);
//! ```

mod delay;
mod journal;
mod moment;
mod quirk;
mod resource_type;
mod sandbox;
mod settings;

mod admission;
mod discovery;
mod exchange;
mod gate;
mod identifier;
mod interference;
mod letter_case;
mod projection;
mod query;
mod refusal;
mod reply;
mod route;
mod search;
mod store;

pub use delay::Delay;
pub use journal::JournalEntry;
pub use moment::Moment;
pub use quirk::{Profile, Quirk, Quirks, Topic};
pub use refusal::Refusal;
pub use resource_type::ResourceType;
pub use sandbox::Sandbox;
pub use settings::Settings;
