//! A number for a matching value, by which the objects that hold it are found.

use std::borrow::Cow;

use crate::holders::mixed;
use crate::planning::compare::fold;

/// A number that is the same for the same text, and for texts that differ in letter case alone where
/// that does not count; rarely for other ones.
pub(super) fn hash_of_value(text: &str, case_exact: bool) -> u64 {
    // In every byte of ASCII the bit that tells `a` from `A`; what else it blurs, comparing tells.
    const CASE: u64 = 0x2020_2020_2020_2020;
    if case_exact {
        return mixed(text, 0);
    }
    let folded: Cow<'_, str> =
        if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(fold(text)) };
    mixed(&folded, CASE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::holders::hash;

    #[test]
    fn letter_case_counts_where_it_is_exact() {
        assert_eq!(hash_of_value("ÄNNE@x", false), hash_of_value("änne@X", false));
        assert_eq!(hash_of_value("\u{212a}", false), hash_of_value("k", false));
        assert_ne!(hash_of_value("A", true), hash_of_value("a", true));
        assert_ne!(hash("12345678a"), hash("12345678b"));
    }
}
