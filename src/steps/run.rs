//! The step Run: the provisioning status, one object on demand, and the initial cycle.

use leptos::prelude::*;

use crate::draft::Route;
use crate::outcomes::{NotReady, OneOutcome, Outcomes, Underway};
use crate::route::Step;
use crate::ui::{Button, Glyph, Notice, Page, Tone};
use crate::wizard::Wizard;
use crate::worker::message::Errand;

mod about;
mod estimate;
mod initial;
mod on_demand;
mod status;

use about::About;
use estimate::Afterwards;
use initial::Initial;
use on_demand::OnDemand;
use status::Status;

/// The step Run.
#[component]
pub fn RunStep() -> impl IntoView {
    let wizard = Wizard::here();
    let step = Step::Run;
    let run = wizard.run;
    let what = Signal::derive(move || {
        run.errand.with(|errand| match errand {
            Some(Errand::OnDemand(_)) => "Provision on demand".to_owned(),
            _ => "The initial cycle".to_owned(),
        })
    });
    view! {
        <Page
            place=format!("Step {} of {}", step.number(), Step::ALL.len())
            title=step.title()
            lead="Try one person, then run the initial cycle, in the sandbox."
            about=move || view! { <About /> }
        >
            <NotReady what="The run waits" />
            <Elsewhere />
            <Status />
            <OnDemand />
            <Initial />
            <Underway progressing=run what />
            <Results />
            <Afterwards />
        </Page>
    }
}

/// Real endpoints are read, not written to.
#[component]
fn Elsewhere() -> impl IntoView {
    let wizard = Wizard::here();
    let is_real = Memo::new(move |_| is_real(wizard));
    let use_sandbox = move |()| {
        wizard.edit("route", |draft| draft.connection.route = Route::Sandbox);
    };
    view! {
        <Show when=move || is_real.get()>
            <Notice
                title="Writing to a real endpoint is not part of this version"
                tone=Tone::Warning
            >
                <p>
                    "The preview reads it, and Entra itself writes to it when you switch \
                     provisioning on there. What a run does can be tried in the sandbox."
                </p>
                <Button label="Use the sandbox for this" icon=Glyph::App on_click=use_sandbox />
            </Notice>
        </Show>
    }
}

/// What the last run has done.
#[component]
fn Results() -> impl IntoView {
    let run = Wizard::here().run;
    let of_one = Memo::new(move |_| {
        let of_one = run.errand.with(|errand| matches!(errand, Some(Errand::OnDemand(_))));
        run.has_outcomes().then_some(of_one)
    });
    move || {
        of_one.get().map(|of_one| {
            if of_one {
                view! { <OneOutcome progressing=run /> }.into_any()
            } else {
                view! {
                    <Outcomes
                        progressing=run
                        title="What the initial cycle did"
                        note="As the provisioning logs would tell it. Open a line to see every \
                              request with its answer."
                    />
                }
                .into_any()
            }
        })
    }
}

fn is_real(wizard: Wizard) -> bool {
    wizard.with(|draft| draft.connection.route != Route::Sandbox)
}

/// Why nothing can be run now.
fn off_because(wizard: Wizard) -> Option<String> {
    if is_real(wizard) {
        return Some("only the sandbox can be written to in this version".to_owned());
    }
    let running = wizard.run.is_running().then(|| "a run is under way".to_owned());
    running.or_else(|| wizard.not_ready())
}
