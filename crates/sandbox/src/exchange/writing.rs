//! What changes the store: creating, replacing, modifying, deleting (RFC 7644 sections 3.3, 3.5, 3.6).

mod text_boolean;

use http::header::{HeaderValue, LOCATION};
use http::{Response, StatusCode};
use scim::message::{PATCH_OP, ScimType};
use scim::patch::{self, Dialect, PatchError, PatchRequest};
use scim::resource::Resource;
use scim::schema::Mutability;
use serde_json::{Map, Value};

use super::Exchange;
use crate::admission::Admission;
use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::{ResourceType, reply};

impl Exchange<'_> {
    pub(super) fn create(
        &mut self,
        resource_type: ResourceType,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let projection = self.projection(&self.parameters)?;
        let attributes = self.admission(resource_type).admit(self.document()?)?;
        self.store.check_unique(resource_type, &attributes, None, &self.settings.schemas)?;
        let id = self.store.create(resource_type, attributes, None, self.now)?;
        let mut response =
            self.with_resource(StatusCode::CREATED, resource_type, &id, &projection)?;
        let location = format!("{}/{}/{id}", self.base, resource_type.endpoint());
        if let Ok(location) = HeaderValue::from_str(&location) {
            response.headers_mut().insert(LOCATION, location);
        }
        Ok(response)
    }

    pub(super) fn replace(
        &mut self,
        resource_type: ResourceType,
        id: &str,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let before = self.find_to_change(resource_type, id)?;
        let mut attributes = self.admission(resource_type).admit(self.document()?)?;
        self.keep_immutable(resource_type, before, &mut attributes)?;
        self.store(resource_type, id, attributes)
    }

    pub(super) fn patch(
        &mut self,
        resource_type: ResourceType,
        id: &str,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        if self.has(Quirk::PatchRefused) {
            let detail = "PATCH is not supported: replace the resource with PUT";
            return Err(Refusal::new(StatusCode::NOT_IMPLEMENTED, detail));
        }
        let mut resource = self.find_to_change(resource_type, id)?.clone();
        let request = self.patch_request()?;
        if self.has(Quirk::PatchWithoutEffect) {
            return Ok(reply::empty(StatusCode::NO_CONTENT));
        }
        patch::apply(&mut resource, &request, &self.settings.schemas, self.settings.dialect)
            .map_err(refused_patch)?;
        let attributes = self.admission(resource_type).admit(resource.as_map().clone())?;
        self.store(resource_type, id, attributes)
    }

    pub(super) fn delete(
        &mut self,
        resource_type: ResourceType,
        id: &str,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        self.find_to_change(resource_type, id)?;
        self.store.remove(resource_type, id, self.now);
        Ok(reply::empty(StatusCode::NO_CONTENT))
    }

    fn store(
        &mut self,
        resource_type: ResourceType,
        id: &str,
        attributes: Map<String, Value>,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let projection = self.projection(&self.parameters)?;
        self.store.check_unique(resource_type, &attributes, Some(id), &self.settings.schemas)?;
        self.store.replace(resource_type, id, attributes, self.now)?;
        self.with_resource(StatusCode::OK, resource_type, id, &projection)
    }

    fn admission(&self, resource_type: ResourceType) -> Admission<'_> {
        let dialect = self.settings.dialect;
        let text_booleans = dialect == Dialect::Entra && !self.has(Quirk::TextBooleansRefused);
        Admission { schemas: &self.settings.schemas, resource_type, dialect, text_booleans }
    }

    fn patch_request(&self) -> Result<PatchRequest, Refusal> {
        let document = self.document()?;
        let urns = document.get("schemas").and_then(Value::as_array);
        let says_so = urns.is_some_and(|urns| urns.iter().any(|urn| urn == PATCH_OP));
        if !says_so && self.settings.dialect == Dialect::Rfc {
            let detail = format!("`schemas` of a PATCH request must contain `{PATCH_OP}`");
            return Err(Refusal::invalid(ScimType::InvalidSyntax, detail));
        }
        let request = PatchRequest::from_value(Value::Object(document)).map_err(refused_patch)?;
        if self.has(Quirk::TextBooleansRefused) {
            text_boolean::refuse(&request, &self.settings.schemas)?;
        }
        Ok(request)
    }

    /// RFC 7644 section 3.5.1: an immutable value that is set must be sent as it is. Where it is
    /// not sent it stays.
    fn keep_immutable(
        &self,
        resource_type: ResourceType,
        before: &Resource,
        attributes: &mut Map<String, Value>,
    ) -> Result<(), Refusal> {
        let schema = self.settings.schemas.get(resource_type.schema());
        let known = schema.into_iter().flat_map(|schema| &schema.attributes);
        for attribute in known.filter(|attribute| attribute.mutability == Mutability::Immutable) {
            let name = &attribute.name;
            let Some(value) = before.get(name) else { continue };
            if attributes.get(name).is_some_and(|sent| sent != value) {
                let detail = format!("`{name}` cannot be changed once it is set");
                return Err(Refusal::invalid(ScimType::Mutability, detail));
            }
            attributes.insert(name.clone(), value.clone());
        }
        Ok(())
    }
}

fn refused_patch(error: PatchError) -> Refusal {
    let detail = format!("operation {}: {}", error.operation_index + 1, error.detail);
    Refusal::invalid(error.scim_type, detail)
}
