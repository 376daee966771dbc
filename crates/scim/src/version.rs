//! Versions of resources: entity tags (RFC 7644, section 3.14; RFC 9110, section 8.8.3).

use std::fmt;

use crate::resource::{Resource, member};

/// An entity tag: `W/"3"` or `"a330bc54f0671c9"`.
///
/// Two are equal if they are written alike; [`Self::is_same_version`] compares as SCIM needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityTag {
    weak: bool,
    opaque: String,
}

impl EntityTag {
    /// Reads one entity tag. A bare word is read as if it stood in quotes: some servers forget them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (weak, quoted) = match text.strip_prefix("W/").or_else(|| text.strip_prefix("w/")) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let opaque = match quoted.strip_prefix('"') {
            Some(rest) => rest.strip_suffix('"')?,
            None => quoted,
        };
        let is_tag =
            !text.is_empty() && opaque.chars().all(|c| c != '"' && c > ' ' && c != '\u{7F}');
        is_tag.then(|| Self { weak, opaque: opaque.to_owned() })
    }

    /// Reads the list of a header such as `If-Match`. `*` is no tag; it and what cannot be read are passed over.
    pub fn parse_list(text: &str) -> impl Iterator<Item = Self> {
        let mut quoted = false;
        let is_end = move |character: char| {
            quoted ^= character == '"';
            character == ',' && !quoted
        };
        text.split(is_end).filter(|tag| tag.trim() != "*").filter_map(Self::parse)
    }

    /// The version that a resource itself tells, in `meta.version`.
    pub fn of(resource: &Resource) -> Option<Self> {
        let meta = resource.get("meta")?.as_object()?;
        Self::parse(member(meta, "version")?.as_str()?)
    }

    /// Whether it says only that two representations are equivalent, not that they are the same bytes.
    pub fn is_weak(&self) -> bool {
        self.weak
    }

    /// Whether both stand for one version: the weak comparison of RFC 9110, section 8.8.3.2. SCIM's own examples
    /// send weak tags in `If-Match` (RFC 7644, section 3.14), where HTTP asks for the strong comparison.
    pub fn is_same_version(&self, other: &Self) -> bool {
        self.opaque == other.opaque
    }
}

impl fmt::Display for EntityTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\"{}\"", if self.weak { "W/" } else { "" }, self.opaque)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_printed() {
        let check = |text: &str, printed: Option<&str>| {
            assert_eq!(
                EntityTag::parse(text).map(|tag| tag.to_string()).as_deref(),
                printed,
                "{text}"
            );
        };
        check("W/\"3\"", Some("W/\"3\""));
        check(" \"a,b\" ", Some("\"a,b\""));
        check("w/abc", Some("W/\"abc\""));
        check("\"\"", Some("\"\""));
        for text in ["", " ", "\"", "\"a", "a\"", "\"a b\"", "\"a\u{7F}\""] {
            check(text, None);
        }
    }

    #[test]
    fn weak_and_strong_stand_for_one_version() {
        let tag = |text: &str| EntityTag::parse(text).expect("a tag");
        assert!(tag("W/\"3\"").is_weak() && tag("W/\"3\"") != tag("\"3\""));
        assert!(tag("W/\"3\"").is_same_version(&tag("\"3\"")));
        assert!(!tag("\"3\"").is_same_version(&tag("\"4\"")));
        let listed: Vec<String> = EntityTag::parse_list("*, W/\"1\",\"2,3\" , \"broken")
            .map(|tag| tag.to_string())
            .collect();
        assert_eq!(listed, ["W/\"1\"", "\"2,3\""]);
    }
}
