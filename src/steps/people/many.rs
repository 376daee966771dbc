//! Assigning, and taking back, all that the list has found.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::assigning::Assigning;
use crate::numeral::grouped;
use crate::ui::{Button, Cluster, Glyph, use_announcer};
use crate::worker::message::{Answer, Ask, ListQuery};

/// So many are changed at once: more are better assigned as a group, in Entra as here.
const MOST: usize = 1_000;

/// So many are asked for at once.
const PORTION: usize = 500;

/// The two buttons above the list.
#[component]
pub(super) fn Many(
    assigning: Assigning,
    /// What the list shows; its window is of no account.
    #[prop(into)]
    query: Callback<(), ListQuery>,
    /// How many that finds.
    #[prop(into)]
    total: Signal<usize>,
) -> impl IntoView {
    let off = Signal::derive(move || match total.get() {
        0 => Some("nobody is found".to_owned()),
        1..=MOST => None,
        _ => Some(format!(
            "more than {} are found: narrow the search, or assign a group",
            grouped(MOST)
        )),
    });
    let announcer = use_announcer();
    let change = move |is_assigned: bool| {
        let query = untrack(|| query.run(()));
        let role = is_assigned.then(|| untrack(|| assigning.role()));
        spawn_local(async move {
            let ids = ids(assigning, query).await;
            assigning.all(&ids, role.as_deref());
            let verb = if is_assigned { "assigned" } else { "unassigned" };
            announcer.say(format!("{} {verb}", grouped(ids.len())));
        });
    };
    let label = move |verb: &str| format!("{verb} all {} found", grouped(total.get()));
    view! {
        <Cluster>
            <Button
                label=Signal::derive(move || label("Assign"))
                icon=Glyph::Add
                off_because=off
                on_click=move |()| change(true)
            />
            <Button
                label=Signal::derive(move || label("Unassign"))
                icon=Glyph::Delete
                off_because=off
                on_click=move |()| change(false)
            />
        </Cluster>
    }
}

/// The ids of all that a query finds.
async fn ids(assigning: Assigning, query: ListQuery) -> Vec<String> {
    let mut ids = Vec::new();
    for from in (0..MOST).step_by(PORTION) {
        let portion = ListQuery { from, count: PORTION, ..query.clone() };
        let Ok(Answer::List(slice)) = assigning.wizard.worker.ask(Ask::List(portion)).await else {
            break;
        };
        ids.extend(slice.rows.into_iter().map(|row| row.id));
        if ids.len() >= slice.total {
            break;
        }
    }
    ids
}
