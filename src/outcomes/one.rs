//! The outcome of provisioning one object on demand, in the page itself.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::counts::Remarks;
use super::report;
use super::story::Story;
use crate::ui::{Card, Stack};
use crate::wizard::Wizard;
use crate::wizard::errand::Progressing;
use crate::worker::message::{Errand, Report};

/// One object's story as the portal shows it below the button.
#[component]
pub fn OneOutcome(
    /// The cycle.
    progressing: Progressing,
) -> impl IntoView {
    let wizard = Wizard::here();
    let story = RwSignal::new(None::<Report>);
    Effect::new(move |_| {
        progressing.stage.track();
        progressing.summary.track();
        let Some(errand @ Errand::OnDemand(_)) = progressing.errand.get() else { return };
        spawn_local(async move {
            let Errand::OnDemand(id) = errand.clone() else { return };
            let found = report(wizard, errand.clone(), id).await;
            if progressing.errand.try_get_untracked().flatten() == Some(errand) {
                // The screen may have gone meanwhile.
                let _ = story.try_set(found);
            }
        });
    });
    let name = Signal::derive(move || {
        story.with(|story| {
            let name = story.as_ref().map(|story| story.outcome.label.clone());
            name.map_or_else(|| "One moment …".to_owned(), |name| format!("Result for {name}"))
        })
    });
    view! {
        <Card title=name note="The steps of provision on demand, in the portal's order.">
            <Stack>
                <Remarks progressing />
                {move || {
                    story.get().map(|report| view! { <Story report errand=progressing.errand /> })
                }}
            </Stack>
        </Card>
    }
}
