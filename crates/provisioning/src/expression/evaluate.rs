//! What evaluation reads and yields, and how a function gets at its arguments.

use std::borrow::Cow;
use std::ops::Range;

use super::date_format::DateFormat;
use super::fault::{EvaluationFault, EvaluationFaultKind};
use super::program::{Prepared, Step};
use super::trace::Recorder;
use super::tree::Comparison;
use super::value::{Number, Value};
use crate::ambient::Ambient;
use crate::pattern::Pattern;
use crate::source::{AppRole, SourceObject, SourceValue};

/// Bytes of the longest text; no attribute holds more, and a text could be made to double for ever.
pub(super) const LENGTH_LIMIT: usize = 1 << 17;

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
    /// The same without borrows; roles, which only functions read, become their texts.
    pub fn into_owned(self) -> Flow<'static> {
        match self {
            Self::Value(value) => Flow::Value(value.into_owned()),
            Self::Ignore => Flow::Ignore,
        }
    }
}

/// Why an evaluation stops before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The attribute leaves this flow.
    Ignore,
    /// The evaluation failed.
    Fault(Box<EvaluationFault>),
}

/// What a function answers.
pub(super) type Outcome<'a, T = Value<'a>> = Result<T, Stop>;

/// How a function of the language behaves.
pub(super) type Behaviour = for<'a> fn(&Call<'_, 'a>) -> Outcome<'a>;

/// A call while it runs. Arguments are evaluated when a function asks for them, never before:
/// that is how `IIF` and `Switch` evaluate only the branch that they answer.
pub(super) struct Call<'c, 'a> {
    pub(super) arguments: &'a [Option<Step>],
    pub(super) span: &'c Range<usize>,
    pub(super) scope: &'c Scope<'c, 'a>,
}

/// What all steps of one evaluation share.
#[derive(Clone, Copy)]
pub(super) struct Scope<'c, 'a> {
    pub(super) inputs: &'c Inputs<'a>,
    /// Names of the attributes, in the order of their slots.
    pub(super) names: &'c [String],
    /// The attributes, where they were looked up before.
    pub(super) slots: Option<&'c [Option<&'a SourceValue>]>,
    /// Reads an attribute by its slot, where the caller keeps them in a form of its own.
    pub(super) reader: Option<&'c dyn Fn(usize) -> Value<'a>>,
    /// Whether the target holds a value already; only `SelectUniqueValue` asks.
    pub(super) is_taken: Option<&'c dyn Fn(&str) -> bool>,
    /// Notes what each step yields; only a trace asks.
    pub(super) recorder: Option<&'c Recorder>,
}

impl<'a> Scope<'_, 'a> {
    /// The value of an attribute, by its slot.
    pub(super) fn attribute(&self, slot: usize) -> Value<'a> {
        if let Some(read) = self.reader {
            return read(slot);
        }
        let found = match self.slots {
            Some(slots) => slots.get(slot).copied().flatten(),
            None => self.names.get(slot).and_then(|name| self.inputs.object.get(name)),
        };
        found.map_or(Value::Null, Value::of_attribute)
    }
}

impl<'c, 'a> Call<'c, 'a> {
    /// How many places there are, empty ones at the end included.
    pub(super) fn len(&self) -> usize {
        self.arguments.len()
    }

    fn step(&self, place: usize) -> Option<&'a Step> {
        self.arguments.get(place).and_then(Option::as_ref)
    }

    /// Whether the place was filled.
    pub(super) fn has(&self, place: usize) -> bool {
        self.step(place).is_some()
    }

    /// Whether the argument is an attribute and nothing around it.
    pub(super) fn is_attribute(&self, place: usize) -> bool {
        self.step(place).is_some_and(Step::is_attribute)
    }

    /// The value of an argument; null where the place was left empty.
    pub(super) fn value(&self, place: usize) -> Outcome<'a> {
        let Some(step) = self.step(place) else { return Ok(Value::Null) };
        let value = step.run(self.scope)?;
        if let Value::Text(text) = &value {
            self.check_length(text.len())?;
        }
        Ok(value)
    }

    /// The text form of an argument; nothing where it is null.
    pub(super) fn text(&self, place: usize) -> Outcome<'a, Option<Cow<'a, str>>> {
        let Some(step) = self.step(place) else { return Ok(None) };
        let value = match (self.fixed(step), step.slot()) {
            (Some(Value::Text(text)), _) => return Ok(Some(Cow::Borrowed(text))),
            (_, Some(slot)) if self.scope.recorder.is_none() => self.scope.attribute(slot),
            _ => self.value(place)?,
        };
        match value {
            Value::Text(text) => {
                self.check_length(text.len())?;
                Ok(Some(text))
            }
            value => self.text_of(place, value),
        }
    }

    /// What an argument is for everybody; nothing where a trace wants to hear of it.
    fn fixed(&self, step: &'a Step) -> Option<&'a Value<'static>> {
        step.constant().filter(|_| self.scope.recorder.is_none())
    }

    /// The text form of an argument that was evaluated before: none is evaluated twice, because
    /// nested twice would be four times.
    pub(super) fn text_of(
        &self,
        place: usize,
        value: Value<'a>,
    ) -> Outcome<'a, Option<Cow<'a, str>>> {
        match value {
            Value::Null => Ok(None),
            Value::List(texts) if texts.is_empty() => Ok(None),
            Value::List(_) | Value::Roles(_) => Err(self.at(
                place,
                EvaluationFaultKind::Type,
                "one value is expected here, but there are several".to_owned(),
                Some("pick one with `Item`, or put them together with `Join`"),
            )),
            value => Ok(value.into_text()),
        }
    }

    /// Whether the text form of an argument is this text; null counts as empty.
    pub(super) fn equals(&self, place: usize, text: &str) -> Outcome<'a, bool> {
        if let Some(Value::Text(fixed)) = self.step(place).and_then(|step| self.fixed(step)) {
            return Ok(fixed == text);
        }
        Ok(self.text(place)?.unwrap_or_default() == text)
    }

    /// An argument as a whole number, bare or as text.
    pub(super) fn integer(&self, place: usize) -> Outcome<'a, i64> {
        let fixed = self.step(place).and_then(|step| self.fixed(step));
        if let Some(Value::Number(Number::Integer(whole))) = fixed {
            return Ok(*whole);
        }
        let value = match self.value(place)? {
            Value::Number(Number::Integer(whole)) => return Ok(whole),
            value => value,
        };
        let text = self.text_of(place, value)?.unwrap_or_default();
        match Number::read(text.trim()) {
            Some(Number::Integer(whole)) => Ok(whole),
            _ => Err(self.at(
                place,
                EvaluationFaultKind::Type,
                format!("a whole number is expected here, not `{}`", excerpt(&text)),
                None,
            )),
        }
    }

    /// An argument as the truth of a condition: `True`, and nothing else, is true.
    pub(super) fn condition(&self, place: usize) -> Outcome<'a, bool> {
        Ok(match self.value(place)? {
            Value::Boolean(holds) => holds,
            Value::Text(text) => text == "True",
            _ => false,
        })
    }

    /// A regular expression: built when the program was, where its text does not depend on the
    /// person; nothing where the place is empty.
    pub(super) fn pattern(&self, place: usize) -> Outcome<'a, Option<Cow<'a, Pattern>>> {
        if let Some(Prepared::Pattern(pattern)) = self.prepared(place)? {
            return Ok(Some(Cow::Borrowed(&**pattern)));
        }
        let Some(text) = self.text(place)? else { return Ok(None) };
        Pattern::new(&text).map(|pattern| Some(Cow::Owned(pattern))).map_err(|problem| {
            self.at(place, EvaluationFaultKind::Regex, problem.to_string(), None)
        })
    }

    /// A date format: taken apart when the program was made, where its text does not depend on the
    /// person.
    pub(super) fn format(&self, place: usize) -> Outcome<'a, Cow<'a, DateFormat>> {
        if let Some(Prepared::Format(format)) = self.prepared(place)? {
            return Ok(Cow::Borrowed(&**format));
        }
        let written = self.text(place)?.unwrap_or_default();
        let format = DateFormat::new(&written).filter(|_| !written.is_empty());
        format.map(Cow::Owned).ok_or_else(|| {
            let message = format!("`{}` is no date format", excerpt(&written));
            let help = "write it as in `yyyy-MM-dd`";
            self.at(place, EvaluationFaultKind::Argument, message, Some(help))
        })
    }

    /// What was made of an argument when the program was.
    fn prepared(&self, place: usize) -> Outcome<'a, Option<&'a Prepared>> {
        let Some(step) = self.step(place) else { return Ok(None) };
        if step.prepared.is_some() && self.scope.recorder.is_some() {
            // Its text was used, so a trace tells it.
            step.run(self.scope)?;
        }
        Ok(step.prepared.as_ref())
    }

    /// Refuses results that no attribute holds.
    pub(super) fn check_length(&self, length: usize) -> Outcome<'a, ()> {
        if length <= LENGTH_LIMIT {
            return Ok(());
        }
        let message = format!("the result grows beyond {LENGTH_LIMIT} bytes");
        Err(self.fault(EvaluationFaultKind::TooLarge, message, None))
    }

    /// A failure of the whole call.
    pub(super) fn fault(
        &self,
        kind: EvaluationFaultKind,
        message: String,
        help: Option<&str>,
    ) -> Stop {
        stop(self.span.clone(), kind, message, help)
    }

    /// A failure of one argument.
    pub(super) fn at(
        &self,
        place: usize,
        kind: EvaluationFaultKind,
        message: String,
        help: Option<&str>,
    ) -> Stop {
        let span = self.step(place).map_or(self.span, |step| &step.span);
        stop(span.clone(), kind, message, help)
    }
}

fn stop(
    span: Range<usize>,
    kind: EvaluationFaultKind,
    message: String,
    help: Option<&str>,
) -> Stop {
    Stop::Fault(Box::new(EvaluationFault { span, kind, message, help: help.map(str::to_owned) }))
}

/// The beginning of a text, short enough for a message.
pub(super) fn excerpt(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// Compares two values: as numbers where both look like whole numbers, else as text, by code unit.
///
/// An attribute that is null or empty and compared directly fails every comparison.
pub(super) fn compare<'a>(
    scope: &Scope<'_, 'a>,
    left: &'a Step,
    comparison: Comparison,
    right: &'a Step,
) -> Outcome<'a> {
    let (l, r) = (left.run(scope)?, right.run(scope)?);
    let fails = |step: &Step, value: &Value<'_>| step.is_attribute() && value.is_null_or_empty();
    if fails(left, &l) || fails(right, &r) {
        return Ok(Value::Boolean(false));
    }
    if let (Value::Number(Number::Integer(l)), Value::Number(Number::Integer(r))) = (&l, &r) {
        return Ok(Value::Boolean(comparison.holds(l.cmp(r))));
    }
    let (l, r) = (single(left, &l)?, single(right, &r)?);
    let order = match (l.parse::<i64>(), r.parse::<i64>()) {
        (Ok(l), Ok(r)) => l.cmp(&r),
        _ => l.cmp(&r),
    };
    Ok(Value::Boolean(comparison.holds(order)))
}

/// The text of one side of a comparison; a null that a function answered counts as empty.
fn single<'v>(step: &Step, value: &'v Value<'_>) -> Outcome<'v, Cow<'v, str>> {
    match value {
        Value::List(_) | Value::Roles(_) => Err(stop(
            step.span.clone(),
            EvaluationFaultKind::Type,
            "one value is expected here, but there are several".to_owned(),
            Some("compare `Item(..., 1)` or `Count(...)`"),
        )),
        value => Ok(value.as_text().unwrap_or_default()),
    }
}
