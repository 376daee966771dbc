//! An evaluation told part by part: what each sub-expression yielded, and which were never asked.

use std::cell::RefCell;
use std::ops::Range;

use super::evaluate::{Flow, Outcome, Stop};
use super::fault::EvaluationFault;
use super::value::Value;

/// What a part of an expression yielded for one object, and what the parts below it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Where the part stands, in bytes of the text.
    pub span: Range<usize>,
    /// Its text.
    pub text: String,
    /// What it yielded.
    pub outcome: TraceOutcome,
    /// The parts directly below it, in the order of the text.
    pub children: Vec<Trace>,
}

/// What a part yielded.
#[derive(Clone, Debug, PartialEq)]
pub enum TraceOutcome {
    /// A value, which may be null.
    Value(Value<'static>),
    /// It took the attribute out of the flow.
    Ignored,
    /// It failed.
    Fault(EvaluationFault),
    /// Nobody asked for it: the branch was not taken, or something failed before.
    NotTaken,
}

/// Notes what each step of a program yields.
#[derive(Debug)]
pub(super) struct Recorder {
    outcomes: RefCell<Vec<TraceOutcome>>,
}

impl Recorder {
    /// A recorder for so many steps.
    pub(super) fn new(steps: usize) -> Self {
        Self { outcomes: RefCell::new(vec![TraceOutcome::NotTaken; steps]) }
    }

    /// Notes what a step yielded.
    pub(super) fn note(&self, step: usize, outcome: &Outcome<'_>) {
        if let Ok(mut outcomes) = self.outcomes.try_borrow_mut()
            && let Some(place) = outcomes.get_mut(step)
        {
            *place = TraceOutcome::of(outcome);
        }
    }

    /// What a step yielded.
    pub(super) fn outcome(&self, step: usize) -> TraceOutcome {
        let outcomes = self.outcomes.borrow();
        outcomes.get(step).cloned().unwrap_or(TraceOutcome::NotTaken)
    }
}

impl TraceOutcome {
    fn of(outcome: &Outcome<'_>) -> Self {
        match outcome {
            Ok(value) => Self::Value(value.reborrow().into_owned()),
            Err(Stop::Ignore) => Self::Ignored,
            Err(Stop::Fault(fault)) => Self::Fault((**fault).clone()),
        }
    }
}

impl From<Result<Flow<'static>, EvaluationFault>> for TraceOutcome {
    fn from(flow: Result<Flow<'static>, EvaluationFault>) -> Self {
        match flow {
            Ok(Flow::Value(value)) => Self::Value(value),
            Ok(Flow::Ignore) => Self::Ignored,
            Err(fault) => Self::Fault(fault),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::DateTime;
    use super::super::{Expression, Inputs};
    use super::*;
    use crate::ambient::Ambient;
    use crate::configuration::ObjectKind;
    use crate::source::{SourceObject, SourceValue};

    /// The parts in the order of the text, each with what it yielded.
    fn told(text: &str) -> Vec<(String, String)> {
        let mail = ("mail".to_owned(), SourceValue::Text("ana@contoso.com".to_owned()));
        let object = SourceObject {
            id: "1".to_owned(),
            kind: ObjectKind::User,
            attributes: [mail].into(),
            members: Vec::new(),
            soft_deleted: false,
        };
        let trace = Expression::parse(text).compile().expect(text).trace(&Inputs {
            object: &object,
            roles: &[],
            is_soft_deleted: false,
            default_domain: None,
            ambient: &Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 },
        });
        let mut told = Vec::new();
        tell(&trace, &mut told);
        told
    }

    fn tell(trace: &Trace, told: &mut Vec<(String, String)>) {
        let outcome = match &trace.outcome {
            TraceOutcome::Value(Value::Null) => "null".to_owned(),
            TraceOutcome::Value(value) => value.clone().into_texts().join("; "),
            TraceOutcome::Ignored => "ignored".to_owned(),
            TraceOutcome::Fault(fault) => fault.message.clone(),
            TraceOutcome::NotTaken => "not taken".to_owned(),
        };
        told.push((trace.text.clone(), outcome));
        trace.children.iter().for_each(|child| tell(child, told));
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = told(text);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(part, outcome)| (part.as_str(), outcome.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_part_tells_what_it_yielded_and_who_was_not_asked() {
        check(
            "IIF([mail] = \"x\", CDate([hired]), Left([mail], 3))",
            &[
                ("IIF([mail] = \"x\", CDate([hired]), Left([mail], 3))", "ana"),
                ("[mail] = \"x\"", "False"),
                ("[mail]", "ana@contoso.com"),
                ("\"x\"", "x"),
                ("CDate([hired])", "not taken"),
                ("[hired]", "not taken"),
                ("Left([mail], 3)", "ana"),
                ("[mail]", "ana@contoso.com"),
                ("3", "3"),
            ],
        );
    }

    #[test]
    fn what_was_computed_before_is_told_part_by_part() {
        check(
            "Append(ToLower(\"AB\"), [none])",
            &[
                ("Append(ToLower(\"AB\"), [none])", "ab"),
                ("ToLower(\"AB\")", "ab"),
                ("\"AB\"", "AB"),
                ("[none]", "null"),
            ],
        );
        check(
            "Replace([mail], , \"@.*\", , \"\", , )",
            &[
                ("Replace([mail], , \"@.*\", , \"\", , )", "ana"),
                ("[mail]", "ana@contoso.com"),
                ("\"@.*\"", "@.*"),
                ("\"\"", ""),
            ],
        );
    }

    #[test]
    fn a_failure_and_a_value_left_out_are_told_up_to_the_root() {
        let failure = "there is no date to read";
        check(
            "Len(CDate([none]))",
            &[("Len(CDate([none]))", failure), ("CDate([none])", failure), ("[none]", "null")],
        );
        check(
            "Append(IgnoreFlowIfNullOrEmpty([none]), \"x\")",
            &[
                ("Append(IgnoreFlowIfNullOrEmpty([none]), \"x\")", "ignored"),
                ("IgnoreFlowIfNullOrEmpty([none])", "ignored"),
                ("[none]", "null"),
                ("\"x\"", "not taken"),
            ],
        );
    }
}
