//! Rules about "Users and groups" of the application: who only seems to be assigned.

use super::{Found, Place, View, about, counted};
use crate::assignment::LostAssignment;
use crate::census::{Census, Crowd};
use crate::configuration::{ObjectKind, Scope};
use crate::source::{SourceObject, SourceValue};

/// The census where assignments count: of users, because they are who is lost.
fn census<'a>(view: &View<'a>) -> Option<&'a Census<'a>> {
    let counts = view.is_users() && view.configuration.scope == Scope::Assigned;
    view.census().filter(|_| counts)
}

pub(super) fn nested(view: &View<'_>) -> Vec<Found> {
    let Some(census) = census(view) else { return Vec::new() };
    let population = census.population();
    let mut people = Crowd::default();
    for (position, object) in census.objects(ObjectKind::User) {
        let assignment = population.assignment(object);
        if assignment.is_assigned() {
            continue;
        }
        let path = assignment.lost.iter().find_map(|lost| match lost {
            LostAssignment::Nested(path) => Some(path),
            LostAssignment::NotSecurityEnabled(_) => None,
        });
        if let Some(path) = path {
            people.add(position, || labels(census, path));
        }
    }
    about(people, Place::Assignments, |people| {
        let are = counted(people.count, ObjectKind::User, "is", "are");
        format!("{are} reached through a nested group only, and so not assigned.")
    })
}

/// The groups on the way, the inner one first.
fn labels(census: &Census<'_>, path: &[String]) -> String {
    let label = |id: &String| {
        let position = census.population().position(id);
        let object = position.and_then(|position| census.population().object(position));
        object.map_or_else(|| id.clone(), |object| object.label().to_owned())
    };
    path.iter().map(label).collect::<Vec<_>>().join(" in ")
}

pub(super) fn not_security_enabled(view: &View<'_>) -> Vec<Found> {
    let Some(census) = census(view) else { return Vec::new() };
    let is_assigned = |object: &SourceObject| {
        let assignments = &census.population().directory().assignments;
        assignments.iter().any(|assignment| assignment.principal_id == object.id)
    };
    let mut groups = Crowd::default();
    for (position, object) in census.objects(ObjectKind::Group) {
        let is_plain = object.get("securityEnabled") == Some(&SourceValue::Boolean(false));
        if is_plain && is_assigned(object) {
            groups.add(position, || format!("{} members", object.members.len()));
        }
    }
    about(groups, Place::Assignments, |groups| {
        let are = counted(groups.count, ObjectKind::Group, "is", "are");
        format!("{are} assigned but not security-enabled, so the members are not assigned.")
    })
}

pub(super) fn disabled(view: &View<'_>) -> Vec<Found> {
    assigned(
        view,
        |object| !object.is_enabled() && !object.soft_deleted,
        |are| {
            format!(
                "{are} assigned but disabled in Entra ID: no account is created, and one that exists is disabled."
            )
        },
    )
}

pub(super) fn deleted(view: &View<'_>) -> Vec<Found> {
    assigned(
        view,
        |object| object.soft_deleted,
        |are| {
            format!(
                "{are} assigned but deleted in Entra ID: no account is created, and one that exists is disabled."
            )
        },
    )
}

/// Findings about assigned users who are so.
fn assigned(
    view: &View<'_>,
    is_so: impl Fn(&SourceObject) -> bool,
    say: impl Fn(&str) -> String,
) -> Vec<Found> {
    let Some(census) = census(view) else { return Vec::new() };
    let mut people = Crowd::default();
    for (position, object) in census.objects(ObjectKind::User) {
        if is_so(object) && census.population().assignment(object).is_assigned() {
            people.add(position, String::new);
        }
    }
    about(people, Place::Assignments, |people| {
        say(&counted(people.count, ObjectKind::User, "is", "are"))
    })
}

pub(super) fn not_read(view: &View<'_>) -> Vec<Found> {
    let Some(census) = census(view) else { return Vec::new() };
    let population = census.population();
    let assignments = &population.directory().assignments;
    let unread =
        assignments.iter().filter(|each| population.position(&each.principal_id).is_none());
    let count = unread.count();
    if count == 0 {
        return Vec::new();
    }
    let text =
        format!("{count} assignment(s) name an object that is not among those that were read.");
    vec![Found::at(Place::Assignments, text)]
}
