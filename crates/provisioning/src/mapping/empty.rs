//! What becomes of a row whose source has no value for somebody.

use std::fmt;

use super::{Yield, flows_on_update};
use crate::configuration::{AttributeMapping, Source};

/// What becomes of a row without a value, for one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyValue {
    /// The new object is sent without the attribute.
    LeftOut,
    /// The new object gets the default value.
    DefaultSent,
    /// The target is required and there is no default: the new object fails.
    Fails,
    /// Null does not flow: what the application holds stays, even where it is out of date.
    Stays,
    /// Nothing flows, and the default is for creation only.
    StaysWithoutDefault,
    /// A row of type None: the default goes where the application has nothing.
    DefaultFills,
    /// A row of type None, and the application has a value.
    LeftAlone,
    /// `IgnoreFlowIfNullOrEmpty` takes the attribute out of this flow.
    Ignored,
    /// The row is applied only during creation, and the object exists.
    CreationIsOver,
}

/// The object that a row is about to be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// It is created.
    New,
    /// It exists and has a value there.
    Filled,
    /// It exists and has none there.
    Empty,
}

impl EmptyValue {
    /// What becomes of a row; nothing where it yields a value, or fails for another reason.
    pub fn of(row: &AttributeMapping, yielded: &Yield, target: Target) -> Option<Self> {
        let is_new = target == Target::New;
        Some(match yielded {
            Yield::Value(_) | Yield::Fault(_) => return None,
            _ if !is_new && !flows_on_update(row) => Self::CreationIsOver,
            Yield::Ignored if is_new && row.target.required => Self::Fails,
            Yield::Ignored => Self::Ignored,
            Yield::Null if is_new && row.target.required => Self::Fails,
            Yield::Null if is_new => Self::LeftOut,
            Yield::Null if row.source == Source::None => Self::LeftAlone,
            Yield::Null => Self::Stays,
            Yield::Default(_) => match (target, row.source == Source::None) {
                (Target::New, _) => Self::DefaultSent,
                (Target::Empty, true) => Self::DefaultFills,
                (Target::Filled, true) => Self::LeftAlone,
                (_, false) => Self::StaysWithoutDefault,
            },
        })
    }
}

impl fmt::Display for EmptyValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeftOut => "The source is empty: nothing is sent.",
            Self::DefaultSent => "The source is empty: the default value is sent.",
            Self::Fails => {
                "The source is empty, the target is required and there is no default value: the \
                 object is not created."
            }
            Self::Stays => {
                "The source is empty: nothing is sent, and what the application holds stays."
            }
            Self::StaysWithoutDefault => {
                "The source is empty; the default value is for creation only, and what the \
                 application holds stays."
            }
            Self::DefaultFills => {
                "The row has no source: the default value fills what the application leaves empty."
            }
            Self::LeftAlone => "The row has no source: the application's value is left alone.",
            Self::Ignored => "IgnoreFlowIfNullOrEmpty: the attribute is left out.",
            Self::CreationIsOver => "Only during creation: left alone on existing objects.",
        })
    }
}

#[cfg(test)]
mod tests {
    use scim::path::Path;
    use serde_json::json;

    use super::*;
    use crate::configuration::Apply;
    use crate::configuration::default::target_attribute;

    fn row(source: Source, required: bool, apply: Apply) -> AttributeMapping {
        let mut target = target_attribute(Path::attribute("title"));
        target.required = required;
        let (default_value, matching_precedence) = (None, None);
        AttributeMapping { target, source, default_value, matching_precedence, apply }
    }

    #[test]
    fn every_case_has_an_answer_of_its_own() {
        let direct = || Source::Direct("jobTitle".to_owned());
        let usual = row(direct(), false, Apply::Always);
        let required = row(direct(), true, Apply::Always);
        let none = row(Source::None, false, Apply::Always);
        let once = row(direct(), false, Apply::OnlyDuringCreation);
        let default = Yield::Default(json!("x"));
        let cases = [
            (&usual, &Yield::Null, Target::New, Some(EmptyValue::LeftOut)),
            (&usual, &Yield::Null, Target::Filled, Some(EmptyValue::Stays)),
            (&usual, &default, Target::New, Some(EmptyValue::DefaultSent)),
            (&usual, &default, Target::Empty, Some(EmptyValue::StaysWithoutDefault)),
            (&usual, &Yield::Ignored, Target::Filled, Some(EmptyValue::Ignored)),
            (&required, &Yield::Null, Target::New, Some(EmptyValue::Fails)),
            (&required, &Yield::Ignored, Target::New, Some(EmptyValue::Fails)),
            (&required, &Yield::Null, Target::Filled, Some(EmptyValue::Stays)),
            (&none, &default, Target::Empty, Some(EmptyValue::DefaultFills)),
            (&none, &default, Target::Filled, Some(EmptyValue::LeftAlone)),
            (&none, &Yield::Null, Target::Empty, Some(EmptyValue::LeftAlone)),
            (&once, &Yield::Null, Target::Empty, Some(EmptyValue::CreationIsOver)),
            (&once, &Yield::Null, Target::New, Some(EmptyValue::LeftOut)),
            (&usual, &Yield::Value(json!("x")), Target::New, None),
            (&usual, &Yield::Fault("x".to_owned()), Target::New, None),
        ];
        for (row, yielded, target, expected) in cases {
            assert_eq!(EmptyValue::of(row, yielded, target), expected, "{yielded:?} {target:?}");
        }
    }
}
