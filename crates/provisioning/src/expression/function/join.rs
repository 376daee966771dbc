//! Functions that put texts together.

use std::borrow::Cow;

use super::super::evaluate::{Call, Outcome};
use super::super::value::Value;
use super::{DOCUMENTED, Example, Function, Kind, chosen, repeated, required, shown};

pub(super) const APPEND: Function = Function {
    name: "Append",
    summary: "Puts a text behind another.",
    parameters: &[
        required("source", Kind::Text, "the text that comes first"),
        required("suffix", Kind::Text, "the text behind it"),
    ],
    examples: &[Example {
        expression: r#"Append([userPrincipalName], ".test")"#,
        attributes: &[("userPrincipalName", "John.Doe@contoso.com")],
        result: "John.Doe@contoso.com.test",
    }],
    evidence: DOCUMENTED,
    notes: &[chosen("a null source yields null; a null suffix adds nothing")],
};

pub(super) fn append<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (source, suffix) = (call.text(0)?, call.text(1)?);
    let Some(source) = source else { return Ok(Value::Null) };
    match suffix {
        None => Ok(source.into()),
        Some(suffix) if suffix.is_empty() => Ok(source.into()),
        Some(suffix) => {
            let mut text = match source {
                Cow::Owned(text) => text,
                Cow::Borrowed(source) => {
                    let mut text = String::with_capacity(source.len() + suffix.len());
                    text.push_str(source);
                    text
                }
            };
            text.push_str(&suffix);
            Ok(text.into())
        }
    }
}

pub(super) const JOIN: Function = Function {
    name: "Join",
    summary: "Puts texts together with a separator between them; empty ones vanish without one.",
    parameters: &[
        required("separator", Kind::Text, "what stands between the sources"),
        repeated("source", Kind::Any, "a text, a number, or an attribute with several values"),
    ],
    examples: &[
        Example {
            expression: r#"Join(" ", [givenName], [surname])"#,
            attributes: &[("givenName", "Ana"), ("surname", "Silva")],
            result: "Ana Silva",
        },
        Example {
            expression: r#"Join(", ", "", [surname], [givenName])"#,
            attributes: &[("givenName", "John"), ("surname", "Doe")],
            result: "Doe, John",
        },
    ],
    evidence: DOCUMENTED,
    notes: &[shown("null and empty sources vanish together with their separator")],
};

pub(super) fn join<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let separator = call.text(0)?.unwrap_or_default();
    let mut joined = None;
    for place in 1..call.len() {
        match call.value(place)? {
            value @ (Value::List(_) | Value::Roles(_)) => {
                for text in value.into_texts() {
                    put_behind(&mut joined, &separator, text);
                    call.check_length(joined.as_ref().map_or(0, |joined| joined.len()))?;
                }
            }
            value => {
                if let Some(text) = value.into_text() {
                    put_behind(&mut joined, &separator, text);
                    call.check_length(joined.as_ref().map_or(0, |joined| joined.len()))?;
                }
            }
        }
    }
    Ok(joined.unwrap_or_default().into())
}

/// Puts a text behind those before; the first of them stays lent until a second one comes.
fn put_behind<'a>(joined: &mut Option<Cow<'a, str>>, separator: &str, text: Cow<'a, str>) {
    match joined {
        _ if text.is_empty() => {}
        None => *joined = Some(text),
        Some(Cow::Owned(before)) => {
            before.push_str(separator);
            before.push_str(&text);
        }
        Some(Cow::Borrowed(before)) => {
            let length = before.len() + separator.len() + text.len();
            // Room for one more of that length.
            let mut several = String::with_capacity(length * 2);
            several.push_str(before);
            several.push_str(separator);
            several.push_str(&text);
            *joined = Some(Cow::Owned(several));
        }
    }
}
