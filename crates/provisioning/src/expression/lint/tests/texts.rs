//! Rules over texts and patterns.

use super::*;

#[test]
fn backslashes() {
    let rule = Rule::UnknownEscape;
    breaks(rule, r#"Split([dn], "\,")"#, r"\,");
    keeps(rule, r#"Split([dn], "\\,\"")"#);
    assert_eq!(mended(rule, r#"Split([dn], "\,x\.")"#), r#"Split([dn], "\\,x\\.")"#);
}

#[test]
fn appends() {
    let rule = Rule::NestedAppend;
    let text = "Append(Append([a], \"-\"), [b])";
    breaks(rule, text, text);
    keeps(rule, "Append([a], [b])");
    keeps(rule, "Append(ToLower(Append([a], \"x\")), [b])");
    assert_eq!(mended(rule, text), "Join(\"\", [a], \"-\", [b])");
    let text = "Append(\"1\", Append(Append([a], \"-\"), [b]))";
    assert_eq!(mended(rule, text), "Join(\"\", \"1\", [a], \"-\", [b])");
    assert_eq!(broken(text, &on_creation()).len(), 1);
}

fn by_pattern(pattern: &str) -> String {
    format!("Replace([a], , \"{pattern}\", , \"\", , )")
}

#[test]
fn patterns() {
    breaks(Rule::RegexCatastrophic, &by_pattern("^([a-z]+)*$"), "\"^([a-z]+)*$\"");
    keeps(Rule::RegexCatastrophic, &by_pattern("^[a-z]+(-[a-z]+)*$"));
    breaks(Rule::RegexForeign, &by_pattern("(?P<n>a)"), "\"(?P<n>a)\"");
    breaks(Rule::RegexForeign, &by_pattern("a++"), "\"a++\"");
    keeps(Rule::RegexForeign, &by_pattern("(?<n>a+)[++]"));
    keeps(Rule::RegexForeign, &by_pattern("\\\\++"));
    breaks(Rule::RegexNotPreviewed, &by_pattern("(?<-n>a)"), "\"(?<-n>a)\"");
    keeps(Rule::RegexNotPreviewed, &by_pattern("(?<=n)a"));
}

#[test]
fn what_dotnet_refuses_is_refused_in_a_preview() {
    for pattern in ["(?P<n>a)", "a++", "\\g1", "(*FAIL)", "(?R)"] {
        let quoted = crate::expression::lex::quote(pattern);
        let text = format!("Replace([a], , {quoted}, , \"\", , )");
        breaks(Rule::RegexForeign, &text, &quoted);
        assert!(Expression::parse(&text).compile().is_err(), "{pattern}");
    }
    breaks(Rule::RegexForeign, &by_pattern("[[:alpha:]]"), "\"[[:alpha:]]\"");
}

#[test]
fn what_a_preview_cannot_evaluate_is_refused_there() {
    for pattern in ["(?<-n>a)", "(?n)a", "(?n:a)", "\\p{IsBasicLatin}", "\\cA"] {
        let quoted = crate::expression::lex::quote(pattern);
        let text = format!("Replace([a], , {quoted}, , \"\", , )");
        breaks(Rule::RegexNotPreviewed, &text, &quoted);
        assert!(Expression::parse(&text).compile().is_err(), "{pattern}");
    }
}
