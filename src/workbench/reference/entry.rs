//! One function: how it is called, its parameters, what to know, and its examples.

use leptos::prelude::*;
use provisioning::expression::function::Function;
use provisioning::expression::{EvidenceLevel, Note};

use super::super::bench::Bench;
use super::example::ExampleLine;
use super::in_words;
use crate::ui::{Badge, Glyph, Icon, Message, Table, Tone};

/// A function that opens; what is inside is built when it is first opened.
#[component]
pub(super) fn Entry(
    bench: Bench,
    function: &'static Function,
    is_seen: Memo<bool>,
) -> impl IntoView {
    let opened = RwSignal::new(false);
    let toggled = move |event: leptos::ev::Event| {
        if event_target::<web_sys::Element>(&event).has_attribute("open") {
            opened.set(true);
        }
    };
    view! {
        <details class="function-entry" hidden=move || !is_seen.get() on:toggle=toggled>
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                <code>{function.signature()}</code>
                <small>
                    <Message text=Some(function.summary.to_owned()) />
                </small>
            </summary>
            <Show when=move || opened.get()>
                <Body bench function />
            </Show>
        </details>
    }
}

#[component]
fn Body(bench: Bench, function: &'static Function) -> impl IntoView {
    let parameters = (!function.parameters.is_empty()).then(|| {
        view! { <Parameters function /> }
    });
    let examples = function.examples.iter();
    let evidence = function.evidence;
    view! {
        <div data-part="body">
            {parameters}
            <Notes notes=function.notes />
            <h4>"Examples"</h4>
            {examples.map(|example| view! { <ExampleLine bench example /> }).collect_view()}
            <small>
                {format!("{}: {}, {}.", in_words(evidence.level), evidence.page, evidence.edition)}
            </small>
        </div>
    }
}

#[component]
fn Parameters(function: &'static Function) -> impl IntoView {
    let rows = function.parameters.iter().map(|parameter| {
        let needed = match (parameter.required, parameter.repeats) {
            (true, false) => "required",
            (false, _) => "may be left out",
            (true, true) => "required, may follow again",
        };
        view! {
            <tr>
                <th scope="row">
                    <code>{parameter.name}</code>
                </th>
                <td>{parameter.kind.in_words()}</td>
                <td>{needed}</td>
                <td>
                    <Message text=Some(parameter.description.to_owned()) />
                </td>
            </tr>
        }
    });
    view! {
        <Table
            caption=format!("Parameters of {}", function.name)
            caption_hidden=true
            dense=true
            head=vec!["Parameter", "Type", "Needed", "What it is"]
        >
            {rows.collect_view()}
        </Table>
    }
}

/// What there is to know, each with how well it is known.
#[component]
pub(super) fn Notes(notes: &'static [Note]) -> impl IntoView {
    let lines = notes.iter().map(|note| {
        let tone = match note.level {
            EvidenceLevel::Chosen => Tone::Warning,
            _ => Tone::Neutral,
        };
        view! {
            <li>
                <Message text=Some(note.text.to_owned()) />
                " "
                <Badge text=in_words(note.level).to_owned() tone />
            </li>
        }
    });
    (!notes.is_empty()).then(|| view! { <ul class="function-notes">{lines.collect_view()}</ul> })
}
