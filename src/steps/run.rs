//! The step Run: the provisioning status, one object on demand, and the cycles.

use leptos::prelude::*;

use crate::draft::Route;
use crate::outcomes::{NotReady, OneOutcome, Outcomes, Underway};
use crate::route::Step;
use crate::ui::{Button, Glyph, Notice, Page, Tone};
use crate::wizard::Wizard;
use crate::worker::message::Errand;

mod about;
mod afterwards;
mod cycles;
mod job;
mod on_demand;
mod passing;
mod status;

use about::About;
use afterwards::Afterwards;
use cycles::Cycles;
use on_demand::OnDemand;
use status::Status;

/// The step Run.
#[component]
pub fn RunStep() -> impl IntoView {
    let step = Step::Run;
    view! {
        <Page
            place=format!("Step {} of {}", step.number(), Step::ALL.len())
            title=step.title()
            lead="Try one person, run the initial cycle, and follow the later ones, in the sandbox."
            about=move || view! { <About /> }
        >
            <NotReady what="The run waits" />
            <Elsewhere />
            <Status />
            <OnDemand />
            <Ran on_demand=true />
            <Cycles />
            <Ran on_demand=false />
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

/// How far the run is and what it has done, below the card that began it.
#[component]
fn Ran(
    /// Whether the card is the one of provision on demand.
    on_demand: bool,
) -> impl IntoView {
    let run = Wizard::here().run;
    let is_mine = Memo::new(move |_| {
        let errand = run.errand.get();
        errand.is_some_and(|errand| matches!(errand, Errand::OnDemand(_)) == on_demand)
    });
    let has_outcomes = Memo::new(move |_| run.has_outcomes());
    let what = if on_demand { "Provision on demand" } else { "The cycle" };
    let results = move || {
        if on_demand {
            view! { <OneOutcome progressing=run /> }.into_any()
        } else {
            view! {
                <Outcomes
                    progressing=run
                    title="What the cycle did"
                    note="As the provisioning logs would tell it. Open a line to see every request \
                          with its answer."
                />
            }
            .into_any()
        }
    };
    view! {
        <Show when=move || is_mine.get()>
            <Underway progressing=run what />
            <Show when=move || has_outcomes.get()>{results()}</Show>
        </Show>
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
