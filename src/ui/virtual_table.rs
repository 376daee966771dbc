//! Thousands of rows, of which some thirty are in the page.

use std::sync::Arc;

use leptos::{ev, html, prelude::*};

use super::id;

/// The height of every row, in CSS pixels; the sheet draws the cells into it.
const ROW_HEIGHT: usize = 40;
/// The window moves in steps of this many rows, and reaches this far past what is seen.
const STRIDE: usize = 6;
/// With the strides above and below, at most forty rows are in the page.
const MOST_VISIBLE: usize = 22;

/// So many rows are asked for at once where they come from elsewhere: more than are ever drawn.
pub const CHUNK: usize = 100;
/// Where a chunk begins moves by so many rows; with one such step before what is seen, and what is
/// seen at the most 40 rows, a chunk holds it all.
const CHUNK_STRIDE: usize = 30;

/// The first row of the chunk that holds the window which begins at `from`.
pub fn chunk_from(from: usize) -> usize {
    (from / CHUNK_STRIDE * CHUNK_STRIDE).saturating_sub(CHUNK_STRIDE)
}

/// One column of a [`VirtualTable`].
#[derive(Clone)]
pub struct Column<R> {
    heading: &'static str,
    width: u16,
    cell: Arc<dyn Fn(&R) -> AnyView + Send + Sync>,
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
        Self { heading, width, cell: Arc::new(move |row| cell(row).into_any()) }
    }
}

/// A table of any length. It asks for the rows it is about to show (`on_window`) and draws what
/// it is given (`rows`); a row that is not there yet is drawn as a grey line.
///
/// Keyboard: one stop of the Tab key; the up and down arrows, Page Up, Page Down, Home and End
/// move the active row, Enter opens it and Space marks it; the left and right arrows scroll.
// The role is `grid` and not `table`, because only a grid may have an active row and a selection.
#[component]
pub fn VirtualTable<R>(
    /// What the rows are.
    #[prop(into)]
    label: Signal<String>,
    /// How many rows there are in all.
    #[prop(into)]
    total: Signal<usize>,
    /// The number of the first row given, and the rows from there on.
    #[prop(into)]
    rows: Signal<(usize, Vec<R>)>,
    /// Takes the number of the first row wanted and how many.
    #[prop(into)]
    on_window: Callback<(usize, usize)>,
    /// The columns, in order.
    columns: Vec<Column<R>>,
    /// Takes the number of the row that was opened, by Enter or a click.
    #[prop(into)]
    on_open: Callback<usize>,
    /// Takes the number of the row that Space was pressed on; left out, Space scrolls.
    #[prop(into, optional)]
    on_mark: Option<Callback<usize>>,
    /// The row that is open beside the table.
    #[prop(into, optional)]
    selected: Signal<Option<usize>>,
    /// How many rows are seen at once, up to 22; the height follows from it and stays.
    #[prop(default = 12)]
    visible: usize,
    /// Stands there when there are no rows.
    #[prop(into, optional)]
    empty: ViewFn,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let visible = visible.clamp(1, MOST_VISIBLE);
    let grid = NodeRef::<html::Div>::new();
    let scrolled = RwSignal::new(0_usize);
    let stepped = RwSignal::new(0_usize);
    let active = Memo::new(move |_| stepped.get().min(total.get().saturating_sub(1)));
    let window = Memo::new(move |_| window_at(scrolled.get(), visible, total.get()));
    Effect::new(move |_| on_window.run(window.get()));

    let step_to = move |index: usize| {
        stepped.set(index);
        if let Some(grid) = grid.get_untracked() {
            let top = to_pixels(scroll_to_show(index, scrolled_pixels(&grid), visible));
            grid.set_scroll_top(top);
        }
    };
    // Whoever opens the next row beside the table finds it active on coming back.
    Effect::new(move |_| {
        if let Some(open) = selected.get() {
            step_to(open);
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let (at, count) = (active.get_untracked(), total.get_untracked());
        if event.key() == "Enter" && count > 0 {
            // What opens may take the focus, and must not be pressed by the same key.
            event.prevent_default();
            on_open.run(at);
        } else if let (" ", Some(mark)) = (event.key().as_str(), on_mark)
            && count > 0
        {
            event.prevent_default();
            mark.run(at);
        } else if let Some(next) = target_of(&event.key(), at, count, visible) {
            event.prevent_default();
            step_to(next);
        }
    };
    let stem = id::fresh("row");
    let active_id = {
        let stem = stem.clone();
        move || {
            let (from, count) = window.get();
            let at = active.get();
            (from..from + count).contains(&at).then(|| format!("{stem}-{at}"))
        }
    };
    let least: u16 = columns.iter().map(|column| column.width).sum();
    let tracks = tracks(&columns);
    let columns_count = columns.len();
    let headings = columns
        .iter()
        .map(|column| view! { <div role="columnheader">{column.heading}</div> })
        .collect_view();
    let columns = StoredValue::new(columns);
    let row = move |index: usize| {
        let open = move || {
            stepped.set(index);
            on_open.run(index);
        };
        let given = Memo::new(move |_| {
            rows.with(|(from, rows)| rows.get(index.checked_sub(*from)?).cloned())
        });
        let flag = |holds: bool| if holds { "true" } else { "false" };
        view! {
            <div
                role="row"
                id=format!("{stem}-{index}")
                aria-rowindex=index + 2
                aria-selected=move || flag(selected.get() == Some(index))
                data-state=move || (active.get() == index).then_some("active")
                style:transform=format!("translateY({}px)", index * ROW_HEIGHT)
                on:click=move |_| open()
            >
                {move || cells(columns, given.get().as_ref())}
            </div>
        }
    };
    view! {
        <div class="virtual-table">
            <div
                role="grid"
                tabindex="0"
                node_ref=grid
                aria-label=label
                aria-readonly="true"
                aria-rowcount=move || total.get() + 1
                aria-colcount=columns_count
                aria-activedescendant=active_id
                style:height=format!("{}px", (visible + 1) * ROW_HEIGHT)
                style=("--tracks", tracks)
                style=("--least", format!("{least}rem"))
                on:scroll=move |_| {
                    if let Some(grid) = grid.get_untracked() {
                        scrolled.set(scrolled_pixels(&grid) / ROW_HEIGHT);
                    }
                }
                on:keydown=on_key
            >
                <div role="rowgroup">
                    <div role="row" aria-rowindex="1">
                        {headings}
                    </div>
                </div>
                <div role="rowgroup" style:height=move || format!("{}px", total.get() * ROW_HEIGHT)>
                    <For
                        each=move || {
                            let (from, count) = window.get();
                            from..from + count
                        }
                        key=|index| *index
                        children=row
                    />
                </div>
            </div>
            <Show when=move || total.get() == 0>{empty.run()}</Show>
        </div>
    }
}

/// The cells of a row, or as many grey lines.
fn cells<R: Send + Sync + 'static>(
    columns: StoredValue<Vec<Column<R>>>,
    row: Option<&R>,
) -> impl IntoView + use<R> {
    columns.with_value(|columns| {
        columns
            .iter()
            .map(|column| match row {
                Some(row) => view! { <div role="gridcell">{(column.cell)(row)}</div> }.into_any(),
                None => view! { <div role="gridcell" data-state="waiting"></div> }.into_any(),
            })
            .collect_view()
    })
}

fn tracks<R>(columns: &[Column<R>]) -> String {
    let tracks: Vec<String> = columns
        .iter()
        .map(|Column { width, .. }| format!("minmax({width}rem, {width}fr)"))
        .collect();
    tracks.join(" ")
}

fn scrolled_pixels(grid: &leptos::web_sys::HtmlDivElement) -> usize {
    usize::try_from(grid.scroll_top()).unwrap_or_default()
}

fn to_pixels(top: usize) -> i32 {
    i32::try_from(top).unwrap_or(i32::MAX)
}

/// The first row to draw and how many, when `first` is the first one seen.
fn window_at(first: usize, visible: usize, total: usize) -> (usize, usize) {
    let from = (first / STRIDE * STRIDE).saturating_sub(STRIDE).min(total);
    let count = visible + 3 * STRIDE;
    (from, count.min(total - from))
}

/// Where to scroll so that a row is seen whole; the header covers one row of the height.
fn scroll_to_show(index: usize, scrolled: usize, visible: usize) -> usize {
    let top = index * ROW_HEIGHT;
    let lowest = (top + ROW_HEIGHT).saturating_sub(visible * ROW_HEIGHT);
    scrolled.clamp(lowest, top)
}

/// Which row a key leads to.
fn target_of(key: &str, at: usize, total: usize, visible: usize) -> Option<usize> {
    let last = total.checked_sub(1)?;
    let next = match key {
        "ArrowDown" => at + 1,
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => at + visible,
        "PageUp" => at.saturating_sub(visible),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(next.min(last))
}

#[cfg(test)]
mod tests {
    use super::{ROW_HEIGHT, scroll_to_show, target_of, window_at};

    #[test]
    fn the_window_holds_what_is_seen_and_never_more_than_forty_rows() {
        for first in 0..2_000 {
            let (from, count) = window_at(first, 22, 2_000);
            assert!(from <= first && count <= 40, "{first}: {from}, {count}");
            // One more than fits: the first and the last may be cut in half.
            assert!((first + 23).min(2_000) <= from + count, "{first}: {from}, {count}");
        }
        assert_eq!(window_at(0, 12, 0), (0, 0));
        assert_eq!(window_at(90, 12, 3), (3, 0), "the table has shrunk under the scroll position");
    }

    #[test]
    fn keys_stay_inside_the_table() {
        assert_eq!(target_of("ArrowDown", 9, 10, 5), Some(9));
        assert_eq!(target_of("ArrowUp", 0, 10, 5), Some(0));
        assert_eq!(target_of("PageDown", 2, 10, 5), Some(7));
        assert_eq!(target_of("End", 2, 10, 5), Some(9));
        assert_eq!(target_of("Tab", 2, 10, 5), None);
        assert_eq!(target_of("Home", 0, 0, 5), None);
    }

    #[test]
    fn scrolling_moves_no_further_than_needed() {
        assert_eq!(scroll_to_show(3, 0, 12), 0, "already seen");
        assert_eq!(scroll_to_show(12, 0, 12), ROW_HEIGHT, "one below");
        assert_eq!(scroll_to_show(2, 5 * ROW_HEIGHT, 12), 2 * ROW_HEIGHT, "above");
    }
}
