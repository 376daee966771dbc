//! The pilot: the fewest people on whom every branch of every mapping and filter can be seen.
//!
//! Microsoft advises to begin with one or two people. Which ones? Those who, between them, take
//! every turn that anybody takes: a row with a value and without, each branch of an expression, each
//! clause of a filter that holds and that fails. Whom the filters keep out shows the clauses alone,
//! for no row is evaluated for them. Assignments do not count: the pilot is what will be assigned.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::configuration::{ObjectKind, Source};
use crate::expression::Program;
use crate::expression::trace::{Trace, TraceOutcome};
use crate::expression::value::Value;
use crate::mapping::{self, Yield};
use crate::population::Population;
use crate::scoping::FilterVerdict;
use crate::source::SourceObject;
use cover::Bits;

mod cover;

/// Something that happens to somebody under a configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// A clause of a scoping filter holds, or fails.
    Clause {
        /// The index of the filter.
        filter: usize,
        /// The index of the clause in it.
        clause: usize,
        /// Whether it holds.
        holds: bool,
    },
    /// A row of the mapping comes to this.
    Row {
        /// The index of the row.
        row: usize,
        /// What it comes to.
        came: Came,
    },
    /// A part of a row's expression comes to this.
    Part {
        /// The index of the row.
        row: usize,
        /// The part, in bytes of the expression: first byte, and the one behind the last.
        span: (usize, usize),
        /// What it comes to.
        came: Came,
    },
}

impl Turn {
    /// A row or a part that has a value, as most have.
    fn is_plain(&self) -> bool {
        matches!(self, Self::Row { came, .. } | Self::Part { came, .. } if *came == Came::Value)
    }
}

/// What a row or a part of an expression comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Came {
    /// A value.
    Value,
    /// True.
    True,
    /// False.
    False,
    /// No value.
    Null,
    /// The default value.
    Default,
    /// Out of the flow.
    Ignored,
    /// It fails.
    Fault,
}

impl Came {
    fn in_words(self) -> &'static str {
        match self {
            Self::Value => "has a value",
            Self::True => "is true",
            Self::False => "is false",
            Self::Null => "has no value",
            Self::Default => "takes the default value",
            Self::Ignored => "is taken out of the flow",
            Self::Fault => "fails",
        }
    }
}

/// One of the pilot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The position of the user in the population.
    pub position: usize,
    /// What is first seen on this one.
    pub shows: Vec<Turn>,
    /// How many users would show the same.
    pub alike: usize,
}

/// The people who were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pilot {
    /// In the order in which each adds most.
    pub people: Vec<Chosen>,
    /// How many turns anybody takes: all of them are seen on the people.
    pub turns: usize,
    /// No fewer people would do. Where there are very many different ones, nobody knows.
    pub is_smallest: bool,
}

/// The turns that everybody takes, gathered in portions.
#[derive(Clone, Debug)]
pub struct Scout {
    /// The expressions of the rows that have one.
    programs: BTreeMap<usize, Program>,
    numbers: BTreeMap<Turn, usize>,
    /// For each set of turns that somebody takes: who is the first, and how many there are.
    profiles: BTreeMap<Bits, (usize, usize)>,
}

impl Scout {
    /// Begins with nobody.
    pub fn new(population: &Population) -> Self {
        let rows = population.configuration().users.attributes.iter().enumerate();
        let programs = rows.filter_map(|(index, row)| match &row.source {
            Source::Expression(expression) => Some((index, expression.compile().ok()?)),
            _ => None,
        });
        Self { programs: programs.collect(), numbers: BTreeMap::new(), profiles: BTreeMap::new() }
    }

    /// Looks at some users of the population, by position.
    pub fn look_at(&mut self, population: &Population, positions: Range<usize>) {
        let users = population.directory().users.len();
        for position in positions.start..positions.end.min(users) {
            let Some(user) = population.object(position) else { continue };
            let mut profile = Bits::default();
            for turn in self.turns(population, user) {
                let next = self.numbers.len();
                profile.insert(*self.numbers.entry(turn).or_insert(next));
            }
            self.profiles.entry(profile).or_insert((position, 0)).1 += 1;
        }
    }

    /// The fewest of those looked at who show everything that any of them shows.
    pub fn choose(&self) -> Pilot {
        let mut all: Vec<(&Bits, usize, usize)> =
            self.profiles.iter().map(|(bits, (first, count))| (bits, *first, *count)).collect();
        all.sort_by_key(|(_, first, _)| *first);
        let sets: Vec<Bits> = all.iter().map(|(bits, ..)| (*bits).clone()).collect();
        let cover = cover::smallest(&sets);
        let turns: BTreeMap<usize, &Turn> =
            self.numbers.iter().map(|(turn, number)| (*number, turn)).collect();
        let mut seen = Bits::default();
        let mut people = Vec::new();
        for (bits, position, alike) in cover.chosen.iter().filter_map(|at| all.get(*at)) {
            let new = bits.without(&seen);
            let mut shows: Vec<Turn> = new
                .iter()
                .filter_map(|number| turns.get(&number))
                .map(|turn| (*turn).clone())
                .collect();
            shows.sort();
            people.push(Chosen { position: *position, shows, alike: *alike });
            seen.add(bits);
        }
        Pilot { people, turns: self.numbers.len(), is_smallest: cover.is_smallest }
    }

    /// Everything that happens to one user.
    fn turns(&self, population: &Population, user: &SourceObject) -> Vec<Turn> {
        let Some(scope) = population.scope(user) else { return Vec::new() };
        // Whoever cannot sign in is created by nobody, whatever the filters say.
        if !scope.active {
            return Vec::new();
        }
        let mut turns = clauses(&scope.filter);
        if scope.filter.satisfied {
            self.add_rows(population, user, &mut turns);
        }
        turns
    }

    fn add_rows(&self, population: &Population, user: &SourceObject, turns: &mut Vec<Turn>) {
        let inputs = population.inputs(user, false);
        let mapper = population.mapper(ObjectKind::User);
        for (row, mapped) in mapper.rows() {
            let came = if mapping::is_reference(&mapped.target) {
                let is_none = mapping::source_ids(user, mapped).is_empty();
                if is_none { Came::Null } else { Came::Value }
            } else {
                came(&mapper.row(row, &inputs))
            };
            turns.push(Turn::Row { row, came });
            if let Some(program) = self.programs.get(&row) {
                add_parts(row, &program.trace(&inputs), turns);
            }
        }
    }
}

fn clauses(filter: &FilterVerdict) -> Vec<Turn> {
    let groups = filter.groups.iter().enumerate();
    groups
        .flat_map(|(filter, group)| {
            group.clauses.iter().map(move |clause| Turn::Clause {
                filter,
                clause: clause.clause,
                holds: clause.passed,
            })
        })
        .collect()
}

fn came(yielded: &Yield) -> Came {
    match yielded {
        Yield::Value(_) => Came::Value,
        Yield::Default(_) => Came::Default,
        Yield::Null => Came::Null,
        Yield::Ignored => Came::Ignored,
        Yield::Fault(_) => Came::Fault,
    }
}

/// The parts that were asked for: what was not is another's turn.
fn add_parts(row: usize, trace: &Trace, turns: &mut Vec<Turn>) {
    let came = match &trace.outcome {
        TraceOutcome::NotTaken => return,
        TraceOutcome::Value(Value::Null) => Came::Null,
        TraceOutcome::Value(Value::Boolean(true)) => Came::True,
        TraceOutcome::Value(Value::Boolean(false)) => Came::False,
        TraceOutcome::Value(_) => Came::Value,
        TraceOutcome::Ignored => Came::Ignored,
        TraceOutcome::Fault(_) => Came::Fault,
    };
    turns.push(Turn::Part { row, span: (trace.span.start, trace.span.end), came });
    trace.children.iter().for_each(|child| add_parts(row, child, turns));
}

/// What somebody shows, in sentences without a full stop: of an expression only the largest parts
/// that are new, and no part that says what its row says.
pub fn sentences(population: &Population, shows: &[Turn]) -> Vec<String> {
    let is_told = |turn: &&Turn| match turn {
        Turn::Part { row, span, .. } => !shows.iter().any(|other| match other {
            Turn::Row { row: whole, .. } => whole == row,
            Turn::Part { row: same, span: around, .. } => {
                same == row && around != span && around.0 <= span.0 && span.1 <= around.1
            }
            Turn::Clause { .. } => false,
        }),
        _ => true,
    };
    let mut told: Vec<&Turn> = shows.iter().filter(is_told).collect();
    // That there is a value is the least of news.
    told.sort_by_key(|turn| turn.is_plain());
    told.into_iter().filter_map(|turn| sentence(population, turn)).collect()
}

fn sentence(population: &Population, turn: &Turn) -> Option<String> {
    let users = &population.configuration().users;
    Some(match turn {
        Turn::Clause { filter, clause, holds } => {
            let group = users.filter.groups.get(*filter)?;
            let clause = group.clauses.get(*clause)?;
            let verb = if *holds { "holds" } else { "fails" };
            format!("`{clause}` {verb}")
        }
        Turn::Row { row, came } => {
            format!("`{}` {}", users.attributes.get(*row)?.target.path, came.in_words())
        }
        Turn::Part { row, span, came } => {
            let mapped = users.attributes.get(*row)?;
            let Source::Expression(expression) = &mapped.source else { return None };
            let part = expression.text().get(span.0..span.1)?;
            format!("in `{}`, `{part}` {}", mapped.target.path, came.in_words())
        }
    })
}

#[cfg(test)]
mod tests;
