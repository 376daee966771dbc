//! The control in which an expression is written: a code field that knows the language.

use leptos::prelude::*;
use provisioning::expression::Expression;
use provisioning::expression::explain::explain;
use provisioning::expression::lint::lint;

mod setting;
mod telling;

pub use setting::Setting;

use crate::ui::{CodeControl, CodeField, CodePlace, CodeProblem, Tone};

/// The field of an expression: coloured, with its faults and doubts marked and mended by a key,
/// with functions and attributes suggested, and told in a sentence.
///
/// Keyboard: that of the [`CodeField`].
#[component]
pub fn ExpressionEditor(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// The expression as typed.
    #[prop(into)]
    value: Signal<String>,
    /// Takes it after every keystroke.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is known around it.
    #[prop(into)]
    setting: Signal<Setting>,
    /// A handle on its caret and its text.
    #[prop(optional)]
    control: CodeControl,
    /// Pieces to light up beside the brackets at the caret.
    #[prop(into, optional)]
    lit: Signal<Vec<std::ops::Range<usize>>>,
    /// What else is wrong with it, shown while its own text is sound.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// How to answer.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// Its height in lines.
    #[prop(default = 6)]
    rows: u32,
) -> impl IntoView {
    let setting = Memo::new(move |_| setting.get());
    let text = Memo::new(move |_| value.with(|value| plain(value)));
    let expression = Memo::new(move |_| text.with(|text| Expression::parse(text)));
    let is_empty = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let problems = Memo::new(move |_| {
        if is_empty.get() {
            return Vec::new();
        }
        let found = setting.with(|setting| expression.with(|e| lint(e, &setting.situation())));
        found.into_iter().map(telling::problem).collect::<Vec<_>>()
    });
    let is_sound = Memo::new(move |_| expression.with(Expression::is_sound));
    let is_bad = move || problems.with(|all| all.iter().any(|p: &CodeProblem| p.tone == Tone::Bad));
    let meaning = Memo::new(move |_| {
        let is_told = is_sound.get() && !is_empty.get();
        is_told.then(|| expression.with(explain))
    });
    let brackets = Memo::new(move |_| text.with(|text| telling::brackets(text, control.caret())));
    let suggest = move |place: CodePlace| {
        setting.with_untracked(|setting| telling::offers(&place, setting.attributes()))
    };
    view! {
        <CodeField
            label
            value=text
            on_input
            control
            tokens=Memo::new(move |_| text.with(|text| telling::tokens(text)))
            lit=Signal::derive(move || [brackets.get(), lit.get()].concat())
            problems
            suggest=Callback::new(suggest)
            signature=Signal::derive(move || {
                text.with(|text| telling::signature(text, control.caret()))
            })
            meaning
            hint
            problem=Signal::derive(move || if is_bad() { None } else { problem.get() })
            placeholder="Join(\" \", [givenName], [surname])"
            rows
        />
    }
}

/// The text as a text area holds it: its lines end with `\n` alone, so that places agree.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn lines_of_every_origin_end_alike() {
        assert_eq!(plain("a\r\nb\rc\nd"), "a\nb\nc\nd");
    }
}
