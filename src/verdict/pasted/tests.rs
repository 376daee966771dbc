use proptest::prelude::*;

use super::*;
use crate::verdict::{Outlook, judge};

const EMPTY: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}"#;

fn reply(text: &str) -> WireResponse {
    read(text).expect("a reply").expect("an answer")
}

#[track_caller]
fn good(text: &str) {
    let answer = read(text).expect("a reply");
    assert_eq!(judge(&answer).outlook, Outlook::Good, "{answer:?}");
}

#[test]
fn what_curl_prints_is_read_however_the_terminal_ends_its_lines() {
    let head = "HTTP/2 200 \ncontent-type: application/scim+json\nX-Two: a:b\n\n";
    for ends in ["\n", "\r\n", "\r"] {
        let text = format!("{head}{EMPTY}").replace('\n', ends);
        good(&text);
        assert_eq!(reply(&text).headers[1], ("x-two".to_owned(), "a:b".to_owned()));
    }
}

#[test]
fn interim_replies_and_a_proxys_are_passed_over() {
    let text = format!(
        "HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n\
         HTTP/1.1 200 OK\r\ncontent-type: application/scim+json\r\n\r\n{EMPTY}"
    );
    good(&text);
    let redirected = "HTTP/1.1 302 Found\nlocation: https://b.example/\n\nHTTP/1.1 200 OK\n\n{}";
    assert_eq!(reply(redirected).status, 302, "the token went on, which Entra does not do");
}

#[test]
fn what_a_terminal_adds_and_loses_does_not_matter() {
    good(&format!("ada@host:~$ curl …\nHTTP/1.1 200 OK\ncontent-type: application/json\n{EMPTY}"));
    good(&format!("HTTP/1.1 200 OK\n\n{EMPTY}ada@host:~$ "));
    good(&format!("HTTP/1.1 200 OK\n\n{EMPTY}\nPS C:\\Users\\ada> "));
    good(&format!("\u{feff}  HTTP/1.1 200 OK\nA: b\n  c\n\n\n{EMPTY}\n\n"));
    let pretty = EMPTY.replace(',', ",\n  ");
    good(&format!("* Connected\n> GET /Users\n< HTTP/1.1 200 OK\n< A: b\n< \n{pretty}"));
}

#[test]
fn what_is_no_reply_is_refused_with_the_repair() {
    for text in ["", " \n ", EMPTY, "StatusCode : 200"] {
        let why = read(text).unwrap_err();
        assert!(why.contains("the command has printed"), "{why}");
    }
}

#[test]
fn the_programs_own_words_name_the_layer() {
    for (text, kind) in [
        ("curl: (6) Could not resolve host: a.example", FaultKind::Name),
        ("curl: (7) Failed to connect to a.example port 443", FaultKind::Refused),
        ("curl: (28) Operation timed out after 15001 milliseconds", FaultKind::Timeout),
        ("curl: (60) SSL certificate problem: certificate has expired", FaultKind::Tls),
        ("curl: (52) Empty reply from server", FaultKind::Broken),
        ("Error: The remote name could not be resolved: 'a.example'", FaultKind::Name),
        (
            "Error: The SSL connection could not be established, see inner exception.",
            FaultKind::Tls,
        ),
        ("Error: Could not create SSL/TLS secure channel.", FaultKind::Tls),
        ("Error: A task was canceled.", FaultKind::Timeout),
        ("Error: No connection could be made because … actively refused it.", FaultKind::Refused),
    ] {
        let fault = read(text).unwrap().unwrap_err();
        assert_eq!(fault.kind, kind, "{fault:?}");
        assert!(fault.message.starts_with("the command says: "), "{fault:?}");
    }
}

#[test]
fn a_token_that_was_pasted_along_is_not_kept() {
    let text = format!("> Authorization: Bearer canary\n< HTTP/1.1 200 OK\n\n{EMPTY}");
    assert!(!without_secrets(&text).contains("canary"));
    good(&text);
    let echoed =
        "HTTP/1.1 400 Bad Request\nwww-authenticate: Bearer\n\nAUTHORIZATION: Bearer canary";
    assert!(!format!("{:?}", read(echoed)).contains("canary"));
    assert_eq!(reply(echoed).headers[0].1, "Bearer");
}

#[test]
fn a_token_that_an_endpoint_gave_is_not_kept() {
    let text =
        r#"{"access_token" : "canary1","token_type":"Bearer","refresh_token":"canary2", "x": 7}"#;
    let kept = without_secrets(&format!("HTTP/1.1 200 OK\n\n{text}\n"));
    assert!(!kept.contains("canary"), "{kept}");
    assert!(kept.contains(r#""access_token":"‹token›","token_type":"Bearer""#), "{kept}");
    assert!(kept.ends_with("\"x\": 7}\n"), "{kept}");
    // One that the terminal has cut off, and a member that is no text.
    assert!(!without_secrets(r#"{"id_token":"canary"#).contains("canary"));
    assert_eq!(without_secrets(r#"{"a_token":null}"#), r#"{"a_token":null}"#);
}

proptest! {
    /// Wherever a secret stands that a program repeats or an endpoint gives, it is not kept, and
    /// what is read of the text is the same whether it was cut out before or not.
    #[test]
    fn no_secret_is_kept_wherever_it_stands(
        before in "(HTTP/1\\.1 200 OK|[ \t{},:\"\\\\]|\\PC){0,20}",
        head in prop::sample::select(vec![
            "> Authorization: Bearer ", "authorization:Basic ", "\"access_token\":\"",
            "\"refresh_token\" : \"", "{\"id_token\":  \"",
        ]),
        after in "[\"\n]\\PC{0,20}",
    ) {
        let text = format!("{before}\n{head}canary{after}");
        let kept = without_secrets(&text);
        prop_assert!(!kept.contains("canary"), "{}", kept);
        prop_assert_eq!(without_secrets(&kept), kept.clone());
        prop_assert_eq!(format!("{:?}", read(&text)), format!("{:?}", read(&kept)));
    }

    #[test]
    fn no_text_brings_the_reader_down(text in "(HTTP/|1\\.1|[ \r\n:{}\\[\\]\"]|200|curl: \\(6\\)|\\PC){0,60}") {
        let _ = read(&text);
    }

    /// Whatever the endpoint says comes through as it was said.
    #[test]
    fn status_headers_and_document_come_through(
        status in 200u16..600,
        name in "[a-z][a-z-]{0,12}",
        value in "[!-~]([ -~]{0,20}[!-~])?",
        total in 0u32..9,
        ends in prop::sample::select(vec!["\n", "\r\n"]),
        interim in any::<bool>(),
        prompt in prop::sample::select(vec!["", "$ ", "\nPS C:\\> ", "ada@host:~# "]),
    ) {
        let interim = if interim { "HTTP/1.1 100 Continue\n\n" } else { "" };
        let body = format!("{{\"totalResults\":{total}}}");
        let text = format!("{interim}HTTP/1.1 {status} Words\n{name}: {value}\n\n{body}{prompt}");
        prop_assume!(!format!("{name}: {value}").to_ascii_lowercase().contains("authorization:"));
        let read = reply(&text.replace('\n', ends));
        prop_assert_eq!(read.status, status);
        prop_assert_eq!(read.headers, [(name, value)]);
        prop_assert_eq!(read.body, body);
    }
}
