//! Thousands of rows, of which some thirty are in the page.

mod column;
mod heading;
mod window;

use std::sync::Arc;

use leptos::{ev, html, prelude::*};

pub use self::column::Column;
pub use self::window::{CHUNK, chunk_from};

use self::heading::{Sorting, headings};
use self::window::{scroll_to_show, target_of, window_at};
use super::id;

/// The height of every row, in CSS pixels; the sheet draws the cells into it.
const ROW_HEIGHT: usize = 40;
/// With the strides above and below, at most forty rows are in the page.
const MOST_VISIBLE: usize = 22;

/// Rows that can be marked, to do something with them together.
#[derive(Clone)]
pub struct Marks<R> {
    is_marked: Arc<dyn Fn(&R) -> bool + Send + Sync>,
    mark: Arc<dyn Fn(&R) + Send + Sync>,
}

impl<R> Marks<R> {
    /// Whether a row is marked, and what takes a row whose mark is to change.
    pub fn new(
        is_marked: impl Fn(&R) -> bool + Send + Sync + 'static,
        mark: impl Fn(&R) + Send + Sync + 'static,
    ) -> Self {
        Self { is_marked: Arc::new(is_marked), mark: Arc::new(mark) }
    }
}

/// A table of any length. It asks for the rows it is about to show (`on_window`) and draws what
/// it is given (`rows`); a row that is not there yet is drawn as a grey line.
///
/// Keyboard: one stop of the Tab key; the up and down arrows, Page Up, Page Down, Home and End
/// move the active row, Enter opens it, Space marks it; the left and right arrows scroll. The
/// headings by which the rows can be sorted are further stops.
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
    /// Takes the number of the row that Space was pressed on, where no rows can be marked.
    #[prop(into, optional)]
    on_space: Option<Callback<usize>>,
    /// The row that is open beside the table.
    #[prop(into, optional)]
    selected: Signal<Option<usize>>,
    /// By which column the rows are sorted, by its place among all, and whether from its end.
    #[prop(into, optional)]
    sort: Signal<Option<(usize, bool)>>,
    /// Takes the place of the column whose heading was pressed.
    #[prop(into, optional)]
    on_sort: Option<Callback<usize>>,
    /// The rows that can be marked, where they can.
    #[prop(into, optional)]
    marks: Option<Marks<R>>,
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
    let marks = StoredValue::new(marks);
    let can_mark = marks.with_value(Option::is_some);
    let given =
        move |index: usize| rows.with(|(from, rows)| rows.get(index.checked_sub(*from)?).cloned());
    let mark = move |index: usize| {
        let row = untrack(|| given(index));
        marks.with_value(|marks| {
            if let (Some(marks), Some(row)) = (marks, row) {
                (marks.mark)(&row);
            }
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // A heading has keys of its own.
        if event.target() != event.current_target() {
            return;
        }
        let (at, count) = (active.get_untracked(), total.get_untracked());
        if event.key() == " " && can_mark {
            event.prevent_default();
            mark(at);
        } else if event.key() == "Enter" && count > 0 {
            // What opens may take the focus, and must not be pressed by the same key.
            event.prevent_default();
            on_open.run(at);
        } else if let (" ", Some(act)) = (event.key().as_str(), on_space)
            && count > 0
        {
            event.prevent_default();
            act.run(at);
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
    let columns_count = columns.len();
    let columns = StoredValue::new(columns);
    let tracks = Memo::new(move |_| columns.with_value(|columns| tracks(columns, can_mark)));
    let least = Memo::new(move |_| columns.with_value(|columns| least(columns, can_mark)));
    let sorting = Sorting { sort, on_sort };
    let row = move |index: usize| {
        let open = move || {
            stepped.set(index);
            on_open.run(index);
        };
        let given = Memo::new(move |_| given(index));
        let is_marked = Memo::new(move |_| {
            let row = given.get();
            marks.with_value(|marks| Some((marks.as_ref()?.is_marked)(row.as_ref()?)))
        });
        let is_selected = move || is_marked.get().unwrap_or_else(|| selected.get() == Some(index));
        let flag = |holds: bool| if holds { "true" } else { "false" };
        view! {
            <div
                role="row"
                id=format!("{stem}-{index}")
                aria-rowindex=index + 2
                aria-selected=move || flag(is_selected())
                data-state=move || (active.get() == index).then_some("active")
                style:transform=format!("translateY({}px)", index * ROW_HEIGHT)
                on:click=move |_| open()
            >
                {can_mark.then(|| {
                    view! {
                        <div
                            role="gridcell"
                            class="virtual-table-mark"
                            on:click=move |event| {
                                event.stop_propagation();
                                stepped.set(index);
                                mark(index);
                            }
                        >
                            <i
                                aria-hidden="true"
                                data-state=move || is_marked.get().unwrap_or(false).then_some("on")
                            ></i>
                        </div>
                    }
                })}
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
                aria-colcount=columns_count + usize::from(can_mark)
                aria-multiselectable=can_mark.then_some("true")
                aria-activedescendant=active_id
                style:height=format!("{}px", (visible + 1) * ROW_HEIGHT)
                style=("--tracks", tracks)
                style=("--least", move || format!("{}rem", least.get()))
                on:scroll=move |_| {
                    if let Some(grid) = grid.get_untracked() {
                        scrolled.set(scrolled_pixels(&grid) / ROW_HEIGHT);
                    }
                }
                on:keydown=on_key
            >
                <div role="rowgroup">
                    <div role="row" aria-rowindex="1">
                        {can_mark.then(|| {
                            view! {
                                <div role="columnheader">
                                    <span data-hidden="">"Marked"</span>
                                </div>
                            }
                        })}
                        {headings(columns, sorting)}
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
            .filter(|column| !column.is_hidden.get())
            .map(|column| match row {
                Some(row) => view! { <div role="gridcell">{(column.cell)(row)}</div> }.into_any(),
                None => view! { <div role="gridcell" data-state="waiting"></div> }.into_any(),
            })
            .collect_view()
    })
}

/// The width of the cells for marks, in `rem`.
const MARK_WIDTH: u16 = 3;

fn tracks<R>(columns: &[Column<R>], can_mark: bool) -> String {
    let mark = can_mark.then(|| format!("{MARK_WIDTH}rem"));
    let shown = columns.iter().filter(|column| !column.is_hidden.get());
    let shown = shown.map(|Column { width, .. }| format!("minmax({width}rem, {width}fr)"));
    mark.into_iter().chain(shown).collect::<Vec<_>>().join(" ")
}

fn least<R>(columns: &[Column<R>], can_mark: bool) -> u16 {
    let shown = columns.iter().filter(|column| !column.is_hidden.get());
    let mark = if can_mark { MARK_WIDTH } else { 0 };
    mark + shown.map(|column| column.width).sum::<u16>()
}

fn scrolled_pixels(grid: &leptos::web_sys::HtmlDivElement) -> usize {
    usize::try_from(grid.scroll_top()).unwrap_or_default()
}

fn to_pixels(top: usize) -> i32 {
    i32::try_from(top).unwrap_or(i32::MAX)
}
