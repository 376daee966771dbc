//! What a service provider answered: a list, a resource, nothing, or what went wrong.

mod body;
mod error;

use http::Response;
use serde_json::Value;

pub use self::body::{MAX_BODY, MAX_DEPTH};
pub use self::error::ProtocolError;
use crate::message::ListResponse;
use crate::resource::{Resource, member};

/// Reads the answer to a search.
///
/// # Errors
/// Any status but success, and any body that is no ListResponse.
pub fn list(response: &Response<Vec<u8>>) -> Result<ListResponse, ProtocolError> {
    let value = body::read(response)?.ok_or(ProtocolError::Empty)?;
    read_list(value)
}

/// Reads the answer to a read or a create.
///
/// # Errors
/// Any status but success, and any body that is no resource with an `id`.
pub fn resource(response: &Response<Vec<u8>>) -> Result<Resource, ProtocolError> {
    let value = body::read(response)?.ok_or(ProtocolError::Empty)?;
    read_resource(value)
}

/// Reads the answer to a change or a deletion: the resource as it is now, or nothing.
///
/// # Errors
/// Any status but success, and any body that is neither empty nor a resource.
pub fn nothing(response: &Response<Vec<u8>>) -> Result<Option<Resource>, ProtocolError> {
    body::read(response)?.map(read_resource).transpose()
}

/// Reads a document that is no resource of the service's keeping, such as its configuration.
///
/// # Errors
/// Any status but success, and any body that is not JSON.
pub fn document(response: &Response<Vec<u8>>) -> Result<Value, ProtocolError> {
    body::read(response)?.ok_or(ProtocolError::Empty)
}

fn read_resource(value: Value) -> Result<Resource, ProtocolError> {
    let missing = |missing| ProtocolError::NotAResource { missing };
    let resource = Resource::from_value(value).map_err(|_| missing("a JSON object"))?;
    match resource.id() {
        Some(id) if !id.is_empty() => Ok(resource),
        _ => Err(missing("the member `id`")),
    }
}

/// A list must say how many there are; the other numbers are optional unless there are more pages.
fn read_list(value: Value) -> Result<ListResponse, ProtocolError> {
    let missing = |missing| ProtocolError::NotAList { missing };
    let Value::Object(mut members) = value else {
        return Err(missing("a JSON object"));
    };
    let number = |name: &str| member(&members, name).and_then(Value::as_u64);
    let total_results = number("totalResults").ok_or(missing("the number `totalResults`"))?;
    let (start_index, items_per_page) = (number("startIndex"), number("itemsPerPage"));
    let key = members.keys().find(|key| key.eq_ignore_ascii_case("Resources")).cloned();
    let resources = match key.and_then(|key| members.remove(&key)) {
        Some(Value::Array(items)) => items,
        // A list without hits may leave it out (RFC 7644, section 3.4.2).
        None | Some(Value::Null) if total_results == 0 => Vec::new(),
        _ => return Err(missing("the list `Resources`")),
    };
    let resources: Vec<Resource> = resources
        .into_iter()
        .map(Resource::from_value)
        .collect::<Result<_, _>>()
        .map_err(|_| missing("objects in `Resources`"))?;
    Ok(ListResponse {
        total_results,
        start_index: start_index.unwrap_or(1),
        items_per_page: items_per_page.unwrap_or(resources.len() as u64),
        resources,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response<Vec<u8>> {
        let builder = Response::builder().status(status);
        let builder =
            headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value));
        builder.body(body.as_bytes().to_vec()).expect("a response")
    }

    #[test]
    fn a_list_says_how_many() {
        let read = |body: &str| {
            list(&response(200, &[], body)).map(|list| (list.total_results, list.resources.len()))
        };
        assert_eq!(read(r#"{"totalResults":0}"#), Ok((0, 0)));
        assert_eq!(
            read(r#"{"totalresults":7,"Resources":[{"id":"1"}],"startIndex":1}"#),
            Ok((7, 1))
        );
        assert_eq!(
            read(r#"{"ok":true}"#),
            Err(ProtocolError::NotAList { missing: "the number `totalResults`" })
        );
        assert_eq!(
            read(r#"{"totalResults":1}"#),
            Err(ProtocolError::NotAList { missing: "the list `Resources`" })
        );
        assert_eq!(read("[]"), Err(ProtocolError::NotAList { missing: "a JSON object" }));
        assert_eq!(read(" "), Err(ProtocolError::Empty));
    }

    #[test]
    fn a_resource_has_an_identifier() {
        let id = |body: &str| {
            resource(&response(201, &[], body)).map(|resource| resource.id().map(str::to_owned))
        };
        assert_eq!(id("\u{FEFF}{\"id\":\"1\"}"), Ok(Some("1".to_owned())));
        assert_eq!(
            id(r#"{"id":""}"#),
            Err(ProtocolError::NotAResource { missing: "the member `id`" })
        );
        assert_eq!(nothing(&response(204, &[], "")), Ok(None));
        assert!(matches!(nothing(&response(200, &[], r#"{"id":"1"}"#)), Ok(Some(_))));
    }

    #[test]
    fn a_status_says_what_to_repair() {
        let read = |status, headers: &[(&str, &str)], body: &str| {
            list(&response(status, headers, body)).expect_err("an error")
        };
        let moved = ProtocolError::Redirect { status: 302, location: Some("/login".to_owned()) };
        assert_eq!(read(302, &[("Location", "/login")], ""), moved);
        let challenge = ProtocolError::Unauthorized { www_authenticate: Some("Bearer".to_owned()) };
        assert_eq!(read(401, &[("WWW-Authenticate", "Bearer")], "x"), challenge);
        let later = ProtocolError::TooManyRequests { retry_after: Some("30".to_owned()) };
        assert_eq!(read(429, &[("Retry-After", "30")], ""), later);
        let refused =
            read(400, &[], r#"{"status":"400","scimType":"invalidFilter","detail":"no"}"#);
        assert_eq!(
            refused.scim_error().and_then(|error| error.scim_type.as_deref()),
            Some("invalidFilter")
        );
        assert_eq!(read(404, &[], "<html>"), ProtocolError::NotFound { error: None });
        assert!(matches!(read(503, &[], ""), ProtocolError::ServerFault { status: 503, .. }));
    }

    #[test]
    fn a_web_page_is_known_by_its_look() {
        let page = "<!doctype html><TITLE lang=en> Sign in </title>";
        let title = Some("Sign in".to_owned());
        assert_eq!(list(&response(200, &[], page)), Err(ProtocolError::Html { title }));
        let declared = [("Content-Type", "Text/HTML; charset=utf-8")];
        assert_eq!(
            list(&response(200, &declared, "hello")),
            Err(ProtocolError::Html { title: None })
        );
        assert!(list(&response(200, &declared, r#"{"totalResults":0}"#)).is_ok());
    }

    #[test]
    fn what_is_not_json_is_shown_where_it_ends() {
        let position = |body: &str| match list(&response(200, &[], body)) {
            Err(ProtocolError::NotJson { position, .. }) => Some(position),
            _ => None,
        };
        assert_eq!(position("{\n  \"a\": nope }"), Some(10));
        assert_eq!(position("nonsense"), Some(1));
    }

    #[test]
    fn nesting_and_length_are_bounded() {
        let nested = |depth: usize| {
            format!(r#"{{"a[[[":{}{}}}"#, "[".repeat(depth - 1), "]".repeat(depth - 1))
        };
        assert!(document(&response(200, &[], &nested(MAX_DEPTH))).is_ok());
        let deep = document(&response(200, &[], &nested(MAX_DEPTH + 1)));
        assert_eq!(deep, Err(ProtocolError::TooDeep { limit: MAX_DEPTH }));
        let long = document(&response(200, &[], &" ".repeat(MAX_BODY + 1)));
        assert_eq!(long, Err(ProtocolError::TooLarge { limit: MAX_BODY }));
    }
}
