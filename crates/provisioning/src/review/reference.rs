//! Rules about managers and members.

use super::{Fix, Found, Place, View, about, counted, whole};
use crate::census::Crowd;
use crate::configuration::default::propose;
use crate::configuration::{AttributeMapping, ObjectKind, Source};
use crate::mapping::{is_reference, source_ids};
use crate::source::SourceObject;

pub(super) fn not_direct(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let is_wrong = is_reference(&row.target) && !matches!(row.source, Source::Direct(_));
        is_wrong.then(|| {
            let path = &row.target.path;
            let text =
                format!("`{path}` is a reference to another object and takes no expression.");
            let usual = propose(view.kind(), &path.to_string()).source;
            (text, usual.map(|source| AttributeMapping { source, ..row.clone() }))
        })
    })
}

pub(super) fn members_not_mapped(view: &View<'_>) -> Vec<Found> {
    let mut rows = view.mapping.attributes.iter();
    let is_mapped = rows.any(|row| row.target.path.attribute.eq_ignore_ascii_case("members"));
    let text = "No row writes the members, so every group stays empty in the application.";
    let applies = view.kind() == ObjectKind::Group && !is_mapped;
    let found = whole(applies, Place::Mapping, text);
    found
        .into_iter()
        .map(|found| match propose(ObjectKind::Group, "members").mapping() {
            Ok(Some(row)) => found.fixing(Fix::AddRow(ObjectKind::Group, row)),
            _ => found,
        })
        .collect()
}

pub(super) fn manager_out_of_scope(view: &View<'_>) -> Vec<Found> {
    lost(
        view,
        ObjectKind::User,
        |label, lost, _| format!("{label}{lost}"),
        |have, target| format!("{have} a `{target}` who is not in scope: no reference is written."),
    )
}

pub(super) fn member_out_of_scope(view: &View<'_>) -> Vec<Found> {
    lost(
        view,
        ObjectKind::Group,
        |label, _, others| match others {
            0 => label.to_owned(),
            others => format!("{label} and {others} more"),
        },
        |have, target| {
            format!("{have} `{target}` who are not in scope: the group is written without them.")
        },
    )
}

/// Findings about those in scope who point to somebody who is not; `name` says to whom, with what
/// is the matter and how many more there are.
fn lost(
    view: &View<'_>,
    kind: ObjectKind,
    name: impl Fn(&str, &str, usize) -> String,
    say: impl Fn(&str, &str) -> String,
) -> Vec<Found> {
    let Some(census) = view.census().filter(|_| view.kind() == kind) else { return Vec::new() };
    let population = census.population();
    let is_lost =
        |id: &&str| !population.position(id).is_some_and(|position| census.is_in_scope(position));
    let rows = view.mapping.attributes.iter().enumerate();
    rows.filter(|(_, row)| is_reference(&row.target))
        .flat_map(|(at, row)| {
            let mut people = Crowd::default();
            for (position, object) in census.objects_in_scope(kind) {
                let ids: Vec<&str> = source_ids(object, row).into_iter().filter(is_lost).collect();
                let Some(first) = ids.first() else { continue };
                people.add(position, || {
                    let found = population.position(first);
                    let found = found.and_then(|position| population.object(position));
                    let label = found.map_or(*first, SourceObject::label);
                    let matter = if found.is_none() { ", who was not read" } else { "" };
                    name(label, matter, ids.len() - 1)
                });
            }
            let target = &row.target.path.attribute;
            about(people, Place::Row(at), |people| {
                say(&counted(people.count, kind, "in scope has", "in scope have"), target)
            })
        })
        .collect()
}
