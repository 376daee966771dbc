//! Rules about what the application publishes of itself under `/Schemas`.

use scim::path::Path;

use super::{Fix, Found, Place, View};
use crate::configuration::default::propose;
use crate::configuration::{AttributeMapping, ObjectKind, TargetAttribute};
use crate::mapping::shape::is_core;

/// The target attributes that an application publishes, as [`crate::configuration::discovery`]
/// finds them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// Of users.
    pub users: Vec<TargetAttribute>,
    /// Of groups.
    pub groups: Vec<TargetAttribute>,
}

impl Published {
    /// Those of one kind; an application that publishes none of a kind says nothing about it.
    fn of(&self, kind: ObjectKind) -> &[TargetAttribute] {
        match kind {
            ObjectKind::User => &self.users,
            ObjectKind::Group => &self.groups,
        }
    }
}

fn published<'a>(view: &View<'a>) -> &'a [TargetAttribute] {
    view.published.map(|published| published.of(view.kind())).unwrap_or_default()
}

/// Whether two paths name the same attribute, whatever part of it.
fn is_same_attribute(left: &Path, right: &Path) -> bool {
    let urn = |path: &Path| {
        path.schema.as_deref().filter(|urn| !is_core(urn)).map(str::to_ascii_lowercase)
    };
    left.attribute.eq_ignore_ascii_case(&right.attribute) && urn(left) == urn(right)
}

pub(super) fn required_unmapped(view: &View<'_>) -> Vec<Found> {
    let rows = &view.mapping.attributes;
    let is_mapped = |target: &TargetAttribute| {
        rows.iter().any(|row| is_same_attribute(&row.target.path, &target.path))
    };
    let missing = published(view).iter().filter(|target| target.required && !is_mapped(target));
    missing
        .map(|target| {
            let path = target.path.to_string();
            let text = format!("The application requires `{path}`, and no row writes to it.");
            let found = Found::at(Place::Mapping, text);
            match propose(view.kind(), &path).mapping() {
                Ok(Some(row)) => {
                    let row = AttributeMapping { target: target.clone(), ..row };
                    found.fixing(Fix::AddRow(view.kind(), row))
                }
                _ => found,
            }
        })
        .collect()
}

pub(super) fn not_published(view: &View<'_>) -> Vec<Found> {
    let targets = published(view);
    view.rows(|row| {
        let path = &row.target.path;
        // What every resource has is in no schema (RFC 7643 section 3.1).
        let is_common = ["externalId", "id", "meta", "schemas"]
            .iter()
            .any(|name| path.schema.is_none() && path.attribute.eq_ignore_ascii_case(name));
        let is_known = targets.iter().any(|target| is_same_attribute(&target.path, path));
        (!targets.is_empty() && !is_common && !is_known).then(|| {
            format!(
                "The application publishes no `{path}`; it may refuse it (SchemaAttributeNotFound) \
                 or drop it."
            )
        })
    })
}

pub(super) fn declared_otherwise(view: &View<'_>) -> Vec<Found> {
    let targets = published(view);
    view.rows_with_fix(|row| {
        let own = &row.target;
        let target = targets.iter().find(|target| target.path.same_place(&own.path))?;
        let what = if target.kind != own.kind {
            "another type"
        } else if target.case_exact != own.case_exact {
            "another rule about letter case"
        } else {
            return None;
        };
        let text = format!("The application publishes `{}` with {what}.", own.path);
        let target = TargetAttribute { path: own.path.clone(), ..target.clone() };
        Some((text, Some(AttributeMapping { target, ..row.clone() })))
    })
}
