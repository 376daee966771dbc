//! When a job is put into quarantine, and at what distances it tries again.

use super::{INTERVAL, later, minutes_between};
use crate::cycle::Outcome;
use crate::expression::value::DateTime;
use crate::planning::Action;

/// Fewer failures than this never put a job into quarantine.
const EVALUATED_FROM: usize = 5_000;
/// More failures than this always do, whatever their share; references aside.
const MOST_FAILURES: usize = 40_000;
/// More failures than this always do, references included.
const MOST_WITH_REFERENCES: usize = 60_000;
/// Above this share of failures a job is put into quarantine.
const MOST_PERCENT: usize = 40;

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

/// Why a job is in quarantine (Graph `quarantineReason`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuarantineReason {
    /// More than 40,000 objects failed.
    EncounteredBaseEscrowThreshold,
    /// More than 60,000 objects and references failed.
    EncounteredTotalEscrowThreshold,
    /// More than 40 % of at least 5,000 failures' cycle failed.
    EncounteredEscrowProportionThreshold,
    /// Credentials were rejected, or the answer was no SCIM.
    EncounteredQuarantineException,
    /// More objects would be disabled or deleted than the threshold allows.
    TooManyDeletes,
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Failures {
    objects: usize,
    references: usize,
    events: usize,
}

impl Failures {
    pub(super) fn of(outcomes: &[Outcome], references: usize) -> Self {
        let has_failed = |outcome: &&Outcome| {
            matches!(outcome.action, Action::Conflict { .. } | Action::Error { .. })
        };
        let objects = outcomes.iter().filter(has_failed).count();
        Self { objects, references, events: outcomes.len() }
    }

    /// Why the job is put into quarantine; nothing where the limits are kept.
    pub(super) fn reason(&self) -> Option<QuarantineReason> {
        use QuarantineReason as Reason;
        if self.objects > MOST_FAILURES {
            return Some(Reason::EncounteredBaseEscrowThreshold);
        }
        if self.objects.saturating_add(self.references) > MOST_WITH_REFERENCES {
            return Some(Reason::EncounteredTotalEscrowThreshold);
        }
        let is_most = self.objects.saturating_mul(100) > self.events.saturating_mul(MOST_PERCENT);
        (self.objects >= EVALUATED_FROM && is_most)
            .then_some(Reason::EncounteredEscrowProportionThreshold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_examples_hold() {
        use QuarantineReason as Reason;
        let reason = |objects, succeeded, references| {
            Failures { objects, references, events: objects + succeeded }.reason()
        };
        assert_eq!(reason(4_000, 0, 0), None);
        assert_eq!(reason(45_000, 1_000_000, 0), Some(Reason::EncounteredBaseEscrowThreshold));
        let share = Some(Reason::EncounteredEscrowProportionThreshold);
        assert_eq!(reason(30_000, 5_000, 0), share);
        assert_eq!(reason(20_000, 100_000, 0), None);
        let total = Some(Reason::EncounteredTotalEscrowThreshold);
        assert_eq!(reason(40_000, 1_000_000, 21_000), total);
        assert_eq!(reason(40_000, 1_000_000, 20_000), None);
    }

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
