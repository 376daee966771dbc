//! One of many, out of a list.

use leptos::prelude::*;

use super::field::Field;

/// One line of a [`Select`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    value: String,
    label: String,
    group: Option<String>,
}

impl SelectOption {
    /// A line: the value it stands for and its name.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), group: None }
    }

    /// Puts it under a heading; lines of one group stand together.
    #[must_use]
    pub fn in_group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }
}

/// A choice out of a list that would be too long to show.
///
/// Keyboard: the browser's own: arrow keys, typing the first letters.
#[component]
pub fn Select(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// The value that is chosen; when it is not in the list, "Choose …" stands there.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the value that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// The lines, in order.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// How to answer.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with the answer.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// May be left out.
    #[prop(optional)]
    optional: bool,
    /// The label is heard but not seen.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    // A browser would show the first line as chosen where none is.
    let unanswered = Memo::new(move |_| {
        options.with(|lines| value.with(|chosen| lines.iter().all(|line| line.value != *chosen)))
    });
    let lines = move || {
        options
            .get()
            .chunk_by(|one, next| one.group == next.group)
            .map(|group| lines_of(group, value))
            .collect_view()
    };
    view! {
        <Field label hint problem optional label_hidden let:wiring>
            <select
                class="select"
                id=wiring.id
                aria-describedby=wiring.described_by
                aria-invalid=wiring.invalid
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                <option value="" disabled hidden prop:selected=unanswered>
                    "Choose …"
                </option>
                {lines}
            </select>
        </Field>
    }
}

fn lines_of(group: &[SelectOption], chosen: Signal<String>) -> AnyView {
    let lines = group
        .iter()
        .cloned()
        .map(|SelectOption { value, label, .. }| {
            let own = value.clone();
            let is_chosen = move || chosen.with(|chosen| *chosen == own);
            view! { <option value=value prop:selected=is_chosen>{label}</option> }
        })
        .collect_view();
    match group.first().and_then(|line| line.group.clone()) {
        Some(heading) => view! { <optgroup label=heading>{lines}</optgroup> }.into_any(),
        None => lines.into_any(),
    }
}
