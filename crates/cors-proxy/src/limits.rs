//! How much and how long: every bound of the relay in one place.

use std::time::Duration;

/// The bounds of one relay. Tests lend shorter ones; the program uses [`Limits::own`] or
/// [`Limits::shared`].
#[derive(Clone, Debug)]
pub struct Limits {
    /// Longest target URL, in bytes.
    pub target_bytes: usize,
    /// Longest request body, in bytes.
    pub request_bytes: u64,
    /// Longest reply body, in bytes.
    pub reply_bytes: u64,
    /// How much of a reply is held back until its status is final; the rest is streamed.
    pub held_bytes: usize,
    /// How long a connection stays open for the next read: shorter than servers keep theirs, so
    /// that a read seldom meets a connection that is just being closed.
    pub idle: Duration,
    /// Most connections that are kept so.
    pub idle_connections: usize,
    /// Longest time for one name look-up.
    pub name: Duration,
    /// Longest time for one TCP connection attempt.
    pub connect: Duration,
    /// Longest time until the reply's head.
    pub first_byte: Duration,
    /// Longest time for a whole call.
    pub total: Duration,
    /// Calls that one client may have open.
    pub open_calls: u32,
    /// Calls that one client may start in a minute.
    pub calls_per_minute: u32,
    /// Clients that are remembered; beyond it the one idle for longest is forgotten.
    pub clients: usize,
    /// Calls that all clients together may have open to one target.
    pub target_open_calls: u32,
    /// Calls that all clients together may start to one target in a minute.
    pub target_calls_per_minute: u32,
    /// Targets that are remembered.
    pub targets: usize,
    /// Wrong session keys in a row after which the key is replaced.
    pub wrong_keys: u32,
}

impl Limits {
    /// For a relay on loopback with one user, who may preview thousands of people in a minute.
    #[must_use]
    pub const fn own() -> Self {
        Self {
            target_bytes: 8 * 1024,
            request_bytes: 1024 * 1024,
            reply_bytes: 5 * 1024 * 1024,
            held_bytes: 64 * 1024,
            idle: Duration::from_secs(1),
            idle_connections: 256,
            name: Duration::from_secs(5),
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(15),
            total: Duration::from_secs(30),
            open_calls: 50,
            calls_per_minute: 30_000,
            clients: 100_000,
            target_open_calls: 1500,
            target_calls_per_minute: 30_000,
            targets: 10_000,
            wrong_keys: 5,
        }
    }

    /// For a relay that others reach: the same, with a rate for a person at a page.
    #[must_use]
    pub const fn shared() -> Self {
        Self { calls_per_minute: 600, target_calls_per_minute: 6_000, ..Self::own() }
    }
}
