//! What a service provider says beside a status of failure: SCIM's own error message, or whatever came instead.

use std::fmt;

use http::Response;
use serde_json::Value;

use super::body;
use crate::json;
use crate::message::Error;

/// How many characters of a text that is no SCIM are kept.
const EXCERPT: usize = 200;

/// The members under which servers that do not speak SCIM put their message.
const MESSAGES: [&str; 6] = ["message", "error_description", "detail", "title", "error", "reason"];

/// The body of a refusal (RFC 7644, section 3.12, and what is sent in its place).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// An error message of SCIM.
    Scim(Error),
    /// Another JSON document.
    Json {
        /// Its message, where it has one under a usual name; else its beginning.
        message: String,
    },
    /// A web page.
    Html {
        /// Its title.
        title: Option<String>,
    },
    /// Anything else.
    Text {
        /// Its beginning; bytes that are no UTF-8 are replaced.
        excerpt: String,
    },
}

impl Said {
    /// Reads the body of a refusal, whatever it is labelled.
    pub(super) fn of(response: &Response<Vec<u8>>) -> Self {
        let bytes = response.body();
        if bytes.trim_ascii().is_empty() {
            return Self::Nothing;
        }
        if body::is_html(response) {
            return Self::Html { title: body::title(bytes) };
        }
        match json::read(bytes) {
            Ok(value) => match Error::from_value(&value) {
                Some(error) => Self::Scim(error),
                None => Self::Json { message: message(&value) },
            },
            // What is too long or too deep to be read is shown as the text that it is.
            Err(_) => Self::Text { excerpt: excerpt(&String::from_utf8_lossy(bytes)) },
        }
    }

    /// SCIM's own error message, where there is one.
    pub fn scim(&self) -> Option<&Error> {
        match self {
            Self::Scim(error) => Some(error),
            _ => None,
        }
    }

    /// The words for people, where there are any.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Scim(error) => error.detail.as_deref().or(error.scim_type.as_deref()),
            Self::Json { message } => Some(message),
            Self::Html { title } => title.as_deref(),
            Self::Text { excerpt } => Some(excerpt),
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            // The status stands in the head of the answer already.
            Self::Scim(Error { scim_type: Some(word), detail: Some(text), .. }) => {
                write!(f, "{text} ({word})")
            }
            Self::Scim(_) => f.write_str(self.words().unwrap_or("nothing")),
            Self::Json { message } => write!(f, "{message} (JSON, but no SCIM error message)"),
            Self::Html { title: Some(title) } => write!(f, "the web page `{title}`"),
            Self::Html { title: None } => f.write_str("a web page"),
            Self::Text { excerpt } => write!(f, "{excerpt} (no SCIM error message)"),
        }
    }
}

/// `{"message": …}`, `{"error": {"message": …}}` or a list of such; else the whole, cut short.
fn message(value: &Value) -> String {
    let found = match value {
        Value::Object(members) => MESSAGES.iter().find_map(|name| match members.get(*name) {
            Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Some(inner @ Value::Object(_)) => Some(message(inner)),
            _ => None,
        }),
        Value::Array(elements) => elements.first().filter(|first| first.is_object()).map(message),
        _ => None,
    };
    excerpt(&found.unwrap_or_else(|| value.to_string()))
}

/// The beginning of a text on one line.
fn excerpt(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(EXCERPT) {
        words.truncate(end);
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(media_type: &str, body: &[u8]) -> Said {
        let builder = Response::builder().status(400).header("Content-Type", media_type);
        Said::of(&builder.body(body.to_vec()).expect("a response"))
    }

    #[test]
    fn the_message_of_other_json_is_found() {
        let words = |body: &str| {
            said("application/json", body.as_bytes()).words().unwrap_or_default().to_owned()
        };
        assert_eq!(words(r#"{"code":7,"message":" no seats left "}"#), "no seats left");
        assert_eq!(words(r#"{"error":{"code":7,"message":"no seats"}}"#), "no seats");
        assert_eq!(words(r#"{"error":"invalid_token","error_description":"expired"}"#), "expired");
        assert_eq!(words(r#"[{"message":"first"},{"message":"second"}]"#), "first");
        assert_eq!(words(r#"{"code":7}"#), r#"{"code":7}"#);
        assert_eq!(words(r#""stop""#), r#""stop""#);
    }

    #[test]
    fn the_status_is_not_told_twice() {
        let told = |body: &str| said("application/scim+json", body.as_bytes()).to_string();
        assert_eq!(
            told(r#"{"status":"409","scimType":"uniqueness","detail":"taken"}"#),
            "taken (uniqueness)"
        );
        assert_eq!(told(r#"{"status":"404","detail":"gone"}"#), "gone");
        assert_eq!(told(r#"{"status":"404"}"#), "nothing");
    }

    #[test]
    fn the_label_is_not_believed() {
        let scim = br#"{"status":"400","scimType":"invalidValue","detail":"no"}"#;
        assert!(said("text/plain", scim).scim().is_some());
        assert!(said("text/html", scim).scim().is_some());
        let page = Said::Html { title: Some("Sign in".to_owned()) };
        assert_eq!(said("application/scim+json", b"<html><title>Sign in</title>"), page);
        assert_eq!(said("application/scim+json", b" \n"), Said::Nothing);
    }

    #[test]
    fn what_is_no_json_is_shown_by_its_beginning() {
        let text = said("text/plain", b"Internal\n  error \xFF");
        assert_eq!(text.words(), Some("Internal error \u{FFFD}"));
        let long = said("text/plain", "ä ".repeat(500).as_bytes());
        assert_eq!(long.words().map(|words| words.chars().count()), Some(EXCERPT + 1));
        let deep = "[".repeat(10_000);
        assert!(matches!(said("application/json", deep.as_bytes()), Said::Text { .. }));
    }
}
