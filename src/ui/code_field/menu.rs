//! The list that opens at the caret: suggestions, or repairs. The focus stays in the text.

use std::ops::Range;

use leptos::wasm_bindgen::JsCast;
use leptos::{ev, prelude::*, web_sys};

use super::control::CodeControl;
use super::layer::Point;
use super::{CodeFix, CodeOffer};

/// One line of the list, and what it does.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    label: String,
    kind: &'static str,
    detail: String,
    edits: Vec<(Range<usize>, String)>,
    /// Where the caret then stands; none keeps its place.
    caret: Option<usize>,
}

impl Choice {
    /// Puts what is offered in the place of what was begun.
    pub(super) fn of_offer(replaces: &Range<usize>, offer: CodeOffer) -> Self {
        Self {
            label: offer.label,
            kind: offer.kind,
            detail: offer.detail,
            caret: Some(replaces.start + offer.caret),
            edits: vec![(replaces.clone(), offer.insert)],
        }
    }

    /// Repairs what is wrong at the caret.
    pub(super) fn of_fix(fix: &CodeFix) -> Self {
        Self {
            label: fix.label.clone(),
            kind: "repair",
            detail: String::new(),
            edits: fix.edits.clone(),
            caret: None,
        }
    }

    pub(super) fn take(self, control: CodeControl) {
        control.write(&self.edits, self.caret);
    }
}

/// The open list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Open {
    /// What the list holds, in one word: "Suggestions".
    pub(super) title: &'static str,
    /// Where the caret stood.
    pub(super) caret: usize,
    /// Where the piece begins that is chosen for, in bytes of the text.
    pub(super) hangs_at: usize,
    pub(super) choices: Vec<Choice>,
}

/// The list of one field, open or not.
#[derive(Clone, Copy)]
pub(super) struct Menu {
    control: CodeControl,
    open: RwSignal<Option<Open>>,
    active: RwSignal<usize>,
}

impl Menu {
    pub(super) fn new(control: CodeControl) -> Self {
        let menu = Self { control, open: RwSignal::new(None), active: RwSignal::new(0) };
        // Whoever walks away from the place does not want what was offered there.
        Effect::new(move |_| {
            let caret = control.caret();
            if menu.open.with_untracked(|open| open.as_ref().is_some_and(|o| o.caret != caret)) {
                menu.close();
            }
        });
        menu
    }

    pub(super) fn is_open(self) -> bool {
        self.open.with(Option::is_some)
    }

    pub(super) fn is_open_now(self) -> bool {
        self.open.with_untracked(Option::is_some)
    }

    /// The place in the text that the open list hangs at.
    pub(super) fn hangs_at(self) -> Option<usize> {
        self.open.with(|open| open.as_ref().map(|open| open.hangs_at))
    }

    pub(super) fn show(self, open: Open) {
        self.active.set(0);
        self.open.set(Some(open));
    }

    pub(super) fn close(self) {
        if self.is_open_now() {
            self.open.set(None);
        }
    }

    fn take(self, at: usize) {
        let open = self.open.try_update(Option::take).flatten();
        if let Some(choice) = open.and_then(|open| open.choices.into_iter().nth(at)) {
            choice.take(self.control);
        }
    }

    /// Does what a key means to the open list; whether it meant anything.
    pub(super) fn on_key(self, event: &ev::KeyboardEvent) -> bool {
        let choices = self.open.with_untracked(|open| open.as_ref().map(|o| o.choices.len()));
        let Some(choices) = choices else { return false };
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
            return false;
        }
        let at = self.active.get_untracked();
        match event.key().as_str() {
            "Enter" | "Tab" => self.take(at),
            "Escape" => self.close(),
            key => match moved(key, at, choices) {
                Some(at) => self.active.set(at),
                None => return false,
            },
        }
        true
    }
}

/// The line that a key leads to; the first follows the last.
fn moved(key: &str, at: usize, choices: usize) -> Option<usize> {
    const PAGE: usize = 8;
    let last = choices.saturating_sub(1);
    match key {
        "ArrowDown" => Some(if at >= last { 0 } else { at + 1 }),
        "ArrowUp" => Some(at.checked_sub(1).unwrap_or(last)),
        "PageDown" => Some((at + PAGE).min(last)),
        "PageUp" => Some(at.saturating_sub(PAGE)),
        _ => None,
    }
}

/// The ids by which the text area names the list and its lines.
#[derive(Clone, Copy)]
pub(super) struct MenuIds(StoredValue<String>);

impl MenuIds {
    pub(super) fn new(field: &str) -> Self {
        Self(StoredValue::new(field.to_owned()))
    }

    pub(super) fn list(self) -> String {
        self.0.with_value(|field| format!("{field}-menu"))
    }

    fn line(self, at: usize) -> String {
        self.0.with_value(|field| format!("{field}-line-{at}"))
    }

    /// The marked line of the open list.
    pub(super) fn active(self, menu: Menu) -> Option<String> {
        menu.is_open().then(|| self.line(menu.active.get()))
    }
}

/// The list. A press on it keeps the focus in the text, which would otherwise close it.
#[component]
pub(super) fn MenuList(menu: Menu, ids: MenuIds) -> impl IntoView {
    let title = move || menu.open.with(|open| open.as_ref().map_or("Suggestions", |o| o.title));
    Effect::new(move |_| {
        if menu.is_open() {
            keep_in_sight(&ids.line(menu.active.get()));
        }
    });
    view! {
        <div
            data-part="menu"
            hidden=move || !menu.is_open()
            on:mousedown=move |event| event.prevent_default()
        >
            <ul role="listbox" id=ids.list() aria-label=title>
                {move || {
                    let choices = menu.open.with(|open| open.as_ref().map(|o| o.choices.clone()));
                    let lines = choices.into_iter().flatten().enumerate();
                    lines.map(|(at, choice)| line(menu, ids, at, choice)).collect_view()
                }}
            </ul>
        </div>
    }
}

fn line(menu: Menu, ids: MenuIds, at: usize, choice: Choice) -> impl IntoView {
    view! {
        <li
            role="option"
            id=ids.line(at)
            aria-selected=move || if menu.active.get() == at { "true" } else { "false" }
            on:click=move |_| menu.take(at)
        >
            <span data-kind=choice.kind>{choice.label}</span>
            <small>{choice.detail}</small>
        </li>
    }
}

/// Where the list hangs: as high as the line of text, at the caret.
#[component]
pub(super) fn MenuAnchor(hook: RwSignal<Point>) -> impl IntoView {
    let pixels = move |of: fn(Point) -> f64| move || format!("{}px", of(hook.get()));
    view! {
        <i
            data-part="anchor"
            style:left=pixels(|point| point.left)
            style:top=pixels(|point| point.top)
            style:height=pixels(|point| point.height)
        ></i>
    }
}

fn keep_in_sight(id: &str) {
    let Some(line) = document().get_element_by_id(id) else { return };
    let Some(list) = line.closest("[data-part=menu]").ok().flatten() else { return };
    let (Some(line), Some(list)) =
        (line.dyn_ref::<web_sys::HtmlElement>(), list.dyn_ref::<web_sys::HtmlElement>())
    else {
        return;
    };
    let (top, bottom) = (line.offset_top(), line.offset_top() + line.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn the_arrows_go_round_and_pages_stop_at_the_ends() {
        assert_eq!(moved("ArrowDown", 0, 3), Some(1));
        assert_eq!(moved("ArrowDown", 2, 3), Some(0));
        assert_eq!(moved("ArrowUp", 0, 3), Some(2));
        assert_eq!(moved("PageDown", 1, 20), Some(9));
        assert_eq!(moved("PageDown", 15, 20), Some(19));
        assert_eq!(moved("PageUp", 5, 20), Some(0));
        assert_eq!(moved("Home", 5, 20), None);
    }
}
