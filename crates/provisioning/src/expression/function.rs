//! The functions of the language, one definition each: name, parameters, summary, examples and
//! how well Entra's behaviour is known.
//!
//! A family's file holds the definitions, and beside each the Rust function that behaves like it.
//! The two meet by name in `behaviour.rs`, not by a pointer in the definition: whoever only reads
//! expressions (completion, checking) then links none of the evaluation.

use std::fmt;

pub(super) mod behaviour;
mod chance;
mod convert;
mod date;
mod join;
mod letter;
mod list;
mod logic;
mod replace;
mod role;
mod text;

pub use super::evidence::{Evidence, EvidenceLevel, Note};
pub(super) use logic::{IGNORE_FLOW_IF_NULL_OR_EMPTY, IIF, SELECT_UNIQUE_VALUE};

/// A function of the language.
pub struct Function {
    /// The name, exactly as it must be spelled.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// The parameters in order; those that repeat come last and repeat as a group.
    pub parameters: &'static [Parameter],
    /// Expressions with their results; each of them is a test.
    pub examples: &'static [Example],
    /// How well the behaviour is known.
    pub evidence: Evidence,
    /// What is particular about it, or in doubt.
    pub notes: &'static [Note],
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name, as Microsoft's reference gives it.
    pub name: &'static str,
    /// What is expected.
    pub kind: Kind,
    /// What it means, in a few words.
    pub description: &'static str,
    /// Whether its place may be left empty.
    pub required: bool,
    /// Whether it (with the others that repeat) may follow again.
    pub repeats: bool,
}

/// What a parameter expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One value of any kind.
    Any,
    /// Text, or what has a text form.
    Text,
    /// A whole number, bare or quoted.
    Number,
    /// A comparison, or something that yields `True` or `False`.
    Condition,
    /// A date-time, wrapped in `CDate` when it is text.
    Date,
    /// `yyyy`, `m`, `d`, `ww`, `h`, `n` or `s`.
    Interval,
    /// A .NET date format, such as `yyyy-MM-dd`.
    DateFormat,
    /// A .NET regular expression.
    Pattern,
    /// `vbTextCompare` or `vbBinaryCompare`.
    CompareType,
    /// An attribute with several values.
    List,
    /// `[appRoleAssignments]`.
    Roles,
}

impl Kind {
    /// As an administrator calls it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Text => "text",
            Self::Number => "whole number",
            Self::Condition => "condition",
            Self::Date => "date",
            Self::Interval => "interval",
            Self::DateFormat => "date format",
            Self::Pattern => "regular expression",
            Self::CompareType => "kind of comparison",
            Self::List => "several values",
            Self::Roles => "roles",
        }
    }
}

/// An expression with its result: on 30 July 2025 at six o'clock UTC, in the tenant of
/// contoso.com, where the target holds the value `jsmith@contoso.com` already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The expression.
    pub expression: &'static str,
    /// The attributes that it reads.
    pub attributes: &'static [(&'static str, &'static str)],
    /// The text form of the result; several values are joined by `; `.
    pub result: &'static str,
}

impl Function {
    /// How many parameters stand before those that repeat.
    pub fn fixed(&self) -> usize {
        self.parameters.iter().take_while(|parameter| !parameter.repeats).count()
    }

    /// The parameter that an argument's place belongs to, repeats unrolled.
    pub fn parameter(&self, place: usize) -> Option<&'static Parameter> {
        self.parameters.get(self.parameter_index(place))
    }

    /// The place of that parameter in [`Function::parameters`]; beyond its end where there is none.
    pub fn parameter_index(&self, place: usize) -> usize {
        let fixed = self.fixed();
        match (place.checked_sub(fixed), self.parameters.len() - fixed) {
            (None, _) | (_, 0) => place,
            (Some(beyond), group) => fixed + beyond % group,
        }
    }

    /// Whether the same arguments yield the same value for everybody, at any time.
    ///
    /// `FormatDateTime` takes what a text does not say from today.
    pub fn is_constant(&self) -> bool {
        !matches!(
            self.name,
            "DefaultDomain"
                | "FormatDateTime"
                | "Guid"
                | "Now"
                | "RandomString"
                | "SelectUniqueValue"
        )
    }

    /// How it is called, for a hint: `Left(string, numChars)`.
    pub fn signature(&self) -> String {
        let names: Vec<String> = self.parameters.iter().map(Parameter::label).collect();
        let more = if self.fixed() < self.parameters.len() { ", ..." } else { "" };
        format!("{}({}{more})", self.name, names.join(", "))
    }
}

/// A function is its name: no two share one.
impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Function {}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Function").field(&self.name).finish()
    }
}

impl Parameter {
    fn label(&self) -> String {
        if self.required { self.name.to_owned() } else { format!("[{}]", self.name) }
    }
}

/// Every function, in the order of the families.
pub const ALL: &[&Function] = &[
    &join::APPEND,
    &join::JOIN,
    &text::SPLIT,
    &text::LEFT,
    &text::MID,
    &text::WORD,
    &text::LEN,
    &text::IN_STR,
    &replace::REPLACE,
    &text::STRIP_SPACES,
    &letter::TO_LOWER,
    &letter::TO_UPPER,
    &letter::P_CASE,
    &letter::NORMALIZE_DIACRITICS,
    &text::DEFAULT_DOMAIN,
    &text::REDACT,
    &logic::IIF,
    &logic::SWITCH,
    &logic::COALESCE,
    &logic::NOT,
    &logic::IS_NULL,
    &logic::IS_NULL_OR_EMPTY,
    &logic::IS_PRESENT,
    &logic::IS_STRING,
    &logic::IGNORE_FLOW_IF_NULL_OR_EMPTY,
    &logic::SELECT_UNIQUE_VALUE,
    &list::COUNT,
    &list::ITEM,
    &list::REMOVE_DUPLICATES,
    &convert::BIT_AND,
    &convert::C_BOOL,
    &convert::C_STR,
    &convert::CONVERT_TO_BASE64,
    &convert::CONVERT_TO_UTF8_HEX,
    &date::C_DATE,
    &date::NOW,
    &date::DATE_ADD,
    &date::DATE_DIFF,
    &date::DATE_FROM_NUM,
    &date::NUM_FROM_DATE,
    &date::FORMAT_DATE_TIME,
    &role::SINGLE_APP_ROLE_ASSIGNMENT,
    &role::APP_ROLE_ASSIGNMENTS_COMPLEX,
    &role::ASSERTIVE_APP_ROLE_ASSIGNMENTS_COMPLEX,
    &chance::GUID,
    &chance::RANDOM_STRING,
];

/// The function of a name, spelled exactly.
pub fn find(name: &str) -> Option<&'static Function> {
    ALL.iter().copied().find(|function| function.name == name)
}

/// The function that an administrator meant who got the case wrong.
pub fn find_ignoring_case(name: &str) -> Option<&'static Function> {
    ALL.iter().copied().find(|function| function.name.eq_ignore_ascii_case(name))
}

const fn required(name: &'static str, kind: Kind, description: &'static str) -> Parameter {
    Parameter { name, kind, description, required: true, repeats: false }
}

const fn optional(name: &'static str, kind: Kind, description: &'static str) -> Parameter {
    Parameter { name, kind, description, required: false, repeats: false }
}

const fn repeated(name: &'static str, kind: Kind, description: &'static str) -> Parameter {
    Parameter { name, kind, description, required: true, repeats: true }
}

const DOCUMENTED: Evidence = Evidence::reference(EvidenceLevel::DocumentedExample);
const STATED: Evidence = Evidence::reference(EvidenceLevel::StatedRule);
const CHOSEN: Evidence = Evidence::reference(EvidenceLevel::Chosen);

const fn shown(text: &'static str) -> Note {
    Note { text, level: EvidenceLevel::DocumentedExample }
}

const fn stated(text: &'static str) -> Note {
    Note { text, level: EvidenceLevel::StatedRule }
}

const fn chosen(text: &'static str) -> Note {
    Note { text, level: EvidenceLevel::Chosen }
}

/// What is particular about the language as a whole, or in doubt.
pub const NOTES: &[Note] = &[
    chosen(
        "names of functions are case-sensitive, as Microsoft states, although some printed \
         snippets write `switch(` and `Instr(`",
    ),
    chosen(
        "in a text, `\\\\` is a backslash and `\\\"` a quote; any other backslash stays, because \
         printed expressions search for `\\,` with one",
    ),
    stated("an expression has 10,000 characters at the most"),
    chosen("calls are nested 100 deep at the most; Microsoft states no limit"),
    chosen("an expression that yields an empty text sends nothing, as one that yields null"),
    stated("a null result is not sent, so it cannot clear the target"),
];

#[cfg(test)]
mod tests;
