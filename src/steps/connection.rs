//! The step Connection.

use leptos::prelude::*;

use crate::ui::Page;

/// The step Connection.
#[component]
pub fn ConnectionStep() -> impl IntoView {
    view! { <Page title="Connection">"…"</Page> }
}
