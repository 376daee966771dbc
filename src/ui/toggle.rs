//! Yes or no.

use leptos::prelude::*;

use super::id;
use super::message::Message;

/// What a [`Toggle`] looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToggleKind {
    /// Takes effect at once: On, Off.
    #[default]
    Switch,
    /// One answer among others of a form.
    Checkbox,
}

/// A question answered by yes or no.
///
/// Keyboard: Space.
#[component]
pub fn Toggle(
    /// What is on when it is on; names stand between backticks.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Takes the new answer.
    #[prop(into)]
    on_change: Callback<bool>,
    /// What it means.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// Why it cannot be changed now.
    #[prop(into, optional)]
    off_because: Signal<Option<String>>,
    /// Switch or check box.
    #[prop(optional)]
    kind: ToggleKind,
) -> impl IntoView {
    let label_id = id::fresh("toggle");
    let hint_id = format!("{label_id}-hint");
    let words = Signal::derive(move || Some(label.get()));
    let is_off = move || off_because.with(Option::is_some);
    let is_switch = kind == ToggleKind::Switch;
    view! {
        <label class="toggle" data-state=move || is_off().then_some("off")>
            <input
                type="checkbox"
                role=is_switch.then_some("switch")
                aria-labelledby=label_id.clone()
                aria-describedby=hint_id.clone()
                aria-disabled=move || is_off().then_some("true")
                prop:checked=checked
                on:click=move |event| {
                    if off_because.with_untracked(Option::is_some) {
                        event.prevent_default();
                    }
                }
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span id=label_id><Message text=words /></span>
            <small id=hint_id>
                <Message text=hint />" "<em><Message text=off_because /></em>
            </small>
        </label>
    }
}
