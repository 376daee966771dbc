//! The part of the workbench that stands beside a row's editor in the mapping.

use std::ops::Range;

use leptos::prelude::*;

use super::bench::Bench;
use super::result::ResultPane;
use super::unit_tests::{TestsBadge, Verdicts};
use crate::draft::place::Kind;
use crate::person_picker::Chosen;
use crate::ui::{Button, Glyph};
use crate::wizard::Wizard;

/// The result of a row's expression for the one on show, how its tests stand, and the way to the
/// whole workbench.
#[component]
pub fn RowBench(
    /// The shared context.
    wizard: Wizard,
    /// Users or groups.
    kind: Kind,
    /// The row's id.
    id: u32,
    /// Who is on show.
    chosen: Chosen,
    /// The pieces of the text that the result points to.
    lit: RwSignal<Vec<Range<usize>>>,
) -> impl IntoView {
    let mut bench = Bench::of_row(wizard, chosen, kind, id);
    bench.lit = lit;
    let verdicts = Verdicts::of(bench);
    let name = move || match chosen.name() {
        Some(name) => format!("Live value for {name}"),
        None => "Live value".to_owned(),
    };
    view! {
        <div class="row-bench">
            <header>
                <strong>{name}</strong>
                <TestsBadge bench verdicts />
            </header>
            <ResultPane bench without_picker=true />
            <Button
                label="Open in the workbench"
                icon=Glyph::Flask
                on_click=move |()| wizard.open_in_workbench(kind, id)
            />
        </div>
    }
}
