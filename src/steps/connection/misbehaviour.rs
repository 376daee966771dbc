//! The sandbox's misbehaviours: what real endpoints do wrong, to be seen without one.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use sandbox::Quirk;

use crate::ui::{Card, Disclosure, Stack, Toggle, ToggleKind};
use crate::wizard::{Test, Wizard};
use crate::worker::message::Ask;

/// A list of check boxes, closed at first.
#[component]
pub(super) fn Misbehaviour(wizard: Wizard) -> impl IntoView {
    let on = wizard.quirks;
    let note = Signal::derive(move || match on.with(Vec::len) {
        0 => None,
        count => Some(format!("{count} on")),
    });
    let set = move |quirk: Quirk, wanted: bool| {
        on.update(|on| {
            on.retain(|name| name != quirk.name());
            if wanted {
                on.push(quirk.name().to_owned());
            }
        });
        wizard.test.set(Test::None);
        let names = on.get_untracked();
        spawn_local(async move {
            // A worker that has ended is told at the top of the page.
            let _ = wizard.worker.ask(Ask::Quirks(names)).await;
        });
    };
    let boxes = Quirk::ALL.map(|quirk| {
        let checked = move || on.with(|on| on.iter().any(|name| name == quirk.name()));
        view! {
            <Toggle
                label=quirk.summary()
                kind=ToggleKind::Checkbox
                checked
                on_change=move |wanted| set(quirk, wanted)
            />
        }
    });
    view! {
        <Card
            title="Let the sandbox misbehave"
            note="For training: what a real endpoint's faults look like in Test Connection and in the preview. A reload switches them off."
        >
            <Disclosure summary="Misbehaviours" note>
                <Stack>{boxes.collect_view()}</Stack>
            </Disclosure>
        </Card>
    }
}
