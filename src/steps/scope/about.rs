//! What scope is in Entra, where it stands, and what goes wrong with it.

use leptos::prelude::*;

use crate::guidance::Guidance;
use crate::route::Step;
use crate::wizard::Wizard;

/// The panel at the side.
#[component]
pub(super) fn About(wizard: Wizard) -> impl IntoView {
    view! {
        <Guidance step=Step::Scope />
        <p>
            "Somebody is provisioned who is active in Entra ID, passes the assignment gate, and \
             satisfies a scoping filter of their kind."
        </p>
        <h3>"In the portal"</h3>
        <p>
            <strong>"Current menu: "</strong>
            "Manage > Scoping filters > Users or Groups > pencil. The steps are Scope Settings, \
             Scope by assignment, Users and groups, Scope by attribute, Review. Assigned or all \
             is also under Overview > Properties > Basics."
        </p>
        <p>
            <strong>"Classic: "</strong>
            "Provisioning > Edit provisioning > Settings > Scope. Filters: Mappings > Provision \
             Microsoft Entra ID Users or Groups > Source object scope."
        </p>
        <h3>"In the application"</h3>
        <p>
            "The application knows nothing of scope. "
            {move || {
                console(wizard)
                    .map(|link| {
                        view! { "Who has an account is seen in its console: " <a href=link.clone()>{link.clone()}</a> "." }
                    })
            }}
        </p>
        <h3>"When it is wrong"</h3>
        <ul>
            <li>
                "An empty attribute passes IS NULL only. “Everybody except Sales” loses everybody \
                 without a department."
            </li>
            <li>
                "Groups inside an assigned group are not expanded: their members are not assigned."
            </li>
            <li>"A group of which members are out of scope is written without them."</li>
            <li>
                "Whoever goes out of scope is disabled. When they are back they are enabled, but \
                 their memberships are not restored."
            </li>
        </ul>
        <small>
            "Microsoft Learn: Scoping users or groups to be provisioned with scoping filters; How \
             application provisioning works, August 2026."
        </small>
    }
}

/// The address of the application's console.
fn console(wizard: Wizard) -> Option<String> {
    wizard.with(|draft| draft.application.as_ref()?.recipe.admin_console.clone())
}
