//! The start panel: what the wizard is, the ways into it, and what it promises.

use leptos::prelude::*;

mod kept;
mod promises;
mod ways;

use crate::draft::Draft;
use crate::ui::Page;
use crate::wizard::Wizard;
use kept::Kept;
use promises::Promises;
use ways::Ways;

/// The start panel.
#[component]
pub(super) fn Start() -> impl IntoView {
    let wizard = Wizard::here();
    let begun = Memo::new(move |_| wizard.with(Draft::is_begun));
    view! {
        <Page
            title="See what provisioning would do before you switch it on"
            lead="SCIM Wizard walks you through automatic user provisioning with Microsoft Entra ID \
                  and shows, for every person, what your application would be sent and why."
        >
            <Show when=move || begun.get()>
                <Kept wizard />
            </Show>
            <Ways wizard begun />
            <Promises />
        </Page>
    }
}
