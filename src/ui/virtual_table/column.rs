//! One column of a table.

use std::sync::Arc;

use leptos::prelude::*;

/// One column of a [`VirtualTable`](super::VirtualTable).
#[derive(Clone)]
pub struct Column<R> {
    pub(super) heading: &'static str,
    pub(super) width: u16,
    pub(super) cell: Arc<dyn Fn(&R) -> AnyView + Send + Sync>,
    pub(super) is_hidden: Signal<bool>,
    pub(super) can_sort: bool,
}

impl<R> Column<R> {
    /// A column: its heading, its least width in `rem` (wider tables share out in the same
    /// proportion), and what stands in it for a row.
    pub fn new<V>(
        heading: &'static str,
        width: u16,
        cell: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self
    where
        V: IntoView + 'static,
    {
        Self {
            heading,
            width,
            cell: Arc::new(move |row| cell(row).into_any()),
            is_hidden: Signal::stored(false),
            can_sort: false,
        }
    }

    /// The same, left out while this holds.
    #[must_use]
    pub fn hidden(mut self, is_hidden: Signal<bool>) -> Self {
        self.is_hidden = is_hidden;
        self
    }

    /// The same, with a heading that can be pressed to sort by it.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.can_sort = true;
        self
    }
}
