//! Mechanical repairs: edits of a text that do away with what is wrong, without guessing at more.

use std::ops::Range;

/// A repair that an administrator can take with one click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words: ``write `ToLower` ``.
    pub label: String,
    /// The changes, in the order of the text; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One change: a piece of the text, and what stands in its place afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is taken out, in bytes of the text; empty where something is only put in.
    pub span: Range<usize>,
    /// What is put in.
    pub text: String,
}

impl Fix {
    /// The text with this repair. A change outside the text is left out.
    pub fn apply(&self, text: &str) -> String {
        let mut repaired = String::with_capacity(text.len() + 8);
        let mut kept = 0;
        for edit in &self.edits {
            let Some(before) = text.get(kept..edit.span.start) else { continue };
            if text.get(edit.span.clone()).is_none() {
                continue;
            }
            repaired.push_str(before);
            repaired.push_str(&edit.text);
            kept = edit.span.end;
        }
        repaired.push_str(text.get(kept..).unwrap_or_default());
        repaired
    }

    /// Puts something in the place of one piece.
    pub(super) fn replacing(
        label: impl Into<String>,
        span: Range<usize>,
        text: impl Into<String>,
    ) -> Self {
        Self { label: label.into(), edits: vec![Edit { span, text: text.into() }] }
    }

    /// Puts something in.
    pub(super) fn inserting(label: impl Into<String>, at: usize, text: impl Into<String>) -> Self {
        Self::replacing(label, at..at, text)
    }

    /// Takes one piece out.
    pub(super) fn removing(label: impl Into<String>, span: Range<usize>) -> Self {
        Self::replacing(label, span, "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(span: Range<usize>, text: &str) -> Edit {
        Edit { span, text: text.to_owned() }
    }

    #[test]
    fn edits_are_made_in_order_and_count_from_the_original() {
        let edits = vec![edit(0..1, "Not("), edit(2..2, "_"), edit(4..5, ")")];
        let fix = Fix { label: String::new(), edits };
        assert_eq!(fix.apply("abcdef"), "Not(b_cd)f");
    }

    #[test]
    fn an_edit_outside_the_text_does_nothing() {
        let fix = Fix { label: String::new(), edits: vec![edit(0..1, "x"), edit(9..12, "y")] };
        assert_eq!(fix.apply("é"), "é");
        assert_eq!(fix.apply("ab"), "xb");
    }
}
