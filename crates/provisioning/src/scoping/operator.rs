//! The comparisons of scoping filters, with their names in the portal and in Graph.

use std::fmt;

use crate::expression::infer::ValueKind;

/// A comparison of a scoping filter clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// The value is exactly the operand.
    Equals,
    /// The value is present and differs.
    NotEquals,
    /// The .NET regular expression is found in the value.
    RegexMatch,
    /// The value is present and the regular expression is not found.
    NotRegexMatch,
    /// The value is absent or empty.
    IsNull,
    /// The value is present and not empty.
    IsNotNull,
    /// The value is true.
    IsTrue,
    /// The value is false.
    IsFalse,
    /// The value contains the operand.
    Includes,
    /// The value ends with the operand.
    EndsWith,
    /// The value occurs inside the operand.
    InList,
    /// The value is present and does not occur inside the operand.
    NotInList,
    /// The whole number is greater than the operand.
    GreaterThan,
    /// The whole number is at least the operand.
    GreaterThanOrEquals,
}

/// How many operands an operator takes beside the attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// None.
    Unary,
    /// One.
    Binary,
}

impl Operator {
    /// All, the oldest first.
    pub const ALL: [Self; 14] = [
        Self::Equals,
        Self::NotEquals,
        Self::RegexMatch,
        Self::NotRegexMatch,
        Self::IsNull,
        Self::IsNotNull,
        Self::IsTrue,
        Self::IsFalse,
        Self::Includes,
        Self::EndsWith,
        Self::InList,
        Self::NotInList,
        Self::GreaterThan,
        Self::GreaterThanOrEquals,
    ];

    /// The label in the portal.
    pub fn label(self) -> &'static str {
        match self {
            Self::Equals => "EQUALS",
            Self::NotEquals => "NOT EQUALS",
            Self::RegexMatch => "REGEX MATCH",
            Self::NotRegexMatch => "NOT REGEX MATCH",
            Self::IsNull => "IS NULL",
            Self::IsNotNull => "IS NOT NULL",
            Self::IsTrue => "IS TRUE",
            Self::IsFalse => "IS FALSE",
            Self::Includes => "Includes",
            Self::EndsWith => "ENDS_WITH",
            Self::InList => "&",
            Self::NotInList => "!&",
            Self::GreaterThan => "Greater_Than",
            Self::GreaterThanOrEquals => "Greater_Than_OR_EQUALS",
        }
    }

    /// How many operands it takes.
    pub fn arity(self) -> Arity {
        match self {
            Self::IsNull | Self::IsNotNull | Self::IsTrue | Self::IsFalse => Arity::Unary,
            _ => Arity::Binary,
        }
    }

    /// The name in Microsoft Graph. Eight are published, and equal the label; for the other six
    /// the label is the best guess, and the job's own `filterOperators` list says what it is.
    pub fn graph_name(self) -> &'static str {
        self.label()
    }

    /// Whether Microsoft publishes the name in Graph (as of 2026-08).
    pub fn is_graph_name_published(self) -> bool {
        !matches!(
            self,
            Self::Includes
                | Self::EndsWith
                | Self::InList
                | Self::NotInList
                | Self::GreaterThan
                | Self::GreaterThanOrEquals
        )
    }

    /// Whether attributes of a type can be compared in this way, by the operator list of the portal
    /// (`schema/filterOperators`, August 2026).
    ///
    /// A whole number kept as text counts as text here: whether it is one is seen in each value.
    /// Equality is let pass for Booleans, because older filters write it.
    pub fn applies_to(self, kind: ValueKind) -> bool {
        match (kind, self) {
            (ValueKind::List | ValueKind::Roles | ValueKind::Date, _) => false,
            (_, Self::IsNull | Self::IsNotNull) => true,
            (ValueKind::Boolean, _) => {
                matches!(self, Self::IsTrue | Self::IsFalse | Self::Equals | Self::NotEquals)
            }
            (ValueKind::Number, _) => matches!(
                self,
                Self::Equals
                    | Self::NotEquals
                    | Self::RegexMatch
                    | Self::NotRegexMatch
                    | Self::GreaterThan
                    | Self::GreaterThanOrEquals
            ),
            (ValueKind::Text, _) => true,
        }
    }

    /// Why a name that Microsoft uses elsewhere is no operator here; nothing for other names.
    pub fn elsewhere(name: &str) -> Option<&'static str> {
        name.eq_ignore_ascii_case("IS_MEMBER_OF").then_some(
            "IS_MEMBER_OF works in cloud sync only, not for applications; assign the application to \
             the group instead",
        )
    }

    /// The operator of a label or a Graph name, without regard to case: cloud sync spells the
    /// newer ones in capitals.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.label().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
