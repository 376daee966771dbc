//! A handle on one row of an attribute table: reads it, edits it, tells its problems.

use leptos::prelude::*;

use super::live;
use crate::draft::mapping::{MappingType, Origin, Row};
use crate::draft::place::{Kind, Place, RowField};
use crate::expression_editor::Setting;
use crate::ui::Tone;
use crate::wizard::Wizard;

/// One row of the draft, for as long as its line is on show.
#[derive(Clone, Copy)]
pub(super) struct RowHandle {
    wizard: Wizard,
    kind: Kind,
    /// The row's id in its mapping.
    pub(super) id: u32,
    row: Memo<Row>,
}

impl RowHandle {
    /// For how many of those in scope the row yields nothing or fails, in words; empty where that is
    /// nobody, or not counted.
    pub(super) fn crowd(self) -> String {
        if self.kind != Kind::User {
            return String::new();
        }
        self.wizard.judgement.with(|judged| {
            judged.as_ref().map(|judged| live::crowd(judged, self.id)).unwrap_or_default()
        })
    }

    pub(super) fn new(wizard: Wizard, kind: Kind, id: u32) -> Self {
        // A row that was just deleted reads as an empty one until its line is gone.
        let row = Memo::new(move |_| {
            wizard.with(|draft| draft.mapping(kind).row(id).cloned()).unwrap_or_default()
        });
        Self { wizard, kind, id, row }
    }

    pub(super) fn with<T>(self, read: impl FnOnce(&Row) -> T) -> T {
        self.row.with(read)
    }

    pub(super) fn text(self, read: fn(&Row) -> &String) -> Signal<String> {
        Signal::derive(move || self.row.with(|row| read(row).clone()))
    }

    pub(super) fn edit(self, what: &'static str, change: impl FnOnce(&mut Row)) {
        self.wizard.edit(what, |draft| {
            if let Some(row) = draft.mapping_mut(self.kind).row_mut(self.id) {
                change(row);
            }
        });
    }

    /// Edits where the value comes from: the row is then the administrator's own.
    pub(super) fn edit_source(self, what: &'static str, change: impl FnOnce(&mut Row)) {
        self.edit(what, |row| {
            change(row);
            row.origin = Origin::Own;
        });
    }

    /// What is known around its expression.
    pub(super) fn setting(self) -> Signal<Setting> {
        let Self { wizard, kind, row, .. } = self;
        let people = Memo::new(move |_| {
            let sync_all = wizard.with(|draft| draft.sync_all);
            wizard.people.with(|people| Setting::new(people, kind, sync_all))
        });
        Signal::derive(move || row.with(|row| people.get().of_row(row)))
    }

    pub(super) fn problem(self, field: RowField) -> Signal<Option<String>> {
        Signal::derive(move || self.wizard.problem_at(Place::Row(self.kind, self.id, field)))
    }

    /// What buttons and sentences call the row.
    pub(super) fn name(self) -> String {
        self.row.with(name)
    }
}

/// What buttons and sentences call a row: its target, as long as it has one.
pub(super) fn name(row: &Row) -> String {
    match row.target.trim() {
        "" => "the row without a target".to_owned(),
        target => target.to_owned(),
    }
}

/// Whether nobody has said yet where the value comes from.
pub(super) fn is_open(row: &Row) -> bool {
    row.mapping_type != MappingType::None && row.source_text().is_empty()
}

/// How far the source is known, in a word.
pub(super) fn origin(row: &Row) -> (&'static str, Tone) {
    match row.origin {
        _ if is_open(row) => ("Open question", Tone::Warning),
        Origin::Published => ("Published", Tone::Neutral),
        Origin::Usual => ("Usual", Tone::Neutral),
        Origin::Open | Origin::Own => ("Own", Tone::Info),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_source_is_an_open_question_whatever_it_was() {
        let mut row = Row { origin: Origin::Published, ..Row::default() };
        assert_eq!(origin(&row).0, "Open question");
        row.direct = "mail".to_owned();
        assert_eq!(origin(&row).0, "Published");
        row.mapping_type = MappingType::Constant;
        assert_eq!(origin(&row).0, "Open question");
        row.mapping_type = MappingType::None;
        assert!(!is_open(&row));
    }
}
