//! Schemas: which attributes there are, and what may be done with them (RFC 7643, section 7).

pub mod core;
mod read;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

pub use self::read::SchemaFault;
use crate::path::Path;

/// The URN of the core schema of users.
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The URN of the core schema of groups.
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// The URN of the enterprise extension of users.
pub const ENTERPRISE_USER: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// A schema: a URN and the attributes it defines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Schema {
    /// The URN.
    pub id: String,
    /// A name for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it describes.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The attributes.
    pub attributes: Vec<Attribute>,
}

/// An attribute and its characteristics (RFC 7643, section 2.2). What a server leaves out has the RFC's default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Attribute {
    /// The name.
    pub name: String,
    /// The type of its values.
    #[serde(rename = "type")]
    pub attribute_type: AttributeType,
    /// Whether it holds a list.
    pub multi_valued: bool,
    /// What it means.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Whether a resource must have it.
    pub required: bool,
    /// Values that the server proposes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub canonical_values: Vec<String>,
    /// Whether upper and lower case are told apart.
    pub case_exact: bool,
    /// Whether clients may write it.
    pub mutability: Mutability,
    /// When it is part of an answer.
    pub returned: Returned,
    /// Whether two resources may share a value.
    pub uniqueness: Uniqueness,
    /// What a reference may point to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reference_types: Vec<String>,
    /// The attributes within a complex attribute.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sub_attributes: Vec<Attribute>,
}

/// Declares an enum of the RFC's words; a word that is not known reads as the default.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// The RFC's word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// What the word stands for, without regard to case.
            pub fn from_word(word: &str) -> Option<Self> {
                $(if word.eq_ignore_ascii_case($word) { return Some(Self::$variant); })+
                None
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                Ok(Self::from_word(&word).unwrap_or_default())
            }
        }
    };
}

words! {
    /// The type of an attribute's values (RFC 7643, section 2.3).
    AttributeType {
        /// Text.
        #[default] String = "string",
        /// `true` or `false`.
        Boolean = "boolean",
        /// A number with a fraction.
        Decimal = "decimal",
        /// A whole number.
        Integer = "integer",
        /// An instant, as `xsd:dateTime`.
        DateTime = "dateTime",
        /// Bytes, as base64.
        Binary = "binary",
        /// A URI.
        Reference = "reference",
        /// An object with sub-attributes.
        Complex = "complex",
    }
}

words! {
    /// Whether clients may write an attribute.
    Mutability {
        /// They may.
        #[default] ReadWrite = "readWrite",
        /// They may not.
        ReadOnly = "readOnly",
        /// Once, when the resource is created.
        Immutable = "immutable",
        /// They may, and will not see it again.
        WriteOnly = "writeOnly",
    }
}

words! {
    /// When an attribute is part of an answer.
    Returned {
        /// Unless it is excluded.
        #[default] Default = "default",
        /// Whatever was asked.
        Always = "always",
        /// Never.
        Never = "never",
        /// Only if it was asked for.
        Request = "request",
    }
}

words! {
    /// Whether two resources may share a value.
    Uniqueness {
        /// They may.
        #[default] None = "none",
        /// Not within the server.
        Server = "server",
        /// Nowhere.
        Global = "global",
    }
}

impl Schema {
    /// The attribute of this name, without regard to case.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        find(&self.attributes, name)
    }

    /// Whether its attributes stand under its URN and not at the top of the resource.
    pub fn is_extension(&self) -> bool {
        is_extension(&self.id)
    }
}

impl Attribute {
    /// Whether upper and lower case are told apart: as the schema says, and for references and bytes in any case
    /// (RFC 7643, sections 2.3.6 and 2.3.7), which servers' own schemas often leave out.
    pub fn is_case_exact(&self) -> bool {
        let by_type =
            matches!(self.attribute_type, AttributeType::Reference | AttributeType::Binary);
        self.case_exact || by_type
    }

    /// The sub-attribute of this name, without regard to case.
    pub fn sub_attribute(&self, name: &str) -> Option<&Attribute> {
        find(&self.sub_attributes, name)
    }
}

fn find<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

/// Whether attributes of the schema with this URN stand under the URN. Those of the RFC's core schemas do not.
pub(crate) fn is_extension(urn: &str) -> bool {
    const CORE: [&str; 2] = ["urn:ietf:params:scim:schemas:core:", "urn:scim:schemas:core:"];
    !CORE
        .iter()
        .any(|core| urn.get(..core.len()).is_some_and(|head| head.eq_ignore_ascii_case(core)))
}

/// The schemas that a service provider knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas(Vec<Schema>);

impl Schemas {
    /// These schemas.
    pub fn new(schemas: Vec<Schema>) -> Self {
        Self(schemas)
    }

    /// User, Group and Enterprise User, as RFC 7643 defines them.
    pub fn rfc7643() -> Self {
        Self(vec![core::user(), core::group(), core::enterprise_user()])
    }

    /// Adds a schema, or puts it in the place of the one with its URN.
    pub fn insert(&mut self, schema: Schema) {
        match self.0.iter_mut().find(|known| known.id.eq_ignore_ascii_case(&schema.id)) {
            Some(known) => *known = schema,
            None => self.0.push(schema),
        }
    }

    /// The schema with this URN.
    pub fn get(&self, urn: &str) -> Option<&Schema> {
        self.0.iter().find(|schema| schema.id.eq_ignore_ascii_case(urn))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Schema> {
        self.0.iter()
    }

    /// The attribute, or sub-attribute, that a path names. A path without a URN is looked for in the core schemas
    /// first, then in the extensions: Entra asks for `manager` without its URN.
    pub fn attribute(&self, path: &Path) -> Option<&Attribute> {
        let (_, attribute) = self.locate(path.schema.as_deref(), &path.attribute)?;
        match &path.sub_attribute {
            Some(name) => attribute.sub_attribute(name),
            None => Some(attribute),
        }
    }

    /// The schema and the attribute that a name without sub-attribute stands for.
    pub(crate) fn locate(&self, urn: Option<&str>, name: &str) -> Option<(&Schema, &Attribute)> {
        locate(self.0.iter(), urn, name)
    }
}

/// The schema, of these, and the attribute that a name without sub-attribute stands for.
pub(crate) fn locate<'a>(
    mut schemas: impl Iterator<Item = &'a Schema> + Clone,
    urn: Option<&str>,
    name: &str,
) -> Option<(&'a Schema, &'a Attribute)> {
    if let Some(urn) = urn {
        let schema = schemas.find(|schema| schema.id.eq_ignore_ascii_case(urn))?;
        return schema
            .attribute(name)
            .or_else(|| common(schema, name))
            .map(|found| (schema, found));
    }
    let mut core = schemas.clone().filter(|schema| !schema.is_extension());
    core.clone()
        .find_map(|schema| Some((schema, schema.attribute(name)?)))
        .or_else(|| core.find_map(|schema| Some((schema, common(schema, name)?))))
        .or_else(|| {
            schemas
                .filter(|schema| schema.is_extension())
                .find_map(|schema| Some((schema, schema.attribute(name)?)))
        })
}

/// The attributes that every resource has (RFC 7643, section 3.1), which no schema lists.
fn common(schema: &Schema, name: &str) -> Option<&'static Attribute> {
    if schema.is_extension() { None } else { find(core::common(), name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(path: &str) -> Option<Attribute> {
        Schemas::rfc7643().attribute(&Path::parse(path).expect("a path")).cloned()
    }

    #[test]
    fn attributes_are_found_by_path() {
        assert!(
            attribute("USERNAME")
                .is_some_and(|a| a.required && !a.case_exact && a.uniqueness == Uniqueness::Server)
        );
        assert!(
            attribute("urn:ietf:params:scim:schemas:core:2.0:Group:displayName")
                .is_some_and(|a| a.required)
        );
        assert!(
            attribute("meta.created").is_some_and(|a| a.attribute_type == AttributeType::DateTime)
        );
        assert!(
            attribute("emails[type eq \"work\"].primary")
                .is_some_and(|a| a.attribute_type == AttributeType::Boolean)
        );
        assert!(attribute("manager.value").is_some());
        assert!(attribute("manager.colour").is_none());
        assert!(attribute("urn:ietf:params:scim:schemas:core:2.0:User:department").is_none());
    }

    #[test]
    fn a_schema_survives_the_wire() {
        for schema in Schemas::rfc7643().iter() {
            let sent = serde_json::to_value(schema).expect("JSON");
            assert_eq!(Schema::read(&sent), Ok((schema.clone(), Vec::new())));
            assert_eq!(serde_json::from_value::<Schema>(sent).expect("a schema"), *schema);
        }
    }
}
