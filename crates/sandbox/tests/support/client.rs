//! A client that speaks to the sandbox in one line, with a clock that moves a second a request.

use http::{HeaderMap, Request};
use sandbox::{Moment, Sandbox, Settings};
use serde_json::Value;

pub(crate) struct Client {
    pub(crate) sandbox: Sandbox,
    unix_millis: i64,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// Null where there is no body.
    pub(crate) body: Value,
}

impl Client {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { sandbox: Sandbox::new(settings), unix_millis: 1_767_225_600_000 }
    }

    /// Sends a request with the token; the path is below the base, a null is no body.
    pub(crate) fn send(&mut self, method: &str, path: &str, body: Value) -> Answer {
        self.send_with(method, path, body, &[("authorization", "Bearer sandbox")])
    }

    /// Sends a request with these headers and no others but the content type.
    pub(crate) fn send_with(
        &mut self,
        method: &str,
        path: &str,
        body: Value,
        headers: &[(&str, &str)],
    ) -> Answer {
        let uri = format!("https://sandbox.example/scim/v2{path}");
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let bytes = if body.is_null() { Vec::new() } else { serde_json::to_vec(&body).unwrap() };
        if !body.is_null() {
            request = request.header("content-type", "application/scim+json");
        }
        self.unix_millis += 1000;
        let moment = Moment::from_unix_millis(self.unix_millis);
        let response = self.sandbox.handle(&request.body(bytes).unwrap(), &moment);
        let (parts, bytes) = response.into_parts();
        // What is no JSON is kept as text.
        let body = match serde_json::from_slice(&bytes) {
            _ if bytes.is_empty() => Value::Null,
            Ok(body) => body,
            Err(_) => Value::from(String::from_utf8(bytes).unwrap()),
        };
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, Value::Null)
    }

    /// Searches with a filter that is written as people write it.
    pub(crate) fn find(&mut self, endpoint: &str, filter: &str) -> Answer {
        let encoded: String = filter.bytes().map(|byte| format!("%{byte:02X}")).collect();
        self.get(&format!("{endpoint}?filter={encoded}"))
    }

    /// Creates a resource and tells its id.
    pub(crate) fn create(&mut self, endpoint: &str, body: Value) -> String {
        let answer = self.send("POST", endpoint, body);
        assert_eq!(answer.status, 201, "{:?}", answer.body);
        answer.body["id"].as_str().unwrap().to_owned()
    }
}

impl Answer {
    /// The names under this attribute of the resources in a list.
    pub(crate) fn listed(&self, attribute: &str) -> Vec<&str> {
        let resources = self.body["Resources"].as_array().expect("a list");
        resources.iter().map(|resource| resource[attribute].as_str().unwrap()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Checks that this is an error message of RFC 7644 section 3.12.
    #[track_caller]
    pub(crate) fn is_error(&self, status: u16, scim_type: Option<&str>) {
        let body = &self.body;
        assert_eq!(self.status, status, "{body}");
        assert_eq!(self.header("content-type"), "application/scim+json");
        assert_eq!(body["schemas"][0], "urn:ietf:params:scim:api:messages:2.0:Error");
        assert_eq!(body["status"], status.to_string().as_str());
        assert_eq!(body["scimType"].as_str(), scim_type, "{body}");
        assert!(body["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{body}");
    }
}
