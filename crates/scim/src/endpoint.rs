//! The requests of SCIM, built and not sent (RFC 7644, section 3).

mod query;

use http::{Method, Request, Uri, header};
use serde_json::Value;

pub use self::query::Search;
use crate::patch::PatchRequest;
use crate::tenant_url::TenantUrl;

/// The media type of SCIM.
pub const MEDIA_TYPE: &str = "application/scim+json";

/// The query flags of Entra in a tenant URL. They change what Entra writes, not what it asks the application.
const ENTRA_FLAGS: [&str; 2] = ["aadOptscim062020", "AzureAdScimPatch2017"];

/// Builds requests to one SCIM service.
///
/// A type of resources is named by its endpoint: `Users`, or `/Users` as a ResourceType has it.
/// No request carries credentials: whoever sends it adds them. A target longer than the 65,534 bytes of an
/// [`http::Uri`] leaves the URI `/`, which has no host and which no transport can send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(TenantUrl);

impl Endpoint {
    /// The service behind a tenant URL.
    pub fn new(tenant_url: TenantUrl) -> Self {
        Self(tenant_url)
    }

    /// The tenant URL.
    pub fn tenant_url(&self) -> &TenantUrl {
        &self.0
    }

    /// Asks for resources: `GET /Users?filter=…`.
    pub fn search(&self, resource_type: &str, search: &Search) -> Request<Vec<u8>> {
        self.request(Method::GET, &[bare(resource_type)], Some(search), None)
    }

    /// Asks for one resource by its identifier. Of the search only the attributes make sense here.
    pub fn get(&self, resource_type: &str, id: &str, search: &Search) -> Request<Vec<u8>> {
        self.request(Method::GET, &[bare(resource_type), id], Some(search), None)
    }

    /// Creates a resource.
    pub fn create(&self, resource_type: &str, resource: &Value) -> Request<Vec<u8>> {
        self.request(Method::POST, &[bare(resource_type)], None, Some(resource.to_string()))
    }

    /// Puts a resource in the place of the one with this identifier.
    pub fn replace(&self, resource_type: &str, id: &str, resource: &Value) -> Request<Vec<u8>> {
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
        *request.uri_mut() = self.target(segments, search).parse::<Uri>().unwrap_or_default();
        let media_type = header::HeaderValue::from_static(MEDIA_TYPE);
        request.headers_mut().insert(header::ACCEPT, media_type.clone());
        if let Some(body) = body {
            request.headers_mut().insert(header::CONTENT_TYPE, media_type);
            *request.body_mut() = body.into_bytes();
        }
        request
    }

    /// The address: the tenant URL's own query stays, but for the flags that are Entra's and not the application's.
    fn target(&self, segments: &[&str], search: Option<&Search>) -> String {
        let mut target = self.0.origin() + self.0.path();
        for segment in segments {
            target.push('/');
            query::encode(segment, "%20", &mut target);
        }
        let own = self
            .0
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_flag(pair));
        let asked = search.map(Search::pairs).unwrap_or_default();
        for (index, pair) in own.map(str::to_owned).chain(asked).enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.push_str(&pair);
        }
        target
    }
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
    fn a_target_that_is_too_long_cannot_be_sent() {
        let request = endpoint("https://h").delete("Users", &"x".repeat(70_000));
        assert_eq!(request.uri().host(), None);
    }
}
