//! The preview for very many people: scope, map, match, plan and count, over shared texts and
//! numbered slots, with nothing carried that the counts do not need.
//!
//! A [`Pipeline`] is a configuration made ready. [`People`] and [`Accounts`] are read line by line
//! by a [`Reader`], and a [`Run`] goes through them in slices of the caller's choice, so that it can
//! be told and stopped. What happens to somebody, with the reasons and the requests, is computed
//! again by [`crate::cycle`] when it is asked for; where a value or an account has a form that the
//! fast way does not know, its [`planning`](crate::planning) decides here too.
//!
//! Users are planned, as an initial cycle does, and their references when everybody's account is
//! known; groups are left to the cycle.

mod account;
mod account_line;
mod asked;
mod bits;
mod detail;
mod fate;
mod key;
mod layout;
mod line;
mod people;
mod place;
mod read;
mod run;
mod tally;
mod texts;

pub use account::Accounts;
pub use detail::Funnel;
pub use fate::{Fate, Plan, Verdict};
pub use layout::Layout;
pub use people::People;
pub use read::{LineFault, Lines, Reader};
pub use run::{Course, Run};
pub use tally::{RowTally, Tallied, Tally};

use std::borrow::Cow;

use crate::ambient::Ambient;
use crate::configuration::{AttributeMapping, Configuration, ObjectKind, Scope, Source};
use crate::expression::Inputs;
use crate::mapping::compact::Slim;
use crate::mapping::value::as_text;
use crate::mapping::{Mapper, is_reference};
use crate::scoping::{ClauseProblem, ClauseTexts, CompiledFilter};
use crate::source::{Attributes, SourceObject};

/// Rows that one mapping may have here.
const MOST_ROWS: usize = 128;

/// A configuration made ready for very many people.
#[derive(Clone, Debug)]
pub struct Pipeline {
    configuration: Configuration,
    mapper: Mapper,
    filter: CompiledFilter,
    ambient: Ambient,
    layout: Layout,
    /// The slots that each row reads.
    reads: Vec<Vec<usize>>,
    /// The slot of each row whose text flows as it stands.
    copied: Vec<Option<usize>>,
    /// The slots that the clauses read.
    clauses: Vec<usize>,
    by_chance: bool,
    /// Some row holds references.
    refers: bool,
    /// Stands for the person where only slots are read.
    nobody: SourceObject,
}

/// Why a configuration cannot be taken through here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unready {
    /// The scoping filter cannot be used.
    Filter(Vec<ClauseProblem>),
    /// There are more rows than the 128 that are planned at once.
    TooManyRows(usize),
}

impl Pipeline {
    /// Prepares the user mapping of a configuration.
    ///
    /// # Errors
    /// What is wrong with the scoping filter, or too many rows.
    pub fn new(configuration: Configuration, ambient: Ambient) -> Result<Self, Unready> {
        Self::over(configuration, ambient, Layout::default())
    }

    /// The same for people who are read already, or will be read for several configurations: the
    /// slots of their layout, and after them what it lacks.
    ///
    /// # Errors
    /// What is wrong with the scoping filter, or too many rows.
    pub fn over(
        configuration: Configuration,
        ambient: Ambient,
        layout: Layout,
    ) -> Result<Self, Unready> {
        let mapping = configuration.mapping(ObjectKind::User);
        if mapping.attributes.len() > MOST_ROWS {
            return Err(Unready::TooManyRows(mapping.attributes.len()));
        }
        let filter = mapping.filter.compile().map_err(Unready::Filter)?;
        let mapper = Mapper::new(mapping.clone());
        let layout = layout.covering(&mapper, &filter);
        let slots = |names: Vec<&str>| {
            names.into_iter().map(|name| layout.slot(name).unwrap_or(usize::MAX)).collect()
        };
        let reads: Vec<Vec<usize>> =
            mapper.rows().map(|(row, _)| slots(mapper.attributes(row))).collect();
        let copied = reads
            .iter()
            .enumerate()
            .map(|(row, slots)| slots.first().copied().filter(|_| mapper.copies_text(row)));
        let copied = copied.collect();
        let clauses = slots(filter.attributes().collect());
        let by_chance = mapper.rows().any(|(row, _)| mapper.is_by_chance(row));
        let refers = mapper.rows().any(|(_, row)| is_reference(&row.target));
        let nobody = SourceObject {
            id: String::new(),
            kind: ObjectKind::User,
            attributes: Attributes::new(),
            members: Vec::new(),
            soft_deleted: false,
        };
        Ok(Self {
            configuration,
            mapper,
            filter,
            ambient,
            layout,
            reads,
            copied,
            clauses,
            by_chance,
            refers,
            nobody,
        })
    }

    /// The slots into which people are read for this configuration.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The prepared rows.
    pub fn mapper(&self) -> &Mapper {
        &self.mapper
    }

    /// No accounts yet, to be read for this configuration.
    pub fn accounts(&self) -> Accounts {
        Accounts::new(&self.mapper)
    }

    /// Whether people were read for a layout that has every slot of this one, at the same place.
    pub fn fits(&self, people: &People) -> bool {
        people.layout().names().starts_with(self.layout.names())
    }

    /// Whether a person passes all three gates.
    pub fn in_scope(&self, people: &People, person: usize) -> bool {
        self.gates(people, person).in_scope
    }

    fn gates(&self, people: &People, person: usize) -> Gates {
        let standing = people.standing(person);
        let is_for_all = self.configuration.scope == Scope::All;
        let is_active = people.is_enabled(person) && !people.is_deleted(person);
        let is_assigned = is_for_all || standing.is_some_and(|standing| standing.is_assigned);
        let counts_default = is_for_all || self.configuration.connector.counts_default_access;
        let is_entitled = is_assigned
            && is_active
            && (counts_default || !standing.is_some_and(|known| known.has_default_access_alone));
        let read = |clause: usize| {
            let slot = self.clauses.get(clause).copied().unwrap_or(usize::MAX);
            people.clause_texts(person, slot)
        };
        Gates { is_entitled, in_scope: is_entitled && self.filter.passes_with(&read) }
    }

    /// What each row yields for a person, as text, in the order of the rows: a reference as the
    /// directory's id, and nothing where no single value flows.
    pub fn texts(&self, people: &People, person: usize, each: &mut dyn FnMut(usize, Option<&str>)) {
        let is_soft_deleted = !self.in_scope(people, person);
        self.with_inputs(people, person, is_soft_deleted, &mut |inputs| {
            for (row, mapping) in self.mapper.rows() {
                if is_reference(&mapping.target) {
                    each(row, self.references(people, person, row, mapping).first().copied());
                } else {
                    each(row, self.slim(people, person, row, &inputs).text());
                }
            }
        });
    }

    /// The value of a matching row as it is compared, and whether letter case counts.
    fn matching_text<'a>(
        &'a self,
        people: &'a People,
        person: usize,
        row: usize,
        inputs: &Inputs<'a>,
    ) -> Option<(Cow<'a, str>, bool)> {
        let case_exact = self.mapper.mapping().attributes.get(row)?.target.case_exact;
        let text = match self.slim(people, person, row, inputs) {
            Slim::Text(text) => text,
            Slim::Wide => {
                let object = people.object(person);
                let inputs = Inputs { object: &object, ..*inputs };
                Cow::Owned(as_text(self.mapper.row(row, &inputs).on_update()?)?)
            }
            slim => Cow::Owned(slim.text()?.to_owned()),
        };
        Some((text, case_exact))
    }

    /// The directory ids that a reference row reads.
    fn references<'a>(
        &self,
        people: &'a People,
        person: usize,
        row: usize,
        mapping: &AttributeMapping,
    ) -> Vec<&'a str> {
        let Source::Direct(_) = &mapping.source else { return Vec::new() };
        let slot = self.reads.get(row).and_then(|slots| slots.first());
        match slot.map(|slot| people.clause_texts(person, *slot)) {
            Some(ClauseTexts::One(id)) if !id.is_empty() => vec![id],
            Some(ClauseTexts::Several(ids)) => ids,
            _ => Vec::new(),
        }
    }

    /// What one row yields.
    fn slim<'a>(
        &'a self,
        people: &'a People,
        person: usize,
        row: usize,
        inputs: &Inputs<'a>,
    ) -> Slim<'a> {
        if let Some(Some(slot)) = self.copied.get(row)
            && let Some(text) = people.text(person, *slot)
        {
            return Slim::Text(Cow::Borrowed(text));
        }
        let reads = self.reads.get(row).map(Vec::as_slice).unwrap_or_default();
        self.mapper.slim(row, inputs, &|place| {
            people.value(person, reads.get(place).copied().unwrap_or(usize::MAX))
        })
    }

    fn with_inputs(
        &self,
        people: &People,
        person: usize,
        is_soft_deleted: bool,
        run: &mut dyn FnMut(Inputs<'_>),
    ) {
        let known = self
            .by_chance
            .then(|| SourceObject { id: people.id(person).to_owned(), ..self.nobody.clone() });
        let object = known.as_ref().unwrap_or(&self.nobody);
        run(self.inputs(people, person, object, is_soft_deleted));
    }

    fn inputs<'a>(
        &'a self,
        people: &'a People,
        person: usize,
        object: &'a SourceObject,
        is_soft_deleted: bool,
    ) -> Inputs<'a> {
        Inputs {
            object,
            roles: people.standing(person).map(|standing| &*standing.roles).unwrap_or_default(),
            is_soft_deleted,
            default_domain: self.configuration.default_domain.as_deref(),
            ambient: &self.ambient,
        }
    }
}

/// How far the gates let a person pass.
#[derive(Clone, Copy, Debug)]
struct Gates {
    /// Assigned with a role that counts, and active.
    is_entitled: bool,
    in_scope: bool,
}
