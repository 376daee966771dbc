//! The failures of one cycle against the limits at which a job is put into quarantine (September
//! 2026). The job judges a cycle by them, and a forecast what is sure to fail.

use std::fmt;

/// Fewer failures than this never put a job into quarantine.
const EVALUATED_FROM: usize = 5_000;
/// More failures than this always do, whatever their share; references aside.
const MOST_FAILURES: usize = 40_000;
/// More failures than this always do, references included.
const MOST_WITH_REFERENCES: usize = 60_000;
/// Above this share of failures a job is put into quarantine.
const MOST_PERCENT: usize = 40;

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

/// Graph's name.
impl fmt::Display for QuarantineReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EncounteredBaseEscrowThreshold => "EncounteredBaseEscrowThreshold",
            Self::EncounteredTotalEscrowThreshold => "EncounteredTotalEscrowThreshold",
            Self::EncounteredEscrowProportionThreshold => "EncounteredEscrowProportionThreshold",
            Self::EncounteredQuarantineException => "EncounteredQuarantineException",
            Self::TooManyDeletes => "TooManyDeletes",
        })
    }
}

/// What fails in one cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// Objects that were worked on.
    pub events: usize,
    /// Objects of these that fail.
    pub failed: usize,
    /// References (manager, members) that fail; they count in the last limit only.
    pub references: usize,
}

impl Failures {
    /// Why the job is put into quarantine; nothing where the limits are kept.
    pub fn reason(&self) -> Option<QuarantineReason> {
        use QuarantineReason as Reason;
        if self.failed > MOST_FAILURES {
            return Some(Reason::EncounteredBaseEscrowThreshold);
        }
        if self.failed.saturating_add(self.references) > MOST_WITH_REFERENCES {
            return Some(Reason::EncounteredTotalEscrowThreshold);
        }
        let is_most = self.failed.saturating_mul(100) > self.events.saturating_mul(MOST_PERCENT);
        (self.failed >= EVALUATED_FROM && is_most)
            .then_some(Reason::EncounteredEscrowProportionThreshold)
    }

    /// The share of events that failed, in percent, rounded down.
    pub fn percent(&self) -> usize {
        self.failed.saturating_mul(100).checked_div(self.events).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_examples_hold() {
        use QuarantineReason as Reason;
        let reason = |failed, succeeded, references| {
            Failures { events: failed + succeeded, failed, references }.reason()
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
    fn the_limits_are_kept_up_to_their_edge() {
        let share = Some(QuarantineReason::EncounteredEscrowProportionThreshold);
        let reason = |failed, succeeded| {
            Failures { events: failed + succeeded, failed, references: 0 }.reason()
        };
        assert_eq!(reason(5_000, 7_500), None, "40 percent is not more than 40 percent");
        assert_eq!(reason(5_000, 7_499), share);
        assert_eq!(reason(4_999, 0), None);
        assert_eq!(Failures { events: 3, failed: 1, references: 0 }.percent(), 33);
        assert_eq!(Failures::default().percent(), 0);
    }
}
