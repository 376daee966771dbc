//! What a preview is to Entra, and what it cannot know.

use leptos::prelude::*;

use crate::guidance::Guidance;
use crate::route::Step;

/// The panel at the side of the step.
#[component]
pub(super) fn About() -> impl IntoView {
    view! {
        <Guidance step=Step::Preview />
        <h3>"In Entra"</h3>
        <p>
            "Entra has no preview of everybody. The nearest thing is "
            <strong>"Provision on demand"</strong>
            ", for one user at a time, and it writes. The preview takes its five steps for \
             everybody and stops before the write."
        </p>
        <p>
            "It asks what Entra would ask: whether the connection works, who answers to the \
             matching attribute, and what is set there already."
        </p>
        <h3>"In the portal"</h3>
        <p>
            "Provision on demand stands on the application's Provisioning page in the classic \
             layout, and in the left menu of the current one. Skip reasons and error codes are \
             those of the provisioning logs."
        </p>
        <h3>"In the application"</h3>
        <p>
            "Nothing changes. Its access log shows the GET requests, and some applications count \
             them against a limit: lower the requests per second there."
        </p>
        <h3>"When it is wrong"</h3>
        <p>
            "Everybody is created though they have accounts: the matching attribute has other \
             values in the application. Somebody is missing: open the line; the scope step names the gate."
        </p>
        <p>
            "An account that is linked and then deleted in the application shows as Create here; \
             Entra reports InvalidAnchor until provisioning is restarted."
        </p>
        <h3>"Source"</h3>
        <p>
            <small>
                "Microsoft Learn: on-demand provisioning; how application provisioning works; \
                 provisioning logs. As of September 2026; a live page may be newer."
            </small>
        </p>
    }
}
