//! One sentence in plain words of what an expression does, for whoever inherits it.
//!
//! Attributes stand between backticks, fixed texts between quotes. What is nested too deeply to be
//! told in one sentence is called by its function's name.

mod phrase;

use super::Expression;

/// The longest sentence, in characters; beyond it the innermost calls are no longer told.
const LONGEST: usize = 320;

/// How deeply calls are told at first.
const DEPTH: usize = 8;

/// What an expression does, in one sentence.
pub fn explain(expression: &Expression) -> String {
    let told = |depth| format!("Sends {}.", phrase::of(expression.root(), depth));
    let mut sentence = told(DEPTH);
    for depth in (1..DEPTH).rev() {
        if sentence.chars().count() <= LONGEST {
            break;
        }
        sentence = told(depth);
    }
    match sentence.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or_default()),
        None => sentence,
    }
}

#[cfg(test)]
mod tests;
