//! The failures that can be foretold, to be held against the limits of quarantine.

use std::collections::BTreeSet;

use crate::census::Census;
use crate::configuration::ObjectKind;
use crate::quarantine::Failures;

impl Failures {
    /// What fails where the application knows nobody yet: rows that cannot be evaluated, required
    /// values that are missing, and matching values that several people share. The application may
    /// refuse more.
    pub fn expected(census: &Census<'_>) -> Self {
        let mut failures = Self::default();
        for kind in ObjectKind::ALL {
            let counted = census.kind(kind);
            let shared = counted.shared().flat_map(|(_, positions)| positions);
            let failing = counted.faulty.iter().chain(&counted.incomplete).chain(shared);
            let failed: BTreeSet<usize> = failing.copied().collect();
            failures.events += counted.in_scope;
            failures.failed += failed.len();
        }
        failures
    }
}
