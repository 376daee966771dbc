//! The expression beside the saved one: how many people change, who, and from what to what.

use leptos::prelude::*;

use super::answer::Surveying;
use super::bench::Bench;
use super::everybody::HowFar;
use super::groups::Groups;
use crate::ui::{Button, Code, EmptyState, Glyph, Toggle};
use crate::worker::message::{Lens, Surveyed};

/// Those who change, grouped by what they had and what they get.
#[component]
pub(super) fn ComparePanel(bench: Bench) -> impl IntoView {
    let has_other = Memo::new(move |_| {
        bench.saved.with(|saved| saved.as_ref().is_some_and(|text| !text.trim().is_empty()))
    });
    view! {
        <div class="bench-panel">
            {move || {
                if has_other.get() {
                    view! { <Comparison bench /> }.into_any()
                } else {
                    view! { <NothingToCompare bench /> }.into_any()
                }
            }}
        </div>
    }
}

#[component]
fn Comparison(bench: Bench) -> impl IntoView {
    let only_in_scope = RwSignal::new(false);
    let question = Memo::new(move |_| bench.survey_query(only_in_scope.get()));
    let surveying = Surveying::of(bench.wizard, question);
    let told = Signal::derive(move || surveying.progress.with(summary));
    let label = Signal::derive(move || match bench.target() {
        Some(target) => format!("Saved in the mapping of {target}"),
        None => "Kept for comparison".to_owned(),
    });
    let is_own = Memo::new(move |_| bench.row.get().is_none());
    view! {
        <Code label text=Signal::derive(move || bench.saved.get().unwrap_or_default()) />
        <Show when=move || is_own.get()>
            <KeepThis bench />
        </Show>
        <HowFar surveying told />
        <Toggle
            label="Only those in scope"
            checked=only_in_scope
            on_change=move |on| only_in_scope.set(on)
        />
        <Groups bench surveying lens=Lens::Changes />
    }
}

#[component]
fn NothingToCompare(bench: Bench) -> impl IntoView {
    let why = move || match bench.row.get() {
        Some(_) => "The mapping has no expression yet.",
        None => "Keep what is typed now, change it, and see here who gets something else.",
    };
    let is_own = Memo::new(move |_| bench.row.get().is_none());
    view! {
        <EmptyState title="There is nothing to compare with" glyph=Glyph::Copy>
            <p>{why}</p>
            <Show when=move || is_own.get()>
                <KeepThis bench />
            </Show>
        </EmptyState>
    }
}

#[component]
fn KeepThis(bench: Bench) -> impl IntoView {
    let off = Signal::derive(move || {
        bench.is_unsound().then(|| "what is typed cannot be evaluated".to_owned())
    });
    view! {
        <Button
            label="Compare with what is typed now"
            off_because=off
            on_click=move |()| bench.keep_for_comparison()
        />
    }
}

fn summary(told: &Surveyed) -> String {
    match (told.changed, told.counted) {
        _ if told.total == 0 => String::new(),
        (0, counted) => format!("Nobody of {counted} changes."),
        (1, counted) => format!("1 of {counted} changes."),
        (changed, counted) => format!("{changed} of {counted} change."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_change_are_counted_among_all() {
        let told = |changed| Surveyed { total: 9, counted: 9, changed, ..Surveyed::default() };
        assert_eq!(summary(&told(0)), "Nobody of 9 changes.");
        assert_eq!(summary(&told(1)), "1 of 9 changes.");
        assert_eq!(summary(&told(9)), "9 of 9 change.");
    }
}
