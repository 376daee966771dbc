//! The gallery: typing narrows it, choosing one opens its page.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::{Showing, Turn};
use crate::gallery::{self, Recipe};
use crate::ui::{
    Appearance, Badge, Button, Card, EmptyState, Glyph, Message, Notice, Progress, SearchField,
    Tone, Urgency,
};
use crate::wizard::Wizard;

/// What the list shows of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    id: String,
    name: String,
    supports: Vec<&'static str>,
    /// It can be added.
    is_complete: bool,
}

impl From<&Recipe> for Entry {
    fn from(recipe: &Recipe) -> Self {
        let can = &recipe.capabilities;
        let supports = [
            (can.create_users || can.update_users, "Users"),
            (can.groups, "Groups"),
            (can.sso, "Single sign-on"),
        ];
        Self {
            id: recipe.id.clone(),
            name: recipe.name.clone(),
            supports: supports
                .into_iter()
                .filter_map(|(does, what)| does.then_some(what))
                .collect(),
            is_complete: recipe.is_complete(),
        }
    }
}

/// The gallery with its search.
#[component]
pub(super) fn Search(wizard: Wizard, turn: Turn, is_added: Memo<bool>) -> impl IntoView {
    let state = Memo::new(move |_| {
        wizard.gallery.with(|gallery| gallery.as_ref().map(|loaded| loaded.as_ref().err().cloned()))
    });
    let back = move || {
        view! {
            <Show when=move || is_added.get()>
                <Button
                    label="Keep the application"
                    appearance=Appearance::Subtle
                    on_click=move |()| turn.to(Showing::Added)
                />
            </Show>
        }
    };
    view! {
        <Card
            title="Gallery"
            note="Applications whose provisioning Microsoft describes in a tutorial."
            actions=back
        >
            {move || match state.get() {
                None => {
                    view! { <Progress label="Loading the gallery" done=Signal::stored(None) /> }
                        .into_any()
                }
                Some(Some(why)) => view! { <Failed wizard why /> }.into_any(),
                Some(None) => view! { <Entries wizard turn /> }.into_any(),
            }}
        </Card>
    }
}

#[component]
fn Failed(wizard: Wizard, why: String) -> impl IntoView {
    let retry = move |()| {
        spawn_local(async move {
            // A second failure takes the place of the first.
            let _ = wizard.load_gallery().await;
        });
    };
    view! {
        <Notice title="The gallery was not loaded" tone=Tone::Bad urgency=Urgency::Alert>
            <p><Message text=Some(why) /></p>
            <Button label="Load the gallery again" icon=Glyph::Reset on_click=retry />
        </Notice>
    }
}

#[component]
fn Entries(wizard: Wizard, turn: Turn) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let entries = Memo::new(move |_| {
        wizard.gallery.with(|gallery| {
            let Some(Ok(recipes)) = gallery else { return Vec::new() };
            let found = query.with(|query| gallery::search(recipes, query));
            found.into_iter().map(Entry::from).collect::<Vec<_>>()
        })
    });
    let all = move || {
        wizard.gallery.with(|gallery| match gallery {
            Some(Ok(recipes)) => recipes.len(),
            _ => 0,
        })
    };
    let found = move || {
        let (found, all) = (entries.with(Vec::len), all());
        Some(if found == all {
            format!("{all} applications")
        } else {
            format!("{found} of {all} applications")
        })
    };
    view! {
        <SearchField
            label="Search applications"
            value=query
            on_input=move |text| query.set(text)
            found=Signal::derive(found)
        />
        <ul class="entries" aria-label="Applications">
            <For
                each=move || entries.get()
                key=|entry| entry.id.clone()
                children=move |entry| view! { <li>{card(turn, entry)}</li> }
            />
        </ul>
        <Show when=move || entries.with(Vec::is_empty)>
            <EmptyState title="No application of the gallery has this name" glyph=Glyph::Search>
                <p>"Type the beginning of any word of its name, or clear the search."</p>
                <Button label="Clear the search" on_click=move |()| query.set(String::new()) />
            </EmptyState>
        </Show>
    }
}

fn card(turn: Turn, entry: Entry) -> impl IntoView {
    let Entry { id, name, supports, is_complete } = entry;
    let more_id = format!("about-{id}");
    let badges = supports.into_iter().map(|what| view! { <Badge text=what /> }).collect_view();
    let only_looked_at =
        (!is_complete).then(|| view! { <Badge text="Table not known" tone=Tone::Warning /> });
    view! {
        <button
            type="button"
            aria-describedby=more_id.clone()
            on:click=move |_| turn.to(Showing::Application(id.clone()))
        >
            {name}
        </button>
        <div id=more_id>{only_looked_at} {badges}</div>
    }
}
