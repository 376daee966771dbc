//! The requests that were really sent for one object, with their answers.

use leptos::prelude::*;

use super::wire;
use crate::ui::{Code, Disclosure, Stack};
use crate::wizard::Wizard;
use crate::worker::message::Exchange;

/// Every request with its answer, closed until it is wanted.
#[component]
pub(super) fn Exchanges(exchanges: Vec<Exchange>) -> impl IntoView {
    let is_empty = exchanges.is_empty();
    view! {
        <section class="story-requests">
            <h3>"Requests that were sent"</h3>
            {is_empty
                .then(|| {
                    view! { <p>"None: it was decided without asking the application."</p> }
                })}
            {exchanges.into_iter().map(|exchange| view! { <Sent exchange /> }).collect_view()}
        </section>
    }
}

#[component]
fn Sent(exchange: Exchange) -> impl IntoView {
    let wizard = Wizard::here();
    let Exchange { purpose, request, answer } = exchange;
    let (status, name, body) = match answer {
        Ok((status, body)) => (status.to_string(), format!("Answer {status}"), body),
        Err(why) => ("no answer".to_owned(), "Why no answer came".to_owned(), why),
    };
    let body = if body.is_empty() { "(empty)".to_owned() } else { wire::pretty(&body) };
    let line = wire::readable_line(&request);
    view! {
        <Disclosure summary=purpose note=Some(format!("{} → {status}", request.method))>
            <Stack>
                <p>
                    <code>{line}</code>
                </p>
                <Code label="Request as sent" text=wire::message(&request) />
                <Code label=name text=wizard.redact(&body) />
            </Stack>
        </Disclosure>
    }
}
