//! A client made of what `scim` has: it builds requests, sends them, and reads the answers.

use http::{HeaderValue, Method, Request, Response, header};
use scim::answer;
use scim::answer::ProtocolError;
use scim::endpoint::{Endpoint, Search};
use scim::filter::Filter;
use scim::message::ListResponse;
use scim::patch::PatchRequest;
use scim::resource::Resource;
use scim::schema::{Schemas, USER};
use scim::tenant_url::TenantUrl;
use serde_json::{Value, json};

use crate::exchange::Exchange;
use crate::target::Column;

/// One service provider, asked by `scim`.
pub(crate) struct Client {
    door: Box<dyn Exchange>,
    /// The builder of its requests.
    pub(crate) endpoint: Endpoint,
    /// By whose behaviour it is judged.
    pub(crate) column: Column,
    token: &'static str,
    schemas: Option<Schemas>,
    named: usize,
}

impl Client {
    /// A client of the service that begins at this address and takes this token.
    pub(crate) fn new(
        door: Box<dyn Exchange>,
        url: &str,
        token: &'static str,
        column: Column,
    ) -> Self {
        let url = TenantUrl::parse(url).expect("a server's address is a tenant URL");
        Self { door, endpoint: Endpoint::new(url), column, token, schemas: None, named: 0 }
    }

    /// Sends a request with the token.
    pub(crate) fn send(&mut self, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        let token = self.token;
        self.send_with(Some(token), request)
    }

    /// Sends a request with this token or with none.
    pub(crate) fn send_with(
        &mut self,
        token: Option<&str>,
        mut request: Request<Vec<u8>>,
    ) -> Response<Vec<u8>> {
        if let Some(token) = token {
            let bearer = HeaderValue::try_from(format!("Bearer {token}"));
            let bearer = bearer.expect("a token of these tests fits into a header");
            request.headers_mut().insert(header::AUTHORIZATION, bearer);
        }
        self.door.exchange(request)
    }

    /// Searches.
    pub(crate) fn search(
        &mut self,
        resource_type: &str,
        search: &Search,
    ) -> Result<ListResponse, ProtocolError> {
        let request = self.endpoint.search(resource_type, search);
        answer::list(&self.send(request))
    }

    /// Searches by the text of a filter.
    pub(crate) fn find(
        &mut self,
        resource_type: &str,
        filter: &str,
    ) -> Result<ListResponse, ProtocolError> {
        let filter = Filter::parse(filter).expect("a filter");
        self.search(resource_type, &Search::filtered(filter))
    }

    /// Reads a resource.
    pub(crate) fn get(&mut self, resource_type: &str, id: &str) -> Result<Resource, ProtocolError> {
        let request = self.endpoint.get(resource_type, id, &Search::default());
        answer::resource(&self.send(request))
    }

    /// Creates a resource.
    pub(crate) fn create(
        &mut self,
        resource_type: &str,
        resource: &Value,
    ) -> Result<Resource, ProtocolError> {
        let request = self.endpoint.create(resource_type, resource);
        answer::resource(&self.send(request))
    }

    /// Puts a resource in the place of another.
    pub(crate) fn replace(
        &mut self,
        resource_type: &str,
        id: &str,
        resource: &Value,
    ) -> Result<Resource, ProtocolError> {
        let request = self.endpoint.replace(resource_type, id, resource);
        answer::resource(&self.send(request))
    }

    /// Changes a resource.
    pub(crate) fn patch(
        &mut self,
        resource_type: &str,
        id: &str,
        change: &PatchRequest,
    ) -> Result<Option<Resource>, ProtocolError> {
        let request = self.endpoint.patch(resource_type, id, change);
        answer::nothing(&self.send(request))
    }

    /// Deletes a resource.
    pub(crate) fn delete(
        &mut self,
        resource_type: &str,
        id: &str,
    ) -> Result<Option<Resource>, ProtocolError> {
        let request = self.endpoint.delete(resource_type, id);
        answer::nothing(&self.send(request))
    }

    /// The schemas that the service knows, as it tells them; it is asked once.
    pub(crate) fn schemas(&mut self) -> &Schemas {
        if self.schemas.is_none() {
            let request = self.endpoint.schemas();
            let list = answer::list(&self.send(request)).expect("a list of schemas");
            let (schemas, faults) = Schemas::read(&list.resources);
            assert_eq!(faults, [], "both servers tell their schemas as the RFC has it");
            self.schemas = Some(schemas);
        }
        self.schemas.get_or_insert_default()
    }

    /// The builder of requests for the same service under a tenant URL with this query.
    pub(crate) fn with_query(&self, query: &str) -> Endpoint {
        let url = TenantUrl::parse(&format!("{}?{query}", self.endpoint.tenant_url()));
        Endpoint::new(url.expect("a tenant URL may have a query"))
    }

    /// A request that no builder makes: `place` is what stands behind the tenant URL.
    pub(crate) fn raw(&self, method: Method, place: &str, body: &[u8]) -> Request<Vec<u8>> {
        let mut request = self.endpoint.create("Users", &Value::Null);
        let target = format!("{}{place}", self.endpoint.tenant_url());
        *request.uri_mut() = target.parse().expect("a place that can be asked for");
        *request.method_mut() = method;
        *request.body_mut() = body.to_vec();
        request
    }

    /// A name that nobody has yet.
    pub(crate) fn fresh_name(&mut self, stem: &str) -> String {
        self.named += 1;
        format!("{stem}.{}", self.named)
    }

    /// Creates a user of a fresh name and a work e-mail, with these members besides or instead,
    /// and gives the id.
    pub(crate) fn user(&mut self, members: Value) -> String {
        let user = self.document(members);
        let created = self.create("Users", &user);
        let created = created.unwrap_or_else(|error| panic!("{user} is refused: {error}"));
        created.id().expect("the reader demands an id").to_owned()
    }

    /// The document of a user of a fresh name and a work e-mail, with these members besides or
    /// instead; a null takes one away.
    pub(crate) fn document(&mut self, members: Value) -> Value {
        let name = self.fresh_name("user");
        let mut user = json!({
            "schemas": [USER],
            "userName": name,
            "emails": [{ "type": "work", "value": format!("{name}@example.test") }],
        });
        let (Value::Object(user), Value::Object(members)) = (&mut user, members) else {
            panic!("members are an object");
        };
        user.extend(members);
        user.retain(|_, value| !value.is_null());
        Value::Object(std::mem::take(user))
    }
}
