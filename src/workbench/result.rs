//! The result for the one on show, what was read for it, and how it comes about.

use leptos::{html, prelude::*};

use super::answer::{Question, answered};
use super::bench::Bench;
use super::found::FoundValue;
use super::trace::TraceTree;
use super::unit_tests::AddTests;
use crate::person_picker::PersonPicker;
use crate::worker::message::{BenchAnswer, BenchAsk, Look};

/// What the expression gives for the one on show; it follows what is typed.
pub(super) fn look(bench: Bench) -> RwSignal<Option<Look>> {
    let question: Memo<Question> = Memo::new(move |_| {
        let ask = BenchAsk::Look(bench.formula()?, bench.chosen.id()?);
        Some((ask, bench.wizard.view.get()))
    });
    answered(bench.wizard, question, |answer| match answer {
        BenchAnswer::Look(look) => look,
        _ => None,
    })
}

/// The result with all that belongs to it.
#[component]
pub(super) fn ResultPane(
    bench: Bench,
    /// Whom one looks at is chosen elsewhere.
    #[prop(optional)]
    without_picker: bool,
) -> impl IntoView {
    let look = look(bench);
    let shown = Signal::derive(move || look.get().filter(|_| !bench.is_blank()));
    let top = NodeRef::<html::Section>::new();
    // Whoever is opened in a table below is looked at here.
    Effect::new(move |_| {
        if bench.shown.get() > 0
            && let Some(top) = top.get_untracked()
        {
            top.scroll_into_view();
        }
    });
    let picker = (!without_picker).then(|| {
        let label = format!("Result for this {}", bench.kind.singular().to_lowercase());
        view! { <PersonPicker label chosen=bench.chosen /> }
    });
    view! {
        <section class="bench-result" aria-label="Result" node_ref=top>
            {picker}
            <Shown bench look />
            <AddTests bench look />
            <TraceTree bench look=shown />
        </section>
    }
}

/// The value. While the text has a fault the last one stays, marked as such.
#[component]
fn Shown(bench: Bench, look: RwSignal<Option<Look>>) -> impl IntoView {
    let state = Memo::new(move |_| match bench.is_blank() {
        true => "nothing",
        false if bench.is_unsound() => "former",
        false => "present",
    });
    let value = move || match (state.get(), look.get()) {
        ("nothing", _) => "Type an expression, or take a recipe.".into_any(),
        ("former", None) => "not evaluated".into_any(),
        (_, None) => "–".into_any(),
        (_, Some(look)) => view! { <FoundValue found=look.found /> }.into_any(),
    };
    let note = move || match state.get() {
        "former" if look.with(Option::is_none) => Some("Mend the fault to see it.".to_owned()),
        "former" => Some("Before the fault: mend it to see the new result.".to_owned()),
        "nothing" => None,
        _ => look.with(|look| look.as_ref().map(reads)),
    };
    view! {
        <div class="bench-value" data-state=state>
            <div data-part="value">{value}</div>
            <small>{note}</small>
        </div>
    }
}

/// The attributes that are read, with their values.
fn reads(look: &Look) -> String {
    let pairs = look.reads.iter().map(|(name, value)| format!("{name} = {}", value.shown()));
    let pairs: Vec<String> = pairs.collect();
    if pairs.is_empty() { "Reads no attribute.".to_owned() } else { pairs.join(", ") }
}
