//! A part of a configuration as it would have been typed.

use provisioning::configuration::{Apply, AttributeMapping, TargetType};
use provisioning::scoping::{Clause, FilterGroup};

use super::{ClauseDraft, FilterDraft, Row, TargetTypeDraft};

impl Row {
    /// A row of the attribute table with no id yet.
    pub fn of(row: &AttributeMapping) -> Self {
        let mut typed = Self {
            target: row.target.path.to_string(),
            target_type: row.target.kind.into(),
            required: row.target.required,
            case_exact: row.target.case_exact,
            default_value: row.default_value.clone().unwrap_or_default(),
            precedence: row.matching_precedence.map(|n| n.to_string()).unwrap_or_default(),
            only_during_creation: row.apply == Apply::OnlyDuringCreation,
            ..Self::default()
        };
        typed.set_source(&row.source);
        typed
    }

    /// Takes what another row says, and keeps its own id, its tests, and the texts of the mapping
    /// types that are not in use.
    pub fn take(&mut self, other: Self) {
        let text = |own: &str, new: String| if new.is_empty() { own.to_owned() } else { new };
        *self = Self {
            id: self.id,
            direct: text(&self.direct, other.direct),
            constant: text(&self.constant, other.constant),
            expression: text(&self.expression, other.expression),
            tests: std::mem::take(&mut self.tests),
            ..other
        };
    }
}

impl From<TargetType> for TargetTypeDraft {
    fn from(kind: TargetType) -> Self {
        match kind {
            TargetType::String => Self::String,
            TargetType::Boolean => Self::Boolean,
            TargetType::Integer => Self::Integer,
            TargetType::DateTime => Self::DateTime,
            TargetType::Binary => Self::Binary,
            TargetType::Reference => Self::Reference,
        }
    }
}

impl FilterDraft {
    /// A scoping filter.
    pub fn of(group: &FilterGroup) -> Self {
        let clauses = group.clauses.iter().map(ClauseDraft::of).collect();
        Self { title: group.name.clone(), clauses }
    }
}

impl ClauseDraft {
    /// A clause of a scoping filter.
    pub fn of(clause: &Clause) -> Self {
        Self {
            attribute: clause.attribute.clone(),
            operator: clause.operator.to_string(),
            value: clause.operand().to_owned(),
        }
    }
}
