//! What is known not to pass, and why.

use serde::Deserialize;

use crate::run::Finding;

/// Checks of one tester that do not pass for one reason.
#[derive(Deserialize)]
pub(crate) struct Left {
    pub(crate) tester: String,
    pub(crate) dialects: Vec<String>,
    pub(crate) checks: Vec<String>,
    pub(crate) why: String,
}

impl Left {
    /// The checks in this dialect, each with its tester.
    pub(crate) fn listed(&self, dialect: &str) -> impl Iterator<Item = (&str, &str)> {
        let here = self.dialects.iter().any(|known| known == dialect);
        let checks = self.checks.iter().filter(move |_| here);
        checks.map(|check| (self.tester.as_str(), check.as_str()))
    }

    /// Whether the finding is one of these checks.
    pub(crate) fn means(&self, dialect: &str, finding: &Finding) -> bool {
        self.listed(dialect).any(|(tester, check)| finding.is(tester, check))
    }
}

pub(crate) fn read() -> Vec<Left> {
    serde_json::from_str(include_str!("left.json")).expect("left.json is a list of what is left")
}
