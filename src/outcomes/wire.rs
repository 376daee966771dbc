//! Requests and values as a person reads them.

use std::fmt::Write as _;

use serde_json::Value;

use crate::worker::message::WireRequest;

/// A JSON text with line breaks; another text as it is.
pub(super) fn pretty(body: &str) -> String {
    serde_json::from_str::<Value>(body)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| body.to_owned())
}

/// The host and the rest of an absolute address.
fn host_and_path(uri: &str) -> (&str, &str) {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    }
}

/// "GET /scim/v2/Users?filter=…", as sent.
pub(super) fn line(request: &WireRequest) -> String {
    format!("{} {}", request.method, host_and_path(&request.uri).1)
}

/// The same line with its percent signs read.
pub(super) fn readable_line(request: &WireRequest) -> String {
    decoded(&line(request))
}

/// The whole request. The token is never known here: its place is marked.
pub(super) fn message(request: &WireRequest) -> String {
    let mut text = format!("{}\nHost: {}\n", line(request), host_and_path(&request.uri).0);
    for (name, value) in &request.headers {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}: {value}", capitalized(name));
    }
    text.push_str("Authorization: Bearer ‹token›\n");
    if !request.body.is_empty() {
        let _ = write!(text, "\n{}", pretty(&request.body));
    }
    text
}

/// A header's name as it is usually printed: `Content-Type`.
fn capitalized(name: &str) -> String {
    let mut is_first = true;
    let print = |letter: char| {
        let printed = if is_first { letter.to_ascii_uppercase() } else { letter };
        is_first = letter == '-';
        printed
    };
    name.chars().map(print).collect()
}

/// Reads percent-encoded UTF-8; what is none stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.first_chunk::<2>().filter(|_| *first == b'%').and_then(hex);
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8; 2]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    // `from_str_radix` would take a sign.
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str, body: &str) -> WireRequest {
        WireRequest {
            method: "POST".to_owned(),
            uri: uri.to_owned(),
            headers: vec![("content-type".to_owned(), "application/scim+json".to_owned())],
            body: body.to_owned(),
        }
    }

    #[test]
    fn a_filter_is_read_and_a_stray_percent_sign_stays() {
        let search = request("https://a.test/scim/Users?filter=userName%20eq%20%22%C3%A9%22", "");
        assert_eq!(readable_line(&search), "POST /scim/Users?filter=userName eq \"é\"");
        assert_eq!(line(&search), "POST /scim/Users?filter=userName%20eq%20%22%C3%A9%22");
        for stray in ["100%", "%2", "%+1", "%zz"] {
            assert_eq!(decoded(stray), stray);
        }
    }

    #[test]
    fn a_request_is_printed_with_a_mark_in_place_of_the_token() {
        let printed = message(&request("https://a.test/scim/Users", "{\"a\":1}"));
        let expected = "POST /scim/Users\nHost: a.test\nContent-Type: application/scim+json\n\
                        Authorization: Bearer ‹token›\n\n{\n  \"a\": 1\n}";
        assert_eq!(printed, expected);
    }

    #[test]
    fn what_is_no_json_is_printed_as_it_came() {
        assert_eq!(pretty("<html>"), "<html>");
        assert_eq!(pretty("[1]"), "[\n  1\n]");
    }
}
