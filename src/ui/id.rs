//! Ids that tie a label, a hint and a problem to their control.

use std::cell::Cell;

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// An id that no other element of this page has: the stem and a running number.
///
/// Counted, not drawn by lot, so that two loads of the page agree.
pub(super) fn fresh(stem: &str) -> String {
    let number = LAST.with(|last| {
        last.set(last.get() + 1);
        last.get()
    });
    format!("{stem}-{number}")
}
