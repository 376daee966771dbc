//! The step Deliver.

use leptos::prelude::*;

use crate::ui::Page;

/// The step Deliver.
#[component]
pub fn DeliverStep() -> impl IntoView {
    view! { <Page title="Deliver">"…"</Page> }
}
