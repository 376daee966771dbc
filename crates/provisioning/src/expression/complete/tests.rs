use super::*;

fn attributes() -> Vec<AttributeHint> {
    [
        ("givenName", ValueKind::Text),
        ("surname", ValueKind::Text),
        ("displayName", ValueKind::Text),
        ("proxyAddresses", ValueKind::List),
    ]
    .map(|(name, kind)| AttributeHint::new(name, kind))
    .to_vec()
}

/// The text up to `|`, and where `|` stood.
fn place(marked: &str) -> (String, usize) {
    (marked.replace('|', ""), marked.find('|').unwrap())
}

/// The text after the first completion was taken, with the caret in it.
fn taken(marked: &str) -> String {
    let (text, position) = place(marked);
    let found = at(&text, position, &attributes());
    let Some(first) = found.items.first() else { return "nothing".to_owned() };
    let (before, after) = first.insert.split_at(first.caret);
    let mut text = text;
    text.replace_range(found.replaces, &format!("{before}|{after}"));
    text
}

fn labels(marked: &str) -> Vec<String> {
    let (text, position) = place(marked);
    at(&text, position, &attributes()).items.into_iter().map(|item| item.label).collect()
}

#[test]
fn the_likeliest_completion_is_taken_with_one_key() {
    let check = |marked, expected| assert_eq!(taken(marked), expected, "{marked}");
    check("joi|", "Join(|)");
    check("Join(\" \", [giv|", "Join(\" \", [givenName]|");
    check("Join(\" \", [giv|, [surname])", "Join(\" \", [givenName]|, [surname])");
    check("Join(\" \", [gi|ven], [surname])", "Join(\" \", [givenName]|, [surname])");
    check("Join(\" \", sur|)", "Join(\" \", [surname]|)");
    check("tol|([surname])", "ToLower|([surname])");
    check("No|", "Not(|)");
    check("now|", "Now()|");
    check("DateAdd(|", "DateAdd(\"yyyy\"|");
    check("DateAdd(\"w|\", 1, Now())", "DateAdd(\"ww\"|, 1, Now())");
    check("DateAdd(\"w|, 1, CDate(\"2024-01-01\"))", "DateAdd(\"ww\"|, 1, CDate(\"2024-01-01\"))");
    check("InStr(\"a\", \"b\", 1, text|)", "InStr(\"a\", \"b\", 1, vbTextCompare|)");
    check("FormatDateTime([surname], , |", "FormatDateTime([surname], , \"yyyy-MM-dd\"|");
    check("Count(|)", "Count([proxyAddresses]|)");
    check("SingleAppRoleAssignment(|)", "SingleAppRoleAssignment([appRoleAssignments]|)");
    check("DateAdd(\"d\", 1, |)", "DateAdd(\"d\", 1, CDate(|))");
}

#[test]
fn nothing_is_offered_where_nothing_fits() {
    for marked in ["\"some |text\"", "12|", "[surname] |", "Join(\" \", [surname]|)", "Left(\"|\")"]
    {
        assert_eq!(labels(marked), [""; 0], "{marked}");
    }
}

#[test]
fn roles_are_offered_to_role_functions_alone() {
    assert_eq!(labels("SingleAppRoleAssignment([|)"), ["appRoleAssignments"]);
    assert!(!labels("ToLower([|)").contains(&"appRoleAssignments".to_owned()));
    assert!(labels("ToLower([|)").contains(&"IsSoftDeleted".to_owned()));
}

#[test]
fn the_call_around_a_position_is_found_in_unfinished_text() {
    let check = |marked: &str, expected: Option<(&str, usize, usize)>| {
        let (text, position) = place(marked);
        let found = signature_at(&text, position);
        let found = found.map(|found| (found.function.name, found.parameter, found.argument));
        assert_eq!(found, expected, "{marked}");
    };
    check("Left(|", Some(("Left", 0, 0)));
    check("Left([a], |", Some(("Left", 1, 1)));
    check("Left([a], 1, |", Some(("Left", 2, 2)));
    check("Left(Join(\", \", |", Some(("Join", 1, 1)));
    check("Left(Join(\", \", [a], |", Some(("Join", 1, 2)));
    check("Left(Join(\", \", [a]), |", Some(("Left", 1, 1)));
    check("Switch([a], , \"k\", \"v\", \"k2\", |", Some(("Switch", 3, 5)));
    check("Left(([a], |", Some(("Left", 0, 0)));
    check("Left|([a])", None);
    check("Left([a], 1)|", None);
    check("Nix(|", None);
    check("Left(\"a(|", Some(("Left", 0, 0)));
}
