//! What a search asks for, in the query of a GET, spelled as Entra spells it (blanks as `+`, quotes as `%22`), or in
//! the body of a POST.

use serde_json::{Map, Value, json};

use crate::filter::{Filter, FilterError};
use crate::message::SEARCH_REQUEST;

/// What is asked for, and how much of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// Which resources.
    pub filter: Option<Filter>,
    /// The only attributes to be returned; all of them if empty.
    pub attributes: Vec<String>,
    /// Attributes not to be returned.
    pub excluded_attributes: Vec<String>,
    /// The attribute whose values give the order (RFC 7644, section 3.4.2.3); the server's own order without it.
    pub sort_by: Option<String>,
    /// In which direction.
    pub sort_order: SortOrder,
    /// The number of the first resource; the very first is 1.
    pub start_index: Option<u32>,
    /// How many resources at most.
    pub count: Option<u32>,
}

/// The direction of a sorted list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortOrder {
    /// The smallest first.
    #[default]
    Ascending,
    /// The largest first.
    Descending,
}

impl Search {
    /// The resources that pass a filter.
    pub fn filtered(filter: Filter) -> Self {
        Self { filter: Some(filter), ..Self::default() }
    }

    /// Reads the query of a request, without its question mark. Parameters that are not SCIM's, and numbers that are
    /// none, are passed over; negative numbers count as 0 (RFC 7644, section 3.4.2.4).
    ///
    /// # Errors
    /// The filter is malformed.
    pub fn parse(query: &str) -> Result<Self, FilterError> {
        let mut search = Self::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value);
            match decode(name).to_ascii_lowercase().as_str() {
                "filter" => search.filter = Some(Filter::parse(&value)?),
                "attributes" => search.attributes = names(&value),
                "excludedattributes" => search.excluded_attributes = names(&value),
                "sortby" => {
                    search.sort_by = Some(value.trim().to_owned()).filter(|by| !by.is_empty())
                }
                "sortorder" => search.sort_order = SortOrder::read(&value),
                "startindex" => search.start_index = number(&value),
                "count" => search.count = number(&value),
                _ => {}
            }
        }
        Ok(search)
    }

    /// The search as the body of a `POST …/.search` (RFC 7644, section 3.4.3).
    pub fn to_value(&self) -> Value {
        let list = |names: &[String]| (!names.is_empty()).then(|| json!(names));
        let members = [
            ("schemas", Some(json!([SEARCH_REQUEST]))),
            ("attributes", list(&self.attributes)),
            ("excludedAttributes", list(&self.excluded_attributes)),
            ("filter", self.filter.as_ref().map(|filter| json!(filter.to_string()))),
            ("sortBy", self.sort_by.as_ref().map(|by| json!(by))),
            ("sortOrder", self.written_order().map(|order| json!(order))),
            ("startIndex", self.start_index.map(|number| json!(number))),
            ("count", self.count.map(|number| json!(number))),
        ];
        let told = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(Map::from_iter(told))
    }

    /// The ascending order goes without saying.
    fn written_order(&self) -> Option<&'static str> {
        (self.sort_order == SortOrder::Descending).then_some("descending")
    }

    /// `name=value`, in the order in which Entra writes them.
    pub(super) fn pairs(&self) -> Vec<String> {
        let list = |names: &[String]| (!names.is_empty()).then(|| names.join(","));
        [
            ("excludedAttributes", list(&self.excluded_attributes)),
            ("filter", self.filter.as_ref().map(Filter::to_string)),
            ("attributes", list(&self.attributes)),
            ("sortBy", self.sort_by.clone()),
            ("sortOrder", self.written_order().map(str::to_owned)),
            ("startIndex", self.start_index.map(|number| number.to_string())),
            ("count", self.count.map(|number| number.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| {
            let mut pair = format!("{name}=");
            encode(&value?, "+", &mut pair);
            Some(pair)
        })
        .collect()
    }
}

impl SortOrder {
    fn read(word: &str) -> Self {
        match word.trim().eq_ignore_ascii_case("descending") {
            true => Self::Descending,
            false => Self::Ascending,
        }
    }
}

fn names(value: &str) -> Vec<String> {
    value.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn number(value: &str) -> Option<u32> {
    let number: i64 = value.trim().parse().ok()?;
    Some(u32::try_from(number.max(0)).unwrap_or(u32::MAX))
}

/// Appends a text, percent-encoding all but the unreserved characters of RFC 3986, section 2.3.
pub(super) fn encode(text: &str, blank: &str, target: &mut String) {
    const HEX: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or('0');
    for byte in text.bytes() {
        match byte {
            b' ' => target.push_str(blank),
            b'-' | b'.' | b'_' | b'~' => target.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => target.push(char::from(byte)),
            _ => target.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
}

/// Undoes [`encode`]. A percent sign without two digits stands for itself; bytes that are no UTF-8 are replaced.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let escaped = match (byte, tail) {
            (b'%', [high, low, after @ ..]) => {
                hex(*high).zip(hex(*low)).map(|digits| (digits, after))
            }
            _ => None,
        };
        if let Some(((high, low), after)) = escaped {
            bytes.push(high << 4 | low);
            rest = after;
        } else {
            bytes.push(if byte == b'+' { b' ' } else { byte });
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_client_sends() {
        let search = Search::parse(
            "startIndex=-3&COUNT=2&sortBy=name.familyName&sortOrder=Descending&filter=userName+eq+%22a%2Bb%22&attributes=userName,+emails.value&other=1",
        );
        let expected = Search {
            filter: Some(Filter::parse(r#"userName eq "a+b""#).expect("a filter")),
            attributes: vec!["userName".to_owned(), "emails.value".to_owned()],
            start_index: Some(0),
            count: Some(2),
            sort_by: Some("name.familyName".to_owned()),
            sort_order: SortOrder::Descending,
            ..Search::default()
        };
        assert_eq!(search, Ok(expected));
        assert!(Search::parse("filter=userName").is_err());
        assert_eq!(Search::parse(""), Ok(Search::default()));
    }

    #[test]
    fn a_search_says_the_same_in_a_body() {
        assert_eq!(Search::default().to_value(), json!({ "schemas": [SEARCH_REQUEST] }));
        let search = Search {
            excluded_attributes: vec!["members".to_owned()],
            sort_by: Some("displayName".to_owned()),
            count: Some(0),
            ..Search::filtered(Filter::parse(r#"displayName eq "a+b""#).expect("a filter"))
        };
        let expected = json!({
            "schemas": [SEARCH_REQUEST], "excludedAttributes": ["members"], "filter": "displayName eq \"a+b\"",
            "sortBy": "displayName", "count": 0,
        });
        assert_eq!(search.to_value().to_string(), expected.to_string());
        let descending = Search { sort_order: SortOrder::Descending, ..search };
        assert_eq!(descending.to_value()["sortOrder"], "descending");
        assert!(descending.pairs().contains(&"sortOrder=descending".to_owned()));
    }

    #[test]
    fn broken_escapes_stand_for_themselves() {
        assert_eq!(decode("100%+%4"), "100% %4");
        assert_eq!(decode("%C3%A9%FF"), "é\u{FFFD}");
    }
}
