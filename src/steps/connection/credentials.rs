//! Admin credentials: tenant URL, and how the application knows who calls.

use leptos::prelude::*;

use super::authentication::AuthenticationFields;
use crate::draft::check::address;
use crate::draft::place::Place;
use crate::draft::template::{self, Part};
use crate::gallery::TenantUrlRecipe;
use crate::ui::{Button, Card, Cluster, Message, Stack, TextField, TextKind};
use crate::verdict::trial::Question;
use crate::wizard::Wizard;

/// What Entra calls Admin Credentials.
#[component]
pub(super) fn Credentials(wizard: Wizard) -> impl IntoView {
    view! {
        <Card
            title="Admin credentials"
            note="What you type here is what you will type in Entra."
        >
            <Stack>
                <TenantUrl wizard />
                <AuthenticationFields wizard />
            </Stack>
        </Card>
    }
}

#[component]
fn TenantUrl(wizard: Wizard) -> impl IntoView {
    let value = Signal::derive(move || wizard.with(|draft| draft.connection.tenant_url.clone()));
    let problem = Signal::derive(move || {
        // An empty field that nobody has touched is not wrong.
        wizard.problem_at(Place::TenantUrl).filter(|_| !value.with(String::is_empty))
    });
    let asked = Signal::derive(move || {
        value.track();
        wizard.checked.track();
        let trial = wizard.trial("VALUE")?;
        let request = &trial.asked(Question::Nobody)?.request;
        Some(format!("Entra will ask: {} {}", request.method, request.uri))
    });
    let set = move |text: String| {
        wizard.edit("tenant-url", |draft| draft.connection.tenant_url = text);
    };
    view! {
        <TextField
            label="Tenant URL"
            kind=TextKind::Url
            mono=true
            value
            problem
            hint=asked
            placeholder="https://app.envoy.com/scim/v2"
            on_input=set
        />
        {move || notes(wizard)}
        {template_fields(wizard, Callback::new(set))}
        <Proposals wizard set=set />
    }
}

/// What is worth knowing of the address.
fn notes(wizard: Wizard) -> Option<AnyView> {
    let typed = wizard.with(|draft| draft.connection.tenant_url.clone());
    let notes = wizard.checked.with(|checked| {
        checked.tenant_url.as_ref().map(|url| address::notes(&typed, url)).unwrap_or_default()
    });
    let line = |note: String| view! { <li><Message text=Some(note) /></li> };
    let lines = notes.into_iter().map(line).collect_view();
    (!lines.is_empty()).then(|| {
        view! { <ul class="notes" aria-label="Notes on the tenant URL">{lines}</ul> }.into_any()
    })
}

/// A field for each part of the application's own template, as long as the address is made from it.
fn template_fields(wizard: Wizard, set: Callback<String>) -> AnyView {
    let parts = Memo::new(move |_| {
        wizard.with(|draft| {
            let recipe = &draft.application.as_ref()?.recipe.tenant_url;
            template::parts(recipe, &draft.connection.tenant_url)
        })
    });
    // Which fields there are changes seldom; what stands in them with every key.
    let names = Memo::new(move |_| {
        let name = |part: &Part| (part.name.clone(), part.describe.clone());
        parts.with(|parts| {
            parts.as_ref().map(|(_, parts)| parts.iter().map(name).collect::<Vec<_>>())
        })
    });
    let field = move |(name, describe): (String, String)| {
        let own = name.clone();
        let value = Signal::derive(move || {
            parts.with(|parts| {
                let part = parts.iter().flat_map(|(_, it)| it).find(|part| part.name == own);
                part.map(|part| part.value.clone()).unwrap_or_default()
            })
        });
        let own = name.clone();
        let typed = move |text: String| {
            if let Some((template, parts)) = parts.get_untracked() {
                let value =
                    |part: &Part| if part.name == own { text.clone() } else { part.value.clone() };
                let values: Vec<_> =
                    parts.iter().map(|part| (part.name.clone(), value(part))).collect();
                let values = values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                set.run(template::fill(&template, values));
            }
        };
        let hint = Signal::stored(Some(describe));
        view! { <TextField label=name hint mono=true value on_input=typed /> }
    };
    (move || names.get().map(|names| names.into_iter().map(field).collect_view())).into_any()
}

/// The addresses that the gallery knows, where they are not what stands in the field.
#[component]
fn Proposals(wizard: Wizard, #[prop(into)] set: Callback<String>) -> impl IntoView {
    let proposals = Memo::new(move |_| {
        wizard.with(|draft| {
            let recipe = draft.application.as_ref().map(|app| &app.recipe.tenant_url);
            let typed = draft.connection.tenant_url.trim();
            let known = recipe.map(addresses).unwrap_or_default().into_iter();
            // What the address was made from is no other one.
            let made_from = recipe.and_then(|recipe| template::parts(recipe, typed));
            let made_from = made_from.map(|(template, _)| template).unwrap_or_default();
            let is_other = |address: &str| address != typed && address != made_from;
            known.filter(|(_, address)| is_other(address)).collect::<Vec<_>>()
        })
    });
    move || {
        let known = proposals.get();
        (!known.is_empty()).then(|| {
            let button = |(label, address): (String, String)| {
                view! { <Button label on_click=move |()| set.run(address.clone()) /> }
            };
            let buttons = known.into_iter().map(button).collect_view();
            view! { <Cluster>{buttons}</Cluster> }
        })
    }
}

fn addresses(recipe: &TenantUrlRecipe) -> Vec<(String, String)> {
    let proposed = Some(recipe.proposal()).filter(|text| !text.is_empty());
    let proposed = proposed.map(|text| (format!("Use {text}"), text.to_owned()));
    let others = recipe.alternatives.iter();
    let others = others.map(|other| (format!("Use {}", other.label), other.value.clone()));
    proposed.into_iter().chain(others).collect()
}
