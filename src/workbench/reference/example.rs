//! An example that runs where it stands, and that can be taken into the editor.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use provisioning::expression::function::Example;

use super::super::answer::ask;
use super::super::bench::Bench;
use super::super::found::FoundValue;
use crate::draft::mapping::unit_test::Literal;
use crate::ui::{Appearance, Button, Glyph};
use crate::worker::message::{BenchAnswer, BenchAsk, Found};

/// The expression, the attributes that it reads, and its result once it was run.
#[component]
pub(super) fn ExampleLine(bench: Bench, example: &'static Example) -> impl IntoView {
    let found = RwSignal::new(None::<Found>);
    let run = move |()| {
        let question = BenchAsk::Example(example.expression.to_owned(), values(example));
        spawn_local(async move {
            if let Some(BenchAnswer::Example(told)) = ask(bench.wizard, question).await {
                // The function may have been closed meanwhile.
                let _ = found.try_set(Some(told));
            }
        });
    };
    let result = move || match found.get() {
        None => {
            view! { <span class="found-value" data-state="none">"Not run yet"</span> }.into_any()
        }
        Some(found) => view! { <FoundValue found /> }.into_any(),
    };
    view! {
        <div class="function-example" role="group" aria-label=format!("Example {}", example.expression)>
            <code>{example.expression}</code>
            <small>{with(example)}</small>
            <div data-part="result" aria-live="polite">
                {result}
            </div>
            <Button label="Run" icon=Glyph::Play on_click=run />
            <Button
                label="Try in the workbench"
                appearance=Appearance::Subtle
                on_click=move |()| bench.take(example.expression, "The example")
            />
        </div>
    }
}

fn values(example: &Example) -> BTreeMap<String, Literal> {
    let of =
        |(name, value): &(&str, &str)| ((*name).to_owned(), Literal::Text((*value).to_owned()));
    example.attributes.iter().map(of).collect()
}

/// The attributes and the documented result.
fn with(example: &Example) -> String {
    let pairs: Vec<String> =
        example.attributes.iter().map(|(name, value)| format!("{name} = \"{value}\"")).collect();
    if pairs.is_empty() { String::new() } else { format!("with {}", pairs.join(", ")) }
}
