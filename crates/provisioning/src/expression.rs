//! The attribute-mapping expression language: a tree with spans, its faults, and its evaluation.

use std::fmt;
use std::ops::Range;

use crate::ambient::Ambient;
use crate::source::{AppRole, SourceObject};

pub mod value;

use value::Value;

/// An expression as it was typed: never refused, but perhaps with faults.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    faults: Vec<Fault>,
}

impl Expression {
    /// Reads an expression. This never fails: what is wrong is in [`Expression::faults`].
    pub fn parse(text: &str) -> Self {
        Self { text: text.to_owned(), faults: Vec::new() }
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong, in the order of the text.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether the expression can be evaluated.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Names of the source attributes that are read, in the order of the text, repeats included.
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// Prepares the expression for many evaluations: functions looked up, constant regular
    /// expressions built once.
    ///
    /// # Errors
    /// The first fault of the text, or a regular expression that cannot be built.
    pub fn compile(&self) -> Result<Program, EvaluationFault> {
        Ok(Program {})
    }

    /// Evaluates once; for many people, [`Expression::compile`] first.
    ///
    /// # Errors
    /// As [`Expression::compile`] and [`Program::evaluate`].
    pub fn evaluate(&self, inputs: &Inputs<'_>) -> Result<Flow<'static>, EvaluationFault> {
        Ok(self.compile()?.evaluate(inputs)?.into_owned())
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// An expression ready to run.
#[derive(Clone, Debug)]
pub struct Program {}

impl Program {
    /// Evaluates for one object.
    ///
    /// # Errors
    /// What the provisioning service would log as an evaluation error for this object.
    pub fn evaluate<'a>(&'a self, _inputs: &Inputs<'a>) -> Result<Flow<'a>, EvaluationFault> {
        Ok(Flow::Ignore)
    }
}

/// What evaluation reads.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The user or group whose attributes are read.
    pub object: &'a SourceObject,
    /// `[appRoleAssignments]`: the object's effective roles.
    pub roles: &'a [AppRole],
    /// `[IsSoftDeleted]`, which the service computes.
    pub is_soft_deleted: bool,
    /// The tenant's default verified domain.
    pub default_domain: Option<&'a str>,
    /// Time and chance.
    pub ambient: &'a Ambient,
}

impl<'a> Inputs<'a> {
    /// The value of an attribute as mappings see it, the two computed ones included.
    pub fn attribute(&self, name: &str) -> Value<'a> {
        match name {
            "IsSoftDeleted" => Value::Boolean(self.is_soft_deleted),
            "appRoleAssignments" => Value::Roles(self.roles),
            _ => self.object.get(name).map_or(Value::Null, Value::of_attribute),
        }
    }
}

/// What an expression does to its target attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Flow<'a> {
    /// The value flows; null is not sent.
    Value(Value<'a>),
    /// `IgnoreFlowIfNullOrEmpty` took the attribute out of this flow.
    Ignore,
}

impl Flow<'_> {
    /// The same without borrows.
    pub fn into_owned(self) -> Flow<'static> {
        Flow::Ignore
    }
}

/// Something wrong with the text of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What kind of fault.
    pub kind: FaultKind,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The kinds of fault that parsing finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The text does not follow the grammar.
    Syntax,
    /// No function has this name.
    UnknownFunction,
    /// Too few or too many arguments.
    Arity,
    /// A function stands where it may not.
    Placement,
    /// More than 10,000 characters.
    TooLong,
}

/// Why an evaluation failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationFault {
    /// The part of the text that failed, in bytes.
    pub span: Range<usize>,
    /// What kind of failure.
    pub kind: EvaluationFaultKind,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvaluationFaultKind {
    /// The text itself has a fault.
    Unsound(FaultKind),
    /// A number (or other kind) was expected.
    Type,
    /// A value outside the allowed set.
    Argument,
    /// An index outside the list.
    Range,
    /// Text that is no date of the expected form.
    DateFormat,
    /// A regular expression that cannot be built, or gave up.
    Regex,
    /// The tenant has no default domain.
    NoDefaultDomain,
    /// The result grew beyond what is allowed.
    TooLarge,
}
