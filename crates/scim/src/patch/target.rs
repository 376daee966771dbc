//! What the path of an operation stands for, and what may be said against it.

use serde_json::{Map, Value};

use super::{Dialect, PatchError};
use crate::filter::{CompareOp, Filter};
use crate::message::ScimType;
use crate::path::{Path, PathError};
use crate::resource::{Resource, member};
use crate::schema::{Attribute, Mutability, Schema, Schemas, locate};
use crate::syntax::SyntaxFault;

/// Why an operation is refused.
#[derive(Debug)]
pub(super) struct Refusal {
    scim_type: ScimType,
    detail: String,
}

impl Refusal {
    pub(super) fn new(scim_type: ScimType, detail: impl Into<String>) -> Self {
        Self { scim_type, detail: detail.into() }
    }

    pub(super) fn value(detail: impl Into<String>) -> Self {
        Self::new(ScimType::InvalidValue, detail)
    }

    pub(super) fn syntax(detail: impl Into<String>) -> Self {
        Self::new(ScimType::InvalidSyntax, detail)
    }

    pub(super) fn mutability(name: &str) -> Self {
        Self::new(ScimType::Mutability, format!("`{name}` cannot be changed"))
    }

    fn path(detail: impl Into<String>) -> Self {
        Self::new(ScimType::InvalidPath, detail)
    }

    pub(super) fn at(self, operation_index: usize) -> PatchError {
        PatchError { scim_type: self.scim_type, detail: self.detail, operation_index }
    }
}

impl From<PathError> for Refusal {
    fn from(error: PathError) -> Self {
        Self::path(error.to_string())
    }
}

impl From<SyntaxFault> for Refusal {
    fn from(fault: SyntaxFault) -> Self {
        Self::new(ScimType::InvalidFilter, fault.to_string())
    }
}

/// What may be written into one resource, and how it may be said.
pub(super) struct Rules<'a> {
    schemas: Vec<&'a Schema>,
    pub(super) dialect: Dialect,
}

/// What a path stands for.
pub(super) enum Target<'a> {
    /// All that is under the URN of an extension.
    Extension(&'a Schema),
    /// An attribute, or a sub-attribute of it.
    Attribute {
        /// The URN under which it stands.
        extension: Option<&'a str>,
        attribute: &'a Attribute,
        sub_attribute: Option<&'a Attribute>,
    },
}

impl<'a> Rules<'a> {
    /// The rules for a resource: of the core schemas those it lists, for `displayName` is required of a group and not
    /// of a user; and all extensions, for an operation may add the first attribute of one.
    pub(super) fn of(resource: &Resource, schemas: &'a Schemas, dialect: Dialect) -> Self {
        let listed: Vec<&str> = resource
            .get("schemas")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let lists = |schema: &Schema| listed.iter().any(|urn| urn.eq_ignore_ascii_case(&schema.id));
        let lists_core = schemas.iter().any(|schema| !schema.is_extension() && lists(schema));
        let schemas = schemas
            .iter()
            .filter(|schema| schema.is_extension() || !lists_core || lists(schema))
            .collect();
        Self { schemas, dialect }
    }

    /// The schema with this URN.
    pub(super) fn schema(&self, urn: &str) -> Option<&'a Schema> {
        self.schemas.iter().copied().find(|schema| schema.id.eq_ignore_ascii_case(urn))
    }

    /// The path that a member of a value without path stands for. The RFC has plain names there;
    /// Entra sends `name.givenName`, `emails[type eq "work"].value` and `urn:…:User:department`.
    pub(super) fn key(&self, key: &str, extension: Option<&Schema>) -> Result<Path, Refusal> {
        let mut path = match self.dialect {
            Dialect::Entra => Path::parse(key)?,
            Dialect::Rfc => Path::attribute(key),
        };
        if let (None, Some(schema)) = (&path.schema, extension) {
            path.schema = Some(schema.id.clone());
        }
        Ok(path)
    }

    pub(super) fn target(&self, path: &Path) -> Result<Target<'a>, Refusal> {
        let unknown = || Refusal::path(format!("there is no attribute `{path}`"));
        if let Some(schema) = self.whole_extension(path) {
            return Ok(Target::Extension(schema));
        }
        let (schema, attribute) =
            locate(self.schemas.iter().copied(), path.schema.as_deref(), &path.attribute)
                .ok_or_else(unknown)?;
        // Entra's documentation prints the path `manager`; the RFC demands the URN before it.
        if schema.is_extension() && path.schema.is_none() && self.dialect == Dialect::Rfc {
            return Err(unknown());
        }
        if path.filter.is_some() && !attribute.multi_valued {
            return Err(Refusal::path(format!(
                "`{}` has one value, so a value filter cannot choose",
                attribute.name
            )));
        }
        let sub_attribute = match &path.sub_attribute {
            Some(name) => Some(attribute.sub_attribute(name).ok_or_else(unknown)?),
            None => None,
        };
        let extension = schema.is_extension().then_some(schema.id.as_str());
        Ok(Target::Attribute { extension, attribute, sub_attribute })
    }

    /// A URN by itself reads like an attribute: the last part of `urn:…:2.0:User` is no attribute but names the schema.
    fn whole_extension(&self, path: &Path) -> Option<&'a Schema> {
        if path.filter.is_some() || path.sub_attribute.is_some() {
            return None;
        }
        self.schema(&format!("{}:{}", path.schema.as_deref()?, path.attribute))
            .filter(|schema| schema.is_extension())
    }

    /// Whether there is something to write: what is read-only, or immutable and assigned, may be said as it is, which
    /// is no change, and is refused otherwise.
    pub(super) fn may_write(
        &self,
        members: &Map<String, Value>,
        extension: Option<&str>,
        attribute: &Attribute,
        sub: Option<&Attribute>,
        value: &Value,
    ) -> Result<bool, Refusal> {
        let all = || std::iter::once(attribute).chain(sub);
        let read_only = all().any(|part| part.mutability == Mutability::ReadOnly);
        // The sub-attributes of a list are looked at element by element.
        let immutable =
            !attribute.multi_valued && all().any(|part| part.mutability == Mutability::Immutable);
        if !read_only && !immutable {
            return Ok(true);
        }
        let holder = match extension {
            Some(urn) => member(members, urn).and_then(Value::as_object),
            None => Some(members),
        };
        let current = holder.and_then(|holder| member(holder, &attribute.name));
        let current = match (sub, current) {
            (Some(sub), Some(Value::Object(inner))) => member(inner, &sub.name),
            (Some(_), _) => None,
            (None, current) => current,
        };
        match current {
            Some(current) if current == value => Ok(false),
            None if !read_only => Ok(true),
            _ => Err(Refusal::mutability(&sub.unwrap_or(attribute).name)),
        }
    }

    /// The element that a value filter describes, for an operation that finds none: `type eq "work"` makes
    /// `{"type": "work"}`. Only Entra expects that. For an `add` the RFC leaves it open, and a strict server refuses;
    /// for a `replace` it demands `noTarget` (section 3.5.2.3), but Entra does not promise to know which of the two it
    /// is: "Add" may be sent where there is a value and "Replace" where there is none.
    pub(super) fn element_from(
        &self,
        filter: &Filter,
        attribute: &Attribute,
    ) -> Result<Value, Refusal> {
        let nothing = || {
            Refusal::new(
                ScimType::NoTarget,
                format!("no value of `{}` passes `{filter}`", attribute.name),
            )
        };
        if self.dialect == Dialect::Rfc {
            return Err(nothing());
        }
        let terms = match filter {
            Filter::And(terms) => terms.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut element = Map::new();
        for term in terms {
            let Filter::Compare { path: Path { attribute: name, .. }, op: CompareOp::Eq, value } =
                term
            else {
                return Err(nothing());
            };
            let sub = attribute.sub_attribute(name).ok_or_else(nothing)?;
            element.insert(sub.name.clone(), self.checked(sub, value)?);
        }
        Ok(Value::Object(element))
    }
}
