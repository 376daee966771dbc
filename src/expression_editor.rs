//! The control in which an expression is written: a code field that knows the language.

use std::ops::Range;

use leptos::prelude::*;

mod setting;
mod telling;

pub use setting::Setting;

use crate::ui::{CodeControl, CodeField, CodePlace, CodeReading};

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
    lit: Signal<Vec<Range<usize>>>,
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
    let text = Memo::new(move |_| value.with(|value| plain(value)));
    let reading = Memo::new(move |_| {
        text.with(|text| setting.with(|setting| telling::reading(text, setting)))
    });
    let spot = Memo::new(move |_| {
        let mut spot = text.with(|text| telling::spot(text, control.caret()));
        spot.lit.extend(lit.get());
        spot
    });
    let suggest = move |place: CodePlace| {
        setting.with_untracked(|setting| telling::offers(&place, setting.attributes()))
    };
    let problem = move || {
        let is_bad = reading.with(CodeReading::is_bad);
        problem.get().filter(|_| !is_bad)
    };
    view! {
        <CodeField
            label
            value=text
            on_input
            control
            reading
            spot
            suggest=Callback::new(suggest)
            hint
            problem=Signal::derive(problem)
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
