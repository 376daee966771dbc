//! Filters: which resources are asked for (RFC 7644, section 3.4.2.2).

mod compare;
mod evaluate;
pub(crate) mod parse;

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

pub use self::evaluate::Query;
use self::parse::Parser;
use crate::path::Path;
use crate::resource::Resource;
use crate::schema::Schemas;
use crate::syntax::SyntaxFault;

/// A filter as a tree. Parentheses leave no node: the tree is the grouping.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// All of them, at least two.
    And(Vec<Filter>),
    /// Any of them, at least two.
    Or(Vec<Filter>),
    /// `not (…)`.
    Not(Box<Filter>),
    /// `title pr`; and `emails[type eq "work"]`, which asks whether any value passes.
    Present(Path),
    /// `userName eq "ada"`; and `emails[type eq "work"].value eq "ada@…"`, which is Entra's and not the RFC's.
    Compare {
        /// The place whose values are compared.
        path: Path,
        /// How.
        op: CompareOp,
        /// With what: a string, a number, a boolean or null.
        value: Value,
    },
}

/// The operators that compare with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// equal
    Eq,
    /// not equal
    Ne,
    /// contains
    Co,
    /// starts with
    Sw,
    /// ends with
    Ew,
    /// greater than
    Gt,
    /// greater than or equal
    Ge,
    /// less than
    Lt,
    /// less than or equal
    Le,
}

/// Why a text is no filter, or a filter cannot be asked of these schemas. A server answers `invalidFilter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// Where it went wrong: an offset in bytes from the start of the text;
    /// 0 where the text is gone and only the meaning is wrong.
    pub position: usize,
    /// What went wrong.
    pub fault: SyntaxFault,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// A [`FilterError`] with the position at which the text leaves the grammar.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        Parser::new(text)
            .whole_filter()
            .map_err(|(position, fault)| FilterError { position, fault })
    }

    /// The filter `path eq "value"`.
    pub fn equals(path: &Path, value: &str) -> Self {
        Self::Compare { path: path.clone(), op: CompareOp::Eq, value: Value::from(value) }
    }

    /// This and `other`.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::And(mut terms) => {
                terms.push(other);
                Self::And(terms)
            }
            first => Self::And(vec![first, other]),
        }
    }

    /// Checks the filter against the schemas once, so that it can be asked of many resources.
    ///
    /// # Errors
    /// An order operator on an attribute without order (boolean, binary).
    pub fn resolve<'a>(&'a self, schemas: &'a Schemas) -> Result<Query<'a>, FilterError> {
        Query::resolve(self, schemas).map_err(|fault| FilterError { position: 0, fault })
    }

    /// Whether the resource passes. A filter that [`Filter::resolve`] refuses passes nothing.
    pub fn matches(&self, resource: &Resource, schemas: &Schemas) -> bool {
        self.resolve(schemas).is_ok_and(|query| query.matches(resource))
    }
}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        Self::parse(text)
    }
}

impl CompareOp {
    /// All of them, in the order of RFC 7644, table 3.
    pub const ALL: [Self; 9] =
        [Self::Eq, Self::Ne, Self::Co, Self::Sw, Self::Ew, Self::Gt, Self::Ge, Self::Lt, Self::Le];

    /// The two letters it is written with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Co => "co",
            Self::Sw => "sw",
            Self::Ew => "ew",
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Lt => "lt",
            Self::Le => "le",
        }
    }

    /// Whether it asks for an order between the two values.
    pub fn is_order(self) -> bool {
        matches!(self, Self::Gt | Self::Ge | Self::Lt | Self::Le)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(terms) => {
                write_joined(f, terms, " and ", |term| matches!(term, Self::And(_) | Self::Or(_)))
            }
            Self::Or(terms) => write_joined(f, terms, " or ", |term| matches!(term, Self::Or(_))),
            Self::Not(inner) => write!(f, "not ({inner})"),
            Self::Present(path) if path.filter.is_some() && path.sub_attribute.is_none() => {
                write!(f, "{path}")
            }
            Self::Present(path) => write!(f, "{path} pr"),
            Self::Compare { path, op, value } => write!(f, "{path} {op} {value}"),
        }
    }
}

/// Writes terms with a word between them, and in parentheses those that would otherwise be read apart.
fn write_joined(
    f: &mut fmt::Formatter<'_>,
    terms: &[Filter],
    word: &str,
    needs_parentheses: impl Fn(&Filter) -> bool,
) -> fmt::Result {
    for (index, term) in terms.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        if needs_parentheses(term) { write!(f, "({term})")? } else { write!(f, "{term}")? }
    }
    Ok(())
}

impl fmt::Display for CompareOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at position {}", self.fault, self.position)
    }
}

impl std::error::Error for FilterError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_are_printed_where_they_are_needed() {
        let check = |text: &str, printed: &str| {
            assert_eq!(Filter::parse(text).expect("a filter").to_string(), printed);
        };
        check("a pr OR b pr And c pr", "a pr or b pr and c pr");
        check("(a pr or b pr) and c pr", "(a pr or b pr) and c pr");
        check("a pr and (b pr and c pr)", "a pr and (b pr and c pr)");
        check("((a pr)) or (b pr and c pr)", "a pr or b pr and c pr");
        check("NOT(a PR)", "not (a pr)");
        check(
            r#"emails[type eq "work"].value  EQ "\u0061""#,
            r#"emails[type eq "work"].value eq "a""#,
        );
    }

    #[test]
    fn equals_quotes_what_needs_it() {
        let filter = Filter::equals(&Path::attribute("userName"), r#"CORP\"x""#);
        assert_eq!(filter.to_string(), r#"userName eq "CORP\\\"x\"""#);
        assert_eq!(Filter::parse(&filter.to_string()), Ok(filter));
    }

    #[test]
    fn and_grows_one_list() {
        let term = |name: &str| Filter::Present(Path::attribute(name));
        assert_eq!(
            term("a").and(term("b")).and(term("c")),
            Filter::parse("a pr and b pr and c pr").expect("a filter")
        );
    }

    #[test]
    fn a_fault_says_where() {
        let check = |text: &str, position: usize, fault: SyntaxFault| {
            assert_eq!(Filter::parse(text), Err(FilterError { position, fault }), "{text}");
        };
        check("  ", 0, SyntaxFault::Empty);
        check("userName", 8, SyntaxFault::OperatorExpected);
        check("userName == \"a\"", 9, SyntaxFault::UnknownOperator("==".to_owned()));
        check("userName eq", 11, SyntaxFault::ValueExpected);
        check("userName eq\"a\"", 11, SyntaxFault::BlankExpected);
        check("userName eq 'a'", 12, SyntaxFault::BadValue("'a'".to_owned()));
        check("userName eq \"a", 12, SyntaxFault::UnclosedString);
        check("userName eq \"\\y\"", 12, SyntaxFault::BadString);
        check("a pr and", 8, SyntaxFault::AttributeExpected);
        check("a pr b pr", 5, SyntaxFault::Trailing("b pr".to_owned()));
        check("(a pr", 0, SyntaxFault::UnclosedParenthesis);
        check("a pr and (b pr or (c pr)", 9, SyntaxFault::UnclosedParenthesis);
        check("not a pr", 4, SyntaxFault::ParenthesisExpected);
        check("a[b[c pr]]", 3, SyntaxFault::NestedValueFilter);
    }

    #[test]
    fn nesting_and_length_are_bounded() {
        let nested = |depth: usize| format!("{}a pr{}", "(".repeat(depth), ")".repeat(depth));
        assert!(Filter::parse(&nested(crate::syntax::MAX_DEPTH)).is_ok());
        let error = Filter::parse(&nested(30_000)).expect_err("too deep");
        assert_eq!((error.position, error.fault), (crate::syntax::MAX_DEPTH, SyntaxFault::TooDeep));
        let error = Filter::parse(&nested(100_000)).expect_err("too long");
        assert_eq!((error.position, error.fault), (0, SyntaxFault::TooLong));
    }
}
