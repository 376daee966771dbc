//! Admin credentials: tenant URL and secret token.

use leptos::prelude::*;

use crate::draft::Route;
use crate::draft::place::Place;
use crate::gallery::TenantUrlRecipe;
use crate::secret::SecretToken;
use crate::ui::{Button, Card, Cluster, SecretField, Stack, TextField, TextKind};
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
                <Token wizard />
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

#[component]
fn Token(wizard: Wizard) -> impl IntoView {
    let fault = RwSignal::new(None::<String>);
    let held = Signal::derive(move || wizard.token_length());
    let label = move || {
        wizard.with(|draft| {
            let app = draft.application.as_ref()?;
            let name = app.recipe.secret_label.as_ref()?;
            Some(format!("{} calls it “{name}”. ", app.recipe.name))
        })
    };
    let hint = Signal::derive(move || {
        let place = label().unwrap_or_default();
        let rest = if wizard.with(|draft| draft.connection.route == Route::Sandbox) {
            "The sandbox has a token of its own (sandbox), which is used while this is empty."
        } else {
            "Kept in memory only: a reload forgets it. It goes to the tenant URL and nowhere else."
        };
        Some(format!("{place}{rest}"))
    });
    // A token that has gone to one host is not sent to another because the address was edited.
    let problem = Signal::derive(move || {
        let strange = wizard.token_is_elsewhere().map(|origin| {
            format!(
                "the token in memory belongs to `{origin}` – replace it by the token of this host"
            )
        });
        fault.get().or(strange)
    });
    let judge = move |text: &str| match SecretToken::parse(text) {
        Ok(token) => Ok(token),
        Err(wrong) => Err(format!("{} – {}", wrong.message, wrong.repair)),
    };
    let typed = move |text: String| {
        fault.set(if text.is_empty() { None } else { judge(&text).err() });
    };
    let commit = move |text: String| match judge(&text) {
        Ok(token) => {
            fault.set(None);
            wizard.hold_token(token);
        }
        Err(why) => fault.set(Some(why)),
    };
    view! {
        <SecretField
            label="Secret token"
            held
            hint
            problem
            on_input=typed
            on_commit=commit
            on_forget=move |()| wizard.forget_token()
        />
    }
}
