//! How a result comes about: the expression as a tree, with what each part gave.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::bench::Bench;
use crate::worker::message::{Gave, Look, TraceNode};

/// How deep the tree is open at first.
const OPEN: usize = 3;

/// So many parts of one part are drawn at once.
const MOST: usize = 40;

/// The parts that were opened or closed by hand, by their way from the root; they stay so while
/// the values change.
#[derive(Clone, Copy)]
struct Turned(RwSignal<BTreeSet<Vec<usize>>>);

impl Turned {
    fn is_open(self, way: &[usize], node: &TraceNode) -> bool {
        // What was not asked for has nothing to tell.
        let by_itself = way.len() < OPEN && node.gave != Gave::NotTaken;
        by_itself != self.0.with_untracked(|turned| turned.contains(way))
    }

    fn set(self, way: &[usize], node: &TraceNode, is_open: bool) {
        if self.is_open(way, node) != is_open {
            self.0.update_untracked(|turned| {
                if !turned.remove(way) {
                    turned.insert(way.to_vec());
                }
            });
        }
    }
}

/// What all parts of the tree share.
#[derive(Clone, Copy)]
struct Drawing {
    bench: Bench,
    turned: Turned,
}

impl Drawing {
    /// Lights up where a part stands in the text.
    fn light(self, span: Option<(usize, usize)>) {
        let wanted: Vec<_> = span.into_iter().map(|(from, to)| from..to).collect();
        if self.bench.lit.with_untracked(|lit| *lit != wanted) {
            self.bench.lit.set(wanted);
        }
    }
}

/// The tree of the one on show.
#[component]
pub(super) fn TraceTree(bench: Bench, #[prop(into)] look: Signal<Option<Look>>) -> impl IntoView {
    let drawing = Drawing { bench, turned: Turned(RwSignal::default()) };
    // Another text has its parts elsewhere.
    Effect::new(move |_| {
        bench.text.track();
        drawing.light(None);
    });
    let trace =
        Memo::new(move |_| look.with(|look| look.as_ref().and_then(|look| look.trace.clone())));
    view! {
        <div
            class="trace-tree"
            data-state=move || bench.is_unsound().then_some("former")
            role="group" aria-label="How the value comes about" tabindex="0">
            {move || trace.get().map(|root| view! { <ul>{branch(drawing, Vec::new(), root)}</ul> })}
        </div>
    }
}

fn branch(drawing: Drawing, way: Vec<usize>, node: TraceNode) -> AnyView {
    let Drawing { turned, .. } = drawing;
    let span = node.span;
    let line = line(drawing, &node);
    if node.children.is_empty() {
        return view! { <li>{line}</li> }.into_any();
    }
    let open = turned.is_open(&way, &node);
    // What is closed is built when it is opened: a long expression has thousands of parts.
    let is_built = RwSignal::new(open);
    let children = {
        let (way, children) = (way.clone(), node.children.clone());
        move || is_built.get().then(|| parts(drawing, &way, &children, 0))
    };
    let toggled = move |event: leptos::ev::Event| {
        let is_open = event_target::<web_sys::Element>(&event).has_attribute("open");
        if is_open {
            is_built.set(true);
        }
        turned.set(&way, &node, is_open);
    };
    view! {
        <li>
            <details open=open on:toggle=toggled>
                // With the keyboard, too, one sees where a part stands in the text.
                <summary
                    on:focus=move |_| drawing.light(Some(span))
                    on:blur=move |_| drawing.light(None)
                >
                    {line}
                </summary>
                <ul>{children}</ul>
            </details>
        </li>
    }
    .into_any()
}

/// Some parts of a part, and the way to those behind them.
fn parts(drawing: Drawing, way: &[usize], all: &[TraceNode], from: usize) -> AnyView {
    let shown = all.iter().enumerate().skip(from).take(MOST);
    let shown: Vec<AnyView> = shown
        .map(|(at, child)| {
            branch(drawing, way.iter().copied().chain([at]).collect(), child.clone())
        })
        .collect();
    let behind = from + MOST;
    let rest = all.get(behind..).filter(|rest| !rest.is_empty()).map(|rest| {
        let (way, all, title) = (way.to_vec(), all.to_vec(), rest_in_words(rest));
        let is_built = RwSignal::new(false);
        view! {
            <li>
                <details on:toggle=move |_| is_built.set(true)>
                    <summary>{title}</summary>
                    <ul>{move || is_built.get().then(|| parts(drawing, &way, &all, behind))}</ul>
                </details>
            </li>
        }
    });
    view! {
        {shown}
        {rest}
    }
    .into_any()
}

/// How many parts follow, and how many of them the value depends on.
fn rest_in_words(rest: &[TraceNode]) -> String {
    let asked = rest.iter().filter(|node| node.gave != Gave::NotTaken).count();
    match asked {
        0 => format!("{} more, none of them asked for", rest.len()),
        asked => format!("{} more, {asked} of them asked for", rest.len()),
    }
}

/// A part's name or text, and what it gave.
fn line(drawing: Drawing, node: &TraceNode) -> impl IntoView + use<> {
    let span = node.span;
    let (state, gave) = match &node.gave {
        Gave::Value(text) => ("value", text.clone()),
        Gave::Null => ("none", "no value".to_owned()),
        Gave::Dropped => ("none", "dropped from the flow".to_owned()),
        Gave::Fault(why) => ("failed", format!("fails: {why}")),
        Gave::NotTaken => ("not-taken", "not asked for".to_owned()),
    };
    view! {
        <span
            data-state=state
            on:mouseenter=move |_| drawing.light(Some(span))
            on:mouseleave=move |_| drawing.light(None)
        >
            <code>{name(node)}</code>
            <span data-part="gave">
                <bdi>{gave}</bdi>
            </span>
        </span>
    }
}

/// A call by its function's name, because its arguments stand below it; all else by its text.
fn name(node: &TraceNode) -> String {
    match node.text.split_once('(') {
        Some((name, _)) if !node.children.is_empty() && is_name(name) => format!("{name}(…)"),
        _ => node.text.clone(),
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str, children: usize) -> TraceNode {
        let bare = |text: &str, children| TraceNode {
            span: (0, 0),
            text: text.to_owned(),
            gave: Gave::Null,
            children,
        };
        bare(text, vec![bare("1", Vec::new()); children])
    }

    #[test]
    fn what_is_not_drawn_yet_is_counted() {
        let mut rest = node("Switch(…)", 3).children;
        assert_eq!(rest_in_words(&rest), "3 more, 3 of them asked for");
        rest.iter_mut().for_each(|node| node.gave = Gave::NotTaken);
        assert_eq!(rest_in_words(&rest), "3 more, none of them asked for");
    }

    #[test]
    fn a_call_is_named_and_all_else_is_quoted() {
        assert_eq!(name(&node("Join(\" \", [a])", 2)), "Join(…)");
        assert_eq!(name(&node("Now()", 0)), "Now()");
        assert_eq!(name(&node("[a] = Left(\"(\", 1)", 2)), "[a] = Left(\"(\", 1)");
        assert_eq!(name(&node("\"a(b\"", 0)), "\"a(b\"");
    }
}
