//! The step Mappings.

use leptos::prelude::*;

use crate::ui::Page;

/// The step Mappings.
#[component]
pub fn MappingsStep() -> impl IntoView {
    view! { <Page title="Mappings">"…"</Page> }
}
