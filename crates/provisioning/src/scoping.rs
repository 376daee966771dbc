//! Who is in scope: the attribute gate (scoping filters), the assignment gate, the active gate.

use crate::assignment::EffectiveAssignment;
use crate::configuration::Configuration;
use crate::source::SourceObject;

mod operator;

pub use operator::{Arity, Operator};

/// The scoping filter of one object mapping: one satisfied group is enough; no groups restrict nothing.
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
    /// The conditions.
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

/// Something wrong with a clause, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseProblem {
    /// Index of the group.
    pub group: usize,
    /// Index of the clause in its group; none where the group itself is meant.
    pub clause: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub repair: String,
}

impl ScopingFilter {
    /// What is wrong as far as can be seen without building a regular expression.
    pub fn problems(&self) -> Vec<ClauseProblem> {
        Vec::new()
    }

    /// Prepares the filter for many objects.
    ///
    /// # Errors
    /// [`ScopingFilter::problems`], and regular expressions that cannot be built.
    pub fn compile(&self) -> Result<CompiledFilter, Vec<ClauseProblem>> {
        Ok(CompiledFilter {})
    }
}

/// A filter ready to judge.
#[derive(Clone, Debug)]
pub struct CompiledFilter {}

impl CompiledFilter {
    /// Whether the object passes; the same as [`CompiledFilter::judge`] says, without the reasons.
    pub fn passes(&self, _object: &SourceObject) -> bool {
        true
    }

    /// Whether the object passes, with the result of every clause of every group.
    pub fn judge(&self, _object: &SourceObject) -> FilterVerdict {
        FilterVerdict { satisfied: true, groups: Vec::new() }
    }
}

/// What a filter says of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterVerdict {
    /// At least one group is satisfied, or there is none.
    pub satisfied: bool,
    /// Every group in order.
    pub groups: Vec<GroupVerdict>,
}

/// What one group says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupVerdict {
    /// The title.
    pub name: String,
    /// All clauses passed.
    pub satisfied: bool,
    /// Every clause in order.
    pub clauses: Vec<ClauseVerdict>,
}

/// What one clause says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseVerdict {
    /// Index of the clause in its group.
    pub clause: usize,
    /// Whether the object satisfies it.
    pub passed: bool,
    /// The attribute's value in text form; none where it is null.
    pub actual: Option<String>,
    /// What an administrator should know about this result.
    pub note: Option<String>,
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
    /// What the attribute gate said.
    pub filter: FilterVerdict,
    /// Why not, numbered as Entra's message numbers them.
    pub reasons: Vec<Reason>,
}

impl InScope {
    /// The computed attribute `IsSoftDeleted`: true for whoever is not in scope.
    pub fn is_soft_deleted(&self) -> bool {
        !self.in_scope
    }
}

/// Why an object is out of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Not assigned to the application.
    NotAssigned,
    /// No scoping filter is satisfied.
    FilterNotSatisfied,
    /// `accountEnabled` is false.
    Disabled,
    /// Soft-deleted in Entra ID.
    SoftDeleted,
}

/// Judges all three gates; none is skipped, because the portal lists every failing reason.
pub fn determine(
    _configuration: &Configuration,
    filter: &CompiledFilter,
    object: &SourceObject,
    assignment: &EffectiveAssignment,
) -> InScope {
    let filter = filter.judge(object);
    InScope {
        in_scope: filter.satisfied,
        active: object.is_enabled(),
        assigned: assignment.is_assigned(),
        filter,
        reasons: Vec::new(),
    }
}
