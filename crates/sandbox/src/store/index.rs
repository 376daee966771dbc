//! Who has which value, so that a search by `userName` need not look at everybody.

use std::collections::{BTreeMap, BTreeSet};

use scim::resource::Resource;
use serde_json::Value;

/// The places of resources by the text of one attribute, without regard to case.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    attribute: &'static str,
    places: BTreeMap<String, BTreeSet<u64>>,
}

impl Index {
    pub(crate) fn new(attribute: &'static str) -> Self {
        Self { attribute, places: BTreeMap::new() }
    }

    pub(crate) fn attribute(&self) -> &'static str {
        self.attribute
    }

    pub(crate) fn add(&mut self, resource: &Resource, place: u64) {
        if let Some(key) = self.key(resource) {
            self.places.entry(key).or_default().insert(place);
        }
    }

    pub(crate) fn remove(&mut self, resource: &Resource, place: u64) {
        let Some(key) = self.key(resource) else { return };
        if let Some(places) = self.places.get_mut(&key) {
            places.remove(&place);
            if places.is_empty() {
                self.places.remove(&key);
            }
        }
    }

    /// The resources whose value is this one in some case. An answer may hold more than a
    /// comparison that heeds case finds, never less.
    pub(crate) fn holders(&self, value: &str) -> impl Iterator<Item = u64> + '_ {
        self.places.get(&fold(value)).into_iter().flatten().copied()
    }

    fn key(&self, resource: &Resource) -> Option<String> {
        resource.get(self.attribute).and_then(Value::as_str).map(fold)
    }
}

fn fold(value: &str) -> String {
    value.to_lowercase()
}
