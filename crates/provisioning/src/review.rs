//! Advice on a configuration and on the people under it: what Entra accepts and an administrator
//! regrets.
//!
//! Each rule is one function that looks at one object mapping, listed in `rule::RULES`. Where the
//! people are known it sees them too; a rule about people says nothing without them.

mod action;
mod assignment;
mod filter;
mod fix;
mod matching;
mod matching_value;
mod place;
mod published;
mod reference;
mod role;
mod rule;
mod source;
mod target;
mod value;

use std::collections::BTreeSet;

use crate::ambient::Ambient;
use crate::census::{Census, Crowd};
use crate::configuration::{AttributeMapping, Configuration, ObjectKind, ObjectMapping};
use crate::expression::Inputs;
use crate::expression::value::DateTime;
use crate::mapping::{Mapper, Yield};
use crate::population::Population;
use crate::source::{Attributes, SourceObject};

pub use self::fix::Fix;
pub use self::place::{Concerned, People, Place};
pub use self::published::Published;
use self::rule::RULES;

/// One piece of advice, at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The rule's stable name.
    pub id: &'static str,
    /// Which object mapping.
    pub kind: ObjectKind,
    /// Where in it.
    pub place: Place,
    /// What is the matter, in a sentence.
    pub text: String,
    /// What to do about it.
    pub repair: &'static str,
    /// The same as a change of the configuration, where that is mechanical.
    pub fix: Option<Fix>,
    /// Whom it concerns; nobody where the configuration alone is meant.
    pub people: People,
    /// Where this is said.
    pub source: &'static str,
    /// The edition of that page.
    pub date: &'static str,
}

/// What there is to say about a configuration alone; empty where nothing is.
pub fn review(configuration: &Configuration) -> Vec<Advice> {
    review_all(configuration, None, None)
}

/// What there is to say about a configuration and the people under it.
///
/// `managed` are the directory ids of the objects that the job has provisioned before; nobody
/// where it has never run.
pub fn review_population(population: &Population, managed: &BTreeSet<String>) -> Vec<Advice> {
    review_census(&Census::new(population), managed)
}

/// The same where everybody has been looked at already.
pub fn review_census(census: &Census<'_>, managed: &BTreeSet<String>) -> Vec<Advice> {
    let configuration = census.population().configuration();
    advice(configuration, Some(&Seen { census, managed }), None)
}

/// The same where it is also known what the application publishes of itself.
pub fn review_all(
    configuration: &Configuration,
    people: Option<(&Population, &BTreeSet<String>)>,
    published: Option<&Published>,
) -> Vec<Advice> {
    let people = people.map(|(population, managed)| (Census::new(population), managed));
    let seen = people.as_ref().map(|(census, managed)| Seen { census, managed });
    advice(configuration, seen.as_ref(), published)
}

/// The people, as the rules see them.
struct Seen<'a> {
    census: &'a Census<'a>,
    managed: &'a BTreeSet<String>,
}

/// What a rule looks at: one object mapping, what it stands in, and the people where they are known.
struct View<'a> {
    configuration: &'a Configuration,
    mapping: &'a ObjectMapping,
    mapper: &'a Mapper,
    seen: Option<&'a Seen<'a>>,
    published: Option<&'a Published>,
}

/// What a rule says of one place.
struct Found {
    place: Place,
    text: String,
    fix: Option<Fix>,
    people: Crowd,
}

impl Found {
    fn at(place: Place, text: impl Into<String>) -> Self {
        Self { place, text: text.into(), fix: None, people: Crowd::default() }
    }

    fn fixing(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }

    fn of(self, people: Crowd) -> Self {
        Self { people, ..self }
    }
}

fn advice(
    configuration: &Configuration,
    seen: Option<&Seen<'_>>,
    published: Option<&Published>,
) -> Vec<Advice> {
    let mappings = ObjectKind::ALL.map(|kind| configuration.mapping(kind));
    let enabled = mappings.into_iter().filter(|mapping| mapping.enabled);
    let mut all = Vec::new();
    for mapping in enabled {
        let mapper = Mapper::new(mapping.clone());
        let view = View { configuration, mapping, mapper: &mapper, seen, published };
        for rule in RULES {
            let found = (rule.judge)(&view).into_iter();
            all.extend(found.map(|found| Advice {
                id: rule.id,
                kind: mapping.kind,
                place: found.place,
                text: found.text,
                repair: rule.repair,
                fix: found.fix,
                people: People::of(&found.people, seen.map(|seen| seen.census.population())),
                source: rule.source.0,
                date: rule.source.1,
            }));
        }
    }
    all
}

impl<'a> View<'a> {
    fn kind(&self) -> ObjectKind {
        self.mapping.kind
    }

    fn is_users(&self) -> bool {
        self.kind() == ObjectKind::User
    }

    fn census(&self) -> Option<&'a Census<'a>> {
        self.seen.map(|seen| seen.census)
    }

    /// One finding at every row for which there is a sentence.
    fn rows(&self, say: impl Fn(&AttributeMapping) -> Option<String>) -> Vec<Found> {
        let rows = self.mapping.attributes.iter().enumerate();
        rows.filter_map(|(at, row)| Some(Found::at(Place::Row(at), say(row)?))).collect()
    }

    /// The same with a repair that changes the row.
    fn rows_with_fix(
        &self,
        say: impl Fn(&AttributeMapping) -> Option<(String, Option<AttributeMapping>)>,
    ) -> Vec<Found> {
        let rows = self.mapping.attributes.iter().enumerate();
        rows.filter_map(|(at, row)| {
            let (text, repaired) = say(row)?;
            let fix = repaired.map(|repaired| Fix::ReplaceRow(self.kind(), at, repaired));
            Some(Found { fix, ..Found::at(Place::Row(at), text) })
        })
        .collect()
    }

    /// What a row yields for somebody without attributes, whether or not still in scope.
    fn yields_for_nobody(&self, row: usize, is_soft_deleted: bool) -> Yield {
        let object = SourceObject {
            id: String::new(),
            kind: self.kind(),
            attributes: Attributes::new(),
            members: Vec::new(),
            soft_deleted: false,
        };
        let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 };
        let default_domain = self.configuration.default_domain.as_deref();
        let roles = &[];
        let inputs =
            Inputs { object: &object, roles, is_soft_deleted, default_domain, ambient: &ambient };
        self.mapper.row(row, &inputs)
    }

    /// A finding about the people of every row of whom there are some.
    fn crowds(
        &self,
        pick: impl Fn(&crate::census::RowCensus) -> &Crowd,
        say: impl Fn(usize, &AttributeMapping, &Crowd) -> Option<String>,
    ) -> Vec<Found> {
        let Some(census) = self.census() else { return Vec::new() };
        let rows = census.kind(self.kind()).rows.iter().zip(&self.mapping.attributes).enumerate();
        rows.filter_map(|(at, (counted, row))| {
            let crowd = pick(counted);
            if crowd.is_empty() {
                return None;
            }
            Some(Found::at(Place::Row(at), say(at, row, crowd)?).of(crowd.clone()))
        })
        .collect()
    }
}

/// One finding about the people, where there are some.
fn about(people: Crowd, place: Place, say: impl Fn(&Crowd) -> String) -> Vec<Found> {
    if people.is_empty() {
        return Vec::new();
    }
    let text = say(&people);
    vec![Found::at(place, text).of(people)]
}

/// One finding, or none.
fn whole(applies: bool, place: Place, text: &str) -> Vec<Found> {
    if applies { vec![Found::at(place, text)] } else { Vec::new() }
}

/// A number of people or groups with the verb that it needs: `1 user has`, `2 users have`.
fn counted(count: usize, kind: ObjectKind, one: &str, many: &str) -> String {
    let noun = match kind {
        ObjectKind::User => "user",
        ObjectKind::Group => "group",
    };
    if count == 1 { format!("1 {noun} {one}") } else { format!("{count} {noun}s {many}") }
}

#[cfg(test)]
mod tests;
