//! What changes the store: creating, replacing, modifying, deleting (RFC 7644 sections 3.3, 3.5, 3.6).

mod patch_shape;
mod strictness;
mod text_boolean;

use http::header::{CONTENT_TYPE, HeaderValue, LOCATION};
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
use crate::store::MemberRules;
use crate::{ResourceType, Settings, reply};

impl Exchange<'_> {
    pub(super) fn create(
        &mut self,
        resource_type: ResourceType,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let projection = self.projection(&self.parameters)?;
        let attributes = self.admitted(resource_type, self.document()?)?;
        self.check_unique(resource_type, &attributes, None)?;
        let rules = self.member_rules();
        let id = self.store.create(resource_type, attributes, None, rules, self.now)?;
        let mut response =
            self.with_resource(StatusCode::CREATED, resource_type, &id, &projection)?;
        let location = format!("{}/{}/{id}", self.base, resource_type.endpoint());
        if let Ok(location) = HeaderValue::from_str(&location)
            && !self.has(Quirk::CreateWithoutLocation)
        {
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
        let mut attributes = self.admitted(resource_type, self.document()?)?;
        self.keep_immutable(resource_type, &before, &mut attributes)?;
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
        let before = self.find_to_change(resource_type, id)?;
        let request = self.patch_request(&before)?;
        if self.has(Quirk::PatchWithoutEffect) {
            return Ok(reply::empty(StatusCode::NO_CONTENT));
        }
        if self.has(Quirk::PatchReturnsUnchanged) {
            let projection = self.projection(&self.parameters)?;
            return self.with_resource(StatusCode::OK, resource_type, id, &projection);
        }
        let attributes = self.patched(&before, &request)?;
        let attributes = self.admit(resource_type, attributes)?;
        let response = self.store(resource_type, id, attributes)?;
        Ok(if self.has(Quirk::PatchWithoutBody) { without_body(response) } else { response })
    }

    pub(super) fn delete(
        &mut self,
        resource_type: ResourceType,
        id: &str,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let before = self.find_to_change(resource_type, id)?;
        if self.has(Quirk::DeletedKeptInactive) && resource_type == ResourceType::User {
            let mut attributes = before.as_map().clone();
            attributes.insert("active".to_owned(), Value::from(false));
            let attributes = self.admit(resource_type, attributes)?;
            let rules = self.member_rules();
            self.store.replace(resource_type, id, attributes, rules, self.now)?;
        } else {
            self.store.remove(resource_type, id, self.now);
        }
        Ok(reply::empty(StatusCode::NO_CONTENT))
    }

    fn store(
        &mut self,
        resource_type: ResourceType,
        id: &str,
        attributes: Map<String, Value>,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let projection = self.projection(&self.parameters)?;
        self.check_unique(resource_type, &attributes, Some(id))?;
        let rules = self.member_rules();
        self.store.replace(resource_type, id, attributes, rules, self.now)?;
        self.with_resource(StatusCode::OK, resource_type, id, &projection)
    }

    /// What is stored of a document that a client sends.
    fn admitted(
        &self,
        resource_type: ResourceType,
        document: Map<String, Value>,
    ) -> Result<Map<String, Value>, Refusal> {
        strictness::check(&document, resource_type, self.settings)?;
        self.admit(resource_type, document)
    }

    fn admit(
        &self,
        resource_type: ResourceType,
        document: Map<String, Value>,
    ) -> Result<Map<String, Value>, Refusal> {
        let mut attributes = self.admission(resource_type).admit(document)?;
        if let Some(Value::String(name)) = attributes.get_mut("userName")
            && self.has(Quirk::UserNameLowered)
        {
            *name = name.to_lowercase();
        }
        Ok(attributes)
    }

    fn check_unique(
        &self,
        resource_type: ResourceType,
        attributes: &Map<String, Value>,
        own_id: Option<&str>,
    ) -> Result<(), Refusal> {
        if self.has(Quirk::DuplicatesAccepted) {
            return Ok(());
        }
        self.store.check_unique(resource_type, attributes, own_id, &self.settings.schemas)
    }

    fn member_rules(&self) -> MemberRules {
        MemberRules {
            unknown_accepted: self.has(Quirk::UnknownMembersAccepted),
            repeated: self.has(Quirk::MemberListedTwice),
        }
    }

    fn admission(&self, resource_type: ResourceType) -> Admission<'_> {
        let dialect = self.settings.dialect;
        let text_booleans = dialect == Dialect::Entra && !self.has(Quirk::TextBooleansRefused);
        Admission { schemas: &self.settings.schemas, resource_type, dialect, text_booleans }
    }

    fn patch_request(&self, before: &Resource) -> Result<PatchRequest, Refusal> {
        let document = self.document()?;
        let urns = document.get("schemas").and_then(Value::as_array);
        let says_so = urns.is_some_and(|urns| urns.iter().any(|urn| urn == PATCH_OP));
        if !says_so && self.settings.dialect == Dialect::Rfc {
            let detail = format!("`schemas` of a PATCH request must contain `{PATCH_OP}`");
            return Err(Refusal::invalid(ScimType::InvalidSyntax, detail));
        }
        let mut request =
            PatchRequest::from_value(Value::Object(document)).map_err(refused_patch)?;
        patch_shape::check(&request, before, self.settings)?;
        if self.has(Quirk::MemberListRemovesAll) {
            patch_shape::without_removed_values(&mut request.operations);
        }
        if self.has(Quirk::TextBooleansRefused) {
            text_boolean::refuse(&request, &self.settings.schemas)?;
        }
        Ok(request)
    }

    fn patched(
        &self,
        before: &Resource,
        request: &PatchRequest,
    ) -> Result<Map<String, Value>, Refusal> {
        let Settings { schemas, dialect, .. } = self.settings;
        let mut resource = before.clone();
        patch::apply(&mut resource, request, schemas, *dialect).map_err(refused_patch)?;
        let mut attributes = std::mem::take(resource.as_map_mut());
        if let Some(Value::Array(members)) = attributes.get_mut("members")
            && self.has(Quirk::MemberListedTwice)
        {
            members.extend(patch_shape::members_added_again(request, before, schemas));
        }
        Ok(attributes)
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

/// A change that worked, told without the resource; its version stays in the header.
fn without_body(mut response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.body_mut().clear();
    response.headers_mut().remove(CONTENT_TYPE);
    response
}

fn refused_patch(error: PatchError) -> Refusal {
    let detail = format!("operation {}: {}", error.operation_index + 1, error.detail);
    Refusal::invalid(error.scim_type, detail)
}
