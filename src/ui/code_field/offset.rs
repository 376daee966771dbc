//! Places in a text, as Rust counts them and as the browser does: bytes of UTF-8, and UTF-16 units.

/// The units before a place in bytes; a place inside a character is where the character begins.
pub(super) fn to_units(text: &str, bytes: usize) -> u32 {
    let before = text.get(..text.floor_char_boundary(bytes)).unwrap_or_default();
    let units: usize = before.chars().map(char::len_utf16).sum();
    // A text area does not hold four billion characters.
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// The bytes before a place in units; a place between the halves of a pair is where it begins.
pub(super) fn to_bytes(text: &str, units: u32) -> usize {
    let mut left = usize::try_from(units).unwrap_or(usize::MAX);
    for (at, character) in text.char_indices() {
        match left.checked_sub(character.len_utf16()) {
            Some(rest) if left > 0 => left = rest,
            _ => return at,
        }
    }
    text.len()
}

/// A place in an administrator's words: lines and characters are counted from 1.
pub(super) fn in_words(text: &str, bytes: usize) -> String {
    let before = text.get(..text.floor_char_boundary(bytes)).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let character = line.chars().count() + 1;
    if text.contains('\n') {
        let number = before.matches('\n').count() + 1;
        format!("Line {number}, character {character}")
    } else {
        format!("Character {character}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One, two, three and four bytes; the last one has two units.
    const TEXT: &str = "aé€😀z";

    #[test]
    fn every_border_of_a_character_is_the_same_place_in_both() {
        let borders = [(0, 0), (1, 1), (3, 2), (6, 3), (10, 5), (11, 6)];
        for (bytes, units) in borders {
            assert_eq!(to_units(TEXT, bytes), units, "{bytes} bytes");
            assert_eq!(to_bytes(TEXT, units), bytes, "{units} units");
        }
    }

    #[test]
    fn a_place_inside_a_character_is_where_it_begins() {
        for bytes in 6..10 {
            assert_eq!(to_units(TEXT, bytes), 3, "{bytes} bytes");
        }
        assert_eq!(to_bytes(TEXT, 4), 6);
    }

    #[test]
    fn a_place_behind_the_text_is_its_end() {
        assert_eq!(to_units(TEXT, 99), 6);
        assert_eq!(to_bytes(TEXT, 99), 11);
        assert_eq!((to_units("", 1), to_bytes("", 1)), (0, 0));
    }

    #[test]
    fn joined_emoji_count_all_their_parts() {
        let family = "👩‍👩‍👧!";
        assert_eq!(to_units(family, family.len() - 1), 8);
        assert_eq!(to_bytes(family, 8), family.len() - 1);
    }

    #[test]
    fn words_name_the_line_only_where_there_are_several() {
        assert_eq!(in_words("é b", 3), "Character 3");
        assert_eq!(in_words("a\n😀b", 6), "Line 2, character 2");
        assert_eq!(in_words("a\n", 2), "Line 2, character 1");
        assert_eq!(in_words("", 9), "Character 1");
    }
}
