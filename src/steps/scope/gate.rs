//! The assignment gate, and what happens to accounts that go out of scope.

use leptos::prelude::*;

use crate::ui::{Card, Choice, ChoiceOption, Toggle};
use crate::wizard::Wizard;

const ASSIGNED: &str = "assigned";
const ALL: &str = "all";

/// Assigned or all, and the setting that leaves accounts alone.
#[component]
pub(super) fn Gates(wizard: Wizard) -> impl IntoView {
    let scope = move || wizard.with(|draft| if draft.sync_all { ALL } else { ASSIGNED }.to_owned());
    let options = vec![
        ChoiceOption::new(
            ASSIGNED,
            "Sync only assigned users and groups (recommended)",
            "Whoever is assigned, alone or through a group of which they are a direct member.",
        ),
        ChoiceOption::new(
            ALL,
            "Sync all users and groups",
            "Everybody in the tenant, guests too. Role mappings that read the assigned role do \
             not work. A change back needs a restart of provisioning.",
        ),
    ];
    view! {
        <Card title="Who is looked at">
            <Choice
                legend="Scope"
                value=Signal::derive(scope)
                on_change=move |chosen: String| {
                    wizard.edit("scope", |draft| draft.sync_all = chosen == ALL);
                }
                options
            />
            <Toggle
                label="Leave accounts that go out of scope as they are"
                checked=Signal::derive(move || {
                    wizard.with(|draft| draft.skip_out_of_scope_deletions)
                })
                on_change=move |on| {
                    wizard.edit("skip-deletions", |draft| draft.skip_out_of_scope_deletions = on);
                }
                hint="Otherwise they are disabled. The portal has no switch for this: it is \
                      `SkipOutOfScopeDeletions`, set through Microsoft Graph."
                    .to_owned()
            />
        </Card>
    }
}
