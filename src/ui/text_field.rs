//! Text typed by hand: one line, or several.

use leptos::prelude::*;

use super::field::Field;
use super::id;

/// What kind of text a field takes; the keyboard on a telephone follows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Any text.
    #[default]
    Text,
    /// An address of the web.
    Url,
    /// An e-mail address.
    Email,
    /// A number.
    Number,
}

impl TextKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Url => "url",
            Self::Email => "email",
            Self::Number => "number",
        }
    }

    /// The keyboard of a telephone.
    ///
    /// The element itself is always of type `text`: the browser's own reading of the other types
    /// drops what it does not like (a number field has no value while it holds `1x`), and nothing
    /// that was typed may be lost.
    const fn input_mode(self) -> &'static str {
        match self {
            Self::Number => "numeric",
            other => other.name(),
        }
    }
}

/// One line of text. Nothing is completed, corrected or remembered by the browser.
///
/// Keyboard: as everywhere; `on_commit` runs on Enter.
#[component]
pub fn TextField(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the text after every keystroke.
    #[prop(into)]
    on_input: Callback<String>,
    /// Runs on Enter.
    #[prop(into, optional)]
    on_commit: Option<Callback<()>>,
    /// How to answer.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with the answer.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// An example, shown while it is empty; never the only place of a rule.
    #[prop(into, optional)]
    placeholder: Signal<String>,
    /// Answers to pick from while typing, each with a few words on it; any other text is as good.
    #[prop(into, optional)]
    suggestions: Signal<Vec<(String, String)>>,
    /// What kind of text.
    #[prop(optional)]
    kind: TextKind,
    /// For code, addresses and attribute names.
    #[prop(optional)]
    mono: bool,
    /// May be left out.
    #[prop(optional)]
    optional: bool,
    /// The label is heard but not seen.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    let list = id::fresh("suggestions");
    let list_id = list.clone();
    view! {
        <Field label hint problem optional label_hidden let:wiring>
            <input
                class="text-field"
                type="text"
                inputmode=kind.input_mode()
                list=move || suggestions.with(|lines| !lines.is_empty()).then(|| list_id.clone())
                id=wiring.id
                aria-describedby=wiring.described_by
                aria-invalid=wiring.invalid
                data-mono=mono.then_some("")
                placeholder=placeholder
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Enter" && !event.is_composing()
                        && let Some(commit) = on_commit
                    {
                        commit.run(());
                    }
                }
            />
            {move || {
                let lines = suggestions.with(|lines| lines.iter().map(suggestion).collect_view());
                (!lines.is_empty()).then(|| view! { <datalist id=list.clone()>{lines}</datalist> })
            }}
        </Field>
    }
}

fn suggestion((value, about): &(String, String)) -> impl IntoView + use<> {
    view! { <option value=value.clone()>{about.clone()}</option> }
}

/// Several lines of text: pasted JSON, an expression.
///
/// Keyboard: as everywhere; Tab leaves it.
#[component]
pub fn TextArea(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the text after every keystroke.
    #[prop(into)]
    on_input: Callback<String>,
    /// How to answer.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with the answer.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// An example, shown while it is empty.
    #[prop(into, optional)]
    placeholder: Signal<String>,
    /// Its height in lines.
    #[prop(default = 4)]
    rows: u32,
    /// For code.
    #[prop(optional)]
    mono: bool,
    /// May be left out.
    #[prop(optional)]
    optional: bool,
    /// The label is heard but not seen.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    view! {
        <Field label hint problem optional label_hidden let:wiring>
            <textarea
                class="text-area"
                rows=rows
                id=wiring.id
                aria-describedby=wiring.described_by
                aria-invalid=wiring.invalid
                data-mono=mono.then_some("")
                placeholder=placeholder
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            ></textarea>
        </Field>
    }
}
