//! Regular expressions, judged by their text alone: nothing is built here.

use super::super::function::Kind;
use super::super::tree::{Node, NodeKind};
use super::{Lint, Rule, View};

mod repetition;

/// Looks at the patterns of a call.
pub(super) fn check(_: &View<'_>, node: &Node, found: &mut Vec<Lint>) {
    let NodeKind::Call(call) = &node.kind else { return };
    for (place, argument) in call.arguments.iter().enumerate() {
        let (Some(argument), Some(function)) = (argument, call.function) else { continue };
        if function.parameter(place).is_none_or(|p| p.kind != Kind::Pattern) {
            continue;
        }
        let NodeKind::Text(pattern) = &argument.kind else { continue };
        let lint = |rule, message: &str| Lint::new(rule, argument.span.clone(), message);
        if repetition::is_catastrophic(pattern) {
            let message = "a repetition stands in another one that adds nothing to it, as in \
                           `(a+)+`: on a text that does not fit, the time doubles with every \
                           character";
            found.push(
                lint(Rule::RegexCatastrophic, message).helping(
                    "repeat one of the two only; the preview gives up after 200,000 steps",
                ),
            );
        }
        found.extend(first(pattern, &FOREIGN).map(|(piece, help)| {
            let message = format!("`{piece}` is written for other engines, not for .NET's");
            lint(Rule::RegexForeign, &message).helping(help)
        }));
        found.extend(first(pattern, &NOT_PREVIEWED).map(|(piece, help)| {
            let message = format!("`{piece}` works in Entra, but everybody fails in a preview");
            lint(Rule::RegexNotPreviewed, &message).helping(help)
        }));
    }
}

/// A piece of a pattern, and what to write for it.
type Piece = (&'static str, &'static str);

/// What .NET does not know.
const FOREIGN: [Piece; 12] = [
    ("(?P<", "name a group as in `(?<name>...)`"),
    ("(?P=", "refer to a group as in `\\k<name>`"),
    ("(?P>", "there is no recursion"),
    ("(?R)", "there is no recursion"),
    ("(?|", "there is no branch reset; name the groups alike"),
    ("[[:", "write a class as in `[A-Za-z]` or `\\p{L}`"),
    ("\\Q", "escape each character on its own"),
    ("\\K", "use a look-behind: `(?<=...)`"),
    ("\\h", "write a blank and `\\t`"),
    ("*+", "write an atomic group: `(?>...*)`"),
    ("++", "write an atomic group: `(?>...+)`"),
    ("?+", "write an atomic group: `(?>...?)`"),
];

/// What .NET knows and a preview does not.
const NOT_PREVIEWED: [Piece; 5] = [
    ("(?<-", "do without a balancing group"),
    ("(?n)", "name the groups that you need"),
    ("(?n:", "name the groups that you need"),
    ("\\p{Is", "write the range of characters, as in `[\\u0370-\\u03FF]`"),
    ("\\c", "write the character by its number, as in `\\x09`"),
];

/// The first of some pieces that stands in a pattern, outside of classes and not escaped.
fn first(pattern: &str, pieces: &[Piece]) -> Option<Piece> {
    let mut characters = pattern.char_indices();
    let mut is_class = false;
    while let Some((at, c)) = characters.next() {
        let rest = pattern.get(at..).unwrap_or_default();
        let is_plain = !is_class || c == '\\';
        if let Some(piece) = pieces.iter().find(|(piece, _)| is_plain && rest.starts_with(piece)) {
            return Some(*piece);
        }
        match c {
            '\\' => {
                characters.next();
            }
            '[' => is_class = true,
            ']' => is_class = false,
            _ => {}
        }
    }
    None
}
