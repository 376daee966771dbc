//! One scoping filter: its title and its clauses.

use leptos::{html, prelude::*};

use super::clause::ClauseFields;
use super::filters::{Filtering, new_clause};
use crate::draft::mapping::FilterDraft;
use crate::draft::place::Place;
use crate::ui::{Appearance, Button, Cluster, Glyph, TextField, use_announcer};

/// A handle on one filter by its index.
#[derive(Clone, Copy)]
pub(super) struct FilterHandle {
    pub(super) filtering: Filtering,
    pub(super) at: usize,
    /// The clause that was just added: it takes the focus.
    pub(super) added: RwSignal<Option<usize>>,
    /// Takes the focus when a clause goes.
    pub(super) add_button: NodeRef<html::Button>,
}

impl FilterHandle {
    /// A filter that was just deleted reads as an empty one until its fields are gone.
    pub(super) fn with<T: Default>(self, read: impl FnOnce(&FilterDraft) -> T) -> T {
        self.filtering.with(|filters| filters.get(self.at).map(read).unwrap_or_default())
    }

    pub(super) fn edit(self, what: &'static str, change: impl FnOnce(&mut FilterDraft)) {
        self.filtering.edit(what, |filters| {
            if let Some(filter) = filters.get_mut(self.at) {
                change(filter);
            }
        });
    }
}

/// The fields of one filter.
#[component]
pub(super) fn Filter(filtering: Filtering, at: usize) -> impl IntoView {
    let handle =
        FilterHandle { filtering, at, added: RwSignal::new(None), add_button: NodeRef::new() };
    let Filtering { wizard, kind, .. } = filtering;
    let count = Memo::new(move |_| handle.with(|filter| filter.clauses.len()));
    let announcer = use_announcer();
    let add_clause = move |()| {
        handle.added.set(Some(count.get_untracked()));
        handle.edit("clause-add", |filter| filter.clauses.push(new_clause()));
    };
    let delete = move |()| {
        filtering.edit("filter-delete", |filters| _ = filters.remove(at));
        announcer.say("Scoping filter deleted. Undo brings it back.");
        if let Some(button) = filtering.add_button.get_untracked() {
            // Focus fails only on an element that left the page.
            let _ = button.focus();
        }
    };
    let whole = NodeRef::<html::Fieldset>::new();
    take_focus(filtering.added, at, move || {
        whole.get_untracked().is_some_and(|whole| whole.focus().is_ok())
    });
    view! {
        <fieldset class="filter-fields" node_ref=whole tabindex="-1">
            <legend>{format!("Scoping filter {}", at + 1)}</legend>
            <TextField
                label="Title"
                value=Signal::derive(move || handle.with(|filter| filter.title.clone()))
                on_input=move |text| handle.edit("filter-title", |filter| filter.title = text)
                problem=Signal::derive(move || wizard.problem_at(Place::FilterTitle(kind, at)))
            />
            <For each=move || 0..count.get() key=|clause| *clause let:clause>
                <ClauseFields handle clause />
            </For>
            <Cluster>
                <Button
                    label="Add clause"
                    icon=Glyph::Add
                    appearance=Appearance::Subtle
                    on_click=add_clause
                    node_ref=handle.add_button
                />
                <Button
                    label=format!("Delete scoping filter {}", at + 1)
                    icon=Glyph::Delete
                    appearance=Appearance::Subtle
                    on_click=delete
                />
            </Cluster>
        </fieldset>
    }
}

/// Gives what was just added the focus, once it stands in the page.
pub(super) fn take_focus(
    added: RwSignal<Option<usize>>,
    at: usize,
    focus: impl FnOnce() -> bool + 'static,
) {
    if added.get_untracked() == Some(at) {
        added.set(None);
        request_animation_frame(move || _ = focus());
    }
}
