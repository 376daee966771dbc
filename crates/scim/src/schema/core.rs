//! The schemas of RFC 7643, section 8.7.1, as data: User, Group, Enterprise User.
//!
//! Names, types and characteristics are the RFC's; the descriptions say the same in our words. Where section 8.7.1 and
//! the text before it differ, the text is followed: `displayName` of a group is required (section 4.2), and references
//! tell upper and lower case apart (section 2.3.7).

use std::sync::LazyLock;

use super::{
    Attribute, AttributeType, ENTERPRISE_USER, GROUP, Mutability, Returned, Schema, USER,
    Uniqueness,
};

/// Users (section 4.1).
pub fn user() -> Schema {
    let name = vec![
        text("formatted", "The whole name, ready to be shown."),
        text("familyName", "The family name, or last name in most Western languages."),
        text("givenName", "The given name, or first name in most Western languages."),
        text("middleName", "The middle names."),
        text("honorificPrefix", "What stands before the name, such as `Ms.`"),
        text("honorificSuffix", "What stands behind the name, such as `III`."),
    ];
    let attributes = vec![
        Attribute {
            required: true,
            uniqueness: Uniqueness::Server,
            ..text(
                "userName",
                "What the user types to sign in; no two users of a service share one.",
            )
        },
        complex("name", "The parts of the user's real name.", name),
        text("displayName", "The name that is shown to others."),
        text("nickName", "How the user is called in everyday life, such as `Bob` for `Robert`."),
        reference("profileUrl", "The address of a page about the user.", &["external"]),
        text("title", "The position, such as `Vice President`."),
        text(
            "userType",
            "How the user stands to the organization, such as `Contractor` or `Employee`.",
        ),
        text(
            "preferredLanguage",
            "The languages in which the user wants to be addressed, as in `Accept-Language`.",
        ),
        text(
            "locale",
            "The language tag by which dates, numbers and currency are written, such as `en-US`.",
        ),
        text(
            "timezone",
            "The time zone by its name in the IANA database, such as `America/Los_Angeles`.",
        ),
        of(
            "active",
            "Whether the account can be used; what that means is the service's choice.",
            AttributeType::Boolean,
        ),
        Attribute {
            mutability: Mutability::WriteOnly,
            returned: Returned::Never,
            ..text("password", "The password in clear; it is set and never read.")
        },
        plural(
            "emails",
            "E-mail addresses.",
            &["work", "home", "other"],
            text("value", "The address."),
        ),
        plural(
            "phoneNumbers",
            "Telephone numbers.",
            &["work", "home", "mobile", "fax", "pager", "other"],
            text("value", "The number, best as a `tel` URI of RFC 3966."),
        ),
        plural(
            "ims",
            "Addresses for instant messages.",
            &["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"],
            text("value", "The address."),
        ),
        plural(
            "photos",
            "Pictures of the user.",
            &["photo", "thumbnail"],
            reference("value", "Where the picture lies.", &["external"]),
        ),
        addresses(),
        groups(),
        plural(
            "entitlements",
            "What the user has a right to.",
            &[],
            text("value", "The entitlement."),
        ),
        plural(
            "roles",
            "What the user is, such as `Student` or `Faculty`.",
            &[],
            text("value", "The role."),
        ),
        plural(
            "x509Certificates",
            "Certificates of the user.",
            &[],
            Attribute {
                case_exact: true,
                ..of("value", "The certificate in DER, as base64.", AttributeType::Binary)
            },
        ),
    ];
    schema(USER, "User", "User Account", attributes)
}

/// Groups (section 4.2).
pub fn group() -> Schema {
    let members = vec![
        Attribute {
            mutability: Mutability::Immutable,
            case_exact: true,
            ..text("value", "The `id` of the member.")
        },
        Attribute {
            mutability: Mutability::Immutable,
            ..reference("$ref", "The address of the member.", &["User", "Group"])
        },
        text("display", "The name of the member, ready to be shown."),
        Attribute {
            mutability: Mutability::Immutable,
            canonical_values: words(&["User", "Group"]),
            ..text("type", "Whether the member is a user or a group.")
        },
    ];
    let attributes = vec![
        Attribute {
            required: true,
            ..text("displayName", "The name of the group, ready to be shown.")
        },
        Attribute {
            multi_valued: true,
            ..complex("members", "Who belongs to the group.", members)
        },
    ];
    schema(GROUP, "Group", "Group", attributes)
}

/// The enterprise extension of users (section 4.3).
pub fn enterprise_user() -> Schema {
    let manager = vec![
        text("value", "The `id` of the manager."),
        reference("$ref", "The address of the manager.", &["User"]),
        Attribute {
            mutability: Mutability::ReadOnly,
            ..text("displayName", "The `displayName` of the manager.")
        },
    ];
    let attributes = vec![
        text("employeeNumber", "The number that the organization has given to the person."),
        text("costCenter", "The name of a cost center."),
        text("organization", "The name of an organization."),
        text("division", "The name of a division."),
        text("department", "The name of a department."),
        complex("manager", "The user to whom this one reports.", manager),
    ];
    schema(ENTERPRISE_USER, "EnterpriseUser", "Enterprise User", attributes)
}

/// The attributes of every resource (section 3.1).
pub(super) fn common() -> &'static [Attribute] {
    static COMMON: LazyLock<Vec<Attribute>> = LazyLock::new(|| {
        let meta = vec![
            exact("resourceType", "The name of the resource's type."),
            of("created", "When the service provider added the resource.", AttributeType::DateTime),
            of("lastModified", "When the resource was last changed.", AttributeType::DateTime),
            reference("location", "The address of the resource.", &["uri"]),
            exact("version", "The version, as in the header `ETag`."),
        ];
        vec![
            Attribute {
                multi_valued: true,
                required: true,
                mutability: Mutability::ReadOnly,
                returned: Returned::Always,
                ..reference(
                    "schemas",
                    "The URNs of the schemas that the resource follows.",
                    &["uri"],
                )
            },
            Attribute {
                mutability: Mutability::ReadOnly,
                returned: Returned::Always,
                uniqueness: Uniqueness::Server,
                ..exact("id", "The identifier that the service provider gave.")
            },
            exact("externalId", "The identifier that the client gave."),
            Attribute {
                mutability: Mutability::ReadOnly,
                ..complex("meta", "What the service provider notes about the resource.", meta)
            },
        ]
    });
    &COMMON
}

fn addresses() -> Attribute {
    let parts = vec![
        text("formatted", "The whole address, ready for a label; it may have several lines."),
        text("streetAddress", "Street, house number, post office box and the like."),
        text("locality", "The city."),
        text("region", "The state or region."),
        text("postalCode", "The postal code."),
        text("country", "The country by its two letters in ISO 3166-1."),
        Attribute {
            canonical_values: words(&["work", "home", "other"]),
            ..text("type", "What the address is for.")
        },
        of("primary", "Whether it is the preferred one; one at most is.", AttributeType::Boolean),
    ];
    Attribute { multi_valued: true, ..complex("addresses", "Postal addresses.", parts) }
}

fn groups() -> Attribute {
    let read_only = |attribute| Attribute { mutability: Mutability::ReadOnly, ..attribute };
    let parts = vec![
        read_only(exact("value", "The `id` of the group.")),
        read_only(reference("$ref", "The address of the group.", &["User", "Group"])),
        read_only(text("display", "The name of the group, ready to be shown.")),
        read_only(Attribute {
            canonical_values: words(&["direct", "indirect"]),
            ..text("type", "Whether the user belongs to the group itself or to a group in it.")
        }),
    ];
    let groups =
        complex("groups", "The groups to which the user belongs; changed at the groups.", parts);
    read_only(Attribute { multi_valued: true, ..groups })
}

/// A multi-valued attribute with the sub-attributes of section 2.4.
fn plural(name: &str, description: &str, types: &[&str], value: Attribute) -> Attribute {
    let parts = vec![
        value,
        text("display", "The value, ready to be shown."),
        Attribute { canonical_values: words(types), ..text("type", "What the value is for.") },
        of("primary", "Whether it is the preferred value; one at most is.", AttributeType::Boolean),
    ];
    Attribute { multi_valued: true, ..complex(name, description, parts) }
}

fn complex(name: &str, description: &str, sub_attributes: Vec<Attribute>) -> Attribute {
    Attribute { sub_attributes, ..of(name, description, AttributeType::Complex) }
}

/// References tell upper and lower case apart (section 2.3.7).
fn reference(name: &str, description: &str, types: &[&str]) -> Attribute {
    Attribute {
        case_exact: true,
        reference_types: words(types),
        ..of(name, description, AttributeType::Reference)
    }
}

fn exact(name: &str, description: &str) -> Attribute {
    Attribute { case_exact: true, ..text(name, description) }
}

fn text(name: &str, description: &str) -> Attribute {
    of(name, description, AttributeType::String)
}

fn of(name: &str, description: &str, attribute_type: AttributeType) -> Attribute {
    Attribute {
        name: name.to_owned(),
        description: description.to_owned(),
        attribute_type,
        ..Attribute::default()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attribute_is_described() {
        fn check(attributes: &[Attribute]) {
            for attribute in attributes {
                assert!(!attribute.description.is_empty(), "{}", attribute.name);
                check(&attribute.sub_attributes);
            }
        }
        for schema in [user(), group(), enterprise_user()] {
            check(&schema.attributes);
        }
        check(common());
    }
}
