//! Outcomes counted by cause and by attribute; each group is a filter too.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::listing::{Listing, switch};
use crate::ui::{Disclosure, Stack};
use crate::worker::message::{Answer, Ask, Grouping};

/// So many groups are told by name; a long tail of causes would hide the table.
const MOST_SHOWN: usize = 24;

/// The causes and the attributes, each with the number of those whom they touch.
#[component]
pub(super) fn Groups(listing: Listing) -> impl IntoView {
    view! {
        <Stack>
            {group(listing, Grouping::Reason, "By cause")}
            {group(listing, Grouping::Attribute, "By attribute that is written")}
        </Stack>
    }
}

fn group(listing: Listing, by: Grouping, title: &'static str) -> AnyView {
    let groups = counted(listing, by);
    let note = Signal::derive(move || {
        let chosen = chosen(listing, by).len();
        let count = groups.with(Vec::len);
        Some(if chosen > 0 { format!("{chosen} of {count} chosen") } else { count.to_string() })
    });
    let is_there = Memo::new(move |_| groups.with(|groups| !groups.is_empty()));
    let buttons = move || {
        let shown = groups.get().into_iter().take(MOST_SHOWN);
        shown.map(|(name, count)| button(listing, by, name, count)).collect_view()
    };
    let more = move || {
        let more = groups.with(Vec::len).saturating_sub(MOST_SHOWN);
        (more > 0).then(|| format!("{more} more are rarer; search for them by name."))
    };
    view! {
        <Show when=move || is_there.get()>
            <Disclosure summary=title note>
                <div class="outcome-groups" role="group" aria-label=title>
                    {buttons}
                </div>
                <p>{more}</p>
            </Disclosure>
        </Show>
    }
    .into_any()
}

/// The groups follow the other filters and the cycle as it goes on.
fn counted(listing: Listing, by: Grouping) -> RwSignal<Vec<(String, usize)>> {
    let groups = RwSignal::new(Vec::new());
    let asked =
        Memo::new(move |_| Some((listing.progressing.errand.get()?, listing.wanted.get().whole())));
    Effect::new(move |_| {
        listing.progressing.summary.track();
        listing.progressing.stage.track();
        let Some((errand, query)) = asked.get() else { return groups.set(Vec::new()) };
        spawn_local(async move {
            let ask = Ask::Groups(errand.clone(), by, query.clone());
            let answer = listing.wizard.worker.ask(ask).await;
            // An answer to an earlier question is dropped, and one that says the same.
            if let Ok(Answer::Groups(found)) = answer
                && asked.try_get_untracked().flatten() == Some((errand, query))
                && groups.try_with_untracked(|groups| *groups != found) == Some(true)
            {
                groups.set(found);
            }
        });
    });
    groups
}

fn chosen(listing: Listing, by: Grouping) -> Vec<String> {
    listing.wanted.with(|wanted| match by {
        Grouping::Action => wanted.actions.clone(),
        Grouping::Reason => wanted.reasons.clone(),
        Grouping::Attribute => wanted.attributes.clone(),
    })
}

fn button(listing: Listing, by: Grouping, name: String, count: usize) -> AnyView {
    let (own, shown) = (name.clone(), name.clone());
    let is_pressed = move || if chosen(listing, by).contains(&own) { "true" } else { "false" };
    let press = move |_| {
        listing.wanted.update(|wanted| match by {
            Grouping::Action => switch(&mut wanted.actions, &name),
            Grouping::Reason => switch(&mut wanted.reasons, &name),
            Grouping::Attribute => switch(&mut wanted.attributes, &name),
        });
    };
    view! {
        <button type="button" aria-pressed=is_pressed on:click=press>
            <span>{shown}</span>
            " "
            <strong>{count}</strong>
        </button>
    }
    .into_any()
}
