//! Who is in use, in six numbers.

use leptos::prelude::*;

use super::editing::{Adding, Editing};
use crate::draft::PeopleSource;
use crate::numeral::grouped;
use crate::ui::{
    Appearance, Button, Card, Columns, EmptyState, Glyph, Message, Notice, Progress, Stat, Tone,
    use_announcer,
};
use crate::wizard::{People, Wizard};
use crate::worker::message::PeopleSummary;

/// The people in use.
#[component]
pub(super) fn Summary(wizard: Wizard, editing: Editing) -> impl IntoView {
    announce(wizard);
    let from = move || {
        let changed = wizard.with(|draft| by_hand(draft.by_hand.count()));
        let from = wizard.with(|draft| match draft.people {
            PeopleSource::Nobody => String::new(),
            PeopleSource::ByHand => "Added one by one.".to_owned(),
            PeopleSource::Invented { seed, .. } => format!("An invented tenant, seed {seed}."),
            PeopleSource::Graph { .. } => read_from(wizard),
        });
        [from, changed].join(" ").trim().to_owned()
    };
    let is_somebody = Memo::new(move |_| wizard.with(|draft| draft.people != PeopleSource::Nobody));
    let can_add = Memo::new(move |_| {
        wizard.people.with(|people| matches!(people, People::Nobody | People::Ready(_)))
    });
    let forget = move || {
        view! {
            <Show when=move || is_somebody.get()>
                <Button
                    label="Forget all"
                    icon=Glyph::Delete
                    appearance=Appearance::Subtle
                    on_click=move |()| wizard.forget_people()
                />
            </Show>
        }
    };
    view! {
        <Card title="People in use" note=from actions=forget>
            {move || match wizard.people.get() {
                People::Nobody => {
                    view! {
                        <EmptyState title="No people yet" glyph=Glyph::Person>
                            <p>"Invent a tenant above, read your own people, or add them one by one."</p>
                        </EmptyState>
                    }
                        .into_any()
                }
                People::Loading => {
                    view! { <Progress label="Loading the people" done=Signal::stored(None) /> }
                        .into_any()
                }
                People::Refused(_) => {
                    view! {
                        <EmptyState title="The people could not be read" glyph=Glyph::Warning>
                            <p>"What must be mended is told above."</p>
                        </EmptyState>
                    }
                        .into_any()
                }
                People::Ready(summary) => view! { <Numbers summary /> }.into_any(),
            }}
            <Show when=move || can_add.get()>
                <Adding editing />
            </Show>
        </Card>
    }
}

#[component]
fn Numbers(summary: PeopleSummary) -> impl IntoView {
    let numbers = [
        ("Users", summary.users),
        ("Groups", summary.groups),
        ("Guests", summary.guests),
        ("Sign-in blocked", summary.disabled),
        ("Soft-deleted", summary.soft_deleted),
        ("Without mail", summary.without_mail),
    ];
    let stats = numbers
        .into_iter()
        .map(|(label, count)| view! { <Stat label value=grouped(count) /> })
        .collect_view();
    let remarks = summary.remarks.into_iter().map(|remark| {
        view! {
            <li>
                <Message text=Some(remark) />
            </li>
        }
    });
    let remarks = remarks.collect_view();
    view! {
        <Columns>{stats}</Columns>
        {(!remarks.is_empty())
            .then(|| {
                view! {
                    <Notice title="Worth knowing" tone=Tone::Info>
                        <ul>{remarks}</ul>
                    </Notice>
                }
            })}
    }
}

/// How many were changed by hand.
fn by_hand(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 is changed by hand, which is kept with your draft.".to_owned(),
        _ => format!("{} are changed by hand, which is kept with your draft.", grouped(count)),
    }
}

fn read_from(wizard: Wizard) -> String {
    let kept = match wizard.import.is_kept.get() {
        true => "They are kept in this browser over a reload, and never sent anywhere.",
        false => "They are too many to be kept over a reload: read the files again then.",
    };
    format!("Read from files on this device. {kept}")
}

/// Says that the people have changed, but not that they were there when the step was opened.
fn announce(wizard: Wizard) {
    let announcer = use_announcer();
    Effect::watch(
        move || wizard.people.get(),
        move |people, before, _| {
            if let (People::Ready(summary), Some(before)) = (people, before)
                && people != before
            {
                announcer.say(format!(
                    "{} users and {} groups are in use",
                    grouped(summary.users),
                    grouped(summary.groups)
                ));
            }
        },
        false,
    );
}
