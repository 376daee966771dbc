//! The text area itself: where its caret stands, and changes that its own undo takes back.

use std::ops::Range;

use leptos::wasm_bindgen::JsCast;
use leptos::{html, prelude::*, web_sys};

use super::offset::{to_bytes, to_units};
use super::splice::Splice;

/// A handle on the text of one code field, for whoever wants to act on it from outside.
#[derive(Clone, Copy, Debug)]
pub struct CodeControl {
    pub(super) area: NodeRef<html::Textarea>,
    caret: RwSignal<usize>,
    is_writing: RwSignal<bool>,
    /// Whether the caret is to be brought into sight with the next frame.
    pub(super) is_sought: RwSignal<bool>,
}

impl Default for CodeControl {
    fn default() -> Self {
        Self::new()
    }
}

impl CodeControl {
    /// A handle to give to one [`CodeField`](super::CodeField).
    pub fn new() -> Self {
        Self {
            area: NodeRef::new(),
            caret: RwSignal::new(0),
            is_writing: RwSignal::new(false),
            is_sought: RwSignal::new(false),
        }
    }

    /// Where the caret stands, in bytes of the text; followed as it moves.
    pub fn caret(self) -> usize {
        self.caret.get()
    }

    /// The same, read once.
    pub fn caret_now(self) -> usize {
        self.caret.get_untracked()
    }

    /// Gives the focus to the text and selects a piece of it.
    pub fn select(self, span: Range<usize>) {
        let Some(area) = self.area.get_untracked() else { return };
        // Focus and selection fail only on an element that left the page.
        let _ = area.focus();
        select(&area, &area.value(), span);
        self.look();
        self.is_sought.set(true);
    }

    /// Makes edits, which stand in the order of the text, as if they were typed: the field's own
    /// undo takes them back at once. The caret keeps its place in the text.
    pub fn change(self, edits: &[(Range<usize>, String)]) {
        self.write(edits, None);
    }

    /// The same, with a new place for the caret.
    pub(super) fn write(self, edits: &[(Range<usize>, String)], caret: Option<usize>) {
        let Some(area) = self.area.get_untracked() else { return };
        // As above; without the focus the browser would write elsewhere.
        let _ = area.focus();
        let text = area.value();
        let Some(splice) = Splice::of(&text, edits) else { return };
        let caret = caret.unwrap_or_else(|| splice.carry(self.caret_now()));
        select(&area, &text, splice.span);
        self.is_writing.set(true);
        type_text(&area, &splice.text);
        self.is_writing.set(false);
        select(&area, &area.value(), caret..caret);
        self.look();
        self.is_sought.set(true);
    }

    /// Whether the present input event comes from [`Self::write`].
    pub(super) fn is_writing(self) -> bool {
        self.is_writing.get_untracked()
    }

    /// Reads where the caret is; of a selection, the end that moves.
    pub(super) fn look(self) {
        let Some(area) = self.area.get_untracked() else { return };
        let is_backward =
            area.selection_direction().is_ok_and(|d| d.as_deref() == Some("backward"));
        let units = if is_backward { area.selection_start() } else { area.selection_end() };
        let Ok(Some(units)) = units else { return };
        let caret = to_bytes(&area.value(), units);
        if self.caret_now() != caret {
            self.caret.set(caret);
        }
    }
}

fn select(area: &web_sys::HtmlTextAreaElement, text: &str, span: Range<usize>) {
    let (start, end) = (to_units(text, span.start), to_units(text, span.end));
    // Fails only on an element that left the page.
    let _ = area.set_selection_range(start, end);
}

/// Puts a text in the place of what is selected. The old command of editors is the only one that
/// a browser remembers for undo; where it is gone, the text is set and told like any input.
fn type_text(area: &web_sys::HtmlTextAreaElement, text: &str) {
    let document = document().dyn_into::<web_sys::HtmlDocument>();
    let typed = document.is_ok_and(|document| {
        let typed = match text {
            "" => document.exec_command("delete"),
            text => document.exec_command_with_show_ui_and_value("insertText", false, text),
        };
        typed == Ok(true)
    });
    if !typed && area.set_range_text(text).is_ok() {
        let told = web_sys::Event::new("input").and_then(|event| area.dispatch_event(&event));
        debug_assert!(told.is_ok(), "an event of this name can be made");
    }
}
