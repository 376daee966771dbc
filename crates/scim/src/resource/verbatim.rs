//! The text that a service provider sent, kept wherever nobody has changed it.
//!
//! A JSON tree cannot hold everything that a text says: `12345678901234567890123` becomes a nearby number, `1.50`
//! becomes `1.5`, and of two members of one name the first is gone. So the text is kept beside the tree, and what is
//! written back is cut out of it, member by member, as far as the tree still says the same.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// Writes a value as JSON: as it was sent where it still says the same, else anew.
pub(super) fn write_over(out: &mut fmt::Formatter<'_>, sent: &str, now: &Value) -> fmt::Result {
    if serde_json::from_str::<Value>(sent).is_ok_and(|before| before == *now) {
        return out.write_str(sent);
    }
    match now {
        Value::Object(members) => write_members(out, sent, members),
        Value::Array(elements) => write_elements(out, sent, elements),
        plain => write!(out, "{plain}"),
    }
}

/// Writes the members of an object that has changed; those that have not are copied.
pub(super) fn write_members(
    out: &mut fmt::Formatter<'_>,
    sent: &str,
    now: &Map<String, Value>,
) -> fmt::Result {
    let Members(before) = serde_json::from_str(sent).unwrap_or_default();
    // Of several members of one name the tree has taken the last.
    let before: BTreeMap<&str, &RawValue> =
        before.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    out.write_str("{")?;
    for (index, (name, value)) in now.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        write!(out, "{comma}{}:", Value::from(name.as_str()))?;
        match before.get(name.as_str()) {
            Some(text) => write_over(out, text.get(), value)?,
            None => write!(out, "{value}")?,
        }
    }
    out.write_str("}")
}

/// Writes the elements of a list that has changed. An element is found again by what it says, wherever it has moved
/// to; one that says something new is taken for the one that stood in its place.
fn write_elements(out: &mut fmt::Formatter<'_>, sent: &str, now: &[Value]) -> fmt::Result {
    let texts: Vec<&RawValue> = serde_json::from_str(sent).unwrap_or_default();
    // By what they say, written in one way: a group may have very many members.
    let said =
        |text: &RawValue| serde_json::from_str(text.get()).map(|value: Value| value.to_string());
    let before: BTreeMap<String, &RawValue> =
        texts.iter().filter_map(|text| Some((said(text).ok()?, *text))).collect();
    out.write_str("[")?;
    for (index, value) in now.iter().enumerate() {
        if index > 0 {
            out.write_str(",")?;
        }
        match before.get(&value.to_string()).or_else(|| texts.get(index)) {
            Some(text) => write_over(out, text.get(), value)?,
            None => write!(out, "{value}")?,
        }
    }
    out.write_str("]")
}

/// The members of an object as they stand in a text, in their order, those of the same name too.
#[derive(Default)]
pub(crate) struct Members<'t>(pub(crate) Vec<(String, &'t RawValue)>);

impl<'t> Deserialize<'t> for Members<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'t> Visitor<'t> for MembersVisitor {
    type Value = Members<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::resource::Resource;

    const SENT: &str = r#"{ "id":"1", "snowflake": 12345678901234567890123,"price":1.50,
  "x":{"b":2,"a":[1.0,{"n":1e2}]} , "x":{"n":7.10,"kept":"\u0041"}, "emails":[{"value":"a","rank":1.00},{"value":"b","rank":2.00}] }"#;

    fn resource() -> Resource {
        SENT.parse().expect("an object")
    }

    #[test]
    fn what_nobody_changes_stays_byte_for_byte() {
        assert_eq!(resource().to_string(), SENT);
        let moved = resource().clone();
        assert_eq!(moved.to_string(), SENT);
    }

    #[test]
    fn a_change_leaves_the_rest_as_it_was_sent() {
        let mut changed = resource();
        changed.as_map_mut().insert("title".to_owned(), json!("Lead"));
        changed.as_map_mut().insert("id".to_owned(), json!("2"));
        changed.as_map_mut()["x"]["n"] = json!(8);
        let expected = r#"{"id":"2","snowflake":12345678901234567890123,"price":1.50,"x":{"n":8,"kept":"\u0041"},"emails":[{"value":"a","rank":1.00},{"value":"b","rank":2.00}],"title":"Lead"}"#;
        assert_eq!(changed.to_string(), expected);
    }

    #[test]
    fn an_element_is_found_again_where_it_has_moved_to() {
        let mut changed = resource();
        let emails = changed.as_map_mut()["emails"].as_array_mut().expect("a list");
        emails.remove(0);
        emails.push(json!({ "value": "c" }));
        assert!(
            changed.to_string().ends_with(r#""emails":[{"value":"b","rank":2.00},{"value":"c"}]}"#),
            "{changed}"
        );
    }

    #[test]
    fn very_many_members_are_written_at_once() {
        let many: Vec<_> = (0..100_000).map(|id| json!({ "value": id.to_string() })).collect();
        let sent = json!({ "members": many }).to_string();
        let mut group: Resource = sent.parse().expect("an object");
        group.as_map_mut()["members"].as_array_mut().expect("a list").remove(0);
        assert_eq!(group.to_string(), sent.replacen(r#"{"value":"0"},"#, "", 1));
    }

    #[test]
    fn what_became_something_else_is_written_anew() {
        let mut changed = resource();
        changed.as_map_mut()["x"] = json!([1]);
        changed.as_map_mut()["price"] = json!({ "amount": 1.5 });
        assert!(changed.to_string().contains(r#""price":{"amount":1.5},"x":[1],"#), "{changed}");
    }
}
