//! What is drawn of the text: one node a run, of which a keystroke replaces a few.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;

use super::offset::to_units;
use super::run::{Run, unchanged};

/// The runs that are drawn now, and the node of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawing {
    runs: Vec<Run>,
    nodes: Vec<web_sys::Node>,
}

impl Drawing {
    /// Replaces the nodes between those that stay as they are.
    pub(super) fn draw(&mut self, element: &web_sys::HtmlPreElement, mut runs: Vec<Run>) {
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

    /// Where the character at a place is drawn. An empty range would do, but before a break
    /// browsers give it no place.
    pub(super) fn rectangle(&self, bytes: usize) -> Option<web_sys::DomRect> {
        let mut before = 0;
        let at = self.runs.iter().position(|run| {
            let is_here = bytes < before + run.text.len();
            before += if is_here { 0 } else { run.text.len() };
            is_here
        })?;
        let (run, node) = (self.runs.get(at)?, self.nodes.get(at)?);
        let text = node.first_child().unwrap_or_else(|| node.clone());
        let start = run.text.floor_char_boundary(bytes - before);
        let end = run.text.ceil_char_boundary(start + 1);
        let range = document().create_range().ok()?;
        range.set_start(&text, to_units(&run.text, start)).ok()?;
        range.set_end(&text, to_units(&run.text, end)).ok()?;
        Some(range.get_bounding_client_rect())
    }
}

/// A run as the browser draws it; what is of no kind needs no element.
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
