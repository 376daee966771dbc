use super::*;

/// What most rules are tested with: four attributes, applied always, no target known.
fn attributes() -> Vec<AttributeHint> {
    [
        ("givenName", ValueKind::Text),
        ("mail", ValueKind::Text),
        ("accountEnabled", ValueKind::Boolean),
        ("proxyAddresses", ValueKind::List),
    ]
    .map(|(name, kind)| AttributeHint::new(name, kind))
    .to_vec()
}

/// The rules that a text breaks, each with the piece that it points at.
fn broken<'t>(text: &'t str, situation: &Situation<'_>) -> Vec<(&'static str, &'t str)> {
    let found = lint(&Expression::parse(text), situation);
    found.iter().map(|lint| (lint.rule.id(), text.get(lint.span.clone()).unwrap())).collect()
}

#[test]
fn faults_are_among_the_findings() {
    assert_eq!(broken("tolower([mail])", &Situation::default()), [("wrong-case", "tolower")]);
}

#[test]
fn attributes_that_nobody_has_are_found() {
    let known = attributes();
    let situation = Situation { attributes: Some(&known), ..Situation::default() };
    let check = |text, expected: &[(&str, &str)]| assert_eq!(broken(text, &situation), expected);
    check("ToLower([Mail])", &[("unknown-attribute", "[Mail]")]);
    check("ToLower([mail])", &[]);
    check("Not([IsSoftDeleted])", &[]);
    assert_eq!(broken("ToLower([Mail])", &Situation::default()), []);
    let found = lint(&Expression::parse("ToLower([givnName])"), &situation);
    assert_eq!(found[0].fixes[0].apply("ToLower([givnName])"), "ToLower([givenName])");
}
