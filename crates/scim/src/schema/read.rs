//! Reading a service provider's own schemas (RFC 7643, section 7), which are written by hand as often as not.
//!
//! What is missing or null has the RFC's default. What is of another kind than the RFC says has the default too, and
//! is told with its place: one wrong characteristic does not cost a client the other attributes.

use std::fmt;

use serde_json::{Map, Value};

use super::{Attribute, AttributeType, Mutability, Returned, Schema, Schemas, Uniqueness};
use crate::resource::{Resource, member};

/// Something that is wrong with a schema, and was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaFault {
    /// Where: `attributes[3].subAttributes[0].multiValued`; empty for the schema itself.
    pub place: String,
    /// What is wrong there, and how it was read.
    pub detail: String,
}

impl Schema {
    /// Reads a schema as a server sends it.
    ///
    /// # Errors
    /// The value is no object or has no `id`. [`Self::read`] tells what else is wrong.
    pub fn from_value(value: Value) -> Result<Self, SchemaFault> {
        Self::read(&value).map(|(schema, _)| schema)
    }

    /// Reads a schema as a server sends it, and tells everything that is wrong with it.
    ///
    /// # Errors
    /// The value is no object or has no `id`.
    pub fn read(value: &Value) -> Result<(Self, Vec<SchemaFault>), SchemaFault> {
        let fault = |detail: &str| SchemaFault { place: String::new(), detail: detail.to_owned() };
        let members = value.as_object().ok_or_else(|| fault("a schema must be a JSON object"))?;
        let mut reader = Reader { place: Vec::new(), faults: Vec::new() };
        let schema = Self {
            id: reader.text(members, "id"),
            name: reader.text(members, "name"),
            description: reader.text(members, "description"),
            attributes: reader.attributes(members, "attributes"),
        };
        if schema.id.is_empty() {
            return Err(fault("a schema must have an `id`: its URN"));
        }
        Ok((schema, reader.faults))
    }
}

impl Schemas {
    /// Reads the resources of an answer to `GET /Schemas`. What is no schema is left out, and told like the other
    /// faults, its place being its number in the list: `Resources[2]`.
    pub fn read<'r>(listed: impl IntoIterator<Item = &'r Resource>) -> (Self, Vec<SchemaFault>) {
        let (mut schemas, mut faults) = (Self::default(), Vec::new());
        for (index, resource) in listed.into_iter().enumerate() {
            let within = |fault: SchemaFault| {
                let dot = if fault.place.is_empty() { "" } else { "." };
                SchemaFault { place: format!("Resources[{index}]{dot}{}", fault.place), ..fault }
            };
            match Schema::read(&Value::Object(resource.as_map().clone())) {
                Ok((schema, found)) => {
                    faults.extend(found.into_iter().map(within));
                    schemas.insert(schema);
                }
                Err(fault) => faults.push(within(fault)),
            }
        }
        (schemas, faults)
    }
}

/// Where the reading is, and what it has found wrong.
struct Reader {
    place: Vec<String>,
    faults: Vec<SchemaFault>,
}

impl Reader {
    fn attributes(&mut self, members: &Map<String, Value>, name: &str) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        for (index, value) in self.list(members, name).iter().enumerate() {
            self.place.push(format!("{name}[{index}]"));
            match value {
                Value::Object(members) => attributes.extend(self.attribute(members)),
                other => self.wrong(
                    None,
                    "an attribute must be an object",
                    other,
                    "as if it were not there",
                ),
            }
            self.place.pop();
        }
        attributes
    }

    fn attribute(&mut self, members: &Map<String, Value>) -> Option<Attribute> {
        let name = self.text(members, "name");
        if name.is_empty() {
            self.wrong(
                None,
                "an attribute must have a `name`",
                &Value::Null,
                "as if it were not there",
            );
            return None;
        }
        Some(Attribute {
            name,
            attribute_type: self.word(members, "type", AttributeType::from_word),
            multi_valued: self.truth(members, "multiValued"),
            description: self.text(members, "description"),
            required: self.truth(members, "required"),
            canonical_values: self.texts(members, "canonicalValues"),
            case_exact: self.truth(members, "caseExact"),
            mutability: self.word(members, "mutability", Mutability::from_word),
            returned: self.word(members, "returned", Returned::from_word),
            uniqueness: self.word(members, "uniqueness", Uniqueness::from_word),
            reference_types: self.texts(members, "referenceTypes"),
            sub_attributes: self.attributes(members, "subAttributes"),
        })
    }

    fn text(&mut self, members: &Map<String, Value>, name: &str) -> String {
        match member(members, name) {
            Some(Value::String(text)) => text.clone(),
            None | Some(Value::Null) => String::new(),
            Some(other) => {
                self.wrong(Some(name), "it must be a text", other, "as empty");
                String::new()
            }
        }
    }

    fn truth(&mut self, members: &Map<String, Value>, name: &str) -> bool {
        match member(members, name) {
            Some(Value::Bool(truth)) => *truth,
            None | Some(Value::Null) => false,
            Some(other) => {
                self.wrong(Some(name), "it must be true or false", other, "as false");
                false
            }
        }
    }

    fn word<W: Default + fmt::Display>(
        &mut self,
        members: &Map<String, Value>,
        name: &str,
        read: fn(&str) -> Option<W>,
    ) -> W {
        let value = match member(members, name) {
            None | Some(Value::Null) => return W::default(),
            Some(value) => value,
        };
        value.as_str().and_then(read).unwrap_or_else(|| {
            let default = W::default();
            self.wrong(
                Some(name),
                "it is none of the RFC's words",
                value,
                &format!("as `{default}`"),
            );
            default
        })
    }

    fn texts(&mut self, members: &Map<String, Value>, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.list(members, name) {
            match value {
                Value::String(text) => texts.push(text.clone()),
                other => {
                    self.wrong(Some(name), "each must be a text", other, "as if it were not there")
                }
            }
        }
        texts
    }

    fn list<'v>(&mut self, members: &'v Map<String, Value>, name: &str) -> &'v [Value] {
        match member(members, name) {
            Some(Value::Array(elements)) => elements,
            None | Some(Value::Null) => &[],
            Some(other) => {
                self.wrong(Some(name), "it must be a list", other, "as an empty one");
                &[]
            }
        }
    }

    fn wrong(&mut self, name: Option<&str>, rule: &str, found: &Value, read: &str) {
        let place: Vec<&str> = self.place.iter().map(String::as_str).chain(name).collect();
        let found = match found {
            Value::Null => String::new(),
            value => format!(", not `{}`", excerpt(value)),
        };
        let detail = format!("{rule}{found}; read {read}");
        self.faults.push(SchemaFault { place: place.join("."), detail });
    }
}

/// Enough of a value to recognize it by.
fn excerpt(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

impl fmt::Display for SchemaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            return f.write_str(&self.detail);
        }
        write!(f, "`{}`: {}", self.place, self.detail)
    }
}

impl std::error::Error for SchemaFault {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_server_leaves_out_has_the_default() {
        let sent = json!({ "id": "urn:x:y", "attributes": [{ "name": "level", "type": "Integer", "subAttributes": null }] });
        let expected = Attribute {
            name: "level".to_owned(),
            attribute_type: AttributeType::Integer,
            ..Attribute::default()
        };
        let read = Schema::read(&sent);
        assert_eq!(
            read.map(|(schema, faults)| (schema.attributes, faults)),
            Ok((vec![expected], vec![]))
        );
    }

    #[test]
    fn one_wrong_characteristic_costs_nothing_else() {
        let sent = json!({ "id": "urn:x:y", "name": 7, "attributes": [
            { "name": "emails", "type": "complex", "multiValued": "yes", "subAttributes": [
                { "name": "value", "mutability": "odd", "canonicalValues": ["a", 1], "caseExact": true },
                { "type": "string" },
                "display",
            ] },
            { "name": "tags", "subAttributes": {} },
        ] });
        let (schema, faults) = Schema::read(&sent).expect("a schema");
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "`name`: it must be a text, not `7`; read as empty",
                "`attributes[0].multiValued`: it must be true or false, not `\"yes\"`; read as false",
                "`attributes[0].subAttributes[0].canonicalValues`: each must be a text, not `1`; read as if it were not there",
                "`attributes[0].subAttributes[0].mutability`: it is none of the RFC's words, not `\"odd\"`; read as `readWrite`",
                "`attributes[0].subAttributes[1]`: an attribute must have a `name`; read as if it were not there",
                "`attributes[0].subAttributes[2]`: an attribute must be an object, not `\"display\"`; read as if it were not there",
                "`attributes[1].subAttributes`: it must be a list, not `{}`; read as an empty one",
            ]
        );
        let emails = schema.attribute("emails").expect("emails");
        let value = emails.sub_attribute("value").expect("value");
        assert!(
            value.case_exact && value.canonical_values == ["a"] && emails.sub_attributes.len() == 1
        );
    }

    #[test]
    fn what_is_no_schema_is_told_by_its_number() {
        let listed: Vec<Resource> = [
            json!({ "id": "urn:a" }),
            json!({ "name": "b" }),
            json!({ "id": "urn:c", "attributes": 7 }),
        ]
        .map(|value| Resource::from_value(value).expect("an object"))
        .into();
        let (schemas, faults) = Schemas::read(&listed);
        assert_eq!(
            schemas.iter().map(|schema| schema.id.as_str()).collect::<Vec<_>>(),
            ["urn:a", "urn:c"]
        );
        let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
        assert_eq!(places, ["Resources[1]", "Resources[2].attributes"]);
        assert_eq!(
            faults.first().map(ToString::to_string).as_deref(),
            Some("`Resources[1]`: a schema must have an `id`: its URN")
        );
        assert!(Schema::from_value(json!([])).is_err());
    }
}
