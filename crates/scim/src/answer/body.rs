//! From status, headers and bytes to JSON.

use http::{Response, StatusCode, header};

use super::header::text;
use super::{ProtocolError, RetryAfter, Said};

/// How many bytes an answer may have.
pub const MAX_BODY: usize = 16 * 1024 * 1024;
/// How deep the JSON of an answer may be nested.
pub const MAX_DEPTH: usize = 64;

/// The body of a success: the text of a JSON document, or `None` where there is no body.
pub(super) fn read(response: &Response<Vec<u8>>) -> Result<Option<&[u8]>, ProtocolError> {
    if !response.status().is_success() {
        return Err(refusal(response));
    }
    let body = without_mark(response.body());
    if body.len() > MAX_BODY {
        return Err(ProtocolError::TooLarge { limit: MAX_BODY });
    }
    if body.trim_ascii().is_empty() {
        return Ok(None);
    }
    if is_html(response, body) {
        return Err(ProtocolError::Html { title: title(body) });
    }
    if depth(body) > MAX_DEPTH {
        return Err(ProtocolError::TooDeep { limit: MAX_DEPTH });
    }
    Ok(Some(body))
}

/// Without the byte order mark that some servers put first, and that JSON does not allow (RFC 8259, section 8.1).
pub(super) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// Names the place of what serde_json could not read.
pub(super) fn not_json(body: &[u8], error: &serde_json::Error) -> ProtocolError {
    ProtocolError::NotJson { position: position(body, error), detail: without_position(error) }
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
pub(super) fn is_html(response: &Response<Vec<u8>>, body: &[u8]) -> bool {
    let declared = response.headers().get(header::CONTENT_TYPE).is_some_and(|value| {
        let value = value.as_bytes().to_ascii_lowercase();
        value.starts_with(b"text/html") || value.starts_with(b"application/xhtml")
    });
    // A few services send JSON under the wrong name, and more send pages under none.
    let first = body.trim_ascii().first();
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

/// How deep objects and lists are nested, counted before anything is built from them.
pub(super) fn depth(body: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for &byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// serde_json counts lines and columns; people with a hex dump or an editor's "go to byte" count bytes.
fn position(body: &[u8], error: &serde_json::Error) -> usize {
    let before: usize = body
        .split_inclusive(|&byte| byte == b'\n')
        .take(error.line().saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    (before + error.column().saturating_sub(1)).min(body.len())
}

fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((detail, _)) => detail.to_owned(),
        None => text,
    }
}
