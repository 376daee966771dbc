//! The application that was added: its name, and what it proposed for the steps that follow.

use leptos::prelude::*;

use super::before::before;
use super::facts::Facts;
use super::{Showing, Turn};
use crate::draft::Application;
use crate::draft::place::Place;
use crate::gallery::Recipe;
use crate::ui::{Appearance, Badge, Button, Card, Cluster, Glyph, TextField, Tone};
use crate::wizard::Wizard;

/// What stands here once an application is added.
#[component]
pub(super) fn Added(wizard: Wizard, turn: Turn) -> impl IntoView {
    let read = move |read: fn(&Application) -> String| {
        wizard.with(|draft| draft.application.as_ref().map(read).unwrap_or_default())
    };
    let name = Signal::derive(move || read(|application| application.name.clone()));
    let gallery_name = Memo::new(move |_| read(|application| application.recipe.name.clone()));
    let recipe = Memo::new(move |_| {
        wizard.with(|draft| draft.application.as_ref().map(|app| app.recipe.clone()))
    });
    let rename = move |text: String| {
        wizard.edit("application-name", |draft| {
            if let Some(application) = &mut draft.application {
                application.name = text;
            }
        });
    };
    view! {
        <Card
            title="Your application"
            note="The next steps fill in the people, the connection and the mappings."
            actions=|| view! { <Badge text="Added" tone=Tone::Good /> }
        >
            <TextField
                label="Name"
                hint="The name under which it stands among your enterprise applications."
                    .to_owned()
                value=name
                on_input=rename
                problem=Signal::derive(move || wizard.problem_at(Place::ApplicationName))
            />
            <Cluster>
                <Button
                    label="Choose another application"
                    icon=Glyph::Search
                    appearance=Appearance::Secondary
                    on_click=move |()| turn.to(Showing::Gallery)
                />
            </Cluster>
        </Card>
        {move || recipe.get().map(|recipe| before(wizard, &recipe))}
        <Card
            title=move || format!("{}, as its recipe tells it", gallery_name.get())
            note=move || recipe.with(|recipe| recipe.as_ref().map(proposed)).unwrap_or_default()
        >
            {move || recipe.get().map(|recipe| view! { <Facts recipe /> })}
        </Card>
    }
}

/// What adding it has filled in.
fn proposed(recipe: &Recipe) -> String {
    let url = match recipe.tenant_url.proposal() {
        "" => "",
        _ => "its tenant URL, ",
    };
    let (users, groups) = (recipe.user_attributes.len(), recipe.group_attributes.len());
    if recipe.attributes_complete {
        format!(
            "Filled in for you: {url}{users} user mappings and {groups} group mappings, as its \
             recipe lists them."
        )
    } else {
        format!(
            "Filled in for you: {url}the mappings that Microsoft prints for SCIM applications, \
             because its own are not known."
        )
    }
}
