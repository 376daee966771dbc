//! The relay on real sockets: each test is named for what must hold.
//!
//! The letter and number at the start of a name is the case's: A shape of the target, B the list,
//! C addresses, D redirects, E requests, F callers, G replies, H limits, I operation, J the page.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail"
)]

mod addresses;
mod attacks;
mod callers;
mod cases;
mod faults;
mod options;
mod prefix;
mod program;
mod properties;
mod rates;
mod redirects;
mod replies;
mod requests;
mod reuse;
mod targets;
mod tls;
mod upstream;
mod world;
