//! What can be typed at a position, the likeliest first, and the call that the position is in.
//!
//! It goes by tokens and not by the tree, because a text is unfinished while it is typed.

mod context;
mod fitness;

use std::ops::Range;

use super::function::{self, Function, Kind, Parameter};
use super::infer::{self, AttributeHint, ValueKind};
use super::lex::{self, TokenKind};
use super::tree::Keyword;
use context::Context;

/// What can be typed at a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// The piece of the text that a completion takes the place of.
    pub replaces: Range<usize>,
    /// What fits, the likeliest first.
    pub items: Vec<Completion>,
}

/// One thing that can be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// What is written into the text.
    pub insert: String,
    /// Where the caret goes, in bytes of `insert`.
    pub caret: usize,
    /// What it is.
    pub kind: CompletionKind,
    /// What is shown beside the label: a function's signature, what is known of an attribute,
    /// the meaning of a value.
    pub detail: String,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// A function.
    Function,
    /// A source attribute.
    Attribute,
    /// `vbTextCompare` or `vbBinaryCompare`.
    Keyword,
    /// A fixed text that the parameter takes.
    Value,
}

/// The call that a position is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The function.
    pub function: &'static Function,
    /// The parameter that is being typed, as a place in [`Function::parameters`]; beyond its end
    /// where there are too many arguments.
    pub parameter: usize,
    /// The place of the argument, repeats counted.
    pub argument: usize,
}

/// The innermost call around a position of a text that may be unfinished.
pub fn signature_at(text: &str, position: usize) -> Option<Signature> {
    let context = Context::of(text, position);
    let (function, argument) = context.call()?;
    Some(Signature { function, parameter: function.parameter_index(argument), argument })
}

/// What can be typed at a position; `attributes` are those of the source.
pub fn at(text: &str, position: usize, attributes: &[AttributeHint]) -> Completions {
    let context = Context::of(text, position);
    let parameter = context.call().and_then(|(function, place)| function.parameter(place));
    let (replaces, fragment, candidates) = match &context.token {
        Some(token) if token.kind == TokenKind::Name => {
            let fragment = text.get(token.span.start..position);
            (token.span.clone(), fragment, anything(&context, parameter, attributes))
        }
        Some(token) if text.get(token.span.clone()).is_some_and(|t| t.starts_with('[')) => {
            let fragment = text.get(token.span.start + 1..position);
            (token.span.clone(), fragment, attribute_items(parameter, attributes))
        }
        Some(token) if text.get(token.span.clone()).is_some_and(|t| t.starts_with('"')) => {
            let fragment = text.get(token.span.start + 1..position);
            (quoted(text, token, position), fragment, values(parameter))
        }
        None if context.takes_value() => {
            (position..position, Some(""), anything(&context, parameter, attributes))
        }
        _ => (position..position, None, Vec::new()),
    };
    let items = fragment.map_or_else(Vec::new, |fragment| fitness::sort(fragment, candidates));
    Completions { replaces, items }
}

/// A completion with how well its kind suits the place: 0 is best.
type Candidate = (u8, Completion);

/// The part of a quoted token that a value takes the place of: all of it where it is one word,
/// else what stands before the position, because the rest was closed by a later quote.
fn quoted(text: &str, token: &lex::Token, position: usize) -> Range<usize> {
    let behind = text.get(position..token.span.end).unwrap_or_default();
    let is_word = token.kind == TokenKind::Text
        && behind.strip_suffix('"').is_some_and(|rest| rest.chars().all(char::is_alphanumeric));
    token.span.start..if is_word { token.span.end } else { position }
}

fn anything(
    context: &Context<'_>,
    parameter: Option<&Parameter>,
    attributes: &[AttributeHint],
) -> Vec<Candidate> {
    let mut candidates = values(parameter);
    if let Some(Kind::Interval | Kind::CompareType) = parameter.map(|parameter| parameter.kind) {
        return candidates;
    }
    candidates.extend(attribute_items(parameter, attributes));
    let wanted = parameter.and_then(wanted_kind);
    candidates.extend(function::ALL.iter().map(|function| {
        let yields = infer::yields(function);
        let rank = match wanted {
            None => 2,
            Some(kind) if yields.is_only(kind) => 2,
            Some(kind) if yields.has(kind) => 3,
            Some(_) => 4,
        };
        (rank, function_item(function, context.is_called))
    }));
    candidates
}

fn function_item(function: &Function, is_called: bool) -> Completion {
    let call = if is_called { "" } else { "()" };
    let inside = usize::from(!is_called && !function.parameters.is_empty());
    let insert = format!("{}{call}", function.name);
    Completion {
        label: function.name.to_owned(),
        caret: insert.len() - inside,
        insert,
        kind: CompletionKind::Function,
        detail: function.signature(),
    }
}

fn attribute_items(parameter: Option<&Parameter>, attributes: &[AttributeHint]) -> Vec<Candidate> {
    let wanted = parameter.and_then(wanted_kind);
    let computed = [
        AttributeHint {
            detail: "True for whoever is to be disabled".to_owned(),
            ..AttributeHint::new("IsSoftDeleted", ValueKind::Boolean)
        },
        AttributeHint {
            detail: "the roles in the application".to_owned(),
            ..AttributeHint::new("appRoleAssignments", ValueKind::Roles)
        },
    ];
    let beside = computed.iter().filter(|c| attributes.iter().all(|known| known.name != c.name));
    let candidates = attributes.iter().chain(beside);
    candidates
        .filter(|hint| (hint.kind == ValueKind::Roles) == (wanted == Some(ValueKind::Roles)))
        .map(|hint| {
            let insert = format!("[{}]", hint.name);
            let item = Completion {
                label: hint.name.clone(),
                caret: insert.len(),
                insert,
                kind: CompletionKind::Attribute,
                detail: hint.detail.clone(),
            };
            (if wanted.is_none_or(|kind| kind == hint.kind) { 1 } else { 3 }, item)
        })
        .collect()
}

/// The kind of value that suits a parameter; nothing where any will do.
fn wanted_kind(parameter: &Parameter) -> Option<ValueKind> {
    Some(match parameter.kind {
        Kind::Number => ValueKind::Number,
        Kind::Condition => ValueKind::Boolean,
        Kind::Date => ValueKind::Date,
        Kind::List => ValueKind::List,
        Kind::Roles => ValueKind::Roles,
        Kind::Text => ValueKind::Text,
        Kind::Any | Kind::Interval | Kind::DateFormat | Kind::Pattern | Kind::CompareType => {
            return None;
        }
    })
}

/// The intervals of `DateAdd` and `DateDiff` with their meaning.
const INTERVALS: [(&str, &str); 7] = [
    ("yyyy", "years"),
    ("m", "months"),
    ("d", "days"),
    ("ww", "weeks"),
    ("h", "hours"),
    ("n", "minutes"),
    ("s", "seconds"),
];

/// Date formats that are asked for most, each with a date in it.
const DATE_FORMATS: [(&str, &str); 6] = [
    ("yyyy-MM-dd", "2024-03-09"),
    ("yyyy-MM-ddTHH:mm:ssZ", "2024-03-09T08:00:00Z"),
    ("M/d/yyyy h:mm:ss tt", "3/9/2024 8:00:00 AM, a calculated date"),
    ("dd.MM.yyyy", "09.03.2024"),
    ("MM/dd/yyyy", "03/09/2024"),
    ("yyyyMMddHHmmss.fZ", "20240309080000.0Z, from Active Directory"),
];

/// The values of a parameter that takes only some, or some more than others.
fn values(parameter: Option<&Parameter>) -> Vec<Candidate> {
    match parameter.map(|parameter| parameter.kind) {
        Some(Kind::Interval) => {
            INTERVALS.iter().map(|(value, meaning)| (0, value_item(value, meaning))).collect()
        }
        Some(Kind::DateFormat) => {
            DATE_FORMATS.iter().map(|(value, meaning)| (0, value_item(value, meaning))).collect()
        }
        Some(Kind::CompareType) => {
            Keyword::ALL.iter().map(|(name, keyword)| (0, keyword_item(name, *keyword))).collect()
        }
        _ => Vec::new(),
    }
}

fn keyword_item(name: &str, keyword: Keyword) -> Completion {
    let meaning = match keyword {
        Keyword::TextCompare => "upper and lower case are the same",
        Keyword::BinaryCompare => "upper and lower case differ",
    };
    let (kind, insert, caret) = (CompletionKind::Keyword, name.to_owned(), name.len());
    Completion { kind, insert, caret, ..value_item(name, meaning) }
}

fn value_item(value: &str, meaning: &str) -> Completion {
    let insert = lex::quote(value);
    Completion {
        label: value.to_owned(),
        caret: insert.len(),
        insert,
        kind: CompletionKind::Value,
        detail: meaning.to_owned(),
    }
}

#[cfg(test)]
mod tests;
