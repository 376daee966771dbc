//! The attribute mappings applied: a source object becomes the values that the application should
//! hold, with a note for every row that yields none.

pub mod compact;
pub mod empty;
pub mod role;
pub mod shape;
pub mod value;

use scim::path::Path;
use scim::resource::Resource;
use serde_json::Value;

use crate::configuration::{
    Apply, AttributeMapping, ObjectMapping, Source, TargetAttribute, TargetType,
};
use crate::expression::{Flow, Inputs, Program};
use crate::source::{SourceObject, SourceValue};
use role::RoleForm;

/// An object mapping with its expressions compiled, ready for many objects.
#[derive(Clone, Debug)]
pub struct Mapper {
    mapping: ObjectMapping,
    rows: Vec<Compiled>,
    places: Vec<Path>,
    matching: Vec<usize>,
}

/// What a row computes, prepared once.
#[derive(Clone, Debug)]
enum Compiled {
    Attribute(String),
    Text(String),
    Program { program: Program, form: Option<RoleForm>, soft_delete: bool },
    Unsound(String),
    Nothing,
}

/// What one row yields for one object.
#[derive(Clone, Debug, PartialEq)]
pub enum Yield {
    /// A value in the JSON of the target's type; for role functions, a list of role objects.
    Value(Value),
    /// The default value, because the source has none; written on a create only.
    Default(Value),
    /// Null: nothing is sent, and what the application holds stays.
    Null,
    /// `IgnoreFlowIfNullOrEmpty` took the row out of this flow.
    Ignored,
    /// The row cannot be evaluated for this object; the sentence says why.
    Fault(String),
}

impl Yield {
    /// The value that flows to an object that exists.
    pub fn on_update(&self) -> Option<&Value> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The value that flows while the object is created.
    pub fn on_create(&self) -> Option<&Value> {
        match self {
            Self::Value(value) | Self::Default(value) => Some(value),
            _ => None,
        }
    }
}

/// What all rows of a mapping yield for one object, in the order of the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Desired {
    /// One entry per row.
    pub rows: Vec<Yield>,
}

/// What a row yields for one object, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Live {
    /// This text; of a list, the values one after the other.
    Value(String),
    /// The default value, which is sent on a create only.
    Default(String),
    /// Nothing is sent.
    Null,
    /// `IgnoreFlowIfNullOrEmpty` takes the attribute out of the flow.
    Ignored,
    /// The row fails; the sentence says why.
    Fault(String),
}

impl Live {
    /// The text form of what a row yields.
    pub fn of(yielded: &Yield) -> Self {
        match yielded {
            Yield::Value(value) => Self::Value(in_words(value)),
            Yield::Default(value) => Self::Default(in_words(value)),
            Yield::Null => Self::Null,
            Yield::Ignored => Self::Ignored,
            Yield::Fault(text) => Self::Fault(text.clone()),
        }
    }
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Array(values) => values.iter().map(in_words).collect::<Vec<_>>().join(", "),
        single => value::as_text(single).unwrap_or_else(|| single.to_string()),
    }
}

impl Mapper {
    /// Prepares every row once; an unsound expression becomes a fault of its row.
    pub fn new(mapping: ObjectMapping) -> Self {
        let rows = mapping.attributes.iter().map(compile).collect();
        let places =
            mapping.attributes.iter().map(|row| shape::in_json(&row.target.path)).collect();
        let mut matching: Vec<(_, usize)> = mapping
            .attributes
            .iter()
            .enumerate()
            .filter_map(|(index, row)| row.matching_precedence.map(|rank| (rank, index)))
            .collect();
        matching.sort_unstable();
        let matching = matching.into_iter().map(|(_, index)| index).collect();
        Self { mapping, rows, places, matching }
    }

    /// The mapping that was prepared.
    pub fn mapping(&self) -> &ObjectMapping {
        &self.mapping
    }

    /// Indices of the rows that match objects, lowest precedence first.
    pub fn matching(&self) -> &[usize] {
        &self.matching
    }

    /// The rows with their indices.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &AttributeMapping)> {
        self.mapping.attributes.iter().enumerate()
    }

    /// The rows with their indices and the place in a resource that each writes to.
    pub fn places(&self) -> impl Iterator<Item = (usize, &AttributeMapping, &Path)> {
        self.rows().zip(&self.places).map(|((index, row), place)| (index, row, place))
    }

    /// Whether a row is fed by `IsSoftDeleted`, the computed attribute that disables.
    pub fn is_soft_delete(&self, row: usize) -> bool {
        match self.rows.get(row) {
            Some(Compiled::Attribute(name)) => name == SOFT_DELETED,
            Some(Compiled::Program { soft_delete, .. }) => *soft_delete,
            _ => false,
        }
    }

    /// The role form of a row, where it writes roles.
    pub fn role_form(&self, row: usize) -> Option<RoleForm> {
        match self.rows.get(row) {
            Some(Compiled::Program { form, .. }) => *form,
            _ => None,
        }
    }

    /// What every row yields for one object.
    pub fn apply(&self, inputs: &Inputs<'_>) -> Desired {
        Desired { rows: (0..self.rows.len()).map(|row| self.row(row, inputs)).collect() }
    }

    /// What one row yields for one object.
    pub fn row(&self, row: usize, inputs: &Inputs<'_>) -> Yield {
        let (Some(compiled), Some(mapping)) =
            (self.rows.get(row), self.mapping.attributes.get(row))
        else {
            return Yield::Null;
        };
        if is_reference(&mapping.target) {
            return Yield::Null;
        }
        match self.flow(compiled, mapping, inputs) {
            Yield::Null => default_of(mapping),
            other => other,
        }
    }

    /// The source side of a row, before the default value is considered.
    fn flow(&self, compiled: &Compiled, mapping: &AttributeMapping, inputs: &Inputs<'_>) -> Yield {
        let kind = mapping.target.kind;
        let converted = match compiled {
            Compiled::Nothing => Ok(None),
            Compiled::Unsound(text) => Err(text.clone()),
            Compiled::Text(text) if text.is_empty() => Ok(None),
            Compiled::Text(text) => value::text_to_json(text, kind).map(Some),
            Compiled::Attribute(name) => value::to_json(&inputs.attribute(name), kind),
            Compiled::Program { program, form, .. } => match program.evaluate(inputs) {
                Err(fault) => Err(fault.message),
                Ok(Flow::Ignore) => return Yield::Ignored,
                Ok(Flow::Value(value)) => match form {
                    Some(form) if is_roles(&mapping.target) => Ok(roles(*form, inputs)),
                    _ => value::to_json(&value, kind),
                },
            },
        };
        match converted {
            Ok(Some(value)) => Yield::Value(single(value, &mapping.target)),
            Ok(None) => Yield::Null,
            Err(text) => Yield::Fault(text),
        }
    }

    /// The resource that a create sends: every value, defaults included, references left for later.
    pub fn create(&self, desired: &Desired) -> Resource {
        let mut resource = shape::opening(&self.mapping);
        for (place, yielded) in self.places.iter().zip(&desired.rows) {
            if let Some(value) = yielded.on_create() {
                shape::write(&mut resource, place, value.clone());
            }
        }
        shape::close(&mut resource, self.mapping.kind);
        resource
    }

    /// The first row whose required target would stay without a value on a create.
    pub fn missing_required(&self, desired: &Desired) -> Option<&AttributeMapping> {
        self.mapping.attributes.iter().zip(&desired.rows).find_map(|(row, yielded)| {
            let missing =
                row.target.required && !is_reference(&row.target) && yielded.on_create().is_none();
            missing.then_some(row)
        })
    }
}

/// The attribute that Entra computes: true for whoever is not, or no longer, in scope.
pub const SOFT_DELETED: &str = "IsSoftDeleted";

/// Whether a target holds ids of other objects, which flow in the second pass.
pub fn is_reference(target: &TargetAttribute) -> bool {
    let path = &target.path;
    target.kind == TargetType::Reference
        || path.attribute.eq_ignore_ascii_case("manager")
        || (path.attribute.eq_ignore_ascii_case("members") && path.filter.is_none())
}

/// Whether a row is written to objects that exist already.
pub fn flows_on_update(row: &AttributeMapping) -> bool {
    row.apply == Apply::Always
}

/// A mapping source as the portal shows it in the attribute table.
pub fn source_text(source: &Source) -> String {
    match source {
        Source::Direct(name) => format!("[{name}]"),
        Source::Constant(text) => format!("\"{text}\""),
        Source::Expression(expression) => expression.text().to_owned(),
        Source::None => String::new(),
    }
}

/// The directory ids that a reference row reads from an object.
pub fn source_ids<'a>(object: &'a SourceObject, row: &AttributeMapping) -> Vec<&'a str> {
    let Source::Direct(name) = &row.source else { return Vec::new() };
    if name == "members" {
        return object.members.iter().map(String::as_str).collect();
    }
    match object.get(name) {
        Some(SourceValue::Text(id)) => vec![id],
        Some(SourceValue::List(ids)) => ids.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn compile(row: &AttributeMapping) -> Compiled {
    match &row.source {
        Source::Direct(name) => Compiled::Attribute(name.clone()),
        Source::Constant(text) => Compiled::Text(text.clone()),
        Source::None => Compiled::Nothing,
        Source::Expression(expression) => match expression.compile() {
            Err(fault) => Compiled::Unsound(fault.message),
            Ok(program) => Compiled::Program {
                program,
                form: RoleForm::of(&row.source),
                soft_delete: expression.attributes().any(|name| name == SOFT_DELETED),
            },
        },
    }
}

fn default_of(row: &AttributeMapping) -> Yield {
    match row.default_value.as_deref().filter(|text| !text.is_empty()) {
        None => Yield::Null,
        Some(text) => match value::text_to_json(text, row.target.kind) {
            Ok(value) => Yield::Default(value),
            Err(fault) => Yield::Fault(fault),
        },
    }
}

/// Several values for a target that holds one: the first is taken.
///
/// Microsoft's own usual mapping feeds `emails[type eq "other"].value` from the list
/// `proxyAddresses` and does not say which value is sent; the first is a choice.
fn single(value: Value, target: &TargetAttribute) -> Value {
    match value {
        Value::Array(mut values) if holds_one(&target.path) && !values.is_empty() => {
            values.swap_remove(0)
        }
        other => other,
    }
}

/// Whether a path ends at one value: a sub-attribute, or one element of a list.
fn holds_one(path: &Path) -> bool {
    path.filter.is_some() || path.sub_attribute.is_some()
}

/// Whether a row reads a list into a target that holds one value, so that only the first is sent.
pub fn takes_first_of_several(object: &SourceObject, row: &AttributeMapping) -> bool {
    let Source::Direct(name) = &row.source else { return false };
    let several = matches!(object.get(name), Some(SourceValue::List(list)) if list.len() > 1);
    several && holds_one(&row.target.path)
}

/// Whether a target is the whole list of roles, not one sub-attribute of one role.
fn is_roles(target: &TargetAttribute) -> bool {
    target.path.attribute.eq_ignore_ascii_case("roles")
        && target.path.filter.is_none()
        && target.path.sub_attribute.is_none()
}

fn roles(form: RoleForm, inputs: &Inputs<'_>) -> Option<Value> {
    let count = if form == RoleForm::Single { 1 } else { inputs.roles.len() };
    let roles = inputs.roles.get(..count.min(inputs.roles.len()))?;
    if roles.is_empty() { None } else { Some(form.elements(roles)) }
}

#[cfg(test)]
mod tests;
