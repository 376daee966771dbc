//! The step Preview.

use leptos::prelude::*;

use crate::ui::Page;

/// The step Preview.
#[component]
pub fn PreviewStep() -> impl IntoView {
    view! { <Page title="Preview">"…"</Page> }
}
