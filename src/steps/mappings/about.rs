//! What the attribute mappings are in Entra, where they stand, and what goes wrong with them.

use leptos::prelude::*;

use crate::guidance::Guidance;
use crate::route::Step;
use crate::wizard::Wizard;

/// The panel at the side.
#[component]
pub(super) fn About(wizard: Wizard) -> impl IntoView {
    view! {
        <Guidance step=Step::Mappings />
        <p>
            "Entra evaluates every row for every person in scope. A row without a value sends \
             nothing. One row at least must be a matching attribute: by it Entra finds accounts \
             that exist already."
        </p>
        <h3>"In the portal"</h3>
        <p>
            <strong>"Current menu: "</strong>
            "Manage > Attribute mapping > Users or Groups."
        </p>
        <p>
            <strong>"Classic: "</strong>
            "Provisioning > Edit provisioning > Mappings > Provision Microsoft Entra ID Users or \
             Groups."
        </p>
        <p>
            "Required and Exact case belong to the attribute list there: Advanced options > Edit \
             attribute list, now Edit target User attributes."
        </p>
        <h3>"In the application"</h3>
        <p>
            "Mappings are kept in Entra alone. The application's console shows what came of them"
            {move || console(wizard).map(|link| view! { ": " <a href=link.clone()>{link.clone()}</a> })} "."
        </p>
        <h3>"Where a row comes from"</h3>
        <p>
            <strong>"Published: "</strong>
            "Microsoft prints this pair. "
            <strong>"Usual: "</strong>
            "most SCIM applications have it; it is not published for this one. "
            <strong>"Open question: "</strong>
            "the tutorial names the target but no source, so you choose. "
            <strong>"Own: "</strong>
            "typed by you."
        </p>
        <h3>"When it is wrong"</h3>
        <ul>
            <li>
                "Without a row fed by IsSoftDeleted, nobody is ever disabled in the application."
            </li>
            <li>"With Update off, no disable is sent either."</li>
            <li>
                "A matching attribute that differs from what the application holds makes a second \
                 account, or a conflict."
            </li>
            <li>
                "Saving mappings in Entra starts an initial cycle over everybody again."
            </li>
        </ul>
        <small>
            "Microsoft Learn: How to customize attribute mappings, August 2026; Reference for \
             writing expressions, April 2026."
        </small>
    }
}

/// The address of the application's console.
fn console(wizard: Wizard) -> Option<String> {
    wizard.with(|draft| draft.application.as_ref()?.recipe.admin_console.clone())
}
