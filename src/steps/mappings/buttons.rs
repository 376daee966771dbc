//! The buttons of one line: edit, move, delete, and where the focus goes afterwards.

use leptos::{html, prelude::*};

use super::attributes::{Deletion, Editing};
use super::row::RowHandle;
use crate::draft::Draft;
use crate::ui::{Appearance, Button, Glyph, use_announcer};

/// Which button of which line is to take the focus: lines that move or go would lose it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    Edit(u32),
    Up(u32),
    Down(u32),
    Add,
}

/// Edit, move up, move down, delete.
#[component]
pub(super) fn LineButtons(editing: Editing, handle: RowHandle) -> impl IntoView {
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
    let last =
        Signal::derive(move || is_at(|ids| ids.last()).then(|| "This is the last row.".to_owned()));
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
        let name = untrack(|| handle.name());
        let heir = ids.with_untracked(|ids| neighbour(ids, handle.id));
        wizard.edit("mapping-delete", |draft| draft.mapping_mut(kind).remove_row(handle.id));
        announcer.say(format!("Deleted {name}. Undo brings it back."));
        deleted.set(Some(Deletion { id: handle.id, name, after: wizard.peek(Draft::clone) }));
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
        announcer.say(untrack(|| format!("{} is row {place} of {count}", handle.name())));
        focus.set(Some(if by < 0 { Focus::Up(id) } else { Focus::Down(id) }));
    }
}

/// The row that stands where this one stood once it is gone.
fn neighbour(ids: &[u32], id: u32) -> Option<u32> {
    let at = ids.iter().position(|own| *own == id)?;
    ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?)).copied()
}

/// Gives a button the focus when it is wanted there and the lines stand in their new order.
pub(super) fn follow_focus(
    focus: RwSignal<Option<Focus>>,
    own: Focus,
    button: NodeRef<html::Button>,
) {
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
