//! The attribute table: one line a mapping row, with its live value and its buttons.

use leptos::prelude::*;

use super::buttons::{Focus, LineButtons, follow_focus};
use super::editor::RowEditor;
use super::live::LiveResult;
use super::restore::RestoreDefaults;
use super::row::{self, RowHandle};
use crate::draft::Draft;
use crate::draft::mapping::{MappingType, Row};
use crate::draft::place::{Kind, RowField};
use crate::person_picker::{Chosen, PersonPicker};
use crate::ui::{Appearance, Badge, Button, Card, Cluster, Glyph, Message, Table};
use crate::wizard::Wizard;

/// What all lines of one table share.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    pub(super) wizard: Wizard,
    pub(super) kind: Kind,
    /// The ids of the rows, in their order.
    pub(super) ids: Memo<Vec<u32>>,
    pub(super) chosen: Chosen,
    /// The row whose editor is open.
    pub(super) open: RwSignal<Option<u32>>,
    /// Which button takes the focus next.
    pub(super) focus: RwSignal<Option<Focus>>,
    /// The row that was deleted last, and the draft right after it.
    pub(super) deleted: RwSignal<Option<(String, Draft)>>,
}

/// The attribute mappings of one kind of object.
#[component]
pub(super) fn Attributes(wizard: Wizard, kind: Kind) -> impl IntoView {
    let editing = Editing {
        wizard,
        kind,
        ids: Memo::new(move |_| {
            wizard.with(|draft| draft.mapping(kind).rows.iter().map(|row| row.id).collect())
        }),
        chosen: Chosen::new(wizard, kind),
        open: RwSignal::new(None),
        focus: RwSignal::new(None),
        deleted: RwSignal::new(None),
    };
    view! {
        <Card
            title="Attribute mappings"
            note="The live value is what the row gives for the one you look at."
        >
            <PersonPicker
                label=format!("Live values for this {}", kind.singular().to_lowercase())
                chosen=editing.chosen
            />
            <div class="attribute-table">
                <Table
                    caption=format!("Attribute mappings of {}", kind.plural().to_lowercase())
                    caption_hidden=true
                    head=vec![
                        "Source attribute",
                        "Target attribute",
                        "Mapping type",
                        "Matching precedence",
                        "Apply",
                        "Live value",
                        "",
                    ]
                >
                    <For each=move || editing.ids.get() key=|id| *id let:id>
                        <Line editing id />
                    </For>
                </Table>
            </div>
            <Deleted editing />
            <Cluster>
                <AddButton editing />
                <RestoreDefaults wizard />
            </Cluster>
        </Card>
        <RowEditor wizard kind chosen=editing.chosen open=editing.open />
    }
}

#[component]
fn AddButton(editing: Editing) -> impl IntoView {
    let Editing { wizard, kind, open, .. } = editing;
    let add = move |()| {
        wizard.edit("mapping-add", |draft| open.set(Some(draft.mapping_mut(kind).add_row())));
    };
    let node_ref = NodeRef::new();
    follow_focus(editing.focus, Focus::Add, node_ref);
    view! { <Button label="Add new mapping" icon=Glyph::Add on_click=add node_ref /> }
}

/// Says what was deleted, until something else is edited.
#[component]
fn Deleted(editing: Editing) -> impl IntoView {
    let Editing { wizard, deleted, .. } = editing;
    let name = Memo::new(move |_| {
        deleted.with(|deleted| {
            let (name, after) = deleted.as_ref()?;
            wizard.with(|draft| draft == after).then(|| name.clone())
        })
    });
    move || {
        name.get().map(|name| {
            view! {
                <p class="deleted-row">
                    <span>"Deleted " <code>{name}</code></span>
                    <Button
                        label="Undo deletion"
                        icon=Glyph::Undo
                        appearance=Appearance::Subtle
                        on_click=move |()| wizard.undo()
                    />
                </p>
            }
        })
    }
}

#[component]
fn Line(editing: Editing, id: u32) -> impl IntoView {
    let handle = RowHandle::new(editing.wizard, editing.kind, id);
    let badge = Memo::new(move |_| handle.with(row::origin));
    let precedence = move || match handle.with(|row| row.precedence.trim().to_owned()) {
        text if text.is_empty() => "–".to_owned(),
        text => text,
    };
    view! {
        <tr>
            <td>
                {move || handle.with(source)}
                <Badge
                    text=Signal::derive(move || badge.get().0.to_owned())
                    tone=Signal::derive(move || badge.get().1)
                />
                <Problem handle field=RowField::Source />
            </td>
            <th scope="row">
                <code>{move || handle.with(|row| row.target.clone())}</code>
                <small>{move || handle.with(target_note)}</small>
                <Problem handle field=RowField::Target />
            </th>
            <td>{move || handle.with(|row| row.mapping_type.label())}</td>
            <td>{precedence} <Problem handle field=RowField::Precedence /></td>
            <td>{move || handle.with(|row| apply(row.only_during_creation))}</td>
            <td>
                <LiveResult chosen=editing.chosen row=id />
            </td>
            <td>
                <LineButtons editing handle />
            </td>
        </tr>
    }
}

#[component]
fn Problem(handle: RowHandle, field: RowField) -> impl IntoView {
    let problem = handle.problem(field);
    move || {
        problem
            .get()
            .map(|problem| view! { <p data-part="problem"><Message text=Some(problem) /></p> })
    }
}

/// The source as the portal writes it: the attribute, the constant in quotes, the expression.
fn source(row: &Row) -> AnyView {
    match row.mapping_type {
        _ if row::is_open(row) => view! { <span>"Choose a source"</span> }.into_any(),
        MappingType::None => "–".into_any(),
        MappingType::Constant => {
            view! { <code>{format!("\"{}\"", row.constant)}</code> }.into_any()
        }
        MappingType::Direct | MappingType::Expression => {
            view! { <code>{row.source_text().to_owned()}</code> }.into_any()
        }
    }
}

fn target_note(row: &Row) -> String {
    let mut words = vec![row.target_type.label()];
    words.extend(row.required.then_some("required"));
    words.extend(row.case_exact.then_some("exact case"));
    words.join(", ")
}

fn apply(only_during_creation: bool) -> &'static str {
    if only_during_creation { "Only during object creation" } else { "Always" }
}
