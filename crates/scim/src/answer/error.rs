//! What can be wrong with an answer, told apart as far as an administrator can act on it.

use std::fmt;

use super::{RetryAfter, Said};
use crate::json::JsonFault;
use crate::message::Error;

/// Why an answer is not what SCIM promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProtocolError {
    /// 3xx: the service is somewhere else.
    Redirect {
        /// The HTTP status.
        status: u16,
        /// Where to.
        location: Option<String>,
    },
    /// 304: the resource is as the client knows it already.
    NotModified,
    /// 401: the token was not accepted.
    Unauthorized {
        /// The challenge.
        www_authenticate: Option<String>,
        /// What the server said.
        said: Said,
    },
    /// 403: the token was accepted and does not suffice.
    Forbidden {
        /// What the server said.
        said: Said,
    },
    /// 404: there is no such resource, or no SCIM service at this address.
    NotFound {
        /// What the server said.
        said: Said,
    },
    /// 412: the resource has changed since the client read it.
    Changed {
        /// What the server said.
        said: Said,
    },
    /// 429: too many requests.
    TooManyRequests {
        /// What the server said.
        said: Said,
        /// When to come back.
        retry_after: Option<RetryAfter>,
    },
    /// 5xx: the server failed.
    ServerFault {
        /// The HTTP status.
        status: u16,
        /// What the server said.
        said: Said,
        /// When to come back.
        retry_after: Option<RetryAfter>,
    },
    /// Any other status but success.
    Status {
        /// The HTTP status.
        status: u16,
        /// What the server said.
        said: Said,
        /// When to come back.
        retry_after: Option<RetryAfter>,
    },
    /// A web page, most likely that of a sign-in or of a wrong address.
    Html {
        /// Its title.
        title: Option<String>,
    },
    /// Success without the body it should have.
    Empty,
    /// The body is not JSON, or too long or too deep to be read.
    Unreadable(JsonFault),
    /// The body is JSON and no ListResponse.
    NotAList {
        /// What it lacks.
        missing: &'static str,
    },
    /// The body is JSON and no resource.
    NotAResource {
        /// What it lacks.
        missing: &'static str,
    },
}

impl ProtocolError {
    /// What the server said beside a status of failure.
    pub fn said(&self) -> &Said {
        match self {
            Self::Unauthorized { said, .. }
            | Self::Forbidden { said }
            | Self::NotFound { said }
            | Self::Changed { said }
            | Self::TooManyRequests { said, .. }
            | Self::ServerFault { said, .. }
            | Self::Status { said, .. } => said,
            _ => &Said::Nothing,
        }
    }

    /// What the server said in SCIM's own words.
    pub fn scim_error(&self) -> Option<&Error> {
        self.said().scim()
    }

    /// When the server wants to be asked again, where it said so.
    pub fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Self::TooManyRequests { retry_after, .. }
            | Self::ServerFault { retry_after, .. }
            | Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The HTTP status, where that is what is wrong.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Redirect { status, .. }
            | Self::ServerFault { status, .. }
            | Self::Status { status, .. } => Some(*status),
            Self::NotModified => Some(304),
            Self::Unauthorized { .. } => Some(401),
            Self::Forbidden { .. } => Some(403),
            Self::NotFound { .. } => Some(404),
            Self::Changed { .. } => Some(412),
            Self::TooManyRequests { .. } => Some(429),
            _ => None,
        }
    }
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redirect { status, location: Some(location) } => {
                write!(f, "the server redirects to `{location}` (status {status})")
            }
            Self::Redirect { status, location: None } => {
                write!(f, "the server redirects without saying where (status {status})")
            }
            Self::NotModified => f.write_str("the resource has not changed (status 304)"),
            Self::Changed { .. } => {
                f.write_str("the resource has changed since it was read (status 412)")
            }
            Self::Unauthorized { .. } => {
                f.write_str("the server does not accept the token (status 401)")
            }
            Self::Forbidden { .. } => {
                f.write_str("the server accepts the token and refuses the request (status 403)")
            }
            Self::NotFound { .. } => {
                f.write_str("the server has nothing at this address (status 404)")
            }
            Self::TooManyRequests { .. } => {
                f.write_str("the server asks for fewer requests (status 429)")
            }
            Self::ServerFault { status, .. } => write!(f, "the server failed (status {status})"),
            Self::Status { status, .. } => {
                write!(f, "the server refuses the request (status {status})")
            }
            Self::Html { title: Some(title) } => {
                write!(f, "the server answered with the web page `{title}`")
            }
            Self::Html { title: None } => f.write_str("the server answered with a web page"),
            Self::Empty => f.write_str("the server answered without a body"),
            Self::Unreadable(fault) => write!(f, "the answer cannot be read: {fault}"),
            Self::NotAList { missing } => {
                write!(f, "the answer is no ListResponse: it lacks {missing}")
            }
            Self::NotAResource { missing } => {
                write!(f, "the answer is no resource: it lacks {missing}")
            }
        }?;
        match self.said() {
            Said::Nothing => Ok(()),
            said => write!(f, "; it says: {said}"),
        }
    }
}

impl std::error::Error for ProtocolError {}
