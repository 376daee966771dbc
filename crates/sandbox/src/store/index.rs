//! Who has which value, so that a search by `userName` need not look at everybody.

use std::collections::{BTreeMap, BTreeSet};

use scim::resource::Resource;
use serde_json::Value;

use crate::letter_case::fold;

/// The places of resources by the text of one attribute, without regard to case.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    attribute: &'static str,
    /// For an attribute that lists complex values: the part of them that is looked up.
    sub_attribute: Option<&'static str>,
    places: BTreeMap<String, Places>,
}

/// Most values are held by one alone, and a set takes ten times the room of a number.
#[derive(Clone, Debug)]
enum Places {
    One(u64),
    Several(BTreeSet<u64>),
}

impl Index {
    /// An index of a text, such as `userName`.
    pub(crate) fn of_text(attribute: &'static str) -> Self {
        Self { attribute, sub_attribute: None, places: BTreeMap::new() }
    }

    /// An index of a text in a list, such as the `value` of `emails`.
    pub(crate) fn of_list(attribute: &'static str, sub_attribute: &'static str) -> Self {
        Self { sub_attribute: Some(sub_attribute), ..Self::of_text(attribute) }
    }

    /// Whether it answers for this attribute or sub-attribute.
    pub(crate) fn is_of(&self, attribute: &str, sub_attribute: Option<&str>) -> bool {
        self.attribute.eq_ignore_ascii_case(attribute)
            && match (self.sub_attribute, sub_attribute) {
                (Some(known), Some(name)) => known.eq_ignore_ascii_case(name),
                (None, None) => true,
                _ => false,
            }
    }

    pub(crate) fn add(&mut self, resource: &Resource, place: u64) {
        for key in self.keys(resource) {
            self.places.entry(key).and_modify(|held| held.add(place)).or_insert(Places::One(place));
        }
    }

    pub(crate) fn remove(&mut self, resource: &Resource, place: u64) {
        for key in self.keys(resource) {
            if self.places.get_mut(&key).is_some_and(|held| held.remove(place)) {
                self.places.remove(&key);
            }
        }
    }

    /// The resources whose value is this one in some case. An answer may hold more than a
    /// comparison that heeds case finds, never less.
    pub(crate) fn holders(&self, value: &str) -> impl Iterator<Item = u64> + '_ {
        let (one, several) = match self.places.get(&fold(value)) {
            None => (None, None),
            Some(Places::One(place)) => (Some(*place), None),
            Some(Places::Several(places)) => (None, Some(places)),
        };
        one.into_iter().chain(several.into_iter().flatten().copied())
    }

    fn keys(&self, resource: &Resource) -> Vec<String> {
        let value = resource.get(self.attribute);
        let texts: Vec<&Value> = match (self.sub_attribute, value) {
            (None, Some(value)) => vec![value],
            (Some(name), Some(Value::Array(values))) => {
                values.iter().filter_map(|value| value.get(name)).collect()
            }
            _ => Vec::new(),
        };
        texts.into_iter().filter_map(Value::as_str).map(fold).collect()
    }
}

impl Places {
    fn add(&mut self, place: u64) {
        match self {
            Self::One(known) if *known == place => {}
            Self::One(known) => *self = Self::Several([*known, place].into()),
            Self::Several(places) => drop(places.insert(place)),
        }
    }

    /// Whether nobody is left.
    fn remove(&mut self, place: u64) -> bool {
        match self {
            Self::One(known) => *known == place,
            Self::Several(places) => {
                places.remove(&place);
                places.is_empty()
            }
        }
    }
}
