//! What is the same for everybody, computed when the program is made.

use std::ops::Range;

use super::super::evaluate::{Inputs, Scope};
use super::super::value::{DateTime, Value};
use super::step::StepKind;
use crate::ambient::Ambient;
use crate::configuration::ObjectKind;
use crate::source::{Attributes, SourceObject};

/// Bytes of the longest value that is kept: an expression may have a thousand parts.
const LENGTH_LIMIT: usize = 1 << 10;

/// A call or a comparison, with its value where that depends on fixed values alone.
///
/// What fails, or takes the attribute out of the flow, stays as it is: it may never be reached.
pub(super) fn fold(kind: StepKind, span: &Range<usize>) -> StepKind {
    if kind.children().any(|step| step.constant().is_none()) {
        return kind;
    }
    match value(&kind, span) {
        Some(value) => StepKind::Folded(value, Box::new(kind)),
        None => kind,
    }
}

fn value(kind: &StepKind, span: &Range<usize>) -> Option<Value<'static>> {
    // Nobody in no tenant at no time: none of it is read.
    let nobody = SourceObject {
        id: String::new(),
        kind: ObjectKind::User,
        attributes: Attributes::new(),
        members: Vec::new(),
        soft_deleted: false,
    };
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 };
    let inputs = Inputs {
        object: &nobody,
        roles: &[],
        is_soft_deleted: false,
        default_domain: None,
        ambient: &ambient,
    };
    let inputs = &inputs;
    let scope =
        Scope { inputs, names: &[], slots: None, reader: None, is_taken: None, recorder: None };
    let value = kind.run(span, &scope).ok()?;
    let length = match &value {
        Value::Text(text) => text.len(),
        Value::List(texts) => texts.iter().map(str::len).sum(),
        _ => 0,
    };
    (length <= LENGTH_LIMIT).then(|| value.into_owned())
}
