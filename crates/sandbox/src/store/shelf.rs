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
        match self.places_of(attribute, None, value) {
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
