//! One word about a thing, beside it.

use leptos::prelude::*;

use super::tone::Tone;

/// A word or a number that sorts a thing: its action, its state, its route.
///
/// Keyboard: none.
#[component]
pub fn Badge(
    /// The word.
    #[prop(into)]
    text: Signal<String>,
    /// How it is meant.
    #[prop(into, optional)]
    tone: Signal<Tone>,
) -> impl IntoView {
    view! { <span class="badge" data-tone=move || tone.get().name()>{text}</span> }
}
