//! How the provisioning job stands between its cycles, and what can be done to it.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use crate::ui::{Appearance, Badge, Button, Cluster, Disclosure, Glyph, Tone, use_announcer};
use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask, JobOrder, JobState};

/// The job's state as the worker last told it.
#[derive(Clone, Copy)]
pub(super) struct Jobs {
    wizard: Wizard,
    state: RwSignal<Option<JobState>>,
    /// The next cycle looks at everyone.
    pub(super) is_next_initial: Memo<bool>,
}

impl Jobs {
    /// Follows the job: asked for at once, and whenever a run begins or ends.
    pub(super) fn new(wizard: Wizard) -> Self {
        let state = RwSignal::new(None::<JobState>);
        let is_next_initial =
            Memo::new(move |_| state.with(|s| s.as_ref().is_none_or(|s| s.is_next_initial)));
        let jobs = Self { wizard, state, is_next_initial };
        Effect::new(move |_| {
            wizard.run.stage.track();
            jobs.ask_again();
        });
        jobs
    }

    /// Asks how the job stands.
    pub(super) fn ask_again(self) {
        self.order(JobOrder::Tell, || ());
    }

    /// Why no cycle can begin.
    pub(super) fn stopped(self) -> Option<String> {
        self.state.with(|state| {
            let is_stopped =
                |state: &JobState| matches!(state.status.as_str(), "Paused" | "Disabled");
            let is_stopped = state.as_ref().is_some_and(is_stopped);
            is_stopped.then(|| "the job is stopped: start or restart it first".to_owned())
        })
    }

    fn order(self, order: JobOrder, then: impl Fn() + 'static) {
        spawn_local(async move {
            if let Ok(Answer::Job(state)) = self.wizard.worker.ask(Ask::Job(order)).await {
                self.state.try_set(state);
                then();
            }
        });
    }
}

/// The job's facts; nothing before its first cycle.
#[component]
pub(super) fn JobFacts(jobs: Jobs) -> impl IntoView {
    move || {
        jobs.state.get().filter(|state| state.last.is_some()).map(|state| {
            view! {
                <Facts state=state.clone() />
                <Orders jobs state />
            }
        })
    }
}

#[component]
fn Facts(state: JobState) -> impl IntoView {
    let tone = match state.status.as_str() {
        "Active" => Tone::Good,
        "Paused" => Tone::Warning,
        _ => Tone::Bad,
    };
    let why = state.quarantine.map(|(reason, since)| format!("{reason}, since {since}"));
    let kind = if state.is_next_initial { "an initial cycle" } else { "what has changed" };
    let next = match state.due {
        Some(due) => format!("{due}: {kind}"),
        None => "none while the job is stopped".to_owned(),
    };
    let waiting = state.first_waiting.into_iter().map(|(label, code, at)| {
        view! {
            <li>
                <bdi>{label}</bdi>
                {format!(": {code}, again at {at}")}
            </li>
        }
    });
    view! {
        <dl class="facts">
            <dt>"Status of the job"</dt>
            <dd>
                <Cluster>
                    <Badge text=state.status tone />
                    <span>{why}</span>
                </Cluster>
            </dd>
            <dt>"Last cycle"</dt>
            <dd>{state.last}</dd>
            <dt>"Next cycle"</dt>
            <dd>{next}</dd>
            <dt>"Managed accounts and groups"</dt>
            <dd>{state.links}</dd>
            {(state.waiting > 0)
                .then(|| {
                    view! {
                        <dt>"Failed, and waiting for another attempt"</dt>
                        <dd>
                            {state.waiting}
                            <Disclosure summary="Who">
                                <ul>{waiting.collect_view()}</ul>
                            </Disclosure>
                        </dd>
                    }
                })}
            {(state.held_back > 0)
                .then(|| {
                    view! {
                        <dt>"Held back by the deletion threshold"</dt>
                        <dd>{state.held_back}</dd>
                    }
                })}
            {state
                .escrows_pruned
                .then(|| {
                    view! {
                        <dt>"Failures of the initial cycle"</dt>
                        <dd>"were too many: they were dropped, and the job waits for you."</dd>
                    }
                })}
        </dl>
    }
}

#[component]
fn Orders(jobs: Jobs, state: JobState) -> impl IntoView {
    let announcer = use_announcer();
    let is_stopped = matches!(state.status.as_str(), "Paused" | "Disabled");
    let is_quarantined = state.quarantine.is_some();
    let order = move |order: JobOrder, said: &'static str| {
        move |()| jobs.order(order, move || announcer.say(said))
    };
    let start = match (is_stopped, is_quarantined) {
        (true, _) => Some("Start provisioning"),
        (false, true) => Some("Lift the quarantine"),
        (false, false) => None,
    };
    view! {
        <Cluster>
            {(state.held_back > 0)
                .then(|| {
                    view! {
                        <Button
                            label="Allow deletes"
                            on_click=order(
                                JobOrder::AllowDeletes,
                                "The next cycle carries out what was held back",
                            )
                        />
                    }
                })}
            {start
                .map(|label| {
                    view! {
                        <Button
                            label
                            icon=Glyph::Play
                            on_click=order(JobOrder::Start, "The job goes on where it stopped")
                        />
                    }
                })}
            {(!is_stopped)
                .then(|| {
                    view! {
                        <Button
                            label="Pause"
                            icon=Glyph::Stop
                            appearance=Appearance::Subtle
                            on_click=order(JobOrder::Pause, "The job is paused")
                        />
                    }
                })}
            <Button
                label="Restart provisioning"
                icon=Glyph::Reset
                appearance=Appearance::Subtle
                on_click=order(
                    JobOrder::Restart,
                    "The next cycle looks at everyone; the links stay",
                )
            />
            <Button
                label="Restart and forget the links"
                icon=Glyph::Reset
                appearance=Appearance::Subtle
                on_click=order(
                    JobOrder::RestartFully,
                    "The next cycle looks at everyone and matches them again",
                )
            />
        </Cluster>
    }
}
