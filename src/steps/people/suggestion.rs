//! The quickest sensible beginning: groups that carry the application's name.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::assigning::Assigning;
use crate::draft::place::Kind;
use crate::ui::{Button, Cluster, Glyph};
use crate::worker::message::{Answer, Ask, ListQuery, Principal};

/// How many groups are suggested.
const MOST: usize = 2;

/// Suggests groups while nobody is assigned.
#[component]
pub(super) fn Suggestion(assigning: Assigning) -> impl IntoView {
    let wizard = assigning.wizard;
    let groups = RwSignal::new(Vec::<Principal>::new());
    let wanted = Memo::new(move |_| {
        wizard.with(|draft| {
            let application = draft.application.as_ref()?;
            let word = application.recipe.name.split_whitespace().next()?.to_owned();
            draft.assignments.is_empty().then_some((word, draft.people.clone()))
        })
    });
    Effect::new(move |_| {
        wizard.people.track();
        let Some((word, _)) = wanted.get() else { return groups.set(Vec::new()) };
        spawn_local(async move {
            let mut found = Vec::new();
            for search in [word, String::new()] {
                let kind = Some(Kind::Group);
                let query = ListQuery { search, kind, count: MOST, ..ListQuery::default() };
                if let Ok(Answer::List(slice)) = wizard.worker.ask(Ask::List(query)).await
                    && found.is_empty()
                {
                    found = slice.rows;
                }
            }
            // The step may have been left meanwhile.
            let _ = groups.try_set(found);
        });
    });
    let button = move |group: Principal| {
        let id = group.id;
        let assign = move |()| {
            let role = untrack(|| assigning.role());
            assigning.assign(&id, &role);
        };
        view! {
            <Button
                label=format!("Assign the group {}", group.label)
                icon=Glyph::Group
                on_click=assign
            />
        }
    };
    let shown = move || wanted.with(Option::is_some) && groups.with(|groups| !groups.is_empty());
    view! {
        <Show when=shown>
            <Cluster>
                <span>"Nobody is assigned yet. Begin with a small group, or with one person below."</span>
                {move || groups.get().into_iter().map(button).collect_view()}
            </Cluster>
        </Show>
    }
}
