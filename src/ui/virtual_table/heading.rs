//! The headings of a table, by which it can be sorted.

use leptos::prelude::*;

use super::column::Column;
use crate::ui::icon::{Glyph, Icon};

/// By which column a table is sorted, and who changes that.
#[derive(Clone, Copy)]
pub(super) struct Sorting {
    pub(super) sort: Signal<Option<(usize, bool)>>,
    pub(super) on_sort: Option<Callback<usize>>,
}

impl Sorting {
    /// Nothing where the rows are not sorted by this column.
    fn of(self, place: usize) -> Option<bool> {
        self.sort.get().filter(|(at, _)| *at == place).map(|(_, is_reversed)| is_reversed)
    }
}

/// The cells of the first row.
pub(super) fn headings<R: Send + Sync + 'static>(
    columns: StoredValue<Vec<Column<R>>>,
    sorting: Sorting,
) -> AnyView {
    let shown = move || {
        columns.with_value(|columns| {
            let shown = columns.iter().enumerate().filter(|(_, column)| !column.is_hidden.get());
            let heads = shown.map(|(at, column)| (at, column.heading, column.can_sort));
            heads.collect::<Vec<_>>()
        })
    };
    (move || {
        let heads = shown().into_iter();
        heads.map(|(at, text, can_sort)| heading(at, text, can_sort, sorting)).collect_view()
    })
    .into_any()
}

fn heading(place: usize, text: &'static str, can_sort: bool, sorting: Sorting) -> AnyView {
    let Some(on_sort) = sorting.on_sort.filter(|_| can_sort) else {
        return view! { <div role="columnheader">{text}</div> }.into_any();
    };
    let order = move || {
        sorting.of(place).map(|is_reversed| if is_reversed { "descending" } else { "ascending" })
    };
    view! {
        <div role="columnheader" aria-sort=order>
            <button type="button" on:click=move |_| on_sort.run(place)>
                <span>{text}</span>
                {move || {
                    sorting.of(place).map(|is_reversed| {
                        let glyph = if is_reversed { Glyph::ArrowDown } else { Glyph::ArrowUp };
                        view! { <Icon glyph /> }
                    })
                }}
            </button>
        </div>
    }
    .into_any()
}
