//! The administrator's own people: files dropped, chosen or pasted, read whole or not at all.

use leptos::prelude::*;
use web_sys::File;

use super::files::Files;
use super::graph_calls::GraphCalls;
use crate::numeral::grouped;
use crate::refusals::refusals;
use crate::ui::{
    Appearance, Button, Cluster, DropArea, Glyph, Notice, Progress, TextArea, Tone, Urgency,
};
use crate::wizard::{People, Wizard};
use crate::worker::message::{Refusal, Underway};

/// How many faults are listed; the rest are counted.
const MOST_LISTED: usize = 20;

/// The form of the administrator's own people.
#[component]
pub(super) fn Pasted(wizard: Wizard) -> impl IntoView {
    let text = wizard.pasting;
    let import = wizard.import;
    let off = move || {
        let is_empty = text.with(|text| text.trim().is_empty());
        (is_empty && import.chosen.with(Vec::is_empty))
            .then(|| "choose files, or paste text first".to_owned())
    };
    let choose = move |files: Vec<File>| wizard.choose_files(files);
    view! {
        <DropArea
            text="Drop files here: Microsoft Graph's answers as JSON or with one object on each \
                  line, the portal's downloads of users and group members, or any CSV. Several are \
                  joined. They are read on this device and never sent anywhere."
            label="Choose files"
            accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv,application/json"
            on_files=choose
        />
        <Files wizard />
        <TextArea
            label="Or paste them as text"
            placeholder="{ \"users\": { \"value\": [ … ] }, \"groups\": { \"value\": [ … ] } }"
            value=text
            on_input=move |typed| text.set(typed)
            rows=5
            mono=true
        />
        {move || match import.is_reading() {
            true => reading(wizard),
            false => {
                view! {
                    <Cluster>
                        <Button
                            label="Read"
                            icon=Glyph::Check
                            appearance=Appearance::Primary
                            off_because=Signal::derive(off)
                            on_click=move |()| wizard.read_files()
                        />
                    </Cluster>
                }
                    .into_any()
            }
        }}
        {move || {
            let refused = import.refused.get();
            (!refused.is_empty()).then(|| told(wizard, refused, true))
        }}
        {move || match wizard.people.get() {
            People::Refused(refused) => Some(told(wizard, refused, false)),
            _ => None,
        }}
        <GraphCalls />
    }
}

fn reading(wizard: Wizard) -> AnyView {
    let at = move || wizard.import.progress.get().unwrap_or_default();
    // Lengths of files are far below 2^53.
    let done = move || (at().total > 0).then(|| at().read as f64 / at().total as f64);
    view! {
        <Progress
            label="Reading the people"
            done=Signal::derive(done)
            text=Signal::derive(move || progress_text(at()))
        />
        <Cluster>
            <Button label="Cancel" icon=Glyph::Close on_click=move |()| wizard.stop_reading() />
        </Cluster>
    }
    .into_any()
}

fn progress_text(at: Underway) -> String {
    let (read, total) = (size(at.read), size(at.total));
    format!("{read} of {total}: {} users, {} groups", grouped(at.users), grouped(at.groups))
}

/// A number of bytes as people say it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// Every fault with its place, rule and repair; files and text stay as they are.
fn told(wizard: Wizard, refused: Vec<Refusal>, is_attempt: bool) -> AnyView {
    let count = refused.len();
    let title = match count {
        1 => "The people were not read: 1 thing must be mended".to_owned(),
        count => format!("The people were not read: {count} things must be mended"),
    };
    let rest = count.saturating_sub(MOST_LISTED);
    let listed = refused.into_iter().take(MOST_LISTED).collect();
    let is_in_use =
        is_attempt && wizard.people.with_untracked(|people| matches!(people, People::Ready(_)));
    let sentence = match is_in_use {
        true => "Nothing was taken over: the people from before are still in use.",
        false => "Nothing was taken over.",
    };
    view! {
        <Notice title tone=Tone::Bad urgency=Urgency::Alert>
            <p>{sentence}</p>
        </Notice>
        {refusals(listed)}
        {(rest > 0).then(|| view! { <p>{format!("And {rest} more of them.")}</p> })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_as_people_say_them() {
        let sizes = [999, 1_000, 64_999, 1_250_000, 200_000_000].map(size);
        assert_eq!(sizes, ["999 bytes", "1 KB", "64 KB", "1.2 MB", "200.0 MB"]);
    }
}
