//! What the worker says of a draft: who is in and out, and why.
//!
//! Very many people are counted in turns, so that a newer question need not wait for the end of an
//! older one: the page asks again and again, and whatever a draft has in common with the one before
//! is not computed again.

use std::collections::BTreeMap;
use std::sync::Arc;

use provisioning::configuration::{ObjectKind, ObjectMapping};
use provisioning::pipeline::{Layout, People, Pipeline, Tallied, Tally};
use provisioning::source::Directory;
use provisioning::tenant::Tenant;

use super::census::is_lost;
use super::{Desk, View};
use crate::draft::check::Problem;
use crate::draft::place::{Kind, Place};
use crate::worker::message::{Judgement, RowCount};

/// So many values are computed in one turn: a hundredth of a second for texts, a few of them for
/// long expressions.
const VALUES: usize = 50_000;

/// Everybody, in the form in which all of them are counted.
pub(super) struct Counting {
    pub(super) people: Arc<People>,
    /// What is counted; nothing where the filter cannot be used.
    pub(super) pipeline: Option<Pipeline>,
    tally: Tally,
}

impl Counting {
    /// Nothing where there is no room for so many.
    fn new(tenant: &Tenant) -> Option<Self> {
        let directory: &Directory = tenant.directory();
        let people = People::of(Layout::of(directory), directory, tenant.assignments())?;
        Some(Self { people: Arc::new(people), pipeline: None, tally: Tally::default() })
    }

    /// Takes over other assignments of the same people, at these positions of the directory.
    pub(super) fn reassign(&mut self, tenant: &Tenant, changed: &[usize]) {
        let users = changed.iter().copied().take_while(|position| *position < self.people.len());
        let users: Vec<usize> = users.collect();
        if !users.is_empty() {
            Arc::make_mut(&mut self.people).reassign(tenant.assignments(), users.iter().copied());
            self.tally.reassign(&users);
        }
    }

    fn take_up(&mut self, view: &View) {
        self.pipeline = None;
        let population = &view.population;
        if !population.can_scope(ObjectKind::User) {
            return;
        }
        let configuration = population.configuration().clone();
        let layout = self.people.layout().clone();
        if let Ok(pipeline) = Pipeline::over(configuration, *population.ambient(), layout) {
            if !pipeline.fits(&self.people) {
                Arc::make_mut(&mut self.people).widen(pipeline.layout());
            }
            self.tally.take_up(&pipeline);
            self.pipeline = Some(pipeline);
        }
    }

    /// A turn of counting: what is counted, and how much is left.
    fn turn(&mut self) -> (Option<Tallied>, usize) {
        let Some(pipeline) = &self.pipeline else { return (Some(Tallied::default()), 0) };
        self.tally.advance(pipeline, &self.people, VALUES);
        let (_, left) = self.tally.left(&self.people);
        (self.tally.counted(pipeline, &self.people), left)
    }
}

impl Desk {
    /// Takes up the draft in use: what is counted from now on.
    pub(super) fn take_up(&mut self) {
        self.view();
        if self.counting.is_none() {
            self.counting = Counting::new(&self.tenant);
        }
        if let (Some(counting), Some(view)) = (&mut self.counting, &self.view) {
            counting.take_up(view);
        }
    }

    /// Judges the draft over the people in use, one turn further.
    pub(super) fn judge(&mut self) -> Judgement {
        let mut judgement = Judgement::default();
        self.view();
        let (Some(view), Some(counting)) = (&self.view, &mut self.counting) else {
            return judgement;
        };
        let (tallied, left) = counting.turn();
        judgement.left = left;
        let Some(tallied) = tallied else { return judgement };
        judgement.is_counted = true;
        count_users(&mut judgement, tallied, view);
        count_groups(&mut judgement, view);
        count_assignments(&mut judgement, view);
        let configuration = &view.checked.configuration;
        for kind in Kind::ALL {
            let mapping = configuration.mapping(kind.into());
            if mapping.enabled {
                judgement.problems.extend(filter_problems(kind, mapping));
            }
        }
        judgement
    }
}

fn count_users(judgement: &mut Judgement, tallied: Tallied, view: &View) {
    judgement.users_in = tallied.in_scope;
    judgement.users_out = tallied.out_of_scope;
    judgement.assigned = tallied.assigned;
    let causes = tallied.reasons.into_iter().map(|(reason, count)| (reason.to_string(), count));
    let causes: BTreeMap<String, usize> = causes.collect();
    judgement.causes = causes.into_iter().collect();
    judgement.causes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rows = tallied.rows.into_iter().enumerate().filter_map(|(at, counted)| {
        let (counted, row) = counted.zip(view.checked.row_id(Kind::User, at))?;
        Some(RowCount { row, nothing: counted.nothing, failed: counted.fault })
    });
    judgement.rows = rows.collect();
}

fn count_groups(judgement: &mut Judgement, view: &View) {
    for group in &view.directory.groups {
        let Some(scope) = view.population.scope(group) else { continue };
        *(if scope.in_scope { &mut judgement.groups_in } else { &mut judgement.groups_out }) += 1;
    }
}

fn count_assignments(judgement: &mut Judgement, view: &View) {
    for user in &view.directory.users {
        let assignment = view.population.assignment(user);
        judgement.default_access_alone += usize::from(assignment.has_default_access_alone());
        judgement.lost += usize::from(is_lost(assignment));
    }
    let is_group = |id: &str| view.population.position(id) >= Some(view.directory.users.len());
    let lines = view.directory.assignments.iter();
    judgement.assigned_groups = lines.filter(|line| is_group(&line.principal_id)).count();
}

/// Problems of a filter that only building its regular expressions brings to light.
fn filter_problems(kind: Kind, mapping: &ObjectMapping) -> Vec<Problem> {
    let seen = mapping.filter.problems();
    let Err(problems) = mapping.filter.compile() else { return Vec::new() };
    problems
        .into_iter()
        .filter(|problem| !seen.contains(problem))
        .map(|problem| Problem {
            place: match problem.clause {
                Some(clause) => Place::Clause(kind, problem.group, clause),
                None => Place::FilterTitle(kind, problem.group),
            },
            message: problem.message,
            repair: problem.repair,
        })
        .collect()
}

#[cfg(test)]
mod tests;
