//! Comparing one value of a resource with the value of a filter.

use std::char::ToLowercase;
use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::CompareOp;
use crate::instant::Instant;
use crate::schema::{Attribute, AttributeType};

/// The value of a filter, read once in the light of the attribute's type.
#[derive(Debug)]
pub(super) enum Literal<'a> {
    Text { text: &'a str, case_exact: bool },
    Instant(Instant),
    Number(&'a Number),
    Boolean(bool),
    Null,
}

impl<'a> Literal<'a> {
    /// Reads a filter's value. Attributes that no schema knows are text that ignores case.
    pub(super) fn read(value: &'a Value, op: CompareOp, attribute: Option<&Attribute>) -> Self {
        match value {
            Value::String(text) => {
                let is_instant =
                    attribute.is_some_and(|a| a.attribute_type == AttributeType::DateTime);
                let whole = op.is_order() || matches!(op, CompareOp::Eq | CompareOp::Ne);
                match Instant::parse(text) {
                    Some(instant) if is_instant && whole => Self::Instant(instant),
                    _ => Self::Text {
                        text,
                        case_exact: attribute.is_some_and(Attribute::is_case_exact),
                    },
                }
            }
            Value::Number(number) => Self::Number(number),
            Value::Bool(boolean) => Self::Boolean(*boolean),
            // The grammar has no lists and objects here; a tree built by hand that holds one equals nothing.
            Value::Null | Value::Array(_) | Value::Object(_) => Self::Null,
        }
    }

    /// Whether the value and this stand in the relation. Values of different types are only ever unequal.
    pub(super) fn compares(&self, value: &Value, op: CompareOp) -> bool {
        match (self, value) {
            (Self::Text { text, case_exact: true }, Value::String(value)) => exact(value, op, text),
            (Self::Text { text, .. }, Value::String(value)) => folded(value, op, text),
            // Entra asks for booleans as strings: `active eq "True"`.
            (Self::Text { text, .. }, Value::Bool(value)) => {
                folded(if *value { "true" } else { "false" }, op, text)
            }
            (Self::Instant(instant), Value::String(value)) => match Instant::parse(value) {
                Some(value) => ordered(value.cmp(instant), op),
                None => op == CompareOp::Ne,
            },
            (Self::Number(number), Value::Number(value)) => {
                order_numbers(value, number).is_some_and(|order| ordered(order, op))
            }
            (Self::Boolean(boolean), Value::Bool(value)) => ordered(value.cmp(boolean), op),
            _ => op == CompareOp::Ne,
        }
    }
}

fn ordered(order: Ordering, op: CompareOp) -> bool {
    match op {
        CompareOp::Eq => order.is_eq(),
        CompareOp::Ne => order.is_ne(),
        CompareOp::Gt => order.is_gt(),
        CompareOp::Ge => order.is_ge(),
        CompareOp::Lt => order.is_lt(),
        CompareOp::Le => order.is_le(),
        // Parts are a matter of text.
        CompareOp::Co | CompareOp::Sw | CompareOp::Ew => false,
    }
}

fn exact(value: &str, op: CompareOp, text: &str) -> bool {
    match op {
        CompareOp::Co => value.contains(text),
        CompareOp::Sw => value.starts_with(text),
        CompareOp::Ew => value.ends_with(text),
        _ => ordered(value.cmp(text), op),
    }
}

fn folded(value: &str, op: CompareOp, text: &str) -> bool {
    // ASCII, by far the most common, takes no detour over `char`.
    let part = text.len();
    let is_part =
        |bytes: Option<&[u8]>| bytes.is_some_and(|b| b.eq_ignore_ascii_case(text.as_bytes()));
    let ascii = || value.is_ascii() && text.is_ascii();
    match op {
        CompareOp::Sw if ascii() => is_part(value.as_bytes().get(..part)),
        CompareOp::Ew if ascii() => {
            is_part(value.len().checked_sub(part).and_then(|at| value.as_bytes().get(at..)))
        }
        CompareOp::Co if ascii() => {
            part == 0 || value.as_bytes().windows(part).any(|bytes| is_part(Some(bytes)))
        }
        CompareOp::Eq => equal_folded(value, text),
        CompareOp::Ne => !equal_folded(value, text),
        CompareOp::Sw => begins(fold(value), fold(text)),
        CompareOp::Ew => begins(unfold_back(value), unfold_back(text)),
        CompareOp::Co => contains_folded(value, text),
        _ => ordered(fold(value).cmp(fold(text)), op),
    }
}

/// Whether two texts are equal but for case.
fn equal_folded(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || (!(a.is_ascii() && b.is_ascii()) && fold(a).eq(fold(b)))
}

fn contains_folded(value: &str, text: &str) -> bool {
    let mut rest = fold(value);
    loop {
        if begins(rest.clone(), fold(text)) {
            return true;
        }
        if rest.next().is_none() {
            return false;
        }
    }
}

fn begins(mut letters: impl Iterator<Item = char>, mut with: impl Iterator<Item = char>) -> bool {
    with.all(|c| letters.next() == Some(c))
}

fn fold(text: &str) -> impl Iterator<Item = char> + Clone {
    text.chars().flat_map(lower)
}

fn unfold_back(text: &str) -> impl Iterator<Item = char> {
    text.chars().rev().flat_map(|c| lower(c).rev())
}

/// A letter in lower case. The sigma that ends a word has the same capital as any other.
fn lower(c: char) -> ToLowercase {
    if c == 'ς' { 'σ' } else { c }.to_lowercase()
}

/// Whole numbers are compared as such, for `f64` cannot tell large ones apart.
fn order_numbers(a: &Number, b: &Number) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (a.as_i64(), b.as_i64()) {
        return Some(a.cmp(&b));
    }
    if let (Some(a), Some(b)) = (a.as_u64(), b.as_u64()) {
        return Some(a.cmp(&b));
    }
    a.as_f64()?.partial_cmp(&b.as_f64()?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::Attribute;

    fn holds(value: Value, op: CompareOp, literal: Value, attribute: Option<&Attribute>) -> bool {
        Literal::read(&literal, op, attribute).compares(&value, op)
    }

    #[test]
    fn text_ignores_case_unless_the_attribute_is_exact() {
        let exact = Attribute { case_exact: true, ..Attribute::default() };
        assert!(holds(json!("ADA"), CompareOp::Eq, json!("ada"), None));
        assert!(!holds(json!("ADA"), CompareOp::Eq, json!("ada"), Some(&exact)));
        for attribute_type in [AttributeType::Reference, AttributeType::Binary] {
            let of = Attribute { attribute_type, ..Attribute::default() };
            assert!(!holds(json!("QQ=="), CompareOp::Eq, json!("qq=="), Some(&of)));
        }
        assert!(holds(json!("Straße ÅNGSTRÖM"), CompareOp::Eq, json!("straße ångström"), None));
        assert!(holds(json!("Ångström"), CompareOp::Co, json!("STRÖ"), None));
        assert!(holds(json!("Ångström"), CompareOp::Sw, json!("ån"), None));
        assert!(holds(json!("Ångström"), CompareOp::Ew, json!("ÖM"), None));
        assert!(!holds(json!("Ångström"), CompareOp::Ew, json!("Ö"), None));
        assert!(holds(json!("ΟΔΥΣΣΕΥΣ"), CompareOp::Eq, json!("Οδυσσευς"), None));
        assert!(holds(json!("Οδυσσευς"), CompareOp::Ew, json!("ΕΥΣ"), None));
        // `İ` is two letters in lower case.
        for op in [CompareOp::Co, CompareOp::Ew] {
            assert!(holds(json!("xİ"), op, json!("\u{307}"), None), "{op}");
        }
        assert!(holds(json!("b"), CompareOp::Gt, json!("A"), None));
        for (op, part) in [
            (CompareOp::Sw, "ADA"),
            (CompareOp::Ew, "Lace"),
            (CompareOp::Co, "LOVE"),
            (CompareOp::Co, ""),
        ] {
            assert!(holds(json!("ada lovelace"), op, json!(part), None), "{op} {part}");
        }
        for (op, part) in [
            (CompareOp::Sw, "love"),
            (CompareOp::Ew, "ada"),
            (CompareOp::Ew, "x ada lovelace"),
            (CompareOp::Co, "hate"),
        ] {
            assert!(!holds(json!("ada lovelace"), op, json!(part), None), "{op} {part}");
        }
    }

    #[test]
    fn large_numbers_are_told_apart() {
        let (a, b) = (json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64));
        assert!(holds(a.clone(), CompareOp::Gt, b.clone(), None));
        assert!(!holds(a, CompareOp::Eq, b, None));
        assert!(holds(json!(7), CompareOp::Eq, json!(7.0), None));
        assert!(holds(json!(u64::MAX), CompareOp::Gt, json!(-1), None));
    }

    #[test]
    fn values_of_different_types_are_only_ever_unequal() {
        assert!(holds(json!(7), CompareOp::Ne, json!("7"), None));
        assert!(!holds(json!(7), CompareOp::Eq, json!("7"), None));
        assert!(!holds(json!("7"), CompareOp::Ge, json!(7), None));
        assert!(holds(json!(true), CompareOp::Eq, json!("True"), None));
    }
}
