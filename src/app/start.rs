//! The start panel: what the wizard is, the ways into it, and what it promises.

use leptos::prelude::*;

pub(super) mod kept;
mod promises;
pub(super) mod ways;

use super::rest::Arriving;
use crate::draft::Draft;
use crate::ui::Page;
use crate::wizard::Wizard;
use promises::Promises;
use ways::Ways;

/// The start panel.
#[component]
pub(super) fn Start(arriving: Arriving) -> impl IntoView {
    let wizard = Wizard::here();
    let begun = Memo::new(move |_| wizard.with(Draft::is_begun));
    view! {
        <Page
            title="See what provisioning would do before you switch it on"
            lead="SCIM Wizard walks you through automatic user provisioning with Microsoft Entra ID \
                  and shows, for every person, what your application would be sent and why."
        >
            {move || begun.get().then(|| arriving.part(|rest| (rest.kept)(wizard)))}
            <Ways wizard begun arriving />
            <Promises />
        </Page>
    }
}
