//! Admin credentials: tenant URL, and how the application knows who calls.

use leptos::prelude::*;

use super::authentication::AuthenticationFields;
use crate::draft::place::Place;
use crate::gallery::TenantUrlRecipe;
use crate::ui::{Button, Card, Cluster, Stack, TextField, TextKind};
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
        <Proposals wizard set=set />
    }
}

/// The addresses that the gallery knows, where they are not what stands in the field.
#[component]
fn Proposals(wizard: Wizard, #[prop(into)] set: Callback<String>) -> impl IntoView {
    let proposals = Memo::new(move |_| {
        wizard.with(|draft| {
            let recipe = draft.application.as_ref().map(|app| &app.recipe.tenant_url);
            let typed = draft.connection.tenant_url.trim();
            let known = recipe.map(addresses).unwrap_or_default().into_iter();
            known.filter(|(_, address)| address != typed).collect::<Vec<_>>()
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
