//! A search: who is meant, in which order, and which page of them (RFC 7644 section 3.4.2).

mod address;
mod sort;

use scim::filter::Filter;
use scim::message::ScimType;
use scim::resource::Resource;
use scim::schema::Schemas;

use self::sort::Sort;
use crate::ResourceType;
use crate::query::Parameters;
use crate::refusal::Refusal;
use crate::store::Store;

/// What is asked of one or both types of resource.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub(crate) filter: Option<Filter>,
    sort: Option<Sort>,
    /// The number of the first resource of the page; the very first is 1.
    pub(crate) start_index: usize,
    /// How many resources are wanted at most.
    count: Option<usize>,
}

/// How many resources a search found, and those of its page.
pub(crate) struct Page<'a> {
    pub(crate) total: usize,
    pub(crate) resources: Vec<(ResourceType, &'a Resource)>,
}

impl Search {
    /// Reads the parameters; a start before 1 is read as 1 and a count below 0 as 0, as the RFC
    /// has it. `base` is the address of the service as the client writes it.
    pub(crate) fn read(
        parameters: &Parameters,
        schemas: &Schemas,
        base: &str,
    ) -> Result<Self, Refusal> {
        let at_least =
            |number: i64, least: usize| usize::try_from(number).unwrap_or(least).max(least);
        let filter = parameters.get("filter").map(Filter::parse).transpose();
        let mut filter = filter.map_err(|error| {
            let detail = format!("`filter` cannot be read: {error}");
            Refusal::invalid(ScimType::InvalidFilter, detail)
        })?;
        if let Some(filter) = &mut filter {
            address::below(filter, base);
        }
        Ok(Self {
            filter,
            sort: Sort::read(parameters, schemas)?,
            start_index: at_least(parameters.number("startIndex")?.unwrap_or(1), 1),
            count: parameters.number("count")?.map(|count| at_least(count, 0)),
        })
    }

    /// Searches the store; a page holds `max_results` at most.
    pub(crate) fn page<'a>(
        &self,
        store: &'a Store,
        types: &[ResourceType],
        schemas: &Schemas,
        max_results: usize,
    ) -> Result<Page<'a>, Refusal> {
        let mut found = self.found(store, types, schemas)?;
        if let Some(sort) = &self.sort {
            sort.apply(&mut found);
        }
        let total = found.len();
        let wanted = self.count.map_or(max_results, |count| count.min(max_results));
        let resources = found.into_iter().skip(self.start_index - 1).take(wanted).collect();
        Ok(Page { total, resources })
    }

    fn found<'a>(
        &self,
        store: &'a Store,
        types: &[ResourceType],
        schemas: &Schemas,
    ) -> Result<Vec<(ResourceType, &'a Resource)>, Refusal> {
        let mut found = Vec::new();
        let Some(filter) = &self.filter else {
            for &of in types {
                found.extend(store.shelf(of).iter().map(|resource| (of, resource)));
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
            let passing = candidates.filter(|resource| query.matches(resource));
            found.extend(passing.map(|resource| (of, resource)));
        }
        Ok(found)
    }
}
