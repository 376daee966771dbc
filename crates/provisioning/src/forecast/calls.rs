//! How many calls a first cycle makes, and how long they take at the rate that is expected of an
//! application.
//!
//! The bounds are over all that the application may hold and answer, retries aside: at the least
//! everybody is found by the first question and differs in nothing, at the most each object takes
//! the longest of its ways.

use std::collections::BTreeMap;

use crate::census::Census;
use crate::configuration::{Apply, ObjectKind};
use crate::forecast::Minutes;
use crate::mapping::role::RoleForm;
use crate::mapping::{is_reference, source_ids};
use crate::matching;
use crate::planning::dialect::MEMBERS_PER_REQUEST;
use crate::report::Purpose;
use crate::source::SourceObject;

/// Requests per second and tenant that an application has to stand (SCIM tutorial, September 2026).
pub const RATE_LIMIT: usize = 25;

/// From so many to so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// At the least.
    pub least: usize,
    /// At the most.
    pub most: usize,
}

impl Bounds {
    fn add(&mut self, least: usize, most: usize) {
        self.least = self.least.saturating_add(least);
        self.most = self.most.saturating_add(most);
    }

    /// Whether a number lies within.
    pub fn holds(&self, number: usize) -> bool {
        (self.least..=self.most).contains(&number)
    }
}

/// The calls of a first cycle that writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// By what they are for. Their upper bounds exclude each other: who is created is not updated.
    pub by_purpose: BTreeMap<Purpose, Bounds>,
    /// All together.
    pub total: Bounds,
}

/// The ways that one object can take.
struct Ways {
    questions: usize,
    /// POST is possible.
    may_create: bool,
    /// PATCHes of attributes, at the most.
    updates: usize,
    /// References in scope, row by row.
    references: Vec<usize>,
    /// Whether references of an object that exists may be written.
    may_refer: bool,
    kind: ObjectKind,
}

impl Calls {
    /// Counts the calls of the first cycle of a population.
    pub fn of_first_cycle(census: &Census<'_>) -> Self {
        let mut calls = Self::default();
        let population = census.population();
        if !population.faults().is_empty() {
            return calls;
        }
        let probes = usize::from(!population.mapper(ObjectKind::User).matching().is_empty());
        calls.count(Purpose::Probe, probes, probes);
        calls.total.add(probes, probes);
        for kind in ObjectKind::ALL {
            if !population.configuration().mapping(kind).enabled {
                continue;
            }
            for (position, object) in census.objects_in_scope(kind) {
                if let Some(ways) = Ways::of(census, position, object) {
                    calls.add(&ways);
                }
            }
        }
        calls
    }

    fn count(&mut self, purpose: Purpose, least: usize, most: usize) {
        self.by_purpose.entry(purpose).or_default().add(least, most);
    }

    fn add(&mut self, ways: &Ways) {
        let references: usize = ways.references.iter().sum();
        let batches: usize = ways.references.iter().map(|count| ways.writes(*count)).sum();
        let created = usize::from(ways.may_create);
        // A new group is not asked for its members.
        let asked_when_new = if ways.kind == ObjectKind::Group { 0 } else { references };
        let as_new = created * (1 + asked_when_new + batches);
        let refers = usize::from(ways.may_refer);
        let as_found = ways.updates + references + refers * batches;
        self.count(Purpose::Match, 1, ways.questions);
        self.count(Purpose::Create, 0, created);
        self.count(Purpose::Update, 0, ways.updates);
        self.count(Purpose::CheckReference, 0, references);
        self.count(Purpose::WriteReference, 0, batches * refers.max(created));
        self.total.add(1, ways.questions + as_new.max(as_found));
    }

    /// How many seconds the calls take at a number of calls per second, one at least.
    pub fn seconds_at(&self, per_second: usize) -> Bounds {
        let seconds = |calls: usize| calls.div_ceil(per_second.max(1));
        Bounds { least: seconds(self.total.least), most: seconds(self.total.most) }
    }

    /// The calls per second on the average of a cycle of such a length: the fewest calls over the
    /// longest time, and the most over the shortest. Nothing where the time is none.
    pub fn per_second(&self, length: Minutes) -> Option<(f64, f64)> {
        let rate = |calls: usize, minutes: usize| {
            (minutes > 0).then(|| as_f64(calls) / (as_f64(minutes) * 60.0))
        };
        Some((rate(self.total.least, length.most)?, rate(self.total.most, length.least)?))
    }

    /// Whether the average stays below [`RATE_LIMIT`] even where most calls meet the shortest time.
    pub fn is_within_rate(&self, length: Minutes) -> bool {
        let limit = RATE_LIMIT.saturating_mul(60).saturating_mul(length.least.max(1));
        self.total.most <= limit
    }
}

/// Counts of a directory are far below where this loses anything.
fn as_f64(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

impl Ways {
    /// Nothing for an object that is not even looked up.
    fn of(census: &Census<'_>, position: usize, object: &SourceObject) -> Option<Self> {
        let (population, kind) = (census.population(), object.kind);
        let mapper = population.mapper(kind);
        let inputs = population.inputs(object, false);
        let questions = matching::questions(mapper, |row| mapper.row(row, &inputs)).len();
        let is_faulty = census.kind(kind).faulty.binary_search(&position).is_ok();
        let is_incomplete = census.kind(kind).incomplete.binary_search(&position).is_ok();
        let actions = mapper.mapping().actions;
        // Roles that replace others travel in a request of their own.
        let is_assertive =
            |(row, _): (usize, _)| mapper.role_form(row) == Some(RoleForm::Assertive);
        let patches = 1 + usize::from(mapper.rows().any(is_assertive));
        let may_update = actions.update && !is_faulty;
        let is_always = |apply| apply == Apply::Always;
        (questions > 0).then(|| Self {
            questions,
            may_create: actions.create && !is_faulty && !is_incomplete,
            updates: patches * usize::from(may_update),
            references: references(census, object),
            may_refer: may_update
                && mapper.rows().any(|(_, row)| is_reference(&row.target) && is_always(row.apply)),
            kind,
        })
    }

    /// PATCHes for so many references of one row.
    fn writes(&self, references: usize) -> usize {
        match self.kind {
            ObjectKind::User => references.min(1),
            ObjectKind::Group => references.div_ceil(MEMBERS_PER_REQUEST),
        }
    }
}

/// For each row with references, the number of users in scope that it points to.
fn references(census: &Census<'_>, object: &SourceObject) -> Vec<usize> {
    let population = census.population();
    let users = population.directory().users.len();
    let counts = |id: &&str| {
        let position = population.position(id);
        position.is_some_and(|position| position < users && census.is_in_scope(position))
    };
    let rows = population.mapper(object.kind).rows().filter(|(_, row)| is_reference(&row.target));
    rows.map(|(_, row)| source_ids(object, row).into_iter().filter(counts).count()).collect()
}
