//! What can be wrong with an answer, told apart as far as an administrator can act on it.

use std::fmt;

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
    /// 401: the token was not accepted.
    Unauthorized {
        /// The challenge.
        www_authenticate: Option<String>,
    },
    /// 403: the token was accepted and does not suffice.
    Forbidden {
        /// What the server said.
        error: Option<Error>,
    },
    /// 404: there is no such resource, or no SCIM service at this address.
    NotFound {
        /// What the server said.
        error: Option<Error>,
    },
    /// 429: too many requests.
    TooManyRequests {
        /// When to come back: seconds, or a date.
        retry_after: Option<String>,
    },
    /// 5xx: the server failed.
    ServerFault {
        /// The HTTP status.
        status: u16,
        /// What the server said.
        error: Option<Error>,
        /// When to come back: seconds, or a date.
        retry_after: Option<String>,
    },
    /// Any other status but success.
    Status {
        /// The HTTP status.
        status: u16,
        /// What the server said.
        error: Option<Error>,
        /// When to come back: seconds, or a date.
        retry_after: Option<String>,
    },
    /// A web page, most likely that of a sign-in or of a wrong address.
    Html {
        /// Its title.
        title: Option<String>,
    },
    /// Success without the body it should have.
    Empty,
    /// The body is not JSON.
    NotJson {
        /// Where it stops being JSON, in bytes from the start.
        position: usize,
        /// What is wrong there.
        detail: String,
    },
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
    /// The body is nested too deep.
    TooDeep {
        /// How deep it may be.
        limit: usize,
    },
    /// The body is too long.
    TooLarge {
        /// How many bytes it may have.
        limit: usize,
    },
}

impl ProtocolError {
    /// What the server said in SCIM's own words.
    pub fn scim_error(&self) -> Option<&Error> {
        match self {
            Self::Forbidden { error }
            | Self::NotFound { error }
            | Self::ServerFault { error, .. }
            | Self::Status { error, .. } => error.as_ref(),
            _ => None,
        }
    }

    /// The HTTP status, where that is what is wrong.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Redirect { status, .. }
            | Self::ServerFault { status, .. }
            | Self::Status { status, .. } => Some(*status),
            Self::Unauthorized { .. } => Some(401),
            Self::Forbidden { .. } => Some(403),
            Self::NotFound { .. } => Some(404),
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
            Self::NotJson { position, detail } => {
                write!(f, "the answer is not JSON: {detail} (byte {position})")
            }
            Self::NotAList { missing } => {
                write!(f, "the answer is no ListResponse: it lacks {missing}")
            }
            Self::NotAResource { missing } => {
                write!(f, "the answer is no resource: it lacks {missing}")
            }
            Self::TooDeep { limit } => write!(f, "the answer is nested deeper than {limit} levels"),
            Self::TooLarge { limit } => write!(f, "the answer is longer than {limit} bytes"),
        }?;
        match self.scim_error() {
            Some(error) => write!(f, "; it says: {error}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ProtocolError {}
