//! One request and what becomes of it, once it has been let in.

mod plain_reference;
mod reading;
mod writing;

use http::header::{ETAG, HeaderValue, IF_MATCH};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use scim::json;
use scim::message::ScimType;
use scim::resource::Resource;
use scim::version::EntityTag;
use serde_json::{Map, Value};

use crate::projection::Projection;
use crate::query::Parameters;
use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::reply;
use crate::route::Route;
use crate::store::Store;
use crate::{Moment, ResourceType, Settings};

/// A request in front of the store.
pub(crate) struct Exchange<'a> {
    settings: &'a Settings,
    store: &'a mut Store,
    request: &'a Request<Vec<u8>>,
    /// The number of the request, the first being 1.
    number: u64,
    now: Moment,
    parameters: Parameters,
    /// The address of the service as the client wrote it; only the path where it wrote no host.
    base: String,
}

impl<'a> Exchange<'a> {
    pub(crate) fn new(
        settings: &'a Settings,
        store: &'a mut Store,
        request: &'a Request<Vec<u8>>,
        number: u64,
        now: Moment,
    ) -> Self {
        let uri = request.uri();
        let path = settings.base_path.trim_end_matches('/');
        let base = match (uri.scheme_str(), uri.authority()) {
            (Some(scheme), Some(authority)) => format!("{scheme}://{}{path}", host(authority)),
            _ => path.to_owned(),
        };
        let parameters = Parameters::from_query(uri.query().unwrap_or_default());
        Self { settings, store, request, number, now, parameters, base }
    }

    /// Does what the route and the method ask for.
    pub(crate) fn answer(mut self, route: &Route) -> Result<Response<Vec<u8>>, Refusal> {
        match (route, self.request.method()) {
            (Route::Root, _) => self.search(&ResourceType::ALL, &self.parameters),
            (Route::Collection(of), &Method::POST) => self.create(*of),
            (Route::Collection(of), _) => self.search(&[*of], &self.parameters),
            (Route::Search(of), _) => {
                let parameters = Parameters::from_search_request(&Value::Object(self.document()?))?;
                match of {
                    Some(of) => self.search(&[*of], &parameters),
                    None => self.search(&ResourceType::ALL, &parameters),
                }
            }
            (Route::Resource(of, id), &Method::PUT) => self.replace(*of, id),
            (Route::Resource(of, id), &Method::PATCH) => self.patch(*of, id),
            (Route::Resource(of, id), &Method::DELETE) => self.delete(*of, id),
            (Route::Resource(of, id), _) => self.read(*of, id),
            (Route::ServiceProviderConfig, _) => Ok(self.service_provider_config()),
            (Route::Schemas(urn), _) => self.schemas(urn.as_deref()),
            (Route::ResourceTypes(name), _) => self.resource_types(name.as_deref()),
            (Route::Me, _) => Err(Refusal::new(
                StatusCode::NOT_IMPLEMENTED,
                "`/Me` is not supported: the token stands for no person",
            )),
            (Route::Bulk, _) => Err(Refusal::new(
                StatusCode::NOT_IMPLEMENTED,
                "bulk operations are not supported: send one request for each",
            )),
        }
    }

    fn find(&self, resource_type: ResourceType, id: &str) -> Result<Resource, Refusal> {
        self.store.shelf(resource_type).get(id).ok_or_else(|| not_found(resource_type, id))
    }

    /// The resource that is to be changed, if the client knows its present state
    /// (RFC 7644 section 3.14).
    fn find_to_change(&self, resource_type: ResourceType, id: &str) -> Result<Resource, Refusal> {
        let resource = self.find(resource_type, id)?;
        match names_version(self.request.headers(), &IF_MATCH, &resource) {
            Some(false) if !self.has(Quirk::IfMatchIgnored) => Err(Refusal::new(
                StatusCode::PRECONDITION_FAILED,
                format!("{resource_type} `{id}` has changed: read it again before changing it"),
            )),
            _ => Ok(resource),
        }
    }

    /// The body as a JSON object.
    fn document(&self) -> Result<Map<String, Value>, Refusal> {
        let refuse = |detail: String| Refusal::invalid(ScimType::InvalidSyntax, detail);
        let value = json::read(self.request.body()).map_err(|fault| {
            let detail = format!("the body cannot be read: {fault}");
            if self.has(Quirk::BrokenJsonUntyped) {
                return Refusal::new(StatusCode::BAD_REQUEST, detail);
            }
            refuse(detail)
        })?;
        match value {
            Value::Object(document) => Ok(document),
            _ => Err(refuse("the body must be a JSON object".to_owned())),
        }
    }

    fn projection(&self, parameters: &Parameters) -> Result<Projection, Refusal> {
        let projection = Projection::read(parameters, &self.settings.schemas)?;
        if matches!(projection, Projection::Only(_)) && self.has(Quirk::AttributesRefused) {
            let why = "`attributes` is not supported";
            return Err(Refusal::invalid(ScimType::InvalidValue, why));
        }
        Ok(match projection {
            Projection::Without(_) if self.has(Quirk::ExcludedAttributesIgnored) => {
                Projection::Default
            }
            projection => projection,
        })
    }

    fn has(&self, quirk: Quirk) -> bool {
        self.settings.quirks.contains(quirk)
    }

    /// An answer that carries one resource, and its version in the header.
    fn with_resource(
        &self,
        status: StatusCode,
        resource_type: ResourceType,
        id: &str,
        projection: &Projection,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let resource = self.find(resource_type, id)?;
        let mut shown = self.shown(resource_type, &resource, projection);
        if status == StatusCode::CREATED && self.has(Quirk::CreateWithoutId) {
            shown.shift_remove("id");
        }
        let mut response = reply::document(status, &shown);
        if let Ok(tag) = HeaderValue::from_str(version(&resource))
            && !self.has(Quirk::EtagMissing)
        {
            response.headers_mut().insert(ETAG, tag);
        }
        Ok(response)
    }

    /// The part of a resource that is shown, its location and references being the addresses that
    /// the client uses (RFC 7643 sections 2.3.7 and 3.1).
    fn shown(
        &self,
        resource_type: ResourceType,
        resource: &Resource,
        projection: &Projection,
    ) -> Map<String, Value> {
        let mut shown = projection.of(resource, resource_type, &self.settings.schemas);
        if let Some(Value::Object(meta)) = shown.get_mut("meta") {
            let location = meta.get_mut("location");
            location.into_iter().for_each(|location| self.put_base_before(location));
            if self.has(Quirk::MetaVersionMissing) {
                meta.shift_remove("version");
            }
        }
        let list = match resource_type {
            ResourceType::User => "groups",
            ResourceType::Group => "members",
        };
        let listed = shown.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
        let references = listed.filter_map(|value| value.get_mut("$ref"));
        references.for_each(|reference| self.put_base_before(reference));
        if self.has(Quirk::ReferencesAsText) {
            plain_reference::write(&mut shown);
        }
        shown
    }

    fn put_base_before(&self, address: &mut Value) {
        if let Value::String(address) = address {
            address.insert_str(0, &self.base);
        }
    }
}

fn not_found(resource_type: ResourceType, id: &str) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, format!("no {resource_type} has the id `{id}`"))
}

/// Without a user name or password that the client may have written into the address.
fn host(authority: &http::uri::Authority) -> &str {
    let text = authority.as_str();
    text.rsplit_once('@').map_or(text, |(_, host)| host)
}

fn version(resource: &Resource) -> &str {
    let version = resource.get("meta").and_then(|meta| meta.get("version"));
    version.and_then(Value::as_str).unwrap_or_default()
}

/// Whether a conditional header names this version: `None` where there is no such header.
/// Weak and strong tags are compared alike, since the versions of a resource are weak.
fn names_version(
    headers: &HeaderMap,
    header: &http::HeaderName,
    resource: &Resource,
) -> Option<bool> {
    let version = EntityTag::of(resource);
    let is_this = |tag: EntityTag| version.as_ref().is_some_and(|own| own.is_same_version(&tag));
    let named: Vec<&HeaderValue> = headers.get_all(header).iter().collect();
    let names = |value: &&HeaderValue| {
        let text = value.to_str().unwrap_or_default();
        text.split(',').any(|tag| tag.trim() == "*") || EntityTag::parse_list(text).any(is_this)
    };
    (!named.is_empty()).then(|| named.iter().any(names))
}
