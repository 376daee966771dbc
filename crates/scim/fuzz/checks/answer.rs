//! What must hold of every answer: each reader takes it or says why not, and none takes a refusal for a success.

use http::Response;
use scim::answer::{self, ProtocolError};
use scim::discovery::{ResourceType, ServiceProviderConfig};
use scim::message;
use scim::schema::Schema;
use serde_json::Value;

/// Takes bytes as an answer: the status on a line, a header on each of the next, an empty line, and the body.
pub(crate) fn check(bytes: &[u8]) {
    let Some(response) = response(bytes) else {
        return;
    };
    let errors = [
        answer::list(&response).map(|list| serde_json::to_vec(&list).expect("JSON")).err(),
        answer::resource(&response).map(|resource| assert!(resource.id().is_some())).err(),
        answer::nothing(&response).err(),
        answer::document(&response).map(check_document).err(),
    ];
    let is_refusal = !response.status().is_success();
    assert!(!is_refusal || errors.iter().all(Option::is_some), "{response:?}");
    for error in errors.into_iter().flatten() {
        assert!(!error.to_string().is_empty());
        assert!(!is_refusal || error.status() == Some(response.status().as_u16()), "{error}");
        if let ProtocolError::NotJson { position, .. } = error {
            assert!(position <= response.body().len(), "{position}");
        }
    }
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
