//! Test Connection, with what was sent, what came back, and what it means.

use leptos::prelude::*;

use crate::transport::Cancel;
use crate::ui::{
    Appearance, Button, Card, Cluster, Code, Disclosure, Glyph, Message, Notice, Select,
    SelectOption, Stack, Tone, Urgency, use_announcer,
};
use crate::verdict::{self, Outlook, Verdict, layers};
use crate::wizard::{Test, Wizard};
use crate::worker::message::{WireFault, WireRequest, WireResponse};

const TIMEOUTS: [u32; 6] = [1, 5, 15, 30, 60, 120];

/// The card with the button and its result.
#[component]
pub(super) fn TestConnection(wizard: Wizard) -> impl IntoView {
    let running = Memo::new(move |_| wizard.test.with(|test| matches!(test, Test::Running(_))));
    let cancel = StoredValue::new_local(None::<Cancel>);
    let start = move |()| {
        let fresh = Cancel::default();
        cancel.set_value(Some(fresh.clone()));
        wizard.test_connection(fresh);
    };
    let stop = move |()| {
        cancel.with_value(|cancel| {
            if let Some(cancel) = cancel {
                cancel.cancel();
            }
        });
    };
    let off = Signal::derive(move || {
        if running.get() { Some("the answer is awaited".to_owned()) } else { wizard.not_testable() }
    });
    let announcer = use_announcer();
    Effect::watch(
        move || wizard.test.get(),
        move |test, _, _| {
            if let Test::Ended(_, answer, _) = test {
                let Verdict { title, text, .. } = verdict::judge(answer);
                announcer.say(format!("{title}. {}", wizard.redact(&text)));
            }
        },
        false,
    );
    view! {
        <Card
            title="Test Connection"
            note="Asks for a user that cannot exist, as Entra does. The right answer is an empty list. Nothing is changed."
        >
            <Stack>
                <Cluster>
                    <Button
                        label="Test Connection"
                        appearance=Appearance::Primary
                        icon=Glyph::Connection
                        off_because=off
                        on_click=start
                    />
                    {move || {
                        running.get().then(|| view! { <Button label="Cancel" on_click=stop /> })
                    }}
                </Cluster>
                {move || match wizard.test.get() {
                    Test::None => ().into_any(),
                    Test::Running(_) => view! { <p>"Waiting for the answer …"</p> }.into_any(),
                    Test::Ended(request, answer, ms) => {
                        view! { <Outcome wizard request answer ms /> }.into_any()
                    }
                }}
                <Advanced wizard />
            </Stack>
        </Card>
    }
}

#[component]
fn Advanced(wizard: Wizard) -> impl IntoView {
    let value =
        Signal::derive(move || wizard.with(|draft| draft.connection.timeout_seconds.to_string()));
    let options: Vec<_> = TIMEOUTS
        .map(|seconds| {
            let unit = if seconds == 1 { "second" } else { "seconds" };
            SelectOption::new(seconds.to_string(), format!("{seconds} {unit}"))
        })
        .to_vec();
    let set = move |text: String| {
        if let Ok(seconds) = text.parse() {
            wizard.edit("timeout", |draft| draft.connection.timeout_seconds = seconds);
        }
    };
    view! {
        <Disclosure summary="Advanced">
            <Select
                label="Time-out"
                value
                options=Signal::stored(options)
                hint="How long one request may wait for its answer."
                on_change=set
            />
        </Disclosure>
    }
}

#[component]
fn Outcome(
    wizard: Wizard,
    request: WireRequest,
    answer: Result<WireResponse, WireFault>,
    ms: f64,
) -> impl IntoView {
    let Verdict { outlook, title, text, repair } = verdict::judge(&answer);
    let tone = if outlook == Outlook::Good { Tone::Good } else { Tone::Bad };
    let status = match &answer {
        Ok(response) => format!("Answer: status {} after {ms:.0} ms", response.status),
        Err(_) => format!("No answer after {ms:.0} ms"),
    };
    let shown = answer.as_ref().map_or_else(|fault| fault.message.clone(), pretty);
    let shown = wizard.redact(&shown);
    let layers = answer.as_ref().map(layers::layers).unwrap_or_default();
    let layers = (!layers.is_empty()).then(|| {
        let lines = layers.into_iter();
        let lines = lines.map(|(layer, told)| view! { <dt>{layer}</dt> <dd>{told}</dd> });
        view! { <dl class="facts">{lines.collect_view()}</dl> }
    });
    view! {
        <Notice title tone urgency=Urgency::Static>
            <p>
                <Message text=Some(wizard.redact(&text)) />
            </p>
            {(!repair.is_empty())
                .then(|| view! { <p><Message text=Some(repair.to_owned()) /></p> })}
        </Notice>
        {layers}
        <Code label="Request" text=spelled(&request) />
        <Code label=status text=shown />
    }
}

/// The request as it goes out; the token's place is shown, never the token.
fn spelled(request: &WireRequest) -> String {
    let mut text = format!("{} {}\nAuthorization: Bearer ‹token›", request.method, request.uri);
    for (name, value) in &request.headers {
        text.push_str(&format!("\n{name}: {value}"));
    }
    text
}

fn pretty(response: &WireResponse) -> String {
    let mut text = String::new();
    let sent = response.headers.iter().filter(|(name, _)| !name.starts_with("x-relay-"));
    for (name, value) in sent {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push('\n');
    let body = serde_json::from_str::<serde_json::Value>(&response.body)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| response.body.clone());
    text.push_str(if body.is_empty() { "(no body)" } else { &body });
    text
}
