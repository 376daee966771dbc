//! `Replace`, whose optional parameters decide which of five things it does.

use std::borrow::Cow;

use super::super::evaluate::{Call, LENGTH_LIMIT, Outcome, Stop};
use super::super::fault::EvaluationFaultKind;
use super::super::value::Value;
use super::{DOCUMENTED, Example, Function, Kind, chosen, optional, required};
use crate::pattern::{Pattern, PatternProblem};

pub(super) const REPLACE: Function = Function {
    name: "Replace",
    summary: "Replaces a fixed text, or what a regular expression finds.",
    parameters: &[
        required("source", Kind::Text, "the text in which something is replaced"),
        optional("oldValue", Kind::Text, "the text that is looked for, literally"),
        optional("regexPattern", Kind::Pattern, "the .NET regular expression that is looked for"),
        optional(
            "regexGroupName",
            Kind::Text,
            "the named group of the pattern that is replaced or taken",
        ),
        optional("replacementValue", Kind::Text, "what is put in its place"),
        optional(
            "replacementAttributeName",
            Kind::Text,
            "the attribute that is read where the source is empty",
        ),
        optional("template", Kind::Text, "a text in which `oldValue` stands for the source"),
    ],
    examples: &[
        Example {
            expression: r#"Replace([preferredLanguage], "-", , , "_", , )"#,
            attributes: &[("preferredLanguage", "EN-US")],
            result: "EN_US",
        },
        Example {
            expression: r#"Replace([UserID], "<username>", , , , , "<username>@contoso.com")"#,
            attributes: &[("UserID", "jsmith")],
            result: "jsmith@contoso.com",
        },
        Example {
            expression: r#"Replace([mobile], , "[()\\s-]+", , "", , )"#,
            attributes: &[("mobile", "+1 (555) 123-4567")],
            result: "+15551234567",
        },
        Example {
            expression: r#"Replace([mail], , "(?<Suffix>@(.)*)", "Suffix", "", , )"#,
            attributes: &[("mail", "jsmith@contoso.com")],
            result: "jsmith",
        },
    ],
    evidence: DOCUMENTED,
    notes: &[
        chosen(
            "the printed example for telephone numbers loses the plus sign although its pattern does not match it; here it stays",
        ),
        chosen("a null source yields null"),
    ],
};

const OLD: usize = 1;
const PATTERN: usize = 2;
const GROUP: usize = 3;
const REPLACEMENT: usize = 4;
const OTHER: usize = 5;
const TEMPLATE: usize = 6;

pub(super) fn replace<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let source = call.text(0)?;
    match (call.pattern(PATTERN)?, call.has(OLD)) {
        (Some(pattern), _) => replace_pattern(call, source, &pattern),
        (None, true) if call.has(TEMPLATE) => fill_template(call, source),
        (None, true) if call.has(REPLACEMENT) => replace_text(call, source),
        (None, true) => Err(incomplete(call, "a `replacementValue` or a `template`")),
        (None, false) => Err(incomplete(call, "an `oldValue` or a `regexPattern`")),
    }
}

fn incomplete(call: &Call<'_, '_>, missing: &str) -> Stop {
    let message = format!("`Replace` needs {missing}");
    call.fault(EvaluationFaultKind::Argument, message, Some(&REPLACE.signature()))
}

/// Every occurrence of a text becomes another.
fn replace_text<'a>(call: &Call<'_, 'a>, source: Option<Cow<'a, str>>) -> Outcome<'a> {
    let Some(source) = source else { return Ok(Value::Null) };
    let old = call.text(OLD)?.unwrap_or_default();
    let new = call.text(REPLACEMENT)?.unwrap_or_default();
    substitute(call, source, &old, &new)
}

/// Every occurrence of a text in the template becomes the source.
fn fill_template<'a>(call: &Call<'_, 'a>, source: Option<Cow<'a, str>>) -> Outcome<'a> {
    let Some(source) = source else { return Ok(Value::Null) };
    let old = call.text(OLD)?.unwrap_or_default();
    let template = call.text(TEMPLATE)?.unwrap_or_default();
    substitute(call, template, &old, &source)
}

fn substitute<'a>(call: &Call<'_, 'a>, text: Cow<'a, str>, old: &str, new: &str) -> Outcome<'a> {
    // An empty text is found nowhere; .NET refuses to look for it.
    let found = if old.is_empty() { 0 } else { text.matches(old).count() };
    if found == 0 {
        return Ok(text.into());
    }
    let grown = found.saturating_mul(new.len().saturating_sub(old.len()));
    call.check_length(text.len().saturating_add(grown))?;
    Ok(text.replace(old, new).into())
}

fn replace_pattern<'a>(
    call: &Call<'_, 'a>,
    source: Option<Cow<'a, str>>,
    pattern: &Pattern,
) -> Outcome<'a> {
    let group = call.text(GROUP)?.filter(|group| !group.is_empty());
    if let Some(group) = &group
        && !pattern.has_group(group)
    {
        let message = format!("the regular expression has no group `{group}`");
        let help = "name it in the pattern, as in `(?<name>...)`";
        return Err(call.at(GROUP, EvaluationFaultKind::Argument, message, Some(help)));
    }
    if call.has(OTHER) {
        return fall_back(call, source, pattern, group.as_deref());
    }
    if !call.has(REPLACEMENT) {
        return Err(incomplete(call, "a `replacementValue` or a `replacementAttributeName`"));
    }
    let Some(source) = source else { return Ok(Value::Null) };
    let new = call.text(REPLACEMENT)?.unwrap_or_default();
    let gave_up = |problem| stop(call, &problem);
    let replaced = match group {
        Some(group) => pattern.replace_group(&source, &group, &new, LENGTH_LIMIT),
        None => pattern.replace(&source, &new, LENGTH_LIMIT),
    };
    Ok(replaced.map_err(gave_up)?.map_or_else(|| source.into(), Value::from))
}

/// The source where it has a value, else what a group captures in another attribute.
fn fall_back<'a>(
    call: &Call<'_, 'a>,
    source: Option<Cow<'a, str>>,
    pattern: &Pattern,
    group: Option<&str>,
) -> Outcome<'a> {
    if let Some(source) = source.filter(|source| !source.is_empty()) {
        return Ok(source.into());
    }
    let Some(group) = group else {
        return Err(incomplete(call, "a `regexGroupName` with `replacementAttributeName`"));
    };
    let Some(other) = call.text(OTHER)? else { return Ok(Value::Null) };
    let captured = pattern.capture(&other, group).map_err(|problem| stop(call, &problem))?;
    Ok(captured.map_or(Value::Null, |captured| captured.to_owned().into()))
}

fn stop(call: &Call<'_, '_>, problem: &PatternProblem) -> Stop {
    let kind = match problem {
        PatternProblem::TooLarge => EvaluationFaultKind::TooLarge,
        PatternProblem::Syntax(_) | PatternProblem::GaveUp | PatternProblem::TextTooLong => {
            EvaluationFaultKind::Regex
        }
    };
    call.at(PATTERN, kind, problem.to_string(), None)
}
