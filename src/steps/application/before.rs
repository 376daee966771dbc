//! What must be at hand before provisioning is set up, to be ticked off.

use leptos::prelude::*;

use crate::gallery::{Prerequisite, Recipe};
use crate::ui::{Card, Toggle, ToggleKind};
use crate::wizard::Wizard;

/// The list of an application.
pub(super) fn before(wizard: Wizard, recipe: &Recipe) -> AnyView {
    let ticked = move |each: Prerequisite| wizard.with(|draft| draft.prepared.contains(&each));
    let lines = Prerequisite::ALL.map(|each| {
        let change = move |on| {
            wizard.edit("prepared", |draft| {
                draft.prepared.retain(|known| *known != each);
                if on {
                    draft.prepared.push(each);
                }
            });
        };
        view! {
            <Toggle
                label=each.title(recipe)
                hint=Some(each.hint(recipe))
                kind=ToggleKind::Checkbox
                checked=Signal::derive(move || ticked(each))
                on_change=change
            />
        }
    });
    view! {
        <Card title="Before you begin" note="Nothing waits for these ticks: they are your list.">
            {lines.collect_view()}
        </Card>
    }
    .into_any()
}
