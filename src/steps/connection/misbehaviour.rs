//! The sandbox's misbehaviours: what real endpoints do wrong, to be seen without one.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use sandbox::{Quirk, Quirks, Topic};

mod imitation;

use crate::ui::{Card, Disclosure, SearchField, Stack, Toggle, ToggleKind};
use crate::wizard::{Test, Wizard};
use crate::worker::message::Ask;
use imitation::Imitation;

/// Check boxes under headings, closed at first; typing narrows them, a server's name chooses some.
#[component]
pub(super) fn Misbehaviour(wizard: Wizard) -> impl IntoView {
    let note = Signal::derive(move || match wizard.quirks.with(Vec::len) {
        0 => None,
        count => Some(format!("{count} on")),
    });
    let query = RwSignal::new(String::new());
    let found = move || {
        let (found, all) = (query.with(|query| find(query).count()), Quirk::ALL.len());
        Some(if found == all {
            format!("{all} misbehaviours")
        } else {
            format!("{found} of {all} misbehaviours")
        })
    };
    let topics = move || query.with(|query| topics(query));
    view! {
        <Card
            title="Let the sandbox misbehave"
            note="For training: what a real endpoint's faults look like in Test Connection and in the preview. A reload switches them off."
        >
            <Disclosure summary="Misbehaviours" note>
                <Stack>
                    <Imitation wizard />
                    <SearchField
                        label="Search misbehaviours"
                        value=query
                        on_input=move |text| query.set(text)
                        found
                    />
                    <div class="misbehaviours">
                        <For each=topics key=|topic| *topic let:topic>
                            <Boxes wizard query topic />
                        </For>
                    </div>
                </Stack>
            </Disclosure>
        </Card>
    }
}

/// The check boxes of one topic, as far as they are found.
#[component]
fn Boxes(wizard: Wizard, query: RwSignal<String>, topic: Topic) -> impl IntoView {
    let found = move || {
        query.with(|query| {
            find(query).filter(|quirk| quirk.topic() == topic).collect::<Vec<Quirk>>()
        })
    };
    view! {
        <fieldset>
            <legend>{topic.title()}</legend>
            <For each=found key=|quirk| *quirk let:quirk>
                <Toggle
                    label=quirk.summary()
                    kind=ToggleKind::Checkbox
                    checked=Signal::derive(move || chosen(wizard).contains(quirk))
                    on_change=move |on| {
                        let mut quirks = untrack(|| chosen(wizard));
                        quirks.set(quirk, on);
                        switch(wizard, &quirks);
                    }
                />
            </For>
        </fieldset>
    }
}

/// The misbehaviours that are on.
fn chosen(wizard: Wizard) -> Quirks {
    wizard.quirks.with(|names| names.iter().filter_map(|name| Quirk::named(name)).collect())
}

/// Lets the sandbox misbehave like this from now on; what a test said before is no longer true.
fn switch(wizard: Wizard, quirks: &Quirks) {
    let names: Vec<String> = quirks.iter().map(|quirk| quirk.name().to_owned()).collect();
    wizard.quirks.set(names.clone());
    wizard.test.set(Test::None);
    spawn_local(async move {
        // A worker that has ended is told at the top of the page.
        let _ = wizard.worker.ask(Ask::Quirks(names)).await;
    });
}

/// The misbehaviours in whose sentence, name or topic every word is found.
fn find(query: &str) -> impl Iterator<Item = Quirk> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    Quirk::ALL.into_iter().filter(move |quirk| {
        let text = [quirk.summary(), quirk.name(), quirk.topic().title()].join(" ").to_lowercase();
        words.iter().all(|word| text.contains(word))
    })
}

/// The topics of what is found.
fn topics(query: &str) -> Vec<Topic> {
    let mut topics: Vec<Topic> = find(query).map(Quirk::topic).collect();
    topics.dedup();
    topics
}

#[cfg(test)]
mod tests {
    use super::{find, topics};
    use sandbox::{Quirk, Topic};

    #[test]
    fn typing_narrows_the_list() {
        let found = |query: &str| find(query).collect::<Vec<_>>();
        assert_eq!(found(" "), Quirk::ALL);
        assert_eq!(found("Retry-After"), [Quirk::ThrottledUntilDate]);
        assert_eq!(found("total-moving"), [Quirk::TotalMoving]);
        assert_eq!(found("501 patch"), [Quirk::PatchRefused]);
        assert_eq!(found("no such words"), []);
    }

    #[test]
    fn a_topic_without_a_hit_is_not_shown() {
        assert_eq!(topics(""), Topic::ALL);
        assert_eq!(topics("discovery"), [Topic::Discovery]);
        assert_eq!(topics("nonsense"), []);
    }
}
