//! What an administrator may rely on, and where the data goes.

use leptos::prelude::*;

use crate::ui::{Glyph, Icon};

/// Three promises and the way of the data.
#[component]
pub(super) fn Promises() -> impl IntoView {
    let promise = |glyph, title, text| {
        view! {
            <li>
                <Icon glyph />
                <div>
                    <h3>{title}</h3>
                    <p>{text}</p>
                </div>
            </li>
        }
    };
    view! {
        <section class="promises" aria-labelledby="promises">
            <h2 id="promises">"What you can rely on"</h2>
            <ul>
                {promise(
                    Glyph::Good,
                    "Faithful",
                    "It does what Microsoft documents, names the page and its date, and says so \
                     where something is not known.",
                )}
                {promise(
                    Glyph::Eye,
                    "Safe",
                    "A preview only reads: it sends nothing but GET requests. The secret token \
                     stays in memory and is gone when you close the page.",
                )}
                {promise(
                    Glyph::Play,
                    "Fast",
                    "Every edit is judged at once, over everybody in your directory, on your own \
                     machine.",
                )}
            </ul>
            <p>
                <strong>"Where your data goes. "</strong>
                "People and drafts stay in this browser. With the sandbox nothing leaves this \
                 device. With the relay or the direct route, requests with the token go to your \
                 application's tenant URL, and nowhere else."
            </p>
        </section>
    }
}
