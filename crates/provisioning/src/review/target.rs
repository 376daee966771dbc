//! Rules about the attributes that are written.

use scim::path::Path;
use scim::schema::ENTERPRISE_USER;

use super::matching::is_top_level;
use super::{Fix, Found, Place, View, whole};
use crate::configuration::default::propose;
use crate::configuration::{AttributeMapping, ObjectKind, Source, TargetAttribute, TargetType};
use crate::mapping::is_reference;
use crate::mapping::shape::is_core;

pub(super) fn maps_id(view: &View<'_>) -> Vec<Found> {
    let rows = view.mapping.attributes.iter().enumerate();
    rows.filter(|(_, row)| is_top_level(row, "id"))
        .map(|(at, _)| {
            removable(view, at, "The row writes to `id`, which belongs to the application.")
        })
        .collect()
}

fn removable(view: &View<'_>, row: usize, text: impl Into<String>) -> Found {
    Found::at(Place::Row(row), text).fixing(Fix::RemoveRow(view.kind(), row))
}

pub(super) fn duplicate(view: &View<'_>) -> Vec<Found> {
    let rows = view.mapping.attributes.iter().enumerate();
    rows.filter(|(at, row)| {
        let mut earlier = view.mapping.attributes.iter().take(*at);
        earlier.any(|other| other.target.path.same_place(&row.target.path))
    })
    .map(|(at, row)| {
        removable(view, at, format!("Another row writes to `{}` already.", row.target.path))
    })
    .collect()
}

/// A whole attribute and a part of it: the later row replaces what the earlier one wrote.
pub(super) fn overlapping(view: &View<'_>) -> Vec<Found> {
    let is_whole = |path: &Path| path.filter.is_none() && path.sub_attribute.is_none();
    let is_same = |a: &Path, b: &Path| {
        a.attribute.eq_ignore_ascii_case(&b.attribute)
            && a.schema.as_deref().map(str::to_ascii_lowercase)
                == b.schema.as_deref().map(str::to_ascii_lowercase)
    };
    view.rows(|row| {
        let whole = &row.target.path;
        let mut others = view.mapping.attributes.iter().map(|other| &other.target.path);
        let part = others.find(|part| is_same(whole, part) && !is_whole(part))?;
        is_whole(whole).then(|| {
            format!("`{whole}` is written as a whole, and another row writes its part `{part}`.")
        })
    })
}

pub(super) fn extension_name_form(view: &View<'_>) -> Vec<Found> {
    view.rows(|row| {
        let path = &row.target.path;
        let is_odd = path.schema.as_deref().is_some_and(|urn| !is_well_formed(urn));
        is_odd.then(|| format!("`{path}` does not have the form of an extension attribute."))
    })
}

/// `urn:ietf:params:scim:schemas:extension:<Name>:2.0:User`, the enterprise extension, or a core
/// schema; SCIM 1's URNs are what some applications still ask for.
fn is_well_formed(urn: &str) -> bool {
    let lower = urn.to_ascii_lowercase();
    lower == ENTERPRISE_USER.to_ascii_lowercase()
        || lower.starts_with("urn:ietf:params:scim:schemas:core:2.0:")
        || is_scim_1(&lower)
        || lower.strip_prefix("urn:ietf:params:scim:schemas:extension:").is_some_and(|rest| {
            let parts: Vec<&str> = rest.split(':').collect();
            parts.len() >= 3 && parts.iter().all(|part| !part.is_empty())
        })
}

fn is_scim_1(urn: &str) -> bool {
    urn.starts_with("urn:scim:schemas:extension:")
}

/// Attributes of a custom application's own extension are single, simple and no references.
pub(super) fn extension_not_simple(view: &View<'_>) -> Vec<Found> {
    view.rows(|row| {
        let path = &row.target.path;
        let urn = path.schema.as_deref()?;
        let is_published =
            is_core(urn) || urn.eq_ignore_ascii_case(ENTERPRISE_USER) || is_scim_1(urn);
        let why = if is_published {
            return None;
        } else if path.filter.is_some() || path.sub_attribute.is_some() {
            "complex or multi-valued"
        } else if row.target.kind == TargetType::Reference {
            "a reference"
        } else {
            return None;
        };
        Some(format!("`{path}` is {why}, which custom extension attributes cannot be."))
    })
}

pub(super) fn not_supported(view: &View<'_>) -> Vec<Found> {
    let rows = view.mapping.attributes.iter().enumerate();
    rows.filter_map(|(at, row)| {
        let path = &row.target.path;
        let why = match path.attribute.to_ascii_lowercase().as_str() {
            "password" => "passwords",
            "photos" => "photos",
            _ => return None,
        };
        Some(removable(view, at, format!("`{path}`: Entra does not provision {why}.")))
    })
    .collect()
}

pub(super) fn active_not_boolean(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let is_wrong = is_top_level(row, "active") && row.target.kind != TargetType::Boolean;
        let text =
            "`active` is declared as something else than a Boolean, and is created as a text.";
        let target = TargetAttribute { kind: TargetType::Boolean, ..row.target.clone() };
        let repaired = AttributeMapping { target, ..row.clone() };
        (view.is_users() && is_wrong).then(|| (text.to_owned(), Some(repaired)))
    })
}

pub(super) fn user_name_case_exact(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let is_wrong = is_top_level(row, "userName") && row.target.case_exact;
        let text = "`userName` is declared with exact case, but SCIM compares it without: a \
                    difference in case alone counts as a change.";
        let target = TargetAttribute { case_exact: false, ..row.target.clone() };
        let repaired = AttributeMapping { target, ..row.clone() };
        (view.is_users() && is_wrong).then(|| (text.to_owned(), Some(repaired)))
    })
}

pub(super) fn required_unmapped(view: &View<'_>) -> Vec<Found> {
    let required = match view.kind() {
        ObjectKind::User => "userName",
        ObjectKind::Group => "displayName",
    };
    let is_mapped = view.mapping.attributes.iter().any(|row| {
        row.target.path.attribute.eq_ignore_ascii_case(required) && row.source != Source::None
    });
    let text = format!("`{required}` is required by SCIM, and no row writes to it.");
    let found = whole(!is_mapped, Place::Mapping, &text);
    found
        .into_iter()
        .map(|found| match propose(view.kind(), required).mapping() {
            Ok(Some(row)) => found.fixing(Fix::AddRow(view.kind(), row)),
            _ => found,
        })
        .collect()
}

pub(super) fn required_without_source(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let path = &row.target.path;
        let has_default = row.default_value.as_deref().is_some_and(|text| !text.is_empty());
        let is_empty = match &row.source {
            Source::None => true,
            Source::Constant(text) => text.is_empty(),
            Source::Direct(_) | Source::Expression(_) => false,
        };
        if !row.target.required || !is_empty || has_default || is_reference(&row.target) {
            return None;
        }
        let text = format!("`{path}` is required, but its row has no source and no default value.");
        let usual = propose(view.kind(), &path.to_string()).source;
        Some((text, usual.map(|source| AttributeMapping { source, ..row.clone() })))
    })
}
