//! The resources of one type, in the order in which they were created.

use std::collections::BTreeMap;

use scim::filter::{CompareOp, Filter};
use scim::path::Path;
use scim::resource::Resource;
use serde_json::{Map, Value};

use super::index::Index;
use super::kept::Kept;
use crate::ResourceType;

/// Resources by id and by place; a place is the number of the creation and stays for life.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    resources: BTreeMap<u64, Kept>,
    places: BTreeMap<String, u64>,
    indices: Vec<Index>,
    created: u64,
}

impl Shelf {
    /// An empty shelf with indices on the attributes by which Entra matches.
    pub(crate) fn new(resource_type: ResourceType) -> Self {
        let indices = match resource_type {
            ResourceType::User => vec![
                Index::of_text("userName"),
                Index::of_text("externalId"),
                Index::of_list("emails", "value"),
            ],
            ResourceType::Group => {
                vec![Index::of_text("displayName"), Index::of_text("externalId")]
            }
        };
        Self { resources: BTreeMap::new(), places: BTreeMap::new(), indices, created: 0 }
    }

    pub(crate) fn get(&self, id: &str) -> Option<Resource> {
        self.resources.get(self.places.get(id)?).map(Kept::read)
    }

    pub(crate) fn holds(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Kept> {
        self.resources.values()
    }

    /// Puts a resource in the place of the one with its id, or behind all others.
    pub(crate) fn put(&mut self, id: &str, resource: &Resource) {
        let place = self.places.get(id).copied().unwrap_or(self.created);
        if place == self.created {
            self.created += 1;
            self.places.insert(id.to_owned(), place);
        }
        let before = self.resources.insert(place, Kept::of(resource)).map(|kept| kept.read());
        for index in &mut self.indices {
            if let Some(before) = &before {
                index.remove(before, place);
            }
            index.add(resource, place);
        }
    }

    /// Changes attributes that have no index.
    pub(crate) fn amend(&mut self, id: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        let kept = self.places.get(id).and_then(|place| self.resources.get_mut(place));
        let Some(kept) = kept else { return };
        let mut resource = kept.read();
        change(resource.as_map_mut());
        *kept = Kept::of(&resource);
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Resource> {
        let place = self.places.remove(id)?;
        let resource = self.resources.remove(&place)?.read();
        for index in &mut self.indices {
            index.remove(&resource, place);
        }
        Some(resource)
    }

    /// All that could pass the filter, as created: few where the filter asks for one value of an
    /// attribute with an index, else everybody in whose text the values that are asked for stand.
    pub(crate) fn candidates(&self, filter: &Filter) -> Vec<&Kept> {
        match self.narrowed(filter) {
            Some(places) => self.at(&places),
            None => {
                let texts = needed(filter);
                let could = |kept: &&Kept| texts.iter().all(|text| kept.could_hold(text));
                self.iter().filter(could).collect()
            }
        }
    }

    /// All that could hold this text under this attribute, in some case.
    pub(crate) fn holders(&self, attribute: &str, value: &str) -> Vec<&Kept> {
        match self.places_of(attribute, None, value) {
            Some(places) => self.at(&places),
            None => self.iter().collect(),
        }
    }

    fn at(&self, places: &[u64]) -> Vec<&Kept> {
        places.iter().filter_map(|place| self.resources.get(place)).collect()
    }

    fn narrowed(&self, filter: &Filter) -> Option<Vec<u64>> {
        match filter {
            Filter::And(terms) => terms.iter().find_map(|term| self.narrowed(term)),
            // A value filter only narrows further: `emails[type eq "work"].value eq "ada@…"`.
            Filter::Compare {
                path: Path { schema: None, attribute, filter: _, sub_attribute },
                op: CompareOp::Eq,
                value: Value::String(value),
            } => self.places_of(attribute, sub_attribute.as_deref(), value),
            _ => None,
        }
    }

    /// `None` where the attribute has no index.
    fn places_of(
        &self,
        attribute: &str,
        sub_attribute: Option<&str>,
        value: &str,
    ) -> Option<Vec<u64>> {
        if attribute.eq_ignore_ascii_case("id") && sub_attribute.is_none() {
            return Some(self.places.get(value).copied().into_iter().collect());
        }
        let index = self.indices.iter().find(|index| index.is_of(attribute, sub_attribute))?;
        Some(index.holders(value).collect())
    }
}

/// Texts that whoever passes the filter holds.
fn needed(filter: &Filter) -> Vec<&str> {
    match filter {
        Filter::And(terms) => terms.iter().flat_map(needed).collect(),
        Filter::Compare { op: CompareOp::Eq, value: Value::String(value), .. } => vec![value],
        _ => Vec::new(),
    }
}
