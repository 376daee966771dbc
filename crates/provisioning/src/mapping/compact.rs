//! A row's value without JSON around it, for the many who are only counted.
//!
//! Most values are texts, and most of those stand in the directory already. What has another form
//! is told as [`Slim::Wide`], and the caller takes the whole way of [`Mapper::row`] for it.

use std::borrow::Cow;

use super::value::to_json;
use super::{Compiled, Mapper, default_of, holds_one, is_reference, is_roles};
use crate::configuration::{AttributeMapping, Source, TargetType};
use crate::expression::value::Value;
use crate::expression::{Flow, Inputs};

/// The attribute that Entra computes from the assignments.
const ROLES: &str = "appRoleAssignments";

/// What one row yields for one object, as [`super::Yield`] says it, but borrowed where it can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Slim<'a> {
    /// A text that is not empty.
    Text(Cow<'a, str>),
    /// A Boolean of the target.
    Boolean(bool),
    /// The default value stands in for the source, on a create.
    Default,
    /// Null: nothing is sent.
    Null,
    /// `IgnoreFlowIfNullOrEmpty` took the row out of this flow.
    Ignored,
    /// The row cannot be evaluated for this object.
    Fault,
    /// A value that is neither text nor Boolean: [`Mapper::row`] says which.
    Wide,
}

impl Slim<'_> {
    /// The text form in which values are compared and matched; nothing where none flows.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Boolean(true) => Some("True"),
            Self::Boolean(false) => Some("False"),
            _ => None,
        }
    }
}

impl Mapper {
    /// The source attributes that a row reads, in the order in which [`Mapper::slim`] asks for them.
    ///
    /// The two computed ones are not among them.
    pub fn attributes(&self, row: usize) -> Vec<&str> {
        match (self.rows.get(row), self.mapping.attributes.get(row)) {
            (Some(Compiled::Attribute(name)), _) if !is_computed(name) => vec![name],
            (Some(Compiled::Program { program, .. }), _) => {
                program.attributes().iter().map(String::as_str).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether a row is an attribute whose text flows as it stands.
    pub fn copies_text(&self, row: usize) -> bool {
        let (Some(Compiled::Attribute(name)), Some(mapping)) =
            (self.rows.get(row), self.mapping.attributes.get(row))
        else {
            return false;
        };
        !is_computed(name)
            && !is_reference(&mapping.target)
            && !matches!(mapping.target.kind, TargetType::Boolean | TargetType::Integer)
    }

    /// Whether a row draws values by chance, for which it must know the object's id.
    pub fn is_by_chance(&self, row: usize) -> bool {
        match self.mapping.attributes.get(row).map(|row| &row.source) {
            Some(Source::Expression(expression)) => {
                ["Guid", "RandomString"].iter().any(|name| expression.calls(name))
            }
            _ => false,
        }
    }

    /// Whether a row reads the roles that somebody is assigned with.
    pub(crate) fn reads_roles(&self, row: usize) -> bool {
        match self.mapping.attributes.get(row).map(|row| &row.source) {
            Some(Source::Direct(name)) => name == ROLES,
            Some(Source::Expression(expression)) => {
                self.role_form(row).is_some() || expression.attributes().any(|name| name == ROLES)
            }
            _ => false,
        }
    }

    /// What one row yields, the attributes read at their places in [`Mapper::attributes`]: the same
    /// as [`Mapper::row`], without its JSON.
    pub fn slim<'a>(
        &'a self,
        row: usize,
        inputs: &Inputs<'a>,
        read: &dyn Fn(usize) -> Value<'a>,
    ) -> Slim<'a> {
        let (Some(compiled), Some(mapping)) =
            (self.rows.get(row), self.mapping.attributes.get(row))
        else {
            return Slim::Null;
        };
        if is_reference(&mapping.target) {
            return Slim::Null;
        }
        match slim_flow(compiled, mapping, inputs, read) {
            Slim::Null => slim_default(mapping),
            other => other,
        }
    }
}

fn slim_flow<'a>(
    compiled: &'a Compiled,
    mapping: &AttributeMapping,
    inputs: &Inputs<'a>,
    read: &dyn Fn(usize) -> Value<'a>,
) -> Slim<'a> {
    let value = match compiled {
        Compiled::Nothing => return Slim::Null,
        Compiled::Unsound(_) => return Slim::Fault,
        Compiled::Text(text) => Value::Text(Cow::Borrowed(text)),
        Compiled::Attribute(name) if is_computed(name) => inputs.attribute(name),
        Compiled::Attribute(_) => read(0),
        Compiled::Program { form: Some(_), .. } if is_roles(&mapping.target) => return Slim::Wide,
        Compiled::Program { program, .. } => match program.evaluate_with(inputs, read) {
            Err(_) => return Slim::Fault,
            Ok(Flow::Ignore) => return Slim::Ignored,
            Ok(Flow::Value(value)) => value,
        },
    };
    converted(value, mapping)
}

/// The value in the form of its target.
fn converted<'a>(value: Value<'a>, mapping: &AttributeMapping) -> Slim<'a> {
    let kind = mapping.target.kind;
    match (value, kind) {
        (Value::Null, _) => Slim::Null,
        (Value::Text(text), _) if text.is_empty() => Slim::Null,
        (Value::Boolean(flag), TargetType::Boolean) => Slim::Boolean(flag),
        (Value::Text(text), TargetType::Boolean) if text.eq_ignore_ascii_case("true") => {
            Slim::Boolean(true)
        }
        (Value::Text(text), TargetType::Boolean) if text.eq_ignore_ascii_case("false") => {
            Slim::Boolean(false)
        }
        (Value::Text(_), TargetType::Boolean) => Slim::Fault,
        (_, TargetType::Integer) => Slim::Wide,
        (Value::Text(text), _) => Slim::Text(text),
        (Value::List(texts), _) if holds_one(&mapping.target.path) => {
            let first = texts.into_texts().into_iter().find(|text| !text.is_empty());
            first.map_or(Slim::Null, Slim::Text)
        }
        (value, kind) => match to_json(&value, kind) {
            Ok(Some(serde_json::Value::String(text))) => Slim::Text(Cow::Owned(text)),
            Ok(Some(_)) => Slim::Wide,
            Ok(None) => Slim::Null,
            Err(_) => Slim::Fault,
        },
    }
}

fn slim_default(mapping: &AttributeMapping) -> Slim<'static> {
    match mapping.default_value.as_deref() {
        None | Some("") => Slim::Null,
        Some(_) => match default_of(mapping) {
            super::Yield::Default(_) => Slim::Default,
            _ => Slim::Fault,
        },
    }
}

fn is_computed(name: &str) -> bool {
    matches!(name, super::SOFT_DELETED | ROLES)
}
