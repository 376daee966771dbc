//! Functions that change the kind or the encoding of a value.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::evaluate::{Call, Outcome, excerpt};
use super::super::fault::EvaluationFaultKind;
use super::super::value::{Number, Value};
use super::{DOCUMENTED, Example, Function, Kind, chosen, required, shown};

pub(super) const BIT_AND: Function = Function {
    name: "BitAnd",
    summary: "The bits that are set in both numbers.",
    parameters: &[
        required("value1", Kind::Number, "a whole number"),
        required("value2", Kind::Number, "another whole number"),
    ],
    examples: &[Example { expression: "BitAnd(&HF, &HF7)", attributes: &[], result: "7" }],
    evidence: DOCUMENTED,
    notes: &[shown(
        "the page explains its example with other binary numbers than it uses; the result is right",
    )],
};

pub(super) fn bit_and<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(Value::Number(Number::Integer(call.integer(0)? & call.integer(1)?)))
}

pub(super) const C_BOOL: Function = Function {
    name: "CBool",
    summary: "The truth of a comparison, or whether a number is not 0.",
    parameters: &[required("expression", Kind::Condition, "a comparison, or a number")],
    examples: &[Example {
        expression: "CBool([attribute1] = [attribute2])",
        attributes: &[("attribute1", "red"), ("attribute2", "red")],
        result: "True",
    }],
    evidence: DOCUMENTED,
    notes: &[chosen("text that is neither a number nor True or False is a failure")],
};

pub(super) fn c_bool<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(text) = call.text(0)? else { return Ok(Value::Boolean(false)) };
    match (text.as_ref(), Number::read(text.trim())) {
        (_, Some(Number::Integer(whole))) => Ok(Value::Boolean(whole != 0)),
        (_, Some(Number::Decimal(decimal))) => Ok(Value::Boolean(decimal != 0.0)),
        ("True", None) => Ok(Value::Boolean(true)),
        ("False", None) => Ok(Value::Boolean(false)),
        _ => {
            let message = format!("`{}` is neither a number nor a condition", excerpt(&text));
            Err(call.at(0, EvaluationFaultKind::Type, message, None))
        }
    }
}

pub(super) const C_STR: Function = Function {
    name: "CStr",
    summary: "The text form of a value.",
    parameters: &[required("value", Kind::Any, "what is wanted as text")],
    examples: &[Example {
        expression: "CStr([dn])",
        attributes: &[("dn", "cn=Joe,dc=contoso,dc=com")],
        result: "cn=Joe,dc=contoso,dc=com",
    }],
    evidence: DOCUMENTED,
    notes: &[],
};

pub(super) fn c_str<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(call.text(0)?.map_or(Value::Null, Value::from))
}

pub(super) const CONVERT_TO_BASE64: Function = Function {
    name: "ConvertToBase64",
    summary: "Base64 of a text's UTF-16 bytes.",
    parameters: &[required("source", Kind::Text, "the text")],
    examples: &[Example {
        expression: r#"ConvertToBase64("Hello world!")"#,
        attributes: &[],
        result: "SABlAGwAbABvACAAdwBvAHIAbABkACEA",
    }],
    evidence: DOCUMENTED,
    notes: &[],
};

pub(super) fn convert_to_base64<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(text) = call.text(0)? else { return Ok(Value::Null) };
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Ok(STANDARD.encode(bytes).into())
}

pub(super) const CONVERT_TO_UTF8_HEX: Function = Function {
    name: "ConvertToUTF8Hex",
    summary: "A text's UTF-8 bytes in hexadecimal digits.",
    parameters: &[required("source", Kind::Text, "the text")],
    examples: &[Example {
        expression: r#"ConvertToUTF8Hex("Hello world!")"#,
        attributes: &[],
        result: "48656C6C6F20776F726C6421",
    }],
    evidence: DOCUMENTED,
    notes: &[],
};

pub(super) fn convert_to_utf8_hex<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(text) = call.text(0)? else { return Ok(Value::Null) };
    let mut hex = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        // Writing into a String cannot fail.
        let _ = write!(hex, "{byte:02X}");
    }
    Ok(hex.into())
}
