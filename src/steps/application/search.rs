//! The gallery: typing narrows it, choosing one opens its page.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::{Showing, Turn};
use crate::gallery::{self, Capability, Query, Recipe};
use crate::ui::{
    Appearance, Badge, Button, Card, Cluster, Columns, Disclosure, EmptyState, Glyph, Message,
    Notice, Progress, SearchField, Select, SelectOption, Toggle, ToggleKind, Tone, Urgency,
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
        {elsewhere(turn)}
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

/// The ways to an application that the gallery does not hold.
fn elsewhere(turn: Turn) -> AnyView {
    view! {
        <Card
            title="Not in the gallery?"
            note="Any application that speaks SCIM can be set up, and a recipe of your own is as good as one of these."
        >
            <Cluster>
                <Button
                    label="Create your own application"
                    icon=Glyph::Add
                    on_click=move |()| turn.to(Showing::NonGallery)
                />
                <Button
                    label="Use a recipe of your own"
                    icon=Glyph::File
                    on_click=move |()| turn.to(Showing::Own)
                />
            </Cluster>
        </Card>
    }
    .into_any()
}

/// What was found: the entries, how many there are in all, and whether they are only near.
type Shown = (Vec<Entry>, usize, bool);

#[component]
fn Entries(wizard: Wizard, turn: Turn) -> impl IntoView {
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
        {filters(query)}
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

const ANY: &str = "any";
const COMPLETE: &str = "complete";
const INCOMPLETE: &str = "incomplete";

/// What an application must support, how Entra signs in, and whether its table is known.
fn filters(query: RwSignal<Query>) -> AnyView {
    let used = move || {
        let count = query.with(|query| {
            query.needs.len()
                + usize::from(query.auth.is_some())
                + usize::from(query.is_complete.is_some())
        });
        (count > 0).then(|| format!("{count} in use"))
    };
    let needs = Capability::ALL.map(|capability| {
        let change = move |on| {
            query.update(|query| {
                query.needs.retain(|need| *need != capability);
                if on {
                    query.needs.push(capability);
                }
            });
        };
        let checked = move || query.with(|query| query.needs.contains(&capability));
        view! {
            <Toggle
                label=capability.label()
                kind=ToggleKind::Checkbox
                checked=Signal::derive(checked)
                on_change=change
            />
        }
    });
    let auth = [
        (ANY, "Any"),
        ("bearer", "Secret token"),
        ("oauth-client-credentials", "OAuth client credentials"),
        ("oauth-authorization-code", "OAuth, Authorize button"),
        ("basic", "Name and password"),
    ];
    let tables = [
        (ANY, "Any"),
        (COMPLETE, "Known, can be previewed as it is"),
        (INCOMPLETE, "Not known, or not SCIM"),
    ];
    let lines = |lines: &[(&'static str, &'static str)]| {
        lines.iter().map(|(value, label)| SelectOption::new(*value, *label)).collect::<Vec<_>>()
    };
    let auth_chosen =
        move || query.with(|query| query.auth.clone().unwrap_or_else(|| ANY.to_owned()));
    let table_chosen = move || {
        let chosen = match query.with(|query| query.is_complete) {
            None => ANY,
            Some(true) => COMPLETE,
            Some(false) => INCOMPLETE,
        };
        chosen.to_owned()
    };
    let set_table = move |value: String| {
        let wanted = (value != ANY).then(|| value == COMPLETE);
        query.update(|query| query.is_complete = wanted);
    };
    view! {
        <Disclosure summary="Filters" note=Signal::derive(used)>
            <div role="group" aria-label="It must support">
                <Cluster>{needs.collect_view()}</Cluster>
            </div>
            <Columns>
                <Select
                    label="Authentication"
                    value=Signal::derive(auth_chosen)
                    on_change=move |value: String| {
                        query.update(|query| query.auth = (value != ANY).then_some(value));
                    }
                    options=lines(&auth)
                />
                <Select
                    label="Attribute table"
                    value=Signal::derive(table_chosen)
                    on_change=set_table
                    options=lines(&tables)
                />
            </Columns>
        </Disclosure>
    }
    .into_any()
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
