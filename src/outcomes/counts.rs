//! What is to be said of a cycle as a whole, and its counts, each of which is a filter.

use leptos::prelude::*;

use super::listing::{Listing, switch};
use super::tone;
use crate::route::Step;
use crate::ui::{ButtonLink, Glyph, Notice, Tone, Urgency};
use crate::wizard::Wizard;
use crate::wizard::errand::Progressing;

/// What ended the cycle, and what was noticed about the endpoint.
#[component]
pub(super) fn Remarks(progressing: Progressing) -> impl IntoView {
    let wizard = Wizard::here();
    let failure = Memo::new(move |_| progressing.summary.with(|summary| summary.failure.clone()));
    let findings = Memo::new(move |_| progressing.summary.with(|summary| summary.findings.clone()));
    view! {
        {move || {
            let text = wizard.redact(&failure.get()?);
            Some(view! {
                <Notice
                    title="The job stopped here: Entra would put it into quarantine"
                    tone=Tone::Bad
                    urgency=Urgency::Alert
                >
                    <p>{text}</p>
                    <ButtonLink
                        label="Go to Connection"
                        href=Step::Connection.href()
                        trailing_icon=Glyph::ArrowRight
                    />
                </Notice>
            })
        }}
        {move || {
            let findings = findings.get().into_iter();
            findings
                .map(|text| view! { <Notice title=wizard.redact(&text) tone=Tone::Warning /> })
                .collect_view()
        }}
    }
}

/// One button for each action: how many, and whether only they are shown.
#[component]
pub(super) fn Counts(listing: Listing) -> impl IntoView {
    let summary = listing.progressing.summary;
    let names = Memo::new(move |_| {
        let name = |(name, _): &(String, usize)| name.clone();
        summary.with(|summary| summary.actions.iter().map(name).collect::<Vec<_>>())
    });
    view! {
        <div class="action-counts" role="group" aria-label="Show only these actions">
            {move || names.get().into_iter().map(|name| button(listing, name)).collect_view()}
        </div>
    }
}

fn button(listing: Listing, name: String) -> impl IntoView {
    let wanted = listing.wanted;
    let name = StoredValue::new(name);
    let count = Memo::new(move |_| {
        listing.progressing.summary.with(|summary| {
            let found = summary.actions.iter().find(|(action, _)| *action == name.get_value());
            found.map_or(0, |(_, count)| *count)
        })
    });
    let is_pressed =
        Memo::new(move |_| wanted.with(|wanted| wanted.actions.contains(&name.get_value())));
    let press = move |_| {
        wanted.update(|wanted| name.with_value(|name| switch(&mut wanted.actions, name)));
    };
    view! {
        <button
            type="button"
            data-tone=tone(&name.get_value()).name()
            data-state=move || (count.get() == 0).then_some("none")
            aria-pressed=move || if is_pressed.get() { "true" } else { "false" }
            on:click=press
        >
            <span>{name.get_value()}</span>
            " "
            <strong>{count}</strong>
        </button>
    }
}
