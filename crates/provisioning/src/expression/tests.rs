//! Faults with their place and their repair, and behaviour that no published vector pins down.

use super::*;
use crate::ambient::Ambient;
use crate::configuration::ObjectKind;
use crate::source::{SourceObject, SourceValue};
use value::{DateTime, Value};

/// The text that each fault points at, and what it says.
fn faults(text: &str) -> Vec<(&str, String)> {
    let expression = Expression::parse(text);
    let shown = |fault: &Fault| (text.get(fault.span.clone()).unwrap(), fault.to_string());
    expression.faults().iter().map(shown).collect()
}

#[test]
fn faults_name_the_place_and_the_repair() {
    let check = |text, place, said: &str| {
        let found = faults(text);
        let first = found.first().unwrap_or_else(|| panic!("{text} has a fault"));
        assert_eq!(first.0, place, "{text}");
        assert!(first.1.contains(said), "{text}: {}", first.1);
    };
    check("append([mail], \"x\")", "append", "write `Append`");
    check("Apend([mail], \"x\")", "Apend", "did you mean `Append`?");
    check("Trim([mail])", "Trim", "other Microsoft products");
    check("Append(mail, \"x\")", "mail", "`[mail]` for the attribute");
    check("Append([mail] \"x\")", "\"x\"", "a comma is missing before");
    check("Append([mail], 'x')", "'x'", "double quotes");
    check("Append([mail], \"x\") \"y\"", "\"y\"", "one function call");
    check("Append([mail], \"x\"))", ")", "one `)` too many");
    check("Append([mail], \"x\"", "Append", "never closed");
    check("Append([mail], \"x)", "Append", "never closed");
    check("Append([mail, \"x\")", "[mail", "never closed");
    check("\"a\" & [mail]", "&", "`Append` or `Join`");
    check("IIF([a] = \"x\" AND [b] = \"y\", 1, 0)", "AND", "nest one `IIF`");
    check("IIF([a] = , 1, 0)", ",", "a value is missing");
    check("Left([mail])", "Left", "missing its argument `numChars`; it is written `Left(");
    check("Left([mail], 1, 2)", "Left", "takes 2 arguments, but 3");
    check("Switch([a], , \"k\", \"v\", \"k2\")", "Switch", "groups of 2");
    check("ToLower(vbTextCompare)", "vbTextCompare", "fourth argument of `InStr`");
    check("SingleAppRoleAssignment([roles])", "[roles]", "([appRoleAssignments])");
    check("IIF(IgnoreFlowIfNullOrEmpty([a]), 1, 2)", "IgnoreFlowIfNullOrEmpty", "no condition");
    check("ToLower(IgnoreAttributeFlow)", "IgnoreAttributeFlow", "HR systems");
    check("ToLower(Now)", "Now", "needs parentheses");
    check("ToLower([ ])", "[ ]", "name no attribute");
    check("Append([mail], “x”)", "“x”", "straight double quotes");
    check("", "", "empty");
}

#[test]
fn one_fault_does_not_hide_the_next() {
    let found = faults("Join(\" \", Apend([a]), [b] [c], Left([d]))");
    let places: Vec<_> = found.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, ["Apend", "[c]", "Left"]);
}

#[test]
fn all_faults_of_a_text_are_found_at_their_places() {
    let check = |text, expected: &[&str]| {
        let found = faults(text);
        let places: Vec<_> = found.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, expected, "{text}");
    };
    check(
        "Join('-', mail, Apend([a] [b]), Left([c)",
        &["Join", "'-'", "mail", "Apend", "[b]", "Left", "[c"],
    );
    check("Nix() & Apend(x)", &["Nix", "&", "Apend", "x"]);
    check("IIF([a] = 1 AND Nix() = 2, tolower([b]), )", &["IIF", "AND", "Nix", "tolower"]);
    check("IIF((Nix()), Len(a b), [c]", &["IIF", "(", "Nix", "Len", "a", "b", "b"]);
    check("Len([a]) Apend(b) ) c", &["Apend", "Apend", "b", ")", "c"]);
    check("1 = 2 = Nix()", &["=", "Nix"]);
}

#[test]
fn a_repair_writes_what_was_meant() {
    let check = |text: &str, expected: &str| {
        let expression = Expression::parse(text);
        let fix = expression.faults().iter().flat_map(|fault| &fault.fixes).next();
        assert_eq!(fix.expect(text).apply(text), expected, "{text}");
    };
    check("append([mail], \"x\")", "Append([mail], \"x\")");
    check("Apend([mail], \"x\")", "Append([mail], \"x\")");
    check("UCase([mail])", "ToUpper([mail])");
    check("Trim([mail])", r#"Replace([mail], , "^\\s+|\\s+$", , "", , )"#);
    check("Append(mail, \"x\")", "Append([mail], \"x\")");
    check("Not(true)", "Not(\"True\")");
    check("DateAdd(\"d\", 1, Now)", "DateAdd(\"d\", 1, Now())");
    check("InStr([a], \"b\", 1, VBTextCompare)", "InStr([a], \"b\", 1, vbTextCompare)");
    check("Append([mail] \"x\")", "Append([mail], \"x\")");
    check("Append([mail], 'x')", "Append([mail], \"x\")");
    check("Append([mail], “say \"x\"”)", r#"Append([mail], "say \"x\"")"#);
    check("Append([mail], \"x\"))", "Append([mail], \"x\")");
    check("Append([mail], \"x\")))", "Append([mail], \"x\")");
    check("Append([mail], \"x\"", "Append([mail], \"x\")");
    check("ToLower(Left([mail], 1", "ToLower(Left([mail], 1))");
    check("Append([mail], \"x)", "Append([mail], \"x\")");
    check("Append([mail], 'x)", "Append([mail], \"x\")");
    check("Append([mail, \"x\")", "Append([mail], \"x\")");
    check("[first] & \" \" & [last]", "Join(\"\", [first], \" \", [last])");
    check("ToLower([a] + \"x\")", "ToLower(Append([a], \"x\"))");
    check("IIF(([a] = 1), 1, 2)", "IIF([a] = 1, 1, 2)");
    check("IIF([a] = , 1, 2)", "IIF([a] = \"\", 1, 2)");
    check("Left([mail], , 3)", "Left([mail], 3)");
    check("Join(, [a], [b])", "Join(\"\", [a], [b])");
    check("Append([a], [b], [c])", "Join(\"\", [a], [b], [c])");
    check("Switch([a], \"k\", \"v\", \"l\", \"w\")", "Switch([a], , \"k\", \"v\", \"l\", \"w\")");
    check("SingleAppRoleAssignment([roles])", "SingleAppRoleAssignment([appRoleAssignments])");
    check("IIF(IgnoreFlowIfNullOrEmpty([a]), 1, 2)", "IgnoreFlowIfNullOrEmpty(IIF([a], 1, 2))");
    check(
        "ToLower(Left(SelectUniqueValue([a], [b]), 8))",
        "SelectUniqueValue(ToLower(Left([a], 8)), ToLower(Left([b], 8)))",
    );
}

#[test]
fn a_call_can_be_closed_where_its_arguments_end() {
    let text = "Join(\" \", Left([givenName], 1, [surname])";
    let expression = Expression::parse(text);
    let fixes: Vec<String> = expression
        .faults()
        .iter()
        .flat_map(|fault| &fault.fixes)
        .map(|fix| fix.apply(text))
        .collect();
    assert_eq!(
        fixes,
        [
            "Join(\" \", Left([givenName], 1, [surname]))",
            "Join(\" \", Left([givenName], 1), [surname])"
        ]
    );
}

#[test]
fn canonical_text_keeps_empty_places() {
    let check = |text: &str, canonical| {
        assert_eq!(Expression::parse(text).to_string(), canonical);
    };
    check("Replace ([a],\"-\",,,\"_\",,)", "Replace([a], \"-\", , , \"_\", , )");
    check("IIF([a]=1,\n\"x\",&HF)", "IIF([a] = 1, \"x\", &HF)");
    check(r#"Append([a], "\,\\\"")"#, r#"Append([a], "\\,\\\"")"#);
    check("Append( [a]", "Append( [a]");
}

#[test]
fn attributes_are_listed_in_order() {
    let expression = Expression::parse("IIF([b] = [a], Join(\" \", [c], [b]), \"[d]\")");
    assert_eq!(expression.attributes().collect::<Vec<_>>(), ["b", "a", "c", "b"]);
}

fn object(attributes: &[(&str, SourceValue)]) -> SourceObject {
    SourceObject {
        id: "1".to_owned(),
        kind: ObjectKind::User,
        attributes: attributes.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

fn evaluate(
    text: &str,
    attributes: &[(&str, SourceValue)],
) -> Result<Flow<'static>, EvaluationFault> {
    Expression::parse(text).evaluate(&Inputs {
        object: &object(attributes),
        roles: &[],
        is_soft_deleted: false,
        default_domain: None,
        ambient: &Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 },
    })
}

fn result(text: &str) -> String {
    let a = SourceValue::Text("Añá😀b".to_owned());
    match evaluate(text, &[("a", a)]) {
        Ok(Flow::Value(value)) => value.into_texts().join("; "),
        Ok(Flow::Ignore) => "left out of the flow".to_owned(),
        Err(fault) => format!("{:?} {fault}", fault.kind),
    }
}

#[test]
fn positions_count_utf_16_units_and_cut_no_character() {
    assert_eq!(result("Len([a])"), "6");
    assert_eq!(result("Left([a], 4)"), "Añá");
    assert_eq!(result("Left([a], 5)"), "Añá😀");
    assert_eq!(result("Mid([a], 6, 1)"), "b");
    assert_eq!(result("InStr([a], \"b\")"), "6");
    assert_eq!(result("InStr([a], \"B\", 1, vbTextCompare)"), "6");
    assert_eq!(result("Mid([a], 0, 2)"), "");
}

#[test]
fn choices_hold_where_nothing_is_published() {
    assert_eq!(result("Coalesce(\"\", \"x\")"), "");
    assert_eq!(result("Append([none], \"x\")"), "");
    assert_eq!(result("Join(\"\", 007, 1.50)"), "0071.50");
    assert_eq!(result("Append(IgnoreFlowIfNullOrEmpty([none]), \"x\")"), "left out of the flow");
    assert_eq!(result("FormatDateTime(\"2024-03-09\", \"yyyy-MM-dd\", \"d\")"), "03/09/2024");
    assert_eq!(result("IIF([none] <> \"x\", \"yes\", \"no\")"), "no");
    assert_eq!(result("NormalizeDiacritics(\"한국 œ̄ đ\")"), "한국 oe đ");
    assert_eq!(result("PCase(\"1st john's école\")"), "1St John's École");
}

#[test]
fn failures_point_at_their_argument() {
    let check = |text: &str, kind, place| {
        let values = SourceValue::List(vec!["x".to_owned(), "y".to_owned()]);
        let fault = evaluate(text, &[("many", values)]).expect_err(text);
        assert_eq!((fault.kind, text.get(fault.span).unwrap()), (kind, place), "{text}");
    };
    check("ToUpper(Left(\"abc\", \"x\"))", EvaluationFaultKind::Type, "\"x\"");
    check("Append([many], \"x\")", EvaluationFaultKind::Type, "[many]");
    check("IIF([many] = \"x\", 1, 2)", EvaluationFaultKind::Type, "[many]");
    check("Replace(\"a\", , \"(\", , \"\")", EvaluationFaultKind::Regex, "\"(\"");
    check("Replace(\"a\", , \"b\", \"n\", \"\")", EvaluationFaultKind::Argument, "\"n\"");
    check("DateAdd(\"d\", 1, \"2024-01-01\")", EvaluationFaultKind::Type, "\"2024-01-01\"");
    check(
        "SelectUniqueValue(\"a\", \"b\")",
        EvaluationFaultKind::NotEvaluated,
        "SelectUniqueValue(\"a\", \"b\")",
    );
    check("Item([many], 3)", EvaluationFaultKind::Range, "3");
}

#[test]
fn a_program_lends_what_it_does_not_change() {
    let object = object(&[("mail", SourceValue::Text("ana@contoso.com".to_owned()))]);
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 };
    let inputs = Inputs {
        object: &object,
        roles: &[],
        is_soft_deleted: false,
        default_domain: None,
        ambient: &ambient,
    };
    let program = Expression::parse("ToLower(Left([mail], 3))").compile().expect("sound");
    let flow = program.evaluate(&inputs).expect("a value");
    assert!(matches!(flow, Flow::Value(Value::Text(std::borrow::Cow::Borrowed("ana")))));
}
