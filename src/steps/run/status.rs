//! The provisioning status.

use leptos::prelude::*;

use crate::ui::{Card, Toggle};
use crate::wizard::Wizard;

/// The switch that the portal calls Provisioning Status.
#[component]
pub(super) fn Status() -> impl IntoView {
    let wizard = Wizard::here();
    let is_on = Memo::new(move |_| wizard.with(|draft| draft.provisioning_on));
    let hint = Signal::derive(move || {
        Some(if is_on.get() {
            "On. In Entra the initial cycle begins as soon as this is saved; here you start it \
             below."
                .to_owned()
        } else {
            "Off. No cycle runs; provision on demand works all the same.".to_owned()
        })
    });
    view! {
        <Card title="Provisioning status" note="Part of the configuration: the runbook says it too.">
            <Toggle
                label="Provisioning Status"
                checked=is_on
                on_change=move |on| wizard.edit("status", |draft| draft.provisioning_on = on)
                hint
            />
        </Card>
    }
}
