//! Why a request is not done, and how that is said in SCIM (RFC 7644 section 3.12).

use http::header::{HeaderName, HeaderValue};
use http::{Response, StatusCode};
use scim::message::{Error, ScimType};
use std::fmt;

use crate::reply;

/// A request, or a resource to be [inserted](crate::Sandbox::insert), that the sandbox refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    status: StatusCode,
    scim_type: Option<ScimType>,
    detail: String,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, scim_type: None, detail: detail.into(), header: None }
    }

    /// A 400 with one of the keywords of RFC 7644 table 9.
    pub(crate) fn invalid(scim_type: ScimType, detail: impl Into<String>) -> Self {
        Self { scim_type: Some(scim_type), ..Self::new(StatusCode::BAD_REQUEST, detail) }
    }

    /// A 409: a value that only one resource may have is taken.
    pub(crate) fn taken(detail: impl Into<String>) -> Self {
        Self { scim_type: Some(ScimType::Uniqueness), ..Self::new(StatusCode::CONFLICT, detail) }
    }

    pub(crate) fn with_header(self, name: HeaderName, value: HeaderValue) -> Self {
        Self { header: Some((name, value)), ..self }
    }

    /// The HTTP status, such as 409.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The keyword that says which kind of 400 or 409 it is.
    #[must_use]
    pub fn scim_type(&self) -> Option<ScimType> {
        self.scim_type
    }

    pub(crate) fn into_response(self) -> Response<Vec<u8>> {
        let message = Error::new(self.status.as_u16(), self.scim_type, self.detail);
        let mut response = reply::document(self.status, &message);
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Refusal {}
