//! The tree of an expression, and its canonical text.

use std::fmt;
use std::ops::Range;

use super::function::Function;
use super::lex;

/// A part of an expression.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: NodeKind,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A function applied to arguments.
    Call(Call),
    /// The value of a source attribute.
    Attribute(String),
    /// A fixed text.
    Text(String),
    /// A number as it was written.
    Number(String),
    /// How `InStr` compares.
    Keyword(Keyword),
    /// Two values compared.
    Comparison(Box<Node>, Comparison, Box<Node>),
    /// Nothing usable stands here; a fault says why.
    Missing,
}

/// A function applied to arguments.
#[derive(Clone, Debug)]
pub struct Call {
    /// The name as it was written.
    pub name: String,
    /// Where the name stands.
    pub name_span: Range<usize>,
    /// The function of that name, if there is one.
    pub function: Option<&'static Function>,
    /// The arguments in their places; none where a place was left empty.
    pub arguments: Vec<Option<Node>>,
}

/// The bare words that `InStr` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyword {
    /// `vbTextCompare`: without regard to case.
    TextCompare,
    /// `vbBinaryCompare`: with regard to case.
    BinaryCompare,
}

/// The six comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
}

impl Keyword {
    /// Both, as they are written.
    pub const ALL: [(&'static str, Self); 2] =
        [("vbTextCompare", Self::TextCompare), ("vbBinaryCompare", Self::BinaryCompare)];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TextCompare => "vbTextCompare",
            Self::BinaryCompare => "vbBinaryCompare",
        }
    }
}

impl Comparison {
    /// The comparison of a symbol.
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        Some(match symbol {
            "=" => Self::Equal,
            "<>" => Self::NotEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterOrEqual,
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            _ => return None,
        })
    }

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
        }
    }

    /// Whether two values in this order satisfy the comparison.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
        }
    }
}

impl Node {
    /// The parts directly below this one.
    pub fn children(&self) -> impl Iterator<Item = &Node> {
        let (arguments, sides): (&[Option<Node>], _) = match &self.kind {
            NodeKind::Call(call) => (&call.arguments, [None, None]),
            NodeKind::Comparison(left, _, right) => (&[], [Some(&**left), Some(&**right)]),
            _ => (&[], [None, None]),
        };
        arguments.iter().flatten().chain(sides.into_iter().flatten())
    }

    /// This part and all below it, in the order of the text.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Node)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }
}

impl Node {
    /// The call, where this is one of a function of this name.
    pub(super) fn call_of(&self, name: &str) -> Option<&Call> {
        match &self.kind {
            NodeKind::Call(call) if call.name == name => Some(call),
            _ => None,
        }
    }

    /// The text, where it is the same for everybody: of a text as it is meant, of a number as it
    /// is written.
    pub(super) fn fixed(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text(text) | NodeKind::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Whether this is an attribute and nothing around it.
    pub(super) fn is_attribute(&self) -> bool {
        matches!(self.kind, NodeKind::Attribute(_))
    }
}

impl Call {
    /// The argument in a place; nothing where it was left empty.
    pub fn argument(&self, place: usize) -> Option<&Node> {
        self.arguments.get(place)?.as_ref()
    }

    /// Whether the place of an argument is filled.
    pub(super) fn has(&self, place: usize) -> bool {
        self.argument(place).is_some()
    }
}

/// Two trees are equal when they mean the same: where they stand in a text does not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.arguments == other.arguments
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::Call(call) => call.fmt(f),
            NodeKind::Attribute(name) => write!(f, "[{name}]"),
            NodeKind::Text(text) => f.write_str(&lex::quote(text)),
            NodeKind::Number(written) => f.write_str(written),
            NodeKind::Keyword(keyword) => f.write_str(keyword.as_str()),
            NodeKind::Comparison(left, comparison, right) => {
                write!(f, "{left} {} {right}", comparison.as_str())
            }
            NodeKind::Missing => Ok(()),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            if let Some(argument) = argument {
                write!(f, "{argument}")?;
            }
        }
        f.write_str(")")
    }
}
