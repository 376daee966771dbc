//! Rules of the grammar, and that every rule has a test.

use super::*;

/// One text per rule of the grammar, with the piece that it points at.
#[test]
fn faults_are_among_the_findings() {
    let check = |rule, text, piece| breaks(rule, text, piece);
    check(Rule::Syntax, "IIF([a] = , 1, 2)", ",");
    check(Rule::MissingComma, "Append([mail] \"x\")", "\"x\"");
    check(Rule::Unclosed, "Append([mail], \"x\"", "Append");
    check(Rule::Unclosed, "Append([mail, \"x\")", "[mail");
    check(Rule::Unclosed, "Append([mail], \"x)", "\"x)");
    check(Rule::ForeignQuotes, "Append([mail], 'x')", "'x'");
    check(Rule::BareWord, "Append(mail, \"x\")", "mail");
    check(Rule::Operator, "[a] & [b]", "&");
    check(Rule::Operator, "IIF([a] = 1 OR [b] = 2, 1, 2)", "OR");
    check(Rule::HrKeyword, "Coalesce([a], IgnoreAttributeFlow)", "IgnoreAttributeFlow");
    check(Rule::WrongCase, "tolower([mail])", "tolower");
    check(Rule::UnknownFunction, "Trim([mail])", "Trim");
    check(Rule::Arity, "Left([mail])", "Left");
    check(Rule::RolesArgument, "SingleAppRoleAssignment([roles])", "[roles]");
    check(Rule::Placement, "ToLower(SelectUniqueValue(\"a\", \"b\"))", "SelectUniqueValue");
    let deep = "Not(".repeat(101) + "[a]" + &")".repeat(101);
    check(Rule::TooDeep, &deep, "Not");
    let long = format!("Append([mail], \"{}\")", "x".repeat(10_000));
    check(Rule::TooLong, &long, &long);
}

#[test]
fn a_sound_expression_breaks_no_rule() {
    for text in [
        "Join(\" \", [givenName], [surname])",
        "ToLower(Coalesce([mail], [userPrincipalName]))",
        "IIF([country] = \"US\", \"USD\", \"EUR\")",
        "Replace([mobile], , \"[()\\\\s-]+\", , \"\", , )",
        "FormatDateTime([employeeHireDate], , \"yyyy-MM-ddTHH:mm:ssZ\", \"yyyy-MM-dd\")",
        "Item(Split([userPrincipalName], \"@\"), 1)",
        "IIF(DateDiff(\"d\", CDate([employeeHireDate]), Now()) >= 0, \"yes\", \"no\")",
    ] {
        assert_eq!(broken(text, &on_creation()), [], "{text}");
    }
}

#[test]
fn every_rule_is_tested() {
    let tests = [
        include_str!("arguments.rs"),
        include_str!("conditions.rs"),
        include_str!("dates.rs"),
        include_str!("faults.rs"),
        include_str!("results.rs"),
        include_str!("texts.rs"),
    ];
    for rule in Rule::ALL {
        let name = format!("Rule::{rule:?}");
        let is_tested = tests.iter().any(|text| {
            text.lines().any(|line| {
                line.contains(&format!("{name},")) || line.contains(&format!("{name};"))
            })
        });
        assert!(is_tested, "{name}");
    }
}
