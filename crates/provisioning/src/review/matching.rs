//! Rules about the rows that match objects.

use std::num::NonZeroU32;

use scim::filter::{CompareOp, Filter};

use super::{Found, Place, View, whole};
use crate::configuration::{AttributeMapping, Source};
use crate::mapping::is_reference;

pub(super) fn none(view: &View<'_>) -> Vec<Found> {
    let text = "No row matches objects, so nobody can be looked up and nobody is provisioned.";
    let found = whole(view.mapping.matching().is_empty(), Place::Mapping, text);
    let usual = if view.is_users() { "userName" } else { "displayName" };
    let rows = view.mapping.attributes.iter().enumerate();
    let candidate = rows.into_iter().find(|(_, row)| is_top_level(row, usual));
    found
        .into_iter()
        .map(|found| match candidate {
            Some((at, row)) => {
                let matching_precedence = Some(NonZeroU32::MIN);
                let repaired = AttributeMapping { matching_precedence, ..row.clone() };
                found.fixing(super::Fix::ReplaceRow(view.kind(), at, repaired))
            }
            None => found,
        })
        .collect()
}

/// Whether a row writes to a whole attribute of the core schema.
pub(super) fn is_top_level(row: &AttributeMapping, name: &str) -> bool {
    let path = &row.target.path;
    path.attribute.eq_ignore_ascii_case(name)
        && path.filter.is_none()
        && path.sub_attribute.is_none()
        && path.schema.as_deref().is_none_or(crate::mapping::shape::is_core)
}

pub(super) fn precedence_shared(view: &View<'_>) -> Vec<Found> {
    let rows = &view.mapping.attributes;
    let highest = rows.iter().filter_map(|row| row.matching_precedence).max();
    let next = highest.and_then(|highest| highest.checked_add(1));
    let repeats = |(at, row): &(usize, &AttributeMapping)| {
        let rank = row.matching_precedence;
        rank.is_some() && rows.iter().take(*at).any(|other| other.matching_precedence == rank)
    };
    let say = |(at, row): (usize, &AttributeMapping)| {
        let rank = row.matching_precedence?;
        let text = format!("Another row has the matching precedence {rank} already.");
        let repaired = AttributeMapping { matching_precedence: next, ..row.clone() };
        let fix = super::Fix::ReplaceRow(view.kind(), at, repaired);
        Some(Found::at(Place::Row(at), text).fixing(fix))
    };
    rows.iter().enumerate().filter(repeats).filter_map(say).collect()
}

/// Only `eq` and `and` occur in Entra's filters, and they compare single values.
pub(super) fn not_filterable(view: &View<'_>) -> Vec<Found> {
    /// Attributes with parts, which have no value of their own (RFC 7643 section 4.1).
    const COMPLEX: [&str; 12] = [
        "addresses",
        "emails",
        "entitlements",
        "groups",
        "ims",
        "manager",
        "members",
        "meta",
        "name",
        "phoneNumbers",
        "roles",
        "x509Certificates",
    ];
    view.rows(|row| {
        row.matching_precedence?;
        let path = &row.target.path;
        let is = |name: &&str| path.attribute.eq_ignore_ascii_case(name);
        let why = if path.attribute.eq_ignore_ascii_case("password") {
            "is never returned"
        } else if is_reference(&row.target) {
            "is a reference to another object"
        } else if path.sub_attribute.is_none() && COMPLEX.iter().any(is) {
            "has parts and no value of its own"
        } else if path.filter.as_deref().is_some_and(|filter| !is_plain(filter)) {
            "has a value filter other than eq and and"
        } else {
            return None;
        };
        Some(format!("`{path}` cannot be searched for: it {why}."))
    })
}

fn is_plain(filter: &Filter) -> bool {
    match filter {
        Filter::And(terms) => terms.iter().all(is_plain),
        Filter::Compare { op, .. } => *op == CompareOp::Eq,
        _ => false,
    }
}

pub(super) fn not_unique(view: &View<'_>) -> Vec<Found> {
    /// Attributes that several people commonly share.
    const SHARED: [&str; 8] = [
        "displayName",
        "title",
        "name",
        "department",
        "preferredLanguage",
        "locale",
        "addresses",
        "active",
    ];
    view.rows(|row| {
        let is_shared = view.is_users()
            && row.matching_precedence.is_some()
            && SHARED.iter().any(|name| row.target.path.attribute.eq_ignore_ascii_case(name));
        is_shared.then(|| {
            format!(
                "Several people can have the same `{}`: matching by it ends in conflicts, or in \
                 the wrong account.",
                row.target.path
            )
        })
    })
}

pub(super) fn may_drop_out(view: &View<'_>) -> Vec<Found> {
    view.rows(|row| {
        let Source::Expression(expression) = &row.source else { return None };
        let drops_out =
            expression.calls("IgnoreFlowIfNullOrEmpty") || expression.calls("SelectUniqueValue");
        (row.matching_precedence.is_some() && drops_out).then(|| {
            format!(
                "The matching row `{}` uses a function that is not allowed there.",
                row.target.path
            )
        })
    })
}

pub(super) fn constant(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let Source::Constant(text) = &row.source else { return None };
        row.matching_precedence?;
        let said = format!("Everybody has `{text}` for the matching row `{}`.", row.target.path);
        Some((said, Some(AttributeMapping { matching_precedence: None, ..row.clone() })))
    })
}
