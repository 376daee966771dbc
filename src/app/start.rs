//! The start panel.

use leptos::prelude::*;

use crate::ui::Page;

/// The start panel.
#[component]
pub(super) fn Start() -> impl IntoView {
    view! { <Page title="SCIM Wizard">"…"</Page> }
}
