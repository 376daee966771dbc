//! Who passes a filter, as RFC 7644, section 3.4.2.2, says it, with no thought of speed.
//!
//! What attributes are is written down here once more (RFC 7643, section 8.7.1), so that a mistake in the library's
//! schemas would show.

use std::cmp::Ordering;

use chrono::{DateTime, FixedOffset};
use scim::filter::{CompareOp, Filter};
use scim::path::Path;
use scim::schema::{ENTERPRISE_USER, GROUP, USER};
use serde_json::Value;

/// What is compared, and how.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    ExactText,
    Date,
    Boolean,
    Binary,
}

/// The names that stand in some schema and are no text without regard to case.
const KINDS: [(&str, Kind); 29] = [
    ("active", Kind::Boolean),
    ("addresses.primary", Kind::Boolean),
    ("emails.primary", Kind::Boolean),
    ("entitlements.primary", Kind::Boolean),
    ("externalid", Kind::ExactText),
    ("groups", Kind::ExactText),
    ("groups.$ref", Kind::ExactText),
    ("groups.value", Kind::ExactText),
    ("id", Kind::ExactText),
    ("ims.primary", Kind::Boolean),
    ("manager.$ref", Kind::ExactText),
    ("members", Kind::ExactText),
    ("members.$ref", Kind::ExactText),
    ("members.value", Kind::ExactText),
    ("meta.created", Kind::Date),
    ("meta.lastmodified", Kind::Date),
    ("meta.location", Kind::ExactText),
    ("meta.resourcetype", Kind::ExactText),
    ("meta.version", Kind::ExactText),
    ("phonenumbers.primary", Kind::Boolean),
    ("photos", Kind::ExactText),
    ("photos.primary", Kind::Boolean),
    ("photos.value", Kind::ExactText),
    ("profileurl", Kind::ExactText),
    ("roles.primary", Kind::Boolean),
    ("schemas", Kind::ExactText),
    ("x509certificates", Kind::Binary),
    ("x509certificates.primary", Kind::Boolean),
    ("x509certificates.value", Kind::Binary),
];
/// The attributes above that every resource has.
const COMMON: [&str; 4] = ["externalid", "id", "meta", "schemas"];
/// The attributes above that are a group's.
const OF_GROUPS: [&str; 1] = ["members"];
/// The attributes that stand under the URN of the extension and are asked for without it.
const OF_THE_EXTENSION: [&str; 6] =
    ["employeenumber", "costcenter", "organization", "division", "department", "manager"];

/// Whether the resource passes; nothing where the filter is to be refused.
pub(crate) fn passes(filter: &Filter, resource: &Value) -> Option<bool> {
    (!is_refused(filter, None)).then(|| holds(filter, resource, None))
}

/// "Boolean and Binary attributes SHALL cause a failed response (HTTP status code 400) with scimType of
/// invalidFilter" if they are compared by order. `within` is the path before the brackets.
fn is_refused(filter: &Filter, within: Option<&Path>) -> bool {
    match filter {
        Filter::And(terms) | Filter::Or(terms) => terms.iter().any(|term| is_refused(term, within)),
        Filter::Not(inner) => is_refused(inner, within),
        Filter::Present(path) => is_inside_refused(path),
        Filter::Compare { path, op, value } => {
            let is_order =
                matches!(op, CompareOp::Gt | CompareOp::Ge | CompareOp::Lt | CompareOp::Le);
            let has_none = matches!(kind(path, within), Kind::Boolean | Kind::Binary);
            is_inside_refused(path) || is_order && (has_none || value.is_boolean())
        }
    }
}

fn is_inside_refused(path: &Path) -> bool {
    path.filter.as_ref().is_some_and(|filter| is_refused(filter, Some(path)))
}

fn holds(filter: &Filter, asked: &Value, within: Option<&Path>) -> bool {
    match filter {
        Filter::And(terms) => terms.iter().all(|term| holds(term, asked, within)),
        Filter::Or(terms) => terms.iter().any(|term| holds(term, asked, within)),
        Filter::Not(inner) => !holds(inner, asked, within),
        Filter::Present(path) => values(path, asked, within).into_iter().any(is_assigned),
        Filter::Compare { path, op, value: literal } => {
            let values = values(path, asked, within);
            if *literal == Value::Null {
                return is_null(&values, *op);
            }
            let comparable: Vec<&Value> = values
                .into_iter()
                .filter_map(own_value)
                .filter(|value| is_assigned(value))
                .collect();
            // An attribute that is not there is not equal to anything.
            let is_unequal_to_all = comparable.is_empty() && *op == CompareOp::Ne;
            let kind = kind(path, within);
            is_unequal_to_all
                || comparable.into_iter().any(|value| compares(value, *op, literal, kind))
        }
    }
}

/// "Unassigned attributes, the null value, or an empty array … are considered to be equivalent" (RFC 7643, 2.5).
fn is_null(values: &[&Value], op: CompareOp) -> bool {
    let unassigned = !values.iter().any(|value| is_assigned(value));
    match op {
        CompareOp::Eq => unassigned,
        CompareOp::Ne => !unassigned,
        _ => false,
    }
}

/// All values that a path names: of a list one by one, those that pass the brackets, and of each the sub-attribute.
fn values<'v>(path: &Path, asked: &'v Value, within: Option<&Path>) -> Vec<&'v Value> {
    let attribute =
        if within.is_some() { member(asked, &path.attribute) } else { attribute(path, asked) };
    let mut found: Vec<&Value> = attribute.into_iter().flat_map(each).collect();
    if let Some(filter) = &path.filter {
        found.retain(|element| holds(filter, element, Some(path)));
    }
    match &path.sub_attribute {
        Some(sub) => {
            found.into_iter().filter_map(|element| member(element, sub)).flat_map(each).collect()
        }
        None => found,
    }
}

fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(elements) => elements.iter().collect(),
        single => vec![single],
    }
}

/// An attribute of a resource: at the top, or under the URN of the extension.
fn attribute<'v>(path: &Path, resource: &'v Value) -> Option<&'v Value> {
    let name = &path.attribute;
    match path.schema.as_deref() {
        None => member(resource, name).or_else(|| {
            let is_known = OF_THE_EXTENSION.iter().any(|known| name.eq_ignore_ascii_case(known));
            member(member(resource, ENTERPRISE_USER)?, name).filter(|_| is_known)
        }),
        Some(urn) if is_core(urn) => has_schema(resource, urn).then(|| member(resource, name))?,
        // A URN by itself looks like one with an attribute behind its last colon.
        Some(urn) => match member(resource, urn) {
            Some(extension) => member(extension, name),
            None => member(resource, &format!("{urn}:{name}")),
        },
    }
}

fn is_core(urn: &str) -> bool {
    [USER, GROUP].iter().any(|core| urn.eq_ignore_ascii_case(core))
}

/// A resource that does not say which schemas it has may have any.
fn has_schema(resource: &Value, urn: &str) -> bool {
    let is_it = |known: &Value| known.as_str().is_some_and(|known| known.eq_ignore_ascii_case(urn));
    match member(resource, "schemas") {
        Some(Value::Array(listed)) => listed.iter().any(is_it),
        _ => true,
    }
}

/// "Attribute names are case insensitive" (RFC 7643, 2.1). The one name of a plain value is `value`.
fn member<'v>(holder: &'v Value, name: &str) -> Option<&'v Value> {
    match holder {
        Value::Object(members) => {
            members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        }
        plain => name.eq_ignore_ascii_case("value").then_some(plain),
    }
}

/// `emails co "x"` means `emails.value co "x"`.
fn own_value(value: &Value) -> Option<&Value> {
    member(value, "value")
}

/// "Has a non-empty or non-null value, or if it contains a non-empty node for complex attributes".
fn is_assigned(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(elements) => elements.iter().any(is_assigned),
        Value::Object(members) => members.values().any(is_assigned),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

fn kind(path: &Path, within: Option<&Path>) -> Kind {
    let (schema, attribute) = match within {
        Some(outer) => (&outer.schema, &outer.attribute),
        None => (&path.schema, &path.attribute),
    };
    let sub = if within.is_some() { Some(&path.attribute) } else { path.sub_attribute.as_ref() };
    let attribute = attribute.to_ascii_lowercase();
    if !schema.as_deref().is_none_or(|urn| is_in(&attribute, urn)) {
        return Kind::Text;
    }
    let name = match sub {
        Some(sub) => format!("{attribute}.{}", sub.to_ascii_lowercase()),
        None => attribute,
    };
    KINDS.iter().find(|(known, _)| *known == name).map_or(Kind::Text, |(_, kind)| *kind)
}

/// Whether an attribute of the table above is one of the schema.
fn is_in(attribute: &str, urn: &str) -> bool {
    if OF_THE_EXTENSION.contains(&attribute) {
        return urn.eq_ignore_ascii_case(ENTERPRISE_USER);
    }
    let owner = if OF_GROUPS.contains(&attribute) { GROUP } else { USER };
    urn.eq_ignore_ascii_case(owner) || COMMON.contains(&attribute) && is_core(urn)
}

fn compares(value: &Value, op: CompareOp, literal: &Value, kind: Kind) -> bool {
    let is_part = matches!(op, CompareOp::Co | CompareOp::Sw | CompareOp::Ew);
    let asked_date = literal.as_str().and_then(date).filter(|_| kind == Kind::Date && !is_part);
    let order = match (value, literal) {
        // What is no date differs from every date and has no place among them.
        (value, _) if asked_date.is_some() => {
            value.as_str().and_then(date).map(|value| Some(value).cmp(&asked_date))
        }
        (Value::String(value), Value::String(literal)) => {
            return compares_text(value, op, literal, kind);
        }
        // Entra asks `active eq "True"`.
        (Value::Bool(value), Value::String(literal)) => {
            return compares_text(&value.to_string(), op, literal, Kind::Text);
        }
        (Value::Bool(value), Value::Bool(literal)) => Some(value.cmp(literal)),
        (Value::Number(value), Value::Number(literal)) => compare_numbers(value, literal),
        _ => None,
    };
    match op {
        CompareOp::Eq => order == Some(Ordering::Equal),
        CompareOp::Ne => order != Some(Ordering::Equal),
        CompareOp::Gt => order == Some(Ordering::Greater),
        CompareOp::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        CompareOp::Lt => order == Some(Ordering::Less),
        CompareOp::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        // Only text has parts.
        CompareOp::Co | CompareOp::Sw | CompareOp::Ew => false,
    }
}

fn compares_text(value: &str, op: CompareOp, literal: &str, kind: Kind) -> bool {
    let exact = matches!(kind, Kind::ExactText | Kind::Binary);
    let folded = |text: &str| if exact { text.to_owned() } else { lower(text) };
    let (value, literal) = (folded(value), folded(literal));
    match op {
        CompareOp::Eq => value == literal,
        CompareOp::Ne => value != literal,
        CompareOp::Co => value.contains(&literal),
        CompareOp::Sw => value.starts_with(&literal),
        CompareOp::Ew => value.ends_with(&literal),
        CompareOp::Gt => value > literal,
        CompareOp::Ge => value >= literal,
        CompareOp::Lt => value < literal,
        CompareOp::Le => value <= literal,
    }
}

/// In lower case, letter by letter; a sigma at the end of a word is a sigma.
fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

/// `xsd:dateTime`; without an offset it is taken as UTC.
fn date(text: &str) -> Option<DateTime<FixedOffset>> {
    let read = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    read(text).or_else(|| read(&format!("{text}Z")))
}

fn compare_numbers(value: &serde_json::Number, literal: &serde_json::Number) -> Option<Ordering> {
    match (value.as_i128(), literal.as_i128()) {
        (Some(value), Some(literal)) => Some(value.cmp(&literal)),
        _ => value.as_f64()?.partial_cmp(&literal.as_f64()?),
    }
}
