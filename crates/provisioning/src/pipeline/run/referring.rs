//! Managers and other references, once it is known who has an account.

use std::borrow::Cow;

use super::super::fate::Fate;
use super::super::texts::Held;
use super::Run;
use crate::configuration::{AttributeMapping, ObjectKind};
use crate::holders::{self, Holders};
use crate::mapping::{flows_on_update, is_reference};
use crate::planning::SkipReason;

impl Run<'_> {
    /// Everybody by id, to be found by whoever refers to them.
    pub(super) fn index_people(&mut self) {
        self.course.by_id = Holders::with_room(self.people.len());
        for person in 0..self.people.len() {
            let number = u32::try_from(person).unwrap_or_default();
            self.course.by_id.insert(holders::hash(self.people.id(person)), number);
        }
    }

    /// Adds the references that differ to the verdict on somebody who has an account. A create
    /// carries them along unseen.
    pub(super) fn refer(&mut self, person: usize) {
        let Some(verdict) = self.course.plan.verdicts().get(person).copied() else { return };
        let mapper = &self.pipeline.mapper;
        let may_update = mapper.mapping().actions.update;
        let is_written = match verdict.fate {
            Fate::Update | Fate::Enable => true,
            Fate::Skip(SkipReason::RedundantExport) => may_update,
            _ => false,
        };
        let Some(account) = verdict.account().filter(|_| is_written && verdict.in_scope) else {
            return;
        };
        let rows =
            mapper.rows().filter(|(_, row)| is_reference(&row.target) && flows_on_update(row));
        let differing = rows.filter(|(row, mapping)| self.differs(person, account, *row, mapping));
        let changed = differing.fold(0, |changed: u128, (row, _)| changed | 1 << row);
        if changed != 0 {
            self.course.plan.refer(person, changed);
        }
    }

    fn differs(
        &self,
        person: usize,
        account: usize,
        row: usize,
        mapping: &AttributeMapping,
    ) -> bool {
        let ids = self.pipeline.references(self.people, person, row, mapping);
        let Some(wanted) = ids.into_iter().find_map(|id| self.pointer(id, mapping)) else {
            return false;
        };
        match self.accounts.whole_reference(account, row, self.pipeline.mapper()) {
            Some(held) => held.as_deref() != Some(&*wanted),
            None => self.accounts.held_by_row(account, row) != Held::Text(&wanted),
        }
    }

    /// The account of whoever is referred to; a placeholder where it will be created; nothing where
    /// no reference is sent.
    fn pointer(&self, id: &str, mapping: &AttributeMapping) -> Option<Cow<'_, str>> {
        let mut known = self.course.by_id.find(holders::hash(id)).map(|person| person as usize);
        let person = known.find(|person| self.people.id(*person) == id)?;
        let kinds = &mapping.target.referenced;
        let verdict = self.course.plan.verdicts().get(person)?;
        if !verdict.in_scope || !(kinds.is_empty() || kinds.contains(&ObjectKind::User)) {
            return None;
        }
        match (verdict.fate, verdict.account()) {
            (Fate::Conflict(_) | Fate::Error(_), _) => None,
            (_, Some(account)) => Some(Cow::Borrowed(self.accounts.id(account))),
            (Fate::Create, None) => Some(Cow::Owned(format!("{{id of {id}}}"))),
            (_, None) => None,
        }
    }
}
