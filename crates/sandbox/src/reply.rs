//! Answers as `http` values.

use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use serde::Serialize;

/// The media type of SCIM (RFC 7644 section 8.1).
pub(crate) const SCIM_JSON: HeaderValue = HeaderValue::from_static("application/scim+json");

/// An answer with this document.
pub(crate) fn document(status: StatusCode, document: &impl Serialize) -> Response<Vec<u8>> {
    // What is written here has text for keys, so that writing it cannot fail.
    let mut response = empty(status);
    *response.body_mut() = serde_json::to_vec(document).unwrap_or_default();
    response.headers_mut().insert(CONTENT_TYPE, SCIM_JSON);
    response
}

/// An answer without a body.
pub(crate) fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}
