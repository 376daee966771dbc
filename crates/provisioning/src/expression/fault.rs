//! What can be wrong: with the text of an expression, and with its evaluation for one object.

use std::fmt;
use std::ops::Range;

use super::fix::Fix;
use super::rule::Rule;

/// Something wrong with the text of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What kind of fault.
    pub kind: FaultKind,
    /// The rule that is broken.
    pub rule: Rule,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Repairs that can be made mechanically, the likeliest first.
    pub fixes: Vec<Fix>,
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
    /// An argument that can never be right, such as roles read from another attribute.
    Argument,
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
    /// A number (or another kind) was expected.
    Type,
    /// A value outside the allowed set.
    Argument,
    /// An index outside the list.
    Range,
    /// Text that is no date of the expected form.
    DateFormat,
    /// A regular expression that cannot be built, or that gave up.
    Regex,
    /// The tenant has no default domain.
    NoDefaultDomain,
    /// Every candidate of `SelectUniqueValue` is taken.
    NoUniqueValue,
    /// A result larger than any attribute can hold.
    TooLarge,
    /// Known to Entra but not evaluated here, said instead of guessed.
    NotEvaluated,
}

impl Fault {
    pub(super) fn new(rule: Rule, span: Range<usize>, message: impl Into<String>) -> Self {
        let kind = match rule {
            Rule::WrongCase | Rule::UnknownFunction => FaultKind::UnknownFunction,
            Rule::Arity => FaultKind::Arity,
            Rule::RolesArgument => FaultKind::Argument,
            Rule::Placement => FaultKind::Placement,
            Rule::TooLong => FaultKind::TooLong,
            _ => FaultKind::Syntax,
        };
        Self { span, kind, rule, message: message.into(), help: None, fixes: Vec::new() }
    }

    /// Says what to do about it.
    pub(super) fn helping(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers repairs.
    pub(super) fn fixing(mut self, fix: impl IntoIterator<Item = Fix>) -> Self {
        self.fixes.extend(fix);
        self
    }
}

impl From<&Fault> for EvaluationFault {
    fn from(fault: &Fault) -> Self {
        Self {
            span: fault.span.clone(),
            kind: EvaluationFaultKind::Unsound(fault.kind),
            message: fault.message.clone(),
            help: fault.help.clone(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_fault(f, &self.message, self.help.as_deref())
    }
}

impl fmt::Display for EvaluationFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_fault(f, &self.message, self.help.as_deref())
    }
}

fn write_fault(f: &mut fmt::Formatter<'_>, message: &str, help: Option<&str>) -> fmt::Result {
    f.write_str(message)?;
    help.map_or(Ok(()), |help| write!(f, "; {help}"))
}

impl std::error::Error for Fault {}

impl std::error::Error for EvaluationFault {}
