//! An object that failed, and when it is tried again.

use super::{later, minutes_between};
use crate::expression::value::DateTime;
use crate::planning::ErrorCode;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// After this long the service gives an object up.
const GIVEN_UP: i64 = 28 * DAY;

/// A failed operation on one object.
///
/// A transient failure is tried again in the next cycle. Another one is tried 6, 12 and 24 hours
/// after it, then every day, for 28 days ("How provisioning works", September 2026; two pages
/// differ, and both are followed where each is meant: a choice).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escrow {
    /// Why it failed the last time.
    pub code: ErrorCode,
    /// When it failed first.
    pub since: DateTime,
    /// From when on it is tried again, whether or not it changed.
    pub next_attempt: DateTime,
    /// How often it failed.
    pub failures: u32,
}

impl Escrow {
    pub(super) fn new(code: ErrorCode, now: DateTime) -> Self {
        Self { code, since: now, next_attempt: next_attempt(code, now, now), failures: 1 }
    }

    /// It failed again.
    pub(super) fn again(&self, code: ErrorCode, now: DateTime) -> Self {
        let next_attempt = next_attempt(code, self.since, now);
        Self { code, since: self.since, next_attempt, failures: self.failures.saturating_add(1) }
    }

    /// Whether the service gives the object up.
    pub(super) fn is_given_up(&self, now: DateTime) -> bool {
        minutes_between(self.since, now) >= GIVEN_UP
    }
}

fn next_attempt(code: ErrorCode, since: DateTime, now: DateTime) -> DateTime {
    if code.is_transient() {
        return now;
    }
    let waited = minutes_between(since, now);
    let next = match waited {
        ..360 => 6 * HOUR,
        360..720 => 12 * HOUR,
        _ => (waited / DAY + 1) * DAY,
    };
    later(since, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> DateTime {
        DateTime::from_unix_milliseconds(hours * 3_600_000)
    }

    #[test]
    fn an_object_is_tried_after_6_12_and_24_hours_and_then_daily_for_28_days() {
        let mut escrow = Escrow::new(ErrorCode::EntryConflict, at(0));
        for next in [6, 12, 24, 48, 72] {
            assert_eq!(escrow.next_attempt, at(next));
            escrow = escrow.again(ErrorCode::EntryConflict, at(next));
        }
        assert!(!escrow.is_given_up(at(28 * 24 - 1)));
        assert!(escrow.is_given_up(at(28 * 24)));
        assert_eq!(escrow.failures, 6);
    }

    #[test]
    fn a_transient_failure_is_tried_in_the_next_cycle() {
        let escrow = Escrow::new(ErrorCode::Timeout, at(3));
        assert_eq!(escrow.next_attempt, at(3));
        assert_eq!(escrow.again(ErrorCode::InternalServerError, at(4)).next_attempt, at(4));
    }
}
