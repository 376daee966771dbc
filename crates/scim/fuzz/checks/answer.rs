//! What must hold of every answer: each reader takes it or says why not, and none takes a refusal for a success.

use http::Response;
use scim::answer::{self, Label, ProtocolError, RetryAfter};
use scim::discovery::{ResourceType, ServiceProviderConfig};
use scim::endpoint::{Endpoint, Search};
use scim::json::JsonFault;
use scim::message::{self, ListResponse};
use scim::paging::Paging;
use scim::resource::Resource;
use scim::schema::{Schema, Schemas};
use scim::tenant_url::TenantUrl;
use serde_json::Value;

/// Takes bytes as an answer: the status on a line, a header on each of the next, an empty line, and the body.
pub(crate) fn check(bytes: &[u8]) {
    let Some(response) = response(bytes) else {
        return;
    };
    let errors = [
        answer::list(&response).map(check_list).err(),
        answer::resource(&response).map(|resource| check_resource(&resource)).err(),
        answer::nothing(&response).err(),
        answer::document(&response).map(check_document).err(),
    ];
    let is_refusal = !response.status().is_success();
    assert!(!is_refusal || errors.iter().all(Option::is_some), "{response:?}");
    for error in errors.into_iter().flatten() {
        assert!(!error.to_string().is_empty());
        assert!(!is_refusal || error.status() == Some(response.status().as_u16()), "{error}");
        if let ProtocolError::Unreadable(JsonFault::Broken { position, .. }) = error {
            assert!(position <= response.body().len(), "{position}");
        }
    }
    let _ = (Label::of(&response), RetryAfter::of(response.headers()).map(RetryAfter::seconds));
    check_paging(&response);
}

/// The same answer to every request: reading comes to an end.
fn check_paging(response: &Response<Vec<u8>>) {
    let endpoint = Endpoint::new(TenantUrl::parse("https://h/scim").expect("a URL"));
    let mut paging = Paging::new(endpoint, "Users", Search::default()).at_most(8);
    // Each page must bring somebody, even if it is nobody who could be known again.
    for _ in 0..9 {
        if paging.request().is_none() {
            break;
        }
        let _ = paging.receive(response);
    }
    assert!(paging.request().is_none(), "{response:?}");
}

fn check_list(list: ListResponse) {
    for resource in &list.resources {
        check_text(resource);
    }
    let (_, faults) = Schemas::read(&list.resources);
    assert!(faults.iter().all(|fault| fault.place.starts_with("Resources[")));
    let sent = serde_json::to_vec(&list).expect("JSON");
    assert!(serde_json::from_slice::<Value>(&sent).is_ok());
}

fn check_resource(resource: &Resource) {
    assert!(resource.id().is_some());
    check_text(resource);
}

/// What was sent is written back as it came, and once something is changed, with nothing else changed.
fn check_text(resource: &Resource) {
    assert_eq!(Some(resource.to_string().as_str()), resource.as_sent());
    let mut changed = resource.clone();
    changed.as_map_mut().insert("title".to_owned(), Value::from("Lead"));
    let again: Resource = changed.to_string().parse().expect("an object");
    assert_eq!(again, changed);
}

fn response(bytes: &[u8]) -> Option<Response<Vec<u8>>> {
    let end = bytes.windows(2).position(|two| two == b"\n\n")?;
    let mut lines = bytes.get(..end)?.split(|&byte| byte == b'\n');
    let status = str::from_utf8(lines.next()?).ok()?.parse::<u16>().ok()?;
    let mut builder = Response::builder().status(status);
    for line in lines {
        let colon = line.iter().position(|&byte| byte == b':')?;
        builder = builder.header(line.get(..colon)?, line.get(colon + 1..)?.trim_ascii());
    }
    builder.body(bytes.get(end + 2..)?.to_vec()).ok()
}

/// What discovery reads.
fn check_document(document: Value) {
    let _ = ServiceProviderConfig::from_value(&document);
    if let Some(kind) = ResourceType::from_value(&document) {
        assert!(!kind.endpoint.is_empty());
    }
    if let Some(error) = message::Error::from_value(&document) {
        let sent = serde_json::to_value(&error).expect("JSON");
        assert_eq!(message::Error::from_value(&sent), Some(error));
    }
    if let Ok(schema) = Schema::from_value(document) {
        let sent = serde_json::to_value(&schema).expect("JSON");
        assert_eq!(Schema::from_value(sent).ok(), Some(schema));
    }
}
