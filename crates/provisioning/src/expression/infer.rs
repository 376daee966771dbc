//! What an expression can yield, judged without a person: which kinds of value, and whether there
//! may be none.

mod call;

use super::function::{Function, IGNORE_FLOW_IF_NULL_OR_EMPTY};
use super::tree::{Call, Node, NodeKind};

/// What is known of a source attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeHint {
    /// Its exact name.
    pub name: String,
    /// What it holds.
    pub kind: ValueKind,
    /// Whether everybody has a value.
    pub always_present: bool,
    /// What to show beside the name, such as somebody's value.
    pub detail: String,
}

impl AttributeHint {
    /// An attribute of which only the name and the kind are known.
    pub fn new(name: impl Into<String>, kind: ValueKind) -> Self {
        Self { name: name.into(), kind, always_present: false, detail: String::new() }
    }
}

/// The kinds of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueKind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// `True` or `False`.
    Boolean,
    /// An instant.
    Date,
    /// Several texts.
    List,
    /// What the role functions read.
    Roles,
}

impl ValueKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Text, Self::Number, Self::Boolean, Self::Date, Self::List, Self::Roles];

    /// As an administrator calls it, with its article.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Boolean => "`True` or `False`",
            Self::Date => "a date",
            Self::List => "several values",
            Self::Roles => "roles",
        }
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind: of what never yields a value.
    pub const NONE: Self = Self(0);
    /// Every kind.
    pub const ANY: Self =
        Self::OF_ATTRIBUTES.and(Self::of(ValueKind::Date)).and(Self::of(ValueKind::Roles));
    /// What an attribute of the directory may hold.
    pub const OF_ATTRIBUTES: Self = Self::of(ValueKind::Text)
        .and(Self::of(ValueKind::Number))
        .and(Self::of(ValueKind::Boolean))
        .and(Self::of(ValueKind::List));

    /// The set of one kind.
    pub const fn of(kind: ValueKind) -> Self {
        Self(1 << kind as u8)
    }

    /// The kinds of both sets.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a kind is possible.
    pub const fn has(self, kind: ValueKind) -> bool {
        self.0 & Self::of(kind).0 != 0
    }

    /// Whether this kind is the only one that is possible.
    pub const fn is_only(self, kind: ValueKind) -> bool {
        self.0 == Self::of(kind).0
    }

    /// The kinds in the order of [`ValueKind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = ValueKind> {
        ValueKind::ALL.into_iter().filter(move |kind| self.has(*kind))
    }
}

/// What an expression can yield.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inferred {
    /// The kinds of value that are possible.
    pub kinds: Kinds,
    /// Whether there may be no value: nothing is sent then.
    pub may_be_null: bool,
    /// Whether the value may be an empty text, or a list without values.
    pub may_be_empty: bool,
    /// Whether `IgnoreFlowIfNullOrEmpty` may take the attribute out of the flow.
    pub may_be_ignored: bool,
}

impl Inferred {
    /// A value that is always there.
    pub(super) const fn certain(kind: ValueKind) -> Self {
        Self {
            kinds: Kinds::of(kind),
            may_be_null: false,
            may_be_empty: false,
            may_be_ignored: false,
        }
    }

    /// Nothing, always.
    const NULL: Self =
        Self { kinds: Kinds::NONE, may_be_null: true, may_be_empty: false, may_be_ignored: false };

    /// Whether there may be nothing to send: null, empty, or left out.
    pub fn may_be_missing(self) -> bool {
        self.may_be_null || self.may_be_empty || self.may_be_ignored
    }

    /// Either of two.
    fn or(self, other: Self) -> Self {
        Self {
            kinds: self.kinds.and(other.kinds),
            may_be_null: self.may_be_null || other.may_be_null,
            may_be_empty: self.may_be_empty || other.may_be_empty,
            may_be_ignored: self.may_be_ignored || other.may_be_ignored,
        }
    }
}

/// What a part of an expression can yield; `attributes` are all that the source has, nothing where
/// they are not known.
pub fn infer(node: &Node, attributes: Option<&[AttributeHint]>) -> Inferred {
    match &node.kind {
        NodeKind::Text(text) => {
            Inferred { may_be_empty: text.is_empty(), ..Inferred::certain(ValueKind::Text) }
        }
        NodeKind::Number(_) => Inferred::certain(ValueKind::Number),
        NodeKind::Keyword(_) => Inferred::certain(ValueKind::Text),
        NodeKind::Attribute(name) => attribute(name, attributes),
        NodeKind::Comparison(left, _, right) => Inferred {
            may_be_ignored: [left, right].iter().any(|side| infer(side, attributes).may_be_ignored),
            ..Inferred::certain(ValueKind::Boolean)
        },
        NodeKind::Call(call) => {
            let arguments: Vec<Option<Inferred>> = call
                .arguments
                .iter()
                .map(|argument| argument.as_ref().map(|node| infer(node, attributes)))
                .collect();
            let ignored = arguments.iter().flatten().any(|argument| argument.may_be_ignored)
                || call.function == Some(&IGNORE_FLOW_IF_NULL_OR_EMPTY);
            let inferred = call::infer(call, &arguments);
            Inferred { may_be_ignored: ignored, ..inferred }
        }
        NodeKind::Missing => {
            Inferred { may_be_null: true, kinds: Kinds::OF_ATTRIBUTES, ..Inferred::default() }
        }
    }
}

/// The kinds of value that a function can yield, whatever its arguments are.
pub fn yields(function: &'static Function) -> Kinds {
    let call = Call {
        name: function.name.to_owned(),
        name_span: 0..0,
        function: Some(function),
        arguments: Vec::new(),
    };
    match call::infer(&call, &[]).kinds {
        // What hands on an argument yields whatever that is.
        Kinds::NONE => Kinds::ANY,
        kinds => kinds,
    }
}

fn attribute(name: &str, attributes: Option<&[AttributeHint]>) -> Inferred {
    match name {
        "IsSoftDeleted" => return Inferred::certain(ValueKind::Boolean),
        "appRoleAssignments" => {
            return Inferred { may_be_empty: true, ..Inferred::certain(ValueKind::Roles) };
        }
        _ => {}
    }
    let Some(attributes) = attributes else {
        return Inferred { kinds: Kinds::OF_ATTRIBUTES, may_be_null: true, ..Inferred::default() };
    };
    match attributes.iter().find(|known| known.name == name) {
        Some(known) => {
            Inferred { may_be_null: !known.always_present, ..Inferred::certain(known.kind) }
        }
        None => Inferred::NULL,
    }
}

#[cfg(test)]
mod tests;
