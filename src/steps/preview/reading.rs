//! How whom the application holds is read: which way, how many requests that is, and how long they
//! take; or a file instead.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use leptos::web_sys::File;
use provisioning::cycle::roster::cost::Way;

use crate::download;
use crate::draft::Route;
use crate::draft::reading::{Reading, Size};
use crate::ui::{
    Appearance, Button, Choice, ChoiceOption, Cluster, FileButton, Glyph, Notice, Tone, Urgency,
};
use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask};

/// What the reading of the application will be.
#[derive(Clone, Copy)]
struct Planned {
    wizard: Wizard,
    /// How many accounts there are, with the tenant URL and the route that this belongs to.
    counted: RwSignal<Option<(u64, String, Route)>>,
    is_counting: RwSignal<bool>,
    failure: RwSignal<Option<String>>,
}

impl Planned {
    fn size(self) -> Size {
        let judged = self.wizard.judgement.get();
        let judged = judged.unwrap_or_default();
        let matching = self.wizard.checked.with(|c| c.configuration.users.matching().len());
        let (has_run_before, rate) =
            self.wizard.with(|draft| (draft.has_run_before, draft.connection.rate_per_second));
        let users = judged.users_in + judged.users_out;
        let is_here = self.wizard.with(|draft| draft.connection.route == Route::Sandbox);
        Size {
            users,
            // A job that has run before asks for those who left the scope too.
            people: if has_run_before { users } else { judged.users_in },
            matching_attributes: matching,
            accounts: self.accounts(),
            a_second: if is_here { 0 } else { rate },
        }
    }

    fn place(self) -> (String, Route) {
        self.wizard.with(|draft| (draft.connection.tenant_url.clone(), draft.connection.route))
    }

    /// A count of another endpoint is void.
    fn accounts(self) -> Option<u64> {
        let place = self.place();
        let counted =
            self.counted.get().filter(|(_, url, route)| (url, route) == (&place.0, &place.1));
        counted.map(|(accounts, ..)| accounts)
    }

    fn count(self) {
        let (url, route) = untrack(|| self.place());
        self.is_counting.set(true);
        spawn_local(async move {
            let counted = self.wizard.count_accounts().await;
            self.is_counting.try_set(false);
            match counted {
                Ok(accounts) => {
                    self.failure.try_set(None);
                    self.counted.try_set(Some((accounts, url, route)));
                }
                Err(why) => drop(self.failure.try_set(Some(why))),
            }
        });
    }

    fn open(self, file: File) {
        spawn_local(async move {
            let text = match download::read(&file).await {
                Ok(text) => text,
                Err(why) => return drop(self.failure.try_set(Some(why))),
            };
            match self.wizard.worker.ask(Ask::OpenTarget(Some(text))).await {
                Ok(Answer::Opened(accounts)) => {
                    self.failure.try_set(None);
                    self.wizard.target_file.set(Some((file.name(), accounts)));
                    self.wizard.preview.outdated.set(true);
                }
                Ok(Answer::Refused(refusals)) => {
                    let first = refusals.first();
                    let why = first.map(|it| format!("{}: {}; {}", it.place, it.rule, it.repair));
                    self.failure.try_set(why);
                }
                _ => {}
            }
        });
    }

    fn close(self) {
        spawn_local(async move {
            let _ = self.wizard.worker.ask(Ask::OpenTarget(None)).await;
            self.wizard.target_file.set(None);
            self.wizard.preview.outdated.set(true);
        });
    }

    /// Which way is taken, and what it costs.
    fn told(self) -> String {
        if let Some((name, accounts)) = self.wizard.target_file.get() {
            return format!("{accounts} users from {name}; no request is sent.");
        }
        let size = self.size();
        let reading = self.wizard.with(|draft| draft.connection.reading);
        let way = reading.way(size);
        let cost = size.cost(way);
        let accounts = size.accounts.map(|it| format!(" for {it} accounts")).unwrap_or_default();
        match way {
            Way::Pages => format!("By pages: {cost}{accounts}."),
            Way::AskEach => format!("One question a person: {cost}."),
        }
    }
}

/// The choice, its cost, and the file.
#[component]
pub(super) fn HowRead() -> impl IntoView {
    let wizard = Wizard::here();
    let planned = Planned {
        wizard,
        counted: RwSignal::new(None),
        is_counting: RwSignal::new(false),
        failure: RwSignal::new(None),
    };
    let value =
        Signal::derive(move || wizard.with(|draft| draft.connection.reading.name().to_owned()));
    let choose = move |name: String| {
        if let Some(reading) = Reading::ALL.into_iter().find(|reading| reading.name() == name) {
            wizard.edit("reading", |draft| draft.connection.reading = reading);
        }
    };
    let has_file = Memo::new(move |_| wizard.target_file.with(Option::is_some));
    let off = Signal::derive(move || match planned.is_counting.get() {
        true => Some("the accounts are being counted".to_owned()),
        false => wizard.not_ready(),
    });
    view! {
        <Show when=move || !has_file.get()>
            <Choice
                legend="How the application is read"
                value
                on_change=choose
                options=options()
            />
        </Show>
        <p class="reading-cost" role="status">
            {move || planned.told()}
        </p>
        <Cluster>
            <Show
                when=move || has_file.get()
                fallback=move || {
                    view! {
                        <Button
                            label="Count the accounts"
                            icon=Glyph::Search
                            off_because=off
                            on_click=move |()| planned.count()
                        />
                        <FileButton
                            label="Take the accounts from a file"
                            on_file=move |file| planned.open(file)
                            accept=".json,.ndjson,.jsonl,.csv,application/json,text/csv"
                            appearance=Appearance::Subtle
                        />
                    }
                }
            >
                <Button label="Read the application again" on_click=move |()| planned.close() />
            </Show>
        </Cluster>
        {move || {
            planned.failure.get().map(|title| {
                view! { <Notice title tone=Tone::Bad urgency=Urgency::Alert /> }
            })
        }}
    }
}

fn options() -> Vec<ChoiceOption> {
    let [cheaper, pages, each] = Reading::ALL.map(Reading::name);
    vec![
        ChoiceOption::new(
            cheaper,
            "The wizard chooses",
            "Up to 2,000 users one question a person, as Entra asks; beyond that by pages, unless \
             they take more requests than there are users.",
        ),
        ChoiceOption::new(
            pages,
            "By pages of 100",
            "Everybody whom the application holds is read and compared here. Pages that repeat, \
             lose or double somebody are noticed, and then each person is asked for.",
        ),
        ChoiceOption::new(
            each,
            "One question a person",
            "What Entra does: the application itself compares the matching value.",
        ),
    ]
}
