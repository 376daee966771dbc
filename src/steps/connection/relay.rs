//! Which relay requests take: the one that serves the page, or one at another address, with what
//! it needs and whose hands everything passes through.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::secret::Secret;
use crate::draft::place::Place;
use crate::draft::relay::{RelayChoice, RelayKind};
use crate::secret::Purpose;
use crate::transport::Cancel;
use crate::ui::{
    Button, Cluster, Code, Disclosure, Message, Select, SelectOption, Stack, TextField, TextKind,
    use_announcer,
};
use crate::verdict;
use crate::wizard::Wizard;

/// The kinds with the words by which they are chosen.
const KINDS: [(&str, &str, RelayKind); 3] = [
    ("beside", "The relay that serves this page", RelayKind::Beside),
    ("elsewhere", "This project's relay, at another address", RelayKind::Elsewhere),
    ("prefix", "A CORS proxy of another make", RelayKind::Prefix),
];

/// The kind, and below it what a relay at another address needs.
#[component]
pub(super) fn RelayFields(wizard: Wizard) -> impl IntoView {
    let kind = Memo::new(move |_| wizard.with(|draft| draft.connection.relay.kind));
    let options = KINDS.map(|(name, title, _)| SelectOption::new(name, title)).to_vec();
    let value = move || {
        KINDS.iter().find(|(_, _, known)| *known == kind.get()).map_or("", |it| it.0).to_owned()
    };
    let choose = move |name: String| {
        let chosen = KINDS.into_iter().find(|(known, _, _)| *known == name).map(|it| it.2);
        wizard.edit("relay-kind", |draft| draft.connection.relay.kind = chosen.unwrap_or_default());
    };
    view! {
        <Stack>
            <Select
                label="Relay"
                value=Signal::derive(value)
                options=Signal::stored(options)
                hint=Signal::derive(move || Some(hint(kind.get()).to_owned()))
                on_change=choose
            />
            {move || match kind.get() {
                RelayKind::Beside => ().into_any(),
                RelayKind::Elsewhere => elsewhere(wizard),
                RelayKind::Prefix => address(wizard, "https://cors.example.com"),
            }}
        </Stack>
    }
}

/// What the kind is.
fn hint(kind: RelayKind) -> &'static str {
    match kind {
        RelayKind::Beside => "It goes to the addresses that it was started with, and to no other.",
        RelayKind::Elsewhere => {
            "Your own on this device, or one that your firm runs. It goes to the addresses that it \
             was started with, and to no other."
        }
        RelayKind::Prefix => {
            "One that takes the target behind its own address, as in https://cors.example.com/https://…. \
             It may follow redirects and take the token along; what it does on the way cannot be \
             seen from here."
        }
    }
}

/// Where it is, and who can read what passes through it.
fn address(wizard: Wizard, example: &'static str) -> AnyView {
    let value = Signal::derive(move || wizard.with(|draft| draft.connection.relay.address.clone()));
    let problem = Signal::derive(move || wizard.problem_at(Place::RelayAddress));
    let told = Signal::derive(move || wizard.with(|draft| Some(hands(&draft.connection.relay))));
    let set = move |text: String| {
        wizard.edit("relay-address", |draft| draft.connection.relay.address = text);
    };
    view! {
        <TextField
            label="Relay's address"
            kind=TextKind::Url
            mono=true
            value
            problem
            hint=told
            placeholder=example
            on_input=set
        />
    }
    .into_any()
}

/// Whose hands everything passes through.
fn hands(relay: &RelayChoice) -> String {
    match relay.host() {
        Some(host) if relay.is_on_this_device() => {
            format!("`{host}` is on this device: what you send leaves it for the tenant URL alone.")
        }
        Some(host) => format!(
            "Leaves this device and passes through `{host}`, whose operator can read the token and \
             the people."
        ),
        None => "Where it answers: by https, or by http on this device.".to_owned(),
    }
}

fn elsewhere(wizard: Wizard) -> AnyView {
    view! {
        {address(wizard, "http://127.0.0.1:4180")}
        <Secret wizard purpose=Purpose::RelayKey />
        <Operator wizard />
        <Disclosure summary="How to start one">
            <Stack>
                <p>
                    "It prints the session key when it starts. One that others reach needs "
                    <code>"--operator"</code> " too, and TLS before it."
                </p>
                <Code label="Command" text=Signal::derive(move || command(wizard)) />
            </Stack>
        </Disclosure>
    }
    .into_any()
}

/// The command that starts a relay for this page and this tenant URL.
fn command(wizard: Wizard) -> String {
    let page = window().location().origin().unwrap_or_default();
    let target =
        wizard.checked.with(|checked| checked.tenant_url.as_ref().map(ToString::to_string));
    let target = target.unwrap_or_else(|| "TENANT-URL".to_owned());
    format!("cors-proxy --origin {page} --allow '{}'", target.replace('\'', "%27"))
}

/// Asks who runs the relay, when the button is pressed and never before.
#[component]
fn Operator(wizard: Wizard) -> impl IntoView {
    let told = RwSignal::new(None::<String>);
    let announcer = use_announcer();
    let address = Memo::new(move |_| wizard.with(|draft| draft.connection.relay.address.clone()));
    // What one relay has said is not said by another.
    Effect::watch(move || address.get(), move |_, _, _| told.set(None), false);
    let off = Signal::derive(move || {
        wizard.with(|draft| draft.connection.relay.missing()).map(str::to_owned)
    });
    let ask = move |()| {
        spawn_local(async move {
            let asked = address.get_untracked();
            let Some(answer) = wizard.ask_operator(Cancel::default()).await else { return };
            let text = match answer {
                Ok(operator) => format!("Run by: {operator}"),
                Err(fault) => format!("{}.", verdict::capitalised(&fault.message)),
            };
            // The step may have been left, or the address changed, meanwhile.
            if address.try_get_untracked() == Some(asked) {
                announcer.say(text.clone());
                told.set(Some(text));
            }
        });
    };
    view! {
        <Cluster>
            <Button label="Ask who runs it" off_because=off on_click=ask />
        </Cluster>
        {move || told.get().map(|text| view! { <p><Message text=Some(text) /></p> })}
    }
}
