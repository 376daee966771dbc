//! An expression made ready to run: functions looked up, constant patterns built.

use std::ops::Range;

use super::evaluate::{self, Behaviour, Call, Flow, Inputs, Outcome, Scope, Stop};
use super::fault::{EvaluationFault, EvaluationFaultKind, FaultKind};
use super::function::{Kind, behaviour};
use super::trace::{Recorder, Trace};
use super::tree::{self, Comparison, Node, NodeKind};
use super::value::{Number, Value};
use crate::pattern::Pattern;

/// An expression ready to run for any number of objects.
#[derive(Clone, Debug)]
pub struct Program {
    text: String,
    root: Step,
    /// How many steps there are.
    steps: usize,
}

impl Program {
    pub(super) fn compile(text: &str, root: &Node) -> Result<Self, EvaluationFault> {
        let mut steps = 0;
        let root = Step::compile(root, &mut steps)?;
        Ok(Self { text: text.to_owned(), root, steps })
    }

    /// Evaluates for one object.
    ///
    /// # Errors
    /// What the provisioning service would log as an evaluation error for this object.
    pub fn evaluate<'a>(&'a self, inputs: &Inputs<'a>) -> Result<Flow<'a>, EvaluationFault> {
        self.run(Scope { inputs: *inputs, is_taken: None, recorder: None })
    }

    /// Evaluates for one object and tells what each part yielded; the outcome at the root is that
    /// of [`Program::evaluate`].
    pub fn trace(&self, inputs: &Inputs<'_>) -> Trace {
        let recorder = Recorder::new(self.steps);
        // What comes out is noted at the root.
        let _ = self.run(Scope { inputs: *inputs, is_taken: None, recorder: Some(&recorder) });
        self.root.trace(&self.text, &recorder)
    }

    /// Evaluates for one object where values must be unique in the target: `is_taken` says
    /// whether the target holds a value already, and only `SelectUniqueValue` asks.
    ///
    /// # Errors
    /// As [`Program::evaluate`], and that all candidates are taken.
    pub fn evaluate_unique<'a>(
        &'a self,
        inputs: &Inputs<'a>,
        is_taken: &dyn Fn(&str) -> bool,
    ) -> Result<Flow<'a>, EvaluationFault> {
        self.run(Scope { inputs: *inputs, is_taken: Some(is_taken), recorder: None })
    }

    fn run<'a>(&'a self, scope: Scope<'_, 'a>) -> Result<Flow<'a>, EvaluationFault> {
        match self.root.run(&scope) {
            Ok(value) => Ok(Flow::Value(value)),
            Err(Stop::Ignore) => Ok(Flow::Ignore),
            Err(Stop::Fault(fault)) => Err(*fault),
        }
    }
}

/// One part of a program.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Where its source stands, for faults.
    pub(super) span: Range<usize>,
    /// The regular expression, where this is the fixed text of one; boxed, because it is large
    /// and rare, and steps nest deeply.
    pub(super) pattern: Option<Box<Pattern>>,
    /// Its number in the program, for whoever records what it yields.
    number: usize,
    kind: StepKind,
}

#[derive(Clone, Debug)]
enum StepKind {
    Constant(Value<'static>),
    Attribute(String),
    Compare(Box<Step>, Comparison, Box<Step>),
    Call(Behaviour, Vec<Option<Step>>),
}

impl Step {
    fn compile(node: &Node, steps: &mut usize) -> Result<Self, EvaluationFault> {
        let number = *steps;
        *steps += 1;
        let kind = match &node.kind {
            NodeKind::Text(text) => StepKind::Constant(Value::from(text.clone())),
            NodeKind::Number(written) => StepKind::Constant(constant_number(written)),
            NodeKind::Keyword(keyword) => StepKind::Constant(evaluate::keyword_value(*keyword)),
            NodeKind::Attribute(name) => StepKind::Attribute(name.clone()),
            NodeKind::Comparison(left, comparison, right) => StepKind::Compare(
                Box::new(Self::compile(left, steps)?),
                *comparison,
                Box::new(Self::compile(right, steps)?),
            ),
            NodeKind::Call(call) => Self::compile_call(node, call, steps)?,
            NodeKind::Missing => return Err(unsound(node, "a value is missing here")),
        };
        Ok(Self { span: node.span.clone(), pattern: None, number, kind })
    }

    fn compile_call(
        node: &Node,
        call: &tree::Call,
        steps: &mut usize,
    ) -> Result<StepKind, EvaluationFault> {
        let known = call.function.zip(behaviour::of(&call.name));
        let Some((function, behaviour)) = known else {
            return Err(unsound(node, "there is no such function"));
        };
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for (place, argument) in call.arguments.iter().enumerate() {
            let mut step = argument.as_ref().map(|node| Self::compile(node, steps)).transpose()?;
            if let Some(step) = &mut step
                && function.parameter(place).is_some_and(|p| p.kind == Kind::Pattern)
            {
                step.build_pattern()?;
            }
            arguments.push(step);
        }
        Ok(StepKind::Call(behaviour, arguments))
    }

    fn build_pattern(&mut self) -> Result<(), EvaluationFault> {
        let StepKind::Constant(Value::Text(text)) = &self.kind else { return Ok(()) };
        let pattern = Pattern::new(text).map_err(|problem| EvaluationFault {
            span: self.span.clone(),
            kind: EvaluationFaultKind::Regex,
            message: problem.to_string(),
            help: None,
        })?;
        self.pattern = Some(Box::new(pattern));
        Ok(())
    }

    /// The value of this part.
    pub(super) fn run<'a>(&'a self, scope: &Scope<'_, 'a>) -> Outcome<'a> {
        let outcome = self.compute(scope);
        if let Some(recorder) = scope.recorder {
            recorder.note(self.number, &outcome);
        }
        outcome
    }

    fn compute<'a>(&'a self, scope: &Scope<'_, 'a>) -> Outcome<'a> {
        match &self.kind {
            StepKind::Constant(value) => Ok(value.reborrow()),
            StepKind::Attribute(name) => Ok(scope.inputs.attribute(name)),
            StepKind::Compare(left, comparison, right) => {
                evaluate::compare(scope, left, *comparison, right)
            }
            StepKind::Call(behaviour, arguments) => {
                behaviour(&Call { arguments, span: &self.span, scope })
            }
        }
    }

    /// What was recorded of this part and those below it.
    fn trace(&self, text: &str, recorder: &Recorder) -> Trace {
        let children: Vec<&Self> = match &self.kind {
            StepKind::Compare(left, _, right) => vec![left, right],
            StepKind::Call(_, arguments) => arguments.iter().flatten().collect(),
            StepKind::Constant(_) | StepKind::Attribute(_) => Vec::new(),
        };
        Trace {
            span: self.span.clone(),
            text: text.get(self.span.clone()).unwrap_or_default().to_owned(),
            outcome: recorder.outcome(self.number),
            children: children.into_iter().map(|step| step.trace(text, recorder)).collect(),
        }
    }

    /// Whether this is an attribute and nothing around it.
    pub(super) fn is_attribute(&self) -> bool {
        matches!(self.kind, StepKind::Attribute(_))
    }
}

/// A number, or the text of one whose writing says more than its value, such as `007`:
/// the service stores a bare number as quoted text.
fn constant_number(written: &str) -> Value<'static> {
    match Number::read(written) {
        Some(number) if written.starts_with('&') || number.to_string() == written => {
            Value::Number(number)
        }
        _ => Value::from(written.to_owned()),
    }
}

fn unsound(node: &Node, message: &str) -> EvaluationFault {
    EvaluationFault {
        span: node.span.clone(),
        kind: EvaluationFaultKind::Unsound(FaultKind::Syntax),
        message: message.to_owned(),
        help: None,
    }
}
