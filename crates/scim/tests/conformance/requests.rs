//! What Entra sends can be built, byte for byte, and what it gets can be read.

use http::Response;
use libtest_mimic::{Failed, Trial};
use scim::answer::{self, ProtocolError};
use scim::endpoint::{Endpoint, Search};
use scim::patch::PatchRequest;
use scim::tenant_url::TenantUrl;
use serde_json::Value;

use super::{each, same, text};

const BASE: &str = "https://scim.contoso.example/v2";

pub(crate) fn trials(file: &Value) -> Vec<Trial> {
    each(file, "request", check)
}

fn check(vector: &Value) -> Result<(), Failed> {
    if let Some(line) = vector.get("precededBy").and_then(Value::as_str) {
        let (method, path) = line.split_once(' ').expect("a request line");
        check_request(method, path, None)?;
    }
    if vector["method"].is_null() {
        return Ok(());
    }
    check_request(text(vector, "method"), text(vector, "path"), vector.get("body"))?;
    check_answer(vector)
}

fn check_request(method: &str, path: &str, body: Option<&Value>) -> Result<(), Failed> {
    let endpoint = Endpoint::new(TenantUrl::parse(BASE)?);
    let (route, query) = path.split_once('?').unwrap_or((path, ""));
    let mut segments = route.trim_start_matches('/').split('/');
    let (resource_type, id) = (segments.next().unwrap_or_default(), segments.next());
    let search = Search::parse(query)?;
    let request = match (method, id, body) {
        ("GET", None, None) => endpoint.search(resource_type, &search),
        ("GET", Some(id), None) => endpoint.get(resource_type, id, &search),
        ("POST", None, Some(body)) => endpoint.create(resource_type, body),
        ("PATCH", Some(id), Some(body)) => {
            endpoint.patch(resource_type, id, &PatchRequest::from_value(body.clone())?)
        }
        ("DELETE", Some(id), None) => endpoint.delete(resource_type, id),
        _ => return Err(format!("`{method} {path}` is no request of SCIM's").into()),
    };
    let target = request.uri().to_string();
    same("the method", &request.method().as_str(), &method)?;
    same("the target, decoded", &decoded(&target), &format!("{BASE}{path}"))?;
    let raw = target.split_once('?').map_or("", |(_, query)| query);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~+%&=".contains(c);
    same("the query holds unreserved characters only", &raw.chars().all(plain), &true)?;
    let expected = body.map(Value::to_string).unwrap_or_default();
    same("the body", &String::from_utf8(request.body().clone())?, &expected)?;
    same("no credentials", &request.headers().contains_key("authorization"), &false)?;
    same(
        "a content type with a body only",
        &request.headers().contains_key("content-type"),
        &body.is_some(),
    )
}

/// A reading of the wire that owes nothing to the library's.
fn decoded(target: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = target.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                u8::from_str_radix(&digits, 16).expect("two digits")
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn check_answer(vector: &Value) -> Result<(), Failed> {
    let body = vector.get("responseBody");
    let Some(status) =
        vector["responseStatus"].as_u64().and_then(|status| u16::try_from(status).ok())
    else {
        // The server did not answer.
        return Ok(());
    };
    let response = Response::builder()
        .status(status)
        .body(body.map(Value::to_string).unwrap_or_default().into_bytes())?;
    let listed = answer::list(&response);
    if status >= 300 {
        let found = listed.err().and_then(|error| error.status());
        return same("the status of the error", &found, &Some(status));
    }
    match body {
        None => same("no body, no resource", &answer::nothing(&response)?, &None),
        Some(body) if body.get("id").is_some() => {
            same("the id", &answer::resource(&response)?.id(), &body["id"].as_str())
        }
        Some(body) if body.get("Resources").is_some() => same(
            "the number of results",
            &Some(listed?.total_results),
            &body["totalResults"].as_u64(),
        ),
        Some(_) => same("no list", &matches!(listed, Err(ProtocolError::NotAList { .. })), &true),
    }
}
