//! A change of the draft that does away with what a review found.

use serde::{Deserialize, Serialize};

use super::Draft;
use super::mapping::{ClauseDraft, FilterDraft, Row};
use super::place::Kind;

/// One change, in the terms of what is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Repair {
    /// What another row says goes into the row with this id.
    ReplaceRow(Kind, u32, Box<Row>),
    /// Another row at the end.
    AddRow(Kind, Box<Row>),
    /// The row with this id is taken out.
    RemoveRow(Kind, u32),
    /// Target object actions: Create, Update, Delete.
    Actions(Kind, [bool; 3]),
    /// Sync all users and groups, or only the assigned ones.
    SyncAll(bool),
    /// Accounts of those who leave the scope are not left as they are.
    DisableLeavers,
    /// Another clause in the place of one: filter, clause.
    ReplaceClause(Kind, usize, usize, ClauseDraft),
    /// Another scoping filter.
    AddFilter(Kind, FilterDraft),
    /// A scoping filter is taken out.
    RemoveFilter(Kind, usize),
}

impl Repair {
    /// Makes the change. A place that does not exist any more is left alone.
    pub fn apply(self, draft: &mut Draft) {
        match self {
            Self::ReplaceRow(kind, id, other) => {
                draft.mapping_mut(kind).row_mut(id).into_iter().for_each(|row| {
                    row.take((*other).clone());
                });
            }
            Self::AddRow(kind, other) => {
                let mapping = draft.mapping_mut(kind);
                let id = mapping.add_row();
                mapping.row_mut(id).into_iter().for_each(|row| row.take((*other).clone()));
            }
            Self::RemoveRow(kind, id) => draft.mapping_mut(kind).remove_row(id),
            Self::Actions(kind, [create, update, delete]) => {
                let mapping = draft.mapping_mut(kind);
                (mapping.create, mapping.update, mapping.delete) = (create, update, delete);
            }
            Self::SyncAll(all) => draft.sync_all = all,
            Self::DisableLeavers => draft.skip_out_of_scope_deletions = false,
            Self::ReplaceClause(kind, filter, clause, other) => {
                let filters = &mut draft.mapping_mut(kind).filters;
                let clauses = filters.get_mut(filter).map(|filter| &mut filter.clauses);
                if let Some(slot) = clauses.and_then(|clauses| clauses.get_mut(clause)) {
                    *slot = other;
                }
            }
            Self::AddFilter(kind, filter) => draft.mapping_mut(kind).filters.push(filter),
            Self::RemoveFilter(kind, filter) => {
                let filters = &mut draft.mapping_mut(kind).filters;
                if filter < filters.len() {
                    filters.remove(filter);
                }
            }
        }
    }

    /// What the button says that makes it.
    pub fn label(&self) -> String {
        match self {
            Self::ReplaceRow(_, _, row) if row.source_text().is_empty() => {
                format!("Change the row of {}", row.target)
            }
            Self::ReplaceRow(_, _, row) => {
                format!("Write {} into {}", in_short(row.source_text()), row.target)
            }
            Self::AddRow(_, row) => format!("Add a row to {}", row.target),
            Self::RemoveRow(..) => "Delete the row".to_owned(),
            Self::Actions(..) => "Tick the target object actions".to_owned(),
            Self::SyncAll(true) => "Sync all users and groups".to_owned(),
            Self::SyncAll(false) => "Sync only assigned users and groups".to_owned(),
            Self::DisableLeavers => "Disable who leaves the scope".to_owned(),
            Self::ReplaceClause(_, _, _, clause) => {
                let words = format!("{} {} {}", clause.attribute, clause.operator, clause.value);
                format!("Write {}", in_short(words.trim_end()))
            }
            Self::AddFilter(_, filter) => format!("Add the filter {}", filter.title),
            Self::RemoveFilter(..) => "Delete the filter".to_owned(),
        }
    }
}

/// The beginning of a long text.
fn in_short(text: &str) -> String {
    const LONGEST: usize = 48;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::mapping::MappingType;
    use crate::draft::mapping::unit_test::{Expected, Literal, Subject, UnitTest};

    fn clause(attribute: &str) -> ClauseDraft {
        ClauseDraft { attribute: attribute.to_owned(), ..ClauseDraft::default() }
    }

    #[test]
    fn a_row_is_replaced_and_keeps_its_id_and_its_tests() {
        let mut draft = Draft::default();
        let id = draft.users.add_row();
        let values = [("mail".to_owned(), Literal::Null)].into();
        let test = UnitTest { subject: Subject::Values(values), expected: Expected::Empty };
        let row = draft.users.row_mut(id).unwrap();
        (row.direct, row.tests) = ("mail".to_owned(), vec![test]);
        let other = Row {
            target: "userName".to_owned(),
            mapping_type: MappingType::Expression,
            expression: "ToLower([mail])".to_owned(),
            ..Row::default()
        };
        let repair = Repair::ReplaceRow(Kind::User, id, Box::new(other));
        assert_eq!(repair.label(), "Write ToLower([mail]) into userName");
        repair.apply(&mut draft);
        let row = draft.users.row(id).unwrap();
        assert_eq!((row.source_text(), row.direct.as_str()), ("ToLower([mail])", "mail"));
        assert_eq!((row.tests.len(), row.target.as_str()), (1, "userName"));
    }

    #[test]
    fn each_other_change_reaches_its_place() {
        let mut draft = Draft { skip_out_of_scope_deletions: true, ..Draft::default() };
        let row = Row { target: "active".to_owned(), ..Row::default() };
        let filter = FilterDraft { title: "All".to_owned(), clauses: vec![clause("mail")] };
        for repair in [
            Repair::AddRow(Kind::User, Box::new(row)),
            Repair::Actions(Kind::Group, [true, true, false]),
            Repair::SyncAll(true),
            Repair::DisableLeavers,
            Repair::AddFilter(Kind::User, filter.clone()),
            Repair::AddFilter(Kind::User, filter),
            Repair::ReplaceClause(Kind::User, 1, 0, clause("department")),
            Repair::RemoveFilter(Kind::User, 0),
        ] {
            repair.apply(&mut draft);
        }
        assert_eq!(draft.users.rows[0].target, "active");
        assert!(draft.groups.create && draft.groups.update && !draft.groups.delete);
        assert!(draft.sync_all && !draft.skip_out_of_scope_deletions);
        assert_eq!(draft.users.filters.len(), 1);
        assert_eq!(draft.users.filters[0].clauses[0].attribute, "department");
        let id = draft.users.rows[0].id;
        Repair::RemoveRow(Kind::User, id).apply(&mut draft);
        assert!(draft.users.rows.is_empty());
    }

    #[test]
    fn a_place_that_is_gone_is_left_alone() {
        let mut draft = Draft::default();
        let before = draft.clone();
        Repair::ReplaceRow(Kind::User, 7, Box::default()).apply(&mut draft);
        Repair::RemoveRow(Kind::Group, 7).apply(&mut draft);
        Repair::ReplaceClause(Kind::User, 1, 2, clause("mail")).apply(&mut draft);
        Repair::RemoveFilter(Kind::User, 0).apply(&mut draft);
        assert_eq!(draft, before);
    }
}
