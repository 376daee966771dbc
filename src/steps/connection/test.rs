//! Test Connection: the button, what was found layer by layer, and how long it may take.

use leptos::prelude::*;

mod outcome;
mod paste;
mod variants;

use crate::draft::Route;
use crate::transport::Cancel;
use crate::ui::{
    Appearance, Button, Card, Cluster, Disclosure, Glyph, Select, SelectOption, Stack,
    use_announcer,
};
use crate::verdict::{self, Verdict};
use crate::wizard::{Test, Wizard};
use outcome::outcome;
use paste::Paste;

const TIMEOUTS: [u32; 6] = [1, 5, 15, 30, 60, 120];
const IDLE: [(u32, &str); 5] = [
    (1, "1 minute"),
    (5, "5 minutes"),
    (30, "30 minutes"),
    (120, "2 hours"),
    (0, "never, but for a reload"),
];

/// The card with the button and its result.
#[component]
pub(super) fn TestConnection(wizard: Wizard) -> impl IntoView {
    let by_hand = Memo::new(move |_| wizard.with(|draft| draft.connection.route == Route::Paste));
    tell_the_verdict(wizard);
    view! {
        <Card
            title="Test Connection"
            note="Asks for a user that cannot exist, as Entra does, then for what the service says of itself. The right first answer is an empty list. Nothing is changed."
        >
            <Stack>
                {move || {
                    if by_hand.get() {
                        view! { <Paste wizard /> }.into_any()
                    } else {
                        view! { <Start wizard /> }.into_any()
                    }
                }}
                {move || wizard.test.with(|test| outcome(wizard, test))}
                <Advanced wizard />
            </Stack>
        </Card>
    }
}

/// A screen reader hears the verdict when it is there.
fn tell_the_verdict(wizard: Wizard) {
    let announcer = use_announcer();
    let told = Memo::new(move |_| {
        wizard.test.with(|test| match test {
            Test::Ended(trial) => verdict::verdict(trial),
            _ => None,
        })
    });
    Effect::watch(
        move || told.get(),
        move |told, _, _| {
            if let Some(Verdict { title, text, .. }) = told {
                announcer.say(format!("{title}. {}", wizard.redact(text)));
            }
        },
        false,
    );
}

#[component]
fn Start(wizard: Wizard) -> impl IntoView {
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
    view! {
        <Cluster>
            <Button
                label="Test Connection"
                appearance=Appearance::Primary
                icon=Glyph::Connection
                off_because=off
                on_click=start
            />
            {move || running.get().then(|| view! { <Button label="Cancel" on_click=stop /> })}
        </Cluster>
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
    let idle = Signal::derive(move || {
        wizard.with(|draft| draft.connection.forget_after_minutes.to_string())
    });
    let idle_options: Vec<_> =
        IDLE.map(|(minutes, name)| SelectOption::new(minutes.to_string(), name)).to_vec();
    let set_idle = move |text: String| {
        if let Ok(minutes) = text.parse() {
            wizard.edit("forget", |draft| draft.connection.forget_after_minutes = minutes);
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
            <Select
                label="Forget the secret"
                value=idle
                options=Signal::stored(idle_options)
                hint="After so long without a key or a click. It is never kept over a reload."
                on_change=set_idle
            />
        </Disclosure>
    }
}
