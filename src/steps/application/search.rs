//! The gallery: typing narrows it, choosing one opens its page.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::{Behind, Showing, Turn};
use crate::gallery::{self, Query, Recipe};
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
pub(super) fn Search(
    wizard: Wizard,
    turn: Turn,
    is_added: Memo<bool>,
    behind: Signal<Option<Behind>>,
) -> impl IntoView {
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
                Some(None) => view! { <Entries wizard turn behind /> }.into_any(),
            }}
        </Card>
        {move || behind.get().map(|behind| (behind.elsewhere)(turn))}
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

/// What was found: the entries, how many there are in all, and whether they are only near.
type Shown = (Vec<Entry>, usize, bool);

#[component]
fn Entries(wizard: Wizard, turn: Turn, behind: Signal<Option<Behind>>) -> impl IntoView {
    let query = RwSignal::new(Query::default());
    let shown = Memo::new(move |_| -> Shown {
        wizard.gallery.with(|gallery| {
            let Some(Ok(recipes)) = gallery else { return Shown::default() };
            let found = query.with(|query| gallery::find(recipes, query));
            let entries = found.recipes.into_iter().map(Entry::from).collect();
            (entries, recipes.len(), found.is_near)
        })
    });
    let words = move || query.with(|query| query.words.clone());
    let found = move || {
        shown.with(|(entries, all, is_near)| {
            Some(match (entries.len(), is_near) {
                (found, _) if found == *all => format!("{all} applications"),
                (1, true) => "None is spelled so, 1 is near".to_owned(),
                (found, true) => format!("None is spelled so, {found} are near"),
                (found, false) => format!("{found} of {all} applications"),
            })
        })
    };
    let open = Callback::new(move |id: String| {
        let recipe = wizard.gallery.with_untracked(|gallery| {
            let recipes = gallery.as_ref()?.as_ref().ok()?;
            recipes.iter().find(|recipe| recipe.id == id).cloned()
        });
        if let Some(recipe) = recipe {
            turn.to(Showing::Application(Box::new(recipe)));
        }
    });
    view! {
        <SearchField
            label="Search applications"
            value=Signal::derive(words)
            on_input=move |text| query.update(|query| query.words = text)
            found=Signal::derive(found)
        />
        <div class="gallery-filters">
            {move || behind.get().map(|behind| (behind.filters)(query))}
        </div>
        <ul class="entries" aria-label="Applications">
            <For
                each=move || shown.with(|(entries, ..)| entries.clone())
                key=|entry| entry.id.clone()
                children=move |entry| view! { <li>{card(open, entry)}</li> }
            />
        </ul>
        <Show when=move || shown.with(|(entries, ..)| entries.is_empty())>
            <EmptyState title="No application of the gallery is found" glyph=Glyph::Search>
                <p>"Type the beginning of any word of its name, or search for all again."</p>
                <Button
                    label="Clear the search"
                    on_click=move |()| query.set(Query::default())
                />
            </EmptyState>
        </Show>
    }
}

fn card(open: Callback<String>, entry: Entry) -> AnyView {
    let Entry { id, name, supports, is_complete } = entry;
    let more_id = format!("about-{id}");
    let badges = supports.into_iter().map(|what| view! { <Badge text=what /> }).collect_view();
    let unknown =
        (!is_complete).then(|| view! { <Badge text="Table not known" tone=Tone::Warning /> });
    view! {
        <button
            type="button"
            aria-describedby=more_id.clone()
            on:click=move |_| open.run(id.clone())
        >
            {name}
        </button>
        <div id=more_id>{unknown} {badges}</div>
    }
    .into_any()
}
