//! The parameters of a request, from its query or from a search sent with POST.

use scim::message::ScimType;
use serde_json::Value;

use crate::refusal::Refusal;

/// Parameters by name, each as text; what the sandbox does not know is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads the query of a URI: percent-encoded, and `+` for a blank.
    pub(crate) fn from_query(query: &str) -> Self {
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decode(&name.replace('+', " ")), percent_decode(&value.replace('+', " ")))
        });
        Self(pairs.collect())
    }

    /// Reads a `SearchRequest` (RFC 7644 section 3.4.3).
    pub(crate) fn from_search_request(document: &Value) -> Result<Self, Refusal> {
        let members = document.as_object().ok_or_else(|| {
            Refusal::invalid(ScimType::InvalidSyntax, "a search request must be a JSON object")
        })?;
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let pairs = members.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| {
            let value = match value {
                Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(","),
                single => text(single),
            };
            (name.clone(), value)
        });
        Ok(Self(pairs.collect()))
    }

    /// The value of a parameter; of several, the first.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The whole number that a parameter holds.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.get(name) else { return Ok(None) };
        text.trim().parse().map(Some).map_err(|_| {
            let detail = format!("`{name}` must be a whole number, not `{text}`");
            Refusal::invalid(ScimType::InvalidValue, detail)
        })
    }

    /// The names in a parameter that lists names, with commas between them.
    pub(crate) fn names(&self, name: &str) -> Vec<&str> {
        let list = self.get(name).unwrap_or_default();
        list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
    }
}

/// Reads `%41` as `A`; what is no percent-encoding stays as it is, and bytes that are not UTF-8
/// become the replacement character.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = match (byte, after) {
            (b'%', [high, low, after @ ..]) if let Some(byte) = hexadecimal(*high, *low) => {
                decoded.push(byte);
                after
            }
            _ => {
                decoded.push(byte);
                after
            }
        };
    }
    String::from_utf8(decoded)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hexadecimal(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{Parameters, percent_decode};
    use serde_json::json;

    #[test]
    fn a_query_is_read_as_it_is_sent() {
        let parameters =
            Parameters::from_query("filter=userName+eq+%22o%27neil%2Bm%C3%BCller%22&count=2&x");
        assert_eq!(parameters.get("filter"), Some("userName eq \"o'neil+müller\""));
        assert_eq!(parameters.number("count"), Ok(Some(2)));
        assert_eq!(parameters.get("x"), Some(""));
        assert_eq!(parameters.get("y"), None);
    }

    #[test]
    fn a_search_request_says_the_same_in_json() {
        let document = json!({ "attributes": ["id", "name"], "startIndex": 2, "filter": null });
        let parameters = Parameters::from_search_request(&document).unwrap();
        assert_eq!(parameters.names("attributes"), ["id", "name"]);
        assert_eq!(parameters.number("startIndex"), Ok(Some(2)));
        assert_eq!(parameters.get("filter"), None);
    }

    #[test]
    fn broken_percent_encoding_stays_as_it_is() {
        for (text, decoded) in [("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("%ff", "\u{fffd}")] {
            assert_eq!(percent_decode(text), decoded);
        }
    }
}
