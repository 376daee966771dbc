//! The workbench: one expression, written, explained and tried on somebody, on everybody, on its
//! tests and on values that break things. The mapping editor shows a part of it.

use leptos::prelude::*;

mod advice;
mod answer;
mod bench;
mod compare;
mod everybody;
mod family;
mod found;
mod groups;
mod heading;
mod recipes;
mod reference;
mod result;
mod row;
mod stress;
mod trace;
mod unit_tests;
mod write;

pub use row::RowBench;

use crate::draft::place::Kind;
use crate::person_picker::Chosen;
use crate::ui::{Page, Tab, Tabs};
use crate::wizard::Wizard;
use advice::AdvicePanel;
use bench::Bench;
use compare::ComparePanel;
use everybody::EverybodyPanel;
use heading::Heading;
use recipes::RecipesPanel;
use reference::ReferencePanel;
use result::ResultPane;
use stress::StressPanel;
use unit_tests::{TestsPanel, Verdicts};
use write::Writing;

/// The screen.
#[component]
pub fn Workbench() -> impl IntoView {
    let wizard = Wizard::here();
    let kind = Memo::new(move |_| wizard.workpiece.with(|piece| piece.kind));
    view! {
        <Page
            title="Workbench"
            lead="Write an attribute-mapping expression and see at once what it gives: for \
                  somebody, for everybody, and for values that break things."
        >
            {move || view! { <Work wizard kind=kind.get() /> }}
        </Page>
    }
}

#[component]
fn Work(wizard: Wizard, kind: Kind) -> impl IntoView {
    let bench = Bench::of_workpiece(wizard, Chosen::or_invented(wizard, kind), kind);
    let verdicts = Verdicts::of(bench);
    view! {
        <Heading bench verdicts>
            <div class="bench-top">
                <Writing bench />
                <ResultPane bench />
            </div>
        </Heading>
        <Views bench verdicts />
    }
}

/// What lies below the expression.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Everybody,
    Tests,
    Stress,
    Compare,
    Advice,
    Reference,
    Recipes,
}

impl View {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Everybody, "All people"),
        (Self::Tests, "Tests"),
        (Self::Stress, "Stress"),
        (Self::Compare, "Compare"),
        (Self::Advice, "Advice"),
        (Self::Reference, "Reference"),
        (Self::Recipes, "Recipes"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(view, _)| *view == self).map_or("", |(_, name)| name)
    }
}

#[component]
fn Views(bench: Bench, verdicts: Verdicts) -> impl IntoView {
    let chosen = RwSignal::new(View::Everybody);
    let select = move |name: String| {
        if let Some((view, _)) = View::ALL.iter().find(|(_, own)| *own == name) {
            chosen.set(*view);
        }
    };
    let panel = move || match chosen.get() {
        View::Everybody => view! { <EverybodyPanel bench /> }.into_any(),
        View::Tests => view! { <TestsPanel bench verdicts /> }.into_any(),
        View::Stress => view! { <StressPanel bench /> }.into_any(),
        View::Compare => view! { <ComparePanel bench /> }.into_any(),
        View::Advice => view! { <AdvicePanel bench /> }.into_any(),
        View::Reference => view! { <ReferencePanel bench /> }.into_any(),
        View::Recipes => view! { <RecipesPanel bench /> }.into_any(),
    };
    view! {
        <section class="bench-views" aria-label="The expression tried out">
            <Tabs
                label="The expression tried out"
                tabs=View::ALL.map(|(_, name)| Tab::new(name, name)).to_vec()
                selected=Signal::derive(move || chosen.get().name().to_owned())
                on_select=select
            >
                {panel}
            </Tabs>
        </section>
    }
}
