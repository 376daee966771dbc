//! JSON documents from outside, read within bounds, with the place of what is wrong.

use std::fmt;

use serde_json::Value;

/// How many bytes a document may have.
pub const MAX_BODY: usize = 16 * 1024 * 1024;
/// How deep objects and lists may be nested.
pub const MAX_DEPTH: usize = 64;

/// Why bytes are not read as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonFault {
    /// There are more than [`MAX_BODY`] of them.
    TooLong,
    /// Objects and lists are nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// They are not JSON.
    Broken {
        /// Where they stop being JSON, in bytes from the start.
        position: usize,
        /// What is wrong there.
        detail: String,
    },
}

/// Reads a document.
///
/// # Errors
/// What is wrong with it.
pub fn read(body: &[u8]) -> Result<Value, JsonFault> {
    let body = bounded(body)?;
    serde_json::from_slice(body).map_err(|error| JsonFault::Broken {
        position: position(body, &error),
        detail: without_position(&error),
    })
}

/// The bytes without the byte order mark that some put first, and that JSON does not allow (RFC 8259, section 8.1),
/// if they are neither too many nor nested too deep.
pub(crate) fn bounded(body: &[u8]) -> Result<&[u8], JsonFault> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    if body.len() > MAX_BODY {
        return Err(JsonFault::TooLong);
    }
    if depth(body) > MAX_DEPTH {
        return Err(JsonFault::TooDeep);
    }
    Ok(body)
}

/// How deep objects and lists are nested, counted before anything is built from them.
fn depth(body: &[u8]) -> usize {
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

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "longer than {MAX_BODY} bytes"),
            Self::TooDeep => write!(f, "nested deeper than {MAX_DEPTH} levels"),
            Self::Broken { position, detail } => write!(f, "not JSON: {detail} (byte {position})"),
        }
    }
}

impl std::error::Error for JsonFault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_what_is_wrong_is_told_in_bytes() {
        let position = |body: &str| match read(body.as_bytes()) {
            Err(JsonFault::Broken { position, .. }) => Some(position),
            _ => None,
        };
        assert_eq!(position("{\n  \"a\": nope }"), Some(10));
        assert_eq!(position("nonsense"), Some(1));
        assert_eq!(position("{}"), None);
        // Half a character of UTF-16, as is left where a text is cut in the wrong place.
        assert_eq!(position(r#"["\ud83d"]"#), Some(8));
    }

    #[test]
    fn nesting_and_length_are_bounded() {
        let nested = |depth: usize| {
            format!(r#"{{"a[[[":{}{}}}"#, "[".repeat(depth - 1), "]".repeat(depth - 1))
        };
        assert!(read(nested(MAX_DEPTH).as_bytes()).is_ok());
        assert_eq!(read(nested(MAX_DEPTH + 1).as_bytes()), Err(JsonFault::TooDeep));
        assert_eq!(read(&vec![b' '; MAX_BODY + 1]), Err(JsonFault::TooLong));
    }

    #[test]
    fn a_byte_order_mark_is_forgiven() {
        assert_eq!(read(b"\xEF\xBB\xBF[1]"), Ok(serde_json::json!([1])));
    }
}
