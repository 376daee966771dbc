//! Text without regard to upper and lower case.

/// The form under which texts that differ in case only are the same.
///
/// Letter by letter, as filters compare: `str::to_lowercase` writes a sigma at the end of a word
/// in its own way, so that a name in an index would be missed.
pub(crate) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
