//! What can be wrong with the text of a filter or a path.

use std::fmt;

/// How deep parentheses, `not` and value filters may be nested.
pub const MAX_DEPTH: usize = 32;
/// How many bytes a filter or a path may have: as much as an address holds.
pub const MAX_LENGTH: usize = 64 * 1024;

/// One way to leave the grammar of RFC 7644, figure 1, or its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxFault {
    /// There is no text, or only blanks.
    Empty,
    /// A name of an attribute was expected.
    AttributeExpected,
    /// A name holds a character that names do not have, or starts with one.
    BadName(String),
    /// More than one sub-attribute: `name.givenName.first`.
    TooManySubAttributes,
    /// A value filter behind a sub-attribute: `emails.value[…]`.
    FilteredSubAttribute,
    /// `eq`, `pr` or another operator was expected.
    OperatorExpected,
    /// A word stands where an operator should, but is none.
    UnknownOperator(String),
    /// A blank must stand between an operator and its value.
    BlankExpected,
    /// A value was expected: a string in double quotes, a number, `true`, `false` or `null`.
    ValueExpected,
    /// A word or number is no JSON value.
    BadValue(String),
    /// A string has no closing quote.
    UnclosedString,
    /// A string holds an escape or a control character that JSON does not know.
    BadString,
    /// A `(` is not closed.
    UnclosedParenthesis,
    /// A `[` is not closed.
    UnclosedBracket,
    /// `not` is not followed by `(`.
    ParenthesisExpected,
    /// A value filter in a value filter.
    NestedValueFilter,
    /// Parentheses nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// The text has more than [`MAX_LENGTH`] bytes.
    TooLong,
    /// Something follows after the end.
    Trailing(String),
    /// `gt`, `ge`, `lt` or `le` on a boolean or binary attribute (section 3.4.2.2 demands `invalidFilter`).
    NoOrder(String),
}

impl fmt::Display for SyntaxFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the text is empty"),
            Self::AttributeExpected => f.write_str("an attribute name is expected"),
            Self::BadName(name) => write!(f, "`{name}` is no attribute name"),
            Self::TooManySubAttributes => {
                f.write_str("an attribute has one level of sub-attributes only")
            }
            Self::FilteredSubAttribute => {
                f.write_str("a value filter stands before the sub-attribute, not behind it")
            }
            Self::OperatorExpected => f.write_str("an operator such as `eq` is expected"),
            Self::UnknownOperator(word) => write!(f, "`{word}` is no operator"),
            Self::BlankExpected => f.write_str("a blank is expected"),
            Self::ValueExpected => f.write_str("a value is expected"),
            Self::BadValue(word) => write!(
                f,
                "`{word}` is no value: write a string in double quotes, a number, true or false"
            ),
            Self::UnclosedString => f.write_str("the string has no closing quote"),
            Self::BadString => f.write_str("the string is not valid JSON"),
            Self::UnclosedParenthesis => f.write_str("`)` is missing"),
            Self::UnclosedBracket => f.write_str("`]` is missing"),
            Self::ParenthesisExpected => f.write_str("`not` must be followed by `(`"),
            Self::NestedValueFilter => f.write_str("a value filter cannot hold another one"),
            Self::TooDeep => write!(f, "nested deeper than {MAX_DEPTH} levels"),
            Self::TooLong => write!(f, "the text is longer than {MAX_LENGTH} bytes"),
            Self::Trailing(rest) => write!(f, "`{rest}` is not expected here"),
            Self::NoOrder(name) => {
                write!(f, "`{name}` has no order, so `gt`, `ge`, `lt` and `le` cannot compare it")
            }
        }
    }
}
