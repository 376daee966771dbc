//! The step Preview: what provisioning would do to everybody, read from the application without
//! changing it.

use leptos::prelude::*;

use crate::advice::AdviceSummary;
use crate::forecast::ForecastCard;
use crate::outcomes::{NotReady, Outcomes, Underway};
use crate::route::Step;
use crate::ui::{Button, Glyph, Notice, Page, Tone};
use crate::wizard::Wizard;
use crate::worker::message::Errand;

mod about;
mod change;
mod question;
mod reading;

use about::About;
use change::Change;
use question::Question;

/// The step Preview.
#[component]
pub fn PreviewStep() -> impl IntoView {
    let wizard = Wizard::here();
    let step = Step::Preview;
    let preview = wizard.preview;
    let has_outcomes = Memo::new(move |_| preview.has_outcomes());
    view! {
        <Page
            place=format!("Step {} of {}", step.number(), Step::ALL.len())
            title=step.title()
            lead="See what would happen to every person and why, before anything is switched on."
            about=move || view! { <About /> }
        >
            <NotReady what="The preview waits" />
            <Notice title="Only GET requests are sent. Nothing is changed." tone=Tone::Info />
            <AdviceSummary wizard />
            <Question />
            <ForecastCard wizard />
            <Underway progressing=preview what="The preview" />
            <Stale />
            <Change />
            <Show when=move || has_outcomes.get()>
                <Outcomes
                    progressing=preview
                    title="What would happen"
                    note="Press a number to see only those. Open a line to see why, step by step, \
                          and the exact requests."
                />
            </Show>
        </Page>
    }
}

/// Says that what is on show belongs to an earlier configuration.
#[component]
fn Stale() -> impl IntoView {
    let wizard = Wizard::here();
    let preview = wizard.preview;
    let is_stale = Memo::new(move |_| {
        !preview.is_running() && preview.has_outcomes() && wizard.is_stale(preview)
    });
    view! {
        <Show when=move || is_stale.get()>
            <Notice
                title=move || wizard.preview.why_stale()
                tone=Tone::Warning
            >
                <Button
                    label="Run the preview again"
                    icon=Glyph::Play
                    off_because=Signal::derive(move || wizard.not_ready())
                    on_click=move |()| preview.begin(wizard, Errand::Preview)
                />
            </Notice>
        </Show>
    }
}
