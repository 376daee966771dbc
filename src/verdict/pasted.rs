//! A reply that was copied out of a terminal: curl's, or PowerShell's.
//!
//! Terminals add and lose line ends, blank lines and prompts, so the reading is tolerant; what is
//! no reply is refused with the repair.

use super::trial::Answer;
use crate::worker::message::{FaultKind, WireFault, WireResponse};

/// Words by which curl, .NET and PowerShell name the layer that failed, in lower case. The first
/// that is found decides, so what says more comes first.
const FAULTS: [(&str, FaultKind); 21] = [
    ("curl: (6)", FaultKind::Name),
    ("curl: (7)", FaultKind::Refused),
    ("curl: (28)", FaultKind::Timeout),
    ("curl: (35)", FaultKind::Tls),
    ("curl: (51)", FaultKind::Tls),
    ("curl: (58)", FaultKind::Tls),
    ("curl: (60)", FaultKind::Tls),
    ("curl: (77)", FaultKind::Tls),
    ("curl: (18)", FaultKind::Broken),
    ("curl: (52)", FaultKind::Broken),
    ("curl: (56)", FaultKind::Broken),
    ("could not be resolved", FaultKind::Name),
    ("no such host", FaultKind::Name),
    ("name or service not known", FaultKind::Name),
    ("certificate", FaultKind::Tls),
    ("ssl", FaultKind::Tls),
    ("secure channel", FaultKind::Tls),
    ("actively refused", FaultKind::Refused),
    ("unable to connect", FaultKind::Refused),
    ("connection refused", FaultKind::Refused),
    ("task was canceled", FaultKind::Timeout),
];

/// A text longer than this is no reply to a connection test, in bytes.
const LONGEST: usize = 5 * 1024 * 1024;

/// The text without what a verbose program repeats of the request, and without the tokens that a
/// token endpoint gave.
pub fn without_secrets(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.to_ascii_lowercase().find("authorization:") {
            // `WWW-Authenticate` is the server's, and no secret; `Authorization` is the client's.
            Some(at) => {
                kept.push_str(line.get(..at).unwrap_or_default());
                kept.push_str("Authorization: ‹token›");
                kept.push_str(if line.ends_with('\n') { "\n" } else { "" });
            }
            None => kept.push_str(&without_tokens(line)),
        }
    }
    kept
}

/// A line of JSON with a mark in place of each value whose name ends in `_token`.
fn without_tokens(line: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(line.len()), line);
    while let Some((before, behind)) = rest.split_once("_token\"") {
        kept.push_str(before);
        kept.push_str("_token\"");
        let value = behind.trim_start().strip_prefix(':').map(str::trim_start);
        rest = match value.and_then(|value| value.strip_prefix('"')) {
            None => behind,
            Some(value) => {
                kept.push_str(":\"‹token›\"");
                // A token has no quote in it; one that is cut off is a token all the same.
                value.split_once('"').map_or("", |(_, rest)| rest)
            }
        };
    }
    kept.push_str(rest);
    kept
}

/// Reads a reply, or the program's own words on why there is none.
///
/// # Errors
/// A sentence with the repair, where the text is neither.
pub fn read(text: &str) -> Result<Answer, String> {
    if text.trim().is_empty() {
        return Err("nothing was pasted; copy all that the command has printed".to_owned());
    }
    if text.len() > LONGEST {
        return Err("the text has more than 5 MiB; paste the reply to one question".to_owned());
    }
    let text = without_secrets(text).replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').map(bare).collect();
    match head(&lines) {
        Some(first) => Ok(Ok(response(&lines, first))),
        None => fault(&text).map(Err).ok_or_else(|| {
            "there is no line that begins with `HTTP/`; paste all that the command has printed, \
             the first lines too"
                .to_owned()
        }),
    }
}

/// A line without the mark that `curl --verbose` puts before the server's.
fn bare(line: &str) -> &str {
    line.strip_prefix("< ").unwrap_or(line)
}

/// The status of a line such as `HTTP/1.1 200 OK`.
fn status(line: &str) -> Option<u16> {
    let rest = line.trim_start_matches(['\u{feff}', ' ', '\t']).strip_prefix("HTTP/")?;
    let (version, rest) = rest.split_once(' ')?;
    let is_version =
        !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let code = rest.trim_start().split(' ').next()?.trim();
    let status = code.parse().ok().filter(|status| (100..1000).contains(status))?;
    (is_version && code.len() == 3).then_some(status)
}

/// The status line of the reply itself: interim ones, and a proxy's before them, are passed over.
fn head(lines: &[&str]) -> Option<usize> {
    let mut heads = lines.iter().enumerate().filter(|(_, line)| status(line).is_some());
    let (mut first, mut line) = heads.next()?;
    for (next, following) in heads {
        let is_interim = status(line).is_some_and(|status| status < 200);
        let is_proxy = line.to_ascii_lowercase().contains("connection established");
        if !is_interim && !is_proxy {
            break;
        }
        (first, line) = (next, following);
    }
    Some(first)
}

fn response(lines: &[&str], first: usize) -> WireResponse {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut at = first + 1;
    while let Some(line) = lines.get(at) {
        if line.starts_with([' ', '\t']) && !line.trim().is_empty() && !headers.is_empty() {
            // A header that goes on in the next line, as old servers and narrow terminals have it.
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some(header) = header(line) {
            headers.push(header);
        } else {
            break;
        }
        at += 1;
    }
    let body = lines.get(at..).unwrap_or_default().join("\n");
    WireResponse {
        status: lines.get(first).and_then(|line| status(line)).unwrap_or_default(),
        headers,
        body: without_prompt(body.trim()).to_owned(),
    }
}

/// `Name: value`; a line of a body that lost the blank line before it is none.
fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    let is_name = !name.is_empty() && name.bytes().all(is_token);
    is_name.then(|| (name.to_ascii_lowercase(), value.trim().to_owned()))
}

/// A JSON document without the prompt of the shell that stands right behind it.
fn without_prompt(body: &str) -> &str {
    /// A prompt is one short line.
    const PROMPT: usize = 200;
    if !body.starts_with(['{', '[']) {
        return body;
    }
    let mut documents =
        serde_json::Deserializer::from_str(body).into_iter::<serde::de::IgnoredAny>();
    if !matches!(documents.next(), Some(Ok(_))) {
        return body;
    }
    let (document, rest) = body.split_at(documents.byte_offset());
    let is_prompt = rest.len() <= PROMPT && !rest.trim().contains(['\n', '{', '[', '"']);
    if is_prompt { document } else { body }
}

fn fault(text: &str) -> Option<WireFault> {
    let lower = text.to_ascii_lowercase();
    let (words, kind) = FAULTS.into_iter().find(|(words, _)| lower.contains(words))?;
    let line = text.lines().find(|line| line.to_ascii_lowercase().contains(words))?;
    let told = line.trim().trim_start_matches("Error: ").trim_end_matches('.');
    Some(WireFault::new(kind, format!("the command says: {told}")))
}

#[cfg(test)]
mod tests;
