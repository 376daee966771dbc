//! Which clauses decided, and the same in sentences.

use super::{ClauseVerdict, FilterVerdict, GroupVerdict};

/// What decided the verdict of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision<'v> {
    /// There is no filter, which keeps nobody out.
    Unrestricted,
    /// The first group of which every clause holds.
    Satisfied(&'v GroupVerdict),
    /// No group is satisfied: each with the first of its clauses that fails.
    Failed(Vec<(&'v GroupVerdict, &'v ClauseVerdict)>),
}

impl FilterVerdict {
    /// What decided.
    pub fn decision(&self) -> Decision<'_> {
        if self.groups.is_empty() {
            return Decision::Unrestricted;
        }
        if let Some(group) = self.groups.iter().find(|group| group.satisfied) {
            return Decision::Satisfied(group);
        }
        let failed = self
            .groups
            .iter()
            .filter_map(|group| Some((group, group.clauses.iter().find(|clause| !clause.passed)?)));
        Decision::Failed(failed.collect())
    }

    /// The same in sentences without a full stop, one for each group that decided.
    pub fn because(&self) -> Vec<String> {
        match self.decision() {
            Decision::Unrestricted => Vec::new(),
            Decision::Satisfied(group) => vec![match group.clauses.as_slice() {
                [] => format!("`{}` has no clause, so everyone satisfies it", group.name),
                [clause] => format!("`{}`: {}", group.name, told(clause)),
                clauses => format!("`{}`: all {} clauses hold", group.name, clauses.len()),
            }],
            Decision::Failed(failed) => failed
                .into_iter()
                .map(|(group, clause)| format!("`{}`: {}", group.name, told(clause)))
                .collect(),
        }
    }
}

fn told(clause: &ClauseVerdict) -> String {
    let verb = if clause.passed { "holds" } else { "fails" };
    match &clause.actual {
        Some(value) => format!("{} {verb}, the value is `{value}`", clause.text),
        None => format!("{} {verb}, there is no value", clause.text),
    }
}
