//! What the connection is in Entra, where it stands there and in the application's console.

use leptos::prelude::*;

use crate::guidance::Guidance;
use crate::route::Step;
use crate::wizard::Wizard;

/// The panel at the side of the step.
#[component]
pub(super) fn About() -> impl IntoView {
    let wizard = Wizard::here();
    let console = move || {
        wizard.with(|draft| {
            let recipe = &draft.application.as_ref()?.recipe;
            let path = recipe.console_path.join(" > ");
            Some((recipe.name.clone(), recipe.admin_console.clone(), path))
        })
    };
    view! {
        <Guidance step=Step::Connection />
        <h3>"In Entra"</h3>
        <p>
            "Entra calls the application's SCIM endpoint with a bearer token. Test Connection asks \
             for a user by a random GUID and expects an empty list; only then can the \
             configuration be saved."
        </p>
        <h3>"In the portal"</h3>
        <p>"Current layout: Provisioning > New configuration; later Connectivity."</p>
        <p>"Classic layout: Provisioning > Mode Automatic > Admin Credentials; the e-mail is under Settings."</p>
        {move || {
            console()
                .map(|(name, address, path)| {
                    view! {
                        <h3>{format!("In {name}")}</h3>
                        {address.map(|address| view! { <p><code>{address}</code></p> })}
                        <p>
                            {if path.is_empty() {
                                "The tutorial names no menu path.".to_owned()
                            } else {
                                format!("{path}; then copy the token.")
                            }}
                        </p>
                    }
                })
        }}
        <h3>"When it is wrong"</h3>
        <p>
            "The portal says “You appear to have entered invalid credentials” for a wrong path, a \
             wrong token, a web page and a failing server alike. A token that expires later puts \
             the job into quarantine."
        </p>
        <p>"The token is shown once: Entra and Graph never give it back."</p>
        <small>
            "Sources: Microsoft Learn, Configure Envoy for automatic user provisioning; Develop and \
             plan provisioning for a SCIM endpoint (September 2026)."
        </small>
    }
}
