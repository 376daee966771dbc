//! The schemas of RFC 7643, section 8.7.1, as data: User, Group, Enterprise User.

use std::sync::LazyLock;

use super::{
    Attribute, AttributeType, ENTERPRISE_USER, GROUP, Mutability, Returned, Schema, USER,
    Uniqueness,
};

/// Users.
pub fn user() -> Schema {
    let attributes = vec![
        Attribute { required: true, uniqueness: Uniqueness::Server, ..text("userName") },
        complex(
            "name",
            [
                "formatted",
                "familyName",
                "givenName",
                "middleName",
                "honorificPrefix",
                "honorificSuffix",
            ]
            .map(text)
            .into(),
        ),
        text("displayName"),
        text("nickName"),
        reference("profileUrl", &["external"]),
        text("title"),
        text("userType"),
        text("preferredLanguage"),
        text("locale"),
        text("timezone"),
        of("active", AttributeType::Boolean),
        Attribute {
            mutability: Mutability::WriteOnly,
            returned: Returned::Never,
            ..text("password")
        },
        plural("emails", &["work", "home", "other"], text("value")),
        plural("phoneNumbers", &["work", "home", "mobile", "fax", "pager", "other"], text("value")),
        plural(
            "ims",
            &["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"],
            text("value"),
        ),
        plural("photos", &["photo", "thumbnail"], reference("value", &["external"])),
        addresses(),
        groups(),
        plural("entitlements", &[], text("value")),
        plural("roles", &[], text("value")),
        plural(
            "x509Certificates",
            &[],
            Attribute { case_exact: true, ..of("value", AttributeType::Binary) },
        ),
    ];
    schema(USER, "User", "User Account", attributes)
}

/// Groups.
pub fn group() -> Schema {
    let members = vec![
        Attribute { mutability: Mutability::Immutable, case_exact: true, ..text("value") },
        Attribute { mutability: Mutability::Immutable, ..reference("$ref", &["User", "Group"]) },
        text("display"),
        Attribute {
            mutability: Mutability::Immutable,
            canonical_values: words(&["User", "Group"]),
            ..text("type")
        },
    ];
    let attributes = vec![
        Attribute { required: true, ..text("displayName") },
        Attribute { multi_valued: true, ..complex("members", members) },
    ];
    schema(GROUP, "Group", "Group", attributes)
}

/// The enterprise extension of users.
pub fn enterprise_user() -> Schema {
    let manager = vec![
        text("value"),
        reference("$ref", &["User"]),
        Attribute { mutability: Mutability::ReadOnly, ..text("displayName") },
    ];
    let mut attributes: Vec<_> =
        ["employeeNumber", "costCenter", "organization", "division", "department"].map(text).into();
    attributes.push(complex("manager", manager));
    schema(ENTERPRISE_USER, "EnterpriseUser", "Enterprise User", attributes)
}

/// The attributes of every resource (RFC 7643, section 3.1).
pub(super) fn common() -> &'static [Attribute] {
    static COMMON: LazyLock<Vec<Attribute>> = LazyLock::new(|| {
        let meta = vec![
            exact("resourceType"),
            of("created", AttributeType::DateTime),
            of("lastModified", AttributeType::DateTime),
            reference("location", &["uri"]),
            exact("version"),
        ];
        vec![
            Attribute {
                multi_valued: true,
                required: true,
                mutability: Mutability::ReadOnly,
                returned: Returned::Always,
                ..reference("schemas", &["uri"])
            },
            Attribute {
                mutability: Mutability::ReadOnly,
                returned: Returned::Always,
                uniqueness: Uniqueness::Server,
                ..exact("id")
            },
            exact("externalId"),
            Attribute { mutability: Mutability::ReadOnly, ..complex("meta", meta) },
        ]
    });
    &COMMON
}

fn addresses() -> Attribute {
    let mut parts: Vec<_> =
        ["formatted", "streetAddress", "locality", "region", "postalCode", "country"]
            .map(text)
            .into();
    parts.push(Attribute { canonical_values: words(&["work", "home", "other"]), ..text("type") });
    parts.push(of("primary", AttributeType::Boolean));
    Attribute { multi_valued: true, ..complex("addresses", parts) }
}

fn groups() -> Attribute {
    let read_only = |attribute| Attribute { mutability: Mutability::ReadOnly, ..attribute };
    let parts = vec![
        read_only(exact("value")),
        read_only(reference("$ref", &["User", "Group"])),
        read_only(text("display")),
        read_only(Attribute { canonical_values: words(&["direct", "indirect"]), ..text("type") }),
    ];
    read_only(Attribute { multi_valued: true, ..complex("groups", parts) })
}

/// A multi-valued attribute with the sub-attributes of RFC 7643, section 2.4.
fn plural(name: &str, types: &[&str], value: Attribute) -> Attribute {
    let parts = vec![
        value,
        text("display"),
        Attribute { canonical_values: words(types), ..text("type") },
        of("primary", AttributeType::Boolean),
    ];
    Attribute { multi_valued: true, ..complex(name, parts) }
}

fn complex(name: &str, sub_attributes: Vec<Attribute>) -> Attribute {
    Attribute { sub_attributes, ..of(name, AttributeType::Complex) }
}

/// References tell upper and lower case apart (RFC 7643, section 2.3.7).
fn reference(name: &str, types: &[&str]) -> Attribute {
    Attribute {
        case_exact: true,
        reference_types: words(types),
        ..of(name, AttributeType::Reference)
    }
}

fn exact(name: &str) -> Attribute {
    Attribute { case_exact: true, ..text(name) }
}

fn text(name: &str) -> Attribute {
    of(name, AttributeType::String)
}

fn of(name: &str, attribute_type: AttributeType) -> Attribute {
    Attribute { name: name.to_owned(), attribute_type, ..Attribute::default() }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn schema(id: &str, name: &str, description: &str, attributes: Vec<Attribute>) -> Schema {
    Schema {
        id: id.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        attributes,
    }
}
