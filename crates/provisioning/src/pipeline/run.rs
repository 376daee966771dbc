//! Everybody's way through scope, mapping, matching and planning, in slices.

mod deciding;
mod referring;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::account::Accounts;
use super::fate::{Fate, Plan};
use super::key;
use super::people::People;
use super::{Gates, Pipeline};
use crate::expression::Inputs;
use crate::holders::Holders;
use crate::planning::compare::fold;
use crate::planning::{ErrorCode, SkipReason};
use crate::source::SourceObject;

/// One preview on its way.
#[derive(Debug)]
pub struct Run<'a> {
    pipeline: &'a Pipeline,
    people: &'a People,
    accounts: &'a Accounts,
    course: Course,
}

/// How far a preview is, without what it goes through: whoever holds that can go on later.
#[derive(Debug)]
pub struct Course {
    asks_for_leavers: bool,
    phase: Phase,
    next: usize,
    gates: Vec<Gates>,
    shared: Shared,
    /// Which person an account belongs to, by the number of the account.
    claimed: Vec<Option<u32>>,
    /// The people by the hash of their ids, for whoever is referred to.
    by_id: Holders,
    plan: Plan,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Scope,
    Plan,
    /// References, once it is known who has an account.
    Refer,
}

/// Matching values of people in scope, to find those that several share.
#[derive(Debug, Default)]
struct Shared {
    /// Holders of a value by its hash, and by row.
    seen: Vec<Holders>,
    /// Whoever may share a value: the hash says so.
    suspects: Vec<u32>,
    /// Values that more than one has, in the form in which equal ones are the same.
    values: BTreeMap<(usize, String), u32>,
}

/// What was decided about a person.
struct Decision {
    fate: Fate,
    account: Option<usize>,
    changed: u128,
}

impl Decision {
    fn alone(fate: Fate) -> Self {
        Self { fate, account: None, changed: 0 }
    }
}

impl Pipeline {
    /// Begins a preview. `asks_for_leavers` is whether accounts of people out of scope are looked
    /// for, as a job does that has run before.
    pub fn run<'a>(
        &'a self,
        people: &'a People,
        accounts: &'a Accounts,
        asks_for_leavers: bool,
    ) -> Run<'a> {
        let rows = self.mapper.matching().len();
        let course = Course {
            asks_for_leavers,
            phase: Phase::Scope,
            next: 0,
            gates: Vec::with_capacity(people.len()),
            shared: Shared {
                seen: vec![Holders::with_room(people.len()); rows],
                ..Shared::default()
            },
            claimed: vec![None; accounts.len()],
            by_id: Holders::default(),
            plan: Plan::default(),
        };
        self.go_on(people, accounts, course)
    }

    /// Goes on where a run over the same people and accounts was left.
    pub fn go_on<'a>(
        &'a self,
        people: &'a People,
        accounts: &'a Accounts,
        course: Course,
    ) -> Run<'a> {
        Run { pipeline: self, people, accounts, course }
    }
}

impl Course {
    /// The verdicts so far.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

impl<'a> Run<'a> {
    /// Takes so many people a step further; whether more is to be done.
    pub fn advance(&mut self, people: usize) -> bool {
        let end = self.course.next.saturating_add(people).min(self.people.len());
        for person in self.course.next..end {
            match self.course.phase {
                Phase::Scope => self.judge(person),
                Phase::Plan => self.decide(person),
                Phase::Refer => self.refer(person),
            }
        }
        self.course.next = end;
        if end < self.people.len() {
            return true;
        }
        let next = match self.course.phase {
            Phase::Scope => {
                self.compare_suspects();
                Phase::Plan
            }
            Phase::Plan if self.pipeline.refers => {
                self.index_people();
                Phase::Refer
            }
            Phase::Plan | Phase::Refer => return false,
        };
        (self.course.phase, self.course.next) = (next, 0);
        true
    }

    /// How many steps were taken, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let phases = if self.pipeline.refers { 3 } else { 2 };
        let done = self.course.phase as usize * self.people.len();
        (done + self.course.next, phases * self.people.len())
    }

    /// Leaves it as it stands.
    pub fn leave(self) -> Course {
        self.course
    }

    /// The verdicts so far; on everybody, once there is nothing more to be done.
    pub fn finish(mut self) -> Plan {
        while self.advance(usize::MAX / 2) {}
        self.course.plan
    }

    /// The gates, and the matching values of whoever passes them.
    fn judge(&mut self, person: usize) {
        let (pipeline, people) = (self.pipeline, self.people);
        let gates = pipeline.gates(people, person);
        self.course.gates.push(gates);
        if !gates.in_scope {
            return;
        }
        let number = u32::try_from(person).unwrap_or_default();
        pipeline.with_inputs(people, person, false, &mut |inputs| {
            for (row, seen) in pipeline.mapper.matching().iter().zip(&mut self.course.shared.seen) {
                let slim = pipeline.matching_text(people, person, *row, &inputs);
                let Some((text, case_exact)) = slim else { continue };
                let hash = key::hash_of_value(&text, case_exact);
                let before = self.course.shared.suspects.len();
                self.course.shared.suspects.extend(seen.find(hash));
                if self.course.shared.suspects.len() > before {
                    self.course.shared.suspects.push(number);
                }
                seen.insert(hash, number);
            }
        });
    }

    /// Compares the values of those whose hashes are the same.
    fn compare_suspects(&mut self) {
        let mut suspects = std::mem::take(&mut self.course.shared.suspects);
        suspects.sort_unstable();
        suspects.dedup();
        let (pipeline, people) = (self.pipeline, self.people);
        let mut values: BTreeMap<(usize, String), u32> = BTreeMap::new();
        for person in suspects {
            let person = person as usize;
            pipeline.with_inputs(people, person, false, &mut |inputs| {
                for row in pipeline.mapper.matching() {
                    if let Some((text, case_exact)) =
                        pipeline.matching_text(people, person, *row, &inputs)
                    {
                        *values.entry((*row, comparable(&text, case_exact))).or_default() += 1;
                    }
                }
            });
        }
        values.retain(|_, count| *count > 1);
        self.course.shared = Shared { values, ..Shared::default() };
    }

    fn decide(&mut self, person: usize) {
        let (pipeline, people) = (self.pipeline, self.people);
        let Some(gates) = self.course.gates.get(person).copied() else { return };
        let known = pipeline
            .by_chance
            .then(|| SourceObject { id: people.id(person).to_owned(), ..pipeline.nobody.clone() });
        let object = known.as_ref().unwrap_or(&pipeline.nobody);
        let inputs = pipeline.inputs(people, person, object, !gates.in_scope);
        let Decision { fate, account, changed } = self.decision(person, gates, &inputs);
        self.course.plan.push(gates.in_scope, fate, account, changed);
    }

    fn decision(&mut self, person: usize, gates: Gates, inputs: &Inputs<'_>) -> Decision {
        let questions = self.questions(person, inputs);
        if questions.is_empty() {
            return Decision::alone(Fate::Skip(SkipReason::ImportSkipped));
        }
        if !gates.in_scope && !self.course.asks_for_leavers {
            return Decision::alone(outside(gates));
        }
        for (row, value, case_exact) in &questions {
            match self.accounts.find(*row, value).as_slice() {
                [] => {}
                [account] => {
                    let is_first = self.is_first_matching(*row);
                    let is_shared =
                        gates.in_scope && is_first && self.is_shared(*row, value, *case_exact);
                    return self.matched(person, gates, *account, is_shared, inputs);
                }
                _ => return Decision::alone(Fate::Conflict(ErrorCode::DuplicateTargetEntries)),
            }
        }
        if !gates.in_scope {
            return Decision::alone(outside(gates));
        }
        let mut is_shared =
            questions.iter().map(|(row, value, case)| self.is_shared(*row, value, *case));
        if is_shared.any(|is_shared| is_shared) {
            return Decision::alone(Fate::Conflict(ErrorCode::DuplicateSourceEntries));
        }
        Decision::alone(self.arriving(person, inputs))
    }

    /// The matching values of a person, lowest precedence first.
    fn questions<'q>(&self, person: usize, inputs: &Inputs<'q>) -> Vec<(usize, Cow<'q, str>, bool)>
    where
        'a: 'q,
    {
        let rows = self.pipeline.mapper.matching().iter();
        rows.filter_map(|row| {
            let found = self.pipeline.matching_text(self.people, person, *row, inputs)?;
            Some((*row, found.0, found.1))
        })
        .collect()
    }

    /// Whether a row asks at the same place as the row of lowest precedence.
    fn is_first_matching(&self, row: usize) -> bool {
        let attributes = &self.pipeline.mapper.mapping().attributes;
        let path = |row: usize| attributes.get(row).map(|row| &row.target.path);
        let first = self.pipeline.mapper.matching().first();
        first.is_some_and(|first| path(*first) == path(row))
    }

    fn is_shared(&self, row: usize, value: &str, case_exact: bool) -> bool {
        !self.course.shared.values.is_empty()
            && self.course.shared.values.contains_key(&(row, comparable(value, case_exact)))
    }

    /// The application knows the person as an account.
    fn matched(
        &mut self,
        person: usize,
        gates: Gates,
        account: usize,
        is_shared: bool,
        inputs: &Inputs<'_>,
    ) -> Decision {
        let instead = match is_shared {
            true => Some(Fate::Conflict(ErrorCode::DuplicateSourceEntries)),
            false => self.claim(person, gates, account),
        };
        let (fate, changed) = match instead {
            Some(fate) => (fate, 0),
            None if gates.in_scope => self.staying(person, account, inputs),
            None => self.leaving(person, account, inputs),
        };
        Decision { fate, account: Some(account), changed }
    }

    /// Takes an account for a person; what happens instead where another one has it already.
    fn claim(&mut self, person: usize, gates: Gates, account: usize) -> Option<Fate> {
        const HANDED_ON: Fate = Fate::Skip(SkipReason::EntrySynchronizationSkipped);
        let holder = self.course.claimed.get_mut(account)?;
        let Some(other) = holder.map(|other| other as usize) else {
            *holder = u32::try_from(person).ok();
            return None;
        };
        let other_in_scope = self.course.gates.get(other).is_some_and(|gates| gates.in_scope);
        match (gates.in_scope, other_in_scope) {
            (false, true) => Some(HANDED_ON),
            (true, false) => {
                *holder = u32::try_from(person).ok();
                self.course.plan.decide_again(other, HANDED_ON);
                None
            }
            _ => {
                let conflict = Fate::Conflict(ErrorCode::DuplicateSourceEntries);
                self.course.plan.decide_again(other, conflict);
                Some(conflict)
            }
        }
    }
}

fn outside(gates: Gates) -> Fate {
    Fate::Skip(match gates.is_entitled {
        true => SkipReason::EntrySynchronizationSkipped,
        false => SkipReason::NotEffectivelyEntitled,
    })
}

/// A matching value in the form in which equal ones are the same.
pub(super) fn comparable(value: &str, case_exact: bool) -> String {
    if case_exact { value.to_owned() } else { fold(value) }
}
