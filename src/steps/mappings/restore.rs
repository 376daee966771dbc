//! Back to the mappings that the application brought along.

use leptos::prelude::*;

use crate::draft::mapping::MappingDraft;
use crate::draft::place::Kind;
use crate::ui::{Appearance, Button, Dialog, Glyph, use_announcer};
use crate::wizard::Wizard;

/// The button, and the question before it is done.
#[component]
pub(super) fn RestoreDefaults(wizard: Wizard) -> impl IntoView {
    let asking = RwSignal::new(false);
    let announcer = use_announcer();
    let restore = move |()| {
        wizard.edit("mapping-restore", |draft| {
            let Some(recipe) = draft.application.as_ref().map(|app| app.recipe.clone()) else {
                return;
            };
            for kind in Kind::ALL {
                *draft.mapping_mut(kind) = MappingDraft::proposed(kind, &recipe);
            }
        });
        asking.set(false);
        announcer.say("Default mappings restored. Undo brings yours back.");
    };
    view! {
        <Button
            label="Restore default mappings"
            icon=Glyph::Reset
            appearance=Appearance::Subtle
            on_click=move |()| asking.set(true)
        />
        <Dialog
            title="Restore default mappings?"
            open=asking
            on_close=move |()| asking.set(false)
            actions=move || {
                view! {
                    <Button label="Keep mine" on_click=move |()| asking.set(false) />
                    <Button label="Restore" appearance=Appearance::Danger on_click=restore />
                }
            }
        >
            <p>
                "As in Entra, this puts back the mappings of users and of groups, and it removes \
                 all scoping filters. Here, Undo brings them back; Entra has no undo."
            </p>
            <p>
                "In Entra, provisioning then starts again with an initial cycle over everybody. \
                 Switch provisioning off first."
            </p>
        </Dialog>
    }
}
