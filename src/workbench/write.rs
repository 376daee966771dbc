//! The expression as text and as a form, what it does in one sentence, and what to mend.

use leptos::prelude::*;
use provisioning::expression::explain::explain;

mod advice;
mod form;

use super::bench::Bench;
use crate::ui::{Message, Tab, Tabs, TextArea};
pub(super) use advice::AdviceList;
use form::FormView;

const TEXT: &str = "Text";
const FORM: &str = "Form";

/// The two views of the expression, its explanation and the advice.
#[component]
pub(super) fn Writing(bench: Bench) -> impl IntoView {
    let view = RwSignal::new(TEXT);
    let select = move |name: String| view.set(if name == FORM { FORM } else { TEXT });
    view! {
        <div class="bench-writing">
            <Tabs
                label="Views of the expression"
                tabs=vec![Tab::new(TEXT, TEXT), Tab::new(FORM, FORM)]
                selected=Signal::derive(move || view.get().to_owned())
                on_select=select
            >
                {move || match view.get() {
                    FORM => view! { <FormView bench /> }.into_any(),
                    _ => view! { <TextView bench /> }.into_any(),
                }}
            </Tabs>
            <Explanation bench />
            <AdviceList bench />
        </div>
    }
}

#[component]
fn TextView(bench: Bench) -> impl IntoView {
    view! {
        <TextArea
            label="Expression"
            mono=true
            rows=7
            value=bench.text
            on_input=move |text| bench.write(text)
            hint="Attributes in brackets, text in double quotes.".to_owned()
            placeholder="Join(\" \", [givenName], [surname])"
        />
    }
}

/// What the expression does, in one sentence; nothing while it has a fault.
#[component]
pub(super) fn Explanation(bench: Bench) -> impl IntoView {
    let told = Memo::new(move |_| (!bench.is_unsound()).then(|| bench.expression.with(explain)));
    view! {
        <p class="explanation">
            <Message text=told />
        </p>
    }
}
