//! The step Scope.

use leptos::prelude::*;

use crate::ui::Page;

/// The step Scope.
#[component]
pub fn ScopeStep() -> impl IntoView {
    view! { <Page title="Scope">"…"</Page> }
}
