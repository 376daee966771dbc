//! A recipe of one's own: opened from a file, or drafted of what the application says of itself.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use web_sys::File;

use super::{Showing, Turn};
use crate::download;
use crate::refusals::refusals;
use crate::transport::Cancel;
use crate::ui::{
    Appearance, Button, Card, Cluster, FileButton, Glyph, Notice, TextArea, TextField, Tone,
    Urgency, use_announcer,
};
use crate::wizard::{Asked, Wizard};
use crate::worker::message::{RecipeText, Refusal};

/// What an attempt came to, if not to a recipe.
type Attempt = RwSignal<Vec<Refusal>>;

/// Both ways to a recipe that the gallery does not hold.
#[component]
pub(super) fn Own(wizard: Wizard, turn: Turn) -> impl IntoView {
    view! {
        {turn.back()}
        <Opened wizard turn />
        <Drafted wizard turn />
    }
}

#[component]
fn Opened(wizard: Wizard, turn: Turn) -> impl IntoView {
    let refused = Attempt::default();
    let open = move |file: File| {
        spawn_local(async move {
            match download::read(&file).await {
                Ok(text) => read(wizard, turn, refused, RecipeText::File(text)).await,
                Err(why) => refuse(refused, file.name(), why),
            }
        });
    };
    view! {
        <Card
            title="Open a recipe"
            note="A file that somebody wrote, or that was saved here from an application's page."
        >
            <p>
                "What a recipe may hold is said by "
                <a href="gallery/apps.schema.json" target="_blank">"its JSON Schema"</a>
                ". It is checked before anything is taken over."
            </p>
            <Cluster>
                <FileButton label="Open a recipe file" accept=".json,application/json" on_file=open />
            </Cluster>
            {move || not_taken("The recipe was not taken", refused.get())}
        </Card>
    }
}

#[component]
fn Drafted(wizard: Wizard, turn: Turn) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let refused = Attempt::default();
    let open = move |file: File| {
        spawn_local(async move {
            match download::read(&file).await {
                // The page may have been left meanwhile.
                Ok(content) => {
                    let _ = text.try_set(content);
                }
                Err(why) => refuse(refused, file.name(), why),
            }
        });
    };
    let off = move || {
        let missing = if name.with(|name| name.trim().is_empty()) {
            "the application has no name"
        } else if text.with(|text| text.trim().is_empty()) {
            "paste the answer first, or open it as a file"
        } else {
            return None;
        };
        Some(missing.to_owned())
    };
    let asked = StoredValue::new(Asked::default());
    let take = move |answer: Result<Asked, Refusal>| match answer {
        Ok(answer) => {
            text.set(answer.body.clone());
            asked.set_value(answer);
            refused.set(Vec::new());
        }
        Err(why) => refused.set(vec![why]),
    };
    let draft = move |()| {
        let (name, text) = (name.get_untracked(), text.get_untracked());
        // Another text is not that endpoint's.
        let url = asked.with_value(|asked| asked.url.clone().filter(|_| asked.body == text));
        let from = RecipeText::Schemas { name, text, url };
        spawn_local(read(wizard, turn, refused, from));
    };
    view! {
        <Card
            title="Draft a recipe from /Schemas"
            note="Of the attributes that the application says it has. What its schemas do not say stays open."
        >
            <TextField
                label="Name of the application"
                value=name
                on_input=move |typed| name.set(typed)
            />
            {asking(wizard, Callback::new(take))}
            <TextArea
                label="Answer to GET /Schemas"
                hint="It stays on this device.".to_owned()
                placeholder="{ \"Resources\": [ { \"id\": \"urn:ietf:params:scim:schemas:core:2.0:User\", … } ] }"
                value=text
                on_input=move |typed| text.set(typed)
                rows=6
                mono=true
            />
            <Cluster>
                <Button
                    label="Draft the recipe"
                    icon=Glyph::Check
                    appearance=Appearance::Primary
                    off_because=Signal::derive(off)
                    on_click=draft
                />
                <FileButton label="Open the answer" accept=".json,application/json" on_file=open />
            </Cluster>
            {move || not_taken("The recipe was not drafted", refused.get())}
        </Card>
    }
}

/// The button that asks the endpoint of the step Connection, and what it would ask.
fn asking(wizard: Wizard, take: Callback<Result<Asked, Refusal>>) -> AnyView {
    let running = RwSignal::new(None::<Cancel>);
    let announcer = use_announcer();
    let off = move || {
        let is_running = running.with(Option::is_some);
        let running = is_running.then(|| "the answer is awaited".to_owned());
        running.or_else(|| wizard.not_asked_for_schemas())
    };
    let ask = move |()| {
        let cancel = Cancel::default();
        running.set(Some(cancel.clone()));
        spawn_local(async move {
            let answer = wizard.ask_for_schemas(cancel).await;
            if running.try_set(None).is_some() {
                return;
            }
            announcer.say(match &answer {
                Ok(_) => "The endpoint has answered; the answer stands in its field",
                Err(_) => "There is no answer to use",
            });
            take.run(answer);
        });
    };
    let stop = move |()| {
        if let Some(cancel) = running.get_untracked() {
            cancel.cancel();
        }
    };
    let whom = move || {
        if let Some(why) = wizard.not_asked_for_schemas() {
            return format!("It cannot be asked: {why}.");
        }
        let url =
            wizard.checked.with(|checked| checked.tenant_url.as_ref().map(|url| url.origin()));
        format!("One question to {}, which only reads.", url.unwrap_or_default())
    };
    view! {
        <Cluster>
            <Button
                label="Ask the endpoint"
                icon=Glyph::Connection
                off_because=Signal::derive(off)
                on_click=ask
            />
            {move || {
                running
                    .with(Option::is_some)
                    .then(|| view! { <Button label="Cancel" on_click=stop /> })
            }}
            <small>{whom}</small>
        </Cluster>
    }
    .into_any()
}

/// Shows the recipe's page, or what must be mended.
async fn read(wizard: Wizard, turn: Turn, refused: Attempt, text: RecipeText) {
    let read = wizard.read_recipe(text).await;
    // The page may have been left meanwhile.
    if refused.is_disposed() {
        return;
    }
    match read {
        Some(Ok(recipe)) => turn.to(Showing::Application(recipe)),
        Some(Err(faults)) => refused.set(faults),
        None => refuse(refused, "the worker".to_owned(), "it has ended".to_owned()),
    }
}

fn refuse(refused: Attempt, place: String, rule: String) {
    // The page may have been left meanwhile.
    let _ = refused.try_set(vec![Refusal { place, rule, repair: "try again".to_owned() }]);
}

fn not_taken(title: &'static str, faults: Vec<Refusal>) -> Option<AnyView> {
    if faults.is_empty() {
        return None;
    }
    let view = view! {
        <Notice title tone=Tone::Bad urgency=Urgency::Alert />
        {refusals(faults)}
    };
    Some(view.into_any())
}
