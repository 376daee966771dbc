//! The service provider: a request goes in, an answer comes out.

use http::{Request, Response, StatusCode};
use scim::message::ScimType;
use scim::patch::Dialect;
use scim::resource::Resource;
use serde_json::Value;

use crate::admission::Admission;
use crate::exchange::Exchange;
use crate::journal::Journal;
use crate::quirk::Quirks;
use crate::refusal::Refusal;
use crate::route::Route;
use crate::store::Kept;
use crate::store::{MemberRules, Store};
use crate::{JournalEntry, Moment, ResourceType, Settings, gate, interference};

/// A SCIM service provider with its users and groups.
#[derive(Clone, Debug)]
pub struct Sandbox {
    settings: Settings,
    store: Store,
    journal: Journal,
    /// How many requests came so far.
    received: u64,
}

impl Sandbox {
    /// The token of the default settings. It protects nothing and may be shown to everybody.
    pub const PUBLIC_TOKEN: &str = "sandbox";

    /// An empty service provider.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let store = Store::new(settings.seed);
        Self { settings, store, journal: Journal::default(), received: 0 }
    }

    /// Answers a request. Whatever is asked, there is an answer; errors are SCIM's own
    /// (RFC 7644 section 3.12).
    pub fn handle(&mut self, request: &Request<Vec<u8>>, now: &Moment) -> Response<Vec<u8>> {
        self.received += 1;
        let response = match interference::instead(&self.settings.quirks, self.received, *now) {
            Some(response) => response,
            None => self.answer(request, *now).unwrap_or_else(Refusal::into_response),
        };
        let response = interference::spoil(&self.settings.quirks, response);
        let uri = request.uri();
        let path = uri.path_and_query().map_or(uri.path(), |whole| whole.as_str());
        self.journal.note(request.method(), path.to_owned(), response.status());
        response
    }

    /// Stores a resource as a POST would, without a request: for the data that is there before
    /// anybody asks. An `id` that the resource brings is kept, so that the members of a group can
    /// be named beforehand; the members must have been inserted before the group.
    ///
    /// # Errors
    /// What a POST would be refused for: an attribute that is missing or has the wrong type, a
    /// value that is taken, a member that does not exist. An id that is taken or empty.
    pub fn insert(
        &mut self,
        resource_type: ResourceType,
        resource: Value,
        now: &Moment,
    ) -> Result<String, Refusal> {
        let Value::Object(document) = resource else {
            return Err(Refusal::invalid(
                ScimType::InvalidSyntax,
                "a resource must be a JSON object",
            ));
        };
        let id = match document.get("id") {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) if !id.is_empty() => Some(id.clone()),
            Some(_) => {
                let detail = "`id` must be text in quotes, and not empty";
                return Err(Refusal::invalid(ScimType::InvalidValue, detail));
            }
        };
        let schemas = &self.settings.schemas;
        // What is seeded need not repeat the URNs of its schemas.
        let admission =
            Admission { schemas, resource_type, dialect: Dialect::Entra, text_booleans: false };
        let attributes = admission.admit(document)?;
        self.store.check_unique(resource_type, &attributes, None, schemas)?;
        self.store.create(resource_type, attributes, id, MemberRules::default(), *now)
    }

    /// The users, as created.
    pub fn users(&self) -> impl Iterator<Item = Resource> {
        self.store.shelf(ResourceType::User).iter().map(Kept::read)
    }

    /// The groups, as created.
    pub fn groups(&self) -> impl Iterator<Item = Resource> {
        self.store.shelf(ResourceType::Group).iter().map(Kept::read)
    }

    /// The last 10,000 requests, oldest first.
    #[must_use]
    pub fn journal(&self) -> &[JournalEntry] {
        self.journal.entries()
    }

    /// The quirks that are on.
    #[must_use]
    pub fn quirks(&self) -> &Quirks {
        &self.settings.quirks
    }

    /// Behaves in another way from now on; what is stored stays.
    pub fn set_quirks(&mut self, quirks: Quirks) {
        self.settings.quirks = quirks;
    }

    fn answer(
        &mut self,
        request: &Request<Vec<u8>>,
        now: Moment,
    ) -> Result<Response<Vec<u8>>, Refusal> {
        let path = request.uri().path();
        let route = Route::of(path, &self.settings.base_path).ok_or_else(|| {
            let base = &self.settings.base_path;
            let detail = format!("nothing lies at `{path}`: the endpoints are below `{base}`");
            Refusal::new(StatusCode::NOT_FOUND, detail)
        })?;
        gate::check(&self.settings, &route, request)?;
        let number = self.received;
        Exchange::new(&self.settings, &mut self.store, request, number, now).answer(&route)
    }
}
