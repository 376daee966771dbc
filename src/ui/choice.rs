//! One of a few, all in view.

use leptos::prelude::*;

use super::id;
use super::message::Message;

/// One card of a [`Choice`].
#[derive(Clone)]
pub struct ChoiceOption {
    value: String,
    label: String,
    description: String,
    off_because: Signal<Option<String>>,
}

impl ChoiceOption {
    /// A card: the value it stands for, its name, and a sentence on what it means.
    pub fn new(
        value: impl Into<String>,
        label: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            description: description.into(),
            off_because: Signal::stored(None),
        }
    }

    /// Why it cannot be chosen now; the reason takes a line on the card.
    #[must_use]
    pub fn off_because(mut self, reason: Signal<Option<String>>) -> Self {
        self.off_because = reason;
        self
    }
}

/// A choice between two to five things that need a sentence each.
///
/// Keyboard: one stop of the Tab key; the arrow keys choose.
#[component]
pub fn Choice(
    /// The question.
    #[prop(into)]
    legend: Signal<String>,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the value of the card that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// The cards.
    options: Vec<ChoiceOption>,
    /// What is wrong with the choice.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let name = id::fresh("choice");
    let problem_id = format!("{name}-problem");
    let cards = options
        .into_iter()
        .map(|option| card(name.clone(), option, value, on_change))
        .collect_view();
    view! {
        <fieldset class="choice" aria-describedby=problem_id>
            <legend>{legend}</legend>
            <div>{cards}</div>
            <p data-part="problem" id=problem_id.clone() aria-live="polite"><Message text=problem /></p>
        </fieldset>
    }
}

fn card(
    name: String,
    option: ChoiceOption,
    chosen: Signal<String>,
    on_change: Callback<String>,
) -> impl IntoView {
    let ChoiceOption { value, label, description, off_because } = option;
    let id = id::fresh("option");
    let label_id = format!("{id}-label");
    let description_id = format!("{id}-description");
    let own = value.clone();
    let is_chosen = Memo::new(move |_| chosen.with(|chosen| *chosen == own));
    let is_off = move || off_because.with(Option::is_some);
    let answer = value.clone();
    view! {
        <label data-state=move || is_off().then_some("off")>
            <input
                type="radio"
                name=name
                value=value
                aria-labelledby=label_id.clone()
                aria-describedby=description_id.clone()
                aria-disabled=move || is_off().then_some("true")
                prop:checked=is_chosen
                on:click=move |event| {
                    if off_because.with_untracked(Option::is_some) {
                        event.prevent_default();
                    }
                }
                on:change=move |_| on_change.run(answer.clone())
            />
            <strong id=label_id>{label}</strong>
            <span id=description_id>
                {description} <em><Message text=off_because /></em>
            </span>
        </label>
    }
}
