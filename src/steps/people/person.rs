//! One user or group: assigned how, in or out and why, and the buttons that change it.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::assigning::Assigning;
use super::editing::{self, Editing};
use crate::draft::place::Kind;
use crate::ui::{Appearance, Badge, Button, Cluster, Dialog, Glyph, Icon, Select, Tone};
use crate::worker::message::{Answer, Ask, Gate, Person, Principal};

/// The row that was opened, in front of the table.
#[component]
pub(super) fn PersonDialog(
    assigning: Assigning,
    editing: Editing,
    open: RwSignal<Option<Principal>>,
) -> impl IntoView {
    let person = RwSignal::new(None::<Person>);
    let wizard = assigning.wizard;
    let id = Memo::new(move |_| open.with(|open| open.as_ref().map(|row| row.id.clone())));
    Effect::new(move |_| {
        wizard.view.track();
        let Some(wanted) = id.get() else { return person.set(None) };
        spawn_local(async move {
            let Ok(Answer::Person(told)) = wizard.worker.ask(Ask::Person(wanted.clone())).await
            else {
                return;
            };
            // Another row may be open by now, or the step left.
            if id.try_get_untracked().flatten() == Some(wanted) {
                person.set(told);
            }
        });
    });
    let title =
        move || open.with(|open| open.as_ref().map(|row| row.label.clone()).unwrap_or_default());
    let is_assigned =
        Memo::new(move |_| id.get().is_some_and(|id| assigning.own_role(&id).is_some()));
    let label = move || if is_assigned.get() { "Unassign" } else { "Assign" }.to_owned();
    let turn = move |()| {
        if let Some(id) = id.get_untracked() {
            assigning.turn(&id);
        }
    };
    // One dialog at a time: the row's closes when the form or the question opens.
    let who = Callback::new(move |()| {
        let row = open.get_untracked()?;
        open.set(None);
        Some((row.id, row.label))
    });
    view! {
        <Dialog
            title
            open=Signal::derive(move || id.with(Option::is_some))
            on_close=move |()| open.set(None)
            actions=move || {
                view! {
                    <Button label="Done" on_click=move |()| open.set(None) />
                    <Button label=Signal::derive(label) appearance=Appearance::Primary on_click=turn />
                }
            }
        >
            <Heading open person />
            <Role assigning id />
            <h3>"Assignment"</h3>
            {move || person.with(|person| person.as_ref().map(assignment))}
            <h3>"Scope"</h3>
            {move || person.with(|person| person.as_ref().map(|person| gates(&person.gates)))}
            {editing::actions(editing, who)}
        </Dialog>
    }
}

#[component]
fn Heading(open: RwSignal<Option<Principal>>, person: RwSignal<Option<Person>>) -> impl IntoView {
    let detail = move || {
        open.with(|open| {
            let kind = match open.as_ref()?.kind {
                Kind::User => "User",
                Kind::Group => "Group",
            };
            Some(format!("{kind}, {}", open.as_ref()?.detail))
        })
    };
    let verdict = move || {
        person.with(|person| person.as_ref().map(|person| person.principal.in_scope)).map(
            |inside| {
                let (text, tone) =
                    if inside { ("In scope", Tone::Good) } else { ("Not in scope", Tone::Neutral) };
                view! { <Badge text tone /> }
            },
        )
    };
    view! {
        <Cluster>
            <span>{detail}</span>
            {verdict}
        </Cluster>
    }
}

/// The role of its own assignment, or the one that it would get.
#[component]
fn Role(assigning: Assigning, id: Memo<Option<String>>) -> impl IntoView {
    let own = move || id.get().and_then(|id| assigning.own_role(&id));
    let change = move |role: String| match id
        .get_untracked()
        .filter(|id| untrack(|| assigning.own_role(id)).is_some())
    {
        Some(id) => assigning.assign(&id, &role),
        None => assigning.chosen.set(Some(role)),
    };
    let hint = move || {
        let is_own = own().is_some();
        let hint = if is_own { "The role that it has." } else { "The role that Assign gives it." };
        Some(hint.to_owned())
    };
    let choice = move || {
        view! {
            <Select
                label="Role"
                hint=Signal::derive(hint)
                value=Signal::derive(move || own().unwrap_or_else(|| assigning.role()))
                on_change=change
                options=assigning.roles
            />
        }
    };
    view! {
        <Show
            when=move || assigning.roles.with(|roles| !roles.is_empty())
            fallback=|| view! { <p>"Role: Default Access"</p> }
        >
            {choice()}
        </Show>
    }
}

fn assignment(person: &Person) -> AnyView {
    if person.assignment.is_empty() {
        return view! { <p>"Neither assigned itself nor a direct member of an assigned group."</p> }
            .into_any();
    }
    let sentences =
        person.assignment.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    view! { <ul>{sentences}</ul> }.into_any()
}

fn gates(gates: &[Gate]) -> impl IntoView + use<> {
    let gate = |gate: &Gate| {
        let (glyph, word, state) = if gate.passed {
            (Glyph::Good, "Passed: ", "passed")
        } else {
            (Glyph::Bad, "Not passed: ", "failed")
        };
        view! {
            <li data-state=state>
                <Icon glyph />
                <span>
                    <span data-hidden="">{word}</span>
                    {gate.text.clone()}
                </span>
            </li>
        }
    };
    let lines = gates.iter().map(gate).collect_view();
    view! { <ul class="gates">{lines}</ul> }
}
