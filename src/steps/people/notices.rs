//! What concerns all assignments: whom they miss, what they cost, and where they do not decide.

use leptos::prelude::*;

use super::finder::LOST;
use crate::draft::place::Place;
use crate::numeral::grouped;
use crate::route::Step;
use crate::ui::{Button, Notice, Tone};
use crate::wizard::Wizard;
use crate::worker::message::Judgement;

/// The notices above the list; `filter` is what the list shows.
pub(super) fn notices(wizard: Wizard, filter: RwSignal<String>) -> AnyView {
    let sync_all = Memo::new(move |_| wizard.with(|draft| draft.sync_all));
    let problem = Memo::new(move |_| wizard.problem_at(Place::Assignment));
    let count = move |read: fn(&Judgement) -> usize| {
        Memo::new(move |_| wizard.judgement.with(|judged| judged.as_ref().map_or(0, read)))
    };
    let lost = count(|judged| judged.lost);
    let groups = count(|judged| judged.assigned_groups);
    let alone = count(|judged| judged.default_access_alone);
    let all = move || {
        let decides = !sync_all.get();
        [
            (!decides).then(everybody),
            problem.get().map(|why| view! { <Notice title=why tone=Tone::Warning /> }.into_any()),
            (decides && lost.get() > 0).then(|| lost_ones(lost.get(), filter)),
            (decides && alone.get() > 0).then(|| default_access(alone.get())),
            (groups.get() > 0).then(licence),
        ]
        .into_iter()
        .flatten()
        .collect_view()
    };
    view! { {all} }.into_any()
}

fn everybody() -> AnyView {
    view! {
        <Notice title="Assignments do not decide now" tone=Tone::Info>
            <p>
                "The scope is set to Sync all users and groups. "
                <a href=Step::Scope.href()>"Change it in Scope"</a> "."
            </p>
        </Notice>
    }
    .into_any()
}

fn lost_ones(count: usize, filter: RwSignal<String>) -> AnyView {
    let title = match count {
        1 => "1 person is lost on the way".to_owned(),
        count => format!("{} people are lost on the way", grouped(count)),
    };
    view! {
        <Notice title tone=Tone::Warning>
            <p>
                "They are in a group inside an assigned group, or in one that is not \
                 security-enabled. Entra goes one step down only. Assign them or their own group."
            </p>
            <Button
                label="Show who is lost, and the way"
                on_click=move |()| filter.set(LOST.to_owned())
            />
        </Notice>
    }
    .into_any()
}

fn default_access(count: usize) -> AnyView {
    let title = match count {
        1 => "1 person has Default Access alone".to_owned(),
        count => format!("{} people have Default Access alone", grouped(count)),
    };
    view! {
        <Notice title tone=Tone::Warning>
            <p>
                "The application defines roles, so a job made before 16 April 2020 leaves them out \
                 as not effectively entitled, and mappings of roles have nothing else to send. \
                 Pick a role for them."
            </p>
        </Notice>
    }
    .into_any()
}

fn licence() -> AnyView {
    view! {
        <Notice title="A group is assigned: this needs Microsoft Entra ID P1 or P2" tone=Tone::Info>
            <p>
                "Without the licence the portal assigns users only. The group must be \
                 security-enabled, and only its direct members are reached."
            </p>
        </Notice>
    }
    .into_any()
}
