//! Users and groups: found by typing, assigned with a role in one click or one key.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use provisioning::source::DEFAULT_ACCESS;

use super::person::PersonDialog;
use super::suggestion::Suggestion;
use crate::draft::place::{Kind, Place};
use crate::route::Step;
use crate::ui::{
    Card, Column, Columns, EmptyState, Glyph, Icon, Notice, SearchField, Select, SelectOption,
    Stat, Tone, VirtualTable,
};
use crate::wizard::{People, Wizard};
use crate::worker::message::{Answer, Ask, ListQuery, Principal, Role};

const EVERYBODY: &str = "all";
const USERS: &str = "users";
const GROUPS: &str = "groups";
const ASSIGNED: &str = "assigned";

/// Assigning and taking back, with the role that new assignments get.
#[derive(Clone, Copy)]
pub(super) struct Assigning {
    pub(super) wizard: Wizard,
    /// The roles that the people brought along; without any there is Default Access.
    pub(super) roles: Memo<Vec<SelectOption>>,
    /// The role that was chosen for new assignments.
    pub(super) chosen: RwSignal<Option<String>>,
}

impl Assigning {
    fn new(wizard: Wizard) -> Self {
        let roles = Memo::new(move |_| {
            wizard.people.with(|people| match people {
                People::Ready(summary) => {
                    let line = |role: &Role| SelectOption::new(role.id.clone(), role.name.clone());
                    summary.roles.iter().map(line).collect()
                }
                _ => Vec::new(),
            })
        });
        Self { wizard, roles, chosen: RwSignal::new(None) }
    }

    /// The role of new assignments: the chosen one, else the first, else Default Access.
    pub(super) fn role(self) -> String {
        let first = self.wizard.people.with(|people| match people {
            People::Ready(summary) => summary.roles.first().map(|role| role.id.clone()),
            _ => None,
        });
        self.chosen.get().or(first).unwrap_or_else(|| DEFAULT_ACCESS.to_owned())
    }

    /// The role id with which a principal is assigned itself.
    pub(super) fn own_role(self, id: &str) -> Option<String> {
        self.wizard.with(|draft| draft.assignment(id).map(|line| line.app_role_id.clone()))
    }

    pub(super) fn assign(self, id: &str, role: &str) {
        self.wizard.edit("assignment", |draft| draft.assign(id, role));
    }

    pub(super) fn unassign(self, id: &str) {
        self.wizard.edit("assignment", |draft| draft.unassign(id));
    }

    /// Assigns whoever is not, and the reverse.
    pub(super) fn turn(self, id: &str) {
        if self.wizard.peek(|draft| draft.assignment(id).is_some()) {
            self.unassign(id);
        } else {
            let role = untrack(|| self.role());
            self.assign(id, &role);
        }
    }
}

/// The card that the portal calls "Users and groups".
#[component]
pub(super) fn Assignments(wizard: Wizard) -> impl IntoView {
    let assigning = Assigning::new(wizard);
    let search = RwSignal::new(String::new());
    let filter = RwSignal::new(EVERYBODY.to_owned());
    let filters = [
        (EVERYBODY, "Users and groups"),
        (USERS, "Users"),
        (GROUPS, "Groups"),
        (ASSIGNED, "Only assigned"),
    ];
    let filters: Vec<_> =
        filters.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect();
    let has_roles = move || assigning.roles.with(|roles| !roles.is_empty());
    view! {
        <Card
            title="Users and groups"
            note="Who is assigned to the application. Open a row to see why it is in or out."
        >
            <Notices wizard />
            <Numbers wizard />
            <Suggestion assigning />
            <Columns>
                <Select
                    label="Show"
                    value=filter
                    on_change=move |value| filter.set(value)
                    options=filters
                />
                <Show when=has_roles>
                    <Select
                        label="Role for new assignments"
                        value=Signal::derive(move || assigning.role())
                        on_change=move |value| assigning.chosen.set(Some(value))
                        options=assigning.roles
                    />
                </Show>
            </Columns>
            <List assigning search filter />
        </Card>
    }
}

/// What concerns all assignments.
#[component]
fn Notices(wizard: Wizard) -> impl IntoView {
    let sync_all = Memo::new(move |_| wizard.with(|draft| draft.sync_all));
    let problem = Memo::new(move |_| wizard.problem_at(Place::Assignment));
    view! {
        {move || {
            sync_all.get().then(|| {
                view! {
                    <Notice title="Assignments do not decide now" tone=Tone::Info>
                        <p>
                            "The scope is set to Sync all users and groups. "
                            <a href=Step::Scope.href()>"Change it in Scope"</a> "."
                        </p>
                    </Notice>
                }
            })
        }}
        {move || problem.get().map(|why| view! { <Notice title=why tone=Tone::Warning /> })}
    }
}

#[component]
fn Numbers(wizard: Wizard) -> impl IntoView {
    let own = move || wizard.with(|draft| draft.assignments.len()).to_string();
    let reached =
        move || wizard.judgement.with(|judged| judged.as_ref().map_or(0, |judged| judged.assigned));
    let inside =
        move || wizard.judgement.with(|judged| judged.as_ref().map_or(0, |judged| judged.users_in));
    view! {
        <Columns>
            <Stat label="Assignments" value=own note="Users and groups assigned themselves" />
            <Stat
                label="Users reached"
                value=move || reached().to_string()
                note="Assigned themselves or through a group"
            />
            <Stat
                label="Users in scope"
                value=move || inside().to_string()
                note="Also active, and past the scoping filters"
            />
        </Columns>
    }
}

#[component]
fn List(assigning: Assigning, search: RwSignal<String>, filter: RwSignal<String>) -> impl IntoView {
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
            from,
            count,
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
            format!("{total} users and groups")
        })
    };
    let open_row = move |index: usize| {
        let row = rows.with_untracked(|(from, rows)| rows.get(index.checked_sub(*from)?).cloned());
        open.set(row);
    };
    view! {
        <SearchField
            label="Search users and groups"
            value=search
            on_input=move |text| search.set(text)
            found=Signal::derive(found)
        />
        <VirtualTable
            label="Users and groups"
            total
            rows
            on_window=move |wanted| window.set(wanted)
            columns=columns(assigning)
            on_open=open_row
            empty=|| {
                view! {
                    <EmptyState title="Nobody is found" glyph=Glyph::Search>
                        <p>"Shorten the search, or show users and groups."</p>
                    </EmptyState>
                }
            }
        />
        <PersonDialog assigning open />
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
                    <span data-hidden="">{kind} ": "</span>
                    {row.label.clone()}
                </span>
            }
        }),
        Column::new("Details", 10, |row: &Principal| row.detail.clone()),
        Column::new("Assignment", 9, standing),
        Column::new("Change", 6, move |row: &Principal| {
            view! { <AssignCell assigning row=row.clone() /> }
        }),
    ]
}

/// The role where it is assigned itself, else the way in which it is reached.
fn standing(row: &Principal) -> String {
    match &row.role {
        Some(role) => role.clone(),
        None if row.in_scope => row.reason.clone(),
        None => "–".to_owned(),
    }
}

/// Assign or Unassign, for the pointer. The keyboard has one stop in a table: Enter opens the row,
/// and the same button stands there.
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
