//! What the headers of an answer say: its media type, its version, and when to come back.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, Response, header};

use crate::endpoint::MEDIA_TYPE;
use crate::resource::Resource;
use crate::version::EntityTag;

/// How an answer is labelled (RFC 7644, section 3.1, and 8.1). The readers of [`super`] believe the body, not the
/// label; a client that tests a service provider may want to say that it is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// `application/scim+json`.
    Scim,
    /// `application/json`, which RFC 7644, section 8.1, accepts for compatibility.
    Json,
    /// Another media type, without its parameters and in lower case.
    Other(String),
    /// There is no `Content-Type`.
    Missing,
}

impl Label {
    /// The label of an answer.
    pub fn of(response: &Response<Vec<u8>>) -> Self {
        let Some(text) = text(response.headers(), &header::CONTENT_TYPE) else {
            return Self::Missing;
        };
        let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            MEDIA_TYPE => Self::Scim,
            "application/json" => Self::Json,
            "" => Self::Missing,
            _ => Self::Other(essence),
        }
    }

    /// Whether it is one that SCIM allows.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Scim | Self::Json)
    }
}

/// When a service provider asks to be asked again (RFC 9110, section 10.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After so many seconds.
    Seconds(u64),
    /// At a moment.
    At {
        /// The moment, in seconds since 1970.
        unix_seconds: u64,
        /// What the server's own clock showed when it answered (`Date`), in seconds since 1970.
        answered: Option<u64>,
    },
}

impl RetryAfter {
    /// What the headers of an answer ask for; `None` where they ask for nothing, or in no form that is known.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let text = text(headers, &header::RETRY_AFTER)?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Self::Seconds(seconds));
        }
        let answered = self::text(headers, &header::DATE).and_then(unix_seconds);
        unix_seconds(text).map(|unix_seconds| Self::At { unix_seconds, answered })
    }

    /// How long that is from when the answer was given. A moment is measured by the server's own clock, so that it
    /// does not matter what ours shows; without its `Date` nothing can be said.
    pub fn seconds(self) -> Option<u64> {
        match self {
            Self::Seconds(seconds) => Some(seconds),
            Self::At { unix_seconds, answered } => Some(unix_seconds.saturating_sub(answered?)),
        }
    }
}

/// The version of a resource that was answered (RFC 7644, section 3.14): the header `ETag`, else `meta.version`.
pub fn version(response: &Response<Vec<u8>>, resource: &Resource) -> Option<EntityTag> {
    let header = text(response.headers(), &header::ETAG).and_then(EntityTag::parse);
    header.or_else(|| EntityTag::of(resource))
}

pub(super) fn text<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn unix_seconds(date: &str) -> Option<u64> {
    let moment: SystemTime = httpdate::parse_http_date(date).ok()?;
    moment.duration_since(UNIX_EPOCH).ok().as_ref().map(Duration::as_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> Response<Vec<u8>> {
        let response = Response::builder();
        let response =
            pairs.iter().fold(response, |response, (name, value)| response.header(*name, *value));
        response.body(Vec::new()).expect("a response")
    }

    #[test]
    fn a_label_is_read_without_its_parameters() {
        let label = |value: &str| Label::of(&headers(&[("Content-Type", value)]));
        assert_eq!(label("Application/SCIM+JSON; charset=utf-8"), Label::Scim);
        assert_eq!(label("application/json"), Label::Json);
        assert_eq!(label("text/html"), Label::Other("text/html".to_owned()));
        assert_eq!(label(""), Label::Missing);
        assert_eq!(Label::of(&headers(&[])), Label::Missing);
        assert!(label("application/json").is_allowed() && !label("text/json").is_allowed());
    }

    #[test]
    fn when_to_come_back_is_measured_by_the_servers_clock() {
        let after = |pairs: &[(&str, &str)]| RetryAfter::of(headers(pairs).headers());
        let seconds = |pairs: &[(&str, &str)]| after(pairs).and_then(RetryAfter::seconds);
        assert_eq!(seconds(&[("Retry-After", " 120 ")]), Some(120));
        let date = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
        for form in [
            "Sun, 06 Nov 1994 08:50:07 GMT",
            "Sunday, 06-Nov-94 08:50:07 GMT",
            "Sun Nov  6 08:50:07 1994",
        ] {
            assert_eq!(seconds(&[("Retry-After", form), date]), Some(30), "{form}");
        }
        assert_eq!(seconds(&[("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT"), date]), Some(0));
        let moment = after(&[("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")]);
        assert_eq!(moment, Some(RetryAfter::At { unix_seconds: 784_111_777, answered: None }));
        assert_eq!(moment.and_then(RetryAfter::seconds), None);
        for nothing in ["soon", "-1", "1.5", ""] {
            assert_eq!(after(&[("Retry-After", nothing)]), None, "{nothing}");
        }
    }

    #[test]
    fn a_version_is_told_in_two_places() {
        let resource: Resource =
            r#"{"id":"1","meta":{"version":"W/\"7\""}}"#.parse().expect("an object");
        let told =
            |pairs: &[(&str, &str)]| version(&headers(pairs), &resource).map(|tag| tag.to_string());
        assert_eq!(told(&[("ETag", "\"8\"")]).as_deref(), Some("\"8\""));
        assert_eq!(told(&[]).as_deref(), Some("W/\"7\""));
        assert_eq!(told(&[("ETag", "broken\"")]).as_deref(), Some("W/\"7\""));
    }
}
