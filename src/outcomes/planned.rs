//! The writes that a verdict stands for, in both wire forms.

use leptos::prelude::*;

use super::wire;
use crate::ui::{Code, Stack, Tab, Tabs};
use crate::worker::message::WireRequest;

const LEGACY: &str = "legacy";
const COMPLIANT: &str = "compliant";

/// The writes of one object; a preview has not sent them.
#[component]
pub(super) fn Planned(
    legacy: Vec<WireRequest>,
    compliant: Vec<WireRequest>,
    was_preview: bool,
) -> impl IntoView {
    let heading = if was_preview {
        "Requests that provisioning would send"
    } else {
        "The writes in both wire forms"
    };
    let is_empty = legacy.is_empty() && compliant.is_empty();
    view! {
        <section class="story-requests">
            <h3>{heading}</h3>
            {if is_empty {
                view! { <p>"None: nothing is written."</p> }.into_any()
            } else {
                view! { <Forms legacy compliant was_preview /> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Forms(
    legacy: Vec<WireRequest>,
    compliant: Vec<WireRequest>,
    was_preview: bool,
) -> impl IntoView {
    let selected = RwSignal::new(LEGACY.to_owned());
    let are_alike = legacy == compliant;
    let forms = StoredValue::new((legacy, compliant));
    let blocks = move || {
        forms.with_value(|(legacy, compliant)| {
            let requests = if selected.get() == COMPLIANT { compliant } else { legacy };
            requests.iter().map(block).collect_view()
        })
    };
    view! {
        <p>
            "A gallery application gets the default form. The flag "
            <code>"aadOptscim062020"</code>
            " in the tenant URL asks for the form that keeps to the standard; provision on demand \
             ignores the flag."
            {(!was_preview).then_some(" This run has sent the default form.")}
            {are_alike.then_some(" For this person both forms are the same.")}
        </p>
        <Tabs
            label="Wire form"
            tabs=vec![Tab::new(LEGACY, "Default"), Tab::new(COMPLIANT, "aadOptscim062020")]
            selected
            on_select=move |form| selected.set(form)
        >
            <Stack>{blocks}</Stack>
        </Tabs>
    }
}

fn block(request: &WireRequest) -> impl IntoView + use<> {
    view! { <Code label=wire::readable_line(request) text=wire::message(request) /> }
}
