//! The text cut into runs that are drawn alike, and what of them is new.

use std::ops::Range;

/// A piece of the text that is drawn alike throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    /// What it is: the sheet gives each kind its colour.
    pub(super) kind: Option<&'static str>,
    /// The name of the tone in which it is underlined.
    pub(super) mark: Option<&'static str>,
    /// Whether it is lit, as a pair of brackets is.
    pub(super) is_lit: bool,
}

/// How a piece is drawn, by where it stands.
#[derive(Clone, Copy, Debug)]
enum Paint {
    Kind(&'static str),
    Mark(&'static str),
    Lit,
}

/// Cuts a text at every border of what is drawn. What lies outside the text is left out; a mark
/// on no character is drawn on the next one, or on the last.
pub(super) fn runs(
    text: &str,
    tokens: &[(Range<usize>, &'static str)],
    marks: &[(Range<usize>, &'static str)],
    lit: &[Range<usize>],
) -> Vec<Run> {
    let within = |span: &Range<usize>| {
        text.floor_char_boundary(span.start)..text.ceil_char_boundary(span.end.min(text.len()))
    };
    let tokens = tokens.iter().map(|(span, kind)| (within(span), Paint::Kind(kind)));
    let marks = marks.iter().map(|(span, tone)| (seen(text, within(span)), Paint::Mark(tone)));
    let lit = lit.iter().map(|span| (within(span), Paint::Lit));
    let paints: Vec<_> = tokens.chain(marks).chain(lit).filter(|(s, _)| !s.is_empty()).collect();
    let mut borders: Vec<usize> = paints.iter().flat_map(|(s, _)| [s.start, s.end]).collect();
    borders.extend([0, text.len()]);
    borders.sort_unstable();
    borders.dedup();
    let pieces = borders.windows(2).filter_map(|pair| match pair {
        [start, end] => text.get(*start..*end),
        _ => None,
    });
    let mut runs: Vec<Run> =
        pieces.map(|text| Run { text: text.to_owned(), ..Run::default() }).collect();
    for (span, paint) in paints {
        let first = borders.partition_point(|border| *border < span.start);
        let behind = borders.partition_point(|border| *border < span.end);
        for run in runs.get_mut(first..behind).unwrap_or_default() {
            paint.put_on(run);
        }
    }
    runs
}

impl Paint {
    fn put_on(self, run: &mut Run) {
        match self {
            Self::Kind(kind) => run.kind = Some(kind),
            // The first mark counts: the list of problems begins with the graver ones.
            Self::Mark(tone) => run.mark = run.mark.or(Some(tone)),
            Self::Lit => run.is_lit = true,
        }
    }
}

/// A span that holds at least one character, as long as the text has any.
fn seen(text: &str, span: Range<usize>) -> Range<usize> {
    if !span.is_empty() {
        return span;
    }
    let next = text.get(span.start..).and_then(|rest| rest.chars().next());
    match next.filter(|character| *character != '\n') {
        Some(character) => span.start..span.start + character.len_utf8(),
        None => {
            let last = text.get(..span.start).and_then(|before| before.chars().next_back());
            span.start - last.map_or(0, char::len_utf8)..span.start
        }
    }
}

/// How many runs are the same at the beginning, and how many at the end.
pub(super) fn unchanged(old: &[Run], new: &[Run]) -> (usize, usize) {
    let first = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - first;
    let last = old.iter().rev().zip(new.iter().rev()).take(most);
    (first, last.take_while(|(a, b)| a == b).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(runs: &[Run]) -> Vec<String> {
        let tell = |run: &Run| {
            let lit = if run.is_lit { "*" } else { "" };
            format!("{}{}{}{lit}", run.text, run.kind.unwrap_or("-"), run.mark.unwrap_or(""))
        };
        runs.iter().map(tell).collect()
    }

    #[test]
    fn a_text_is_cut_at_every_border() {
        let found = runs(
            "Join( [a]",
            &[(0..4, "f"), (4..5, "b"), (6..9, "a")],
            &[(2..5, "bad")],
            &[4..5, 4..5],
        );
        assert_eq!(told(&found), ["Jof", "infbad", "(bbad*", " -", "[a]a"]);
        let whole: String = found.into_iter().map(|run| run.text).collect();
        assert_eq!(whole, "Join( [a]");
    }

    #[test]
    fn a_mark_on_nothing_is_seen_on_a_neighbour() {
        let marked = |text: &str, at: usize| told(&runs(text, &[], &[(at..at, "bad")], &[]));
        assert_eq!(marked("ab", 0), ["a-bad", "b-"]);
        assert_eq!(marked("a😀", 5), ["a-", "😀-bad"]);
        assert_eq!(marked("a\nb", 1), ["a-bad", "\nb-"]);
        assert_eq!(marked("", 0), Vec::<String>::new());
    }

    #[test]
    fn the_first_of_two_marks_counts() {
        let found = runs("abc", &[], &[(0..2, "bad"), (1..3, "warning")], &[]);
        assert_eq!(told(&found), ["a-bad", "b-bad", "c-warning"]);
    }

    #[test]
    fn what_belongs_to_another_text_does_no_harm() {
        let found = runs("é!", &[(1..2, "f"), (9..12, "g")], &[(0..9, "bad")], &[4..9, 9..9]);
        assert_eq!(told(&found), ["éfbad", "!-bad"]);
    }

    #[test]
    fn typing_changes_what_stands_between() {
        let of = |text: &str| runs(text, &[(0..1, "f"), (2..3, "f")], &[], &[]);
        assert_eq!(unchanged(&of("a b c"), &of("a x c")), (2, 1));
        assert_eq!(unchanged(&of("a b c"), &of("a b c")), (4, 0));
        assert_eq!(unchanged(&of("aaa"), &of("a")), (1, 0));
        assert_eq!(unchanged(&[], &of("a")), (0, 0));
    }
}
