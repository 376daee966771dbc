//! Everybody of a population looked at once: who is in scope, what their rows yield, who shares a
//! matching value. Counts and the first few of each, so that a large directory takes little room.

use std::collections::{BTreeMap, BTreeSet};

use crate::configuration::ObjectKind;
use crate::mapping::value::as_text;
use crate::mapping::{Mapper, Yield, is_reference, takes_first_of_several};
use crate::planning::compare::fold;
use crate::planning::plan;
use crate::population::Population;
use crate::source::SourceObject;

/// How many objects are named where many are concerned.
pub const NAMED: usize = 5;

/// Some objects of a population: how many, and the first few of them by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crowd {
    /// How many.
    pub count: usize,
    /// Positions of the first [`NAMED`], each with what there is to say of it.
    pub first: Vec<(usize, String)>,
}

impl Crowd {
    /// Counts one more object; what is said of it is computed only if it is named.
    pub fn add(&mut self, position: usize, detail: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push((position, detail()));
        }
    }

    /// Whether it is nobody.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// What one row yields for those in scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowCensus {
    /// Nothing is sent, on a create either.
    pub nothing: Crowd,
    /// The row fails.
    pub fault: Crowd,
    /// A list feeds a target for one value.
    pub first_of_several: Crowd,
}

/// What there is to know of all objects of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindCensus {
    /// Objects in scope.
    pub in_scope: usize,
    /// Matching questions of those in scope; at least one for each whom Entra imports.
    pub questions: usize,
    /// Per row, in the order of the mapping.
    pub rows: Vec<RowCensus>,
    /// In scope, but without a value for any matching attribute.
    pub without_matching_value: Crowd,
    /// Positions of those in scope of whom a row fails.
    pub faulty: Vec<usize>,
    /// Positions of those in scope who cannot be created, because a required value is missing. An
    /// account that exists is not held to that.
    pub incomplete: Vec<usize>,
    /// Matching row and value, made comparable, with the positions of those in scope who have it.
    holders: BTreeMap<(usize, String), Vec<usize>>,
}

impl KindCensus {
    /// The matching rows and values that several objects in scope have: row, and their positions.
    pub fn shared(&self) -> impl Iterator<Item = (usize, &[usize])> {
        let shared = self.holders.iter().filter(|(_, positions)| positions.len() > 1);
        shared.map(|((row, _), positions)| (*row, positions.as_slice()))
    }
}

/// A population, looked at once.
#[derive(Clone, Debug)]
pub struct Census<'a> {
    population: &'a Population,
    in_scope: Vec<bool>,
    users: KindCensus,
    groups: KindCensus,
}

impl<'a> Census<'a> {
    /// Looks at everybody: the scope of all, and the rows of those in scope.
    pub fn new(population: &'a Population) -> Self {
        let all = (0..population.len()).map(|position| {
            let scope = population.object(position).and_then(|object| population.scope(object));
            scope.is_some_and(|scope| scope.in_scope)
        });
        let mut census = Self {
            population,
            in_scope: all.collect(),
            users: KindCensus::default(),
            groups: KindCensus::default(),
        };
        census.users = census.of_kind(ObjectKind::User);
        census.groups = census.of_kind(ObjectKind::Group);
        census
    }

    /// The population.
    pub fn population(&self) -> &'a Population {
        self.population
    }

    /// What is known of one kind.
    pub fn kind(&self, kind: ObjectKind) -> &KindCensus {
        match kind {
            ObjectKind::User => &self.users,
            ObjectKind::Group => &self.groups,
        }
    }

    /// Whether the object at a position passes all gates.
    pub fn is_in_scope(&self, position: usize) -> bool {
        self.in_scope.get(position) == Some(&true)
    }

    /// The objects of one kind with their positions.
    pub fn objects(&self, kind: ObjectKind) -> impl Iterator<Item = (usize, &'a SourceObject)> {
        let (directory, users) =
            (self.population.directory(), self.population.directory().users.len());
        let (first, objects) = match kind {
            ObjectKind::User => (0, &directory.users),
            ObjectKind::Group => (users, &directory.groups),
        };
        objects.iter().enumerate().map(move |(at, object)| (first + at, object))
    }

    /// The objects of one kind that are in scope, with their positions.
    pub fn objects_in_scope(
        &self,
        kind: ObjectKind,
    ) -> impl Iterator<Item = (usize, &'a SourceObject)> {
        self.objects(kind).filter(|(position, _)| self.is_in_scope(*position))
    }

    /// The objects that the job manages and that have left the scope: they would be disabled or
    /// deleted. Users and groups count together; `managed` are directory ids.
    pub fn leavers(&self, managed: &BTreeSet<String>) -> Crowd {
        let mut leavers = Crowd::default();
        if self.population.configuration().skip_out_of_scope_deletions {
            return leavers;
        }
        for kind in ObjectKind::ALL {
            if !self.population.configuration().mapping(kind).enabled {
                continue;
            }
            for (position, object) in self.objects(kind) {
                if managed.contains(&object.id) && !self.is_in_scope(position) {
                    leavers.add(position, String::new);
                }
            }
        }
        leavers
    }

    fn of_kind(&self, kind: ObjectKind) -> KindCensus {
        let mapper = self.population.mapper(kind);
        let rows = vec![RowCensus::default(); mapper.mapping().attributes.len()];
        let mut census = KindCensus { rows, ..KindCensus::default() };
        if mapper.mapping().enabled {
            for (position, object) in self.objects_in_scope(kind) {
                census.look_at(self.population, mapper, position, object);
            }
        }
        census
    }
}

impl KindCensus {
    fn look_at(
        &mut self,
        population: &Population,
        mapper: &Mapper,
        position: usize,
        object: &SourceObject,
    ) {
        self.in_scope += 1;
        let desired = population.desired(object, false);
        let rows = self.rows.iter_mut().zip(&mapper.mapping().attributes).zip(&desired.rows);
        for ((census, row), yielded) in rows {
            match yielded {
                Yield::Null if !is_reference(&row.target) => {
                    census.nothing.add(position, String::new);
                }
                Yield::Fault(text) => census.fault.add(position, || text.clone()),
                yielded if plan::has_too_many(row, yielded) => {
                    census.fault.add(position, || "several values for one".to_owned());
                }
                Yield::Value(_) if takes_first_of_several(object, row) => {
                    census.first_of_several.add(position, String::new);
                }
                _ => {}
            }
        }
        if plan::fault(mapper, &desired).is_some() {
            self.faulty.push(position);
        }
        if mapper.missing_required(&desired).is_some() {
            self.incomplete.push(position);
        }
        let mut asks = false;
        for row in mapper.matching() {
            let Some(Yield::Value(value)) = desired.rows.get(*row) else { continue };
            let Some(text) = as_text(value) else { continue };
            asks = true;
            self.questions += 1;
            self.holders.entry((*row, fold(&text))).or_default().push(position);
        }
        if !asks {
            self.without_matching_value.add(position, String::new);
        }
    }
}
