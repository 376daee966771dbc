//! Evaluating: it ends, is bounded, and is the same however it is asked for.

use proptest::prelude::*;
use provisioning::ambient::Ambient;
use provisioning::expression::trace::{Trace, TraceOutcome};
use provisioning::expression::value::DateTime;
use provisioning::expression::{EvaluationFault, Expression, Flow, Inputs, function};
use provisioning::source::{AppRole, Attributes, SourceObject, SourceValue};

use super::generators::{any_text, fixed_text, nobody, person, sound_text};

/// The moment, the roles and the tenant that everything is evaluated with.
fn with_inputs<T>(person: &SourceObject, judge: impl FnOnce(&Inputs<'_>) -> T) -> T {
    let roles =
        [AppRole { id: "r".to_owned(), value: String::new(), display_name: "User".to_owned() }];
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(1_750_000_000_000), seed: 1 };
    judge(&Inputs {
        object: person,
        roles: &roles,
        is_soft_deleted: false,
        default_domain: Some("contoso.com"),
        ambient: &ambient,
    })
}

fn evaluate(
    expression: &Expression,
    person: &SourceObject,
) -> Result<Flow<'static>, EvaluationFault> {
    with_inputs(person, |inputs| expression.evaluate(inputs))
}

/// How long the texts of a value are together.
fn length(flow: Flow<'_>) -> usize {
    match flow {
        Flow::Value(value) => value.into_texts().iter().map(|text| text.len()).sum(),
        Flow::Ignore => 0,
    }
}

/// Every part lies in the text and in the part around it; what nobody asked for asked for nothing.
fn check_parts(text: &str, trace: &Trace) -> Result<(), TestCaseError> {
    prop_assert_eq!(text.get(trace.span.clone()), Some(trace.text.as_str()));
    for child in &trace.children {
        prop_assert!(trace.span.start <= child.span.start && child.span.end <= trace.span.end);
        let is_asked = child.outcome != TraceOutcome::NotTaken;
        prop_assert!(!is_asked || trace.outcome != TraceOutcome::NotTaken);
        check_parts(text, child)?;
    }
    Ok(())
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
    fn results_are_bounded(text in sound_text(), person in person()) {
        if let Ok(flow) = evaluate(&Expression::parse(&text), &person) {
            prop_assert!(length(flow) <= 1 << 17);
        }
    }

    /// A trace computes nothing before, so this also says that computing before changes nothing.
    #[test]
    fn a_trace_ends_as_the_evaluation(
        text in prop_oneof![sound_text(), fixed_text()],
        person in person(),
    ) {
        let Ok(program) = Expression::parse(&text).compile() else { return Ok(()) };
        with_inputs(&person, |inputs| {
            let trace = program.trace(inputs);
            let flow = program.evaluate(inputs).map(Flow::into_owned);
            prop_assert_eq!(&trace.outcome, &TraceOutcome::from(flow));
            check_parts(&text, &trace)
        })?;
    }

    #[test]
    fn slots_yield_what_names_do(text in sound_text(), person in person()) {
        let expression = Expression::parse(&text);
        let Ok(program) = expression.compile() else { return Ok(()) };
        let slots: Vec<_> = program.attributes().iter().map(|name| person.get(name)).collect();
        for name in program.attributes() {
            prop_assert!(expression.attributes().any(|read| read == name));
        }
        with_inputs(&person, |inputs| {
            let named = program.evaluate(inputs);
            // The attributes of the object are not read again.
            let nobody = SourceObject { attributes: Attributes::new(), ..person.clone() };
            let by_slots = program.evaluate_slots(&Inputs { object: &nobody, ..*inputs }, &slots);
            prop_assert_eq!(by_slots, named);
            Ok(())
        })?;
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

/// An argument that is evaluated twice would be evaluated a million times twenty calls deeper.
#[test]
fn nested_calls_take_no_longer_than_they_are_long() {
    let seeds = ["\"2024-01-31\"", "[surname]", "1"];
    for function in function::ALL {
        for place in 0..function.parameters.len() {
            for seed in seeds {
                let mut text = seed.to_owned();
                for _ in 0..60 {
                    let arguments = (0..function.parameters.len()).map(|at| match at == place {
                        true => text.clone(),
                        false => "\"1\"".to_owned(),
                    });
                    let arguments: Vec<String> = arguments.collect();
                    text = format!("{}({})", function.name, arguments.join(", "));
                }
                let _ = evaluate(&Expression::parse(&text), &nobody());
            }
        }
    }
    let mut date = "[hireDate]".to_owned();
    for _ in 0..40 {
        date = format!("CDate(Append({date}, \"\"))");
    }
    let mut person = nobody();
    person.attributes.insert("hireDate".to_owned(), SourceValue::Text("2024-01-31".to_owned()));
    assert!(evaluate(&Expression::parse(&date), &person).is_ok());
}
