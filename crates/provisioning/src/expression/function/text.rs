//! Functions that cut texts and look into them. Positions count UTF-16 units, as in .NET.

use std::borrow::Cow;

use super::super::evaluate::{Call, Outcome};
use super::super::fault::EvaluationFaultKind;
use super::super::value::{List, Number, Value};
use super::{
    CHOSEN, DOCUMENTED, Example, Function, Kind, STATED, chosen, optional, required, shown, stated,
};

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

pub(super) const LEFT: Function = Function {
    name: "Left",
    summary: "The first characters of a text.",
    parameters: &[
        required("string", Kind::Text, "the text"),
        required("numChars", Kind::Number, "how many characters; negative for all of them"),
    ],
    examples: &[Example { expression: r#"Left("John Doe", 3)"#, attributes: &[], result: "Joh" }],
    evidence: DOCUMENTED,
    notes: &[
        stated("a negative number takes the whole text, and 0 takes nothing"),
        chosen(
            "characters count as in .NET, so one beyond the basic plane counts twice; it is never cut in half",
        ),
    ],
};

pub(super) fn left<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (source, count) = (call.text(0)?.unwrap_or_default(), call.integer(1)?);
    match usize::try_from(count) {
        Ok(count) => Ok(cut(source, 0, count).into()),
        Err(_) => Ok(source.into()),
    }
}

pub(super) const MID: Function = Function {
    name: "Mid",
    summary: "A part of a text, from a position that counts from 1.",
    parameters: &[
        required("source", Kind::Text, "the text"),
        required("start", Kind::Number, "the position of the first character, from 1"),
        required("length", Kind::Number, "how many characters"),
    ],
    examples: &[Example {
        expression: r#"Mid("John Doe", 6, 999)"#,
        attributes: &[],
        result: "Doe",
    }],
    evidence: DOCUMENTED,
    notes: &[chosen(
        "a start below 1 or beyond the end yields an empty text; the reference for Microsoft Entra Connect says that the whole text is returned there",
    )],
};

pub(super) fn mid<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let source = call.text(0)?.unwrap_or_default();
    let (start, length) = (call.integer(1)?, call.integer(2)?);
    match (usize::try_from(start), usize::try_from(length)) {
        (Ok(start @ 1..), Ok(length)) => Ok(cut(source, start - 1, length).into()),
        _ => Ok(Value::from("")),
    }
}

pub(super) const WORD: Function = Function {
    name: "Word",
    summary: "One word of a text, where each of the delimiters ends a word.",
    parameters: &[
        required("string", Kind::Text, "the text"),
        required("wordNumber", Kind::Number, "which word, from 1"),
        required("delimiters", Kind::Text, "the characters that end a word, each on its own"),
    ],
    examples: &[
        Example {
            expression: r#"Word("The quick brown fox", 3, " ")"#,
            attributes: &[],
            result: "brown",
        },
        Example {
            expression: r#"Word("This,string!has&many separators", 3, ",!&#")"#,
            attributes: &[],
            result: "has",
        },
    ],
    evidence: DOCUMENTED,
    notes: &[stated(
        "a number below 1 or beyond the last word, a null text, and a text without any of the delimiters yield an empty text",
    )],
};

pub(super) fn word<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let source = call.text(0)?.unwrap_or_default();
    let number = call.integer(1)?;
    let delimiters = call.text(2)?.unwrap_or_default();
    let is_delimiter = |c: char| delimiters.contains(c);
    if !source.contains(is_delimiter) {
        return Ok(Value::from(""));
    }
    let index = number.checked_sub(1).and_then(|index| usize::try_from(index).ok());
    Ok(narrow(source, |text| {
        let mut words = text.split(is_delimiter).filter(|word| !word.is_empty());
        index.and_then(|index| words.nth(index)).unwrap_or_default()
    })
    .into())
}

pub(super) const LEN: Function = Function {
    name: "Len",
    summary: "How many characters a text has.",
    parameters: &[required("string", Kind::Text, "the text")],
    examples: &[Example { expression: r#"Len("John Doe")"#, attributes: &[], result: "8" }],
    evidence: DOCUMENTED,
    notes: &[chosen("characters count as in .NET, so one beyond the basic plane counts twice")],
};

pub(super) fn len<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(count(units(&call.text(0)?.unwrap_or_default())))
}

pub(super) const IN_STR: Function = Function {
    name: "InStr",
    summary: "The position of a text in another, from 1; 0 where it does not occur.",
    parameters: &[
        required("value1", Kind::Text, "the text that is searched"),
        required("value2", Kind::Text, "the text that is looked for"),
        optional("start", Kind::Number, "the position to start at; left out: 1"),
        optional(
            "compareType",
            Kind::CompareType,
            "how letters are compared; left out: upper and lower case differ",
        ),
    ],
    examples: &[
        Example {
            expression: r#"InStr("The quick brown fox", "quick")"#,
            attributes: &[],
            result: "5",
        },
        Example {
            expression: r#"InStr("repEated", "e", 3, vbBinaryCompare)"#,
            attributes: &[],
            result: "7",
        },
    ],
    evidence: DOCUMENTED,
    notes: &[
        chosen("without a type of comparison, upper and lower case differ"),
        chosen(
            "0 where the text does not occur, as the reference for Microsoft Entra Connect says",
        ),
    ],
};

pub(super) fn in_str<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let text = call.text(0)?.unwrap_or_default();
    let wanted = call.text(1)?.unwrap_or_default();
    let start = if call.has(2) { call.integer(2)? } else { 1 };
    let Some(skipped) = start.checked_sub(1).and_then(|skipped| usize::try_from(skipped).ok())
    else {
        let message = format!("positions count from 1, so `{start}` is none");
        return Err(call.at(2, EvaluationFaultKind::Argument, message, None));
    };
    let (text, wanted) = match call.text(3)?.as_deref() {
        Some("vbTextCompare") => (fold(&text), fold(&wanted)),
        None | Some("vbBinaryCompare") => (text, wanted),
        Some(other) => {
            let message = format!("`{other}` is neither `vbTextCompare` nor `vbBinaryCompare`");
            return Err(call.at(3, EvaluationFaultKind::Argument, message, None));
        }
    };
    let from = byte_at(&text, skipped);
    let found = text.get(from..).and_then(|rest| rest.find(wanted.as_ref()));
    Ok(count(found.map_or(0, |at| units(text.get(..from + at).unwrap_or_default()) + 1)))
}

/// A text without its case, one character for one, so that positions stay what they are.
fn fold(text: &str) -> Cow<'static, str> {
    Cow::Owned(text.chars().map(super::letter::lower).collect())
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

/// How many UTF-16 units a text has.
fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

/// Where the character begins before which this many UTF-16 units stand; a character of two
/// units is never cut in half, it goes to the right.
fn byte_at(text: &str, units: usize) -> usize {
    // So many bytes are so many units where they are ASCII.
    let within = units.min(text.len());
    if text.as_bytes().get(..within).is_some_and(<[u8]>::is_ascii) {
        return within;
    }
    let mut left = units;
    for (at, c) in text.char_indices() {
        match left.checked_sub(c.len_utf16()) {
            Some(rest) if left > 0 => left = rest,
            _ => return at,
        }
    }
    text.len()
}

/// Some UTF-16 units of a text behind some others, as far as it reaches.
fn cut(text: Cow<'_, str>, skipped: usize, units: usize) -> Cow<'_, str> {
    narrow(text, |text| {
        let start = byte_at(text, skipped);
        let rest = text.get(start..).unwrap_or_default();
        rest.get(..byte_at(rest, units)).unwrap_or_default()
    })
}

/// A part of a text, which stays borrowed where the text was.
fn narrow<'a>(text: Cow<'a, str>, part: impl Fn(&str) -> &str) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(part(text)),
        Cow::Owned(text) => Cow::Owned(part(&text).to_owned()),
    }
}

fn count(number: usize) -> Value<'static> {
    Value::Number(Number::Integer(i64::try_from(number).unwrap_or(i64::MAX)))
}
