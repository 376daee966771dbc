//! Asking resources whether they pass a filter.
//!
//! Names are resolved once, by [`Query::resolve`]; asking a resource then allocates nothing.

use serde_json::{Map, Value};

use super::compare::Literal;
use super::{CompareOp, Filter};
use crate::path::Path;
use crate::resource::{Resource, member};
use crate::schema::{Attribute, AttributeType, Schemas, is_extension};
use crate::syntax::SyntaxFault;

/// A filter that has been checked against schemas and can be asked of any number of resources.
#[derive(Debug)]
pub struct Query<'a>(Node<'a>);

#[derive(Debug)]
enum Node<'a> {
    And(Vec<Node<'a>>),
    Or(Vec<Node<'a>>),
    Not(Box<Node<'a>>),
    Present(Target<'a>),
    Compare(Target<'a>, CompareOp, Literal<'a>),
}

/// Where the values are that a path names.
#[derive(Debug)]
struct Target<'a> {
    /// The URN of the extension that holds the attribute, where the path names one.
    extension: Option<&'a str>,
    /// The URN of the core schema, where the path names one: it speaks of resources of that schema alone.
    core: Option<&'a str>,
    /// The extension that a path without URN may mean, if there is no such attribute at the top.
    fallback: Option<&'a str>,
    attribute: &'a str,
    element: Option<Box<Node<'a>>>,
    sub_attribute: Option<&'a str>,
}

/// What names are looked for in.
#[derive(Clone, Copy)]
enum Scope<'a> {
    Resource(&'a Schemas),
    /// The elements of this attribute.
    Element(Option<&'a Attribute>),
}

/// What a path is followed in: an object, or a plain element of a list whose only name is `value`.
#[derive(Clone, Copy)]
enum Holder<'v> {
    Object(&'v Map<String, Value>),
    Plain(&'v Value),
}

impl<'a> Query<'a> {
    pub(super) fn resolve(filter: &'a Filter, schemas: &'a Schemas) -> Result<Self, SyntaxFault> {
        Node::resolve(filter, Scope::Resource(schemas)).map(Self)
    }

    /// The filter of a path, to be asked of the elements of its attribute.
    pub(crate) fn of_elements(
        filter: &'a Filter,
        attribute: Option<&'a Attribute>,
    ) -> Result<Self, SyntaxFault> {
        Node::resolve(filter, Scope::Element(attribute)).map(Self)
    }

    /// Whether the resource passes.
    pub fn matches(&self, resource: &Resource) -> bool {
        self.0.holds(Holder::Object(resource.as_map()))
    }

    /// Whether an element of a multi-valued attribute passes.
    pub(crate) fn selects(&self, element: &Value) -> bool {
        self.0.holds(Holder::of(element))
    }

    /// All values at a path. A value filter that the schemas refuse selects nothing.
    pub(crate) fn values<'v>(
        members: &'v Map<String, Value>,
        path: &Path,
        schemas: &Schemas,
    ) -> Vec<&'v Value> {
        let mut found = Vec::new();
        if let Ok((target, _)) = Target::resolve(path, Scope::Resource(schemas)) {
            target.any(Holder::Object(members), &mut |value| {
                found.push(value);
                false
            });
        }
        found
    }
}

impl<'a> Node<'a> {
    fn resolve(filter: &'a Filter, scope: Scope<'a>) -> Result<Self, SyntaxFault> {
        let all = |terms: &'a [Filter]| {
            terms.iter().map(|term| Self::resolve(term, scope)).collect::<Result<_, _>>()
        };
        Ok(match filter {
            Filter::And(terms) => Self::And(all(terms)?),
            Filter::Or(terms) => Self::Or(all(terms)?),
            Filter::Not(inner) => Self::Not(Box::new(Self::resolve(inner, scope)?)),
            Filter::Present(path) => Self::Present(Target::resolve(path, scope)?.0),
            Filter::Compare { path, op, value } => {
                let (target, attribute) = Target::resolve(path, scope)?;
                // `emails co "x"` means `emails.value co "x"`.
                let attribute = attribute.map(|a| a.sub_attribute("value").unwrap_or(a));
                let unordered = attribute.is_some_and(|a| {
                    matches!(a.attribute_type, AttributeType::Boolean | AttributeType::Binary)
                });
                if op.is_order() && (unordered || value.is_boolean()) {
                    return Err(SyntaxFault::NoOrder(path.to_string()));
                }
                Self::Compare(target, *op, Literal::read(value, *op, attribute))
            }
        })
    }

    fn holds(&self, holder: Holder<'_>) -> bool {
        match self {
            Self::And(terms) => terms.iter().all(|term| term.holds(holder)),
            Self::Or(terms) => terms.iter().any(|term| term.holds(holder)),
            Self::Not(inner) => !inner.holds(holder),
            Self::Present(target) => target.any(holder, &mut is_present),
            // Unassigned and null are the same (RFC 7643, section 2.5).
            Self::Compare(target, CompareOp::Eq, Literal::Null) => {
                !target.any(holder, &mut is_present)
            }
            Self::Compare(target, CompareOp::Ne, Literal::Null) => {
                target.any(holder, &mut is_present)
            }
            Self::Compare(target, op, literal) => {
                let mut absent = true;
                let found = target.any(holder, &mut |value| {
                    let Some(value) = comparable(value).filter(|value| is_present(value)) else {
                        return false;
                    };
                    absent = false;
                    literal.compares(value, *op)
                });
                found || (absent && *op == CompareOp::Ne)
            }
        }
    }
}

impl<'a> Target<'a> {
    /// The target, and the attribute or sub-attribute at its end if a schema knows it.
    fn resolve(
        path: &'a Path,
        scope: Scope<'a>,
    ) -> Result<(Self, Option<&'a Attribute>), SyntaxFault> {
        let located = match scope {
            Scope::Resource(schemas) => schemas.locate(path.schema.as_deref(), &path.attribute),
            Scope::Element(_) => None,
        };
        let attribute = match scope {
            Scope::Resource(_) => located.map(|(_, attribute)| attribute),
            Scope::Element(attribute) => attribute.and_then(|a| a.sub_attribute(&path.attribute)),
        };
        let element = match &path.filter {
            Some(filter) => Some(Box::new(Node::resolve(filter, Scope::Element(attribute))?)),
            None => None,
        };
        let target = Self {
            extension: path.schema.as_deref().filter(|urn| is_extension(urn)),
            core: path.schema.as_deref().filter(|urn| !is_extension(urn)),
            fallback: located.map(|(schema, _)| schema.id.as_str()).filter(|urn| is_extension(urn)),
            attribute: &path.attribute,
            element,
            sub_attribute: path.sub_attribute.as_deref(),
        };
        let end = match &path.sub_attribute {
            Some(name) => attribute.and_then(|attribute| attribute.sub_attribute(name)),
            None => attribute,
        };
        Ok((target, end))
    }

    /// Whether `wanted` holds for any value; it is asked for one after the other until it does.
    fn any<'v>(&self, holder: Holder<'v>, wanted: &mut dyn FnMut(&'v Value) -> bool) -> bool {
        let Some(value) = self.attribute_in(holder) else {
            return false;
        };
        match value {
            Value::Array(elements) => {
                elements.iter().any(|element| self.any_in_element(element, wanted))
            }
            single => self.any_in_element(single, wanted),
        }
    }

    fn any_in_element<'v>(
        &self,
        element: &'v Value,
        wanted: &mut dyn FnMut(&'v Value) -> bool,
    ) -> bool {
        if self.element.as_ref().is_some_and(|node| !node.holds(Holder::of(element))) {
            return false;
        }
        let Some(name) = self.sub_attribute else {
            return wanted(element);
        };
        match Holder::of(element).member(name) {
            Some(Value::Array(values)) => values.iter().any(wanted),
            Some(value) => wanted(value),
            None => false,
        }
    }

    fn attribute_in<'v>(&self, holder: Holder<'v>) -> Option<&'v Value> {
        if self.core.is_some_and(|urn| !holder.may_have_schema(urn)) {
            return None;
        }
        match self.extension {
            Some(urn) => match holder.member(urn) {
                Some(extension) => Holder::of(extension).member(self.attribute),
                None => self.whole_extension(urn, holder),
            },
            None => holder.member(self.attribute).or_else(|| {
                let extension = holder.member(self.fallback?)?;
                Holder::of(extension).member(self.attribute)
            }),
        }
    }

    /// A URN by itself reads like an attribute: the last part of `urn:…:2.0:User` is no attribute but names the extension.
    fn whole_extension<'v>(&self, urn: &str, holder: Holder<'v>) -> Option<&'v Value> {
        let Holder::Object(members) = holder else {
            return None;
        };
        members.iter().find(|(key, _)| is_joined(key, urn, self.attribute)).map(|(_, value)| value)
    }
}

/// Whether `key` is `urn:name`.
fn is_joined(key: &str, urn: &str, name: &str) -> bool {
    key.rsplit_once(':').is_some_and(|(head, tail)| {
        head.eq_ignore_ascii_case(urn) && tail.eq_ignore_ascii_case(name)
    })
}

impl<'v> Holder<'v> {
    fn of(value: &'v Value) -> Self {
        match value {
            Value::Object(members) => Self::Object(members),
            plain => Self::Plain(plain),
        }
    }

    fn member(self, name: &str) -> Option<&'v Value> {
        match self {
            Self::Object(members) => member(members, name),
            Self::Plain(value) => name.eq_ignore_ascii_case("value").then_some(value),
        }
    }
}

impl Holder<'_> {
    /// Whether `schemas` lists the URN, or is missing.
    fn may_have_schema(self, urn: &str) -> bool {
        match self.member("schemas") {
            Some(Value::Array(urns)) => urns
                .iter()
                .any(|known| known.as_str().is_some_and(|known| known.eq_ignore_ascii_case(urn))),
            _ => true,
        }
    }
}

/// A complex value is compared by its `value` (RFC 7643, section 2.4); without one there is nothing to compare.
fn comparable(value: &Value) -> Option<&Value> {
    match value {
        Value::Object(members) => member(members, "value"),
        plain => Some(plain),
    }
}

/// Whether a value is assigned: null, the empty string, an empty list and an object of nothing are not.
fn is_present(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(elements) => elements.iter().any(is_present),
        Value::Object(members) => members.values().any(is_present),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::{ENTERPRISE_USER, USER};

    fn ada() -> Resource {
        Resource::from_value(json!({
            "schemas": [USER, ENTERPRISE_USER],
            "userName": "ada",
            "emails": [{ "value": "a@work.test", "type": "work" }, { "value": "a@home.test", "type": "home" }],
            "tags": ["red", "green"],
            ENTERPRISE_USER: { "department": "R&D", "manager": { "value": "m1" } },
        }))
        .expect("an object")
    }

    fn passes(filter: &str) -> bool {
        Filter::parse(filter).expect("a filter").matches(&ada(), &Schemas::rfc7643())
    }

    #[test]
    fn an_absent_attribute_equals_null_and_nothing_else() {
        assert!(passes("title eq null"));
        assert!(!passes("userName eq null"));
        assert!(passes("userName ne null"));
        assert!(passes("title ne \"x\""));
        assert!(!passes("title eq \"\""));
    }

    #[test]
    fn a_list_compared_as_a_whole_is_the_list_of_its_values() {
        let mut ada = ada();
        let emails = json!([{ "value": "a@work.test" }, { "display": "lost" }]);
        ada.as_map_mut().insert("emails".to_owned(), emails);
        for (test, expected) in [
            ("eq \"a@work.test\"", true),
            ("ne \"a@work.test\"", false),
            ("ne \"lost\"", true),
            ("eq null", false),
        ] {
            for path in ["emails", "emails.value"] {
                let filter = Filter::parse(&format!("{path} {test}")).expect("a filter");
                assert_eq!(filter.matches(&ada, &Schemas::rfc7643()), expected, "{filter}");
            }
        }
    }

    #[test]
    fn an_extension_is_found_with_and_without_its_urn() {
        assert!(passes("manager eq \"m1\""));
        assert!(passes(&format!("{ENTERPRISE_USER}:manager.value eq \"m1\"")));
        assert!(passes(&format!("{ENTERPRISE_USER} pr")));
        assert!(!passes("urn:example:app:2.0:User pr"));
    }

    #[test]
    fn a_core_urn_speaks_of_resources_of_that_schema() {
        assert!(passes("urn:ietf:params:scim:schemas:core:2.0:User:userName pr"));
        assert!(!passes("urn:ietf:params:scim:schemas:core:2.0:Group:userName pr"));
    }

    #[test]
    fn plain_elements_answer_to_value() {
        assert!(passes("tags[value eq \"red\"]"));
        assert!(passes("tags eq \"green\""));
        assert!(!passes("tags[value eq \"blue\"]"));
    }

    #[test]
    fn booleans_have_no_order() {
        let schemas = Schemas::rfc7643();
        for text in [
            "active gt true",
            "shiny le false",
            "emails[primary ge \"true\"]",
            "x509Certificates lt \"a\"",
        ] {
            let filter = Filter::parse(text).expect("a filter");
            assert!(
                matches!(filter.resolve(&schemas), Err(error) if matches!(error.fault, SyntaxFault::NoOrder(_))),
                "{text}"
            );
        }
    }
}
