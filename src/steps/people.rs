//! The step People.

use leptos::prelude::*;

use crate::ui::Page;

/// The step People.
#[component]
pub fn PeopleStep() -> impl IntoView {
    view! { <Page title="People">"…"</Page> }
}
