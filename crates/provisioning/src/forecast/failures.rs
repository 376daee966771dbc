//! Failures against the limits at which a job is put into quarantine (Application provisioning in
//! quarantine status, as read in September 2026).

use std::collections::BTreeSet;

use crate::census::Census;
use crate::configuration::ObjectKind;

/// Below so many failures nothing is judged.
const EVALUATED_FROM: usize = 5_000;
/// The share of failed events that is too much, in percent.
const SHARE: usize = 40;
/// So many failures are still allowed, references aside.
const MOST: usize = 40_000;
/// So many failures are still allowed, references included.
const MOST_WITH_REFERENCES: usize = 60_000;

/// What fails in a cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// Objects that were worked on.
    pub events: usize,
    /// Objects of these that fail.
    pub failed: usize,
    /// References (manager, members) that fail; they count in the last limit only.
    pub references: usize,
}

/// Why a job is put into quarantine, as Graph names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuarantineReason {
    /// More than 40 percent of the events failed.
    EncounteredEscrowProportionThreshold,
    /// More than 40,000 failures, references aside.
    EncounteredBaseEscrowThreshold,
    /// More than 60,000 failures, references included.
    EncounteredTotalEscrowThreshold,
}

impl Failures {
    /// What is sure to fail, whatever the application answers: rows that cannot be evaluated,
    /// required values that are missing, and matching values that several people share.
    pub fn expected(census: &Census<'_>) -> Self {
        let mut failures = Self::default();
        for kind in ObjectKind::ALL {
            let counted = census.kind(kind);
            let shared = counted.shared().flat_map(|(_, positions)| positions);
            let failed: BTreeSet<usize> = counted.failing.iter().chain(shared).copied().collect();
            failures.events += counted.in_scope;
            failures.failed += failed.len();
        }
        failures
    }

    /// The share of events that failed, in percent, rounded down.
    pub fn percent(&self) -> usize {
        self.failed.saturating_mul(100).checked_div(self.events).unwrap_or(0)
    }

    /// Why the job would be put into quarantine; nothing where it would not.
    pub fn quarantine(&self) -> Option<QuarantineReason> {
        use QuarantineReason as Reason;
        let is_too_much = self.failed.saturating_mul(100) > self.events.saturating_mul(SHARE);
        if self.failed > MOST {
            Some(Reason::EncounteredBaseEscrowThreshold)
        } else if self.failed.saturating_add(self.references) > MOST_WITH_REFERENCES {
            Some(Reason::EncounteredTotalEscrowThreshold)
        } else if self.failed >= EVALUATED_FROM && is_too_much {
            Some(Reason::EncounteredEscrowProportionThreshold)
        } else {
            None
        }
    }
}
