//! A search: who is meant, in which order, and which page of them (RFC 7644 section 3.4.2).

mod address;
mod misreading;
mod order;
mod paging;
mod sort;

use scim::filter::Filter;
use scim::message::ScimType;
use scim::resource::Resource;
use scim::schema::Schemas;

pub(crate) use self::misreading::needs_urn;
pub(crate) use self::paging::Page;
use self::paging::Paging;
use self::sort::Sort;
use crate::query::Parameters;
use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::store::{Kept, Store};
use crate::{ResourceType, Settings};

/// What is asked of one or both types of resource.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    filter: Option<Filter>,
    sort: Option<Sort>,
    paging: Paging,
}

/// What a search is asked of.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a, 's> {
    pub(crate) store: &'s Store,
    pub(crate) types: &'a [ResourceType],
    /// They say how values are compared.
    pub(crate) schemas: &'a Schemas,
    pub(crate) settings: &'a Settings,
    /// The number of the request.
    pub(crate) number: u64,
}

impl Search {
    /// Reads the parameters; a start before 1 is read as 1 and a count below 0 as 0, as the RFC
    /// has it. `base` is the address of the service as the client writes it.
    pub(crate) fn read(
        parameters: &Parameters,
        settings: &Settings,
        base: &str,
    ) -> Result<Self, Refusal> {
        let at_least =
            |number: i64, least: usize| usize::try_from(number).unwrap_or(least).max(least);
        let filter = parameters.get("filter").map(|text| misreading::read(text, &settings.quirks));
        let mut filter = filter.transpose()?;
        if let Some(filter) = &mut filter {
            address::below(filter, base);
        }
        Ok(Self {
            filter,
            sort: Sort::read(parameters, &settings.schemas)?,
            paging: Paging {
                start_index: at_least(parameters.number("startIndex")?.unwrap_or(1), 1),
                count: parameters.number("count")?.map(|count| at_least(count, 0)),
            },
        })
    }

    /// Whether it asks for somebody, and not for everybody.
    pub(crate) fn is_filtered(&self) -> bool {
        self.filter.is_some()
    }

    /// Searches the store.
    pub(crate) fn page(
        mut self,
        asked: Asked<'_, '_>,
    ) -> Result<Page<(ResourceType, Resource)>, Refusal> {
        let Asked { store, types, schemas, settings, number } = asked;
        let quirks = &settings.quirks;
        if let Some(filter) = &self.filter {
            misreading::check(filter, quirks, schemas, store, types)?;
        }
        self.filter = self
            .filter
            .filter(|_| !quirks.contains(Quirk::FilterIgnored))
            .map(|filter| misreading::blinded(filter, quirks, schemas));
        let mut found = self.found(store, types, schemas)?;
        if quirks.contains(Quirk::InactiveHidden) {
            found.retain(|(_, kept)| !is_inactive(&kept.read()));
        }
        match &self.sort {
            Some(sort) => sort.apply(&mut found),
            None => order::apply(&mut found, quirks, number),
        }
        let page = self.paging.cut(found, settings.max_results, quirks);
        Ok(page.map(|(of, kept)| (of, kept.read())))
    }

    fn found<'a>(
        &self,
        store: &'a Store,
        types: &[ResourceType],
        schemas: &Schemas,
    ) -> Result<Vec<(ResourceType, &'a Kept)>, Refusal> {
        let mut found = Vec::new();
        let Some(filter) = &self.filter else {
            for &of in types {
                found.extend(store.shelf(of).iter().map(|kept| (of, kept)));
            }
            return Ok(found);
        };
        let query = filter.resolve(schemas).map_err(|error| {
            Refusal::invalid(
                ScimType::InvalidFilter,
                format!("`filter` cannot be asked: {}", error.fault),
            )
        })?;
        for &of in types {
            let candidates = store.shelf(of).candidates(filter).into_iter();
            let passing = candidates.filter(|kept| query.matches(&kept.read()));
            found.extend(passing.map(|kept| (of, kept)));
        }
        Ok(found)
    }
}

/// Whether somebody is kept and may not use the service.
pub(crate) fn is_inactive(resource: &Resource) -> bool {
    resource.get("active").and_then(serde_json::Value::as_bool) == Some(false)
}
