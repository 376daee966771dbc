//! One clause of a scoping filter: attribute, operator, value.

use leptos::{html, prelude::*};
use provisioning::scoping::{Arity, Operator};

use super::filter::{FilterHandle, take_focus};
use crate::draft::mapping::{ClauseDraft, FilterDraft};
use crate::draft::place::Place;
use crate::ui::{
    Appearance, Button, Glyph, Message, Select, SelectOption, TextField, use_announcer,
};

/// A handle on one clause by its index.
#[derive(Clone, Copy)]
struct ClauseHandle {
    filter: FilterHandle,
    at: usize,
}

impl ClauseHandle {
    /// A clause that was just deleted reads as an empty one until its fields are gone.
    fn with<T: Default>(self, read: impl FnOnce(&ClauseDraft) -> T) -> T {
        self.filter.with(|filter| filter.clauses.get(self.at).map(read).unwrap_or_default())
    }

    fn edit(self, what: &'static str, change: impl FnOnce(&mut ClauseDraft)) {
        self.filter.edit(what, |filter| {
            if let Some(clause) = filter.clauses.get_mut(self.at) {
                change(clause);
            }
        });
    }

    fn operator(self) -> Option<Operator> {
        self.with(|clause| Operator::from_name(&clause.operator))
    }
}

/// The fields of one clause.
#[component]
pub(super) fn ClauseFields(handle: FilterHandle, clause: usize) -> impl IntoView {
    let at = clause;
    let clause = ClauseHandle { filter: handle, at };
    let wizard = handle.filtering.wizard;
    let whole = NodeRef::<html::Div>::new();
    take_focus(handle.added, at, move || {
        whole.get_untracked().is_some_and(|whole| whole.focus().is_ok())
    });
    let problem =
        Memo::new(move |_| wizard.problem_at(Place::Clause(handle.filtering.kind, handle.at, at)));
    // A clause in which nothing was typed yet is not wrong.
    let state = move || {
        let is_untouched =
            clause.with(|clause| clause.attribute.is_empty() && clause.value.is_empty());
        problem.with(Option::is_some).then_some(if is_untouched { "open" } else { "problem" })
    };
    view! {
        <div
            class="clause-fields"
            role="group"
            aria-label=format!("Clause {}", at + 1)
            tabindex="-1"
            node_ref=whole
            data-state=state
        >
            <Attribute clause />
            <Comparison clause />
            <Delete clause />
            <p data-part="problem" aria-live="polite">
                <Message text=problem />
            </p>
            <Meaning clause />
        </div>
    }
}

#[component]
fn Attribute(clause: ClauseHandle) -> impl IntoView {
    let wizard = clause.filter.filtering.wizard;
    let suggestions = Signal::derive(move || wizard.people.with(|people| people.samples()));
    view! {
        <TextField
            label="Attribute"
            mono=true
            value=Signal::derive(move || clause.with(|clause| clause.attribute.clone()))
            on_input=move |text| clause.edit("clause-attribute", |clause| clause.attribute = text)
            suggestions
            placeholder="department"
        />
    }
}

#[component]
fn Comparison(clause: ClauseHandle) -> impl IntoView {
    let options = Operator::ALL.map(|own| SelectOption::new(own.label(), own.label())).to_vec();
    let takes_value =
        Memo::new(move |_| clause.operator().is_none_or(|own| own.arity() == Arity::Binary));
    view! {
        <Select
            label="Operator"
            value=Signal::derive(move || {
                clause.operator().map(Operator::label).unwrap_or_default().to_owned()
            })
            on_change=move |label| clause.edit("clause-operator", |clause| clause.operator = label)
            options
        />
        <div data-part="value">
            <Show when=move || takes_value.get()>
                <TextField
                    label="Value"
                    value=Signal::derive(move || clause.with(|clause| clause.value.clone()))
                    on_input=move |text| clause.edit("clause-value", |clause| clause.value = text)
                />
            </Show>
        </div>
    }
}

#[component]
fn Delete(clause: ClauseHandle) -> impl IntoView {
    let announcer = use_announcer();
    let filter = clause.filter;
    let delete = move |()| {
        filter.edit("clause-delete", |filter| _ = filter.clauses.remove(clause.at));
        announcer.say("Clause deleted. Undo brings it back.");
        if let Some(button) = filter.add_button.get_untracked() {
            // Focus fails only on an element that left the page.
            let _ = button.focus();
        }
    };
    view! {
        <Button
            label=format!("Delete clause {} of scoping filter {}", clause.at + 1, filter.at + 1)
            icon=Glyph::Delete
            icon_only=true
            appearance=Appearance::Subtle
            on_click=delete
        />
    }
}

/// When the clause holds; and where those without a value silently fail, how to keep them.
#[component]
fn Meaning(clause: ClauseHandle) -> impl IntoView {
    let operator = Memo::new(move |_| clause.operator());
    let attribute = Memo::new(move |_| clause.with(|clause| clause.attribute.trim().to_owned()));
    let loses = move || {
        let name = attribute.get();
        let loses = operator.get().is_some_and(loses_empty) && !name.is_empty();
        loses.then_some(name)
    };
    let keep = move |()| {
        let filter = clause.filter.with(|filter| Some(keeping_empty(filter, clause.at)));
        if let Some(filter) = filter {
            clause.filter.filtering.add(filter);
        }
    };
    view! {
        <small data-part="meaning">{move || operator.get().map(meaning)}</small>
        {move || {
            loses()
                .map(|name| {
                    view! {
                        <div data-part="warning">
                            <p>
                                "Whoever has no " <code>{name.clone()}</code>
                                " fails this clause too, and is disabled if an account exists."
                            </p>
                            <Button
                                label=format!("Keep those without {name}")
                                appearance=Appearance::Subtle
                                icon=Glyph::Add
                                on_click=keep
                            />
                        </div>
                    }
                })
        }}
    }
}

/// Operators that sound as if they let people without a value pass, and do not.
fn loses_empty(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::NotEquals | Operator::NotRegexMatch | Operator::NotInList | Operator::IsFalse
    )
}

/// The same filter for those without a value: it stands beside the other as an alternative.
fn keeping_empty(filter: &FilterDraft, clause: usize) -> FilterDraft {
    let mut kept = filter.clone();
    if let Some(clause) = kept.clauses.get_mut(clause) {
        Operator::IsNull.label().clone_into(&mut clause.operator);
        clause.value.clear();
        kept.title = format!("{}, or no {}", kept.title.trim(), clause.attribute.trim());
    }
    kept
}

/// When an operator holds.
fn meaning(operator: Operator) -> &'static str {
    match operator {
        Operator::Equals => {
            "Holds when the attribute is exactly this value. Case counts, blanks too."
        }
        Operator::NotEquals => {
            "Holds when the attribute has a value, and another one. Case counts."
        }
        Operator::RegexMatch => "Holds when the .NET regular expression is found in the attribute.",
        Operator::NotRegexMatch => {
            "Holds when the attribute has a value in which the regular expression is not found."
        }
        Operator::IsNull => "Holds when the attribute has no value.",
        Operator::IsNotNull => "Holds when the attribute has a value.",
        Operator::IsTrue => "Holds when the attribute is true.",
        Operator::IsFalse => "Holds when the attribute is false.",
        Operator::Includes => "Holds when the attribute contains this value. Case counts.",
        Operator::EndsWith => "Holds when the attribute ends with this value. Case counts.",
        Operator::InList => "Holds when the attribute's value occurs inside the text given here.",
        Operator::NotInList => {
            "Holds when the attribute has a value that does not occur inside the text given here."
        }
        Operator::GreaterThan => "Holds when the whole number is greater than this one.",
        Operator::GreaterThanOrEquals => "Holds when the whole number is this one or greater.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeping_those_without_a_value_keeps_the_other_clauses() {
        let clause = |attribute: &str, operator: &str, value: &str| ClauseDraft {
            attribute: attribute.to_owned(),
            operator: operator.to_owned(),
            value: value.to_owned(),
        };
        let filter = FilterDraft {
            title: "Not Sales".to_owned(),
            clauses: vec![
                clause("department", "NOT EQUALS", "Sales"),
                clause("country", "EQUALS", "NL"),
            ],
        };
        let kept = keeping_empty(&filter, 0);
        assert_eq!(kept.title, "Not Sales, or no department");
        assert_eq!(
            kept.clauses,
            [clause("department", "IS NULL", ""), clause("country", "EQUALS", "NL")]
        );
    }
}
