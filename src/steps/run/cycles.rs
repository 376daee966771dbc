//! The job's cycles in the sandbox: the initial one, and those that follow.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::job::{JobFacts, Jobs};
use super::off_because;
use super::passing::Passing;
use crate::forecast::ForecastLength;
use crate::route::Step;
use crate::ui::{Appearance, Button, Card, Cluster, Glyph, Notice, Tone, Urgency, use_announcer};
use crate::wizard::Wizard;
use crate::worker::message::{Ask, Errand};

/// Starts a cycle, cancels it, and puts the sandbox back.
#[component]
pub(super) fn Cycles() -> impl IntoView {
    let wizard = Wizard::here();
    let run = wizard.run;
    let jobs = Jobs::new(wizard);
    let off = Signal::derive(move || {
        let is_on = wizard.with(|draft| draft.provisioning_on);
        let status = (!is_on).then(|| "switch the provisioning status on first".to_owned());
        off_because(wizard).or(status).or_else(|| jobs.stopped())
    });
    let idle = Signal::derive(move || (!run.is_running()).then(|| "nothing is running".to_owned()));
    let label = move || {
        let is_initial = jobs.is_next_initial.get();
        if is_initial { "Start the initial cycle" } else { "Run the next cycle" }.to_owned()
    };
    view! {
        <Card
            title="Cycles"
            note="The initial cycle looks at everyone: users first, then groups, then managers and \
                  memberships. Later ones look at what has changed since: assign, unassign or edit \
                  a mapping in between, and see what follows."
        >
            <Show when=move || jobs.is_next_initial.get()>
                <ForecastLength wizard />
            </Show>
            <JobFacts jobs />
            <Passing jobs />
            <Cluster>
                <Button
                    label=Signal::derive(label)
                    icon=Glyph::Play
                    appearance=Appearance::Primary
                    off_because=off
                    on_click=move |()| run.begin(wizard, Errand::Cycle)
                />
                <Button
                    label="Cancel"
                    icon=Glyph::Stop
                    off_because=idle
                    on_click=move |()| run.cancel()
                />
                <Reset jobs />
            </Cluster>
            <p>
                "The sandbox lives in this tab: a reload starts it anew. It has a clock of its own, \
                 which a cycle moves to the time at which Entra would begin it."
            </p>
            <Finished />
        </Card>
    }
}

/// Puts the sandbox back as it was before anything was provisioned.
#[component]
fn Reset(jobs: Jobs) -> impl IntoView {
    let wizard = Wizard::here();
    let announcer = use_announcer();
    let off = Signal::derive(move || {
        let is_busy = wizard.run.is_running() || wizard.preview.is_running();
        is_busy.then(|| "a cycle is under way".to_owned())
    });
    let reset = move |()| {
        spawn_local(async move {
            if wizard.worker.ask(Ask::ResetSandbox).await.is_ok() {
                wizard.preview.outdated.set(true);
                jobs.ask_again();
                announcer.say("The sandbox is as it was at the start");
            }
        });
    };
    view! {
        <Button
            label="Reset the sandbox"
            icon=Glyph::Reset
            appearance=Appearance::Subtle
            off_because=off
            on_click=reset
        />
    }
}

/// The proof that the cycle did its work: a preview that finds nothing to do.
#[component]
fn Finished() -> impl IntoView {
    let wizard = Wizard::here();
    let is_finished = Memo::new(move |_| {
        let is_cycle = wizard.run.errand.with(|errand| *errand == Some(Errand::Cycle));
        is_cycle && wizard.run.is_done()
    });
    let preview = move |()| {
        wizard.preview.begin(wizard, Errand::Preview);
        wizard.go(Step::Preview);
    };
    view! {
        <Show when=move || is_finished.get()>
            <Notice title="The cycle has ended" tone=Tone::Good urgency=Urgency::Status>
                <p>"Run the preview again: nothing should be left to do."</p>
                <Button
                    label="Run the preview again"
                    trailing_icon=Glyph::ArrowRight
                    off_because=Signal::derive(move || wizard.not_ready())
                    on_click=preview
                />
            </Notice>
        </Show>
    }
}
