//! Evaluating: it ends, is bounded, and is the same however it is asked for.

use proptest::prelude::*;
use provisioning::ambient::Ambient;
use provisioning::expression::value::DateTime;
use provisioning::expression::{EvaluationFault, Expression, Flow, Inputs};
use provisioning::source::{AppRole, SourceObject};

use super::generators::{any_text, nobody, person, sound_text};

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

proptest! {
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
