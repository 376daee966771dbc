//! Patterns that are one class of characters, such as `[()\s-]+`, found without the engine in texts
//! of ASCII: a table of what the engine finds of each character says the same.

use std::ops::Range;

const SHORT: [&str; 6] = ["\\d", "\\D", "\\s", "\\S", "\\w", "\\W"];

/// Which characters of ASCII a pattern of one class finds.
#[derive(Clone, Debug)]
pub(super) struct Class {
    has: Box<[bool; 128]>,
    /// Whether characters that follow one another are one match.
    repeats: bool,
}

impl Class {
    /// The class that a pattern is; nothing where it is anything else. `finds` says whether the
    /// pattern is found in a text.
    pub(super) fn new(pattern: &str, finds: impl Fn(&str) -> bool) -> Option<Self> {
        let (class, repeats) = match pattern.strip_suffix('+') {
            Some(class) => (class, true),
            None => (pattern, false),
        };
        if !SHORT.contains(&class) && !is_in_brackets(class) {
            return None;
        }
        let mut has = Box::new([false; 128]);
        for (character, place) in (0_u8..).zip(has.iter_mut()) {
            *place = finds(char::from(character).encode_utf8(&mut [0; 4]));
        }
        Some(Self { has, repeats })
    }

    /// The matches in a text; nothing where it is not ASCII.
    pub(super) fn matches(&self, text: &str) -> Option<impl Iterator<Item = Range<usize>>> {
        let bytes = text.as_bytes();
        let mut at = 0;
        text.is_ascii().then(|| {
            std::iter::from_fn(move || {
                let start = at + bytes.get(at..)?.iter().position(|byte| self.has(*byte))?;
                let run = bytes.get(start..)?.iter().take_while(|byte| self.has(**byte)).count();
                at = start + if self.repeats { run } else { 1 };
                Some(start..at)
            })
        })
    }

    fn has(&self, byte: u8) -> bool {
        self.has.get(usize::from(byte)).copied().unwrap_or_default()
    }
}

/// Whether this is one pair of brackets with nothing but characters, ranges and escapes in it.
fn is_in_brackets(class: &str) -> bool {
    let Some(inner) = class.strip_prefix('[').and_then(|class| class.strip_suffix(']')) else {
        return false;
    };
    let mut escaped = false;
    let is_plain = inner.chars().all(|c| {
        let is_plain = escaped || !matches!(c, '[' | ']');
        escaped = !escaped && c == '\\';
        is_plain
    });
    is_plain && !escaped && !inner.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::Pattern;
    use super::*;

    #[test]
    fn only_a_class_is_one() {
        for class in ["[a]", "[()\\s-]+", "[^a-z\\]]", "\\D+", "\\s", "[\\\\]", "[+]"] {
            assert!(Class::new(class, |_| true).is_some(), "{class}");
        }
        for other in
            ["a", "[a]b", "[a][b]", "[a-[b]]", "[a]*", "[a]+?", "[]a]", "[a\\]", "^[a]", "\\b", ""]
        {
            assert!(Class::new(other, |_| true).is_none(), "{other}");
        }
    }

    #[test]
    fn the_engine_finds_the_same() {
        let texts = ["", "+49 (0)30-12 34\t", "a_Z.9\u{7f}\0-", "---", "abc", " a  b "];
        for pattern in ["[()\\s-]+", "[()\\s-]", "[^a-z]+", "\\D+", "\\w", "[a-c]+", "[\\]\\\\ ]"] {
            let built = Pattern::new(pattern).expect(pattern);
            let class = built.class.as_ref().expect(pattern);
            for text in texts {
                let found: Vec<_> = class.matches(text).expect(text).collect();
                let engine = built.regex.find_iter(text).map(|found| found.expect(text).range());
                assert_eq!(found, engine.collect::<Vec<_>>(), "{pattern} in {text:?}");
            }
            assert!(class.matches("é").is_none());
        }
    }
}
