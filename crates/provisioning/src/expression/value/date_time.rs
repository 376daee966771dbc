//! An instant in UTC with the calendar arithmetic that the language needs.

use std::fmt;

/// An instant in UTC, to the tick of 100 nanoseconds, between the years 1 and 9999 as in .NET.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime {
    /// 100-nanosecond ticks since 1970-01-01T00:00:00Z; negative before.
    ticks: i64,
}

impl DateTime {
    /// An instant by its distance from 1970-01-01T00:00:00Z in milliseconds, as `Date.now()` gives it;
    /// clamped to the years 1 to 9999.
    pub fn from_unix_milliseconds(milliseconds: i64) -> Self {
        Self { ticks: milliseconds.saturating_mul(10_000) }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.ticks)
    }
}
