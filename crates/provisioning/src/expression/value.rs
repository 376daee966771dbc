//! What an expression can yield, and the text form of each kind.

use std::borrow::Cow;
use std::fmt;

use crate::source::{AppRole, SourceValue};

mod date_time;
mod list;

pub use date_time::DateTime;
pub(super) use date_time::{DAY, HOUR, MINUTE, SECOND};
pub use list::{Iter, List};

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
    List(List<'a>),
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
                None => Self::Text(Cow::Owned(number.to_string())),
            },
            SourceValue::List(texts) => Self::List(List::of_attribute(texts)),
        }
    }

    /// The text form of a single value: `True`, `42`, `3/16/2020 7:00:00 AM`.
    ///
    /// Null has none, and neither have values that stand for several.
    pub fn as_text(&self) -> Option<Cow<'_, str>> {
        self.reborrow().into_text()
    }

    /// [`Value::as_text`], giving up the value.
    pub fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Null | Self::List(_) | Self::Roles(_) => None,
            Self::Text(text) => Some(text),
            Self::Boolean(true) => Some(Cow::Borrowed("True")),
            Self::Boolean(false) => Some(Cow::Borrowed("False")),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::DateTime(instant) => Some(Cow::Owned(instant.to_string())),
        }
    }

    /// The text forms of all single values in this one: none for null, one for a text, and for
    /// roles their claim values or, where those are empty, their names.
    pub fn into_texts(self) -> Vec<Cow<'a, str>> {
        match self {
            Self::List(texts) => texts.into_texts(),
            Self::Roles(roles) => roles.iter().map(|role| Cow::Borrowed(role_text(role))).collect(),
            single => single.into_text().into_iter().collect(),
        }
    }

    /// The same value, borrowing from this one.
    pub fn reborrow(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Boolean(flag) => Value::Boolean(*flag),
            Self::Number(number) => Value::Number(*number),
            Self::DateTime(instant) => Value::DateTime(*instant),
            Self::List(texts) => Value::List(texts.reborrow()),
            Self::Roles(roles) => Value::Roles(roles),
        }
    }

    /// The same without borrows; roles become their texts.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Boolean(flag) => Value::Boolean(flag),
            Self::Number(number) => Value::Number(number),
            Self::DateTime(instant) => Value::DateTime(instant),
            list @ (Self::List(_) | Self::Roles(_)) => {
                Value::List(List::from(list.into_texts()).into_owned())
            }
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

/// The claim value of a role, or its display name where the value is empty.
pub(super) fn role_text(role: &AppRole) -> &str {
    if role.value.is_empty() { &role.display_name } else { &role.value }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl Number {
    /// Reads `12`, `-3`, `4.5` and `&HF`.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix("&H").or_else(|| text.strip_prefix("&h")) {
            return i64::from_str_radix(digits, 16).ok().map(Self::Integer);
        }
        if let Ok(whole) = text.parse() {
            return Some(Self::Integer(whole));
        }
        let is_plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
        text.parse().ok().filter(|_| is_plain).map(Self::Decimal)
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
