//! New tests: from the result on show in one click, or with values of one's own.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::super::bench::Bench;
use crate::draft::mapping::unit_test::{Expected, Literal, Subject, UnitTest};
use crate::draft::place::Kind;
use crate::ui::{
    Appearance, Button, Cluster, Columns, Disclosure, Glyph, Select, SelectOption, Stack,
    TextField, use_announcer,
};
use crate::worker::message::Look;

/// Adds a test, unless it is there; a sentence on what became of it.
pub(in crate::workbench) fn add_test(bench: Bench, test: UnitTest) -> String {
    let is_there = bench.tests.with_untracked(|tests| tests.contains(&test));
    if is_there {
        return "This test is there already.".to_owned();
    }
    let said = format!(
        "Added a test for {}: expected is {}.",
        test.subject.in_words(),
        test.expected.in_words()
    );
    bench.edit_tests(|tests| tests.push(test));
    said
}

/// One click each: a test for the one on show, and a test with the values that were read.
#[component]
pub(in crate::workbench) fn AddTests(
    bench: Bench,
    #[prop(into)] look: Signal<Option<Look>>,
) -> impl IntoView {
    let announcer = use_announcer();
    let off = Signal::derive(move || {
        let nothing = look.with(Option::is_none) || bench.is_unsound();
        nothing.then(|| "there is no result to test for".to_owned())
    });
    let add = move |subject: fn(Bench, &Look) -> Option<Subject>| {
        let test = look.with_untracked(|look| {
            let look = look.as_ref()?;
            Some(UnitTest { subject: subject(bench, look)?, expected: look.found.expectation() })
        });
        if let Some(test) = test {
            announcer.say(add_test(bench, test));
        }
    };
    view! {
        <Cluster>
            <Button
                label="Add as a test"
                icon=Glyph::Add
                off_because=off
                on_click=move |()| add(|bench, _| person(bench))
            />
            <Button
                label="Add with these values"
                appearance=Appearance::Subtle
                off_because=off
                on_click=move |()| add(|_, look| Some(Subject::Values(look.reads.clone())))
            />
        </Cluster>
    }
}

/// The one on show: a user by the name that is read best, a group by its id.
fn person(bench: Bench) -> Option<Subject> {
    let name = untrack(|| {
        bench.chosen.with_person(|person| match bench.kind {
            Kind::User if !person.principal.detail.is_empty() => person.principal.detail.clone(),
            _ => person.principal.id.clone(),
        })
    });
    name.map(Subject::Person)
}

const VALUE: &str = "A value";

/// What can be expected, by its name in the list, and how it is made of what is typed.
type Choice = (&'static str, fn(String) -> Expected);

fn choices() -> [Choice; 4] {
    [
        (VALUE, Expected::Value),
        ("No value", |_| Expected::Empty),
        ("Dropped from the flow", |_| Expected::Dropped),
        ("An evaluation error", |_| Expected::Fault),
    ]
}

/// A form with a field for each attribute that the expression reads.
#[component]
pub(super) fn OwnValues(bench: Bench) -> impl IntoView {
    let announcer = use_announcer();
    let names = Memo::new(move |_| bench.expression.with(|read| attributes(read.attributes())));
    let typed = RwSignal::new(BTreeMap::<String, String>::new());
    let choice = RwSignal::new(VALUE.to_owned());
    let expected = RwSignal::new(String::new());
    let add = move |()| {
        let values = names.with_untracked(|names| {
            typed.with_untracked(|typed| {
                let of =
                    |name: &String| typed.get(name).map(|text| literal(text)).unwrap_or_default();
                names.iter().map(|name| (name.clone(), of(name))).collect()
            })
        });
        let chosen = choices().into_iter().find(|(name, _)| choice.get_untracked() == *name);
        if let Some((_, expects)) = chosen {
            let expected = expects(expected.get_untracked());
            announcer.say(add_test(bench, UnitTest { subject: Subject::Values(values), expected }));
        }
    };
    let field = move |name: String| {
        let (own, key) = (name.clone(), name.clone());
        view! {
            <TextField
                label=name
                optional=true
                mono=true
                value=Signal::derive(move || {
                    typed.with(|typed| typed.get(&own).cloned().unwrap_or_default())
                })
                on_input=move |text| {
                    typed.update(|typed| _ = typed.insert(key.clone(), text));
                }
            />
        }
    };
    view! {
        <Disclosure summary="Add a test with values of your own">
            <Stack>
                <p>"An empty field is no value. Several values are separated by a semicolon."</p>
                <Columns>
                    <For each=move || names.get() key=Clone::clone children=field />
                </Columns>
                <Columns>
                    <Select
                        label="Expected"
                        value=choice
                        on_change=move |name| choice.set(name)
                        options=choices().map(|(name, _)| SelectOption::new(name, name)).to_vec()
                    />
                    <Show when=move || choice.with(|choice| choice == VALUE)>
                        <TextField
                            label="Expected value"
                            mono=true
                            value=expected
                            on_input=move |text| expected.set(text)
                        />
                    </Show>
                </Columns>
                <Button label="Add this test" icon=Glyph::Add on_click=add />
            </Stack>
        </Disclosure>
    }
}

fn attributes<'a>(read: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in read {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The value that a typed text stands for.
fn literal(text: &str) -> Literal {
    if text.is_empty() {
        return Literal::Null;
    }
    match text.split(';').map(str::trim).collect::<Vec<_>>().as_slice() {
        [_] => Literal::Text(text.to_owned()),
        several => Literal::List(several.iter().map(|part| (*part).to_owned()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_text_is_one_value_or_several_or_none() {
        assert_eq!(literal(""), Literal::Null);
        assert_eq!(literal(" a "), Literal::Text(" a ".to_owned()));
        assert_eq!(literal("a; b"), Literal::List(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn an_attribute_that_is_read_twice_has_one_field() {
        assert_eq!(attributes(["mail", "surname", "mail"].into_iter()), ["mail", "surname"]);
    }
}
