//! The reference of all functions: found by typing, grouped by family, with examples that run.

use leptos::prelude::*;
use provisioning::expression::EvidenceLevel;
use provisioning::expression::function::{self, Function};

mod entry;
mod example;

use super::bench::Bench;
use super::family;
use crate::ui::{Disclosure, EmptyState, Glyph, SearchField};
use entry::{Entry, Notes};

/// All functions.
#[component]
pub(super) fn ReferencePanel(bench: Bench) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| search.with(|search| count(search)));
    let told = Signal::derive(move || {
        Some(format!("{} of {} functions", found.get(), function::ALL.len()))
    });
    let families = family::ALL.iter().map(|family| {
        let is_seen = Memo::new(move |_| {
            search.with(|search| named(family.functions).any(|f| answers(f, search)))
        });
        view! {
            <section hidden=move || !is_seen.get() aria-label=family.name>
                <h3>{family.name}</h3>
                {named(family.functions)
                    .map(|function| {
                        let is_seen = Memo::new(move |_| {
                            search.with(|search| answers(function, search))
                        });
                        view! { <Entry bench function is_seen /> }
                    })
                    .collect_view()}
            </section>
        }
    });
    view! {
        <div class="bench-panel">
            <SearchField
                label="Search the functions"
                value=search
                on_input=move |text| search.set(text)
                found=told
            />
            <Disclosure summary="What holds for all of them" note=function::NOTES.len().to_string()>
                <Notes notes=function::NOTES />
            </Disclosure>
            <div class="function-families">{families.collect_view()}</div>
            <Show when=move || found.get() == 0>
                <EmptyState title="No function answers to these words" glyph=Glyph::Search />
            </Show>
        </div>
    }
}

fn named(names: &'static [&'static str]) -> impl Iterator<Item = &'static Function> {
    names.iter().filter_map(|name| function::find(name))
}

fn count(search: &str) -> usize {
    function::ALL.iter().filter(|function| answers(function, search)).count()
}

/// Whether every word stands in the name, the summary, or a parameter.
fn answers(function: &Function, search: &str) -> bool {
    let mut text = format!("{} {}", function.name, function.summary);
    for parameter in function.parameters {
        text.push(' ');
        text.push_str(parameter.name);
        text.push(' ');
        text.push_str(parameter.description);
    }
    let text = text.to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// How well something is known, in a few words.
fn in_words(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::DocumentedExample => "Microsoft prints an example",
        EvidenceLevel::StatedRule => "Microsoft states the rule",
        EvidenceLevel::Chosen => "Chosen here: Microsoft is silent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_by_name_summary_and_parameter() {
        let left = function::find("Left").unwrap();
        assert!(answers(left, "LEFT") && answers(left, "numchars") && answers(left, ""));
        assert!(!answers(left, "left regular"));
        assert_eq!(count(""), function::ALL.len());
        assert_eq!(count("no function says this"), 0);
    }
}
