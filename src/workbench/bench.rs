//! The handle that all panels share: the expression, whose it is, and how it is edited.

use std::ops::Range;
use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use provisioning::expression::Expression;

use super::answer::ask;
use crate::draft::Draft;
use crate::draft::mapping::unit_test::UnitTest;
use crate::draft::mapping::{MappingType, Origin, Row, TargetTypeDraft};
use crate::draft::place::Kind;
use crate::draft::workpiece::Workpiece;
use crate::expression_editor::Setting;
use crate::person_picker::Chosen;
use crate::ui::{Announcer, use_announcer};
use crate::wizard::{People, Wizard};
use crate::worker::message::{BenchAnswer, BenchAsk, Formula, SurveyQuery};

/// How long the text rests before the worker hears of it.
const REST: Duration = Duration::from_millis(120);

/// One expression under work, and somebody to look at.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    pub(super) wizard: Wizard,
    pub(super) chosen: Chosen,
    pub(super) kind: Kind,
    lies: Lies,
    /// The row that it belongs to.
    pub(super) row: Memo<Option<u32>>,
    /// What is typed.
    pub(super) text: Memo<String>,
    /// What is typed, read.
    pub(super) expression: Memo<Expression>,
    /// Its tests.
    pub(super) tests: Memo<Vec<UnitTest>>,
    /// The expression that it is compared with: the row's, where the row is not edited itself.
    pub(super) saved: Memo<Option<String>>,
    target_type: Memo<TargetTypeDraft>,
    /// What is typed, once it has rested.
    rested: RwSignal<String>,
    /// The people in use, or those who stand in for them.
    pub(super) people: Memo<People>,
    /// The pieces of the text that are lit up, in bytes.
    pub(super) lit: RwSignal<Vec<Range<usize>>>,
    /// Counts up when the result is to be seen.
    pub(super) shown: RwSignal<u32>,
    announcer: Announcer,
}

/// Where the text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    /// In this row of the draft: every edit takes effect at once.
    InRow(u32),
    /// On the workbench.
    OnBench,
}

impl Bench {
    /// A row's expression, edited where it stands.
    pub(super) fn of_row(wizard: Wizard, chosen: Chosen, kind: Kind, id: u32) -> Self {
        let row = Memo::new(move |_| Some(id));
        let text = Memo::new(move |_| {
            of_row(wizard, kind, Some(id), |row| row.expression.clone()).unwrap_or_default()
        });
        Self::new(wizard, chosen, kind, Lies::InRow(id), row, text)
    }

    /// What lies on the workbench.
    pub(super) fn of_workpiece(wizard: Wizard, chosen: Chosen, kind: Kind) -> Self {
        let row = Memo::new(move |_| {
            wizard.with(|draft| wizard.workpiece.with(|piece| piece.row(draft).map(|row| row.id)))
        });
        let text = Memo::new(move |_| wizard.workpiece.with(|piece| piece.text.clone()));
        Self::new(wizard, chosen, kind, Lies::OnBench, row, text)
    }

    fn new(
        wizard: Wizard,
        chosen: Chosen,
        kind: Kind,
        lies: Lies,
        row: Memo<Option<u32>>,
        text: Memo<String>,
    ) -> Self {
        let tests = Memo::new(move |_| {
            of_row(wizard, kind, row.get(), |row| row.tests.clone())
                .unwrap_or_else(|| wizard.workpiece.with(|piece| piece.tests.clone()))
        });
        let saved = Memo::new(move |_| match lies {
            Lies::InRow(_) => None,
            Lies::OnBench => of_row(wizard, kind, row.get(), |row| row.expression.clone())
                .or_else(|| wizard.workpiece.with(|piece| piece.compared.clone())),
        });
        let target_type = Memo::new(move |_| {
            of_row(wizard, kind, row.get(), |row| row.target_type).unwrap_or_default()
        });
        Self {
            wizard,
            chosen,
            kind,
            lies,
            row,
            text,
            expression: Memo::new(move |_| text.with(|text| Expression::parse(text))),
            tests,
            saved,
            target_type,
            rested: resting(text),
            people: people(wizard),
            lit: RwSignal::default(),
            shown: RwSignal::new(0),
            announcer: use_announcer(),
        }
    }

    /// Takes what is typed.
    pub(super) fn write(self, text: String) {
        match self.lies {
            Lies::InRow(id) => self.write_row(id, text),
            Lies::OnBench => self.wizard.workpiece.update(|piece| piece.text = text),
        }
    }

    /// Takes an example or a recipe into the editor; what stood there can be had back.
    pub(super) fn take(self, text: &'static str, what: &str) {
        self.wizard.workpiece.update(|piece| piece.put(text.to_owned()));
        self.announcer.say(format!("{what} is in the editor."));
        self.shown.update(|count| *count += 1);
    }

    /// Looks at somebody, and shows the result.
    pub(super) fn look_at(self, id: String) {
        self.chosen.pick(id);
        self.shown.update(|count| *count += 1);
    }

    /// Keeps what is typed, to compare with it what is typed later.
    pub(super) fn keep_for_comparison(self) {
        let text = self.text.get_untracked();
        self.wizard.workpiece.update(|piece| piece.compared = Some(text));
    }

    /// Whether something lay here before.
    pub(super) fn has_former(self) -> bool {
        self.wizard.workpiece.with(|piece| piece.former.is_some())
    }

    /// Exchanges what lies here with what lay here before.
    pub(super) fn bring_back(self) {
        self.wizard.workpiece.update(Workpiece::bring_back);
    }

    /// Makes it an expression of no row.
    pub(super) fn let_go(self) {
        self.wizard.workpiece.update(Workpiece::let_go);
    }

    /// Whose attributes an expression of no row reads.
    pub(super) fn set_kind(self, kind: Kind) {
        self.wizard.workpiece.update(|piece| piece.kind = kind);
    }

    /// Whether anybody is loaded; else invented people stand in.
    pub(super) fn has_people(self) -> bool {
        self.wizard.people.with(|people| matches!(people, People::Ready(_)))
    }

    /// Saves the text on the workbench into its row.
    pub(super) fn save(self) {
        if let Some(id) = self.row.get_untracked() {
            self.write_row(id, self.text.get_untracked());
        }
    }

    fn write_row(self, id: u32, text: String) {
        self.edit_row("row-expression", id, |row| {
            row.mapping_type = MappingType::Expression;
            row.expression = text;
            row.origin = Origin::Own;
        });
    }

    fn edit_row(self, what: &'static str, id: u32, change: impl FnOnce(&mut Row)) {
        self.wizard.edit(what, |draft: &mut Draft| {
            if let Some(row) = draft.mapping_mut(self.kind).row_mut(id) {
                change(row);
            }
        });
    }

    /// Changes the tests: in the row, or beside the expression on the workbench.
    pub(super) fn edit_tests(self, change: impl FnOnce(&mut Vec<UnitTest>)) {
        match self.row.get_untracked() {
            Some(id) => self.edit_row("row-tests", id, |row| change(&mut row.tests)),
            None => self.wizard.workpiece.update(|piece| change(&mut piece.tests)),
        }
    }

    /// The expression as the worker takes it: rested, and without a fault in its text.
    pub(super) fn formula(self) -> Option<Formula> {
        let text = self.rested.get();
        let sound = !text.trim().is_empty() && Expression::parse(&text).is_sound();
        sound.then(|| Formula { kind: self.kind, text, target_type: self.target_type.get() })
    }

    /// The question to everybody.
    pub(super) fn survey_query(self, only_in_scope: bool) -> Option<SurveyQuery> {
        let saved = self.saved.get().filter(|text| !text.trim().is_empty());
        Some(SurveyQuery { formula: self.formula()?, saved, only_in_scope })
    }

    /// What is known around the expression.
    pub(super) fn setting(self) -> Signal<Setting> {
        let around = Memo::new(move |_| {
            let sync_all = self.wizard.with(|draft| draft.sync_all);
            self.people.with(|people| Setting::new(people, self.kind, sync_all))
        });
        Signal::derive(move || {
            let around = around.get();
            let of = |row: &Row| around.clone().of_row(row);
            of_row(self.wizard, self.kind, self.row.get(), of).unwrap_or(around)
        })
    }

    /// Whether nothing is typed.
    pub(super) fn is_blank(self) -> bool {
        self.text.with(|text| text.trim().is_empty())
    }

    /// Whether nothing can be evaluated now: nothing is typed, or its text has a fault.
    pub(super) fn is_unsound(self) -> bool {
        self.is_blank() || self.expression.with(|expression| !expression.is_sound())
    }

    /// The name of the row's target, if it belongs to a row.
    pub(super) fn target(self) -> Option<String> {
        of_row(self.wizard, self.kind, self.row.get(), |row| row.target.clone())
    }
}

fn of_row<T>(
    wizard: Wizard,
    kind: Kind,
    id: Option<u32>,
    read: impl FnOnce(&Row) -> T,
) -> Option<T> {
    wizard.with(|draft| draft.mapping(kind).row(id?).map(read))
}

/// The people in use; where nobody is loaded, those who stand in for them.
fn people(wizard: Wizard) -> Memo<People> {
    let stand_in = RwSignal::new(People::Nobody);
    if wizard.people.with_untracked(|people| *people == People::Nobody) {
        spawn_local(async move {
            if let Some(BenchAnswer::People(summary)) = ask(wizard, BenchAsk::People).await {
                // The screen may have gone meanwhile.
                let _ = stand_in.try_set(People::Ready(summary));
            }
        });
    }
    Memo::new(move |_| match wizard.people.get() {
        People::Nobody => stand_in.get(),
        own => own,
    })
}

/// A text once it has rested: what is typed in one go is one question.
fn resting(text: Memo<String>) -> RwSignal<String> {
    let rested = RwSignal::new(text.get_untracked());
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    Effect::watch(
        move || text.track(),
        move |(), _, _| {
            if let Some(earlier) = timer.try_update_value(Option::take).flatten() {
                earlier.clear();
            }
            // The screen may have gone when the text has rested.
            let take = move || _ = text.try_get_untracked().map(|text| rested.try_set(text));
            timer.set_value(set_timeout_with_handle(take, REST).ok());
        },
        false,
    );
    rested
}
