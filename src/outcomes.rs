//! What a cycle says of everybody: how far it is, the counts, the table, and one person's story.
//!
//! The preview and the run show the same things of different cycles; this is what they share.

use leptos::prelude::*;

mod blocked;
mod chosen;
mod counts;
mod exchange;
mod filter;
mod groups;
mod listing;
mod one;
mod planned;
mod story;
mod table;
mod underway;
mod wire;

pub use blocked::NotReady;
pub use one::OneOutcome;
pub use underway::Underway;

use crate::ui::{Card, Funnel, FunnelBar, Stack, Tone};
use crate::wizard::Wizard;
use crate::wizard::errand::Progressing;
use crate::worker::message::{Answer, Ask, Errand, Report};
use chosen::Chosen;
use counts::{Counts, Remarks};
use filter::Filters;
use groups::Groups;
use listing::Listing;
use table::{OpenStory, OutcomeTable};

/// One object's story, if the cycle has one.
async fn report(wizard: Wizard, errand: Errand, id: String) -> Option<Report> {
    match wizard.worker.ask(Ask::Report(errand, id)).await {
        Ok(Answer::Report(report)) => report,
        _ => None,
    }
}

/// How an action is meant.
fn tone(action: &str) -> Tone {
    match action {
        "Create" | "Enable" => Tone::Good,
        "Update" => Tone::Info,
        "Disable" | "Conflict" => Tone::Warning,
        "Delete" | "Error" => Tone::Bad,
        _ => Tone::Neutral,
    }
}

/// Everybody's outcome in one cycle: remarks on the whole, counts that filter, the table with
/// everybody's story behind it, and the way from the directory into the application.
#[component]
pub fn Outcomes(
    /// The cycle.
    progressing: Progressing,
    /// The heading: "What would happen".
    #[prop(into)]
    title: Signal<String>,
    /// A sentence below it.
    #[prop(into)]
    note: Signal<String>,
) -> impl IntoView {
    let listing = Listing::new(progressing);
    let bars = Signal::derive(move || {
        progressing.summary.with(|summary| {
            let bars = summary.funnel.iter();
            bars.map(|(name, count)| FunnelBar::new(name.clone(), *count)).collect::<Vec<_>>()
        })
    });
    view! {
        <Card title note>
            <Stack>
                <Remarks progressing />
                <Counts listing />
                <Groups listing />
                <Filters listing />
                <OutcomeTable listing />
                <Chosen listing />
            </Stack>
        </Card>
        <Card
            title="From the directory into the application"
            note="Users only. Each bar counts those who are left of the bar above it."
        >
            <Funnel label="Users left after each gate" bars />
        </Card>
        <OpenStory listing />
    }
}
