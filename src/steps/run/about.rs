//! What running is in Entra, where it is started there, and what goes wrong.

use leptos::prelude::*;

use crate::guidance::Guidance;
use crate::route::Step;

/// The panel at the side of the step.
#[component]
pub(super) fn About() -> impl IntoView {
    view! {
        <Guidance step=Step::Run />
        <h3>"In Entra"</h3>
        <p>
            "The "
            <strong>"initial cycle"</strong>
            " looks everybody in scope up in the application, creates or updates them, and keeps \
             the link. Later cycles go by the link alone."
        </p>
        <p>
            <strong>"Provision on demand"</strong>
            " takes one user, or one group with up to five members, and usually ends within 30 \
             seconds. Nested groups, roles and deleted users are out of its reach."
        </p>
        <h3>"In the portal"</h3>
        <p>
            "Current layout: Provision on demand in the left menu; Overview > Start provisioning, \
             and Pause to stop."
        </p>
        <p>"Classic layout: Provisioning > Provisioning Status On > Save."</p>
        <p>
            "Overview (Current status in the classic layout) shows the cycle, its completion and \
             the way to the provisioning logs. They are kept for 30 days with a premium licence, \
             7 days without."
        </p>
        <h3>"In the application"</h3>
        <p>"Look for the person among its users: a new account should be there, with its values."</p>
        <h3>"When it is wrong"</h3>
        <p>
            "Switching off lets the running cycle finish. Changing the matching attribute later \
             does not match linked people again; that takes a restart with a full reset."
        </p>
        <p>
            "Assign one or two people for the first run. Whoever should not have been created \
             must be removed in the application by hand."
        </p>
        <h3>"Source"</h3>
        <p>
            <small>
                "Microsoft Learn: on-demand provisioning; how application provisioning works; when \
                 provisioning finishes. As of September 2026, the portal's layouts as of August \
                 2026; a live page may be newer."
            </small>
        </p>
    }
}
