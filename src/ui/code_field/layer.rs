//! The coloured layer behind the text: one node a run, of which a keystroke replaces a few.

use leptos::wasm_bindgen::JsCast;
use leptos::{html, prelude::*, web_sys};

use super::control::CodeControl;
use super::run::{Run, unchanged};

/// What is drawn now: the runs, and the node of each.
#[derive(Clone, Debug, Default)]
struct Drawn {
    runs: Vec<Run>,
    nodes: Vec<web_sys::Node>,
}

/// Where something stands on the layer, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) height: f64,
}

/// The layer of one field.
#[derive(Clone, Copy)]
pub(super) struct Layer {
    element: NodeRef<html::Pre>,
    drawn: StoredValue<Drawn, LocalStorage>,
    runs: Memo<Vec<Run>>,
    control: CodeControl,
    is_due: StoredValue<bool>,
}

impl Layer {
    /// A layer that follows the runs as they change.
    pub(super) fn following(runs: Memo<Vec<Run>>, control: CodeControl) -> Self {
        let layer = Self {
            element: NodeRef::new(),
            drawn: StoredValue::new_local(Drawn::default()),
            runs,
            control,
            is_due: StoredValue::new(false),
        };
        Effect::new(move |_| {
            runs.track();
            control.is_sought.track();
            layer.element.track();
            layer.draw_in_time();
        });
        layer
    }

    /// Draws before the next frame is painted. Drawing at once would have the browser lay the text
    /// out within the keystroke, and once more for the frame.
    fn draw_in_time(self) {
        if self.is_due.get_value() {
            return;
        }
        self.is_due.set_value(true);
        request_animation_frame(move || {
            if self.is_due.try_set_value(false).is_some() {
                // The field has left the page meanwhile.
                return;
            }
            if let Some(element) = self.element.get_untracked() {
                let runs = self.runs.get_untracked();
                self.drawn.update_value(|drawn| drawn.draw(&element, runs));
            }
            if self.control.is_sought.get_untracked() {
                self.control.is_sought.update_untracked(|is_sought| *is_sought = false);
                self.bring_into_sight(self.control.caret_now());
            }
        });
    }

    /// Scrolls the box to a place of the text. The browser does so for what is typed, but before
    /// the layer has given the text area the height for it.
    fn bring_into_sight(self, bytes: usize) {
        let element = self.element.get_untracked();
        let found = element.and_then(|element| element.closest("[data-part=box]").ok().flatten());
        let (Some(frame), Some(point)) = (found, self.point(bytes)) else { return };
        let (top, bottom) = (point.top, point.top + point.height);
        let seen = f64::from(frame.scroll_top());
        let height = f64::from(frame.client_height());
        if let Some(wanted) = scrolled(seen, height, top, bottom) {
            frame.set_scroll_top(wanted);
        }
    }

    /// The element. It is no text of its own: who hears the page hears the text area.
    pub(super) fn view(self) -> impl IntoView {
        view! { <pre aria-hidden="true" node_ref=self.element></pre> }
    }

    /// Where a place in the text is drawn.
    pub(super) fn point(self, bytes: usize) -> Option<Point> {
        let origin = self.element.get_untracked()?.get_bounding_client_rect();
        let place = self.drawn.with_value(|drawn| drawn.rectangle(bytes))?;
        Some(Point {
            left: place.left() - origin.left(),
            top: place.top() - origin.top(),
            height: place.height(),
        })
    }
}

/// How far a box is to be scrolled for a line to be seen, with half a line around it; nothing where
/// it is seen already.
fn scrolled(seen: f64, height: f64, top: f64, bottom: f64) -> Option<i32> {
    let around = (bottom - top) / 2.0;
    let wanted = if top < seen {
        top - around
    } else if bottom > seen + height {
        bottom + around - height
    } else {
        return None;
    };
    // Whole pixels are near enough.
    Some(wanted.max(0.0).round() as i32)
}

impl Drawn {
    /// Replaces the nodes between those that stay as they are.
    fn draw(&mut self, element: &web_sys::HtmlPreElement, mut runs: Vec<Run>) {
        // A last line that is empty has its height only with a break behind it.
        runs.push(Run { text: "\n".to_owned(), ..Run::default() });
        let (first, last) = unchanged(&self.runs, &runs);
        let behind = self.nodes.len() - last;
        let next = self.nodes.get(behind).cloned();
        for node in self.nodes.drain(first..behind) {
            // Fails only for a node that is not there.
            let _ = element.remove_child(&node);
        }
        let fresh = runs.get(first..runs.len() - last).unwrap_or_default();
        let fresh: Vec<_> = fresh.iter().map(node).collect();
        for node in &fresh {
            // Fails only before a node that is not there.
            let _ = element.insert_before(node, next.as_ref());
        }
        self.nodes.splice(first..first, fresh);
        self.runs = runs;
    }

    fn rectangle(&self, bytes: usize) -> Option<web_sys::DomRect> {
        let mut before = 0;
        let at = self.runs.iter().position(|run| {
            let is_here = bytes < before + run.text.len();
            before += if is_here { 0 } else { run.text.len() };
            is_here
        })?;
        let (run, node) = (self.runs.get(at)?, self.nodes.get(at)?);
        let text = node.first_child().unwrap_or_else(|| node.clone());
        let range = document().create_range().ok()?;
        range.set_start(&text, super::offset::to_units(&run.text, bytes - before)).ok()?;
        range.collapse_with_to_start(true);
        Some(range.get_bounding_client_rect())
    }
}

/// A run as the browser draws it; white space without a mark needs no element.
fn node(run: &Run) -> web_sys::Node {
    let attributes =
        [("data-kind", run.kind), ("data-mark", run.mark), ("data-lit", run.is_lit.then_some(""))];
    let plain = || document().create_text_node(&run.text).unchecked_into();
    if attributes.iter().all(|(_, value)| value.is_none()) {
        return plain();
    }
    // Fails only for an illegal name.
    let Ok(span) = document().create_element("span") else { return plain() };
    for (name, value) in attributes {
        if let Some(value) = value {
            // Fails only for an illegal name.
            let _ = span.set_attribute(name, value);
        }
    }
    span.set_text_content(Some(&run.text));
    span.unchecked_into()
}

#[cfg(test)]
mod tests {
    use super::scrolled;

    #[test]
    fn a_line_is_brought_into_sight_from_either_side_and_else_left_alone() {
        assert_eq!(scrolled(0.0, 100.0, 40.0, 60.0), None);
        assert_eq!(scrolled(0.0, 100.0, 90.0, 110.0), Some(20));
        assert_eq!(scrolled(200.0, 100.0, 150.0, 170.0), Some(140));
        assert_eq!(scrolled(200.0, 100.0, 0.0, 20.0), Some(0));
    }
}
