//! What is wrong with the text: a list below it, and a sentence for those who hear the page.

use std::ops::Range;
use std::time::Duration;

use leptos::prelude::*;

use super::control::CodeControl;
use super::offset::in_words;
use super::reading::CodeReading;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::message::Message;
use crate::ui::tone::Tone;

/// How many problems are told at once: who mends these sees the next ones.
const TOLD: usize = 2;

/// How long nothing is typed before the number of problems is said.
const REST: Duration = Duration::from_millis(1_200);

/// Something wrong with a piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeProblem {
    /// The piece, in bytes of the text.
    pub span: Range<usize>,
    /// How bad it is: it does not work, look at it, or worth knowing.
    pub tone: Tone,
    /// Rule and repair; names stand in backticks.
    pub message: String,
    /// Changes that mend it, the best first.
    pub fixes: Vec<CodeFix>,
}

impl CodeProblem {
    /// Whether it keeps the text from working.
    pub(super) fn is_bad(&self) -> bool {
        self.tone == Tone::Bad
    }
}

/// A change that mends something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeFix {
    /// What it does: a verb and its object.
    pub label: String,
    /// Pieces in the order of the text, and what stands there afterwards.
    pub edits: Vec<(Range<usize>, String)>,
}

/// The problems, the graver ones first, and else in the order in which they came.
pub(super) fn sorted(problems: Vec<CodeProblem>) -> Vec<CodeProblem> {
    let (mut bad, rest): (Vec<_>, Vec<_>) = problems.into_iter().partition(CodeProblem::is_bad);
    let (warnings, others): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|problem| problem.tone == Tone::Warning);
    bad.extend(warnings);
    bad.extend(others);
    bad
}

/// What can be repaired where the caret stands.
pub(super) fn fixes_at(problems: &[CodeProblem], caret: usize) -> Vec<CodeFix> {
    let touched = problems.iter().filter(|p| p.span.start <= caret && caret <= p.span.end);
    touched.flat_map(|problem| problem.fixes.iter().cloned()).collect()
}

/// The list, each with a button for every repair.
#[component]
pub(super) fn ProblemList(
    text: Memo<String>,
    reading: Memo<CodeReading>,
    control: CodeControl,
) -> impl IntoView {
    view! {
        <ul data-part="problems">
            {move || {
                let (told, all) = reading.with(|reading| {
                    let told = reading.problems.iter().take(TOLD).cloned();
                    (told.collect::<Vec<_>>(), reading.problems.len())
                });
                let more = remainder(all - told.len()).map(|more| view! { <li>{more}</li> });
                let lines = told.into_iter().map(|problem| line(control, text, problem));
                (lines.collect_view(), more)
            }}
        </ul>
    }
}

fn line(control: CodeControl, text: Memo<String>, problem: CodeProblem) -> impl IntoView {
    let CodeProblem { span, tone, message, fixes } = problem;
    let start = span.start;
    let glyph = match tone {
        Tone::Bad => Glyph::Bad,
        Tone::Warning => Glyph::Warning,
        Tone::Info | Tone::Neutral | Tone::Good => Glyph::Info,
    };
    view! {
        <li data-tone=tone.name()>
            <Icon glyph />
            <p>
                <button type="button" on:click=move |_| control.select(span.clone())>
                    // Moves with the text before the problem, too.
                    {move || text.with(|text| in_words(text, start))}
                </button>
                ": "
                <Message text=Some(message) />
                {fixes.into_iter().map(|fix| button(control, fix)).collect_view()}
            </p>
        </li>
    }
}

fn button(control: CodeControl, fix: CodeFix) -> impl IntoView {
    let CodeFix { label, edits } = fix;
    view! {
        " "
        <button type="button" data-part="fix" on:click=move |_| control.change(&edits)>
            <Message text=Some(label) />
        </button>
    }
}

fn remainder(more: usize) -> Option<String> {
    match more {
        0 => None,
        1 => Some("One more problem follows.".to_owned()),
        more => Some(format!("{more} more problems follow.")),
    }
}

/// What is said of the problems once the hands rest.
fn spoken(text: &str, problems: &[CodeProblem]) -> String {
    let Some(first) = problems.first() else { return "No problem.".to_owned() };
    let count = match problems.len() {
        1 => "One problem.".to_owned(),
        count => format!("{count} problems."),
    };
    format!("{count} {}: {}", in_words(text, first.span.start), first.message.replace('`', ""))
}

/// Says through the field's own live region what a look at it shows: the page's region is
/// silent while a dialog is open.
#[derive(Clone, Copy)]
pub(super) struct Voice(RwSignal<String>);

impl Voice {
    /// A voice that tells the problems when nothing was typed for a while, and only if they are
    /// not those that were there before.
    pub(super) fn of(text: Memo<String>, reading: Memo<CodeReading>) -> Self {
        let voice = Self(RwSignal::new(String::new()));
        let told = StoredValue::new(reading.with_untracked(|reading| messages(&reading.problems)));
        let timer = StoredValue::new_local(None::<TimeoutHandle>);
        let rested = move || {
            // The field may have left the page meanwhile.
            let Some(now) = reading.try_get_untracked() else { return };
            let heard = messages(&now.problems);
            if told.with_value(|told| *told != heard) {
                text.with_untracked(|text| voice.say(spoken(text, &now.problems)));
                told.set_value(heard);
            }
        };
        let stop = move || {
            if let Some(earlier) = timer.try_update_value(Option::take).flatten() {
                earlier.clear();
            }
        };
        let follow = move |_: &String, _: Option<&String>, _| {
            stop();
            timer.set_value(set_timeout_with_handle(rested, REST).ok());
        };
        Effect::watch(move || text.get(), follow, false);
        on_cleanup(stop);
        voice
    }

    /// Says a sentence when the screen reader pauses.
    pub(super) fn say(self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        // The same text twice is no change and would not be read: a trailing space makes it one.
        self.0.update(|said| {
            *said = if *said == sentence { sentence + "\u{a0}" } else { sentence };
        });
    }

    /// The region: heard, not seen.
    pub(super) fn view(self) -> impl IntoView {
        view! { <p role="status" data-hidden="">{self.0}</p> }
    }
}

/// What is wrong, wherever it stands.
fn messages(problems: &[CodeProblem]) -> Vec<String> {
    problems.iter().map(|problem| problem.message.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(span: Range<usize>, tone: Tone, fixes: &[&str]) -> CodeProblem {
        let fix = |label: &&str| CodeFix { label: (*label).to_owned(), edits: Vec::new() };
        let message = format!("`{}`", tone.name());
        CodeProblem { span, tone, message, fixes: fixes.iter().map(fix).collect() }
    }

    #[test]
    fn what_does_not_work_comes_first() {
        let found = [(1, Tone::Info), (3, Tone::Bad), (5, Tone::Warning), (9, Tone::Bad)];
        let found = found.map(|(at, tone)| problem(at..at, tone, &[]));
        let starts: Vec<usize> = sorted(found.into()).iter().map(|p| p.span.start).collect();
        assert_eq!(starts, [3, 9, 5, 1]);
    }

    #[test]
    fn a_caret_at_either_end_touches_a_problem() {
        let found = [problem(2..4, Tone::Bad, &["a", "b"]), problem(4..6, Tone::Bad, &["c"])];
        let labels = |caret| -> Vec<String> {
            fixes_at(&found, caret).into_iter().map(|fix| fix.label).collect()
        };
        assert_eq!(labels(1), Vec::<String>::new());
        assert_eq!(labels(2), ["a", "b"]);
        assert_eq!(labels(4), ["a", "b", "c"]);
        assert_eq!(labels(7), Vec::<String>::new());
    }

    #[test]
    fn the_number_and_the_first_problem_are_spoken() {
        let found = [problem(3..4, Tone::Bad, &[]), problem(5..6, Tone::Warning, &[])];
        assert_eq!(spoken("é(x", &found), "2 problems. Character 3: bad");
        assert_eq!(spoken("é(x", &found[..1]), "One problem. Character 3: bad");
        assert_eq!(spoken("", &[]), "No problem.");
    }

    #[test]
    fn what_is_left_out_is_counted() {
        assert_eq!(remainder(0), None);
        assert_eq!(remainder(1).as_deref(), Some("One more problem follows."));
        assert_eq!(remainder(2).as_deref(), Some("2 more problems follow."));
    }

    #[test]
    fn a_problem_that_only_moved_is_not_said_again() {
        let (here, there) = (problem(1..2, Tone::Bad, &[]), problem(7..8, Tone::Bad, &[]));
        assert_eq!(messages(std::slice::from_ref(&here)), messages(&[there]));
        assert_ne!(messages(&[here]), messages(&[problem(1..2, Tone::Info, &[])]));
    }
}
