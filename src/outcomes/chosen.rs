//! What is done with the lines that are marked, or with all that were found: copied, or saved.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::Listing;
use crate::download;
use crate::ui::{Appearance, Button, Cluster, Glyph, Notice, Tone, use_announcer};
use crate::worker::message::{Answer, Ask, Chosen as Which};

impl Listing {
    /// Those who are marked, or all that were found.
    fn which(self) -> Which {
        let marked: Vec<String> = self.marked.get_untracked().into_iter().collect();
        match marked.is_empty() {
            true => Which::Found(self.wanted.get_untracked().whole()),
            false => Which::These(marked),
        }
    }
}

/// Below the table.
#[component]
pub(super) fn Chosen(listing: Listing) -> impl IntoView {
    let marked = listing.marked;
    let announcer = use_announcer();
    let failure = RwSignal::new(None::<String>);
    let count = Memo::new(move |_| marked.with(std::collections::BTreeSet::len));
    let found = Memo::new(move |_| listing.slice.with(|slice| slice.total));
    let told = move || match count.get() {
        0 => format!("Nobody is marked: all {} that are found", found.get()),
        count => format!("{count} marked"),
    };
    let nobody = Signal::derive(move || {
        (found.get() == 0 && count.get() == 0).then(|| "nobody is found".to_owned())
    });
    let save = move || {
        let Some(errand) = listing.progressing.errand.get_untracked() else { return };
        let which = listing.which();
        spawn_local(async move {
            let answer = listing.wizard.worker.ask(Ask::Lines(errand, which)).await;
            let saved = match answer {
                Ok(Answer::Text(text)) => download::save("outcomes.csv", "text/csv", &text),
                _ => Err("the worker has ended; load the page again".to_owned()),
            };
            if saved.is_ok() {
                announcer.say("outcomes.csv saved".to_owned());
            }
            failure.try_set(saved.err());
        });
    };
    let none = Signal::derive(move || (count.get() == 0).then(|| "nobody is marked".to_owned()));
    view! {
        <Cluster>
            <p class="outcome-chosen" role="status">
                {told}
            </p>
            <Button
                label="Save as CSV"
                icon=Glyph::Download
                off_because=nobody
                on_click=move |()| save()
            />
            <Button
                label="Remove the marks"
                appearance=Appearance::Subtle
                off_because=none
                on_click=move |()| marked.update(std::collections::BTreeSet::clear)
            />
        </Cluster>
        {move || {
            failure.get().map(|title| view! { <Notice title tone=Tone::Bad /> })
        }}
    }
}
