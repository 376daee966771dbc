use provisioning::expression::infer::ValueKind;
use provisioning::expression::lint::Situation;

use super::*;

fn problems(text: &str) -> Vec<CodeProblem> {
    let found = lint(&Expression::parse(text), &Situation::default());
    found.into_iter().map(problem).collect()
}

fn offered(text: &str, asked: bool) -> (Range<usize>, Vec<String>) {
    let mail = AttributeHint::new("mail", ValueKind::Text);
    let place = CodePlace { text: text.to_owned(), caret: text.len(), asked };
    let CodeOffers { replaces, offers } = offers(&place, &[mail]);
    (replaces, offers.into_iter().map(|offer| offer.label).collect())
}

#[test]
fn every_piece_has_the_sheets_name_for_its_kind() {
    let text = "InStr([mail], \"x\", 1, vbTextCompare) = Nix( oops";
    let told: Vec<_> = tokens(text).into_iter().map(|(span, kind)| (&text[span], kind)).collect();
    for expected in [
        ("InStr", "function"),
        ("[mail]", "attribute"),
        ("\"x\"", "text"),
        ("1", "number"),
        ("vbTextCompare", "keyword"),
        ("Nix", "name"),
        ("oops", "fault"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    assert!(told.iter().all(|(piece, _)| !["(", ",", "="].contains(piece)), "{told:?}");
}

#[test]
fn a_text_that_no_expression_has_is_not_coloured() {
    let endless = "(".repeat(COLOURED + 1);
    assert!(tokens(&endless).is_empty());
    assert_eq!(spot(&endless, 1), CodeSpot::default());
    assert_eq!(tokens("Not(").len(), 1);
}

#[test]
fn a_problem_tells_rule_and_repair_and_brings_its_fix() {
    let [problem] = &problems("Tolower([mail])")[..] else { panic!("one problem") };
    assert_eq!((problem.span.clone(), problem.tone), (0..7, Tone::Bad));
    assert!(problem.message.contains(" – ") && problem.message.ends_with(['.', '?']));
    let [fix, ..] = &problem.fixes[..] else { panic!("a fix") };
    assert!(fix.label.starts_with(char::is_uppercase), "{}", fix.label);
    assert_eq!(fix.edits, [(0..7, "ToLower".to_owned())]);
}

#[test]
fn nothing_is_offered_unasked_where_nothing_was_begun_or_all_is_there() {
    assert_eq!(offered("", false).1, Vec::<String>::new());
    assert_eq!(offered("Join(", false).1, Vec::<String>::new());
    assert_eq!(offered("[mail]", false).1, Vec::<String>::new());
    assert!(offered("", true).1.len() > 40);
    let (replaces, labels) = offered("Join(\" \", [m", false);
    assert_eq!((replaces, labels), (10..12, vec!["mail".to_owned()]));
    assert_eq!(offered("ToUp", false).1.first().map(String::as_str), Some("ToUpper"));
}

#[test]
fn the_values_of_a_parameter_are_offered_once_its_quote_is_typed() {
    assert_eq!(offered("DateAdd(", false).1, Vec::<String>::new());
    assert!(offered("DateAdd(\"", false).1.contains(&"yyyy".to_owned()));
    assert_eq!(offered("DateAdd(\"yyyy\"", false).1, Vec::<String>::new());
}

#[test]
fn the_parameter_at_the_caret_is_told_apart() {
    let told = |text: &str| {
        let CodeSignature { before, current, after, .. } = signature(text, text.len()).unwrap();
        (before, current, after)
    };
    let pieces = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(told("Join(\" \""), pieces("Join(", "separator", ", source, ...)"));
    assert_eq!(told("Join(\" \", [a], "), pieces("Join(separator, ", "source", ", ...)"));
    let (before, current, after) = told("Left([a], 1, 2");
    assert_eq!((current.as_str(), before.as_str()), ("", ""));
    assert!(after.starts_with("Left("));
    assert_eq!(signature("[mail]", 3), None);
}

#[test]
fn every_parameter_of_every_function_is_found_in_its_signature() {
    for function in provisioning::expression::function::ALL {
        for (at, parameter) in function.parameters.iter().enumerate() {
            let signature = function.signature();
            let found = &signature[span_of(function, at)];
            assert_eq!(found.trim_matches(['[', ']']), parameter.name, "{signature}");
            let about = about(function, Some(parameter));
            assert!(about.starts_with(parameter.name) && about.ends_with('.'), "{about}");
        }
    }
}

#[test]
fn the_link_leads_to_the_heading_of_the_function() {
    let (words, href) = signature("IIF(", 4).unwrap().link.unwrap();
    assert_eq!(words, "IIF in Microsoft's reference");
    assert!(href.starts_with("https://learn.microsoft.com/") && href.ends_with("#iif"), "{href}");
}

#[test]
fn only_a_sound_expression_is_told_and_of_an_empty_one_nothing_is_said() {
    let setting = Setting::default();
    assert_eq!(reading(" \n", &setting), CodeReading::default());
    assert!(reading("ToLower([mail]", &setting).is_bad());
    let problems = problems("ToLower([mail])");
    let expected = CodeReading::new(
        tokens("ToLower([mail])"),
        problems,
        Some("Sends `mail` in lower case.".to_owned()),
    );
    assert_eq!(reading("ToLower([mail])", &setting), expected);
}

#[test]
fn the_pair_at_the_caret_is_lit() {
    assert_eq!(spot("Not([a])", 8).lit, [3..4, 7..8]);
    assert_eq!(spot("Not([a])", 1).lit, Vec::<Range<usize>>::new());
}
