//! What could stand at the caret, as whoever knows the language tells it.

use std::ops::Range;

/// Where suggestions are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePlace {
    /// The text.
    pub text: String,
    /// The caret, in bytes of the text.
    pub caret: usize,
    /// They were asked for by a key; otherwise something was typed, and few are better than many.
    pub asked: bool,
}

/// What could stand at the caret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeOffers {
    /// The piece that was begun and goes.
    pub replaces: Range<usize>,
    /// What could take its place, the likeliest first.
    pub offers: Vec<CodeOffer>,
}

/// One suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeOffer {
    /// Its name.
    pub label: String,
    /// What it is: the sheet colours it as the token of that kind.
    pub kind: &'static str,
    /// A few words on it.
    pub detail: String,
    /// The text that it puts in.
    pub insert: String,
    /// Where the caret then stands, in bytes of that text.
    pub caret: usize,
}
