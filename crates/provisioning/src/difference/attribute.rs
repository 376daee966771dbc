//! In which attributes an account differs under two configurations, and whom that reaches.

use scim::path::Path;
use scim::resource::Resource;
use serde_json::{Value, json};

use super::{Side, Standings};
use crate::mapping::{Mapper, flows_on_update, is_reference, source_ids};
use crate::planning::Change;
use crate::planning::compare::{changes, current_value};

/// One attribute that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeDifference {
    /// The target attribute's path.
    pub attribute: String,
    /// What the account holds under the first configuration. Of references, those that are lost.
    pub before: Option<Value>,
    /// What the second configuration yields. Of references, the directory ids that are new.
    pub after: Option<Value>,
    /// The row of the first configuration that wrote it.
    pub row_before: Option<usize>,
    /// The row of the second configuration that writes it.
    pub row_after: Option<usize>,
    /// Whether it reaches the account.
    pub reach: Reach,
}

/// Whether a difference reaches accounts that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It is written.
    Written,
    /// Only new accounts get it: the row is applied during creation, or it is a default value.
    NewAccounts,
    /// The second configuration yields nothing, and what the account holds stays.
    Stays,
    /// Update is switched off.
    UpdateIsOff,
}

impl AttributeDifference {
    /// The change of a reference that is written.
    pub(super) fn reference(&self) -> Option<Change> {
        let is_ids = self.after.as_ref().is_some_and(Value::is_array);
        if self.reach != Reach::Written || !is_ids {
            return None;
        }
        let (attribute, before) = (self.attribute.clone(), None);
        Some(Change { attribute, before, after: self.after.clone()?, row: self.row_after? })
    }
}

/// The row of a mapping that writes to a place.
fn row_at(mapper: &Mapper, path: &Path) -> Option<usize> {
    mapper.rows().find(|(_, row)| row.target.path.same_place(path)).map(|(at, _)| at)
}

/// Everything that a create sends.
pub(super) fn created(side: &Side<'_>) -> Vec<AttributeDifference> {
    let rows = side.mapper.rows().zip(&side.desired.rows);
    let values = rows.filter_map(|((at, row), yielded)| {
        Some(AttributeDifference {
            attribute: row.target.path.to_string(),
            before: None,
            after: Some(yielded.on_create()?.clone()),
            row_before: None,
            row_after: Some(at),
            reach: Reach::Written,
        })
    });
    values.collect()
}

/// Changes of a plan, with the row that wrote the value before.
pub(super) fn written(
    before: &Side<'_>,
    after: &Side<'_>,
    changes: &[Change],
) -> Vec<AttributeDifference> {
    let rows = &after.mapper.mapping().attributes;
    let told = changes.iter().map(|change| AttributeDifference {
        attribute: change.attribute.clone(),
        before: change.before.clone(),
        after: Some(change.after.clone()),
        row_before: rows.get(change.row).and_then(|row| row_at(before.mapper, &row.target.path)),
        row_after: Some(change.row),
        reach: Reach::Written,
    });
    told.collect()
}

/// Every difference of an account that stays in scope, whether or not it reaches the account.
pub(super) fn all(
    before: &Side<'_>,
    after: &Side<'_>,
    account: &Resource,
    standings: &Standings<'_>,
) -> Vec<AttributeDifference> {
    let differing = changes(after.mapper, &after.desired, account);
    let mut found = written(before, after, &differing);
    if !after.mapper.mapping().actions.update {
        found.iter_mut().for_each(|each| each.reach = Reach::UpdateIsOff);
    }
    found.extend(left_alone(before, after, account, &differing));
    found.extend(dropped(before, after, account));
    found.extend(references(before, after, standings));
    found
}

/// Rows of the second configuration whose value does not reach an account that exists.
fn left_alone(
    before: &Side<'_>,
    after: &Side<'_>,
    account: &Resource,
    differing: &[Change],
) -> Vec<AttributeDifference> {
    let rows = after.mapper.places().zip(&after.desired.rows);
    let found = rows.filter_map(|((at, row, place), yielded)| {
        let is_written = differing.iter().any(|change| change.row == at);
        if is_written || is_reference(&row.target) {
            return None;
        }
        let held = current_value(account, place);
        let flows = flows_on_update(row) && yielded.on_update().is_some();
        let (new, reach) = match yielded.on_create() {
            // It flows, and the account holds it already.
            Some(_) if flows => return None,
            Some(new) if held.as_ref() == Some(new) => return None,
            Some(new) => (Some(new.clone()), Reach::NewAccounts),
            None if held.is_none() => return None,
            None => (None, Reach::Stays),
        };
        Some(AttributeDifference {
            attribute: row.target.path.to_string(),
            before: held,
            after: new,
            row_before: row_at(before.mapper, &row.target.path),
            row_after: Some(at),
            reach,
        })
    });
    found.collect()
}

/// Rows of the first configuration that the second one does not have.
fn dropped(before: &Side<'_>, after: &Side<'_>, account: &Resource) -> Vec<AttributeDifference> {
    let rows = before.mapper.places();
    let found = rows.filter_map(|(at, row, place)| {
        if row_at(after.mapper, &row.target.path).is_some() || is_reference(&row.target) {
            return None;
        }
        Some(AttributeDifference {
            attribute: row.target.path.to_string(),
            before: Some(current_value(account, place)?),
            after: None,
            row_before: Some(at),
            row_after: None,
            reach: Reach::Stays,
        })
    });
    found.collect()
}

/// Managers and members, by the directory's ids; those without an account are not written.
fn references(
    before: &Side<'_>,
    after: &Side<'_>,
    standings: &Standings<'_>,
) -> Vec<AttributeDifference> {
    let mut found = Vec::new();
    let rows = after.mapper.rows().filter(|(_, row)| is_reference(&row.target));
    for (at, row) in rows {
        let earlier = row_at(before.mapper, &row.target.path);
        let held = earlier
            .map(|row| pointed_to(before, row, |id| standings.is_there_before(id)))
            .unwrap_or_default();
        let wanted = pointed_to(after, at, |id| standings.is_there_after(id));
        let missing = |ids: &[String], from: &[String]| -> Option<Value> {
            let ids: Vec<&String> = ids.iter().filter(|id| !from.contains(id)).collect();
            (!ids.is_empty()).then(|| json!(ids))
        };
        let (lost, new) = (missing(&held, &wanted), missing(&wanted, &held));
        if lost.is_none() && new.is_none() {
            continue;
        }
        let may_update = after.mapper.mapping().actions.update;
        found.push(AttributeDifference {
            attribute: row.target.path.to_string(),
            reach: match (&new, flows_on_update(row), may_update) {
                (None, _, _) => Reach::Stays,
                (Some(_), false, _) => Reach::NewAccounts,
                (Some(_), true, false) => Reach::UpdateIsOff,
                (Some(_), true, true) => Reach::Written,
            },
            before: lost,
            after: new,
            row_before: earlier,
            row_after: Some(at),
        });
    }
    found
}

/// The objects with an account that a reference row points to.
fn pointed_to(side: &Side<'_>, row: usize, is_there: impl Fn(&str) -> bool) -> Vec<String> {
    let Some(row) = side.mapper.mapping().attributes.get(row) else { return Vec::new() };
    let ids = source_ids(side.object, row).into_iter();
    ids.filter(|id| is_there(id)).map(str::to_owned).collect()
}
