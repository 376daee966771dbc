//! Why one user or group is in scope, or is not: every gate with its verdict.

use leptos::prelude::*;

use crate::draft::place::Kind;
use crate::person_picker::{Chosen, PersonPicker};
use crate::ui::{Badge, Glyph, Icon, Message, Tone};
use crate::wizard::Wizard;
use crate::worker::message::{Gate, Person};

/// Picks somebody and tells the reason.
#[component]
pub(super) fn Reason(wizard: Wizard, kind: Kind) -> impl IntoView {
    let chosen = Chosen::new(wizard, kind);
    view! {
        <section class="scope-reason" aria-label="The reason for one">
            <PersonPicker
                label=format!("Why is this {} in or out?", kind.singular().to_lowercase())
                chosen
            />
            {move || chosen.with_person(verdict)}
        </section>
    }
}

fn verdict(person: &Person) -> AnyView {
    let principal = &person.principal;
    let (text, tone) = match principal.in_scope {
        _ if person.gates.is_empty() => ("Not judged", Tone::Neutral),
        true => ("In scope", Tone::Good),
        false => ("Out of scope", Tone::Bad),
    };
    // Without gates, the reason says what keeps them from being judged.
    let unjudged = person.gates.is_empty().then(|| principal.reason.clone());
    let assignment = person.assignment.clone().into_iter();
    view! {
        <p>
            <strong>{principal.label.clone()}</strong>
            " "
            <Badge text tone />
        </p>
        {unjudged.map(|reason| view! { <p>{reason}</p> })}
        <ul>
            {person.gates.clone().into_iter().map(gate).collect_view()}
        </ul>
        {assignment.map(|sentence| view! { <small>{sentence}</small> }).collect_view()}
    }
    .into_any()
}

fn gate(gate: Gate) -> impl IntoView {
    let (glyph, verdict, state) = match gate.passed {
        true => (Glyph::Good, "Passed: ", "passed"),
        false => (Glyph::Bad, "Not passed: ", "failed"),
    };
    view! {
        <li data-state=state>
            <Icon glyph />
            <span>
                <span data-hidden="">{verdict}</span>
                <Message text=Some(gate.text) />
            </span>
        </li>
    }
}
