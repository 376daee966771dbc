//! The scoping filters of one kind of object.

use leptos::{html, prelude::*};

use super::filter::Filter;
use crate::draft::mapping::{ClauseDraft, FilterDraft, MappingDraft};
use crate::draft::place::Kind;
use crate::ui::{Button, EmptyState, Glyph, Notice, Tone};
use crate::wizard::Wizard;

/// What all filters of one kind share.
#[derive(Clone, Copy)]
pub(super) struct Filtering {
    pub(super) wizard: Wizard,
    pub(super) kind: Kind,
    /// The filter that was just added: it takes the focus.
    pub(super) added: RwSignal<Option<usize>>,
    /// Takes the focus when a filter goes.
    pub(super) add_button: NodeRef<html::Button>,
}

impl Filtering {
    pub(super) fn with<T>(self, read: impl FnOnce(&[FilterDraft]) -> T) -> T {
        self.wizard.with(|draft| read(&draft.mapping(self.kind).filters))
    }

    pub(super) fn edit(self, what: &'static str, change: impl FnOnce(&mut Vec<FilterDraft>)) {
        self.wizard.edit(what, |draft| {
            let MappingDraft { filters, .. } = draft.mapping_mut(self.kind);
            change(filters);
        });
    }

    /// Adds a filter at the end; it takes the focus.
    pub(super) fn add(self, filter: FilterDraft) {
        self.added.set(Some(self.with_untracked(<[_]>::len)));
        self.edit("filter-add", |filters| filters.push(filter));
    }

    fn with_untracked<T>(self, read: impl FnOnce(&[FilterDraft]) -> T) -> T {
        self.wizard.peek(|draft| read(&draft.mapping(self.kind).filters))
    }
}

/// The filters of users or of groups.
#[component]
pub(super) fn Filters(wizard: Wizard, kind: Kind) -> impl IntoView {
    let filtering =
        Filtering { wizard, kind, added: RwSignal::new(None), add_button: NodeRef::new() };
    let count = Memo::new(move |_| filtering.with(<[_]>::len));
    let is_off = Memo::new(move |_| {
        kind == Kind::Group && wizard.with(|draft| !draft.mapping(kind).enabled)
    });
    let add = move |()| {
        let number = count.get_untracked() + 1;
        filtering.add(FilterDraft {
            title: format!("Scoping filter {number}"),
            clauses: vec![new_clause()],
        });
    };
    view! {
        <div class="filter-list">
            {move || {
                is_off
                    .get()
                    .then(|| {
                        view! {
                            <Notice title="Groups are switched off" tone=Tone::Info>
                                <p>"These filters wait until Groups are enabled in Mappings."</p>
                            </Notice>
                        }
                    })
            }}
            <Show when=move || count.get() == 0>
                <EmptyState title="No scoping filter" glyph=Glyph::Filter>
                    <p>"Everybody who passes the assignment gate is in scope."</p>
                </EmptyState>
            </Show>
            <For each=move || 0..count.get() key=|at| *at let:at>
                <Filter filtering at />
            </For>
            <div>
                <Button
                    label="Add scoping filter"
                    icon=Glyph::Add
                    on_click=add
                    node_ref=filtering.add_button
                />
            </div>
            <small>
                "In Entra, saving a filter starts an initial cycle: everybody is judged again, and \
                 who no longer passes is disabled."
            </small>
        </div>
    }
}

/// A clause as the editor adds it.
pub(super) fn new_clause() -> ClauseDraft {
    ClauseDraft { operator: "EQUALS".to_owned(), ..ClauseDraft::default() }
}
