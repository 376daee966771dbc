//! Who is in scope: the attribute gate (scoping filters), the assignment gate, the active gate.
//!
//! All gates are judged for everyone, because the portal lists every failing reason.

use std::fmt;

use crate::assignment::EffectiveAssignment;
use crate::configuration::{Configuration, Scope};
use crate::source::SourceObject;

mod compiled;
mod decision;
mod operator;
mod problem;

pub use compiled::{ClauseTexts, ClauseVerdict, CompiledFilter, FilterVerdict, GroupVerdict};
pub use decision::Decision;
pub use operator::{Arity, Operator};
pub use problem::ClauseProblem;
pub(crate) use problem::{kind_of, problems_by};

/// The scoping filter of one object mapping: one satisfied group is enough, and no groups
/// restrict nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopingFilter {
    /// The alternatives; the portal calls each a scoping filter.
    pub groups: Vec<FilterGroup>,
}

/// Clauses that must all be satisfied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterGroup {
    /// The title.
    pub name: String,
    /// The conditions. None at all, which the portal cannot build, is satisfied by everyone.
    pub clauses: Vec<Clause>,
}

/// One condition on one source attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The source attribute (Graph `sourceOperandName`).
    pub attribute: String,
    /// The comparison (Graph `operatorName`).
    pub operator: Operator,
    /// What is compared with (Graph `targetOperand.values`); empty for unary operators.
    pub values: Vec<String>,
}

impl Clause {
    /// The operand; empty where there is none.
    pub fn operand(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }
}

/// As on-demand provisioning shows it: `department EQUALS Sales`.
impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.attribute, self.operator)?;
        match self.operator.arity() {
            Arity::Unary => Ok(()),
            Arity::Binary => write!(f, " {}", self.operand()),
        }
    }
}

impl ScopingFilter {
    /// What is wrong, as far as can be seen without building a regular expression.
    pub fn problems(&self) -> Vec<ClauseProblem> {
        problem::problems(self)
    }

    /// Comparisons that the attributes of these objects cannot have, such as `Includes` on a Boolean
    /// or anything on a list.
    pub fn problems_over(&self, objects: &[SourceObject]) -> Vec<ClauseProblem> {
        problem::problems_over(self, objects)
    }

    /// Prepares the filter for any number of objects.
    ///
    /// # Errors
    /// [`ScopingFilter::problems`], and regular expressions that cannot be built.
    pub fn compile(&self) -> Result<CompiledFilter, Vec<ClauseProblem>> {
        let problems = self.problems();
        if problems.is_empty() { CompiledFilter::new(self) } else { Err(problems) }
    }
}

/// The three gates for one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InScope {
    /// All gates are passed.
    pub in_scope: bool,
    /// Enabled and not soft-deleted.
    pub active: bool,
    /// Passes the assignment gate: assigned, or everyone is synchronised.
    pub assigned: bool,
    /// Effectively entitled: one of its roles counts, or everyone is synchronised.
    pub entitled: bool,
    /// What the attribute gate said.
    pub filter: FilterVerdict,
    /// Why not, in the order in which Entra's message numbers them.
    pub reasons: Vec<Reason>,
}

impl InScope {
    /// The computed attribute `IsSoftDeleted`: true for whoever is unassigned, fails the filter,
    /// is soft-deleted or disabled, and so for exactly those who are not in scope.
    pub fn is_soft_deleted(&self) -> bool {
        !self.in_scope
    }

    /// The skip reason that the provisioning log shows for an object that was never provisioned:
    /// `NotEffectivelyEntitled` where an assignment, a role that counts or an active account is
    /// missing, whatever else is; the general `EntrySynchronizationSkipped` otherwise.
    pub fn skip_reason(&self) -> Option<&'static str> {
        match self.reasons.as_slice() {
            [] => None,
            [Reason::FilterNotSatisfied] => Some("EntrySynchronizationSkipped"),
            _ => Some("NotEffectivelyEntitled"),
        }
    }
}

/// Why an object is out of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Not assigned to the application.
    NotAssigned,
    /// Assigned with Default Access alone, which does not count where the application has roles and
    /// the job is older than April 2020.
    NotEntitled,
    /// `accountEnabled` is false.
    Disabled,
    /// Soft-deleted in Entra ID.
    SoftDeleted,
    /// No scoping filter is satisfied.
    FilterNotSatisfied,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAssigned => "is not assigned to the application",
            Self::NotEntitled => {
                "has no role but Default Access, which does not count for this job"
            }
            Self::Disabled => "is disabled in Entra ID (`accountEnabled` is false)",
            Self::SoftDeleted => "is deleted in Entra ID",
            Self::FilterNotSatisfied => "does not satisfy a scoping filter",
        })
    }
}

/// Judges all three gates.
pub fn determine(
    configuration: &Configuration,
    filter: &CompiledFilter,
    object: &SourceObject,
    assignment: &EffectiveAssignment,
) -> InScope {
    let filter = filter.judge(object);
    let is_for_all = configuration.scope == Scope::All;
    let assigned = is_for_all || assignment.is_assigned();
    let entitled = is_for_all
        || configuration.connector.counts_default_access
        || !assignment.has_default_access_alone();
    let reasons: Vec<Reason> = [
        (!assigned, Reason::NotAssigned),
        (!entitled, Reason::NotEntitled),
        (!object.is_enabled(), Reason::Disabled),
        (object.soft_deleted, Reason::SoftDeleted),
        (!filter.satisfied, Reason::FilterNotSatisfied),
    ]
    .into_iter()
    .filter_map(|(fails, reason)| fails.then_some(reason))
    .collect();
    InScope {
        in_scope: reasons.is_empty(),
        active: object.is_enabled() && !object.soft_deleted,
        assigned,
        entitled,
        filter,
        reasons,
    }
}

#[cfg(test)]
mod tests;
