//! The requests of SCIM, built and not sent (RFC 7644, section 3).

mod query;

use std::fmt::Display;

use http::{HeaderName, HeaderValue, Method, Request, Uri, header};

pub use self::query::{Search, SortOrder};
use crate::patch::PatchRequest;
use crate::tenant_url::TenantUrl;
use crate::version::EntityTag;

/// The media type of SCIM.
pub const MEDIA_TYPE: &str = "application/scim+json";

/// The query flags of Entra in a tenant URL. They change what Entra writes. Whether it also leaves them in the address
/// is not documented; see [`Endpoint::sending_flags`].
const ENTRA_FLAGS: [&str; 2] = ["aadOptscim062020", "AzureAdScimPatch2017"];

/// Builds requests to one SCIM service.
///
/// A type of resources is named by its endpoint: `Users`, or `/Users` as a ResourceType has it.
/// No request carries credentials: whoever sends it adds them. What cannot be asked leaves the URI `/`, which has no
/// host and which no transport can send: a target longer than the 65,534 bytes of an [`http::Uri`], and an identifier
/// that is empty, `.` or `..`, by which clients would climb out of the collection, however it is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    tenant_url: TenantUrl,
    sends_flags: bool,
}

impl Endpoint {
    /// The service behind a tenant URL. The URL's own query travels with every request, but for Entra's flags
    /// (`aadOptscim062020`, `AzureAdScimPatch2017`), which are taken as a word to Entra and not to the service.
    pub fn new(tenant_url: TenantUrl) -> Self {
        Self { tenant_url, sends_flags: false }
    }

    /// The same with the flags in every request, as a service sees them if Entra does not take them out: the
    /// documentation does not say whether it does.
    #[must_use]
    pub fn sending_flags(self) -> Self {
        Self { sends_flags: true, ..self }
    }

    /// The tenant URL.
    pub fn tenant_url(&self) -> &TenantUrl {
        &self.tenant_url
    }

    /// Asks for resources: `GET /Users?filter=…`; with an empty type for those of all types at once
    /// (RFC 7644, section 3.4.2.1).
    pub fn search(&self, resource_type: &str, search: &Search) -> Request<Vec<u8>> {
        let segments: Vec<&str> = collection(resource_type).collect();
        self.request(Method::GET, &segments, Some(search), None)
    }

    /// Asks for resources with the question in the body: `POST /Users/.search` (RFC 7644, section 3.4.3). So a filter
    /// neither outgrows an address nor stands in anybody's log. Entra does not ask like that.
    pub fn search_by_post(&self, resource_type: &str, search: &Search) -> Request<Vec<u8>> {
        let body = search.to_value().to_string();
        let segments: Vec<&str> = collection(resource_type).chain([".search"]).collect();
        self.request(Method::POST, &segments, None, Some(body))
    }

    /// Asks for one resource by its identifier. Of the search only the attributes make sense here.
    pub fn get(&self, resource_type: &str, id: &str, search: &Search) -> Request<Vec<u8>> {
        self.request(Method::GET, &[bare(resource_type), id], Some(search), None)
    }

    /// Creates a resource, given as a JSON value or as a [`Resource`](crate::resource::Resource).
    pub fn create(&self, resource_type: &str, resource: &impl Display) -> Request<Vec<u8>> {
        self.request(Method::POST, &[bare(resource_type)], None, Some(resource.to_string()))
    }

    /// Puts a resource in the place of the one with this identifier. A [`Resource`](crate::resource::Resource) that
    /// was read from an answer is sent as it came, byte for byte, but for what was changed in it.
    pub fn replace(
        &self,
        resource_type: &str,
        id: &str,
        resource: &impl Display,
    ) -> Request<Vec<u8>> {
        self.request(Method::PUT, &[bare(resource_type), id], None, Some(resource.to_string()))
    }

    /// Changes a resource.
    pub fn patch(&self, resource_type: &str, id: &str, request: &PatchRequest) -> Request<Vec<u8>> {
        self.request(
            Method::PATCH,
            &[bare(resource_type), id],
            None,
            Some(request.to_value().to_string()),
        )
    }

    /// Deletes a resource.
    pub fn delete(&self, resource_type: &str, id: &str) -> Request<Vec<u8>> {
        self.request(Method::DELETE, &[bare(resource_type), id], None, None)
    }

    /// Asks which schemas the service knows.
    pub fn schemas(&self) -> Request<Vec<u8>> {
        self.request(Method::GET, &["Schemas"], None, None)
    }

    /// Asks which types of resources the service keeps.
    pub fn resource_types(&self) -> Request<Vec<u8>> {
        self.request(Method::GET, &["ResourceTypes"], None, None)
    }

    /// Asks what the service can do.
    pub fn service_provider_config(&self) -> Request<Vec<u8>> {
        self.request(Method::GET, &["ServiceProviderConfig"], None, None)
    }

    fn request(
        &self,
        method: Method,
        segments: &[&str],
        search: Option<&Search>,
        body: Option<String>,
    ) -> Request<Vec<u8>> {
        let mut request = Request::new(Vec::new());
        *request.method_mut() = method;
        if !segments.iter().any(|segment| ["", ".", ".."].contains(segment)) {
            *request.uri_mut() = self.target(segments, search).parse::<Uri>().unwrap_or_default();
        }
        let media_type = header::HeaderValue::from_static(MEDIA_TYPE);
        request.headers_mut().insert(header::ACCEPT, media_type.clone());
        if let Some(body) = body {
            request.headers_mut().insert(header::CONTENT_TYPE, media_type);
            *request.body_mut() = body.into_bytes();
        }
        request
    }

    /// The address: the tenant URL's own query stays, with or without Entra's flags.
    fn target(&self, segments: &[&str], search: Option<&Search>) -> String {
        let mut target = self.tenant_url.origin() + self.tenant_url.path();
        for segment in segments {
            target.push('/');
            query::encode(segment, "%20", &mut target);
        }
        let own = self
            .tenant_url
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty() && (self.sends_flags || !is_flag(pair)));
        let asked = search.map(Search::pairs).unwrap_or_default();
        for (index, pair) in own.map(str::to_owned).chain(asked).enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.push_str(&pair);
        }
        target
    }
}

/// The request, to be done only if the resource still has this version; else the answer is 412
/// ([`ProtocolError::Changed`](crate::answer::ProtocolError::Changed); RFC 7644, section 3.14).
#[must_use]
pub fn if_match(request: Request<Vec<u8>>, version: &EntityTag) -> Request<Vec<u8>> {
    conditional(request, header::IF_MATCH, version)
}

/// The request, to be answered only if the resource has another version; else the answer is 304
/// ([`ProtocolError::NotModified`](crate::answer::ProtocolError::NotModified); RFC 7644, section 3.14).
#[must_use]
pub fn if_none_match(request: Request<Vec<u8>>, version: &EntityTag) -> Request<Vec<u8>> {
    conditional(request, header::IF_NONE_MATCH, version)
}

fn conditional(
    mut request: Request<Vec<u8>>,
    condition: HeaderName,
    version: &EntityTag,
) -> Request<Vec<u8>> {
    // A tag has neither blanks nor control characters, so it fits into a header.
    let value = HeaderValue::from_bytes(version.to_string().as_bytes()).ok();
    request.headers_mut().extend(value.map(|value| (condition, value)));
    request
}

/// The segment of a type's collection; none where all types are meant.
fn collection(resource_type: &str) -> impl Iterator<Item = &str> {
    Some(bare(resource_type)).filter(|segment| !segment.is_empty()).into_iter()
}

fn bare(resource_type: &str) -> &str {
    resource_type.trim_start_matches('/')
}

fn is_flag(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    ENTRA_FLAGS.iter().any(|flag| name.eq_ignore_ascii_case(flag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::Filter;
    use crate::patch::{Operation, Spelling};

    fn endpoint(url: &str) -> Endpoint {
        Endpoint::new(TenantUrl::parse(url).expect("a tenant URL"))
    }

    #[test]
    fn the_query_is_spelled_as_entra_spells_it() {
        let filter = Filter::parse(r#"name.familyName eq "O'Hara+Ö#\\[1]""#).expect("a filter");
        let request = endpoint("https://h/scim").search("Users", &Search::filtered(filter));
        let query = request.uri().query();
        assert_eq!(
            query,
            Some("filter=name.familyName+eq+%22O%27Hara%2B%C3%96%23%5C%5C%5B1%5D%22")
        );
    }

    #[test]
    fn the_flags_of_entra_are_not_sent_and_other_parameters_are() {
        let request = endpoint("https://h").search("/Groups", &Search::default());
        assert_eq!(request.uri(), "https://h/Groups");
        let request = endpoint("https://h/scim?tenant=7&aadOptscim062020").schemas();
        assert_eq!(request.uri(), "https://h/scim/Schemas?tenant=7");
        let search = Search { start_index: Some(1), count: Some(20), ..Search::default() };
        let request = endpoint("https://h/scim?aadOptscim062020&tenant=7").search("Users", &search);
        assert_eq!(request.uri(), "https://h/scim/Users?tenant=7&startIndex=1&count=20");
    }

    #[test]
    fn the_flags_can_be_sent_too() {
        let request = endpoint("https://h/scim?aadOptscim062020").sending_flags();
        let request = request.get("Users", "1", &Search::default());
        assert_eq!(request.uri(), "https://h/scim/Users/1?aadOptscim062020");
    }

    #[test]
    fn a_search_can_travel_in_a_body() {
        let filter = Filter::parse(r#"userName eq "ada""#).expect("a filter");
        let request = endpoint("https://h/scim?tenant=7")
            .search_by_post("/Users", &Search::filtered(filter.clone()));
        assert_eq!(
            (request.method(), request.uri().to_string().as_str()),
            (&Method::POST, "https://h/scim/Users/.search?tenant=7")
        );
        assert_eq!(
            request.headers().get("content-type").map(HeaderValue::as_bytes),
            Some(MEDIA_TYPE.as_bytes())
        );
        let body: serde_json::Value = serde_json::from_slice(request.body()).expect("JSON");
        assert_eq!(body["filter"], filter.to_string());
        let root = endpoint("https://h/scim");
        assert_eq!(root.search("", &Search::default()).uri(), "https://h/scim");
        assert_eq!(root.search_by_post("", &Search::default()).uri(), "https://h/scim/.search");
    }

    #[test]
    fn a_condition_names_a_version() {
        let tag = EntityTag::parse("W/\"3\"").expect("a tag");
        let header = |request: Request<Vec<u8>>, name: &str| {
            request.headers().get(name).map(|value| value.as_bytes().to_vec())
        };
        let delete = || endpoint("https://h").delete("Users", "1");
        assert_eq!(header(if_match(delete(), &tag), "if-match"), Some(b"W/\"3\"".to_vec()));
        assert_eq!(
            header(if_none_match(delete(), &tag), "if-none-match"),
            Some(b"W/\"3\"".to_vec())
        );
    }

    #[test]
    fn a_resource_goes_back_as_it_came() {
        let sent = r#"{ "id":"1", "rate":1.50 }"#;
        let resource: crate::resource::Resource = sent.parse().expect("an object");
        let request = endpoint("https://h").replace("Users", "1", &resource);
        assert_eq!(request.body(), sent.as_bytes());
    }

    #[test]
    fn an_identifier_stays_one_segment() {
        let request = endpoint("https://h").delete("Users", "a/b c?d");
        assert_eq!(request.uri(), "https://h/Users/a%2Fb%20c%3Fd");
    }

    #[test]
    fn writes_name_their_media_type_and_nothing_carries_credentials() {
        let change = PatchRequest::new(vec![Operation::remove("title")]).spelled(Spelling::Capital);
        let request = endpoint("https://h").patch("Users", "1", &change);
        assert_eq!(
            request.headers().get("content-type").map(|value| value.as_bytes()),
            Some(MEDIA_TYPE.as_bytes())
        );
        assert_eq!(
            request.headers().get("accept").map(|value| value.as_bytes()),
            Some(MEDIA_TYPE.as_bytes())
        );
        assert!(!request.headers().contains_key("authorization"));
        assert!(request.body().ends_with(br#""Operations":[{"op":"Remove","path":"title"}]}"#));
        assert!(!endpoint("https://h").resource_types().headers().contains_key("content-type"));
    }

    #[test]
    fn what_would_hit_another_target_cannot_be_sent() {
        for id in ["x".repeat(70_000).as_str(), "", ".", ".."] {
            assert_eq!(endpoint("https://h").delete("Users", id).uri().host(), None);
        }
        let request = endpoint("https://h/scim").delete("Users", "...");
        assert_eq!(request.uri(), "https://h/scim/Users/...");
    }
}
