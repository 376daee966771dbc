//! A resource at rest.

use scim::resource::Resource;

/// A resource as its JSON. A tree of members takes four times the room, and of 100,000 users the
/// answer to one request reads a hundred.
#[derive(Clone, Debug)]
pub(crate) struct Kept(Box<str>);

impl Kept {
    pub(crate) fn of(resource: &Resource) -> Self {
        // Names and values of JSON are always written.
        let text = serde_json::to_string(resource.as_map()).unwrap_or_default();
        // A copy of its own size: what a text leaves behind when it is cut to size is of use to nobody.
        Self(Box::from(text.as_str()))
    }

    pub(crate) fn read(&self) -> Resource {
        // What was written above is always read.
        Resource::from(serde_json::from_str::<serde_json::Map<_, _>>(&self.0).unwrap_or_default())
    }

    /// Whether a value of it may be this text in some case; true where only reading tells.
    pub(crate) fn could_hold(&self, text: &str) -> bool {
        // Letters beyond ASCII have other ways to be alike, and some characters are escaped.
        let is_plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
        let Some(first) = text.bytes().next() else { return true };
        if !text.bytes().all(is_plain) || !self.0.is_ascii() {
            return true;
        }
        let text = text.as_bytes();
        self.0.as_bytes().windows(text.len()).any(|window| {
            window.first().is_some_and(|byte| byte.eq_ignore_ascii_case(&first))
                && window.eq_ignore_ascii_case(text)
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kept(value: serde_json::Value) -> Kept {
        Kept::of(&Resource::from_value(value).unwrap())
    }

    #[test]
    fn what_is_read_is_what_was_kept() {
        let value = json!({ "b": [1, 2.5, { "z": null, "a": "ü\"\\\n" }], "a": -0.1, "c": 12345678901234567890u64 });
        assert_eq!(kept(value.clone()).read().into_value().to_string(), value.to_string());
    }

    #[test]
    fn a_text_that_stands_nowhere_is_no_value() {
        let ada = kept(json!({ "userName": "Ada@contoso.com", "title": "a b" }));
        assert!(ada.could_hold("ada@CONTOSO.com") && ada.could_hold("contoso"));
        assert!(!ada.could_hold("bob@contoso.com"));
        assert!(ada.could_hold("A B") && !ada.could_hold("c d"));
        // Quotation marks are left to whoever reads.
        assert!(ada.could_hold("\"") && ada.could_hold(""));
        // The sign for Kelvin is a `k` in another case.
        assert!(kept(json!({ "userName": "\u{212A}ai" })).could_hold("kai"));
    }
}
