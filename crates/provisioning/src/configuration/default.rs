//! The mappings that Entra proposes for a SCIM application, and sources for published targets.
//!
//! Microsoft publishes two example tables (SCIM tutorial, September 2026; `data/default-mapping.json`
//! holds them as data). Where an application's own table names only targets, the usual sources are
//! proposed, and where nothing is known the question stays open.

use std::num::NonZeroU32;

use scim::path::{Path, PathError};

use super::{Apply, AttributeMapping, ObjectKind, Source, TargetAttribute, TargetType};
use crate::expression::Expression;
use crate::mapping;
use crate::mapping::shape;

/// A row that is proposed to the administrator.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedRow {
    /// The target attribute as it is published.
    pub target: String,
    /// Where the value comes from; nothing where that is an open question.
    pub source: Option<Source>,
    /// Match objects using this attribute.
    pub matching: Option<NonZeroU32>,
    /// How sure the proposal is.
    pub provenance: Provenance,
}

/// Where a proposed source comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// Microsoft prints this pair of source and target for SCIM applications.
    Published,
    /// The usual source for this target in public guides; not printed for this application.
    Usual,
    /// No source is known: the administrator decides, or imports the job's schema.
    Open,
}

impl ProposedRow {
    /// The mapping row; nothing while the source is open.
    ///
    /// # Errors
    /// The published target is no path.
    pub fn mapping(&self) -> Result<Option<AttributeMapping>, PathError> {
        let path = Path::parse(&self.target)?;
        Ok(self.source.clone().map(|source| AttributeMapping {
            target: target_attribute(path),
            source,
            default_value: None,
            matching_precedence: self.matching,
            apply: Apply::Always,
        }))
    }
}

/// An attribute of the application as the target attribute list usually describes it.
pub fn target_attribute(path: Path) -> TargetAttribute {
    let is = |name: &str| path.attribute.eq_ignore_ascii_case(name);
    let mut target = TargetAttribute {
        required: is("userName"),
        case_exact: is("externalId") || is("id"),
        kind: if is("active") { TargetType::Boolean } else { TargetType::String },
        multi_valued: holds_several(&path),
        referenced: Vec::new(),
        path: path.clone(),
    };
    if mapping::is_reference(&target) {
        target.kind = TargetType::Reference;
        target.referenced = vec![ObjectKind::User];
    }
    target
}

/// Attributes of users and groups that hold a list (RFC 7643 sections 4.1.2 and 4.2).
const MULTI_VALUED: [&str; 10] = [
    "addresses",
    "emails",
    "entitlements",
    "groups",
    "ims",
    "members",
    "phoneNumbers",
    "photos",
    "roles",
    "x509Certificates",
];

/// Whether a target takes a list: a whole attribute of the RFC that does, or one of an extension,
/// of which nothing is known.
fn holds_several(path: &Path) -> bool {
    let is_whole = path.filter.is_none() && path.sub_attribute.is_none();
    let is_list = MULTI_VALUED.iter().any(|name| path.attribute.eq_ignore_ascii_case(name));
    is_whole && (is_list || path.schema.as_deref().is_some_and(|urn| !shape::is_core(urn)))
}

use Provenance::{Published, Usual};

/// One known pair: target, source as an expression writes it, and where it is from.
type Known = (&'static str, &'static str, Provenance);

/// Users, in the order in which the portal is usually read.
const USERS: [Known; 24] = [
    ("userName", "[userPrincipalName]", Published),
    ("active", "Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\")", Published),
    ("displayName", "[displayName]", Published),
    ("title", "[jobTitle]", Published),
    ("emails[type eq \"work\"].value", "[mail]", Published),
    ("emails[type eq \"other\"].value", "[proxyAddresses]", Published),
    ("preferredLanguage", "[preferredLanguage]", Usual),
    ("name.givenName", "[givenName]", Published),
    ("name.familyName", "[surname]", Published),
    ("name.formatted", "Join(\" \", [givenName], [surname])", Usual),
    ("addresses[type eq \"work\"].formatted", "[physicalDeliveryOfficeName]", Usual),
    ("addresses[type eq \"work\"].streetAddress", "[streetAddress]", Published),
    ("addresses[type eq \"work\"].locality", "[city]", Usual),
    ("addresses[type eq \"work\"].region", "[state]", Usual),
    ("addresses[type eq \"work\"].postalCode", "[postalCode]", Published),
    ("addresses[type eq \"work\"].country", "[country]", Usual),
    ("addresses[type eq \"other\"].formatted", "[physicalDeliveryOfficeName]", Published),
    ("phoneNumbers[type eq \"work\"].value", "[telephoneNumber]", Published),
    ("phoneNumbers[type eq \"mobile\"].value", "[mobile]", Published),
    ("phoneNumbers[type eq \"fax\"].value", "[facsimileTelephoneNumber]", Published),
    ("externalId", "[mailNickname]", Published),
    (
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber",
        "[employeeId]",
        Published,
    ),
    (
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        "[department]",
        Published,
    ),
    ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "[manager]", Published),
];

/// Groups.
const GROUPS: [Known; 3] = [
    ("displayName", "[displayName]", Published),
    ("externalId", "[objectId]", Published),
    ("members", "[members]", Published),
];

/// The usual mapping of users to a SCIM application.
pub fn users() -> Vec<ProposedRow> {
    USERS.iter().map(|known| proposed(ObjectKind::User, known.0, known)).collect()
}

/// The usual mapping of groups to a SCIM application.
pub fn groups() -> Vec<ProposedRow> {
    GROUPS.iter().map(|known| proposed(ObjectKind::Group, known.0, known)).collect()
}

/// A row for a target that an application publishes without saying where its value comes from.
///
/// Extension attributes are recognised by their last name, because applications publish
/// `department` with the enterprise URN, with SCIM 1's, and without any.
pub fn propose(kind: ObjectKind, target: &str) -> ProposedRow {
    let known = match kind {
        ObjectKind::User => USERS.as_slice(),
        ObjectKind::Group => GROUPS.as_slice(),
    };
    let exact = known.iter().find(|known| known.0.eq_ignore_ascii_case(target));
    let similar = || known.iter().find(|known| is_same_extension_attribute(known.0, target));
    match (exact, exact.or_else(similar)) {
        (Some(known), _) => proposed(kind, target, known),
        (None, Some((name, source, _))) => proposed(kind, target, &(name, source, Usual)),
        (None, None) => ProposedRow {
            target: target.to_owned(),
            source: None,
            matching: None,
            provenance: Provenance::Open,
        },
    }
}

fn proposed(kind: ObjectKind, target: &str, (name, source, provenance): &Known) -> ProposedRow {
    let is_matching = match kind {
        ObjectKind::User => *name == "userName",
        ObjectKind::Group => *name == "displayName",
    };
    ProposedRow {
        target: target.to_owned(),
        source: Some(self::source(source)),
        matching: is_matching.then_some(NonZeroU32::MIN),
        provenance: *provenance,
    }
}

/// A source attribute alone is a Direct mapping; anything else is an expression.
fn source(text: &str) -> Source {
    let direct = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match direct.filter(|name| !name.contains(['[', ']'])) {
        Some(name) => Source::Direct(name.to_owned()),
        None => Source::Expression(Expression::parse(text)),
    }
}

/// `…enterprise:2.0:User:department`, `urn:scim:…:1.0.department` and `department` are one.
fn is_same_extension_attribute(known: &str, target: &str) -> bool {
    let (Ok(known), Ok(target)) = (Path::parse(known), Path::parse(target)) else { return false };
    let is_enterprise = |path: &Path| {
        path.schema.as_deref().is_none_or(|urn| urn.to_ascii_lowercase().contains("enterprise"))
    };
    let is_manager_value = target.sub_attribute.is_none()
        || (target.attribute == "manager" && target.sub_attribute.as_deref() == Some("value"));
    known.schema.is_some()
        && is_enterprise(&target)
        && target.filter.is_none()
        && is_manager_value
        && known.attribute.eq_ignore_ascii_case(&target.attribute)
}

#[cfg(test)]
mod tests;
