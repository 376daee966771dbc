//! Target attributes that an application publishes under `/Schemas`.
//!
//! The portal asks when the provisioning page is opened or saved, for gallery applications only
//! (SCIM tutorial, September 2026). What is found joins the target attribute list; nothing that
//! stands there is ever taken away or changed.

use scim::filter::Filter;
use scim::path::Path;
use scim::schema::{Attribute, AttributeType, Mutability, Schema, Schemas};

use super::{ObjectKind, TargetAttribute, TargetType};

/// The attributes of one kind of object that the schemas define and the list does not hold, in the
/// order of the schemas.
pub fn found(
    schemas: &Schemas,
    kind: ObjectKind,
    known: &[TargetAttribute],
) -> Vec<TargetAttribute> {
    let of_kind = schemas.iter().filter(|schema| describes(schema, kind));
    let all = of_kind.flat_map(|schema| {
        let urn = schema.is_extension().then(|| schema.id.clone());
        schema.attributes.iter().flat_map(move |attribute| targets(urn.as_deref(), attribute))
    });
    let is_known =
        |target: &TargetAttribute| known.iter().any(|each| each.path.same_place(&target.path));
    all.filter(|target| !is_known(target)).collect()
}

/// Whether a schema is one of users or of groups. A URN ends in its resource type; an extension
/// that does not say is taken for one of users.
fn describes(schema: &Schema, kind: ObjectKind) -> bool {
    let last = schema.id.rsplit(':').next().unwrap_or_default();
    let is_of_groups = last.eq_ignore_ascii_case("Group");
    let is_of_users = last.eq_ignore_ascii_case("User") || schema.is_extension();
    match kind {
        ObjectKind::Group => is_of_groups,
        ObjectKind::User => is_of_users && !is_of_groups,
    }
}

/// The paths of one attribute that a mapping can write.
fn targets(urn: Option<&str>, attribute: &Attribute) -> Vec<TargetAttribute> {
    let whole = Path { schema: urn.map(str::to_owned), ..Path::attribute(&attribute.name) };
    if !is_writable(attribute) {
        return Vec::new();
    }
    match (attribute.attribute_type, attribute.multi_valued) {
        (AttributeType::Complex, _) if is_reference(attribute) => {
            vec![target(whole, TargetType::Reference, attribute)]
        }
        (AttributeType::Complex, false) => subs(attribute)
            .map(|sub| {
                let path = Path { sub_attribute: Some(sub.name.clone()), ..whole.clone() };
                target(path, target_type(sub.attribute_type), sub)
            })
            .collect(),
        (AttributeType::Complex, true) => elements(&whole, attribute),
        (kind, _) => vec![target(whole, target_type(kind), attribute)],
    }
}

/// One path for each sub-attribute of each type of element that the schema names, such as
/// `emails[type eq "work"].value`.
fn elements(whole: &Path, attribute: &Attribute) -> Vec<TargetAttribute> {
    let kinds = attribute.sub_attribute("type").map(|kind| kind.canonical_values.as_slice());
    let mut targets = Vec::new();
    for kind in kinds.unwrap_or_default() {
        let filter = Filter::equals(&Path::attribute("type"), kind);
        for sub in subs(attribute).filter(|sub| !["type", "primary"].contains(&sub.name.as_str())) {
            let (filter, name) = (Some(Box::new(filter.clone())), Some(sub.name.clone()));
            let path = Path { filter, sub_attribute: name, ..whole.clone() };
            targets.push(target(path, target_type(sub.attribute_type), sub));
        }
    }
    targets
}

/// The sub-attributes that can be written, those aside that only decorate a reference.
fn subs(attribute: &Attribute) -> impl Iterator<Item = &Attribute> {
    let all = attribute.sub_attributes.iter();
    all.filter(|sub| is_writable(sub) && sub.name != "$ref")
}

fn is_writable(attribute: &Attribute) -> bool {
    attribute.mutability != Mutability::ReadOnly
}

/// A complex attribute with a `$ref` points to other objects.
fn is_reference(attribute: &Attribute) -> bool {
    attribute.sub_attribute("$ref").is_some_and(|reference| !referenced(reference).is_empty())
}

/// The kinds of object that a reference may point to.
fn referenced(reference: &Attribute) -> Vec<ObjectKind> {
    let names = |kind: &ObjectKind| {
        reference.reference_types.iter().any(|name| name.eq_ignore_ascii_case(&kind.to_string()))
    };
    ObjectKind::ALL.into_iter().filter(names).collect()
}

fn target(path: Path, kind: TargetType, attribute: &Attribute) -> TargetAttribute {
    TargetAttribute {
        kind,
        required: attribute.required,
        case_exact: attribute.is_case_exact(),
        multi_valued: attribute.multi_valued,
        referenced: attribute.sub_attribute("$ref").map(referenced).unwrap_or_default(),
        path,
    }
}

fn target_type(kind: AttributeType) -> TargetType {
    match kind {
        AttributeType::Boolean => TargetType::Boolean,
        AttributeType::Integer => TargetType::Integer,
        AttributeType::DateTime => TargetType::DateTime,
        AttributeType::Binary => TargetType::Binary,
        // A URI, a fraction or a nested object has no type of its own in the portal's list.
        AttributeType::String
        | AttributeType::Decimal
        | AttributeType::Reference
        | AttributeType::Complex => TargetType::String,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::configuration::default::target_attribute;

    fn paths(found: &[TargetAttribute]) -> Vec<String> {
        found.iter().map(|target| target.path.to_string()).collect()
    }

    #[test]
    fn the_schemas_of_the_rfc_become_paths_of_every_shape() {
        let users = found(&Schemas::rfc7643(), ObjectKind::User, &[]);
        let all = paths(&users);
        let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        let manager = format!("{enterprise}:manager");
        for path in [
            "userName",
            "name.givenName",
            "active",
            "emails[type eq \"work\"].value",
            "addresses[type eq \"home\"].locality",
            &format!("{enterprise}:department"),
            &manager,
        ] {
            assert!(all.iter().any(|each| each == path), "{path} is missing: {all:?}");
        }
        for path in ["id", "groups", "meta.created", "emails[type eq \"work\"].type"] {
            assert!(!all.iter().any(|each| each == path), "{path} cannot be written");
        }
        let of = |path: &str| users.iter().find(|each| each.path.to_string() == path).unwrap();
        assert_eq!((of("active").kind, of("userName").required), (TargetType::Boolean, true));
        assert_eq!((of(&manager).kind, of(&manager).multi_valued), (TargetType::Reference, false));
        assert_eq!(of(&manager).referenced, [ObjectKind::User]);
        let groups = found(&Schemas::rfc7643(), ObjectKind::Group, &[]);
        assert_eq!(paths(&groups), ["displayName", "members"]);
        assert!(groups[1].multi_valued && groups[1].referenced == ObjectKind::ALL);
    }

    #[test]
    fn what_is_known_stays_and_is_not_found_again() {
        let known = [target_attribute(Path::parse("USERNAME").unwrap())];
        let all = paths(&found(&Schemas::rfc7643(), ObjectKind::User, &known));
        assert!(!all.iter().any(|path| path == "userName") && all.len() > 20);
        assert_eq!(found(&Schemas::default(), ObjectKind::User, &known), []);
    }

    #[test]
    fn an_extension_of_the_application_keeps_its_urn() {
        let urn = "urn:ietf:params:scim:schemas:extension:App:2.0:User";
        let schema = json!({ "id": urn, "attributes": [
            { "name": "badge", "type": "integer" }, { "name": "tags", "type": "string", "multiValued": true } ] });
        let schemas = Schemas::new(vec![Schema::from_value(schema).unwrap()]);
        let all = found(&schemas, ObjectKind::User, &[]);
        assert_eq!(paths(&all), [format!("{urn}:badge"), format!("{urn}:tags")]);
        assert_eq!((all[0].kind, all[1].multi_valued), (TargetType::Integer, true));
        assert_eq!(found(&schemas, ObjectKind::Group, &[]), []);
    }
}
