//! What evaluation may know of the world beside the directory: the time, and a source of chance.

use crate::expression::value::DateTime;

/// The moment and the seed that the caller lends.
///
/// The engine has no clock and no chance of its own, so the same input gives the same plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ambient {
    /// What `Now()` answers, in UTC.
    pub now: DateTime,
    /// Where `Guid()` and `RandomString()` start; each object and call draws its own value from it.
    pub seed: u64,
}
