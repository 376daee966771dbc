//! Rules about roles.

use super::{Fix, Found, Place, View, about, counted};
use crate::census::Crowd;
use crate::configuration::{AttributeMapping, Scope, Source};
use crate::expression::Expression;
use crate::mapping::role::RoleForm;
use crate::scoping::Reason;
use crate::source::{AppRole, DEFAULT_ACCESS};

pub(super) fn with_sync_all(view: &View<'_>) -> Vec<Found> {
    let found = view.rows(|row| {
        let is_role = RoleForm::of(&row.source).is_some();
        (view.configuration.scope == Scope::All && is_role).then(|| {
            "Role functions do not work with \"Sync all users and groups\", because nobody has to \
             have a role."
                .to_owned()
        })
    });
    found.into_iter().map(|found| found.fixing(Fix::Scope(Scope::Assigned))).collect()
}

pub(super) fn mapped_directly(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let is_direct = row.source == Source::Direct("appRoleAssignments".to_owned());
        is_direct.then(|| {
            let text =
                "`appRoleAssignments` cannot be mapped directly; it holds several values per role.";
            let path = &row.target.path;
            let is_whole = path.filter.is_none() && path.sub_attribute.is_none();
            let function = match is_whole {
                true => "AssertiveAppRoleAssignmentsComplex",
                false => "SingleAppRoleAssignment",
            };
            let expression = Expression::parse(&format!("{function}([appRoleAssignments])"));
            let source = Source::Expression(expression);
            (text.to_owned(), Some(AttributeMapping { source, ..row.clone() }))
        })
    })
}

pub(super) fn never_removed(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        (RoleForm::of(&row.source) == Some(RoleForm::Adding)).then(|| {
            let text = "AppRoleAssignmentsComplex adds roles and never removes one: whoever \
                        changes the role keeps the old one too.";
            let expression =
                Expression::parse("AssertiveAppRoleAssignmentsComplex([appRoleAssignments])");
            let source = Source::Expression(expression);
            (text.to_owned(), Some(AttributeMapping { source, ..row.clone() }))
        })
    })
}

pub(super) fn several_for_one(view: &View<'_>) -> Vec<Found> {
    let is_single = |form| form == RoleForm::Single;
    of_roles(
        view,
        is_single,
        |roles| roles.len() > 1,
        |have| {
            format!(
                "{have} several roles, and SingleAppRoleAssignment takes one; which is not defined."
            )
        },
    )
}

pub(super) fn default_access(view: &View<'_>) -> Vec<Found> {
    let has_roles = view.census().is_some_and(|census| {
        !census.population().directory().app_roles.iter().all(|role| role.id == DEFAULT_ACCESS)
    });
    if !has_roles {
        return Vec::new();
    }
    let is_default =
        |roles: &[AppRole]| !roles.is_empty() && roles.iter().all(|role| role.id == DEFAULT_ACCESS);
    of_roles(
        view,
        |_| true,
        is_default,
        |have| {
            format!(
                "{have} no role but Default Access, which is what the application gets as a role."
            )
        },
    )
}

/// Findings about those in scope whose roles are so, at the rows that write roles.
fn of_roles(
    view: &View<'_>,
    is_meant: impl Fn(RoleForm) -> bool,
    are_so: impl Fn(&[AppRole]) -> bool,
    say: impl Fn(&str) -> String,
) -> Vec<Found> {
    let Some(census) = view.census() else { return Vec::new() };
    let rows = view.mapping.attributes.iter().enumerate();
    let rows = rows.filter(|(_, row)| RoleForm::of(&row.source).is_some_and(&is_meant));
    rows.flat_map(|(at, _)| {
        let mut people = Crowd::default();
        for (position, object) in census.objects_in_scope(view.kind()) {
            let roles = &census.population().assignment(object).roles;
            if are_so(roles) {
                people.add(position, || names(roles));
            }
        }
        about(people, Place::Row(at), |people| {
            say(&counted(people.count, view.kind(), "in scope has", "in scope have"))
        })
    })
    .collect()
}

fn names(roles: &[AppRole]) -> String {
    roles.iter().map(|role| role.display_name.as_str()).collect::<Vec<_>>().join(", ")
}

pub(super) fn default_access_does_not_count(view: &View<'_>) -> Vec<Found> {
    let counts = view.configuration.connector.counts_default_access;
    let Some(census) = view.census().filter(|_| !counts) else { return Vec::new() };
    let mut people = Crowd::default();
    for (position, object) in census.objects(view.kind()) {
        let scope = census.population().scope(object);
        if scope.is_some_and(|scope| scope.reasons.contains(&Reason::NotEntitled)) {
            people.add(position, String::new);
        }
    }
    about(people, Place::Assignments, |people| {
        let are = counted(people.count, view.kind(), "is", "are");
        format!("{are} assigned with Default Access alone, which does not count for this job.")
    })
}

pub(super) fn not_defined(view: &View<'_>) -> Vec<Found> {
    let Some(census) = view.census().filter(|_| view.is_users()) else { return Vec::new() };
    let directory = census.population().directory();
    let is_known =
        |id: &str| id == DEFAULT_ACCESS || directory.app_roles.iter().any(|role| role.id == id);
    // Where no role was read, nothing is known of them.
    if directory.app_roles.is_empty() {
        return Vec::new();
    }
    let mut people = Crowd::default();
    for assignment in directory.assignments.iter().filter(|each| !is_known(&each.app_role_id)) {
        if let Some(position) = census.population().position(&assignment.principal_id) {
            people.add(position, || assignment.app_role_id.clone());
        }
    }
    about(people, Place::Assignments, |people| {
        let count = people.count;
        format!("{count} assignment(s) carry a role that the application no longer defines.")
    })
}
