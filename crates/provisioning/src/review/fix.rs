//! A repair of a configuration, as a value that can be applied to it.

use crate::configuration::{AttributeMapping, Configuration, ObjectKind, Scope, TargetActions};
use crate::scoping::{Clause, FilterGroup};

/// One change of a configuration that does away with what a rule found.
#[derive(Clone, Debug, PartialEq)]
pub enum Fix {
    /// Puts another row in the place of one.
    ReplaceRow(ObjectKind, usize, AttributeMapping),
    /// Adds a row at the end.
    AddRow(ObjectKind, AttributeMapping),
    /// Takes a row out.
    RemoveRow(ObjectKind, usize),
    /// Sets the boxes under "Target object actions".
    Actions(ObjectKind, TargetActions),
    /// Chooses who is synchronised.
    Scope(Scope),
    /// Leaves nobody's account as it is when the person leaves the scope.
    DisableLeavers,
    /// Puts another clause in the place of one: filter, clause.
    ReplaceClause(ObjectKind, usize, usize, Clause),
    /// Adds a scoping filter, which is one more way into the scope.
    AddFilter(ObjectKind, FilterGroup),
    /// Takes a scoping filter out.
    RemoveFilter(ObjectKind, usize),
}

impl Fix {
    /// The configuration with this repair. A place that does not exist is left alone.
    pub fn apply(&self, configuration: &Configuration) -> Configuration {
        let mut repaired = configuration.clone();
        match self {
            Self::ReplaceRow(kind, at, row) => {
                let rows = &mut repaired.mapping_mut(*kind).attributes;
                rows.get_mut(*at).into_iter().for_each(|slot| slot.clone_from(row));
            }
            Self::AddRow(kind, row) => {
                repaired.mapping_mut(*kind).attributes.push(row.clone());
            }
            Self::RemoveRow(kind, at) => {
                let rows = &mut repaired.mapping_mut(*kind).attributes;
                if *at < rows.len() {
                    rows.remove(*at);
                }
            }
            Self::Actions(kind, actions) => repaired.mapping_mut(*kind).actions = *actions,
            Self::Scope(scope) => repaired.scope = *scope,
            Self::DisableLeavers => repaired.skip_out_of_scope_deletions = false,
            Self::ReplaceClause(kind, group, clause, new) => {
                let groups = &mut repaired.mapping_mut(*kind).filter.groups;
                let slot = groups.get_mut(*group).and_then(|group| group.clauses.get_mut(*clause));
                slot.into_iter().for_each(|slot| slot.clone_from(new));
            }
            Self::AddFilter(kind, group) => {
                repaired.mapping_mut(*kind).filter.groups.push(group.clone());
            }
            Self::RemoveFilter(kind, at) => {
                let groups = &mut repaired.mapping_mut(*kind).filter.groups;
                if *at < groups.len() {
                    groups.remove(*at);
                }
            }
        }
        repaired
    }
}
