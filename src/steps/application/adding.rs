//! One application of the gallery: what is known of it, its name in the tenant, and Add.

use leptos::prelude::*;

use super::facts::{Facts, obstacle};
use super::{Showing, Turn};
use crate::download;
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
pub(super) fn Adding(wizard: Wizard, turn: Turn, recipe: Recipe) -> impl IntoView {
    view! {
        {turn.back()}
        <ApplicationCard wizard turn recipe />
    }
}

/// What is known of an application, a name for it, and Add.
#[component]
pub(super) fn ApplicationCard(wizard: Wizard, turn: Turn, recipe: Recipe) -> impl IntoView {
    let announcer = use_announcer();
    let name = RwSignal::new(recipe.name.clone());
    let asking = RwSignal::new(false);
    let obstacle = obstacle(&recipe);
    let title = recipe.name.clone();
    let facts = recipe.clone();
    let saved = recipe.clone();
    let save = move |()| {
        let name = format!("{}.recipe.json", saved.id);
        match download::save(&name, "application/json", &saved.file()) {
            Ok(()) => announcer.say(format!("{name} is saved")),
            Err(why) => announcer.say(why),
        }
    };
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
            {unknown_table(&facts)}
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
                <Button
                    label="Save as a recipe"
                    icon=Glyph::Download
                    appearance=Appearance::Subtle
                    on_click=save
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

/// What stands in where nobody can read the tutorial's table.
fn unknown_table(recipe: &Recipe) -> Option<AnyView> {
    (recipe.protocol == "scim" && !recipe.attributes_complete).then(|| {
        view! {
            <Notice title="Its attribute table is not known" tone=Tone::Warning>
                <p>
                    "Added, it gets the mapping that Microsoft prints for SCIM applications. Compare \
                     every target with the portal's, or draft a recipe from its /Schemas."
                </p>
            </Notice>
        }
        .into_any()
    })
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
