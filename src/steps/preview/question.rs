//! What will be asked, of whom, and how fast; and the button that asks.

use leptos::prelude::*;

use super::reading::HowRead;
use crate::draft::{Draft, Route};
use crate::ui::{
    Appearance, Badge, Button, Card, Choice, ChoiceOption, Cluster, Columns, Glyph, Select,
    SelectOption, Stat, Tone,
};
use crate::wizard::Wizard;
use crate::worker::message::{Errand, Judgement};

const FIRST: &str = "first";
const BEFORE: &str = "before";

/// The card above the results.
#[component]
pub(super) fn Question() -> impl IntoView {
    let wizard = Wizard::here();
    let counted = move |count: fn(&Judgement) -> usize| {
        wizard.judgement.with(|judged| {
            judged.as_ref().map_or_else(|| "–".to_owned(), |judged| count(judged).to_string())
        })
    };
    let out = move |count: fn(&Judgement) -> usize| format!("{} out of scope", counted(count));
    view! {
        <Card title="What will be asked">
            <Columns>
                <Stat
                    label="People in scope"
                    value=Signal::derive(move || counted(|judged| judged.users_in))
                    note=Signal::derive(move || out(|judged| judged.users_out))
                    tone=Tone::Info
                />
                <Stat
                    label="Groups in scope"
                    value=Signal::derive(move || counted(|judged| judged.groups_in))
                    note=Signal::derive(move || out(|judged| judged.groups_out))
                    tone=Tone::Info
                />
            </Columns>
            <Endpoint />
            <Pace />
            <History />
            <HowRead />
            <Start />
        </Card>
    }
}

/// Where the requests go.
#[component]
fn Endpoint() -> impl IntoView {
    let wizard = Wizard::here();
    let url = Memo::new(move |_| wizard.with(|draft| draft.connection.tenant_url.clone()));
    let route = Memo::new(move |_| wizard.with(|draft| draft.connection.route));
    let name = move || match route.get() {
        Route::Sandbox => "Sandbox",
        Route::Relay => "Relay",
        Route::Direct => "Direct",
        Route::Paste => "No network",
    };
    let tone = move || match route.get() {
        Route::Sandbox | Route::Paste => Tone::Info,
        Route::Relay | Route::Direct => Tone::Warning,
    };
    let meaning = move || match route.get() {
        Route::Sandbox => "answers inside this page; nothing leaves this device",
        Route::Relay => "requests leave this device through the relay",
        Route::Direct => "requests leave this device from the browser itself",
        Route::Paste => "no request leaves this device, so there is nothing to preview against",
    };
    view! {
        <dl class="facts">
            <dt>"Tenant URL"</dt>
            <dd>
                <code>{url}</code>
            </dd>
            <dt>"Route"</dt>
            <dd>
                <Cluster>
                    <Badge text=Signal::derive(move || name().to_owned()) tone=Signal::derive(tone) />
                    <span>{meaning}</span>
                </Cluster>
            </dd>
        </dl>
    }
}

/// Requests per second; the sandbox needs no mercy.
#[component]
fn Pace() -> impl IntoView {
    let wizard = Wizard::here();
    let is_outside =
        Memo::new(move |_| wizard.with(|draft| draft.connection.route != Route::Sandbox));
    let rate =
        Signal::derive(move || wizard.with(|draft| draft.connection.rate_per_second.to_string()));
    let set_rate = move |value: String| {
        if let Ok(rate) = value.parse() {
            wizard.edit("rate", |draft| draft.connection.rate_per_second = rate);
        }
    };
    let options = vec![
        SelectOption::new("25", "25, what Entra expects an application to bear"),
        SelectOption::new("100", "100"),
        SelectOption::new("0", "No limit"),
    ];
    view! {
        <Show when=move || is_outside.get()>
            <Select
                label="Requests per second"
                value=rate
                on_change=set_rate
                options=options.clone()
            />
        </Show>
    }
}

/// Whether Entra knows the accounts already.
#[component]
fn History() -> impl IntoView {
    let wizard = Wizard::here();
    let value = Signal::derive(move || {
        let before = wizard.with(|draft| draft.has_run_before);
        if before { BEFORE } else { FIRST }.to_owned()
    });
    let choose = move |value: String| {
        wizard.edit("has-run-before", |draft: &mut Draft| draft.has_run_before = value == BEFORE);
    };
    let options = vec![
        ChoiceOption::new(
            FIRST,
            "First run: nothing is linked yet",
            "Accounts of people who are out of scope are left alone: Entra does not know them.",
        ),
        ChoiceOption::new(
            BEFORE,
            "The job has run before: whoever matches counts as linked",
            "People who left the scope are disabled, deleted people are deleted.",
        ),
    ];
    view! { <Choice legend="State of the provisioning job" value on_change=choose options /> }
}

#[component]
fn Start() -> impl IntoView {
    let wizard = Wizard::here();
    let preview = wizard.preview;
    let off = Signal::derive(move || {
        let running = preview.is_running().then(|| "the preview is running".to_owned());
        running.or_else(|| wizard.not_ready())
    });
    let idle = Signal::derive(move || {
        (!preview.is_running()).then(|| "the preview is not running".to_owned())
    });
    view! {
        <Cluster>
            <Button
                label="Run the preview"
                icon=Glyph::Play
                appearance=Appearance::Primary
                off_because=off
                on_click=move |()| preview.begin(wizard, Errand::Preview)
            />
            <Button
                label="Cancel"
                icon=Glyph::Stop
                off_because=idle
                on_click=move |()| preview.cancel()
            />
        </Cluster>
    }
}
