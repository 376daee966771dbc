//! The step Scope: who is provisioned at all, and why somebody is not.

use leptos::prelude::*;

mod about;
mod clause;
mod counts;
mod filter;
mod filters;
mod gate;
mod reason;

use crate::advice::AdviceCard;
use crate::draft::place::Kind;
use crate::route::Step;
use crate::ui::{ButtonLink, Card, Notice, Page, Tab, Tabs, Tone};
use crate::wizard::{People, Wizard};
use about::About;
use counts::Counts;
use filters::Filters;
use gate::Gates;
use reason::Reason;

/// The step Scope.
#[component]
pub fn ScopeStep() -> impl IntoView {
    let wizard = Wizard::here();
    let missing = Memo::new(move |_| missing(wizard));
    view! {
        <Page
            title="Scope"
            place=format!("Step {} of {}", Step::Scope.number(), Step::ALL.len())
            lead="Two gates decide who is provisioned: the assignment, and your scoping filters. \
                  Both must be passed."
            about=move || view! { <About wizard /> }
        >
            {move || match missing.get() {
                Some(step) => view! { <Missing step /> }.into_any(),
                None => view! { <Body wizard /> }.into_any(),
            }}
        </Page>
    }
}

/// The step that comes first, if something is missing.
fn missing(wizard: Wizard) -> Option<Step> {
    if wizard.with(|draft| draft.application.is_none()) {
        return Some(Step::Application);
    }
    // People who are being read again stay on show.
    let nobody = wizard.people.with(|people| matches!(people, People::Nobody | People::Refused(_)));
    nobody.then_some(Step::People)
}

#[component]
fn Missing(step: Step) -> impl IntoView {
    let (title, why) = match step {
        Step::Application => ("There is no application yet", "Scope belongs to an application."),
        _ => ("There are no people yet", "With people, you see at once who is in and who is out."),
    };
    view! {
        <Notice title tone=Tone::Info>
            <p>{why}</p>
            <ButtonLink label=format!("Go to {step}") href=step.href() />
        </Notice>
    }
}

#[component]
fn Body(wizard: Wizard) -> impl IntoView {
    let selected = RwSignal::new(Kind::User);
    let kind = Memo::new(move |_| selected.get());
    let select = move |name: String| {
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.plural() == name) {
            selected.set(kind);
        }
    };
    view! {
        <Gates wizard />
        <Counts wizard />
        <Card
            title="Scoping filters"
            note="One satisfied filter is enough; inside a filter every clause must hold. Without \
                  a filter, everybody passes."
        >
            <Tabs
                label="Objects to filter"
                tabs=Kind::ALL.map(|kind| Tab::new(kind.plural(), kind.plural())).to_vec()
                selected=Signal::derive(move || kind.get().plural().to_owned())
                on_select=select
            >
                {move || {
                    let kind = kind.get();
                    view! {
                        <Filters wizard kind />
                        <Reason wizard kind />
                    }
                }}
            </Tabs>
        </Card>
        <AdviceCard wizard step=Step::Scope />
    }
}
