//! What holds for every expression, every filter and every person, however hostile.

use proptest::prelude::*;
use provisioning::ambient::Ambient;
use provisioning::configuration::ObjectKind;
use provisioning::expression::value::DateTime;
use provisioning::expression::{EvaluationFault, Expression, Flow, Inputs, function};
use provisioning::scoping::{Clause, FilterGroup, Operator, ScopingFilter};
use provisioning::source::{AppRole, SourceObject, SourceValue};

const ATTRIBUTES: [&str; 4] = ["givenName", "surname", "proxyAddresses", "level"];

fn person() -> impl Strategy<Value = SourceObject> {
    let value = prop_oneof![
        hostile_text().prop_map(SourceValue::Text),
        any::<bool>().prop_map(SourceValue::Boolean),
        any::<i64>().prop_map(|number| SourceValue::Number(number.into())),
        prop::collection::vec(hostile_text(), 0..4).prop_map(SourceValue::List),
    ];
    prop::collection::btree_map(prop::sample::select(&ATTRIBUTES[..]), value, 0..4).prop_map(
        |attributes| SourceObject {
            id: "1".to_owned(),
            kind: ObjectKind::User,
            attributes: attributes.into_iter().map(|(name, v)| (name.to_owned(), v)).collect(),
            members: Vec::new(),
            soft_deleted: false,
        },
    )
}

fn nobody() -> SourceObject {
    SourceObject {
        id: "1".to_owned(),
        kind: ObjectKind::User,
        attributes: Default::default(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9]{1,20}",
        "[a-zA-Z .,'\"\\\\-]{0,12}",
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
        "\\PC{0,12}",
        any::<String>(),
    ]
}

/// Text that follows the grammar, with functions in all their shapes.
fn sound_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(&ATTRIBUTES[..]).prop_map(|name| format!("[{name}]")),
        "[^\"\\\\]{0,8}".prop_map(|text| format!("\"{text}\"")),
        Just(r#""a\"b\\c\,""#.to_owned()),
        "-?[0-9]{1,4}",
        Just("&HF0".to_owned()),
        Just("\"yyyy-MM-dd\"".to_owned()),
        Just("Now()".to_owned()),
    ];
    leaf.prop_recursive(4, 40, 7, |inner| {
        (prop::sample::select(function::ALL), prop::collection::vec(inner, 8), 0..3_usize)
            .prop_map(|(function, arguments, groups)| call(function, &arguments, groups))
    })
}

fn call(function: &function::Function, arguments: &[String], groups: usize) -> String {
    let fixed = function.fixed();
    let repeated = (function.parameters.len() - fixed) * (groups + 1);
    let places = (0..fixed + repeated).map(|place| match function.parameter(place) {
        Some(parameter) if parameter.kind == function::Kind::Roles => "[appRoleAssignments]",
        Some(parameter) if !parameter.required && groups == 0 => "",
        _ => arguments.iter().cycle().nth(place).map_or("", String::as_str),
    });
    format!("{} ({})", function.name, places.collect::<Vec<_>>().join(" ,\n"))
}

/// Pieces of the language in any order, and text that has nothing to do with it.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = [
        "Append",
        "IIF(",
        "Replace(",
        "Switch(",
        "(",
        ")",
        ",",
        ", ,",
        "[givenName]",
        "[",
        "]",
        "\"",
        "\"x\"",
        "\\",
        "'",
        "1",
        "-",
        "&H",
        "=",
        "<>",
        "AND",
        "vbTextCompare",
        " ",
        "é",
    ];
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40)
            .prop_map(|pieces| pieces.concat()),
        (sound_text(), any::<prop::sample::Index>()).prop_map(|(text, at)| {
            let end = at.index(text.chars().count() + 1);
            text.chars().take(end).collect()
        }),
    ]
}

fn evaluate(
    expression: &Expression,
    person: &SourceObject,
) -> Result<Flow<'static>, EvaluationFault> {
    let roles =
        [AppRole { id: "r".to_owned(), value: String::new(), display_name: "User".to_owned() }];
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(1_750_000_000_000), seed: 1 };
    expression.evaluate(&Inputs {
        object: person,
        roles: &roles,
        is_soft_deleted: false,
        default_domain: Some("contoso.com"),
        ambient: &ambient,
    })
}

fn filter() -> impl Strategy<Value = ScopingFilter> {
    let operand = prop_oneof![hostile_text(), "[a-z.*+?()\\[\\]^$|]{0,8}"];
    let clause = (
        prop::sample::select(&ATTRIBUTES[..3]),
        prop::sample::select(&Operator::ALL[..]),
        prop::collection::vec(operand, 0..2),
    )
        .prop_map(|(attribute, operator, values)| Clause {
            attribute: attribute.to_owned(),
            operator,
            values,
        });
    let group = prop::collection::vec(clause, 0..4)
        .prop_map(|clauses| FilterGroup { name: "filter".to_owned(), clauses });
    prop::collection::vec(group, 0..3).prop_map(|groups| ScopingFilter { groups })
}

proptest! {
    #[test]
    fn printing_and_reading_again_changes_nothing(text in sound_text()) {
        let expression = Expression::parse(&text);
        let printed = expression.to_string();
        let again = Expression::parse(&printed);
        prop_assert_eq!(expression.root(), again.root());
        if expression.is_sound() {
            prop_assert!(again.is_sound(), "{:?}", again.faults());
            prop_assert_eq!(&again.to_string(), &printed);
        }
    }

    #[test]
    fn every_fault_lies_in_the_text(text in any_text()) {
        let expression = Expression::parse(&text);
        for fault in expression.faults() {
            prop_assert!(text.get(fault.span.clone()).is_some(), "{fault:?} in {text:?}");
        }
        let mut is_within = true;
        expression.root().walk(&mut |node| is_within &= text.get(node.span.clone()).is_some());
        prop_assert!(is_within);
    }

    #[test]
    fn evaluation_ends_and_is_the_same_every_time(
        text in prop_oneof![sound_text(), any_text()],
        person in person(),
    ) {
        let expression = Expression::parse(&text);
        let outcome = evaluate(&expression, &person);
        prop_assert_eq!(&outcome, &evaluate(&expression, &person));
        if let Err(fault) = outcome {
            prop_assert!(text.get(fault.span.clone()).is_some(), "{fault:?} in {text:?}");
        }
    }

    #[test]
    fn spelling_does_not_change_a_result(text in sound_text(), person in person()) {
        // What draws from chance draws by its place in the text.
        prop_assume!(!text.contains("Guid") && !text.contains("RandomString"));
        let expression = Expression::parse(&text);
        let printed = Expression::parse(&expression.to_string());
        let flow = |expression| evaluate(expression, &person).map_err(|fault| fault.kind);
        prop_assert_eq!(flow(&expression), flow(&printed));
    }

    #[test]
    fn the_fast_path_of_a_filter_agrees_with_the_reasons(filter in filter(), person in person()) {
        match filter.compile() {
            Ok(compiled) => {
                let verdict = compiled.judge(&person);
                prop_assert_eq!(compiled.passes(&person), verdict.satisfied);
                let by_clauses = verdict.groups.iter().any(|g| g.clauses.iter().all(|c| c.passed));
                prop_assert_eq!(verdict.satisfied, filter.groups.is_empty() || by_clauses);
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn nobody_without_a_value_passes_but_is_null(
        operator in prop::sample::select(&Operator::ALL[..]),
        operand in "[1-9]{1,3}",
    ) {
        let values = if operator.arity() == provisioning::scoping::Arity::Unary { vec![] } else { vec![operand] };
        let clause = Clause { attribute: "department".to_owned(), operator, values };
        let groups = vec![FilterGroup { name: String::new(), clauses: vec![clause] }];
        let compiled = ScopingFilter { groups }.compile().expect("a sound filter");
        prop_assert_eq!(compiled.passes(&nobody()), operator == Operator::IsNull);
    }
}

#[test]
fn deep_nesting_and_long_texts_are_faults_and_not_a_crash() {
    let deep = "Not(".repeat(100_000) + &")".repeat(100_000);
    assert!(!Expression::parse(&deep).is_sound());
    let brackets = "(".repeat(100_000);
    assert!(!Expression::parse(&brackets).is_sound());
    let chained = "1=".repeat(100_000);
    assert!(!Expression::parse(&chained).is_sound());
}

#[test]
fn the_deepest_expression_fits_the_stack_of_a_browser() {
    let nested = "IIF(1 = ".repeat(100) + "1" + &", \"a\", \"b\")".repeat(100);
    let judge = move || {
        let expression = Expression::parse(&nested);
        assert_eq!(expression.faults(), &[]);
        evaluate(&expression, &nobody())
    };
    // WebAssembly has 1 MiB, and an unoptimised build needs the most of it.
    let worker = std::thread::Builder::new().stack_size(1 << 20).spawn(judge).expect("a thread");
    assert!(worker.join().expect("no overflow").is_ok());
}

#[test]
fn a_text_that_doubles_for_ever_is_given_up() {
    let mut text = "\"0123456789\"".to_owned();
    for _ in 0..40 {
        text = format!(r#"Replace({text}, , "(?<x>.)", , "${{x}}${{x}}", , )"#);
    }
    let nobody = nobody();
    let fault = evaluate(&Expression::parse(&text), &nobody).expect_err("too large");
    assert_eq!(fault.kind, provisioning::expression::EvaluationFaultKind::TooLarge);
}
