//! The tests of the expression: what they say now, those that fail first.

use leptos::prelude::*;

mod adding;

pub(super) use adding::{AddTests, add_test};

use super::answer::{Question, answered};
use super::bench::Bench;
use super::found::{ExpectedValue, FoundValue};
use crate::draft::mapping::unit_test::{Subject, UnitTest};
use crate::ui::{Appearance, Badge, Button, EmptyState, Glyph, Table, Tone, use_announcer};
use crate::worker::message::{BenchAnswer, BenchAsk, Verified};
use adding::OwnValues;

/// What the tests say, as long as they are those that stand there.
#[derive(Clone, Copy)]
pub(super) struct Verdicts(RwSignal<Option<(Vec<UnitTest>, Vec<Verified>)>>);

impl Verdicts {
    /// Runs the tests on every change of the expression, and of themselves.
    pub(super) fn of(bench: Bench) -> Self {
        let question: Memo<Question> = Memo::new(move |_| {
            let ask = BenchAsk::Verify(bench.formula()?, bench.tests.get());
            Some((ask, bench.wizard.view.get()))
        });
        let told = answered(bench.wizard, question, |answer| match answer {
            BenchAnswer::Verify(told) => Some(told),
            _ => None,
        });
        let verdicts = RwSignal::new(None);
        Effect::new(move |_| {
            let told = told.get();
            let tests = bench.tests.get_untracked();
            // An answer to fewer or more tests is not about these.
            verdicts.set(told.filter(|told| told.len() == tests.len()).map(|told| (tests, told)));
        });
        Self(verdicts)
    }

    /// How many tests there are and how many of them fail.
    pub(super) fn counts(self) -> (usize, usize) {
        self.0.with(|verdicts| {
            let told = verdicts.as_ref().map(|(_, told)| told.as_slice()).unwrap_or_default();
            (told.len(), told.iter().filter(|test| !test.passed).count())
        })
    }

    /// The tests, those that fail first.
    fn sorted(self) -> Vec<(UnitTest, Verified)> {
        let Some((tests, told)) = self.0.get() else { return Vec::new() };
        let mut lines: Vec<_> = tests.into_iter().zip(told).collect();
        lines.sort_by_key(|(_, told)| told.passed);
        lines
    }
}

/// How the tests stand, in a word, beside the expression.
#[component]
pub(super) fn TestsBadge(bench: Bench, verdicts: Verdicts) -> impl IntoView {
    let told = Memo::new(move |_| match verdicts.counts() {
        _ if bench.is_unsound() => None,
        (0, _) => None,
        (1, 0) => Some(("1 test passes".to_owned(), Tone::Good)),
        (all, 0) => Some((format!("{all} tests pass"), Tone::Good)),
        (all, failing) => Some((format!("{failing} of {all} tests fail"), Tone::Bad)),
    });
    // Read out from here, because the page's own region is silent behind a dialog.
    view! {
        <span role="status">
            {move || told.get().map(|(text, tone)| view! { <Badge text tone /> })}
        </span>
    }
}

/// All tests, and the ways to add one.
#[component]
pub(super) fn TestsPanel(bench: Bench, verdicts: Verdicts) -> impl IntoView {
    let is_empty = Memo::new(move |_| bench.tests.with(Vec::is_empty));
    let rows = move || {
        let lines = verdicts.sorted().into_iter();
        lines.map(|(test, told)| view! { <Line bench test told /> }).collect_view()
    };
    let kept = move || match bench.row.get() {
        Some(_) => {
            "The tests are part of the mapping: the project file and the runbook hold them, \
                    with the names and values that they name."
        }
        None => {
            "These tests stay in this browser. Tests of an expression that was opened from a \
                 mapping are saved with it."
        }
    };
    view! {
        <div class="bench-panel">
            <p>{kept}</p>
            <Show when=move || !is_empty.get()>
                <Table
                    caption="Tests of this expression"
                    caption_hidden=true
                    head=vec!["Verdict", "For", "Expected", "Found", ""]
                >
                    {rows}
                </Table>
            </Show>
            <Show when=move || is_empty.get()>
                <EmptyState title="There is no test yet" glyph=Glyph::Check>
                    <p>
                        "A test says what somebody must get. It is run with every change of the \
                         expression."
                    </p>
                </EmptyState>
            </Show>
            <OwnValues bench />
        </div>
    }
}

#[component]
fn Line(bench: Bench, test: UnitTest, told: Verified) -> impl IntoView {
    let announcer = use_announcer();
    let Verified { subject, found, passed } = told;
    let (word, tone) = match (&found, passed) {
        (_, true) => ("Passes", Tone::Good),
        (Some(_), false) => ("Fails", Tone::Bad),
        (None, false) => ("Nobody", Tone::Warning),
    };
    let accept = found.clone().filter(|_| !passed).map(|found| {
        let own = test.clone();
        let accept = move |()| {
            let expected = found.expectation();
            bench.edit_tests(|tests| {
                if let Some(test) = tests.iter_mut().find(|test| **test == own) {
                    test.expected = expected;
                }
            });
            announcer.say("The test expects what was found.");
        };
        view! {
            <Button
                label=format!("Expect what was found for {subject}")
                icon=Glyph::Check
                icon_only=true
                appearance=Appearance::Subtle
                on_click=accept
            />
        }
    });
    let own = test.clone();
    let remove = move |()| {
        bench.edit_tests(|tests| tests.retain(|test| *test != own));
        announcer.say("The test is deleted.");
    };
    let detail = match &test.subject {
        Subject::Person(name) if *name != subject => Some(name.clone()),
        _ => None,
    };
    let found = match found {
        Some(found) => view! { <FoundValue found /> }.into_any(),
        None => "nobody in use has this name or id".into_any(),
    };
    view! {
        <tr data-state=if passed { "fine" } else { "failed" }>
            <td>
                <Badge text=word tone />
            </td>
            <th scope="row">{subject.clone()} " " <small>{detail}</small></th>
            <td data-label="Expected">
                <ExpectedValue expected=test.expected />
            </td>
            <td data-label="Found">{found}</td>
            <td>
                <span class="line-buttons">
                    {accept}
                    <Button
                        label=format!("Delete the test for {subject}")
                        icon=Glyph::Delete
                        icon_only=true
                        appearance=Appearance::Subtle
                        on_click=remove
                    />
                </span>
            </td>
        </tr>
    }
}
