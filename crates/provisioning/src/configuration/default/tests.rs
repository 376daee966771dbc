use serde_json::Value;

use super::*;
use crate::mapping::source_text;

/// The attributes that Envoy publishes (tutorial of September 2025).
const ENVOY: [&str; 19] = [
    "userName",
    "externalId",
    "displayName",
    "title",
    "emails[type eq \"work\"].value",
    "preferredLanguage",
    "department",
    "addresses[type eq \"work\"].country",
    "addresses[type eq \"work\"].locality",
    "addresses[type eq \"work\"].region",
    "addresses[type eq \"work\"].postalCode",
    "addresses[type eq \"work\"].formatted",
    "addresses[type eq \"work\"].streetAddress",
    "name.givenName",
    "name.familyName",
    "name.formatted",
    "phoneNumbers[type eq \"mobile\"].value",
    "phoneNumbers[type eq \"work\"].value",
    "locale",
];

#[test]
fn every_published_row_is_proposed_as_published() {
    let data: Vec<Value> =
        serde_json::from_str(include_str!("../../../data/default-mapping.json")).unwrap();
    for row in &data {
        let kind = if row["object"] == "user" { ObjectKind::User } else { ObjectKind::Group };
        let proposed = propose(kind, row["target"].as_str().unwrap());
        let text = source_text(proposed.source.as_ref().unwrap());
        let source = row["source"].as_str().unwrap();
        let expected =
            if row["type"] == "direct" { format!("[{source}]") } else { source.to_owned() };
        assert_eq!(text, expected);
        assert_eq!(proposed.provenance, Provenance::Published);
        assert_eq!(proposed.matching.map(|rank| u64::from(rank.get())), row["matching"].as_u64());
    }
    let published = |rows: &[ProposedRow]| {
        rows.iter().filter(|row| row.provenance == Provenance::Published).count()
    };
    assert_eq!(published(&users()) + published(&groups()), data.len());
}

#[test]
fn every_row_is_sound() {
    for row in users().iter().chain(&groups()) {
        let mapping = row.mapping().unwrap().unwrap();
        if let Source::Expression(expression) = &mapping.source {
            assert!(expression.is_sound(), "{}", expression.text());
        }
    }
}

#[test]
fn envoy_gets_a_source_for_everything_but_the_locale() {
    let open: Vec<&str> = ENVOY
        .into_iter()
        .filter(|target| propose(ObjectKind::User, target).source.is_none())
        .collect();
    assert_eq!(open, ["locale"]);
    let department = propose(ObjectKind::User, "department");
    assert_eq!(department.source, Some(Source::Direct("department".to_owned())));
    assert_eq!(department.provenance, Provenance::Usual);
    for target in ["displayName", "externalId", "members"] {
        assert!(propose(ObjectKind::Group, target).source.is_some());
    }
}

#[test]
fn spellings_of_the_enterprise_extension_are_one() {
    for target in [
        "urn:scim:schemas:extension:enterprise:1.0.manager",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
    ] {
        let proposed = propose(ObjectKind::User, target);
        assert_eq!(proposed.source, Some(Source::Direct("manager".to_owned())), "{target}");
        assert_eq!(proposed.mapping().unwrap().unwrap().target.kind, TargetType::Reference);
    }
}

#[test]
fn an_attribute_of_another_extension_stays_open() {
    let target = "urn:ietf:params:scim:schemas:extension:Gong:2.0:User:department";
    assert_eq!(propose(ObjectKind::User, target).provenance, Provenance::Open);
}
