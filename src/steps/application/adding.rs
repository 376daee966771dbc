//! One application of the gallery: what is known of it, its name in the tenant, and Add.

use leptos::prelude::*;

use super::facts::{Facts, obstacle};
use super::{Showing, Turn};
use crate::draft::Draft;
use crate::draft::mapping::MappingDraft;
use crate::draft::place::Kind;
use crate::gallery::Recipe;
use crate::ui::{
    Appearance, Button, Card, Cluster, Dialog, Glyph, Notice, TextField, Tone, use_announcer,
};
use crate::wizard::Wizard;

/// The page of one application.
#[component]
pub(super) fn Adding(wizard: Wizard, turn: Turn, id: String) -> impl IntoView {
    let recipe = Memo::new(move |_| {
        wizard.gallery.with(|gallery| {
            let recipes = gallery.as_ref()?.as_ref().ok()?;
            recipes.iter().find(|recipe| recipe.id == id).cloned()
        })
    });
    view! {
        <Cluster>
            <Button
                label="All applications"
                icon=Glyph::ArrowLeft
                appearance=Appearance::Subtle
                on_click=move |()| turn.to(Showing::Gallery)
            />
        </Cluster>
        {move || recipe.get().map(|recipe| view! { <ApplicationCard wizard turn recipe /> })}
    }
}

#[component]
fn ApplicationCard(wizard: Wizard, turn: Turn, recipe: Recipe) -> impl IntoView {
    let announcer = use_announcer();
    let name = RwSignal::new(recipe.name.clone());
    let asking = RwSignal::new(false);
    let obstacle = obstacle(&recipe);
    let title = recipe.name.clone();
    let facts = recipe.clone();
    let nameless = move || {
        name.with(|name| name.trim().is_empty()).then(|| {
            "the application has no name – type the name under which it shall stand in your tenant"
                .to_owned()
        })
    };
    let off = move || obstacle.map(str::to_owned).or_else(nameless);
    let add = move || {
        let name = name.get_untracked().trim().to_owned();
        announcer.say(format!("{name} is added"));
        // A token belongs to the application that issued it.
        wizard.forget_secret();
        wizard.edit("application", |draft| draft.add_application(&name, recipe.clone()));
        turn.to(Showing::Added);
    };
    let add = StoredValue::new(add);
    let want = move |()| {
        if off().is_some() {
        } else if wizard.peek(is_edited) {
            asking.set(true);
        } else {
            add.with_value(|add| add());
        }
    };
    view! {
        <Card title=title>
            {obstacle.map(|why| {
                view! {
                    <Notice title=format!("It can be looked at, not added: {why}") tone=Tone::Info />
                }
            })}
            <Facts recipe=facts />
            <TextField
                label="Name"
                hint="The name under which it stands among your enterprise applications."
                    .to_owned()
                value=name
                on_input=move |text| name.set(text)
                on_commit=want
                problem=Signal::derive(nameless)
            />
            <Cluster>
                <Button
                    label="Add"
                    icon=Glyph::Add
                    appearance=Appearance::Primary
                    off_because=Signal::derive(off)
                    on_click=want
                />
            </Cluster>
        </Card>
        <Dialog
            title="Replace the application and its mappings?"
            open=asking
            on_close=move |()| asking.set(false)
            actions=move || {
                view! {
                    <Button label="Keep what I have" on_click=move |()| asking.set(false) />
                    <Button
                        label="Replace"
                        appearance=Appearance::Primary
                        on_click=move |()| add.with_value(|add| add())
                    />
                }
            }
        >
            <p>
                "You have edited the tenant URL, the mappings or the filters of the present \
                 application. Another one brings its own proposals instead. Undo brings yours back."
            </p>
        </Dialog>
    }
}

/// Whether anything that an application proposes was changed since it was added.
fn is_edited(draft: &Draft) -> bool {
    let Some(application) = &draft.application else { return false };
    let recipe = &application.recipe;
    let is_changed = |kind| *draft.mapping(kind) != MappingDraft::proposed(kind, recipe);
    draft.connection.tenant_url != recipe.tenant_url.proposal()
        || Kind::ALL.into_iter().any(is_changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::envoy;

    #[test]
    fn only_an_edit_of_what_was_proposed_asks_before_it_is_replaced() {
        let mut draft = Draft::default();
        assert!(!is_edited(&draft));
        draft.add_application("Envoy", envoy());
        assert!(!is_edited(&draft));
        draft.assign("someone", "role");
        assert!(!is_edited(&draft), "assignments stay");
        draft.groups.enabled = !draft.groups.enabled;
        assert!(is_edited(&draft));
        draft.groups.enabled = !draft.groups.enabled;
        draft.connection.tenant_url.push('/');
        assert!(is_edited(&draft));
    }
}
