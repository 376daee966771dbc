//! A job in quarantine, and at what distances it tries again.

use super::{INTERVAL, later, minutes_between};
use crate::cycle::Outcome;
use crate::expression::value::DateTime;
use crate::planning::Action;
use crate::quarantine::{Failures, QuarantineReason};

/// The longest distance between attempts: once a day.
const DAY: i64 = 24 * 60;
/// After four weeks the job is disabled.
const OVER: i64 = 28 * DAY;

/// A job that mostly fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarantine {
    /// Why (the last time, where it failed for several reasons).
    pub reason: QuarantineReason,
    /// When it began.
    pub since: DateTime,
    /// When the next cycle starts.
    pub next_attempt: DateTime,
    /// Cycles that failed since it began.
    pub cycles: u32,
}

impl Quarantine {
    pub(super) fn new(reason: QuarantineReason, now: DateTime) -> Self {
        Self { reason, since: now, next_attempt: later(now, INTERVAL), cycles: 1 }
    }

    /// Another cycle failed. The service says that the frequency falls step by step to once a day;
    /// that each distance is twice the one before is a choice.
    pub(super) fn again(&self, reason: QuarantineReason, now: DateTime) -> Self {
        let doubled = INTERVAL.saturating_mul(1 << self.cycles.min(6));
        let next_attempt = later(now, doubled.min(DAY));
        Self { reason, since: self.since, next_attempt, cycles: self.cycles.saturating_add(1) }
    }

    /// Whether it has lasted so long that the job is disabled.
    pub(super) fn is_over(&self, now: DateTime) -> bool {
        minutes_between(self.since, now) > OVER
    }
}

/// What failed in one cycle.
pub(super) fn failures(outcomes: &[Outcome], references: usize) -> Failures {
    let has_failed = |outcome: &&Outcome| {
        matches!(outcome.action, Action::Conflict { .. } | Action::Error { .. })
    };
    let failed = outcomes.iter().filter(has_failed).count();
    Failures { events: outcomes.len(), failed, references }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_become_rarer_until_there_is_one_a_day() {
        let minute = |minutes: i64| DateTime::from_unix_milliseconds(minutes * 60_000);
        let mut quarantine = Quarantine::new(QuarantineReason::TooManyDeletes, minute(0));
        let mut distances = vec![minutes_between(minute(0), quarantine.next_attempt)];
        for _ in 0..7 {
            let now = quarantine.next_attempt;
            quarantine = quarantine.again(QuarantineReason::TooManyDeletes, now);
            distances.push(minutes_between(now, quarantine.next_attempt));
        }
        assert_eq!(distances, [40, 80, 160, 320, 640, 1_280, 1_440, 1_440]);
        assert!(!quarantine.is_over(minute(OVER)) && quarantine.is_over(minute(OVER + 1)));
    }
}
