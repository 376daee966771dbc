//! From status, headers and bytes to JSON.

use http::{Response, StatusCode, header};

use super::header::text;
use super::{ProtocolError, RetryAfter, Said};
use crate::json;

/// The body of a success: the text of a JSON document, or `None` where there is no body.
pub(super) fn read(response: &Response<Vec<u8>>) -> Result<Option<&[u8]>, ProtocolError> {
    if !response.status().is_success() {
        return Err(refusal(response));
    }
    let body = response.body();
    if body.trim_ascii().is_empty() {
        return Ok(None);
    }
    if is_html(response) {
        return Err(ProtocolError::Html { title: title(body) });
    }
    json::bounded(body).map(Some).map_err(ProtocolError::Unreadable)
}

/// Names the status, and keeps what the server said about it.
fn refusal(response: &Response<Vec<u8>>) -> ProtocolError {
    let header = |name| text(response.headers(), name).map(str::to_owned);
    let (said, retry_after) = (Said::of(response), RetryAfter::of(response.headers()));
    let status = response.status().as_u16();
    match response.status() {
        StatusCode::NOT_MODIFIED => ProtocolError::NotModified,
        StatusCode::UNAUTHORIZED => ProtocolError::Unauthorized {
            www_authenticate: header(&header::WWW_AUTHENTICATE),
            said,
        },
        StatusCode::FORBIDDEN => ProtocolError::Forbidden { said },
        StatusCode::NOT_FOUND => ProtocolError::NotFound { said },
        StatusCode::PRECONDITION_FAILED => ProtocolError::Changed { said },
        StatusCode::TOO_MANY_REQUESTS => ProtocolError::TooManyRequests { said, retry_after },
        code if code.is_redirection() => {
            ProtocolError::Redirect { status, location: header(&header::LOCATION) }
        }
        code if code.is_server_error() => ProtocolError::ServerFault { status, said, retry_after },
        _ => ProtocolError::Status { status, said, retry_after },
    }
}

/// Whether the body is a web page, whatever it is labelled.
pub(super) fn is_html(response: &Response<Vec<u8>>) -> bool {
    let declared = response.headers().get(header::CONTENT_TYPE).is_some_and(|value| {
        let value = value.as_bytes().to_ascii_lowercase();
        value.starts_with(b"text/html") || value.starts_with(b"application/xhtml")
    });
    // A few services send JSON under the wrong name, and more send pages under none.
    let is_blank = |byte: &&u8| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte);
    let first = response.body().iter().find(is_blank);
    first == Some(&b'<') || (declared && !matches!(first, Some(b'{' | b'[')))
}

/// The title of a web page, if it says one near its beginning.
pub(super) fn title(body: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(body.get(..body.len().min(4_096))?);
    // Lower-casing ASCII only keeps the offsets.
    let lower = head.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower.get(start..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find("</title")?;
    let title = head.get(start..end)?.trim();
    (!title.is_empty()).then(|| title.to_owned())
}
