//! What must be mended before something that was typed, pasted or opened is taken up.

use leptos::prelude::*;

use crate::ui::Message;
use crate::worker::message::Refusal;

/// The list of places, each with its rule and its repair.
pub fn refusals(faults: Vec<Refusal>) -> AnyView {
    view! {
        <ul class="refusals" aria-label="What must be mended">
            {faults.into_iter().map(line).collect_view()}
        </ul>
    }
    .into_any()
}

fn line(refusal: Refusal) -> AnyView {
    let Refusal { place, rule, repair } = refusal;
    view! {
        <li>
            <code>{place}</code>
            <span>
                <Message text=Some(rule) />
            </span>
            <small>
                <Message text=Some(repair) />
            </small>
        </li>
    }
    .into_any()
}
