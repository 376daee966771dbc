//! What the engine says of an expression, as the code field shows it.

use std::ops::Range;

use provisioning::expression::complete::{self, Completion, CompletionKind, Signature};
use provisioning::expression::explain::explain;
use provisioning::expression::function::{Function, Parameter};
use provisioning::expression::highlight::{self, Kind};
use provisioning::expression::infer::AttributeHint;
use provisioning::expression::lint::{Lint, Severity, lint};
use provisioning::expression::{Edit, Expression, Fix};

use super::setting::Setting;
use crate::ui::{
    CodeFix, CodeOffer, CodeOffers, CodePlace, CodeProblem, CodeReading, CodeSignature, CodeSpot,
    Tone,
};

/// The longest text that is coloured, in bytes. Entra takes 10,000 characters.
const COLOURED: usize = 60_000;

/// Microsoft's page on the functions, each under its own heading.
const REFERENCE: &str = "https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data";

/// All that is said of an expression; nothing of an empty one.
pub(super) fn reading(text: &str, setting: &Setting) -> CodeReading {
    if text.trim().is_empty() {
        return CodeReading::default();
    }
    let expression = Expression::parse(text);
    let problems = lint(&expression, &setting.situation()).into_iter().map(problem).collect();
    let meaning = expression.is_sound().then(|| explain(&expression));
    CodeReading::new(tokens(text), problems, meaning)
}

/// What is said of the place at the caret.
pub(super) fn spot(text: &str, caret: usize) -> CodeSpot {
    if text.len() > COLOURED {
        return CodeSpot::default();
    }
    let pair = highlight::matching_bracket(text, caret);
    let lit = pair.map_or_else(Vec::new, |(open, close)| vec![open, close]);
    CodeSpot { lit, signature: signature(text, caret) }
}

/// The kind of every word, by the names of the sheet. Punctuation is left out, and so is drawn
/// with the blanks around it: half as many runs to lay out at every keystroke.
fn tokens(text: &str) -> Vec<(Range<usize>, &'static str)> {
    if text.len() > COLOURED {
        return Vec::new();
    }
    let tokens = highlight::tokens(text).into_iter();
    tokens.filter_map(|token| Some((token.span, kind(token.kind)?))).collect()
}

fn kind(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Function => "function",
        Kind::Attribute => "attribute",
        Kind::Text => "text",
        Kind::Number => "number",
        Kind::Keyword => "keyword",
        // Its mark says what is wrong with it.
        Kind::UnknownFunction => "name",
        Kind::Fault => "fault",
        Kind::Comparison | Kind::Bracket | Kind::Comma => return None,
    })
}

/// Advice as a problem of the text.
fn problem(lint: Lint) -> CodeProblem {
    let Lint { severity, span, message, help, fixes, .. } = lint;
    let tone = match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warning,
        Severity::Hint => Tone::Info,
    };
    let message = match help.as_str() {
        "" => format!("{message}."),
        help if help.ends_with(['?', '!']) => format!("{message} – {help}"),
        help => format!("{message} – {help}."),
    };
    CodeProblem { span, tone, message, fixes: fixes.into_iter().map(fix).collect() }
}

fn fix(Fix { label, edits }: Fix) -> CodeFix {
    let edits = edits.into_iter().map(|Edit { span, text }| (span, text)).collect();
    CodeFix { label: opened(&label), edits }
}

/// What fits at a place. Whoever did not ask is offered something only for what was begun, and
/// nothing once it stands there.
pub(super) fn offers(place: &CodePlace, attributes: &[AttributeHint]) -> CodeOffers {
    let CodePlace { text, caret, asked } = place;
    let complete::Completions { replaces, items } = complete::at(text, *caret, attributes);
    let begun = text.get(replaces.clone()).unwrap_or_default();
    let is_there = items.iter().any(|item| item.insert == begun);
    if !asked && (replaces.start >= *caret || is_there) {
        return CodeOffers::default();
    }
    CodeOffers { replaces, offers: items.into_iter().map(offer).collect() }
}

fn offer(completion: Completion) -> CodeOffer {
    let Completion { label, insert, caret, kind, detail } = completion;
    let kind = match kind {
        CompletionKind::Function => "function",
        CompletionKind::Attribute => "attribute",
        CompletionKind::Keyword => "keyword",
        CompletionKind::Value => "text",
    };
    CodeOffer { label, kind, detail, insert, caret }
}

/// The call at the caret, with the parameter that is typed there.
fn signature(text: &str, caret: usize) -> Option<CodeSignature> {
    let Signature { function, parameter, .. } = complete::signature_at(text, caret)?;
    let whole = function.signature();
    let current = span_of(function, parameter);
    let piece = |span: Range<usize>| whole.get(span).unwrap_or_default().to_owned();
    let link = format!("{REFERENCE}#{}", function.name.to_lowercase());
    Some(CodeSignature {
        before: piece(0..current.start),
        current: piece(current.clone()),
        after: piece(current.end..whole.len()),
        about: about(function, function.parameters.get(parameter)),
        link: Some((format!("{} in Microsoft's reference", function.name), link)),
    })
}

/// Where a parameter stands in the signature of its function; nowhere if there is none.
fn span_of(function: &Function, parameter: usize) -> Range<usize> {
    let mut start = function.name.len() + "(".len();
    for (at, known) in function.parameters.iter().enumerate() {
        let brackets = if known.required { 0 } else { "[]".len() };
        let end = start + known.name.len() + brackets;
        if at == parameter {
            return start..end;
        }
        start = end + ", ".len();
    }
    0..0
}

fn about(function: &Function, parameter: Option<&Parameter>) -> String {
    let Some(parameter) = parameter else {
        return match function.parameters {
            [] => format!("{} No arguments.", function.summary),
            _ => format!("{} There are more arguments than it takes.", function.summary),
        };
    };
    let optional = if parameter.required { "" } else { ", may be left empty" };
    let Parameter { name, kind, description, .. } = parameter;
    format!("{name} ({}{optional}): {}", kind.in_words(), closed(description))
}

/// A text with a capital at its beginning, unless that is a name.
fn opened(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// A text with a full stop at its end.
fn closed(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests;
