//! What has left this device: the ledger.

use leptos::prelude::*;

use crate::download;
use crate::ui::{Button, Card, Cluster, Disclosure, Glyph, Stack, Table, use_announcer};
use crate::wizard::Wizard;

/// So many lines are shown; the file has all.
const SHOWN: usize = 50;
const NAME: &str = "ledger.csv";

/// The card of the ledger.
#[component]
pub(super) fn LeftDevice(wizard: Wizard) -> impl IntoView {
    let announcer = use_announcer();
    let failure = RwSignal::new(None::<String>);
    let count = Memo::new(move |_| wizard.ledger.with(|ledger| ledger.count()));
    let told = move || match count.get() {
        0 => "No request has left this page since it was loaded.".to_owned(),
        1 => "1 request has left this page since it was loaded.".to_owned(),
        count => format!("{count} requests have left this page since it was loaded."),
    };
    let save = move |()| {
        let text = wizard.ledger.with_untracked(|ledger| ledger.csv());
        match download::save(NAME, "text/csv", &text) {
            Ok(()) => announcer.say(format!("{NAME} is saved")),
            Err(why) => failure.set(Some(why)),
        }
    };
    let off = Signal::derive(move || (count.get() == 0).then(|| "there is none yet".to_owned()));
    view! {
        <Card
            title="What left this device"
            note="Every request with method, host and path, route and outcome. Never the token, the query or a body; a reload forgets it."
        >
            <Stack>
                <p>{told}</p>
                {move || failure.get().map(|why| view! { <p>{why}</p> })}
                <Show when=move || { count.get() > 0 }>
                    <Disclosure summary="The last requests">
                        <Lines wizard />
                    </Disclosure>
                </Show>
                <Cluster>
                    <Button
                        label="Save the ledger"
                        icon=Glyph::Download
                        off_because=off
                        on_click=save
                    />
                </Cluster>
            </Stack>
        </Card>
    }
}

#[component]
fn Lines(wizard: Wizard) -> impl IntoView {
    let lines = move || {
        let lines = wizard.ledger.with(|ledger| ledger.last(SHOWN).cloned().collect::<Vec<_>>());
        let row = |line: crate::ledger::Line| {
            view! {
                <tr>
                    <td>{line.at}</td>
                    <td>{line.cause}</td>
                    <th scope="row">
                        <code>{format!("{} {}", line.method, line.place)}</code>
                    </th>
                    <td>{format!("{} / {}", line.sent, line.received)}</td>
                    <td>{line.route}</td>
                    <td>{line.outcome}</td>
                </tr>
            }
        };
        lines.into_iter().map(row).collect_view()
    };
    view! {
        <Table
            caption="The last requests that left"
            caption_hidden=true
            dense=true
            head=vec!["Time", "Step", "Request", "Bytes out / in", "Route", "Outcome"]
        >
            {lines}
        </Table>
    }
}
