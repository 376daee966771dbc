//! Several edits as one change of the text, so that one undo takes all of them back.

use std::ops::Range;

/// One piece of the text, and what stands in its place afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) span: Range<usize>,
    pub(super) text: String,
}

impl Splice {
    /// The one change that makes all edits, which stand in the order of the text; what they leave
    /// as it was at either end is no part of it. None where nothing changes.
    pub(super) fn of(text: &str, edits: &[(Range<usize>, String)]) -> Option<Self> {
        let mut made = String::new();
        let mut kept = 0;
        for (span, new) in edits {
            // An edit of another text is left out.
            let Some((before, _)) = text.get(kept..span.start).zip(text.get(span.clone())) else {
                continue;
            };
            made.push_str(before);
            made.push_str(new);
            kept = span.end;
        }
        made.push_str(text.get(kept..).unwrap_or_default());
        Self::between(text, &made)
    }

    /// The smallest change that makes one text out of another.
    fn between(old: &str, new: &str) -> Option<Self> {
        let alike = |(a, b): &(char, char)| a == b;
        let same = |(a, _): (char, char)| a.len_utf8();
        let first: usize = old.chars().zip(new.chars()).take_while(alike).map(same).sum();
        let (old_rest, new_rest) = (old.get(first..)?, new.get(first..)?);
        let pairs = old_rest.chars().rev().zip(new_rest.chars().rev());
        let last: usize = pairs.take_while(alike).map(same).sum();
        let text = new_rest.get(..new_rest.len() - last)?.to_owned();
        let span = first..old.len() - last;
        (!span.is_empty() || !text.is_empty()).then_some(Self { span, text })
    }

    /// Where a caret stands after the change that stood at `caret` before it.
    pub(super) fn carry(&self, caret: usize) -> usize {
        if caret < self.span.start {
            caret
        } else if caret > self.span.end {
            caret - self.span.len() + self.text.len()
        } else {
            self.span.start + self.text.len()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splice(text: &str, edits: &[(Range<usize>, &str)]) -> Option<(Range<usize>, String)> {
        let edits: Vec<_> = edits.iter().map(|(s, new)| (s.clone(), (*new).to_owned())).collect();
        Splice::of(text, &edits).map(|splice| (splice.span, splice.text))
    }

    #[test]
    fn several_edits_are_one_change() {
        let both = splice("f(a, b)", &[(2..2, "g("), (3..3, ")")]);
        assert_eq!(both, Some((2..3, "g(a)".to_owned())));
    }

    #[test]
    fn what_stays_is_no_part_of_the_change() {
        assert_eq!(splice("Tolower(", &[(0..7, "ToLower")]), Some((2..3, "L".to_owned())));
        assert_eq!(splice("aa", &[(1..2, "")]), Some((1..2, String::new())));
        assert_eq!(splice("éa", &[(0..2, "è")]), Some((0..2, "è".to_owned())));
        assert_eq!(splice("same", &[(0..4, "same")]), None);
    }

    #[test]
    fn an_edit_of_another_text_is_left_out() {
        assert_eq!(splice("é", &[(1..2, "x"), (7..9, "y")]), None);
    }

    #[test]
    fn a_caret_keeps_its_place_in_the_text() {
        let splice = Splice { span: 2..4, text: "xyz".to_owned() };
        let carried: Vec<usize> = [0, 1, 2, 3, 4, 5].map(|at| splice.carry(at)).into();
        assert_eq!(carried, [0, 1, 5, 5, 5, 6]);
    }
}
