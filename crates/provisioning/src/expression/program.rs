//! An expression made ready to run: functions looked up, attributes numbered, and what is the same
//! for everybody computed once.

mod fold;
mod step;

use super::evaluate::{Flow, Inputs, LENGTH_LIMIT, Scope, Stop};
use super::fault::{EvaluationFault, EvaluationFaultKind};
use super::trace::{Recorder, Trace};
use super::tree::Node;
use super::value::Value;
use crate::source::SourceValue;
pub(super) use step::{Prepared, Step};

/// An expression ready to run for any number of objects.
#[derive(Clone, Debug)]
pub struct Program {
    text: String,
    root: Step,
    /// Names of the attributes, in the order of their slots.
    attributes: Vec<String>,
    /// How many steps there are.
    steps: usize,
}

impl Program {
    pub(super) fn compile(text: &str, root: &Node) -> Result<Self, EvaluationFault> {
        let mut compiler = step::Compiler::default();
        let root = compiler.step(root)?;
        let step::Compiler { attributes, steps } = compiler;
        Ok(Self { text: text.to_owned(), root, attributes, steps })
    }

    /// Names of the source attributes that are read, each once, in the order of their slots.
    ///
    /// `IsSoftDeleted` and `appRoleAssignments` are not among them: the service computes those.
    pub fn attributes(&self) -> &[String] {
        &self.attributes
    }

    /// Evaluates for one object.
    ///
    /// # Errors
    /// What the provisioning service would log as an evaluation error for this object.
    pub fn evaluate<'a>(&'a self, inputs: &Inputs<'a>) -> Result<Flow<'a>, EvaluationFault> {
        self.run(self.scope(inputs))
    }

    /// Evaluates for one object whose attributes were looked up before: `slots` holds them in the
    /// order of [`Program::attributes`], and the attributes of the object itself are not read.
    ///
    /// # Errors
    /// As [`Program::evaluate`].
    pub fn evaluate_slots<'a>(
        &'a self,
        inputs: &Inputs<'a>,
        slots: &[Option<&'a SourceValue>],
    ) -> Result<Flow<'a>, EvaluationFault> {
        self.run(Scope { slots: Some(slots), ..self.scope(inputs) })
    }

    /// Evaluates for one object whose attributes the caller keeps in a form of its own: `read` is
    /// asked for the one at a place in [`Program::attributes`], and of the object itself only the id
    /// is read.
    ///
    /// # Errors
    /// As [`Program::evaluate`].
    pub fn evaluate_with<'a>(
        &'a self,
        inputs: &Inputs<'a>,
        read: &dyn Fn(usize) -> Value<'a>,
    ) -> Result<Flow<'a>, EvaluationFault> {
        self.run(Scope { reader: Some(read), ..self.scope(inputs) })
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
        self.run(Scope { is_taken: Some(is_taken), ..self.scope(inputs) })
    }

    /// Evaluates for one object and tells what each part yielded; the outcome at the root is that
    /// of [`Program::evaluate`].
    pub fn trace(&self, inputs: &Inputs<'_>) -> Trace {
        let recorder = Recorder::new(self.steps);
        let outcome = self.run(Scope { recorder: Some(&recorder), ..self.scope(inputs) });
        let trace = self.root.trace(&self.text, &recorder);
        Trace { outcome: outcome.map(Flow::into_owned).into(), ..trace }
    }

    fn scope<'c, 'a>(&'a self, inputs: &'c Inputs<'a>) -> Scope<'c, 'a> {
        Scope {
            inputs,
            names: &self.attributes,
            slots: None,
            reader: None,
            is_taken: None,
            recorder: None,
        }
    }

    fn run<'a>(&'a self, scope: Scope<'_, 'a>) -> Result<Flow<'a>, EvaluationFault> {
        match self.root.run(&scope) {
            Ok(Value::Text(text)) if text.len() > LENGTH_LIMIT => Err(EvaluationFault {
                span: self.root.span.clone(),
                kind: EvaluationFaultKind::TooLarge,
                message: format!("the result grows beyond {LENGTH_LIMIT} bytes"),
                help: None,
            }),
            Ok(value) => Ok(Flow::Value(value)),
            Err(Stop::Ignore) => Ok(Flow::Ignore),
            Err(Stop::Fault(fault)) => Err(*fault),
        }
    }
}
