//! Letters without their marks.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A text with plain letters in the place of those with marks.
pub(super) fn without(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            plain.push(c);
        } else if let Some(letters) = LATIN.get(c) {
            plain.push_str(letters);
        } else {
            // Beside composed Latin letters the neighbours of a character matter.
            return composed(text);
        }
    }
    plain
}

/// The letters of Europe, made plain once: nearly all names consist of them.
static LATIN: LazyLock<Latin> = LazyLock::new(|| {
    let mut latin = Latin { plain: String::new(), starts: Vec::new() };
    for c in BLOCKS.into_iter().flatten().filter_map(char::from_u32) {
        latin.starts.push(latin.plain.len());
        latin.plain.push_str(&alone(c));
    }
    latin.starts.push(latin.plain.len());
    latin
});

/// Latin-1 from its first letter on with Latin Extended A and B, and Latin Extended Additional.
const BLOCKS: [Range<u32>; 2] = [0xc0..0x250, 0x1e00..0x1f00];

struct Latin {
    /// The plain letters of all characters, one behind the other.
    plain: String,
    /// Where those of each character start.
    starts: Vec<usize>,
}

impl Latin {
    fn get(&self, c: char) -> Option<&str> {
        let code = u32::from(c);
        let [first, second] = BLOCKS;
        let place = match code {
            _ if first.contains(&code) => code - first.start,
            _ if second.contains(&code) => code - second.start + (first.end - first.start),
            _ => return None,
        };
        let place = usize::try_from(place).ok()?;
        self.plain.get(*self.starts.get(place)?..*self.starts.get(place + 1)?)
    }
}

fn alone(c: char) -> String {
    composed(c.encode_utf8(&mut [0; 4]))
}

/// The same for any text: composed first, so that marks that stand apart are seen with their
/// letters.
fn composed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.nfc().peekable();
    while let Some(c) = characters.next() {
        // The published table has the ligature with a macron, which Unicode does not compose.
        if matches!(c, 'œ' | 'Œ') && characters.next_if_eq(&'\u{304}').is_some() {
            plain.push_str(if c == 'œ' { "oe" } else { "OE" });
            continue;
        }
        let start = plain.len();
        let mut has_marks = false;
        decompose_canonical(c, |part| {
            if is_combining_mark(part) {
                has_marks = true;
            } else {
                push_plain(&mut plain, part);
            }
        });
        // What decomposes without marks, such as a Korean syllable, has none to lose.
        if !has_marks || plain.len() == start {
            plain.truncate(start);
            push_plain(&mut plain, c);
        }
    }
    plain
}

/// The letters that the published table writes with others, though they do not decompose.
fn push_plain(output: &mut String, c: char) {
    match c {
        'æ' => output.push_str("ae"),
        'Æ' => output.push_str("AE"),
        'ø' => output.push_str("oe"),
        'Ø' => output.push_str("OE"),
        'ß' => output.push_str("ss"),
        'ł' => output.push('l'),
        'Ł' => output.push('L'),
        'ı' => output.push('i'),
        _ => output.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_europe_are_made_plain_as_all_others() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            for text in [format!("a{c}"), format!("{c}b"), format!("{c}\u{304}")] {
                assert_eq!(without(&text), composed(&text), "{text:?}");
            }
        }
        assert_eq!(LATIN.starts.len(), 0x190 + 0x100 + 1);
    }
}
