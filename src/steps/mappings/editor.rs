//! The row editor: the portal's form "Edit attribute". What is typed takes effect at once.

use leptos::prelude::*;

use super::live::LiveResult;
use super::row::RowHandle;
use super::source::SourceFields;
use crate::draft::mapping::{MappingType, Row, TargetTypeDraft};
use crate::draft::place::{Kind, RowField};
use crate::person_picker::Chosen;
use crate::ui::{
    Appearance, Button, Columns, Dialog, Select, SelectOption, Stack, TextField, TextKind, Toggle,
    ToggleKind,
};
use crate::wizard::Wizard;
use crate::workbench::RowBench;

/// The dialog that edits the row whose id `open` holds.
#[component]
pub(super) fn RowEditor(
    wizard: Wizard,
    kind: Kind,
    chosen: Chosen,
    open: RwSignal<Option<u32>>,
) -> impl IntoView {
    // Undo may take the row away under the editor.
    let row = Memo::new(move |_| {
        open.get().filter(|id| wizard.with(|draft| draft.mapping(kind).row(*id).is_some()))
    });
    let close = move |()| {
        if let Some(id) = open.get_untracked() {
            drop_untouched(wizard, kind, id);
        }
        open.set(None);
    };
    view! {
        <Dialog
            title="Edit attribute"
            open=Signal::derive(move || row.get().is_some())
            on_close=close
            wide=true
            actions=move || {
                view! { <Button label="Done" appearance=Appearance::Primary on_click=close /> }
            }
        >
            {move || {
                row.get()
                    .map(|id| view! { <Form handle=RowHandle::new(wizard, kind, id) wizard kind chosen /> })
            }}
        </Dialog>
    }
}

/// A new row in which nothing was typed goes again when its editor closes.
fn drop_untouched(wizard: Wizard, kind: Kind, id: u32) {
    let untouched = Row { id, ..Row::default() };
    if wizard.peek(|draft| draft.mapping(kind).row(id) == Some(&untouched)) {
        wizard.edit("mapping-add", |draft| draft.mapping_mut(kind).remove_row(id));
    }
}

#[component]
fn Form(handle: RowHandle, wizard: Wizard, kind: Kind, chosen: Chosen) -> impl IntoView {
    let live_for = move || match chosen.name() {
        Some(name) => format!("Live value for {name}"),
        None => "Live value".to_owned(),
    };
    // What the result points to in the text.
    let lit = RwSignal::default();
    let is_expression =
        Memo::new(move |_| handle.with(|row| row.mapping_type == MappingType::Expression));
    view! {
        <div class="row-editor">
            <Stack>
                <SourceFields handle wizard lit />
                <Show when=move || !is_expression.get()>
                    <div data-part="live">
                        <strong>{live_for}</strong>
                        <LiveResult chosen row=handle.id />
                        <small class="live-crowd">{move || handle.crowd()}</small>
                    </div>
                </Show>
                <TextField
                    label="Default value if null"
                    optional=true
                    value=handle.text(|row| &row.default_value)
                    on_input=move |text| handle.edit("row-default", |row| row.default_value = text)
                    hint="Sent when an account is created and the source has no value.".to_owned()
                />
            </Stack>
            <Show when=move || is_expression.get()>
                <RowBench wizard kind id=handle.id chosen lit />
            </Show>
            <Stack>
                <TargetFields handle />
                <Matching handle />
                <Apply handle />
            </Stack>
        </div>
    }
}

#[component]
fn TargetFields(handle: RowHandle) -> impl IntoView {
    let types = TargetTypeDraft::ALL.map(|kind| SelectOption::new(kind.label(), kind.label()));
    view! {
        <TextField
            label="Target attribute"
            mono=true
            value=handle.text(|row| &row.target)
            on_input=move |text| handle.edit("row-target", |row| row.target = text)
            problem=handle.problem(RowField::Target)
            placeholder="name.givenName"
        />
        <Select
            label="Type"
            value=Signal::derive(move || handle.with(|row| row.target_type.label().to_owned()))
            on_change=move |label: String| {
                handle.edit("row-type", |row| {
                    row.target_type = TargetTypeDraft::from_printed(&label);
                });
            }
            options=types.to_vec()
        />
        <Columns>
            <Toggle
                label="Required"
                kind=ToggleKind::Checkbox
                checked=Signal::derive(move || handle.with(|row| row.required))
                on_change=move |on| handle.edit("row-required", |row| row.required = on)
            />
            <Toggle
                label="Exact case"
                kind=ToggleKind::Checkbox
                checked=Signal::derive(move || handle.with(|row| row.case_exact))
                on_change=move |on| handle.edit("row-exact", |row| row.case_exact = on)
            />
        </Columns>
    }
}

/// Whether objects are found by this attribute, and in which order.
#[component]
fn Matching(handle: RowHandle) -> impl IntoView {
    let precedence = handle.text(|row| &row.precedence);
    // Stays on while the number is being replaced by another.
    let matching = RwSignal::new(false);
    Effect::new(move |_| {
        if precedence.with(|text| !text.is_empty()) {
            matching.set(true);
        }
    });
    let switch = move |on| {
        matching.set(on);
        let number = if on { "1" } else { "" };
        handle.edit("row-matching", |row| number.clone_into(&mut row.precedence));
    };
    let problem = Signal::derive(move || {
        let missing = "there is no number – type 1 for the attribute that is asked first";
        let empty = precedence.with(String::is_empty).then(|| missing.to_owned());
        empty.or_else(|| handle.problem(RowField::Precedence).get())
    });
    view! {
        <Toggle
            label="Match objects using this attribute"
            checked=matching
            on_change=switch
            hint="Entra searches the application by this attribute to find an existing account. \
                  The application must be able to filter by it."
                .to_owned()
        />
        <Show when=move || matching.get()>
            <TextField
                label="Matching precedence"
                kind=TextKind::Number
                value=precedence
                on_input=move |text| handle.edit("row-precedence", |row| row.precedence = text)
                problem
                hint="1 is asked first, then 2, and so on.".to_owned()
            />
        </Show>
    }
}

#[component]
fn Apply(handle: RowHandle) -> impl IntoView {
    let options = ["Always", "Only during object creation"];
    let chosen = move || {
        let [always, creation] = options;
        let only = handle.with(|row| row.only_during_creation);
        (if only { creation } else { always }).to_owned()
    };
    view! {
        <Select
            label="Apply this mapping"
            value=Signal::derive(chosen)
            on_change=move |label: String| {
                handle.edit("row-apply", |row| row.only_during_creation = label != "Always");
            }
            options=options.map(|label| SelectOption::new(label, label)).to_vec()
        />
    }
}
