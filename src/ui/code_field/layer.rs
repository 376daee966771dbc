//! The coloured layer behind the text: one node a run, of which a keystroke replaces a few.

use leptos::wasm_bindgen::JsCast;
use leptos::{html, prelude::*, web_sys};

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
}

impl Layer {
    /// A layer that follows the runs as they change.
    pub(super) fn following(runs: Memo<Vec<Run>>) -> Self {
        let drawn = StoredValue::new_local(Drawn::default());
        let layer = Self { element: NodeRef::new(), drawn };
        Effect::new(move |_| {
            if let Some(element) = layer.element.get() {
                drawn.update_value(|drawn| drawn.draw(&element, runs.get()));
            }
        });
        layer
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
    let text = document().create_text_node(&run.text);
    let attributes =
        [("data-kind", run.kind), ("data-mark", run.mark), ("data-lit", run.is_lit.then_some(""))];
    if attributes.iter().all(|(_, value)| value.is_none()) {
        return text.unchecked_into();
    }
    let Ok(span) = document().create_element("span") else { return text.unchecked_into() };
    for (name, value) in attributes {
        if let Some(value) = value {
            // Fails only for an illegal name.
            let _ = span.set_attribute(name, value);
        }
    }
    // Fails only where a child may not stand.
    let _ = span.append_child(&text);
    span.unchecked_into()
}
