//! The messages that carry resources: lists and errors (RFC 7644, sections 3.4.2 and 3.12).

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use crate::resource::Resource;

/// The URN of a list of resources.
pub const LIST_RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
/// The URN of an error.
pub const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
/// The URN of a PATCH request.
pub const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/// The URN of a search sent with POST.
pub const SEARCH_REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/// One page of the resources that answer a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListResponse {
    /// How many resources answer the query, on all pages.
    pub total_results: u64,
    /// The number of the first resource of this page; the very first is 1.
    pub start_index: u64,
    /// How many resources this page has.
    pub items_per_page: u64,
    /// The resources.
    pub resources: Vec<Resource>,
}

impl Serialize for ListResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({
            "schemas": [LIST_RESPONSE],
            "totalResults": self.total_results,
            "startIndex": self.start_index,
            "itemsPerPage": self.items_per_page,
            "Resources": self.resources,
        })
        .serialize(serializer)
    }
}

/// The error that a service provider answers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The HTTP status, repeated in the body.
    pub status: u16,
    /// The RFC's keyword, or whatever word the server sent.
    pub scim_type: Option<String>,
    /// For people.
    pub detail: Option<String>,
}

impl Error {
    /// An error with the RFC's keyword.
    pub fn new(status: u16, scim_type: Option<ScimType>, detail: impl Into<String>) -> Self {
        Self {
            status,
            scim_type: scim_type.map(|word| word.as_str().to_owned()),
            detail: Some(detail.into()),
        }
    }

    /// Reads an error message; the status may be a string, as the RFC has it, or a number.
    /// `None` where the value does not look like one.
    pub fn from_value(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let says_so = value
            .get("schemas")
            .and_then(Value::as_array)
            .is_some_and(|urns| urns.iter().any(|urn| urn == ERROR));
        let status = match value.get("status") {
            Some(Value::String(status)) => status.trim().parse().ok(),
            Some(Value::Number(status)) => {
                status.as_u64().and_then(|status| u16::try_from(status).ok())
            }
            _ => None,
        };
        let error = Self {
            status: status.unwrap_or_default(),
            scim_type: text("scimType"),
            detail: text("detail"),
        };
        (says_so || status.is_some() || error.scim_type.is_some() || error.detail.is_some())
            .then_some(error)
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut message = json!({ "schemas": [ERROR], "status": self.status.to_string() });
        if let Some(members) = message.as_object_mut() {
            members.extend(
                self.scim_type
                    .as_ref()
                    .map(|word| ("scimType".to_owned(), Value::from(word.as_str()))),
            );
            members.extend(
                self.detail.as_ref().map(|text| ("detail".to_owned(), Value::from(text.as_str()))),
            );
        }
        message.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Error {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_value(&value).ok_or_else(|| serde::de::Error::custom("not a SCIM error message"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.status)?;
        if let Some(word) = &self.scim_type {
            write!(f, " {word}")?;
        }
        match &self.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// The keywords that say which kind of 400 or 409 it is (RFC 7644, table 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScimType {
    /// The filter is malformed or cannot be answered.
    InvalidFilter,
    /// More resources answer than the server will send.
    TooMany,
    /// A value is taken.
    Uniqueness,
    /// An attribute may not be changed like that.
    Mutability,
    /// The body is not what the request asks for.
    InvalidSyntax,
    /// The path of a PATCH operation is malformed or names nothing.
    InvalidPath,
    /// The path of a PATCH operation selects nothing that could be changed.
    NoTarget,
    /// A value is missing or not of its type.
    InvalidValue,
    /// The version of the protocol is not supported.
    InvalidVers,
    /// The request would put a secret into a URI.
    Sensitive,
}

impl ScimType {
    /// The keyword.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidFilter => "invalidFilter",
            Self::TooMany => "tooMany",
            Self::Uniqueness => "uniqueness",
            Self::Mutability => "mutability",
            Self::InvalidSyntax => "invalidSyntax",
            Self::InvalidPath => "invalidPath",
            Self::NoTarget => "noTarget",
            Self::InvalidValue => "invalidValue",
            Self::InvalidVers => "invalidVers",
            Self::Sensitive => "sensitive",
        }
    }
}

impl fmt::Display for ScimType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_survives_the_wire() {
        let error = Error::new(400, Some(ScimType::InvalidFilter), "no such operator");
        let sent = serde_json::to_value(&error).expect("JSON");
        assert_eq!(sent["status"], "400");
        assert_eq!(sent["scimType"], "invalidFilter");
        assert_eq!(Error::from_value(&sent), Some(error));
    }

    #[test]
    fn an_error_is_known_by_its_members() {
        let status = |value: Value| Error::from_value(&value).map(|error| error.status);
        assert_eq!(status(json!({ "status": 409 })), Some(409));
        assert_eq!(status(json!({ "detail": "taken" })), Some(0));
        assert_eq!(status(json!({ "schemas": [ERROR] })), Some(0));
        assert_eq!(status(json!({ "message": "no SCIM here" })), None);
        assert_eq!(status(json!("text")), None);
    }
}
