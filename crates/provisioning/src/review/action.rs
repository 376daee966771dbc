//! Rules about what happens to accounts: created, changed, disabled, deleted, or left alone.

use scim::path::Path;

use super::matching::is_top_level;
use super::{Fix, Found, Place, View, whole};
use crate::configuration::default::target_attribute;
use crate::configuration::{Apply, AttributeMapping, ObjectKind, Source, TargetActions};
use crate::expression::Expression;
use crate::mapping::value::as_text;
use crate::mapping::{SOFT_DELETED, Yield};

/// `active` from `IsSoftDeleted`, without the Switch that is known to blank its target.
const ACTIVE: &str = "IIF([IsSoftDeleted] = \"True\", \"False\", \"True\")";

/// So many deletions are named as the default threshold.
const USUAL_THRESHOLD: usize = 500;

pub(super) fn active_not_mapped(view: &View<'_>) -> Vec<Found> {
    let rows = 0..view.mapping.attributes.len();
    let is_fed = rows.into_iter().any(|row| view.mapper.is_soft_delete(row));
    let text = "No row is fed by IsSoftDeleted: whoever is unassigned or blocked keeps an active \
                account in the application.";
    // A connector that cannot disable needs no row for it.
    let is_needed = view.is_users() && view.configuration.connector.soft_delete;
    let found = whole(is_needed && !is_fed, Place::Mapping, text);
    found
        .into_iter()
        .map(|found| match active_fix(view) {
            Some(fix) => found.fixing(fix),
            None => found,
        })
        .collect()
}

/// The row that disables, in the place of one that writes to `active` already, or at the end.
fn active_fix(view: &View<'_>) -> Option<Fix> {
    let row = AttributeMapping {
        target: target_attribute(Path::parse("active").ok()?),
        source: Source::Expression(Expression::parse(ACTIVE)),
        default_value: None,
        matching_precedence: None,
        apply: Apply::Always,
    };
    let at = view.mapping.attributes.iter().position(|row| is_top_level(row, "active"));
    Some(match at {
        Some(at) => Fix::ReplaceRow(ObjectKind::User, at, row),
        None => Fix::AddRow(ObjectKind::User, row),
    })
}

/// Judged by what the row really yields, for somebody who left.
pub(super) fn active_stays_on(view: &View<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, row) in view.mapping.attributes.iter().enumerate() {
        if !is_top_level(row, "active") || !view.mapper.is_soft_delete(at) {
            continue;
        }
        let after = match view.yields_for_nobody(at, true) {
            Yield::Value(value) => as_text(&value).unwrap_or_default(),
            Yield::Fault(_) => continue,
            _ => "nothing".to_owned(),
        };
        if after.eq_ignore_ascii_case("false") {
            continue;
        }
        let text = format!(
            "`active` gets {after} when somebody leaves, so the account is not disabled: \
             IsSoftDeleted is True for whoever left."
        );
        let source = Source::Expression(Expression::parse(ACTIVE));
        let repaired = AttributeMapping { source, ..row.clone() };
        let fix = Fix::ReplaceRow(view.kind(), at, repaired);
        found.push(Found::at(Place::Row(at), text).fixing(fix));
    }
    found
}

pub(super) fn active_only_at_creation(view: &View<'_>) -> Vec<Found> {
    let rows = view.mapping.attributes.iter().enumerate();
    rows.filter(|(at, row)| {
        view.mapper.is_soft_delete(*at) && row.apply == Apply::OnlyDuringCreation
    })
    .map(|(at, row)| {
        let text = format!(
            "`{}` is fed by {SOFT_DELETED}, but the row is applied during creation only: a disable \
             is an update and is never sent.",
            row.target.path
        );
        let repaired = AttributeMapping { apply: Apply::Always, ..row.clone() };
        Found::at(Place::Row(at), text).fixing(Fix::ReplaceRow(view.kind(), at, repaired))
    })
    .collect()
}

pub(super) fn update_off(view: &View<'_>) -> Vec<Found> {
    let text = "Update is switched off: changes are not sent, and leavers are not disabled either, \
                because a disable is an update.";
    let actions = view.mapping.actions;
    switched_off(view, actions.update, TargetActions { update: true, ..actions }, text)
}

pub(super) fn create_off(view: &View<'_>) -> Vec<Found> {
    let text = "Create is switched off: who is not in the application already is skipped.";
    let actions = view.mapping.actions;
    switched_off(view, actions.create, TargetActions { create: true, ..actions }, text)
}

pub(super) fn delete_off(view: &View<'_>) -> Vec<Found> {
    let text = match view.kind() {
        ObjectKind::User => {
            "Delete is switched off: whoever is deleted for good in Entra ID keeps an account in \
             the application for ever."
        }
        ObjectKind::Group => {
            "Delete is switched off: a group that is unassigned or deleted stays in the \
             application with its members."
        }
    };
    let actions = view.mapping.actions;
    switched_off(view, actions.delete, TargetActions { delete: true, ..actions }, text)
}

fn switched_off(view: &View<'_>, is_on: bool, on: TargetActions, text: &str) -> Vec<Found> {
    let found = whole(!is_on, Place::Actions, text);
    found.into_iter().map(|found| found.fixing(Fix::Actions(view.kind(), on))).collect()
}

pub(super) fn leavers_stay(view: &View<'_>) -> Vec<Found> {
    let text = "SkipOutOfScopeDeletions is set: whoever is unassigned or leaves the scoping filter \
                keeps an active account.";
    let applies = view.is_users() && view.configuration.skip_out_of_scope_deletions;
    let found = whole(applies, Place::Settings, text);
    found.into_iter().map(|found| found.fixing(Fix::DisableLeavers)).collect()
}

/// A connector that cannot disable.
pub(super) fn leavers_are_deleted(view: &View<'_>) -> Vec<Found> {
    let configuration = view.configuration;
    let applies = view.is_users()
        && !configuration.connector.soft_delete
        && !configuration.skip_out_of_scope_deletions
        && view.mapping.actions.delete;
    let text = "The connector supports no soft delete: whoever is unassigned or blocked is deleted \
                in the application at once.";
    whole(applies, Place::Settings, text)
}

pub(super) fn above_threshold(view: &View<'_>) -> Vec<Found> {
    let Some(threshold) = view.configuration.accidental_deletions_threshold else {
        return Vec::new();
    };
    leavers(view, threshold.get() as usize + 1, |count| {
        format!(
            "{count} objects would be disabled or deleted in the next cycle, more than the \
             threshold of {threshold}: the writes are held back and the job is quarantined \
             (TooManyDeletes)."
        )
    })
}

pub(super) fn without_threshold(view: &View<'_>) -> Vec<Found> {
    if view.configuration.accidental_deletions_threshold.is_some() {
        return Vec::new();
    }
    leavers(view, USUAL_THRESHOLD, |count| {
        format!(
            "{count} objects would be disabled or deleted in the next cycle, and no threshold \
             holds them back."
        )
    })
}

/// One finding for users and groups together, because Entra counts them together.
fn leavers(view: &View<'_>, least: usize, say: impl Fn(usize) -> String) -> Vec<Found> {
    let Some(seen) = view.seen.filter(|_| view.is_users()) else { return Vec::new() };
    let people = seen.census.leavers(seen.managed);
    if people.count < least {
        return Vec::new();
    }
    vec![Found::at(Place::Settings, say(people.count)).of(people)]
}
