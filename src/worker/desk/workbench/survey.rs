//! An expression over everybody, in steps, and grouped by what it gives.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use provisioning::population::Population;

use super::inputs;
use super::prepared::Prepared;
use crate::draft::place::Kind;
use crate::worker::message::{
    Found, GroupQuery, Lens, Member, MemberQuery, Slice, SurveyQuery, Surveyed, ValueGroup,
};

/// Objects looked at in one step: the worker answers other questions in between.
const STEP: usize = 2_000;

/// The largest slice that is handed out at once.
const MOST_ROWS: usize = 500;

/// A survey under way, or at its end.
pub(in crate::worker::desk) struct Survey {
    query: SurveyQuery,
    now: Prepared,
    saved: Option<Prepared>,
    /// The positions in the population that are still to be looked at.
    left: Range<usize>,
    total: usize,
    results: Results,
    lines: Vec<Line>,
    /// The groups of each lens, once they are asked for.
    groups: [Option<Vec<Group>>; 2],
}

/// Every different result, once.
#[derive(Default)]
struct Results {
    numbers: BTreeMap<Found, usize>,
    all: Vec<Found>,
}

/// One object with the numbers of its results.
struct Line {
    position: usize,
    now: usize,
    /// The compared expression's; the same as `now` where none is compared.
    saved: usize,
}

/// Objects with the same results.
struct Group {
    now: usize,
    saved: Option<usize>,
    count: usize,
}

impl Results {
    fn number(&mut self, found: Found) -> usize {
        if let Some(number) = self.numbers.get(&found) {
            return *number;
        }
        let number = self.all.len();
        self.all.push(found.clone());
        self.numbers.insert(found, number);
        number
    }

    fn get(&self, number: usize) -> Found {
        // Numbers are given by this value and never taken back.
        self.all.get(number).cloned().unwrap_or(Found::Empty)
    }
}

impl Survey {
    /// A survey at its beginning.
    pub(super) fn begin(query: SurveyQuery, population: &Population) -> Self {
        let users = population.directory().users.len();
        let left = match query.formula.kind {
            Kind::User => 0..users,
            Kind::Group => users..population.len(),
        };
        let target_type = query.formula.target_type;
        Self {
            now: Prepared::new(&query.formula.text, target_type),
            saved: query.saved.as_ref().map(|text| Prepared::new(text, target_type)),
            total: left.len(),
            left,
            query,
            results: Results::default(),
            lines: Vec::new(),
            groups: [None, None],
        }
    }

    /// Whether it is the survey that is asked for.
    pub(super) fn answers(&self, query: &SurveyQuery) -> bool {
        self.query == *query
    }

    /// Looks at the next ones.
    pub(super) fn go_on(&mut self, population: &Population) {
        for position in self.left.by_ref().take(STEP) {
            let Some(object) = population.object(position) else { continue };
            if self.query.only_in_scope
                && !population.scope(object).is_some_and(|scope| scope.in_scope)
            {
                continue;
            }
            let inputs = inputs(population, object);
            let now = self.results.number(self.now.run(&inputs));
            let saved = self.saved.as_ref().map_or(now, |s| self.results.number(s.run(&inputs)));
            self.lines.push(Line { position, now, saved });
            self.groups = [None, None];
        }
    }

    /// How far it is, and what it has counted.
    pub(super) fn progress(&self) -> Surveyed {
        let mut told = Surveyed {
            done: self.total - self.left.len(),
            total: self.total,
            counted: self.lines.len(),
            ..Surveyed::default()
        };
        let mut seen = vec![false; self.results.all.len()];
        for line in &self.lines {
            if let Some(seen) = seen.get_mut(line.now) {
                *seen = true;
            }
            match self.results.all.get(line.now) {
                Some(Found::Fault(_)) => told.faults += 1,
                Some(Found::Empty) => told.empty += 1,
                Some(Found::Dropped) => told.dropped += 1,
                Some(Found::Value(_)) | None => {}
            }
            told.changed += usize::from(line.now != line.saved);
        }
        told.distinct = seen.into_iter().filter(|seen| *seen).count();
        told
    }

    /// A slice of the groups, what needs a look first and then the largest.
    pub(super) fn groups(&mut self, which: &GroupQuery) -> Slice<ValueGroup> {
        self.sort(which.lens);
        let word = which.search.to_lowercase();
        let groups = self.of(which.lens).iter().enumerate();
        let found: Vec<(usize, &Group)> =
            groups.filter(|(_, group)| word.is_empty() || self.holds(group, &word)).collect();
        let rows = found.iter().skip(which.from).take(which.count.min(MOST_ROWS));
        Slice {
            total: found.len(),
            from: which.from,
            rows: rows
                .map(|(number, group)| ValueGroup {
                    number: *number,
                    found: self.results.get(group.now),
                    before: group.saved.map(|saved| self.results.get(saved)),
                    count: group.count,
                })
                .collect(),
        }
    }

    /// A slice of a group's objects, or of all objects of a lens.
    pub(super) fn members(
        &mut self,
        which: &MemberQuery,
        population: &Population,
    ) -> Slice<Member> {
        self.sort(which.lens);
        let group = which.group.map(|number| self.of(which.lens).get(number));
        let found: Vec<&Line> = self
            .lines
            .iter()
            .filter(|line| match group {
                None => which.lens == Lens::Values || line.now != line.saved,
                Some(None) => false,
                Some(Some(group)) => {
                    line.now == group.now && group.saved.is_none_or(|saved| line.saved == saved)
                }
            })
            .collect();
        let rows = found.iter().skip(which.from).take(which.count.min(MOST_ROWS));
        Slice {
            total: found.len(),
            from: which.from,
            rows: rows.filter_map(|line| self.member(line, population)).collect(),
        }
    }

    fn member(&self, line: &Line, population: &Population) -> Option<Member> {
        let object = population.object(line.position)?;
        Some(Member {
            id: object.id.clone(),
            label: object.label().to_owned(),
            detail: object.text("userPrincipalName").unwrap_or_default().to_owned(),
            found: self.results.get(line.now),
            before: self.saved.is_some().then(|| self.results.get(line.saved)),
        })
    }

    fn of(&self, lens: Lens) -> &[Group] {
        let [values, changes] = &self.groups;
        let groups = match lens {
            Lens::Values => values,
            Lens::Changes => changes,
        };
        groups.as_deref().unwrap_or_default()
    }

    /// Makes the groups of a lens, unless they are there.
    fn sort(&mut self, lens: Lens) {
        let [values, changes] = &mut self.groups;
        let slot = match lens {
            Lens::Values => values,
            Lens::Changes => changes,
        };
        if slot.is_some() {
            return;
        }
        let mut counts: BTreeMap<(usize, Option<usize>), usize> = BTreeMap::new();
        for line in &self.lines {
            let key = match lens {
                Lens::Values => (line.now, None),
                Lens::Changes if line.now == line.saved => continue,
                Lens::Changes => (line.now, Some(line.saved)),
            };
            *counts.entry(key).or_default() += 1;
        }
        let group = |((now, saved), count)| Group { now, saved, count };
        let mut groups: Vec<Group> = counts.into_iter().map(group).collect();
        let all = &self.results.all;
        groups.sort_by_key(|group| {
            let found = all.get(group.now);
            (found.map(rank), Reverse(group.count), found)
        });
        *slot = Some(groups);
    }

    fn holds(&self, group: &Group, word: &str) -> bool {
        let has = |number: usize| match self.results.all.get(number) {
            Some(Found::Value(text) | Found::Fault(text)) => text.to_lowercase().contains(word),
            Some(Found::Empty | Found::Dropped) | None => false,
        };
        has(group.now) || group.saved.is_some_and(has)
    }
}

/// What needs a look stands before what is well.
fn rank(found: &Found) -> u8 {
    match found {
        Found::Fault(_) => 0,
        Found::Empty => 1,
        Found::Dropped => 2,
        Found::Value(_) => 3,
    }
}
