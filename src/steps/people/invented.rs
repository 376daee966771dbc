//! An invented tenant in one click: its size, and the number that decides who is in it.

use leptos::prelude::*;

use crate::draft::PeopleSource;
use crate::ui::{
    Appearance, Button, Cluster, Columns, Glyph, Select, SelectOption, TextField, TextKind,
};
use crate::wizard::{People, Wizard};

const SIZES: [(&str, &str); 6] = [
    ("10", "10 users"),
    ("50", "50 users"),
    ("200", "200 users"),
    ("1000", "1,000 users"),
    ("10000", "10,000 users"),
    ("100000", "100,000 users"),
];

/// The form of an invented tenant.
#[component]
pub(super) fn Invented(wizard: Wizard) -> impl IntoView {
    let (size, seed) = wizard.peek(|draft| match draft.people {
        PeopleSource::Invented { size, seed } => (size, seed),
        _ => (50, 1),
    });
    let size = RwSignal::new(size.to_string());
    let seed = RwSignal::new(seed.to_string());
    let options: Vec<_> =
        SIZES.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect();
    let problem = move || seed.with(|text| seed_problem(text));
    let off = move || {
        problem().or_else(|| {
            wizard
                .people
                .with(|people| *people == People::Loading)
                .then(|| "the people are being loaded".to_owned())
        })
    };
    let invent = move |()| {
        let size = size.with_untracked(|text| text.parse().ok());
        let seed = seed.with_untracked(|text| text.trim().parse().ok());
        if let Some((size, seed)) = size.zip(seed) {
            wizard.invent_people(size, seed);
        }
    };
    let replaces = move || wizard.with(|draft| !draft.assignments.is_empty());
    view! {
        <Columns>
            <Select
                label="Number of users"
                hint="Eight groups come with them.".to_owned()
                value=size
                on_change=move |value| size.set(value)
                options
            />
            <TextField
                label="Seed"
                hint="The same size and seed give the same people.".to_owned()
                kind=TextKind::Number
                value=seed
                on_input=move |text| seed.set(text)
                on_commit=invent
                problem=Signal::derive(problem)
            />
        </Columns>
        <Cluster>
            <Button
                label="Invent a tenant"
                icon=Glyph::Group
                appearance=Appearance::Primary
                off_because=Signal::derive(off)
                on_click=invent
            />
            <Show when=replaces>
                <small>"Takes the place of the people and assignments in use. Undo brings them back."</small>
            </Show>
        </Cluster>
    }
}

/// What is wrong with a seed as typed.
fn seed_problem(text: &str) -> Option<String> {
    let text = text.trim();
    text.parse::<u32>().is_err().then(|| {
        format!(
            "the seed `{text}` is not a whole number from 0 to {} – type a number such as 1",
            u32::MAX
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_number_that_fits() {
        assert_eq!(seed_problem(" 7 "), None);
        for text in ["", "x", "-1", "1.5", "4294967296"] {
            assert!(seed_problem(text).is_some(), "{text}");
        }
    }

    #[test]
    fn every_size_is_a_number() {
        for (value, label) in SIZES {
            let value: u32 = value.parse().unwrap();
            assert_eq!(label.replace(',', ""), format!("{value} users"));
        }
    }
}
