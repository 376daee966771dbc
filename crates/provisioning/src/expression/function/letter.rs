//! Functions that change letters: case, and marks.

mod diacritic;

use std::borrow::Cow;

use super::super::evaluate::{Call, Outcome};
use super::super::fault::EvaluationFaultKind;
use super::super::value::Value;
use super::{DOCUMENTED, Example, Function, Kind, STATED, chosen, optional, required, stated};

use unicode_normalization::char::is_combining_mark;

pub(super) const TO_LOWER: Function = Function {
    name: "ToLower",
    summary: "A text in lower case, by the invariant culture or a named one.",
    parameters: &[
        required("source", Kind::Text, "the text"),
        optional("culture", Kind::Text, "a culture such as tr-TR, whose letters differ"),
    ],
    examples: &[Example {
        expression: "ToLower([mail])",
        attributes: &[("mail", "Jane.DOE@Contoso.COM")],
        result: "jane.doe@contoso.com",
    }],
    evidence: STATED,
    notes: &[
        chosen("characters are changed one for one, as .NET does it"),
        stated(
            "where only the case changes, the target attribute must be declared case-exact for the change to be sent",
        ),
    ],
};

pub(super) fn to_lower<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    change_case(call, Case::Lower)
}

pub(super) const TO_UPPER: Function = Function {
    name: "ToUpper",
    summary: "A text in upper case, by the invariant culture or a named one.",
    parameters: &[
        required("source", Kind::Text, "the text"),
        optional("culture", Kind::Text, "a culture such as tr-TR, whose letters differ"),
    ],
    examples: &[Example {
        expression: "ToUpper([mailNickname])",
        attributes: &[("mailNickname", "jdoe7")],
        result: "JDOE7",
    }],
    evidence: STATED,
    notes: &[
        chosen("characters are changed one for one, as .NET does it, so ß stays ß"),
        stated(
            "where only the case changes, the target attribute must be declared case-exact for the change to be sent",
        ),
    ],
};

pub(super) fn to_upper<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    change_case(call, Case::Upper)
}

#[derive(Clone, Copy)]
enum Case {
    Lower,
    Upper,
}

impl Case {
    fn of(self, c: char, is_turkic: bool) -> char {
        match (self, c) {
            (Self::Lower, 'I') if is_turkic => 'ı',
            (Self::Lower, 'İ') if is_turkic => 'i',
            (Self::Upper, 'i') if is_turkic => 'İ',
            (Self::Lower, c) => lower(c),
            (Self::Upper, c) => upper(c),
        }
    }

    /// A text of ASCII, which stays lent where nothing changes.
    fn of_ascii(self, mut text: Cow<'_, str>) -> Cow<'_, str> {
        let changes = match self {
            Self::Lower => u8::is_ascii_uppercase,
            Self::Upper => u8::is_ascii_lowercase,
        };
        if text.bytes().any(|byte| changes(&byte)) {
            match self {
                Self::Lower => text.to_mut().make_ascii_lowercase(),
                Self::Upper => text.to_mut().make_ascii_uppercase(),
            }
        }
        text
    }
}

fn change_case<'a>(call: &Call<'_, 'a>, case: Case) -> Outcome<'a> {
    let (source, culture) = (call.text(0)?, call.text(1)?.unwrap_or_default());
    let Some(source) = source else { return Ok(Value::Null) };
    if culture.is_empty() && source.is_ascii() {
        return Ok(case.of_ascii(source).into());
    }
    let mut tags = culture.split('-');
    let is_culture = culture.is_empty()
        || tags.clone().all(|tag| {
            (1..=8).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric())
        });
    if !is_culture {
        let message = format!("`{culture}` is no name of a culture");
        let help = "write it as in `tr-TR`, or leave it out";
        return Err(call.at(1, EvaluationFaultKind::Argument, message, Some(help)));
    }
    let is_turkic = tags.next().is_some_and(|language| {
        language.eq_ignore_ascii_case("tr") || language.eq_ignore_ascii_case("az")
    });
    let change = |c| case.of(c, is_turkic);
    // What comes first and stays is copied as it is; often that is all of it.
    let Some((first, _)) = source.char_indices().find(|(_, c)| change(*c) != *c) else {
        return Ok(source.into());
    };
    let (kept, rest) = source.split_at_checked(first).unwrap_or_default();
    // A changed character may need a byte more.
    let mut changed = String::with_capacity(source.len() + 8);
    changed.push_str(kept);
    for c in rest.chars() {
        changed.push(change(c));
    }
    Ok(changed.into())
}

/// One character in lower case, as .NET does it: a character that would become several stays.
pub(super) fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lowered = c.to_lowercase();
    lowered.next().filter(|_| lowered.next().is_none()).unwrap_or(c)
}

/// One character in upper case; `ß` stays `ß`.
fn upper(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    let mut raised = c.to_uppercase();
    raised.next().filter(|_| raised.next().is_none()).unwrap_or(c)
}

pub(super) const P_CASE: Function = Function {
    name: "PCase",
    summary: "A text in lower case with the first letter of each word in upper case.",
    parameters: &[
        required("source", Kind::Text, "the text"),
        optional(
            "wordSeparators",
            Kind::Text,
            "the characters behind which a word begins; left out: every blank, hyphen, bracket or sign",
        ),
    ],
    examples: &[
        Example {
            expression: "PCase([firstName])",
            attributes: &[("firstName", "PABLO GONSALVES (SECOND)")],
            result: "Pablo Gonsalves (Second)",
        },
        Example {
            expression: r#"PCase([lastName], " '-")"#,
            attributes: &[("lastName", "PINTO-DE'SILVA")],
            result: "Pinto-De'Silva",
        },
    ],
    evidence: DOCUMENTED,
    notes: &[chosen("without separators an apostrophe begins no word, as in .NET")],
};

pub(super) fn p_case<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(source) = call.text(0)? else { return Ok(Value::Null) };
    let lowered = source.chars().map(lower);
    Ok(match call.text(1)? {
        Some(separators) if !separators.is_empty() => {
            let mut begins = true;
            raise_first(lowered, move |c| std::mem::replace(&mut begins, separators.contains(c)))
        }
        _ => {
            let mut inside = false;
            raise_first(lowered, move |c| begins_word(&mut inside, c))
        }
    }
    .into())
}

fn raise_first(
    characters: impl Iterator<Item = char>,
    mut begins: impl FnMut(char) -> bool,
) -> String {
    characters.map(|c| if begins(c) { upper(c) } else { c }).collect()
}

/// .NET's title casing: a letter begins a word unless it is inside one; digits, marks and
/// apostrophes do not end a word, all other characters that are no letters do.
fn begins_word(inside: &mut bool, c: char) -> bool {
    let begins = !*inside && c.is_alphabetic();
    let continues = c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '’');
    *inside = begins || (*inside && continues);
    begins
}

pub(super) const NORMALIZE_DIACRITICS: Function = Function {
    name: "NormalizeDiacritics",
    summary: "A text with plain letters in the place of those with marks.",
    parameters: &[required("source", Kind::Text, "the text")],
    examples: &[Example {
        expression: "NormalizeDiacritics([givenName])",
        attributes: &[("givenName", "Zoë")],
        result: "Zoe",
    }],
    evidence: DOCUMENTED,
    notes: &[chosen(
        "letters outside the printed table lose their marks where they can be taken apart, and stay where they cannot, such as đ",
    )],
};

pub(super) fn normalize_diacritics<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(match call.text(0)? {
        None => Value::Null,
        Some(text) if text.is_ascii() => text.into(),
        Some(text) => diacritic::without(&text).into(),
    })
}
