//! How far something is.

use leptos::prelude::*;

use super::id;

/// A bar for work that takes longer than a second, and in words how far it is.
///
/// Keyboard: none; put a button that cancels beside it.
#[component]
pub fn Progress(
    /// What is being done.
    #[prop(into)]
    label: Signal<String>,
    /// The part done, from 0 to 1; `None` while that cannot be known.
    #[prop(into)]
    done: Signal<Option<f64>>,
    /// How far it is, in words: "412 of 1,000 people".
    #[prop(into, optional)]
    text: Signal<String>,
) -> impl IntoView {
    let label_id = id::fresh("progress");
    view! {
        <div class="progress">
            <span id=label_id.clone()>{label}</span>
            <small>{text}</small>
            <progress max="1" value=move || done.get() aria-labelledby=label_id></progress>
        </div>
    }
}
