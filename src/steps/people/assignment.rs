//! Users and groups: found by typing, assigned with a role in one click or one key, one or many.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::assigning::Assigning;
use super::editing::Editing;
use super::finder::{ASSIGNED, EVERYBODY, Finder, GROUPS, LOST, USERS};
use super::many::Many;
use super::notices::notices;
use super::person::PersonDialog;
use super::pilot::Pilot;
use super::suggestion::Suggestion;
use crate::draft::place::Kind;
use crate::numeral::grouped;
use crate::ui::{
    Card, Column, Columns, EmptyState, Glyph, Icon, Select, Stat, VirtualTable, use_announcer,
};
use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask, ListQuery, Principal};

/// The card that the portal calls "Users and groups".
#[component]
pub(super) fn Assignments(wizard: Wizard, editing: Editing) -> impl IntoView {
    let assigning = Assigning::new(wizard);
    let search = RwSignal::new(String::new());
    let filter = RwSignal::new(EVERYBODY.to_owned());
    let has_roles = move || assigning.roles.with(|roles| !roles.is_empty());
    view! {
        <Card
            title="Users and groups"
            note="Who is assigned to the application. Open a row to see why it is in or out."
        >
            {notices(wizard, filter)}
            <Numbers wizard />
            <Suggestion assigning />
            <Show when=has_roles>
                <Columns>
                    <Select
                        label="Role for new assignments"
                        value=Signal::derive(move || assigning.role())
                        on_change=move |value| assigning.chosen.set(Some(value))
                        options=assigning.roles
                    />
                </Columns>
            </Show>
            <List assigning editing search filter />
        </Card>
        <Pilot assigning />
    }
}

#[component]
fn Numbers(wizard: Wizard) -> impl IntoView {
    let own = move || wizard.with(|draft| grouped(draft.assignments.len()));
    let reached =
        move || wizard.judgement.with(|judged| judged.as_ref().map_or(0, |judged| judged.assigned));
    let inside =
        move || wizard.judgement.with(|judged| judged.as_ref().map_or(0, |judged| judged.users_in));
    view! {
        <Columns>
            <Stat label="Assignments" value=own note="Users and groups assigned themselves" />
            <Stat
                label="Users reached"
                value=move || grouped(reached())
                note="Assigned themselves or through a group"
            />
            <Stat
                label="Users in scope"
                value=move || grouped(inside())
                note="Also active, and past the scoping filters"
            />
        </Columns>
    }
}

#[component]
fn List(
    assigning: Assigning,
    editing: Editing,
    search: RwSignal<String>,
    filter: RwSignal<String>,
) -> impl IntoView {
    let wizard = assigning.wizard;
    let rows = RwSignal::new((0_usize, Vec::<Principal>::new()));
    let total = RwSignal::new(0_usize);
    let window = RwSignal::new((0_usize, 0_usize));
    let open = RwSignal::new(None::<Principal>);
    let query = move || {
        let (from, count) = window.get();
        let filter = filter.get();
        ListQuery {
            search: search.get(),
            kind: match filter.as_str() {
                USERS => Some(Kind::User),
                GROUPS => Some(Kind::Group),
                _ => None,
            },
            only_assigned: filter == ASSIGNED,
            only_lost: filter == LOST,
            from,
            count,
            ..ListQuery::default()
        }
    };
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        wizard.view.track();
        let query = query();
        asked.update_value(|asked| *asked = asked.wrapping_add(1));
        let mine = asked.get_value();
        spawn_local(async move {
            let Ok(Answer::List(slice)) = wizard.worker.ask(Ask::List(query)).await else { return };
            // A later question has made this answer stale, or the step was left.
            if asked.try_get_value() == Some(mine) {
                total.set(slice.total);
                rows.set((slice.from, slice.rows));
            }
        });
    });
    let found = move || {
        let total = total.get();
        Some(if total == 1 {
            "1 user or group".to_owned()
        } else {
            format!("{} users and groups", grouped(total))
        })
    };
    let row_at = move |index: usize| {
        rows.with_untracked(|(from, rows)| rows.get(index.checked_sub(*from)?).cloned())
    };
    let announcer = use_announcer();
    let mark = move |index: usize| {
        if let Some(row) = row_at(index) {
            let verb = if row.role.is_some() { "Unassigned" } else { "Assigned" };
            assigning.turn(&row.id);
            announcer.say(format!("{verb}: {}", row.label));
        }
    };
    view! {
        <Finder search filter found=Signal::derive(found) />
        <Many assigning query=Callback::new(move |()| query()) total />
        <VirtualTable
            label="Users and groups"
            total
            rows
            on_window=move |wanted| window.set(wanted)
            columns=columns(assigning)
            on_open=move |index| open.set(row_at(index))
            on_space=mark
            empty=|| {
                view! {
                    <EmptyState title="Nobody is found" glyph=Glyph::Search>
                        <p>"Shorten the search, or show users and groups."</p>
                    </EmptyState>
                }
            }
        />
        <small>"Arrow keys move, Space assigns or unassigns, Enter says why somebody is in or out."</small>
        <PersonDialog assigning editing open />
    }
}

fn columns(assigning: Assigning) -> Vec<Column<Principal>> {
    vec![
        Column::new("Name", 10, |row: &Principal| {
            let (glyph, kind) = match row.kind {
                Kind::User => (Glyph::Person, "User"),
                Kind::Group => (Glyph::Group, "Group"),
            };
            view! {
                <span class="principal">
                    <Icon glyph />
                    <span>
                        <span data-hidden="">{kind} ": "</span>
                        {row.label.clone()}
                    </span>
                </span>
            }
        }),
        Column::new("Details", 11, |row: &Principal| row.detail.clone()),
        Column::new("Assignment", 11, |row: &Principal| {
            let text = if row.standing.is_empty() { "–" } else { &row.standing };
            view! { <span title=row.standing.clone()>{text.to_owned()}</span> }
        }),
        Column::new("Change", 5, move |row: &Principal| {
            view! { <AssignCell assigning row=row.clone() /> }
        }),
    ]
}

/// Assign or Unassign, for the pointer: the keyboard has one stop in a table, where Space does it.
#[component]
fn AssignCell(assigning: Assigning, row: Principal) -> impl IntoView {
    let verb = if row.role.is_some() { "Unassign" } else { "Assign" };
    let id = row.id;
    view! {
        <button
            type="button"
            class="assign-cell"
            tabindex="-1"
            aria-label=format!("{verb} {}", row.label)
            // The table keeps the focus: this button is drawn anew by what it does.
            on:mousedown=|event| event.prevent_default()
            on:click=move |event| {
                event.stop_propagation();
                assigning.turn(&id);
            }
        >
            {verb}
        </button>
    }
}
