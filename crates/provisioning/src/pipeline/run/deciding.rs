//! The decision on one person, by slots where they suffice, by the whole engine where they do not.

use super::super::account::text_of;
use super::super::fate::Fate;
use super::super::texts::Held;
use super::Run;
use crate::configuration::{AttributeMapping, Source, TargetType};
use crate::expression::Inputs;
use crate::mapping::compact::Slim;
use crate::mapping::{flows_on_update, is_reference};
use crate::planning::compare::is_same_text;
use crate::planning::{Action, ErrorCode, SkipReason, plan};

impl Run<'_> {
    pub(super) fn arriving(&self, person: usize, inputs: &Inputs<'_>) -> Fate {
        let mapper = &self.pipeline.mapper;
        if !mapper.mapping().actions.create {
            return Fate::Skip(SkipReason::EntrySynchronizationSkipped);
        }
        let (mut fails, mut misses) = (false, false);
        for (row, mapping) in mapper.rows() {
            let slim = self.pipeline.slim(self.people, person, row, inputs);
            let flows = matches!(slim, Slim::Text(_) | Slim::Boolean(_) | Slim::Default);
            match slim {
                Slim::Wide => return Fate::of(&self.whole_arrival(person)),
                Slim::Fault => fails = true,
                _ => {}
            }
            misses |= mapping.target.required && !is_reference(&mapping.target) && !flows;
        }
        match (fails, misses) {
            (true, _) => Fate::Error(ErrorCode::InternalError),
            (false, true) => Fate::Error(ErrorCode::MandatoryFieldsMissing),
            (false, false) => Fate::Create,
        }
    }

    pub(super) fn staying(
        &self,
        person: usize,
        account: usize,
        inputs: &Inputs<'_>,
    ) -> (Fate, u128) {
        let mapper = &self.pipeline.mapper;
        if self.accounts.is_odd(account) {
            return of_action(&self.whole(person, account, true));
        }
        let (mut fails, mut changed, mut enables) = (false, 0_u128, false);
        for (row, mapping) in mapper.rows() {
            let slim = self.pipeline.slim(self.people, person, row, inputs);
            match slim {
                Slim::Wide => return of_action(&self.whole(person, account, true)),
                Slim::Fault => fails = true,
                _ => {}
            }
            let held = self.accounts.held_by_row(account, row);
            match differs(mapping, &slim, held) {
                None => return of_action(&self.whole(person, account, true)),
                Some(false) => {}
                Some(true) => {
                    changed |= 1 << row;
                    enables |= mapper.is_soft_delete(row) && is_false(held);
                }
            }
        }
        let fate = match (fails, changed, enables) {
            (true, ..) => Fate::Error(ErrorCode::InternalError),
            (false, 0, _) => Fate::Skip(SkipReason::RedundantExport),
            _ if !mapper.mapping().actions.update => {
                Fate::Skip(SkipReason::EntrySynchronizationSkipped)
            }
            (false, _, true) => Fate::Enable,
            (false, _, false) => Fate::Update,
        };
        (fate, if matches!(fate, Fate::Enable | Fate::Update) { changed } else { 0 })
    }

    pub(super) fn leaving(
        &self,
        person: usize,
        account: usize,
        inputs: &Inputs<'_>,
    ) -> (Fate, u128) {
        let (configuration, mapper) = (&self.pipeline.configuration, &self.pipeline.mapper);
        let is_short = !configuration.skip_out_of_scope_deletions
            && configuration.connector.soft_delete
            && mapper.mapping().actions.update
            && !self.accounts.is_odd(account);
        if !is_short {
            return of_action(&self.whole(person, account, false));
        }
        let (mut feeds, mut changed) = (false, 0_u128);
        for (row, mapping) in mapper.rows().filter(|(row, _)| mapper.is_soft_delete(*row)) {
            feeds = true;
            let slim = self.pipeline.slim(self.people, person, row, inputs);
            let held = self.accounts.held_by_row(account, row);
            match differs(mapping, &slim, held) {
                None => return of_action(&self.whole(person, account, false)),
                Some(differs) => changed |= u128::from(differs) << row,
            }
        }
        match (feeds, changed) {
            (false, _) => (Fate::Skip(SkipReason::EntrySynchronizationSkipped), 0),
            (true, 0) => (Fate::Skip(SkipReason::RedundantExport), 0),
            (true, changed) => (Fate::Disable, changed),
        }
    }

    /// The decision by the whole engine, for a person or an account with unusual values.
    fn whole(&self, person: usize, account: usize, in_scope: bool) -> Action {
        let (pipeline, accounts) = (self.pipeline, self.accounts);
        let object = self.people.object(person);
        let inputs = pipeline.inputs(self.people, person, &object, !in_scope);
        let (mapper, desired) = (&pipeline.mapper, pipeline.mapper.apply(&inputs));
        let (current, id) = (accounts.resource(account), accounts.id(account));
        match in_scope {
            true => plan::staying(mapper, &desired, &current, id),
            false => plan::leaving(&pipeline.configuration, mapper, &desired, &current, id),
        }
    }

    fn whole_arrival(&self, person: usize) -> Action {
        let object = self.people.object(person);
        let inputs = self.pipeline.inputs(self.people, person, &object, false);
        plan::arriving(&self.pipeline.mapper, &self.pipeline.mapper.apply(&inputs))
    }
}

fn of_action(action: &Action) -> (Fate, u128) {
    let changed = action.changes().iter().fold(0, |changed, change| changed | 1 << change.row);
    (Fate::of(action), changed)
}

/// Whether a row changes what an account holds; nothing where only the whole engine can say.
fn differs(row: &AttributeMapping, slim: &Slim<'_>, held: Held<'_>) -> Option<bool> {
    if !flows_on_update(row) || is_reference(&row.target) {
        return Some(false);
    }
    if row.source == Source::None {
        let fills = *slim == Slim::Default && held == Held::Absent;
        return Some(fills);
    }
    let is_boolean = row.target.kind == TargetType::Boolean;
    match (slim.text(), text_of(held)) {
        (None, _) => Some(false),
        (Some(_), None) => (held == Held::Absent).then_some(true),
        (Some(after), Some(before)) => {
            Some(!is_same_text(before, after, row.target.case_exact && !is_boolean))
        }
    }
}

fn is_false(held: Held<'_>) -> bool {
    match held {
        Held::Boolean(flag) => !flag,
        Held::Text(text) => text.eq_ignore_ascii_case("false"),
        _ => false,
    }
}
