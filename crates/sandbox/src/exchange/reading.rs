//! What changes nothing: reading, searching, discovery (RFC 7644 sections 3.4 and 4).

use std::borrow::Cow;

use http::header::{ETAG, HeaderValue, IF_NONE_MATCH};
use http::{Response, StatusCode};
use scim::message::ListResponse;
use scim::resource::Resource;
use scim::schema::{Schemas, USER};
use serde_json::{Map, Value};

use super::{Exchange, names_version, not_found, version};
use crate::query::Parameters;
use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::search::{Asked, Page, Search, is_inactive};
use crate::{ResourceType, discovery, reply};

impl Exchange<'_> {
    pub(super) fn read(
        &self,
        resource_type: ResourceType,
        id: &str,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let projection = self.projection(&self.parameters)?;
        let resource = self.find(resource_type, id)?;
        if self.has(Quirk::InactiveHidden) && is_inactive(&resource) {
            return Err(not_found(resource_type, id));
        }
        let version = version(&resource);
        let is_current = names_version(self.request.headers(), &IF_NONE_MATCH, &resource);
        if is_current == Some(true) && !self.has(Quirk::EtagMissing) {
            let mut response = reply::empty(StatusCode::NOT_MODIFIED);
            response
                .headers_mut()
                .extend(HeaderValue::from_str(version).ok().map(|tag| (ETAG, tag)));
            return Ok(response);
        }
        self.with_resource(StatusCode::OK, resource_type, id, &projection)
    }

    pub(super) fn search(
        &self,
        types: &[ResourceType],
        parameters: &Parameters,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let search = Search::read(parameters, self.settings, &self.base)?;
        let projection = self.projection(parameters)?;
        let is_filtered = search.is_filtered();
        let page = search.page(Asked {
            store: self.store,
            types,
            schemas: &self.filter_schemas(),
            settings: self.settings,
            number: self.number,
        })?;
        if page.total == 0 && is_filtered && self.has(Quirk::NotFoundForNoMatch) {
            return Err(Refusal::new(StatusCode::NOT_FOUND, "no resource matches the filter"));
        }
        let mut page =
            page.map(|(of, resource)| Resource::from(self.shown(of, &resource, &projection)));
        if is_filtered && self.has(Quirk::MatchDoubled) {
            double(&mut page);
        }
        Ok(self.list(page))
    }

    /// The schemas that say how values are compared.
    fn filter_schemas(&self) -> Cow<'_, Schemas> {
        let schemas = &self.settings.schemas;
        let user = schemas.get(USER).filter(|_| self.has(Quirk::CaseSensitiveUserName));
        let Some(mut user) = user.cloned() else { return Cow::Borrowed(schemas) };
        let is_user_name = |name: &str| name.eq_ignore_ascii_case("userName");
        for attribute in user.attributes.iter_mut().filter(|known| is_user_name(&known.name)) {
            attribute.case_exact = true;
        }
        let mut schemas = schemas.clone();
        schemas.insert(user);
        Cow::Owned(schemas)
    }

    fn list(&self, page: Page<Resource>) -> Response<Vec<u8>> {
        let Page { total, start_index, resources } = page;
        if self.has(Quirk::NotAList) {
            let first = resources.into_iter().next().unwrap_or_default();
            return reply::document(StatusCode::OK, &first);
        }
        let message = ListResponse {
            total_results: wide(total),
            start_index: wide(start_index),
            items_per_page: wide(resources.len()),
            resources,
        };
        reply::document(StatusCode::OK, &message)
    }

    pub(super) fn service_provider_config(&self) -> Response<Vec<u8>> {
        let document = discovery::service_provider_config(self.settings, &self.base);
        reply::document(StatusCode::OK, &document)
    }

    pub(super) fn schemas(&self, urn: Option<&str>) -> Result<Response<Vec<u8>>, Refusal> {
        self.discovered(discovery::schemas(&self.settings.schemas, &self.base), "schema", urn)
    }

    pub(super) fn resource_types(&self, name: Option<&str>) -> Result<Response<Vec<u8>>, Refusal> {
        let documents = discovery::resource_types(&self.settings.schemas, &self.base);
        self.discovered(documents, "resource type", name)
    }

    /// All of the documents as a list, or the one with this id.
    fn discovered(
        &self,
        documents: Vec<Map<String, Value>>,
        kind: &str,
        id: Option<&str>,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        // RFC 7644 section 4: what a service can do is not searched.
        if self.parameters.get("filter").is_some() {
            let detail = format!("a {kind} cannot be searched with a filter: read all of them");
            return Err(Refusal::new(StatusCode::FORBIDDEN, detail));
        }
        let mut documents = documents.into_iter().map(Resource::from);
        let Some(id) = id else {
            let documents: Vec<Resource> = documents.collect();
            let total = documents.len();
            return Ok(self.list(Page { total, start_index: 1, resources: documents }));
        };
        let is_meant =
            |document: &Resource| document.id().is_some_and(|known| known.eq_ignore_ascii_case(id));
        match documents.find(is_meant) {
            Some(document) => Ok(reply::document(StatusCode::OK, &document)),
            None => Err(Refusal::new(StatusCode::NOT_FOUND, format!("there is no {kind} `{id}`"))),
        }
    }
}

/// Puts a second one beside whoever was found alone.
fn double(page: &mut Page<Resource>) {
    if let (1, [found]) = (page.total, page.resources.as_slice()) {
        let mut twin = found.clone();
        let id = format!("{}-2", found.id().unwrap_or_default());
        twin.as_map_mut().insert("id".to_owned(), Value::from(id));
        page.resources.push(twin);
        page.total = 2;
    }
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
