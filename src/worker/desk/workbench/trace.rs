//! How a result comes about, in the page's words: what each part gave, shortened.

use provisioning::expression::trace::{Trace, TraceOutcome};
use provisioning::expression::value::Value;

use crate::worker::message::{Gave, TraceNode};

/// Characters of a part's text, and of its value: more is not read in a tree.
const LONGEST: usize = 120;

/// The tree as the page shows it.
pub(super) fn told(trace: Trace) -> TraceNode {
    TraceNode {
        span: (trace.span.start, trace.span.end),
        text: shortened(&trace.text),
        gave: gave(trace.outcome),
        children: trace.children.into_iter().map(told).collect(),
    }
}

fn gave(outcome: TraceOutcome) -> Gave {
    match outcome {
        TraceOutcome::Value(Value::Null) => Gave::Null,
        TraceOutcome::Value(value) => Gave::Value(in_words(value)),
        TraceOutcome::Ignored => Gave::Dropped,
        TraceOutcome::Fault(fault) => Gave::Fault(fault.to_string()),
        TraceOutcome::NotTaken => Gave::NotTaken,
    }
}

/// Text in quotes, so that it is told from a number and its blanks are seen.
fn in_words(value: Value<'static>) -> String {
    match value {
        Value::Text(text) => quoted(&text),
        list @ (Value::List(_) | Value::Roles(_)) => {
            let texts: Vec<String> = list.into_texts().iter().map(|text| quoted(text)).collect();
            if texts.is_empty() { "an empty list".to_owned() } else { texts.join("; ") }
        }
        single => single.into_text().unwrap_or_default().into_owned(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", shortened(text))
}

/// The beginning of a long text.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
