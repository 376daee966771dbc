//! What an expression can yield, and the text form of each kind.

use std::borrow::Cow;
use std::fmt;

use crate::source::{AppRole, SourceValue};

mod date_time;

pub use date_time::DateTime;

/// A value while an expression runs; texts are borrowed from the person or the program where
/// they are used as they stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// An absent attribute, or a `Switch` without a matching key.
    Null,
    /// Text.
    Text(Cow<'a, str>),
    /// `True` or `False`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// An instant in UTC.
    DateTime(DateTime),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// `[appRoleAssignments]`: what the role functions read.
    Roles(&'a [AppRole]),
}

/// A number of the expression language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// Anything else.
    Decimal(f64),
}

impl<'a> Value<'a> {
    /// The value of a source attribute.
    pub fn of_attribute(value: &'a SourceValue) -> Self {
        match value {
            SourceValue::Text(text) => Self::Text(Cow::Borrowed(text)),
            SourceValue::Boolean(flag) => Self::Boolean(*flag),
            SourceValue::Number(number) => match number.as_i64() {
                Some(whole) => Self::Number(Number::Integer(whole)),
                None => Self::Number(Number::Decimal(number.as_f64().unwrap_or_default())),
            },
            SourceValue::List(texts) => {
                Self::List(texts.iter().map(|text| Cow::Borrowed(text.as_str())).collect())
            }
        }
    }

    /// The text form of a single value: `True`, `42`, `3/16/2020 7:00:00 AM`.
    ///
    /// Null has none, and neither have values that stand for several.
    pub fn as_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Null | Self::List(_) | Self::Roles(_) => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Boolean(true) => Some(Cow::Borrowed("True")),
            Self::Boolean(false) => Some(Cow::Borrowed("False")),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::DateTime(instant) => Some(Cow::Owned(instant.to_string())),
        }
    }

    /// The text forms of all single values in this one: none for null, one for a text.
    pub fn texts(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::List(texts) => texts.iter().map(|text| Cow::Borrowed(text.as_ref())).collect(),
            other => other.as_text().into_iter().collect(),
        }
    }

    /// Null, an empty text, or a list without values.
    pub fn is_null_or_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(texts) => texts.is_empty(),
            Self::Roles(roles) => roles.is_empty(),
            Self::Boolean(_) | Self::Number(_) | Self::DateTime(_) => false,
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(whole) => write!(f, "{whole}"),
            Self::Decimal(decimal) => write!(f, "{decimal}"),
        }
    }
}
