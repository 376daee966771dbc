//! The attribute table: one line a mapping row, with its live value and its buttons.

use leptos::{html, prelude::*};

use super::editor::RowEditor;
use super::live::LiveResult;
use super::restore::RestoreDefaults;
use super::row::{self, RowHandle};
use crate::draft::Draft;
use crate::draft::mapping::{MappingType, Row};
use crate::draft::place::{Kind, RowField};
use crate::person_picker::{Chosen, PersonPicker};
use crate::ui::{
    Appearance, Badge, Button, Card, Cluster, Glyph, Message, Table, use_announcer,
};
use crate::wizard::Wizard;

/// Which button of which line is to take the focus: lines that move or go would lose it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Edit(u32),
    Up(u32),
    Down(u32),
    Add,
}

/// What all lines of one table share.
#[derive(Clone, Copy)]
struct Editing {
    wizard: Wizard,
    kind: Kind,
    ids: Memo<Vec<u32>>,
    chosen: Chosen,
    /// The row whose editor is open.
    open: RwSignal<Option<u32>>,
    focus: RwSignal<Option<Focus>>,
    /// The row that was deleted last, and the draft right after it.
    deleted: RwSignal<Option<(String, Draft)>>,
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
        MappingType::Constant => view! { <code>{format!("\"{}\"", row.constant)}</code> }.into_any(),
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

#[component]
fn LineButtons(editing: Editing, handle: RowHandle) -> impl IntoView {
    let id = handle.id;
    let label = move |verb: &'static str, end: &'static str| {
        Signal::derive(move || format!("{verb} {}{end}", handle.name()))
    };
    let is_at = move |end: fn(&[u32]) -> Option<&u32>| {
        editing.ids.with(|ids| end(ids).is_some_and(|found| *found == id))
    };
    let first = Signal::derive(move || {
        is_at(|ids| ids.first()).then(|| "This is the first row.".to_owned())
    });
    let last = Signal::derive(move || {
        is_at(|ids| ids.last()).then(|| "This is the last row.".to_owned())
    });
    let required = Signal::derive(move || {
        let why = "The application requires this attribute.";
        handle.with(|row| row.required).then(|| why.to_owned())
    });
    let [edit, up, down] = [NodeRef::new(), NodeRef::new(), NodeRef::new()];
    follow_focus(editing.focus, Focus::Edit(id), edit);
    follow_focus(editing.focus, Focus::Up(id), up);
    follow_focus(editing.focus, Focus::Down(id), down);
    let remove = remove(editing, handle);
    let go = moving(editing, handle);
    view! {
        <span class="line-buttons">
            <Button
                label=label("Edit", "")
                icon=Glyph::Edit
                icon_only=true
                appearance=Appearance::Subtle
                node_ref=edit
                on_click=move |()| editing.open.set(Some(id))
            />
            <Button
                label=label("Move", " up")
                icon=Glyph::ArrowUp
                icon_only=true
                appearance=Appearance::Subtle
                off_because=first
                node_ref=up
                on_click=move |()| go(-1)
            />
            <Button
                label=label("Move", " down")
                icon=Glyph::ArrowDown
                icon_only=true
                appearance=Appearance::Subtle
                off_because=last
                node_ref=down
                on_click=move |()| go(1)
            />
            <Button
                label=label("Delete", "")
                icon=Glyph::Delete
                icon_only=true
                appearance=Appearance::Subtle
                off_because=required
                on_click=remove
            />
        </span>
    }
}

/// Deletes the row; the focus goes to the line that takes its place, and to the button below
/// where none is left.
fn remove(editing: Editing, handle: RowHandle) -> impl Fn(()) + Copy {
    let Editing { wizard, kind, ids, focus, deleted, .. } = editing;
    let announcer = use_announcer();
    move |()| {
        let name = handle.name();
        let heir = ids.with_untracked(|ids| neighbour(ids, handle.id));
        wizard.edit("mapping-delete", |draft| draft.mapping_mut(kind).remove_row(handle.id));
        announcer.say(format!("Deleted {name}. Undo brings it back."));
        deleted.set(Some((name, wizard.peek(Draft::clone))));
        focus.set(Some(heir.map_or(Focus::Add, Focus::Edit)));
    }
}

/// Moves the row by one place; the focus stays on the button that was pressed.
fn moving(editing: Editing, handle: RowHandle) -> impl Fn(isize) + Copy {
    let Editing { wizard, kind, ids, focus, .. } = editing;
    let announcer = use_announcer();
    move |by| {
        let id = handle.id;
        wizard.edit("mapping-move", |draft| draft.mapping_mut(kind).move_row(id, by));
        let place = ids.with_untracked(|ids| ids.iter().position(|own| *own == id));
        let (place, count) = (place.unwrap_or_default() + 1, ids.with_untracked(Vec::len));
        announcer.say(format!("{} is row {place} of {count}", handle.name()));
        focus.set(Some(if by < 0 { Focus::Up(id) } else { Focus::Down(id) }));
    }
}

/// The row that stands where this one stood once it is gone.
fn neighbour(ids: &[u32], id: u32) -> Option<u32> {
    let at = ids.iter().position(|own| *own == id)?;
    ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?)).copied()
}

/// Gives a button the focus when it is wanted there and the lines stand in their new order.
fn follow_focus(focus: RwSignal<Option<Focus>>, own: Focus, button: NodeRef<html::Button>) {
    Effect::new(move |_| {
        if focus.get() == Some(own) {
            focus.set(None);
            request_animation_frame(move || {
                if let Some(button) = button.try_get_untracked().flatten() {
                    // Focus fails only on an element that left the page.
                    let _ = button.focus();
                }
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::neighbour;

    #[test]
    fn the_next_row_takes_the_place_and_else_the_one_before() {
        assert_eq!(neighbour(&[1, 2, 3], 2), Some(3));
        assert_eq!(neighbour(&[1, 2, 3], 3), Some(2));
        assert_eq!(neighbour(&[1], 1), None);
        assert_eq!(neighbour(&[1], 9), None);
    }
}
