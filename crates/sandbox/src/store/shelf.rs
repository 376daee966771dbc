//! The resources of one type, in the order in which they were created.

use std::collections::BTreeMap;

use scim::filter::{CompareOp, Filter};
use scim::path::Path;
use scim::resource::Resource;
use serde_json::Value;

use super::index::Index;
use crate::ResourceType;

/// Resources by id and by place; a place is the number of the creation and stays for life.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    resources: BTreeMap<u64, Resource>,
    places: BTreeMap<String, u64>,
    indices: [Index; 2],
    created: u64,
}

impl Shelf {
    /// An empty shelf with indices on the attributes by which Entra matches.
    pub(crate) fn new(resource_type: ResourceType) -> Self {
        let name = match resource_type {
            ResourceType::User => "userName",
            ResourceType::Group => "displayName",
        };
        Self {
            resources: BTreeMap::new(),
            places: BTreeMap::new(),
            indices: [Index::new(name), Index::new("externalId")],
            created: 0,
        }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Resource> {
        self.resources.get(self.places.get(id)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Resource> {
        self.resources.values()
    }

    /// Puts a resource in the place of the one with its id, or behind all others.
    pub(crate) fn put(&mut self, id: &str, resource: Resource) {
        let place = self.places.get(id).copied().unwrap_or(self.created);
        if place == self.created {
            self.created += 1;
            self.places.insert(id.to_owned(), place);
        }
        for index in &mut self.indices {
            if let Some(before) = self.resources.get(&place) {
                index.remove(before, place);
            }
            index.add(&resource, place);
        }
        self.resources.insert(place, resource);
    }

    /// A resource whose attributes without an index may be changed.
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Resource> {
        self.resources.get_mut(self.places.get(id)?)
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Resource> {
        let place = self.places.remove(id)?;
        let resource = self.resources.remove(&place)?;
        for index in &mut self.indices {
            index.remove(&resource, place);
        }
        Some(resource)
    }

    /// All that could pass the filter, as created: few where the filter asks for one value of an
    /// attribute with an index, else everybody.
    pub(crate) fn candidates(&self, filter: &Filter) -> Vec<&Resource> {
        match self.narrowed(filter) {
            Some(places) => self.at(&places),
            None => self.iter().collect(),
        }
    }

    /// All that could hold this text under this attribute, in some case.
    pub(crate) fn holders(&self, attribute: &str, value: &str) -> Vec<&Resource> {
        match self.places_of(attribute, value) {
            Some(places) => self.at(&places),
            None => self.iter().collect(),
        }
    }

    fn at(&self, places: &[u64]) -> Vec<&Resource> {
        places.iter().filter_map(|place| self.resources.get(place)).collect()
    }

    fn narrowed(&self, filter: &Filter) -> Option<Vec<u64>> {
        match filter {
            Filter::And(terms) => terms.iter().find_map(|term| self.narrowed(term)),
            Filter::Compare {
                path: Path { schema: None, attribute, filter: None, sub_attribute: None },
                op: CompareOp::Eq,
                value: Value::String(value),
            } => self.places_of(attribute, value),
            _ => None,
        }
    }

    /// `None` where the attribute has no index.
    fn places_of(&self, attribute: &str, value: &str) -> Option<Vec<u64>> {
        if attribute.eq_ignore_ascii_case("id") {
            return Some(self.places.get(value).copied().into_iter().collect());
        }
        let index =
            self.indices.iter().find(|index| index.attribute().eq_ignore_ascii_case(attribute))?;
        Some(index.holders(value).collect())
    }
}
