//! The draft that an earlier visit left, or this one: go on with it, or begin anew.

use leptos::prelude::*;

use crate::route::Step;
use crate::standing::Standing;
use crate::ui::{Appearance, Button, ButtonLink, Card, Cluster, Dialog, Glyph};
use crate::wizard::Wizard;

/// What stands on the start panel while there is a draft.
#[component]
pub(in crate::app) fn Kept(wizard: Wizard) -> impl IntoView {
    let asking = RwSignal::new(false);
    let name = move || name_of(wizard);
    let next = Memo::new(move |_| first_open(wizard));
    let note = move || {
        let done = Step::ALL.into_iter().filter(|step| wizard.standing(*step) == Standing::Done);
        format!("{} of {} steps are done. Next: {}.", done.count(), Step::ALL.len(), next.get())
    };
    let forget = move |()| {
        asking.set(false);
        wizard.start_over();
    };
    view! {
        <Card title=move || format!("Your work on {}", name()) note>
            <Cluster>
                <ButtonLink
                    label=move || format!("Continue with {}", name())
                    href=move || next.get().href()
                    appearance=Appearance::Primary
                    trailing_icon=Glyph::ArrowRight
                />
                <Button
                    label="Start over"
                    icon=Glyph::Reset
                    appearance=Appearance::Subtle
                    on_click=move |()| asking.set(true)
                />
            </Cluster>
        </Card>
        <Dialog
            title=move || format!("Start over without {}?", name())
            open=asking
            on_close=move |()| asking.set(false)
            actions=move || {
                view! {
                    <Button label="Keep my work" on_click=move |()| asking.set(false) />
                    <Button label="Start over" appearance=Appearance::Danger on_click=forget />
                }
            }
        >
            <p>
                "The application, the people, their assignments, the mappings and the secret token \
                 are removed from this browser. Undo brings them back while this page is open, \
                 except the token."
            </p>
        </Dialog>
    }
}

/// What the work is called.
pub(super) fn name_of(wizard: Wizard) -> String {
    let name = wizard.with(|draft| draft.application.as_ref().map(|app| app.name.clone()));
    name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "your draft".to_owned())
}

/// Where the walk goes on.
fn first_open(wizard: Wizard) -> Step {
    let open = |step: &Step| wizard.standing(*step) != Standing::Done;
    Step::ALL.into_iter().find(open).unwrap_or(Step::Deliver)
}
