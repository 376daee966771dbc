//! The decision for one object: from its situation to an [`Action`].

use std::num::NonZeroU32;

use scim::resource::Resource;
use serde_json::Value;

use super::{Action, Change, ErrorCode, SkipReason, compare};
use crate::configuration::{AttributeMapping, Configuration, ObjectKind};
use crate::mapping::{Desired, Mapper, Yield};
use crate::scoping::{InScope, Reason};

/// In scope, and the application does not know the object.
pub fn arriving(mapper: &Mapper, desired: &Desired) -> Action {
    if !mapper.mapping().actions.create {
        return skip(
            "Create is switched off under Target object actions, and the application does \
                     not know the object.",
        );
    }
    if let Some(fault) = fault(mapper, desired) {
        return fault;
    }
    match mapper.missing_required(desired) {
        Some(row) => missing(row),
        None => Action::Create,
    }
}

/// In scope, and the application knows the object.
pub fn staying(mapper: &Mapper, desired: &Desired, current: &Resource, target_id: &str) -> Action {
    if let Some(fault) = fault(mapper, desired) {
        return fault;
    }
    let changes = compare::changes(mapper, desired, current);
    if changes.is_empty() {
        return redundant();
    }
    if !mapper.mapping().actions.update {
        return skip(
            "Update is switched off under Target object actions, so the differences stay.",
        );
    }
    let enables = |change: &Change| {
        mapper.is_soft_delete(change.row) && change.before.as_ref().is_some_and(is_false)
    };
    let target_id = target_id.to_owned();
    match changes.iter().any(enables) {
        true => Action::Enable { target_id, changes },
        false => Action::Update { target_id, changes },
    }
}

/// Out of scope, and the application does not know the object, or nobody has asked.
pub fn outside(scope: &InScope) -> Action {
    let is_entitled = scope.assigned && scope.entitled && scope.active;
    let reason = match is_entitled {
        true => SkipReason::EntrySynchronizationSkipped,
        false => SkipReason::NotEffectivelyEntitled,
    };
    Action::Skip { reason, text: reasons(scope) }
}

/// Out of scope, and the application knows the object: disabled, deleted, or left alone.
///
/// `desired` is what the rows yield while `IsSoftDeleted` is true.
pub fn leaving(
    configuration: &Configuration,
    mapper: &Mapper,
    desired: &Desired,
    current: &Resource,
    target_id: &str,
) -> Action {
    if configuration.skip_out_of_scope_deletions {
        return skip(
            "SkipOutOfScopeDeletions is set, so an account that leaves the scope stays as \
                     it is.",
        );
    }
    if mapper.mapping().kind == ObjectKind::Group {
        return leaving_group(mapper, target_id);
    }
    if !configuration.connector.soft_delete {
        return leaving_for_good(mapper, target_id);
    }
    let feeds = |row: &usize| mapper.is_soft_delete(*row);
    if !(0..desired.rows.len()).any(|row| feeds(&row)) {
        return skip(
            "No row is fed by IsSoftDeleted, so nothing is sent and the account stays \
                     active. Map IsSoftDeleted to `active` to have leavers disabled.",
        );
    }
    if !mapper.mapping().actions.update {
        return skip(
            "A disable is an update, and Update is switched off under Target object \
                     actions: the account stays active.",
        );
    }
    let mut changes = compare::changes(mapper, desired, current);
    changes.retain(|change| feeds(&change.row));
    match changes.is_empty() {
        true => redundant(),
        false => Action::Disable { target_id: target_id.to_owned(), changes },
    }
}

/// A connector that cannot disable deletes instead.
fn leaving_for_good(mapper: &Mapper, target_id: &str) -> Action {
    match mapper.mapping().actions.delete {
        true => Action::Delete { target_id: target_id.to_owned() },
        false => skip(
            "The connector supports no soft delete, so a leaver is deleted, but Delete is switched \
             off under Target object actions: the account stays active.",
        ),
    }
}

/// Deleted for good in the directory, 30 days after the soft delete or by an administrator, while
/// the job still managed it.
pub fn purged(mapper: &Mapper, target_id: &str) -> Action {
    match mapper.mapping().actions.delete {
        true => Action::Delete { target_id: target_id.to_owned() },
        false => skip(
            "Deleted for good in Microsoft Entra ID, but Delete is switched off under Target \
             object actions: nothing is sent, and the job forgets the account.",
        ),
    }
}

/// Groups have no `active`; an unassigned group is expected to be gone (a choice: the
/// documentation speaks of a disable for users and groups alike).
fn leaving_group(mapper: &Mapper, target_id: &str) -> Action {
    match mapper.mapping().actions.delete {
        true => Action::Delete { target_id: target_id.to_owned() },
        false => skip("Delete is switched off under Target object actions, so the group stays."),
    }
}

/// No matching attribute has a value: the object is not even imported.
pub fn without_matching_value(mapper: &Mapper) -> Action {
    let names: Vec<String> =
        mapper.mapping().matching().iter().map(|row| format!("`{}`", row.target.path)).collect();
    let text = match names.is_empty() {
        true => "No row is marked to match objects, so nothing can be imported.".to_owned(),
        false => format!("No matching attribute has a value: {}.", names.join(", ")),
    };
    Action::Skip { reason: SkipReason::ImportSkipped, text }
}

/// Why an object is out of scope, numbered as Entra's message numbers the reasons.
pub fn reasons(scope: &InScope) -> String {
    let sentence = |reason: &Reason| match reason {
        Reason::NotAssigned => "not assigned to the application".to_owned(),
        Reason::NotEntitled => {
            "no required entitlement (Default Access does not count for this job)".to_owned()
        }
        Reason::FilterNotSatisfied => {
            format!("satisfies no scoping filter ({})", scope.filter.because().join("; "))
        }
        Reason::Disabled => "sign-in is blocked (accountEnabled is false)".to_owned(),
        Reason::SoftDeleted => "soft-deleted in Microsoft Entra ID".to_owned(),
    };
    let numbered: Vec<String> = scope
        .reasons
        .iter()
        .enumerate()
        .map(|(at, reason)| format!("{}. {}", at + 1, sentence(reason)))
        .collect();
    format!("Not in scope: {}.", numbered.join("; "))
}

fn skip(text: &str) -> Action {
    Action::Skip { reason: SkipReason::EntrySynchronizationSkipped, text: text.to_owned() }
}

fn redundant() -> Action {
    let text = "The application already holds every mapped value.".to_owned();
    Action::Skip { reason: SkipReason::RedundantExport, text }
}

fn missing(row: &AttributeMapping) -> Action {
    let text = format!(
        "`{}` is required, but its source is empty and it has no default value.",
        row.target.path
    );
    Action::Error { code: ErrorCode::MandatoryFieldsMissing, text }
}

/// A list of several values for a target that holds one, or a row that cannot be evaluated, fails
/// the object (a choice: what the service does with the other rows is not documented).
pub fn fault(mapper: &Mapper, desired: &Desired) -> Option<Action> {
    let mut rows = mapper.rows().zip(&desired.rows);
    if let Some(((_, row), _)) = rows.find(|((_, row), yielded)| has_too_many(row, yielded)) {
        let text = format!(
            "`{}` holds one value, but its source yields several; map a list, or take one with \
             Item or Join.",
            row.target.path
        );
        return Some(Action::Error { code: ErrorCode::SchemaPropertyCanOnlyAcceptValue, text });
    }
    let rows = mapper.rows().zip(&desired.rows);
    let text = rows.into_iter().find_map(|((_, row), yielded)| match yielded {
        Yield::Fault(text) => Some(format!("The mapping of `{}` fails: {text}.", row.target.path)),
        _ => None,
    })?;
    Some(Action::Error { code: ErrorCode::InternalError, text })
}

/// What becomes of leavers when they are more than the threshold allows.
pub fn held_back(leavers: usize, threshold: NonZeroU32) -> String {
    format!(
        "{leavers} objects would be disabled or deleted in this cycle, more than the threshold of \
         {threshold}: Entra holds these writes back and quarantines the job (TooManyDeletes) until \
         an administrator allows them."
    )
}

/// Whether a row yields several values for a target that holds one.
pub fn has_too_many(row: &AttributeMapping, yielded: &Yield) -> bool {
    let is_list = |value: &Value| value.as_array().is_some_and(|values| values.len() > 1);
    !row.target.multi_valued && yielded.on_create().is_some_and(is_list)
}

fn is_false(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => !flag,
        Value::String(text) => text.eq_ignore_ascii_case("false"),
        _ => false,
    }
}
