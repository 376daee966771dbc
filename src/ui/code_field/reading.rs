//! What is known of a text and of the place at its caret, as whoever knows the language tells it.

use std::ops::Range;

use super::problems::{CodeProblem, sorted};
use super::signature::CodeSignature;

/// What is known of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeReading {
    pub(super) words: Vec<(Range<usize>, &'static str)>,
    pub(super) problems: Vec<CodeProblem>,
    pub(super) meaning: Option<String>,
}

impl CodeReading {
    /// The words with their kinds (what has no kind is left out), what is wrong, and what the
    /// text means in a sentence.
    pub fn new(
        words: Vec<(Range<usize>, &'static str)>,
        problems: Vec<CodeProblem>,
        meaning: Option<String>,
    ) -> Self {
        Self { words, problems: sorted(problems), meaning }
    }

    /// Whether anything does not work.
    pub fn is_bad(&self) -> bool {
        self.problems.iter().any(CodeProblem::is_bad)
    }
}

/// What is known of the place at the caret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeSpot {
    /// Pieces of the text to light up, such as a pair of brackets.
    pub lit: Vec<Range<usize>>,
    /// What is being called there.
    pub signature: Option<CodeSignature>,
}
