//! Microsoft Graph JSON, pasted or opened: read whole or refused with every fault.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use web_sys::File;

use super::graph_calls::GraphCalls;
use crate::download;
use crate::draft::PeopleSource;
use crate::ui::{
    Appearance, Button, Cluster, FileButton, Glyph, Message, Notice, TextArea, Tone, Urgency,
};
use crate::wizard::{People, Wizard};
use crate::worker::message::Refusal;

/// A longer text is read without being shown: an area that holds megabytes makes a browser slow.
const LONGEST_SHOWN: usize = 300_000;

/// How many faults are listed; the rest are counted.
const MOST_LISTED: usize = 20;

/// The form of pasted people.
#[component]
pub(super) fn Pasted(wizard: Wizard) -> impl IntoView {
    let text = wizard.pasting;
    // A file that is read without being shown, or why it was not opened.
    let file = RwSignal::new(None::<Result<String, String>>);
    let open = move |chosen: File| {
        spawn_local(async move {
            match download::read(&chosen).await {
                Ok(content) => {
                    let is_long = content.len() > LONGEST_SHOWN;
                    text.set(if is_long { String::new() } else { content.clone() });
                    file.set(is_long.then(|| Ok(chosen.name())));
                    wizard.paste_people(content);
                }
                Err(why) => file.set(Some(Err(why))),
            }
        });
    };
    let off = move || {
        if text.with(|text| text.trim().is_empty()) {
            Some("paste the JSON first, or open a file".to_owned())
        } else {
            let is_loading = wizard.people.with(|people| *people == People::Loading);
            is_loading.then(|| "the people are being read".to_owned())
        }
    };
    let type_in = move |typed| {
        text.set(typed);
        file.set(None);
    };
    let read = move |()| wizard.paste_people(text.get_untracked());
    view! {
        <TextArea
            label="Microsoft Graph JSON"
            hint="It stays on this device: it is read in this page and kept in this browser only."
                .to_owned()
            placeholder="{ \"users\": { \"value\": [ … ] }, \"groups\": { \"value\": [ … ] } }"
            value=text
            on_input=type_in
            rows=8
            mono=true
        />
        <Cluster>
            <Button
                label="Read"
                icon=Glyph::Check
                appearance=Appearance::Primary
                off_because=Signal::derive(off)
                on_click=read
            />
            <FileButton label="Open a file" accept=".json,application/json" on_file=open />
            <small>
                {move || match file.get() {
                    Some(Ok(name)) => format!("{name} is too long to be shown here."),
                    _ => String::new(),
                }}
            </small>
        </Cluster>
        {move || match file.get() {
            Some(Err(why)) => Some(view! { <NotOpened why /> }),
            _ => None,
        }}
        {move || match wizard.people.get() {
            People::Refused(refusals) => Some(view! { <Refused wizard refusals /> }),
            _ => None,
        }}
        <GraphCalls />
    }
}

#[component]
fn NotOpened(why: String) -> impl IntoView {
    view! {
        <Notice title="The file was not opened" tone=Tone::Bad urgency=Urgency::Alert>
            <p><Message text=Some(why) /></p>
        </Notice>
    }
}

/// Every fault with its place, rule and repair; the text stays as it was typed.
#[component]
fn Refused(wizard: Wizard, refusals: Vec<Refusal>) -> impl IntoView {
    let count = refusals.len();
    let title = match count {
        1 => "The people were not read: 1 thing must be mended".to_owned(),
        count => format!("The people were not read: {count} things must be mended"),
    };
    let rest = count.saturating_sub(MOST_LISTED);
    let lines = refusals
        .into_iter()
        .take(MOST_LISTED)
        .map(|Refusal { place, rule, repair }| {
            view! {
                <li>
                    <code>{place}</code>
                    <span>
                        <Message text=Some(rule) />
                    </span>
                    <small>
                        <Message text=Some(repair) />
                    </small>
                </li>
            }
        })
        .collect_view();
    let has_others = wizard.peek(|draft| draft.people != PeopleSource::Nobody);
    view! {
        <Notice title tone=Tone::Bad urgency=Urgency::Alert>
            <p>"What you typed is still there. Nothing was taken over."</p>
            {has_others.then(|| {
                view! {
                    <Button
                        label="Go on with the people from before"
                        on_click=move |()| wizard.load_people()
                    />
                }
            })}
        </Notice>
        <ul class="refusals" aria-label="What must be mended">
            {lines}
        </ul>
        {(rest > 0).then(|| view! { <p>{format!("And {rest} more of them.")}</p> })}
    }
}
