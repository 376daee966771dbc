//! Everybody counted under one configuration after another: who passes which gate, and what each row
//! yields. What a configuration has in common with one before is not computed again.
//!
//! The answers to one clause are a bit for each person, and so are those to what a row yields: a
//! letter in the value of a clause costs the people times one comparison, however many clauses and
//! rows there are. Counting joins the bits, which takes microseconds.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::{People, Pipeline};
use crate::configuration::{AttributeMapping, Scope};
use crate::expression::Inputs;
use crate::mapping::compact::Slim;
use crate::mapping::{Yield, is_reference};
use crate::planning::plan;
use crate::scoping::{Clause, Reason};

/// Answers that are kept although the configuration at hand has no such clause or row: enough to
/// undo what was typed.
const MOST_KEPT: usize = 64;

/// What was computed of everybody so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    clauses: Vec<Answers<Clause, 1>>,
    rows: Vec<Answers<RowKey, 2>>,
    /// The answers to each clause of each group of the configuration at hand.
    groups: Vec<Vec<usize>>,
    /// The answers to each row; nothing where it holds a reference.
    of_rows: Vec<Option<usize>>,
    clock: u64,
}

/// What a row's yield depends on, beside the person.
#[derive(Clone, Debug, PartialEq)]
struct RowKey {
    mapping: AttributeMapping,
    default_domain: Option<String>,
    reads_roles: bool,
}

/// The answers to one question.
#[derive(Clone, Debug)]
struct Answers<K, const N: usize> {
    question: K,
    bits: [Bits; N],
    /// Whose answer is to be computed again.
    stale: Vec<usize>,
    /// When it was last asked.
    asked: u64,
}

impl<K, const N: usize> Answers<K, N> {
    /// How many of so many people have no answer that holds.
    fn left(&self, people: usize) -> usize {
        people - self.bits.first().map_or(0, Bits::len) + self.stale.len()
    }
}

/// Everybody counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallied {
    /// Who passes all gates.
    pub in_scope: usize,
    /// Who does not.
    pub out_of_scope: usize,
    /// Who passes the assignment gate.
    pub assigned: usize,
    /// How many are kept out by each reason; one person may have several.
    pub reasons: BTreeMap<Reason, usize>,
    /// What each row yields, in the order of the mapping; nothing where it holds a reference, or is
    /// not computed for everybody yet.
    pub rows: Vec<Option<RowTally>>,
}

/// What one row yields for those in scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowTally {
    /// Nothing is sent, on a create either.
    pub nothing: usize,
    /// The row fails.
    pub fault: usize,
}

impl Tally {
    /// Takes up a configuration for the same people.
    pub fn take_up(&mut self, pipeline: &Pipeline) {
        self.clock += 1;
        let filter = &pipeline.mapper.mapping().filter;
        let of_group = |group: &crate::scoping::FilterGroup| {
            let ask = |clause| place_of(&mut self.clauses, clause, self.clock);
            group.clauses.iter().cloned().map(ask).collect()
        };
        self.groups = filter.groups.iter().map(of_group).collect();
        let of_row = |(row, mapping): (usize, &AttributeMapping)| {
            let key = RowKey {
                mapping: mapping.clone(),
                default_domain: pipeline.configuration.default_domain.clone(),
                reads_roles: pipeline.mapper.reads_roles(row),
            };
            let is_counted = !is_reference(&mapping.target);
            is_counted.then(|| place_of(&mut self.rows, key, self.clock))
        };
        self.of_rows = pipeline.mapper.rows().map(of_row).collect();
    }

    /// Somebody is assigned otherwise than before: what rows that read roles yield for these people
    /// is computed again. Clauses cannot read roles.
    pub fn reassign(&mut self, changed: &[usize]) {
        for answers in self.rows.iter_mut().filter(|each| each.question.reads_roles) {
            let known = answers.bits.first().map_or(0, Bits::len);
            let again = changed.iter().copied().filter(|person| *person < known);
            answers.stale.extend(again);
            answers.stale.sort_unstable();
            answers.stale.dedup();
        }
    }

    /// How many values are still to be computed until the gates are counted, and until all is.
    pub fn left(&self, people: &People) -> (usize, usize) {
        let gates = self.clauses.iter().filter(|each| each.asked == self.clock);
        let gates = gates.map(|each| each.left(people.len())).sum();
        let rows = self.rows.iter().filter(|each| each.asked == self.clock);
        (gates, gates + rows.map(|each| each.left(people.len())).sum::<usize>())
    }

    /// Computes so many values, those of clauses first; whether more is to be done.
    pub fn advance(&mut self, pipeline: &Pipeline, people: &People, mut values: usize) -> bool {
        let mut place = 0;
        for group in &self.groups {
            for clause in group {
                let Some(answers) = self.clauses.get_mut(*clause) else { continue };
                let [bits] = &mut answers.bits;
                while bits.len() < people.len() && values > 0 {
                    bits.push(pipeline.passes_clause(people, bits.len(), place));
                    values -= 1;
                }
                place += 1;
            }
        }
        for (row, answers) in self.of_rows.iter().enumerate() {
            let Some(answers) = answers.and_then(|at| self.rows.get_mut(at)) else { continue };
            let [nothing, fault] = &mut answers.bits;
            while values > 0
                && let Some(person) = answers.stale.pop()
            {
                let (is_nothing, is_fault) = pipeline.yields(people, person, row);
                nothing.set(person, is_nothing);
                fault.set(person, is_fault);
                values -= 1;
            }
            while nothing.len() < people.len() && values > 0 {
                let (is_nothing, is_fault) = pipeline.yields(people, nothing.len(), row);
                nothing.push(is_nothing);
                fault.push(is_fault);
                values -= 1;
            }
        }
        self.left(people).1 > 0
    }

    /// The counts; nothing until every clause has been asked of everybody.
    pub fn counted(&self, pipeline: &Pipeline, people: &People) -> Option<Tallied> {
        let count = people.len();
        let filtered = self.filtered(count)?;
        let no = |answer: bool| Bits::all(count, answer);
        let standing = |test: fn(&super::people::Standing) -> bool| {
            Bits::of(count, |person| people.standing(person).is_some_and(test))
        };
        let is_for_all = pipeline.configuration.scope == Scope::All;
        let assigned =
            if is_for_all { no(true) } else { standing(|standing| standing.is_assigned) };
        let counts_default = is_for_all || pipeline.configuration.connector.counts_default_access;
        let unentitled = match counts_default {
            true => no(false),
            false => standing(|standing| standing.has_default_access_alone),
        };
        let everybody = no(true);
        let failing = [
            (Reason::NotAssigned, everybody.without(&assigned)),
            (Reason::NotEntitled, unentitled),
            (Reason::Disabled, Bits::of(count, |person| !people.is_enabled(person))),
            (Reason::SoftDeleted, Bits::of(count, |person| people.is_deleted(person))),
            (Reason::FilterNotSatisfied, everybody.without(&filtered)),
        ];
        let out = failing.iter().fold(no(false), |out, (_, failing)| out.or(failing));
        let inside = everybody.without(&out);
        let reasons = failing.iter().map(|(reason, failing)| (*reason, failing.ones()));
        Some(Tallied {
            in_scope: inside.ones(),
            out_of_scope: out.ones(),
            assigned: assigned.ones(),
            reasons: reasons.filter(|(_, count)| *count > 0).collect(),
            rows: self.of_rows.iter().map(|at| self.row(*at, &inside)).collect(),
        })
    }

    /// Who satisfies one of the groups.
    fn filtered(&self, people: usize) -> Option<Bits> {
        if self.groups.is_empty() {
            return Some(Bits::all(people, true));
        }
        let mut any = Bits::all(people, false);
        for group in &self.groups {
            let mut all = Bits::all(people, true);
            for clause in group {
                let [bits] = &self.clauses.get(*clause)?.bits;
                if bits.len() < people {
                    return None;
                }
                all = all.and(bits);
            }
            any = any.or(&all);
        }
        Some(any)
    }

    fn row(&self, at: Option<usize>, inside: &Bits) -> Option<RowTally> {
        let answers = self.rows.get(at?)?;
        let [nothing, fault] = &answers.bits;
        (answers.left(inside.len()) == 0).then(|| RowTally {
            nothing: inside.and(nothing).ones(),
            fault: inside.and(fault).ones(),
        })
    }
}

/// The place of a question's answers. A new question takes the place of the one that was asked the
/// longest ago, once enough are kept.
fn place_of<K: PartialEq, const N: usize>(
    kept: &mut Vec<Answers<K, N>>,
    question: K,
    clock: u64,
) -> usize {
    if let Some(known) = kept.iter().position(|each| each.question == question) {
        if let Some(answers) = kept.get_mut(known) {
            answers.asked = clock;
        }
        return known;
    }
    let bits = std::array::from_fn(|_| Bits::default());
    let new = Answers { question, bits, stale: Vec::new(), asked: clock };
    let idle = kept.iter().filter(|each| each.asked < clock).count();
    let oldest = kept
        .iter_mut()
        .enumerate()
        .filter(|(_, each)| idle >= MOST_KEPT && each.asked < clock)
        .min_by_key(|(_, each)| each.asked);
    if let Some((at, oldest)) = oldest {
        *oldest = new;
        return at;
    }
    kept.push(new);
    kept.len() - 1
}

impl Pipeline {
    /// Whether a person passes one clause, counted through all groups.
    fn passes_clause(&self, people: &People, person: usize, clause: usize) -> bool {
        let slot = self.clauses.get(clause).copied().unwrap_or(usize::MAX);
        self.filter.passes_clause(clause, &people.clause_texts(person, slot))
    }

    /// Whether a row yields nothing for a person who is in scope, and whether it fails.
    fn yields(&self, people: &People, person: usize, row: usize) -> (bool, bool) {
        let mut found = (false, false);
        self.with_inputs(people, person, false, &mut |inputs| {
            found = match self.slim(people, person, row, &inputs) {
                Slim::Null => (true, false),
                Slim::Fault => (false, true),
                Slim::Wide => self.yields_widely(people, person, row, &inputs),
                _ => (false, false),
            };
        });
        found
    }

    fn yields_widely(
        &self,
        people: &People,
        person: usize,
        row: usize,
        inputs: &Inputs<'_>,
    ) -> (bool, bool) {
        let object = people.object(person);
        let yielded = self.mapper.row(row, &Inputs { object: &object, ..*inputs });
        let mapping = self.mapper.mapping().attributes.get(row);
        let has_too_many = mapping.is_some_and(|row| plan::has_too_many(row, &yielded));
        (yielded == Yield::Null, has_too_many || matches!(yielded, Yield::Fault(_)))
    }
}
