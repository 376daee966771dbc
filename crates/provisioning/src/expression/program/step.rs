//! One part of a program: made from the tree, run for every person.

use std::ops::Range;

use super::super::date_format::DateFormat;
use super::super::evaluate::{self, Behaviour, Call, Outcome, Scope};
use super::super::fault::{EvaluationFault, EvaluationFaultKind, FaultKind};
use super::super::function::{Kind, behaviour};
use super::super::trace::{Recorder, Trace};
use super::super::tree::{self, Comparison, Node, NodeKind};
use super::super::value::{Number, Value};
use super::fold;
use crate::pattern::Pattern;

/// One part of a program.
#[derive(Clone, Debug)]
pub(in crate::expression) struct Step {
    /// Where its source stands, for faults.
    pub(in crate::expression) span: Range<usize>,
    /// What was made of its fixed text, for the function around it.
    pub(in crate::expression) prepared: Option<Prepared>,
    /// Its number in the program, for whoever records what it yields.
    number: usize,
    kind: StepKind,
}

/// What is made of a fixed text once; boxed, because it is large and rare, and steps nest deeply.
#[derive(Clone, Debug)]
pub(in crate::expression) enum Prepared {
    /// A regular expression.
    Pattern(Box<Pattern>),
    /// A date format.
    Format(Box<DateFormat>),
}

#[derive(Clone, Debug)]
pub(super) enum StepKind {
    /// The same for everybody.
    Constant(Value<'static>),
    /// A call or a comparison that yields the same for everybody; kept for whoever traces it.
    Folded(Value<'static>, Box<StepKind>),
    /// An attribute, by its slot.
    Attribute(usize),
    /// `[IsSoftDeleted]`.
    SoftDeleted,
    /// `[appRoleAssignments]`.
    Roles,
    Compare(Box<Step>, Comparison, Box<Step>),
    Call(Behaviour, Vec<Option<Step>>),
}

/// What grows while a tree is made into steps.
#[derive(Default)]
pub(super) struct Compiler {
    /// Names of the attributes, in the order of their slots.
    pub(super) attributes: Vec<String>,
    /// How many steps there are so far.
    pub(super) steps: usize,
}

impl Compiler {
    /// Makes a part of a tree into a step.
    pub(super) fn step(&mut self, node: &Node) -> Result<Step, EvaluationFault> {
        let number = self.steps;
        self.steps += 1;
        let kind = match &node.kind {
            NodeKind::Text(text) => StepKind::Constant(Value::from(text.clone())),
            NodeKind::Number(written) => StepKind::Constant(constant_number(written)),
            NodeKind::Keyword(keyword) => StepKind::Constant(Value::from(keyword.as_str())),
            NodeKind::Attribute(name) => self.attribute(name),
            NodeKind::Comparison(left, comparison, right) => {
                let (left, right) = (self.step(left)?, self.step(right)?);
                let kind = StepKind::Compare(Box::new(left), *comparison, Box::new(right));
                fold::fold(kind, &node.span)
            }
            NodeKind::Call(call) => self.call(node, call)?,
            NodeKind::Missing => return Err(unsound(node, "a value is missing here")),
        };
        Ok(Step { span: node.span.clone(), prepared: None, number, kind })
    }

    fn attribute(&mut self, name: &str) -> StepKind {
        match name {
            "IsSoftDeleted" => return StepKind::SoftDeleted,
            "appRoleAssignments" => return StepKind::Roles,
            _ => {}
        }
        let known = self.attributes.iter().position(|known| known == name);
        StepKind::Attribute(known.unwrap_or_else(|| {
            self.attributes.push(name.to_owned());
            self.attributes.len() - 1
        }))
    }

    fn call(&mut self, node: &Node, call: &tree::Call) -> Result<StepKind, EvaluationFault> {
        let known = call.function.zip(behaviour::of(&call.name));
        let Some((function, behaviour)) = known else {
            return Err(unsound(node, "there is no such function"));
        };
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for (place, argument) in call.arguments.iter().enumerate() {
            let mut step = argument.as_ref().map(|node| self.step(node)).transpose()?;
            if let Some(step) = &mut step {
                step.prepare(function.parameter(place).map(|parameter| parameter.kind))?;
            }
            arguments.push(step);
        }
        let kind = StepKind::Call(behaviour, arguments);
        Ok(if function.is_constant() { fold::fold(kind, &node.span) } else { kind })
    }
}

impl Step {
    /// Makes of a fixed text what a parameter of this kind is used as.
    ///
    /// A literal pattern that cannot be built is a fault now; one that a function yields is a fault
    /// when it is used, as it would be if nothing were computed before.
    fn prepare(&mut self, kind: Option<Kind>) -> Result<(), EvaluationFault> {
        let (Some(Value::Text(text)), is_literal) = (self.kind.constant(), !self.kind.is_folded())
        else {
            return Ok(());
        };
        self.prepared = match kind {
            Some(Kind::Pattern) => match Pattern::new(text) {
                Ok(pattern) => Some(Prepared::Pattern(Box::new(pattern))),
                Err(_) if !is_literal => None,
                Err(problem) => {
                    return Err(EvaluationFault {
                        span: self.span.clone(),
                        kind: EvaluationFaultKind::Regex,
                        message: problem.to_string(),
                        help: None,
                    });
                }
            },
            Some(Kind::DateFormat) if !text.is_empty() => {
                DateFormat::new(text).map(|format| Prepared::Format(Box::new(format)))
            }
            _ => None,
        };
        Ok(())
    }

    /// The value of this part.
    #[inline]
    pub(in crate::expression) fn run<'a>(&'a self, scope: &Scope<'_, 'a>) -> Outcome<'a> {
        let outcome = self.kind.run(&self.span, scope);
        if let Some(recorder) = scope.recorder {
            recorder.note(self.number, &outcome);
        }
        outcome
    }

    /// What was recorded of this part and those below it.
    pub(super) fn trace(&self, text: &str, recorder: &Recorder) -> Trace {
        Trace {
            span: self.span.clone(),
            text: text.get(self.span.clone()).unwrap_or_default().to_owned(),
            outcome: recorder.outcome(self.number),
            children: self.kind.children().map(|step| step.trace(text, recorder)).collect(),
        }
    }

    /// Whether this is an attribute and nothing around it.
    pub(in crate::expression) fn is_attribute(&self) -> bool {
        matches!(self.kind, StepKind::Attribute(_) | StepKind::SoftDeleted | StepKind::Roles)
    }

    /// The slot of the attribute that this is.
    #[inline]
    pub(in crate::expression) fn slot(&self) -> Option<usize> {
        match self.kind {
            StepKind::Attribute(slot) => Some(slot),
            _ => None,
        }
    }

    /// The value, where it is the same for everybody.
    #[inline]
    pub(in crate::expression) fn constant(&self) -> Option<&Value<'static>> {
        self.kind.constant()
    }
}

impl StepKind {
    pub(super) fn run<'a>(&'a self, span: &Range<usize>, scope: &Scope<'_, 'a>) -> Outcome<'a> {
        match self {
            Self::Constant(value) => Ok(value.reborrow()),
            Self::Folded(value, _) if scope.recorder.is_none() => Ok(value.reborrow()),
            Self::Folded(_, kind) => kind.run(span, scope),
            Self::Attribute(slot) => Ok(scope.attribute(*slot)),
            Self::SoftDeleted => Ok(Value::Boolean(scope.inputs.is_soft_deleted)),
            Self::Roles => Ok(Value::Roles(scope.inputs.roles)),
            Self::Compare(left, comparison, right) => {
                evaluate::compare(scope, left, *comparison, right)
            }
            Self::Call(behaviour, arguments) => behaviour(&Call { arguments, span, scope }),
        }
    }

    fn constant(&self) -> Option<&Value<'static>> {
        match self {
            Self::Constant(value) | Self::Folded(value, _) => Some(value),
            _ => None,
        }
    }

    fn is_folded(&self) -> bool {
        matches!(self, Self::Folded(..))
    }

    /// The parts directly below.
    pub(super) fn children(&self) -> impl Iterator<Item = &Step> {
        let kind = match self {
            Self::Folded(_, kind) => kind,
            kind => kind,
        };
        let (arguments, sides): (&[Option<Step>], _) = match kind {
            Self::Call(_, arguments) => (arguments, [None, None]),
            Self::Compare(left, _, right) => (&[], [Some(&**left), Some(&**right)]),
            _ => (&[], [None, None]),
        };
        arguments.iter().flatten().chain(sides.into_iter().flatten())
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
