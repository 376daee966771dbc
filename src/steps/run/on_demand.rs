//! One user or group at a time.

use leptos::prelude::*;

use super::off_because;
use crate::draft::place::Kind;
use crate::person_picker::{Chosen, PersonPicker};
use crate::ui::{Button, Card, Cluster, Columns, Glyph, Select, SelectOption};
use crate::wizard::Wizard;
use crate::worker::message::Errand;

const USER: &str = "user";
const GROUP: &str = "group";

/// Picks one object and provisions it.
#[component]
pub(super) fn OnDemand() -> impl IntoView {
    let wizard = Wizard::here();
    let kind = RwSignal::new(USER.to_owned());
    let user = Chosen::new(wizard, Kind::User);
    let group = Chosen::new(wizard, Kind::Group);
    let chosen = move || if kind.with(|kind| kind == GROUP) { group } else { user };
    let id = Memo::new(move |_| chosen().with_person(|person| person.principal.id.clone()));
    let off = Signal::derive(move || {
        let nobody = id.with(Option::is_none).then(|| "choose somebody first".to_owned());
        off_because(wizard).or(nobody)
    });
    let provision = move |()| {
        if let Some(id) = id.get_untracked() {
            wizard.run.begin(wizard, Errand::OnDemand(id));
        }
    };
    let options = vec![SelectOption::new(USER, "User"), SelectOption::new(GROUP, "Group")];
    view! {
        <Card
            title="Provision on demand"
            note="Writes one user or group to the sandbox at once and tells every step. It needs \
                  no provisioning status."
        >
            <Columns>
                <Select
                    label="Object type"
                    value=kind
                    on_change=move |value| kind.set(value)
                    options
                    hint=Some("One user, or one group with up to five members.".to_owned())
                />
                {move || {
                    let label = if kind.with(|kind| kind == GROUP) { "Group" } else { "User" };
                    view! { <PersonPicker label chosen=chosen() /> }
                }}
            </Columns>
            <Cluster>
                <Button
                    label="Provision on demand"
                    icon=Glyph::Play
                    off_because=off
                    on_click=provision
                />
            </Cluster>
        </Card>
    }
}
