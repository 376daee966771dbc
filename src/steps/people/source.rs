//! Where the people come from: invented, or read from the administrator's files.

use leptos::prelude::*;

use super::invented::Invented;
use super::pasted::Pasted;
use crate::draft::PeopleSource;
use crate::ui::{Card, Choice, ChoiceOption};
use crate::wizard::Wizard;

const INVENTED: &str = "invented";
const OWN: &str = "own";

/// The choice of a source, and the one chosen.
#[component]
pub(super) fn Source(wizard: Wizard) -> impl IntoView {
    let is_own = wizard.peek(|draft| matches!(draft.people, PeopleSource::Graph { .. }))
        || wizard.pasting.with_untracked(|text| !text.is_empty())
        || wizard.import.chosen.with_untracked(|files| !files.is_empty());
    let chosen = RwSignal::new(if is_own { OWN } else { INVENTED }.to_owned());
    let options = vec![
        ChoiceOption::new(
            INVENTED,
            "An invented tenant",
            "People who do not exist, with the faults of real directories. For trying things out.",
        ),
        ChoiceOption::new(
            OWN,
            "Your own people",
            "Files of Microsoft Graph, of the portal, or of your own. They are read here and never sent anywhere.",
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
                if chosen.with(|chosen| chosen == OWN) {
                    view! { <Pasted wizard /> }.into_any()
                } else {
                    view! { <Invented wizard /> }.into_any()
                }
            }}
        </Card>
    }
}
