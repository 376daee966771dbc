//! What Entra does when the initial cycle is over.

use leptos::prelude::*;

use crate::ui::Card;

/// What happens after the initial cycle.
#[component]
pub(super) fn Afterwards() -> impl IntoView {
    view! {
        <Card
            title="What happens afterwards in Entra"
            note="The cycles above follow these rules too, as far as the sandbox shows them."
        >
            <ul>
                <li>
                    "The first start may show nothing for 20 minutes to several hours. That is \
                     normal."
                </li>
                <li>
                    "Incremental cycles follow about every 40 minutes, for objects that have \
                     changed. The interval cannot be set."
                </li>
                <li>
                    "Whoever leaves the scope is disabled. A deleted user is disabled first and \
                     deleted 30 days later."
                </li>
                <li>
                    "Changing mappings or scoping filters, or Restart provisioning, starts a new \
                     initial cycle."
                </li>
                <li>
                    "An object that fails is tried again after 6, 12 and 24 hours, then daily, for \
                     28 days at most."
                </li>
                <li>
                    "When most requests fail, or the token is refused, the job goes into \
                     quarantine: the cycles slow down to one a day, and after more than four weeks \
                     the job is disabled."
                </li>
            </ul>
        </Card>
    }
}
