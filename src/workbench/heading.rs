//! Which expression lies on the workbench, how it stands, and the ways to save it.

use leptos::prelude::*;
use provisioning::expression::recipe;

use super::bench::Bench;
use super::unit_tests::{TestsBadge, Verdicts};
use crate::draft::place::Kind;
use crate::ui::{
    Appearance, Badge, Button, Card, Cluster, Glyph, Select, SelectOption, Tone, use_announcer,
};

/// The card around the expression.
#[component]
pub(super) fn Heading(bench: Bench, verdicts: Verdicts, children: Children) -> impl IntoView {
    let title = move || match bench.target() {
        Some(target) => format!("{target} of {}", bench.kind.plural().to_lowercase()),
        None => "An expression of its own".to_owned(),
    };
    let note = move || match (bench.row.get(), bench.has_people()) {
        (Some(_), _) => {
            "From the mapping. What you change here reaches the mapping when you save it."
        }
        (None, true) => "It belongs to no mapping and changes nothing. It is kept in this browser.",
        (None, false) => "It belongs to no mapping. Nobody is loaded, so invented people stand in.",
    };
    view! {
        <Card
            title
            note=Signal::derive(move || note().to_owned())
            actions=move || view! { <State bench verdicts /> }
        >
            {children()}
            <Actions bench />
        </Card>
    }
}

#[component]
fn State(bench: Bench, verdicts: Verdicts) -> impl IntoView {
    let saved = Memo::new(move |_| {
        bench.row.get()?;
        let is_saved =
            bench.saved.with(|saved| bench.text.with(|text| saved.as_ref() == Some(text)));
        Some(if is_saved { ("Saved", Tone::Neutral) } else { ("Not saved", Tone::Warning) })
    });
    view! {
        <Cluster>
            <TestsBadge bench verdicts />
            {move || saved.get().map(|(text, tone)| view! { <Badge text=text.to_owned() tone /> })}
        </Cluster>
    }
}

#[component]
fn Actions(bench: Bench) -> impl IntoView {
    let announcer = use_announcer();
    let of_row = Memo::new(move |_| bench.row.get().is_some());
    let save_off = Signal::derive(move || {
        let is_saved =
            bench.saved.with(|saved| bench.text.with(|text| saved.as_ref() == Some(text)));
        match bench.is_unsound() {
            true => Some("the expression has a fault".to_owned()),
            false => is_saved.then(|| "the mapping has this expression".to_owned()),
        }
    });
    let save = move |()| {
        bench.save();
        announcer.say("Saved in the mapping. Undo takes it back.");
    };
    let can_bring_back = Memo::new(move |_| bench.has_former());
    let kinds = Kind::ALL.map(|kind| SelectOption::new(kind.plural(), kind.plural())).to_vec();
    let choose = move |name: String| {
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.plural() == name) {
            bench.set_kind(kind);
        }
    };
    let own = move || {
        view! {
            <Select
                label="For"
                value=bench.kind.plural().to_owned()
                on_change=choose
                options=kinds.clone()
            />
            <Button
                label="Try an example"
                appearance=Appearance::Subtle
                on_click=move |()| bench.take(recipe::COUNTRY_CODE.expression, "The example")
            />
        }
    };
    let of_mapping = move || {
        view! {
            <Button
                label="Save in the mapping"
                appearance=Appearance::Primary
                off_because=save_off
                on_click=save
            />
            <Button
                label="Lay the mapping aside"
                appearance=Appearance::Subtle
                on_click=move |()| bench.let_go()
            />
        }
    };
    view! {
        <div class="bench-actions">
            {move || if of_row.get() { of_mapping().into_any() } else { own().into_any() }}
            <Show when=move || can_bring_back.get()>
                <Button
                    label="Bring back what lay here"
                    icon=Glyph::Undo
                    appearance=Appearance::Subtle
                    on_click=move |()| bench.bring_back()
                />
            </Show>
        </div>
    }
}
