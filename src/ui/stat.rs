//! One number that matters.

use leptos::prelude::*;

use super::tone::Tone;

/// A number and what it counts; several stand side by side.
///
/// Keyboard: none.
#[component]
pub fn Stat(
    /// What is counted.
    #[prop(into)]
    label: Signal<String>,
    /// The number, as it is shown.
    #[prop(into)]
    value: Signal<String>,
    /// How it is meant.
    #[prop(into, optional)]
    tone: Signal<Tone>,
    /// A few words more.
    #[prop(into, optional)]
    note: Signal<String>,
) -> impl IntoView {
    view! {
        <dl class="stat" data-tone=move || tone.get().name()>
            <dt>{label}</dt>
            <dd>{value}</dd>
            <dd>
                <small>{note}</small>
            </dd>
        </dl>
    }
}
