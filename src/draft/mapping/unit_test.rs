//! Unit tests of a row's expression: for whom, and what is expected of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// One test of one row's expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitTest {
    /// Whose attributes the expression reads.
    pub subject: Subject,
    /// What it must give.
    pub expected: Expected,
}

/// Whose attributes a test reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// Somebody of the directory, by object id or user principal name.
    Person(String),
    /// Nobody: these attributes, and no others.
    Values(BTreeMap<String, Literal>),
}

/// The value of an attribute as a test or an example states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    /// No value.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// Text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
}

/// What a test expects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expected {
    /// This value; several are joined by `; `.
    Value(String),
    /// No value: nothing is sent.
    Empty,
    /// `IgnoreFlowIfNullOrEmpty` takes the attribute out of the flow.
    Dropped,
    /// An evaluation error, whatever it says.
    Fault,
}

impl Subject {
    /// The subject in one line: the name, or the attributes with their values.
    pub fn in_words(&self) -> String {
        match self {
            Self::Person(name) => name.clone(),
            Self::Values(values) if values.is_empty() => "no attribute at all".to_owned(),
            Self::Values(values) => {
                let pairs =
                    values.iter().map(|(name, value)| format!("{name} = {}", value.shown()));
                pairs.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

impl Literal {
    /// The value as an administrator reads it; several are joined by `; `.
    pub fn shown(&self) -> String {
        match self {
            Self::Null => "no value".to_owned(),
            Self::Boolean(true) => "True".to_owned(),
            Self::Boolean(false) => "False".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("\"{text}\""),
            Self::List(texts) => {
                let quoted: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
                if quoted.is_empty() { "no value".to_owned() } else { quoted.join("; ") }
            }
        }
    }
}

impl Expected {
    /// What is expected, in words.
    pub fn in_words(&self) -> String {
        match self {
            Self::Value(text) => text.clone(),
            Self::Empty => "no value".to_owned(),
            Self::Dropped => "dropped from the flow".to_owned(),
            Self::Fault => "an evaluation error".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_plain_json() {
        let text = r#"{"a":null,"b":true,"c":7,"d":"x","e":["y","z"]}"#;
        let read: BTreeMap<String, Literal> = serde_json::from_str(text).unwrap();
        assert_eq!(read["a"], Literal::Null);
        assert_eq!(read["b"], Literal::Boolean(true));
        assert_eq!(read["c"], Literal::Number(7.into()));
        assert_eq!(read["d"], Literal::Text("x".to_owned()));
        assert_eq!(read["e"], Literal::List(vec!["y".to_owned(), "z".to_owned()]));
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    #[test]
    fn a_subject_is_told_in_one_line() {
        assert_eq!(Subject::Person("ada@contoso.com".to_owned()).in_words(), "ada@contoso.com");
        let values = [
            ("givenName".to_owned(), Literal::Text(String::new())),
            ("mail".to_owned(), Literal::Null),
            ("proxyAddresses".to_owned(), Literal::List(vec!["a".to_owned(), "b".to_owned()])),
        ];
        let told = Subject::Values(values.into()).in_words();
        assert_eq!(told, "givenName = \"\", mail = no value, proxyAddresses = \"a\"; \"b\"");
    }
}
