//! The attribute table: one line a mapping row, with its live value and its buttons.

use leptos::prelude::*;

use super::buttons::{Focus, LineButtons, follow_focus};
use super::editor::RowEditor;
use super::live::LiveResult;
use super::restore::RestoreDefaults;
use super::row::{self, RowHandle};
use crate::draft::Draft;
use crate::draft::mapping::{MappingType, Row, TargetTypeDraft};
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
    pub(super) deleted: RwSignal<Option<Deletion>>,
}

/// The row that was deleted last.
pub(super) struct Deletion {
    pub(super) id: u32,
    pub(super) name: String,
    /// The draft right after it: as long as it is that, undo brings this row back.
    pub(super) after: Draft,
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
    let Editing { wizard, deleted, focus, .. } = editing;
    let last = Memo::new(move |_| {
        deleted.with(|deletion| {
            let Deletion { id, name, after } = deletion.as_ref()?;
            wizard.with(|draft| draft == after).then(|| (*id, name.clone()))
        })
    });
    move || {
        last.get().map(|(id, name)| {
            let undo = move |()| {
                wizard.undo();
                focus.set(Some(Focus::Edit(id)));
            };
            view! {
                <p class="deleted-row">
                    <span>"Deleted " <code>{name}</code></span>
                    <Button
                        label="Undo deletion"
                        icon=Glyph::Undo
                        appearance=Appearance::Subtle
                        on_click=undo
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
    view! {
        <tr>
            <td>{move || handle.with(source)} <Problem handle field=RowField::Source /></td>
            <th scope="row">
                <code>{move || handle.with(|row| breakable(&row.target))}</code>
                " "
                <small>{move || handle.with(target_note)}</small>
                <Problem handle field=RowField::Target />
            </th>
            <td>
                {move || handle.with(|row| row.mapping_type.label())}
                " "
                <Badge
                    text=Signal::derive(move || badge.get().0.to_owned())
                    tone=Signal::derive(move || badge.get().1)
                />
            </td>
            <td>
                {move || handle.with(precedence)} <Problem handle field=RowField::Precedence />
            </td>
            <td>{move || handle.with(|row| apply(row.only_during_creation))}</td>
            <td>
                <LiveResult chosen=editing.chosen row=id />
                <small class="live-crowd">{move || handle.crowd()}</small>
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
    let text = match row.mapping_type {
        _ if row::is_open(row) => return "Choose a source".into_any(),
        MappingType::None => return "Nothing".into_any(),
        MappingType::Constant => format!("\"{}\"", row.constant),
        MappingType::Direct | MappingType::Expression => row.source_text().to_owned(),
    };
    view! { <code>{breakable(&text)}</code> }.into_any()
}

/// What is special about the target; a text that may be missing is the rule.
fn target_note(row: &Row) -> String {
    let kind = row.target_type;
    let mut words = Vec::new();
    words.extend((kind != TargetTypeDraft::String).then(|| kind.label()));
    words.extend(row.required.then_some("required"));
    words.extend(row.case_exact.then_some("exact case"));
    words.join(", ")
}

fn precedence(row: &Row) -> Option<String> {
    let number = row.precedence.trim();
    (!number.is_empty()).then(|| format!("Matching precedence {number}"))
}

fn apply(only_during_creation: bool) -> &'static str {
    if only_during_creation { "Only during object creation" } else { "Always" }
}

/// A name that may break at its parts, should its column be narrow.
fn breakable(text: &str) -> impl IntoView + use<> {
    parts(text).into_iter().map(|part| view! { {part} <wbr /> }).collect_view()
}

/// Cuts `addresses[type eq "work"].postalCode` before a bracket and before a capital that follows a
/// small letter, and after a dot, a colon or a parenthesis.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for character in text.chars() {
        let is_hump = before.is_lowercase() && character.is_uppercase();
        if is_hump || character == '[' || matches!(before, '.' | ':' | '(') {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
        before = character;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn names_break_at_their_parts_and_lose_nothing() {
        assert_eq!(parts("userPrincipalName"), ["user", "Principal", "Name"]);
        let path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
        assert_eq!(parts(path).concat(), path);
        assert_eq!(parts("name.givenName"), ["name.", "given", "Name"]);
        assert_eq!(
            parts("emails[type eq \"work\"].value"),
            ["emails", "[type eq \"work\"].", "value"]
        );
        assert_eq!(parts(""), [""]);
    }
}
