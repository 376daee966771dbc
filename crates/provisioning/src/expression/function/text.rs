//! Functions that put texts together, part them, and change them as a whole.

use std::borrow::Cow;

use super::super::evaluate::{Call, Outcome};
use super::super::fault::EvaluationFaultKind;
use super::super::value::{List, Value};
use super::{
    CHOSEN, DOCUMENTED, Example, Function, Kind, STATED, chosen, repeated, required, shown, stated,
};

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

pub(super) const SPLIT: Function = Function {
    name: "Split",
    summary: "Cuts a text at every delimiter into several values.",
    parameters: &[
        required("source", Kind::Text, "the text that is cut"),
        required("delimiter", Kind::Text, "what stands between two parts"),
    ],
    examples: &[Example {
        expression: r#"Split([extensionAttribute5], ",")"#,
        attributes: &[("extensionAttribute5", "PermissionSetOne, PermissionSetTwo")],
        result: "PermissionSetOne; PermissionSetTwo",
    }],
    evidence: CHOSEN,
    notes: &[
        shown("each part is trimmed, because the printed example has blanks that its result lacks"),
        chosen("empty parts are dropped"),
    ],
};

pub(super) fn split<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(source) = call.text(0)? else { return Ok(Value::Null) };
    let delimiter = call.text(1)?.unwrap_or_default();
    Ok(Value::List(List::of_parts(source, delimiter)))
}

pub(super) const STRIP_SPACES: Function = Function {
    name: "StripSpaces",
    summary: "A text without its blanks.",
    parameters: &[required("source", Kind::Text, "the text")],
    examples: &[Example {
        expression: "StripSpaces([displayName])",
        attributes: &[("displayName", "John Q Public")],
        result: "JohnQPublic",
    }],
    evidence: STATED,
    notes: &[stated("tabs and other white space stay")],
};

pub(super) fn strip_spaces<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(match call.text(0)? {
        None => Value::Null,
        Some(text) if text.contains(' ') => text.replace(' ', "").into(),
        Some(text) => text.into(),
    })
}

pub(super) const DEFAULT_DOMAIN: Function = Function {
    name: "DefaultDomain",
    summary: "The name of the tenant's default verified domain.",
    parameters: &[],
    examples: &[Example {
        expression: r#"Join("@", [mailNickname], DefaultDomain())"#,
        attributes: &[("mailNickname", "ana")],
        result: "ana@contoso.com",
    }],
    evidence: DOCUMENTED,
    notes: &[stated("fails where the tenant has no default domain")],
};

pub(super) fn default_domain<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    call.scope.inputs.default_domain.map(Value::from).ok_or_else(|| {
        let message = "the tenant has no default domain".to_owned();
        let help = "name the tenant's default verified domain";
        call.fault(EvaluationFaultKind::NoDefaultDomain, message, Some(help))
    })
}

pub(super) const REDACT: Function = Function {
    name: "Redact",
    summary: "The same value, which the provisioning log shows as `[Redact]`.",
    parameters: &[required("value", Kind::Any, "the value that the log must not show")],
    examples: &[Example {
        expression: r#"Redact("StringToBeRedacted")"#,
        attributes: &[],
        result: "StringToBeRedacted",
    }],
    evidence: DOCUMENTED,
    notes: &[],
};

pub(super) fn redact<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    call.value(0)
}
