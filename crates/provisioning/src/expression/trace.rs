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
