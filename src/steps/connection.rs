//! The step Connection: route, tenant URL, secret token, Test Connection, notifications.

use leptos::prelude::*;

mod about;
mod authentication;
mod credentials;
mod left;
mod misbehaviour;
mod notification;
mod relay;
mod secret;
mod test;

use crate::draft::Route;
use crate::route::Step;
use crate::standing::Standing;
use crate::ui::{ButtonLink, Card, Choice, ChoiceOption, Notice, Page, Stack, Tone};
use crate::wizard::Wizard;
use about::About;
use credentials::Credentials;
use left::LeftDevice;
use misbehaviour::Misbehaviour;
use notification::Notification;
use relay::RelayFields;
use test::TestConnection;

/// How the wizard reaches the application, and who hears of failures.
#[component]
pub fn ConnectionStep() -> impl IntoView {
    let wizard = Wizard::here();
    let blocked =
        Memo::new(move |_| matches!(wizard.standing(Step::Connection), Standing::Blocked(_)));
    let in_sandbox =
        Memo::new(move |_| wizard.with(|draft| draft.connection.route == Route::Sandbox));
    view! {
        <Page
            place="Step 3 of 8"
            title="Connection"
            lead="Tell the wizard where the application's SCIM endpoint is and how to reach it, then \
                  ask it what Entra would ask first."
            about=|| view! { <About /> }
        >
            <Stack>
                {move || {
                    blocked.get().then(|| {
                        view! {
                            <Notice title="Add an application first" tone=Tone::Info>
                                <p>"The gallery knows its tenant URL and where its token is shown."</p>
                                <ButtonLink
                                    label="Go to Application"
                                    href=Step::Application.href()
                                />
                            </Notice>
                        }
                    })
                }}
                <RouteCard wizard />
                <Credentials wizard />
                <TestConnection wizard />
                {move || in_sandbox.get().then(|| view! { <Misbehaviour wizard /> })}
                <Notification wizard />
                <LeftDevice wizard />
            </Stack>
        </Page>
    }
}

const SANDBOX: &str = "sandbox";
const RELAY: &str = "relay";
const DIRECT: &str = "direct";
const PASTE: &str = "paste";

#[component]
fn RouteCard(wizard: Wizard) -> impl IntoView {
    let value = Signal::derive(move || {
        wizard
            .with(|draft| match draft.connection.route {
                Route::Sandbox => SANDBOX,
                Route::Relay => RELAY,
                Route::Direct => DIRECT,
                Route::Paste => PASTE,
            })
            .to_owned()
    });
    let options = vec![
        ChoiceOption::new(
            SANDBOX,
            "Sandbox in this page",
            "Stays on this device. A practice application answers under your tenant URL.",
        ),
        ChoiceOption::new(
            RELAY,
            "Relay",
            "Leaves this device, through a program that makes the calls for the page: yours, or \
             your firm's. Works with every endpoint that it was started for.",
        ),
        ChoiceOption::new(
            DIRECT,
            "Direct",
            "Leaves this device, from the browser itself. Works only where the endpoint answers \
             CORS, which few do.",
        ),
        ChoiceOption::new(
            PASTE,
            "No network",
            "Stays on this device. You run a command elsewhere and paste the reply; the verdict is \
             the same. There is no preview this way.",
        ),
    ];
    let choose = move |value: String| {
        wizard.edit("route", |draft| {
            draft.connection.route = match value.as_str() {
                RELAY => Route::Relay,
                DIRECT => Route::Direct,
                PASTE => Route::Paste,
                _ => Route::Sandbox,
            };
        });
    };
    let by_relay = Memo::new(move |_| wizard.with(|draft| draft.connection.route == Route::Relay));
    view! {
        <Card title="Route" note="How requests of this wizard reach the application. Entra itself calls it from Microsoft's network.">
            <Stack>
                <Choice legend="Send requests through" value on_change=choose options />
                {move || by_relay.get().then(|| view! { <RelayFields wizard /> })}
            </Stack>
        </Card>
    }
}
