//! The step Application.

use leptos::prelude::*;

use crate::ui::Page;

/// The step Application.
#[component]
pub fn ApplicationStep() -> impl IntoView {
    view! { <Page title="Application">"…"</Page> }
}
