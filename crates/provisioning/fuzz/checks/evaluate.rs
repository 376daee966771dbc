//! What must hold of every evaluation: it ends, it is bounded, it is the same however it is asked
//! for, and a trace of it tells the same.

use arbitrary::{Result, Unstructured};
use provisioning::ambient::Ambient;
use provisioning::expression::trace::TraceOutcome;
use provisioning::expression::value::DateTime;
use provisioning::expression::{Expression, Flow, Inputs, Program};
use provisioning::source::SourceObject;

use crate::person;

/// Bytes of the longest text that a result may be.
const LONGEST: usize = 1 << 17;

/// Takes what stands before the first zero as an expression, and draws a person from the rest.
pub(crate) fn check(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let Some((text, rest)) = bytes.split_at_checked(end) else {
        return;
    };
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    let expression = Expression::parse(text);
    let Ok(program) = expression.compile() else {
        return;
    };
    // Input that ends too early draws nothing.
    let _ = check_person(&program, &mut Unstructured::new(rest));
}

fn check_person(program: &Program, input: &mut Unstructured<'_>) -> Result<()> {
    let object = person::person(input, program.attributes())?;
    let roles = person::roles(input)?;
    let now = DateTime::from_unix_milliseconds(input.arbitrary()?);
    let ambient = Ambient { now, seed: input.arbitrary()? };
    let inputs = Inputs {
        object: &object,
        roles: &roles,
        is_soft_deleted: input.arbitrary()?,
        default_domain: input.arbitrary::<bool>()?.then_some("contoso.com"),
        ambient: &ambient,
    };
    check_program(program, &inputs);
    Ok(())
}

fn check_program(program: &Program, inputs: &Inputs<'_>) {
    let outcome = program.evaluate(inputs).map(Flow::into_owned);
    if let Ok(Flow::Value(value)) = &outcome
        && let Some(text) = value.as_text()
    {
        assert!(text.len() <= LONGEST);
    }
    assert_eq!(program.trace(inputs).outcome, TraceOutcome::from(outcome.clone()));
    let names = program.attributes().iter();
    let slots: Vec<_> = names.map(|name| inputs.object.get(name)).collect();
    let nobody = SourceObject { attributes: Default::default(), ..inputs.object.clone() };
    let by_slots = program.evaluate_slots(&Inputs { object: &nobody, ..*inputs }, &slots);
    assert_eq!(by_slots.map(Flow::into_owned), outcome);
    // Where nothing is free, whoever asks for a unique value fails.
    let _ = program.evaluate_unique(inputs, &|_| true);
}
