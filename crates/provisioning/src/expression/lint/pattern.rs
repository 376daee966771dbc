//! Regular expressions, judged by their text alone: nothing is built here.

use super::super::function::Kind;
use super::super::tree::{Node, NodeKind};
use super::{Lint, Rule, View};
use crate::dotnet_regex::{self, Objection};

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
        if pattern.contains("[[:") {
            let message =
                "`[[:` begins a class of other engines; .NET reads its letters one by one";
            let help = "write a class as in `[A-Za-z]` or `\\p{L}`";
            found.push(lint(Rule::RegexForeign, message).helping(help));
        }
        found.extend(dotnet_regex::objection(pattern).map(|objection| {
            let Objection { piece, repair, is_dotnet } = objection;
            let (rule, message) = match is_dotnet {
                true => (
                    Rule::RegexNotPreviewed,
                    format!("`{piece}` works in Entra, but everybody fails in a preview"),
                ),
                false => (
                    Rule::RegexForeign,
                    format!("`{piece}` is written for other engines; .NET refuses it"),
                ),
            };
            lint(rule, &message).helping(repair)
        }));
    }
}
