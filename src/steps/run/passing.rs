//! A month that passes in the tenant, so that the next cycle has something to do.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::job::Jobs;
use crate::ui::{Button, Cluster, Glyph, Notice, Tone, use_announcer};
use crate::wizard::Wizard;

/// The button that lets a month pass, and what has happened in it; nothing before the first cycle.
#[component]
pub(super) fn Passing(jobs: Jobs) -> impl IntoView {
    let wizard = Wizard::here();
    let announcer = use_announcer();
    let told = RwSignal::new(Vec::<String>::new());
    let off = Signal::derive(move || {
        let is_busy = wizard.run.is_running() || wizard.preview.is_running();
        is_busy.then(|| "a cycle is under way".to_owned())
    });
    let pass = move |()| {
        spawn_local(async move {
            told.try_set(wizard.pass_month().await);
            announcer.say("A month has passed in the tenant");
            jobs.ask_again();
        });
    };
    let events = move || {
        let events = told.get();
        (!events.is_empty()).then(|| {
            let lines = events.into_iter().map(|event| view! { <li>{event}</li> });
            view! {
                <Notice title="In the last month" tone=Tone::Info>
                    <ul>{lines.collect_view()}</ul>
                </Notice>
            }
        })
    };
    view! {
        <Show when=move || !jobs.is_next_initial.get()>
            <Cluster>
                <Button
                    label="Let a month pass in the tenant"
                    icon=Glyph::Group
                    off_because=off
                    on_click=pass
                />
            </Cluster>
            {events}
        </Show>
    }
}
