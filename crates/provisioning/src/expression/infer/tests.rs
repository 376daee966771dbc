use super::super::Expression;
use super::*;

fn inferred(text: &str) -> Inferred {
    let mut attributes = vec![
        AttributeHint::new("givenName", ValueKind::Text),
        AttributeHint::new("accountEnabled", ValueKind::Boolean),
        AttributeHint::new("proxyAddresses", ValueKind::List),
        AttributeHint::new("userPrincipalName", ValueKind::Text),
    ];
    attributes[3].always_present = true;
    infer(Expression::parse(text).root(), Some(&attributes))
}

/// The kinds in a row of letters, and behind a bar `n`, `e` and `i` for null, empty and ignored.
fn shown(text: &str) -> String {
    let found = inferred(text);
    let kinds: Vec<String> = found.kinds.iter().map(|kind| format!("{kind:?}")).collect();
    let flags = [
        (found.may_be_null, "null"),
        (found.may_be_empty, "empty"),
        (found.may_be_ignored, "ignored"),
    ];
    let flags = flags.into_iter().filter(|(is, _)| *is).map(|(_, name)| name);
    kinds.into_iter().chain(flags.map(str::to_owned)).collect::<Vec<_>>().join(" ")
}

#[test]
fn kinds_follow_the_functions() {
    let check = |text: &str, expected: &str| assert_eq!(shown(text), expected, "{text}");
    check("[givenName]", "Text null");
    check("[userPrincipalName]", "Text");
    check("[nothing]", "null");
    check("[IsSoftDeleted]", "Boolean");
    check("\"\"", "Text empty");
    check("Append([givenName], \"x\")", "Text null");
    check("Join(\" \", [givenName])", "Text empty");
    check("Join(\" \", [givenName], \"x\")", "Text");
    check("Left([userPrincipalName], 3)", "Text");
    check("Mid([userPrincipalName], 2, 3)", "Text empty");
    check("Word([userPrincipalName], 2, \"@\")", "Text empty");
    check("Len([givenName])", "Number");
    check("Split([givenName], \",\")", "List null");
    check("CDate([givenName])", "Date");
    check("IIF([givenName] = \"a\", 1, [accountEnabled])", "Number Boolean null");
    check("Switch([givenName], , \"a\", \"b\")", "Text null");
    check("Switch([givenName], \"c\", \"a\", \"b\")", "Text");
    check("Coalesce([givenName], [userPrincipalName])", "Text");
    check("Coalesce([givenName], [accountEnabled])", "Text Boolean null");
    check("IgnoreFlowIfNullOrEmpty([givenName])", "Text ignored");
    check("Join(\"\", \"a\", IgnoreFlowIfNullOrEmpty([givenName]))", "Text ignored");
    check("Replace([userPrincipalName], , \"[0-9]\", , \"\", , )", "Text empty");
    check("Replace([userPrincipalName], \"a\", , , \"b\", , )", "Text");
    check("SingleAppRoleAssignment([appRoleAssignments])", "Text null");
    check("ToLower([proxyAddresses])", "Text null");
    check("Not([accountEnabled])", "Boolean");
}

#[test]
fn unknown_attributes_may_hold_anything() {
    let found = infer(Expression::parse("[x]").root(), None);
    assert_eq!(found.kinds, Kinds::OF_ATTRIBUTES);
    assert!(found.may_be_null && !found.kinds.has(ValueKind::Date));
}

#[test]
fn every_function_is_known_to_yield_something() {
    for function in super::super::function::ALL {
        assert_ne!(yields(function), Kinds::OF_ATTRIBUTES, "{}", function.name);
    }
    let kinds = |name| yields(super::super::function::find(name).expect(name));
    assert!(kinds("Now").is_only(ValueKind::Date));
    assert!(kinds("Coalesce").has(ValueKind::Date) && kinds("Coalesce").has(ValueKind::List));
}
