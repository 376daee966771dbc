//! What each piece of a text is, for colouring it, and which bracket belongs to which.

use std::ops::Range;

use super::function;
use super::lex::{self, TokenKind};
use super::tree::Keyword;

/// A piece of a text that is coloured alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The name of a function.
    Function,
    /// The name of no function, with a parenthesis behind it.
    UnknownFunction,
    /// `[attribute]`.
    Attribute,
    /// `"text"`.
    Text,
    /// A number.
    Number,
    /// `vbTextCompare` or `vbBinaryCompare`.
    Keyword,
    /// `=`, `<>`, `>`, `>=`, `<`, `<=`.
    Comparison,
    /// `(` or `)`.
    Bracket,
    /// `,`.
    Comma,
    /// What has no meaning here: a bare word, a quote that is never closed, one `)` too many.
    Fault,
}

/// The pieces of a text in their order: every character that is no white space lies in one.
pub fn tokens(text: &str) -> Vec<Token> {
    let pieces = lex::tokens(text);
    let followers = pieces.iter().skip(1).map(|piece| Some(piece.kind)).chain([None]);
    let mut open = 0_usize;
    pieces
        .iter()
        .zip(followers)
        .map(|(piece, next)| {
            let written = text.get(piece.span.clone()).unwrap_or_default();
            let kind = match piece.kind {
                TokenKind::Name => name(written, next == Some(TokenKind::Open)),
                TokenKind::Attribute => Kind::Attribute,
                TokenKind::Text => Kind::Text,
                TokenKind::Number => Kind::Number,
                TokenKind::Comparison => Kind::Comparison,
                TokenKind::Comma => Kind::Comma,
                TokenKind::Open => {
                    open += 1;
                    Kind::Bracket
                }
                TokenKind::Close if open > 0 => {
                    open -= 1;
                    Kind::Bracket
                }
                TokenKind::Close
                | TokenKind::Unclosed
                | TokenKind::ForeignQuotes
                | TokenKind::Unknown => Kind::Fault,
            };
            Token { span: piece.span.clone(), kind }
        })
        .collect()
}

fn name(word: &str, is_called: bool) -> Kind {
    if function::find(word).is_some() {
        Kind::Function
    } else if is_called {
        Kind::UnknownFunction
    } else if Keyword::ALL.iter().any(|(name, _)| *name == word) {
        Kind::Keyword
    } else {
        Kind::Fault
    }
}

/// The pair of brackets of which one stands at a position, the opening one first: parentheses,
/// and the square brackets of an attribute. The bracket before the position counts more than the
/// one behind it, because it is the one that was typed.
pub fn matching_bracket(text: &str, position: usize) -> Option<(Range<usize>, Range<usize>)> {
    let pairs = pairs(text);
    let touching = |at: fn(&Range<usize>) -> usize| {
        pairs.iter().find(|(open, close)| at(open) == position || at(close) == position).cloned()
    };
    touching(|bracket| bracket.end).or_else(|| touching(|bracket| bracket.start))
}

/// All pairs of brackets.
fn pairs(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for token in lex::tokens(text) {
        let span = token.span;
        match token.kind {
            TokenKind::Open => open.push(span),
            TokenKind::Close => pairs.extend(open.pop().map(|opening| (opening, span))),
            TokenKind::Attribute => {
                pairs.push((span.start..span.start + 1, span.end - 1..span.end));
            }
            _ => {}
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of a text with their kinds.
    fn coloured(text: &str) -> Vec<(&str, Kind)> {
        tokens(text).into_iter().map(|t| (text.get(t.span).unwrap(), t.kind)).collect()
    }

    #[test]
    fn every_piece_has_its_kind() {
        assert_eq!(
            coloured("InStr ( [a] , \"x y\",&HF, vbTextCompare)"),
            [
                ("InStr", Kind::Function),
                ("(", Kind::Bracket),
                ("[a]", Kind::Attribute),
                (",", Kind::Comma),
                ("\"x y\"", Kind::Text),
                (",", Kind::Comma),
                ("&HF", Kind::Number),
                (",", Kind::Comma),
                ("vbTextCompare", Kind::Keyword),
                (")", Kind::Bracket),
            ]
        );
        assert_eq!(
            coloured("Nix(mail <= 'x')) & \"open"),
            [
                ("Nix", Kind::UnknownFunction),
                ("(", Kind::Bracket),
                ("mail", Kind::Fault),
                ("<=", Kind::Comparison),
                ("'x'", Kind::Fault),
                (")", Kind::Bracket),
                (")", Kind::Fault),
                ("&", Kind::Fault),
                ("\"open", Kind::Fault),
            ]
        );
    }

    #[test]
    fn a_bracket_finds_its_partner() {
        let text = "Not(IIF([a], 1, 2))";
        let pair = |position| {
            let (open, close) = matching_bracket(text, position)?;
            Some((open.start, close.start))
        };
        assert_eq!(pair(3), Some((3, 18)));
        assert_eq!(pair(4), Some((3, 18)));
        // Between `(` and `[`: the one before counts.
        assert_eq!(pair(8), Some((7, 17)));
        assert_eq!(pair(9), Some((8, 10)));
        assert_eq!(pair(18), Some((7, 17)));
        assert_eq!(pair(19), Some((3, 18)));
        assert_eq!(pair(5), None);
        assert_eq!(matching_bracket("Not(\")\"", 4), None);
    }
}
