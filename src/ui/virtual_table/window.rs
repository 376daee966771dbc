//! Which rows of a table stand in the page, and where a key leads.

use super::ROW_HEIGHT;

/// The window moves in steps of this many rows, and reaches this far past what is seen.
const STRIDE: usize = 6;

/// So many rows are asked for at once where they come from elsewhere: more than are ever drawn.
pub const CHUNK: usize = 100;
/// Where a chunk begins moves by so many rows; with one such step before what is seen, and what is
/// seen at the most 40 rows, a chunk holds it all.
const CHUNK_STRIDE: usize = 30;

/// The first row of the chunk that holds the window which begins at `from`.
pub fn chunk_from(from: usize) -> usize {
    (from / CHUNK_STRIDE * CHUNK_STRIDE).saturating_sub(CHUNK_STRIDE)
}

/// The first row to draw and how many, when `first` is the first one seen.
pub(super) fn window_at(first: usize, visible: usize, total: usize) -> (usize, usize) {
    let from = (first / STRIDE * STRIDE).saturating_sub(STRIDE).min(total);
    let count = visible + 3 * STRIDE;
    (from, count.min(total - from))
}

/// Where to scroll so that a row is seen whole; the header covers one row of the height.
pub(super) fn scroll_to_show(index: usize, scrolled: usize, visible: usize) -> usize {
    let top = index * ROW_HEIGHT;
    let lowest = (top + ROW_HEIGHT).saturating_sub(visible * ROW_HEIGHT);
    scrolled.clamp(lowest, top)
}

/// Which row a key leads to.
pub(super) fn target_of(key: &str, at: usize, total: usize, visible: usize) -> Option<usize> {
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
