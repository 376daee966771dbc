use super::*;

/// What most rules are tested with.
fn attributes() -> Vec<AttributeHint> {
    let mut attributes = [
        ("givenName", ValueKind::Text),
        ("mail", ValueKind::Text),
        ("country", ValueKind::Text),
        ("accountEnabled", ValueKind::Boolean),
        ("proxyAddresses", ValueKind::List),
        ("userPrincipalName", ValueKind::Text),
    ]
    .map(|(name, kind)| AttributeHint::new(name, kind))
    .to_vec();
    attributes.last_mut().unwrap().always_present = true;
    attributes
}

/// The mapping that most rules are tested in: applied on creation only, target unknown.
fn on_creation() -> Situation<'static> {
    Situation { apply: Apply::OnlyDuringCreation, ..Situation::default() }
}

/// The rules that a text breaks, each with the piece that it points at.
fn broken(text: &str, situation: &Situation<'_>) -> Vec<(Rule, String)> {
    let found = lint(&Expression::parse(text), situation).into_iter();
    found.map(|lint| (lint.rule, text.get(lint.span).expect("a place").to_owned())).collect()
}

fn breaks(rule: Rule, text: &str, piece: &str) {
    breaks_in(&on_creation(), rule, text, piece);
}

fn breaks_in(situation: &Situation<'_>, rule: Rule, text: &str, piece: &str) {
    let found = broken(text, situation);
    assert!(found.contains(&(rule, piece.to_owned())), "{} in {text}: {found:?}", rule.id());
}

fn keeps(rule: Rule, text: &str) {
    keeps_in(&on_creation(), rule, text);
}

fn keeps_in(situation: &Situation<'_>, rule: Rule, text: &str) {
    let found = broken(text, situation);
    assert!(found.iter().all(|(broken, _)| *broken != rule), "{} in {text}: {found:?}", rule.id());
}

/// What the first repair for a rule makes of a text.
fn mended(rule: Rule, text: &str) -> String {
    mended_in(&on_creation(), rule, text)
}

fn mended_in(situation: &Situation<'_>, rule: Rule, text: &str) -> String {
    let found = lint(&Expression::parse(text), situation);
    let lint = found.iter().find(|lint| lint.rule == rule).expect(text);
    lint.fixes.first().map_or("no repair".to_owned(), |fix| fix.apply(text))
}

mod arguments;
mod conditions;
mod dates;
mod faults;
mod results;
mod texts;
