//! What a cycle says of everybody: how far it is, the counts, the table, and one person's story.
//!
//! The preview and the run show the same things of different cycles; this is what they share.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

mod blocked;
mod counts;
mod exchange;
mod filter;
mod one;
mod planned;
mod story;
mod table;
mod underway;
mod wire;

pub use blocked::NotReady;
pub use one::OneOutcome;
pub use underway::Underway;

use crate::ui::{CHUNK, Card, Funnel, FunnelBar, Stack, Tone, chunk_from};
use crate::wizard::Wizard;
use crate::wizard::errand::Progressing;
use crate::worker::message::{Answer, Ask, Errand, OutcomeQuery, OutcomeRow, Report, Slice};
use counts::{Counts, Remarks};
use filter::Filters;
use table::{OpenStory, OutcomeTable};

/// What was asked of the worker; an answer to an earlier question is dropped.
#[derive(Clone, Debug, PartialEq)]
struct Question {
    errand: Errand,
    query: OutcomeQuery,
}

/// One list of outcomes: what is looked for in it, what of it is on show, and who is opened.
#[derive(Clone, Copy)]
struct Listing {
    wizard: Wizard,
    progressing: Progressing,
    search: RwSignal<String>,
    actions: RwSignal<Vec<String>>,
    reason: RwSignal<Option<String>>,
    by_name: RwSignal<bool>,
    /// The first row that the table wants.
    from: RwSignal<usize>,
    slice: RwSignal<Slice<OutcomeRow>>,
    /// The row that is opened, by its place in the list.
    opened: RwSignal<Option<usize>>,
    story: RwSignal<Option<Report>>,
}

impl Listing {
    fn new(progressing: Progressing) -> Self {
        let listing = Self {
            wizard: Wizard::here(),
            progressing,
            search: RwSignal::default(),
            actions: RwSignal::default(),
            reason: RwSignal::default(),
            by_name: RwSignal::new(false),
            from: RwSignal::new(0),
            slice: RwSignal::default(),
            opened: RwSignal::new(None),
            story: RwSignal::new(None),
        };
        listing.follow_rows();
        listing.follow_opened();
        listing
    }

    /// The rows follow the filters, the table's window, and the cycle as it goes on. One question
    /// is open at a time: fast scrolling asks for where it ends, not for every stop.
    fn follow_rows(self) {
        let question = Memo::new(move |_| self.question());
        let (asking, again) = (StoredValue::new(false), StoredValue::new(false));
        Effect::new(move |_| {
            self.progressing.summary.track();
            self.progressing.stage.track();
            question.track();
            if asking.get_value() {
                return again.set_value(true);
            }
            asking.set_value(true);
            spawn_local(async move {
                loop {
                    let _ = again.try_set_value(false);
                    self.ask_rows(question).await;
                    // Nothing comes out once the screen has gone.
                    if again.try_get_value() != Some(true) {
                        break;
                    }
                }
                let _ = asking.try_set_value(false);
            });
        });
    }

    async fn ask_rows(self, question: Memo<Option<Question>>) {
        let Some(asked) = question.try_get_untracked().flatten() else { return };
        let ask = Ask::Outcomes(asked.errand.clone(), asked.query.clone());
        let answer = self.wizard.worker.ask(ask).await;
        // Another question has overtaken this one, or the screen has gone.
        let is_current = question.try_get_untracked().flatten() == Some(asked);
        if let Ok(Answer::Outcomes(slice)) = answer
            && is_current
        {
            self.slice.set(slice);
        }
    }

    fn question(self) -> Option<Question> {
        let from = chunk_from(self.from.get());
        let query = OutcomeQuery {
            search: self.search.get(),
            actions: self.actions.get(),
            reason: self.reason.get(),
            by_name: self.by_name.get(),
            from,
            count: CHUNK,
        };
        Some(Question { errand: self.progressing.errand.get()?, query })
    }

    /// The story follows the row that is opened; until it is there, the former one stays.
    fn follow_opened(self) {
        Effect::new(move |_| {
            let Some(at) = self.opened.get() else { return self.story.set(None) };
            spawn_local(async move {
                let story = self.read(at).await;
                if self.opened.try_get_untracked().flatten() == Some(at) {
                    self.story.set(story);
                }
            });
        });
    }

    async fn read(self, at: usize) -> Option<Report> {
        let question = untrack(|| self.question())?;
        let query = OutcomeQuery { from: at, count: 1, ..question.query };
        let ask = Ask::Outcomes(question.errand.clone(), query);
        let Ok(Answer::Outcomes(slice)) = self.wizard.worker.ask(ask).await else { return None };
        report(self.wizard, question.errand, slice.rows.into_iter().next()?.id).await
    }

    fn is_filtered(self) -> bool {
        let chosen = self.actions.with(|actions| !actions.is_empty());
        chosen || self.reason.with(Option::is_some) || self.search.with(|text| !text.is_empty())
    }

    fn clear_filters(self) {
        self.search.set(String::new());
        self.actions.set(Vec::new());
        self.reason.set(None);
    }
}

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
                <Filters listing />
                <OutcomeTable listing />
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
