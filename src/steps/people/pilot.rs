//! The pilot picker: whom to begin with, so that everything is seen on few people.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::assigning::Assigning;
use crate::numeral::grouped;
use crate::ui::{
    Appearance, Button, Card, Cluster, Disclosure, Glyph, Message, Notice, Progress, Tone,
    use_announcer,
};
use crate::worker::message::{Answer, Ask, PilotMember, Piloted};

/// So many reasons are listed of one person; the rest are counted.
const MOST_REASONS: usize = 12;

/// The card with the picker.
#[component]
pub(super) fn Pilot(assigning: Assigning) -> impl IntoView {
    let wizard = assigning.wizard;
    let found = RwSignal::new(None::<Piloted>);
    // What was found for another draft or other people says nothing of these.
    let basis = Memo::new(move |_| {
        wizard.with(|draft| (draft.users.clone(), draft.people.clone(), draft.sync_all))
    });
    Effect::watch(move || basis.get(), move |_, _, _| found.set(None), false);
    let announcer = use_announcer();
    let find = move |()| {
        found.set(Some(Piloted::default()));
        spawn_local(async move {
            while let Ok(Answer::Pilot(piloted)) = wizard.worker.ask(Ask::Pilot).await {
                let is_done = piloted.people.is_some() || piloted.fault.is_some();
                if let Some(people) = &piloted.people {
                    announcer.say(format!("A pilot of {} people is found", people.len()));
                }
                // The draft may have changed, or the step been left.
                let is_wanted = found.try_get_untracked().is_some_and(|found| found.is_some());
                if !is_wanted || found.try_set(Some(piloted)).is_some() || is_done {
                    break;
                }
            }
        });
    };
    let is_looking = Memo::new(move |_| {
        found.with(|found| {
            found.as_ref().is_some_and(|found| found.people.is_none() && found.fault.is_none())
        })
    });
    let off = move || is_looking.get().then(|| "everybody is being looked at".to_owned());
    view! {
        <Card
            title="Pilot"
            note="The fewest people on whom every branch of every mapping and filter is seen. Begin with them."
        >
            <Cluster>
                <Button
                    label="Find a pilot"
                    icon=Glyph::Group
                    off_because=Signal::derive(off)
                    on_click=find
                />
            </Cluster>
            {move || found.get().map(|found| told(assigning, found))}
        </Card>
    }
}

fn told(assigning: Assigning, piloted: Piloted) -> AnyView {
    if let Some(fault) = piloted.fault {
        return view! {
            <Notice title="Nobody can be chosen yet" tone=Tone::Warning>
                <p><Message text=Some(fault) /></p>
            </Notice>
        }
        .into_any();
    }
    let Some(people) = piloted.people else {
        let done = (piloted.of > 0).then(|| piloted.looked_at as f64 / piloted.of as f64);
        return view! {
            <Progress
                label="Looking at everybody"
                done=Signal::stored(done)
                text=format!("{} of {}", grouped(piloted.looked_at), grouped(piloted.of))
            />
        }
        .into_any();
    };
    if people.is_empty() {
        return view! { <p>"Nobody is active, so nobody shows anything."</p> }.into_any();
    }
    let smallest = if piloted.is_smallest { "No fewer would do." } else { "Fewer may do." };
    let count = people.len();
    let sentence = format!(
        "{count} of {} people take every one of the {} turns that anybody takes. {smallest}",
        grouped(piloted.of),
        grouped(piloted.turns)
    );
    let ids: Vec<String> = people.iter().map(|person| person.id.clone()).collect();
    let assign = move |()| {
        let role = untrack(|| assigning.role());
        assigning.all(&ids, Some(&role));
    };
    let lines = people.into_iter().map(member).collect_view();
    view! {
        <p>{sentence}</p>
        <ul class="pilot" aria-label="The pilot">
            {lines}
        </ul>
        <Cluster>
            <Button
                label=format!("Assign these {count}")
                icon=Glyph::Add
                appearance=Appearance::Primary
                on_click=assign
            />
            <small>"To see how somebody is disabled, take one assignment away afterwards."</small>
        </Cluster>
    }
    .into_any()
}

fn member(person: PilotMember) -> AnyView {
    let PilotMember { label, detail, shows, others, .. } = person;
    let note = match others {
        0 => "nobody else shows this".to_owned(),
        1 => "1 other would do".to_owned(),
        others => format!("{} others would do", grouped(others)),
    };
    let count = shows.len();
    let more = count.saturating_sub(MOST_REASONS);
    let reasons = shows
        .into_iter()
        .take(MOST_REASONS)
        .map(|text| view! { <li><Message text=Some(text) /></li> })
        .collect_view();
    let summary = match count {
        1 => "First to show 1 thing".to_owned(),
        count => format!("First to show {count} things"),
    };
    view! {
        <li>
            <strong>{label}</strong>
            <small>{detail} " · " {note}</small>
            <Disclosure summary=summary>
                <ul>{reasons}</ul>
                {(more > 0).then(|| view! { <p>{format!("And {more} more.")}</p> })}
            </Disclosure>
        </li>
    }
    .into_any()
}
