//! The step Run.

use leptos::prelude::*;

use crate::ui::Page;

/// The step Run.
#[component]
pub fn RunStep() -> impl IntoView {
    view! { <Page title="Run">"…"</Page> }
}
