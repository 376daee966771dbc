//! The expression as text and as a form.

use leptos::prelude::*;

mod form;

use super::bench::Bench;
use crate::expression_editor::ExpressionEditor;
use crate::ui::{Tab, Tabs};
use form::FormView;

const TEXT: &str = "Text";
const FORM: &str = "Form";

/// The two views of the expression.
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
        </div>
    }
}

#[component]
fn TextView(bench: Bench) -> impl IntoView {
    view! {
        <ExpressionEditor
            label="Expression"
            value=bench.text
            on_input=move |text| bench.write(text)
            setting=bench.setting()
            lit=bench.lit
            rows=8
            hint="Attributes in brackets, text in double quotes.".to_owned()
        />
    }
}
