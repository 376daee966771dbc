//! The members of a `synchronizationSchema` that are read; a null is what is left out.

use serde::{Deserialize, Deserializer};

fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    reader: D,
) -> Result<T, D::Error> {
    Option::<T>::deserialize(reader).map(Option::unwrap_or_default)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) directories: Vec<Directory>,
    pub(super) synchronization_rules: Vec<Rule>,
}

#[derive(Deserialize)]
pub(super) struct Directory {
    pub(super) name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) objects: Vec<Object>,
}

#[derive(Deserialize)]
pub(super) struct Object {
    pub(super) name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) attributes: Vec<Attribute>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) metadata: Vec<Entry>,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    pub(super) key: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attribute {
    pub(super) name: String,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub(super) kind: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) case_exact: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) multivalued: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) required: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) referenced_objects: Vec<Referenced>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Referenced {
    pub(super) referenced_object_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) priority: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) target_directory_name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) object_mappings: Vec<ObjectMapping>,
}

fn all_actions() -> String {
    "Add, Update, Delete".to_owned()
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ObjectMapping {
    #[serde(default = "yes")]
    pub(super) enabled: bool,
    #[serde(default = "all_actions")]
    pub(super) flow_types: String,
    pub(super) source_object_name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) target_object_name: String,
    pub(super) scope: Option<Scope>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) attribute_mappings: Vec<AttributeMapping>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AttributeMapping {
    pub(super) target_attribute_name: String,
    pub(super) source: Option<Source>,
    pub(super) default_value: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) matching_priority: u32,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) flow_type: String,
}

/// A source; its parameters say once more what its expression says.
#[derive(Deserialize)]
pub(super) struct Source {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) expression: String,
    pub(super) name: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub(super) kind: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Scope {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) groups: Vec<Group>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) input_filter_groups: Vec<Group>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) category_filter_groups: Vec<Group>,
}

#[derive(Deserialize)]
pub(super) struct Group {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) clauses: Vec<Clause>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Clause {
    pub(super) source_operand_name: String,
    pub(super) operator_name: String,
    pub(super) target_operand: Option<Operand>,
}

#[derive(Deserialize)]
pub(super) struct Operand {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) values: Vec<String>,
}
