//! Where the people come from: invented, or read from Microsoft Graph JSON.

use leptos::prelude::*;

use super::invented::Invented;
use super::pasted::Pasted;
use crate::draft::PeopleSource;
use crate::ui::{Card, Choice, ChoiceOption};
use crate::wizard::Wizard;

const INVENTED: &str = "invented";
const GRAPH: &str = "graph";

/// The choice of a source, and the one chosen.
#[component]
pub(super) fn Source(wizard: Wizard) -> impl IntoView {
    let is_graph = wizard.peek(|draft| matches!(draft.people, PeopleSource::Graph { .. }))
        || wizard.pasting.with_untracked(|text| !text.is_empty());
    let chosen = RwSignal::new(if is_graph { GRAPH } else { INVENTED }.to_owned());
    let options = vec![
        ChoiceOption::new(
            INVENTED,
            "An invented tenant",
            "People who do not exist, with the faults of real directories. For trying things out.",
        ),
        ChoiceOption::new(
            GRAPH,
            "Your own people",
            "Paste or open what Microsoft Graph answers. It is read here and never sent anywhere.",
        ),
    ];
    view! {
        <Card title="Directory">
            <Choice
                legend="Where do the people come from?"
                value=chosen
                on_change=move |value| chosen.set(value)
                options
            />
            {move || {
                if chosen.with(|chosen| chosen == GRAPH) {
                    view! { <Pasted wizard /> }.into_any()
                } else {
                    view! { <Invented wizard /> }.into_any()
                }
            }}
        </Card>
    }
}
