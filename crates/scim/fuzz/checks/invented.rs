//! Names, values and resources drawn from a few that everything else is drawn from too, so that they meet.

use arbitrary::{Result, Unstructured};
use scim::resource::Resource;
use scim::schema::{ENTERPRISE_USER, USER};
use serde_json::{Map, Value};

const NAMES: [&str; 22] = [
    "userName",
    "id",
    "displayName",
    "title",
    "active",
    "name",
    "givenName",
    "emails",
    "value",
    "type",
    "primary",
    "display",
    "$ref",
    "members",
    "groups",
    "x509Certificates",
    "meta",
    "created",
    "schemas",
    "department",
    "manager",
    "shoeSize",
];
const TEXTS: [&str; 14] = [
    "",
    "a",
    "ada",
    "ADA",
    "work",
    "Work",
    "home",
    "True",
    "False",
    "7",
    "2026-01-10T08:00:00Z",
    "2026-01-10T09:00:00.5+01:00",
    USER,
    ENTERPRISE_USER,
];

/// What tells a drawn input from one that is text: no text that means anything begins with it.
pub(crate) fn drawn(bytes: &[u8]) -> Option<Unstructured<'_>> {
    bytes.strip_prefix(b"\0").map(Unstructured::new)
}

/// A name, in capitals now and then.
pub(crate) fn name(input: &mut Unstructured<'_>) -> Result<String> {
    let name = *input.choose(&NAMES)?;
    Ok(if input.ratio(1, 8)? { name.to_uppercase() } else { name.to_owned() })
}

/// A value without parts.
pub(crate) fn plain(input: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match input.int_in_range(0..=7)? {
        0 => Value::Null,
        1 => Value::from(input.arbitrary::<bool>()?),
        2 => Value::from(input.arbitrary::<i64>()?),
        3 => Value::from(input.arbitrary::<f64>()?),
        4 => Value::from(input.arbitrary::<&str>()?),
        _ => Value::from(*input.choose(&TEXTS)?),
    })
}

/// Any value, nested so deep at most.
pub(crate) fn value(input: &mut Unstructured<'_>, depth: u32) -> Result<Value> {
    let kinds = if depth == 0 { 0 } else { 4 };
    match input.int_in_range(0..=kinds)? {
        3 => several(input, |input| value(input, depth - 1)).map(Value::Array),
        4 => members(input, depth - 1).map(Value::Object),
        _ => plain(input),
    }
}

/// A resource, with an extension now and then.
pub(crate) fn resource(input: &mut Unstructured<'_>) -> Result<Resource> {
    let mut members = members(input, 3)?;
    if input.arbitrary()? {
        members.insert(ENTERPRISE_USER.to_owned(), value(input, 2)?);
    }
    Ok(Resource::from(members))
}

fn members(input: &mut Unstructured<'_>, depth: u32) -> Result<Map<String, Value>> {
    let pairs = several(input, |input| Ok((name(input)?, value(input, depth)?)))?;
    Ok(pairs.into_iter().collect())
}

/// A few of something, often none.
pub(crate) fn several<T>(
    input: &mut Unstructured<'_>,
    mut one: impl FnMut(&mut Unstructured<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let count = input.int_in_range(0..=5)?;
    (0..count).map(|_| one(input)).collect()
}
