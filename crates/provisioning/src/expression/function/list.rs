//! Functions over several values.

use std::collections::BTreeSet;

use super::super::evaluate::{Call, Outcome};
use super::super::fault::EvaluationFaultKind;
use super::super::value::{List, Number, Value};
use super::{CHOSEN, Example, Function, Kind, STATED, chosen, required};

pub(super) const COUNT: Function = Function {
    name: "Count",
    summary: "How many values there are.",
    parameters: &[required(
        "attribute",
        Kind::List,
        "an attribute with several values, or `Split`",
    )],
    examples: &[Example {
        expression: r#"Count(Split("red;green;blue;grey", ";"))"#,
        attributes: &[],
        result: "4",
    }],
    evidence: CHOSEN,
    notes: &[chosen("0 for null")],
};

pub(super) fn count<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let count = match call.value(0)? {
        Value::List(texts) => texts.iter().count(),
        value => value.into_texts().len(),
    };
    Ok(Value::Number(Number::Integer(i64::try_from(count).unwrap_or(i64::MAX))))
}

pub(super) const ITEM: Function = Function {
    name: "Item",
    summary: "One of several values, by its position from 1.",
    parameters: &[
        required("attribute", Kind::List, "an attribute with several values, or `Split`"),
        required("index", Kind::Number, "the position, from 1"),
    ],
    examples: &[Example {
        expression: r#"Item(Split([userPrincipalName], "@"), 2)"#,
        attributes: &[("userPrincipalName", "ana@contoso.com")],
        result: "contoso.com",
    }],
    evidence: STATED,
    notes: &[chosen(
        "a position that does not exist is a failure, as the reference for Microsoft Entra Connect says",
    )],
};

pub(super) fn item<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let texts = match call.value(0)? {
        Value::List(texts) => texts,
        value => List::from(value.into_texts()),
    };
    let index = call.integer(1)?;
    let place = index.checked_sub(1).and_then(|place| usize::try_from(place).ok());
    texts.into_nth(place.unwrap_or(usize::MAX)).map(Value::from).map_err(|count| {
        let message = format!("there is no value {index} among {count}");
        call.at(1, EvaluationFaultKind::Range, message, Some("values count from 1"))
    })
}

pub(super) const REMOVE_DUPLICATES: Function = Function {
    name: "RemoveDuplicates",
    summary: "Several values, each of them once.",
    parameters: &[required(
        "attribute",
        Kind::List,
        "an attribute with several values, or `Split`",
    )],
    examples: &[Example {
        expression: r#"RemoveDuplicates(Split("r,g,r,b", ","))"#,
        attributes: &[],
        result: "r; g; b",
    }],
    evidence: CHOSEN,
    notes: &[chosen("the first of equal values stays, and upper and lower case differ")],
};

pub(super) fn remove_duplicates<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let value = call.value(0)?;
    if matches!(value, Value::Null) {
        return Ok(Value::Null);
    }
    let mut seen = BTreeSet::new();
    let mut texts = value.into_texts();
    texts.retain(|text| seen.insert(text.clone()));
    Ok(Value::List(texts.into()))
}
