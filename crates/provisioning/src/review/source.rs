//! Rules about the source attributes that the rows read.

use std::collections::BTreeSet;

use super::{Found, Place, View};
use crate::configuration::{AttributeMapping, Source};
use crate::mapping::SOFT_DELETED;

/// Source attributes that every directory has, whether or not anybody has a value.
const KNOWN: [&str; 61] = [
    "accountEnabled",
    "ageGroup",
    "appRoleAssignments",
    "city",
    "companyName",
    "consentProvidedForMinor",
    "country",
    "creationType",
    "department",
    "description",
    "displayName",
    "employeeHireDate",
    "employeeId",
    "employeeLeaveDateTime",
    "employeeOrgData.costCenter",
    "employeeOrgData.division",
    "employeeType",
    "externalUserState",
    "facsimileTelephoneNumber",
    "faxNumber",
    "givenName",
    "groupTypes",
    "id",
    "jobTitle",
    "legalAgeGroupClassification",
    "mail",
    "mailEnabled",
    "mailNickname",
    "manager",
    "members",
    "mobile",
    "mobilePhone",
    "netId",
    "objectId",
    "officeLocation",
    "onPremisesDistinguishedName",
    "onPremisesDomainName",
    "onPremisesImmutableId",
    "onPremisesSamAccountName",
    "onPremisesSecurityIdentifier",
    "onPremisesUserPrincipalName",
    "originalUserPrincipalName",
    "otherMails",
    "passwordPolicies",
    "physicalDeliveryOfficeName",
    "postalCode",
    "preferredDataLocation",
    "preferredLanguage",
    "proxyAddresses",
    "securityEnabled",
    "sipProxyAddress",
    "state",
    "streetAddress",
    "surname",
    "telephoneNumber",
    "thumbnailPhoto",
    "usageLocation",
    "userPrincipalName",
    "userType",
    "wWWHomePage",
    SOFT_DELETED,
];

pub(super) fn case(view: &View<'_>) -> Vec<Found> {
    unread(view, |name, names| {
        let same = names.iter().find(|known| known.eq_ignore_ascii_case(name))?;
        let text = format!("Nobody has `{name}`, but `{same}`: names are case-sensitive.");
        Some((text, Some((*same).to_owned())))
    })
}

pub(super) fn of_nobody(view: &View<'_>) -> Vec<Found> {
    unread(view, |name, names| {
        let is_known = KNOWN.contains(&name)
            || name.strip_prefix("extensionAttribute").is_some_and(|rest| rest.len() < 3);
        let is_misspelt = names.iter().any(|known| known.eq_ignore_ascii_case(name));
        (!is_known && !is_misspelt)
            .then(|| (format!("Nobody in the directory has `{name}`: nothing is ever sent."), None))
    })
}

/// Findings about the names that the rows read and nobody has, with the name that is meant.
fn unread(
    view: &View<'_>,
    say: impl Fn(&str, &BTreeSet<&str>) -> Option<(String, Option<String>)>,
) -> Vec<Found> {
    let Some(census) = view.census() else { return Vec::new() };
    let objects = census.objects(view.kind());
    let names: BTreeSet<&str> =
        objects.flat_map(|(_, object)| object.attributes.keys().map(String::as_str)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, row) in view.mapping.attributes.iter().enumerate() {
        let read: BTreeSet<&str> = match &row.source {
            Source::Direct(name) => BTreeSet::from([name.as_str()]),
            Source::Expression(expression) => expression.attributes().collect(),
            Source::Constant(_) | Source::None => BTreeSet::new(),
        };
        for name in read.into_iter().filter(|name| !names.contains(name)) {
            let Some((text, meant)) = say(name, &names) else { continue };
            let fix = meant.filter(|_| matches!(row.source, Source::Direct(_))).map(|meant| {
                let repaired = AttributeMapping { source: Source::Direct(meant), ..row.clone() };
                super::Fix::ReplaceRow(view.kind(), at, repaired)
            });
            found.push(Found { fix, ..Found::at(Place::Row(at), text) });
        }
    }
    found
}
