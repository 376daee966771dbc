//! What a service provider answered: a list, a resource, nothing, or what went wrong.

mod body;
mod error;
mod header;
mod said;

use http::Response;
use serde_json::Value;
use serde_json::value::RawValue;

pub use self::error::ProtocolError;
pub use self::header::{Label, RetryAfter, version};
pub use self::said::Said;
use crate::json;
use crate::message::ListResponse;
use crate::resource::Resource;
use crate::resource::verbatim::Members;

/// Reads the answer to a search.
///
/// # Errors
/// Any status but success, and any body that is no ListResponse.
pub fn list(response: &Response<Vec<u8>>) -> Result<ListResponse, ProtocolError> {
    read_list(body::read(response)?.ok_or(ProtocolError::Empty)?)
}

/// Reads the answer to a read or a create.
///
/// # Errors
/// Any status but success, and any body that is no resource with an `id`.
pub fn resource(response: &Response<Vec<u8>>) -> Result<Resource, ProtocolError> {
    read_resource(body::read(response)?.ok_or(ProtocolError::Empty)?)
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
    read_value(body::read(response)?.ok_or(ProtocolError::Empty)?)
}

fn read_value(body: &[u8]) -> Result<Value, ProtocolError> {
    json::read(body).map_err(ProtocolError::Unreadable)
}

fn read_resource(body: &[u8]) -> Result<Resource, ProtocolError> {
    let missing = |missing| ProtocolError::NotAResource { missing };
    // JSON is UTF-8 (RFC 8259, section 8.1); what is not is found by the reader, with its place.
    let text = str::from_utf8(body).unwrap_or_default();
    let Ok(resource) = text.parse::<Resource>() else {
        return Err(read_value(body).err().unwrap_or(missing("a JSON object")));
    };
    match resource.id() {
        Some(id) if !id.is_empty() => Ok(resource),
        _ => Err(missing("the member `id`")),
    }
}

/// A list must say how many there are; the other numbers are optional unless there are more pages.
fn read_list(body: &[u8]) -> Result<ListResponse, ProtocolError> {
    let missing = |missing| ProtocolError::NotAList { missing };
    // What cannot be read is read once more as plain JSON, to tell broken JSON from JSON of another kind.
    let or_not_json = |what| read_value(body).err().unwrap_or(missing(what));
    let Ok(Members(members)) = serde_json::from_slice(body) else {
        return Err(or_not_json("a JSON object"));
    };
    let member = |name: &str| {
        members
            .iter()
            .rev()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, text)| text.get())
    };
    let number = |name: &str| member(name).and_then(|text| serde_json::from_str(text).ok());
    let total_results: u64 =
        number("totalResults").ok_or_else(|| or_not_json("the number `totalResults`"))?;
    let texts: Vec<&RawValue> = match member("Resources") {
        // A list without hits may leave it out (RFC 7644, section 3.4.2).
        None | Some("null") if total_results == 0 => Vec::new(),
        None => return Err(missing("the list `Resources`")),
        Some(text) => {
            serde_json::from_str(text).map_err(|_| or_not_json("the list `Resources`"))?
        }
    };
    let resources: Vec<Resource> = texts
        .into_iter()
        .map(|text| text.get().parse())
        .collect::<Result<_, _>>()
        .map_err(|_| or_not_json("objects in `Resources`"))?;
    Ok(ListResponse {
        total_results,
        start_index: number("startIndex").unwrap_or(1),
        items_per_page: number("itemsPerPage").unwrap_or(resources.len() as u64),
        resources,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::JsonFault;

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
    fn every_byte_of_a_resource_is_kept() {
        let first = r#"{ "id":"1", "snowflake":12345678901234567890123, "rate":1.50 }"#;
        let body = format!(
            "{{\"totalResults\":2,\"Resources\":[{first} , {{\"id\":\"2\",\"id\":\"3\"}}]}}"
        );
        let read = list(&response(200, &[], &body)).expect("a list");
        let sent: Vec<_> = read.resources.iter().map(Resource::as_sent).collect();
        assert_eq!(sent, [Some(first), Some(r#"{"id":"2","id":"3"}"#)]);
        let alone = resource(&response(200, &[], first)).expect("a resource");
        assert_eq!(alone.to_string(), first);
    }

    #[test]
    fn a_status_says_what_to_repair() {
        let read = |status, headers: &[(&str, &str)], body: &str| {
            list(&response(status, headers, body)).expect_err("an error")
        };
        let moved = ProtocolError::Redirect { status: 302, location: Some("/login".to_owned()) };
        assert_eq!(read(302, &[("Location", "/login")], ""), moved);
        let challenge = ProtocolError::Unauthorized {
            www_authenticate: Some("Bearer".to_owned()),
            said: Said::Text { excerpt: "x".to_owned() },
        };
        assert_eq!(read(401, &[("WWW-Authenticate", "Bearer")], "x"), challenge);
        let later = ProtocolError::TooManyRequests {
            said: Said::Nothing,
            retry_after: Some(RetryAfter::Seconds(30)),
        };
        assert_eq!(read(429, &[("Retry-After", "30")], ""), later);
        let refused =
            read(400, &[], r#"{"status":"400","scimType":"invalidFilter","detail":"no"}"#);
        assert_eq!(
            refused.scim_error().and_then(|error| error.scim_type.as_deref()),
            Some("invalidFilter")
        );
        assert_eq!(
            read(404, &[], "<html>"),
            ProtocolError::NotFound { said: Said::Html { title: None } }
        );
        assert_eq!(read(304, &[], ""), ProtocolError::NotModified);
        assert_eq!(read(412, &[], ""), ProtocolError::Changed { said: Said::Nothing });
        let told = read(500, &[("Retry-After", "7")], r#"{"message":"no seats left"}"#);
        assert_eq!(told.retry_after(), Some(RetryAfter::Seconds(7)));
        assert_eq!(
            told.to_string(),
            "the server failed (status 500); it says: no seats left (JSON, but no SCIM error message)"
        );
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
        let read = |body: &str| match list(&response(200, &[], body)) {
            Err(ProtocolError::Unreadable(fault)) => Some(fault),
            _ => None,
        };
        let position = |body: &str| match read(body) {
            Some(JsonFault::Broken { position, .. }) => Some(position),
            _ => None,
        };
        assert_eq!(position("{\n  \"a\": nope }"), Some(10));
        let half = r#"{"totalResults":1,"Resources":[{"id":"1","title":"\ud83d"}]}"#;
        assert_eq!(position(half), half.find("\"}]"));
        let deep = format!("{{\"totalResults\":{}{}}}", "[".repeat(64), "]".repeat(64));
        assert_eq!(read(&deep), Some(JsonFault::TooDeep));
    }
}
