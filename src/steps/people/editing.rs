//! Adding a user or group by hand, changing one, and taking one out.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

mod fields;
mod groups;

use crate::draft::place::Kind;
use crate::ui::{
    Appearance, Button, Cluster, Dialog, Glyph, Notice, Toggle, ToggleKind, Tone, Urgency,
    use_announcer,
};
use crate::wizard::Wizard;
use crate::worker::message::{FieldFault, Record};
use fields::{Other, fields};
use groups::groups;

/// Who is being changed by hand.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    wizard: Wizard,
    /// What is typed so far; nothing while nobody is changed.
    record: RwSignal<Option<Record>>,
    faults: RwSignal<Vec<FieldFault>>,
    /// Id and name of whoever may be taken out.
    leaving: RwSignal<Option<(String, String)>>,
}

impl Editing {
    pub(super) fn new(wizard: Wizard) -> Self {
        Self {
            wizard,
            record: RwSignal::new(None),
            faults: RwSignal::default(),
            leaving: RwSignal::new(None),
        }
    }

    /// Opens the form of somebody who is there.
    pub(super) fn change(self, id: String) {
        // Whoever is there says what they are.
        self.open(Some(id), Kind::User);
    }

    fn open(self, id: Option<String>, kind: Kind) {
        spawn_local(async move {
            let record = self.wizard.record(id, kind).await;
            // The step may have been left meanwhile.
            let _ = self.faults.try_set(Vec::new());
            let _ = self.record.try_set(record);
        });
    }

    /// Asks whether somebody is to be taken out.
    pub(super) fn remove(self, id: String, name: String) {
        self.leaving.set(Some((id, name)));
    }

    fn with<T: Default>(self, read: impl FnOnce(&Record) -> T) -> T {
        self.record.with(|record| record.as_ref().map(read).unwrap_or_default())
    }

    fn edit(self, change: impl FnOnce(&mut Record)) {
        self.record.update(|record| {
            if let Some(record) = record {
                change(record);
            }
        });
    }

    /// What is wrong at a place, as its field shows it.
    fn problem(self, place: &str) -> Option<String> {
        self.faults.with(|faults| {
            let fault = faults.iter().find(|fault| fault.place == place)?;
            Some(format!("{} – {}", fault.rule, fault.repair))
        })
    }

    /// What was wrong at a place is being mended: the next check says what is left of it.
    fn mended(self, place: &str) {
        if untrack(|| self.problem(place)).is_some() {
            self.faults.update(|faults| faults.retain(|fault| fault.place != place));
        }
    }

    fn close(self) {
        self.record.set(None);
    }
}

/// The two buttons that add somebody.
#[component]
pub(super) fn Adding(editing: Editing) -> impl IntoView {
    let add = move |label: &'static str, kind| {
        view! {
            <Button
                label
                icon=Glyph::Add
                on_click=move |()| editing.open(None, kind)
            />
        }
    };
    view! {
        <Cluster>
            {add("Add a person", Kind::User)}
            {add("Add a group", Kind::Group)}
        </Cluster>
    }
}

/// The form, and the question before somebody is taken out.
#[component]
pub(super) fn EditingDialogs(editing: Editing) -> impl IntoView {
    let announcer = use_announcer();
    let save = move |()| {
        let Some(record) = editing.record.get_untracked() else { return };
        spawn_local(async move {
            let saved = editing.wizard.save_record(record).await;
            if editing.record.is_disposed() {
                return;
            }
            match saved {
                Ok(()) => {
                    editing.close();
                    announcer.say("Saved. Undo takes it back.");
                }
                Err(faults) => editing.faults.set(faults),
            }
        });
    };
    let title = move || {
        editing.with(|record| match (record.label.as_str(), record.kind) {
            ("", Kind::User) => "Add a person".to_owned(),
            ("", Kind::Group) => "Add a group".to_owned(),
            (label, _) => format!("Edit {label}"),
        })
    };
    view! {
        <Dialog
            title=Signal::derive(title)
            open=Signal::derive(move || editing.record.with(Option::is_some))
            on_close=move |()| editing.close()
            wide=true
            actions=move || {
                view! {
                    <Button label="Cancel" on_click=move |()| editing.close() />
                    <Button label="Save" appearance=Appearance::Primary on_click=save />
                }
            }
        >
            {form(editing)}
        </Dialog>
        <Leaving editing />
    }
}

fn form(editing: Editing) -> AnyView {
    let wrong = move || {
        let count = editing.faults.with(Vec::len);
        let title = match count {
            0 => return None,
            1 => "It is not saved: 1 thing must be mended".to_owned(),
            _ => format!("It is not saved: {count} things must be mended"),
        };
        let general = editing.problem("");
        let notice = view! {
            <Notice title tone=Tone::Bad urgency=Urgency::Alert>
                {general}
            </Notice>
        };
        Some(notice)
    };
    let soft_deleted = move || editing.with(|record| record.soft_deleted);
    view! {
        <p>
            "It changes what the preview looks at, here on this device; nothing is written to \
             Entra. Mapped is what a mapping reads. Undo takes it back."
        </p>
        {wrong}
        {fields(editing)}
        <Other editing />
        <Toggle
            label="Deleted in Entra ID"
            kind=ToggleKind::Checkbox
            hint="Within 30 days it can be restored; until then it counts as soft-deleted.".to_owned()
            checked=Signal::derive(soft_deleted)
            on_change=move |on| editing.edit(|record| record.soft_deleted = on)
        />
        {groups(editing)}
    }
    .into_any()
}

/// The question before somebody is taken out.
#[component]
fn Leaving(editing: Editing) -> impl IntoView {
    let announcer = use_announcer();
    let name = move || editing.leaving.with(|who| who.as_ref().map(|(_, name)| name.clone()));
    let remove = move |()| {
        if let Some((id, name)) = editing.leaving.get_untracked() {
            editing.wizard.remove_by_hand(&id);
            announcer.say(format!("Removed: {name}"));
        }
        editing.leaving.set(None);
    };
    view! {
        <Dialog
            title=Signal::derive(move || format!("Remove {}?", name().unwrap_or_default()))
            open=Signal::derive(move || editing.leaving.with(Option::is_some))
            on_close=move |()| editing.leaving.set(None)
            actions=move || {
                view! {
                    <Button label="Cancel" on_click=move |()| editing.leaving.set(None) />
                    <Button label="Remove" appearance=Appearance::Primary on_click=remove />
                }
            }
        >
            <p>
                "Out of the people in use, their groups, and the assignment. Your files and Entra \
                 stay as they are, and Undo brings it back."
            </p>
        </Dialog>
    }
}

/// Edit and Remove, in front of somebody's row.
pub(super) fn actions(editing: Editing, who: Callback<(), Option<(String, String)>>) -> AnyView {
    view! {
        <Cluster>
            <Button
                label="Edit"
                icon=Glyph::Edit
                on_click=move |()| {
                    if let Some((id, _)) = who.run(()) {
                        editing.change(id);
                    }
                }
            />
            <Button
                label="Remove"
                icon=Glyph::Delete
                on_click=move |()| {
                    if let Some((id, name)) = who.run(()) {
                        editing.remove(id, name);
                    }
                }
            />
        </Cluster>
    }
    .into_any()
}
