//! What is wrong with pasted people: place, rule and repair.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFault {
    /// Line and column, where the text is no JSON.
    pub spot: Option<Spot>,
    /// The place in the document, for example `users[3].id`; empty where the whole is meant.
    pub place: String,
    /// What is expected there.
    pub rule: String,
    /// What to do about it.
    pub repair: String,
}

/// A position in a text, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl ReadFault {
    pub(super) fn at(place: &Place, rule: &str, repair: &str) -> Self {
        let (rule, repair) = (rule.to_owned(), repair.to_owned());
        Self { spot: None, place: place.to_string(), rule, repair }
    }

    pub(super) fn syntax(error: &serde_json::Error) -> Self {
        let spot = Spot { line: error.line().max(1), column: error.column().max(1) };
        let whole = error.to_string();
        let rule = whole.split(" at line ").next().unwrap_or_default();
        let repair = match error.classify() {
            serde_json::error::Category::Eof => "the end is missing: paste the whole answer",
            _ => "paste JSON as Microsoft Graph returns it",
        };
        Self {
            spot: Some(spot),
            place: String::new(),
            rule: format!("this is no JSON: {rule}"),
            repair: repair.to_owned(),
        }
    }
}

impl fmt::Display for ReadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(spot) = self.spot {
            write!(f, "line {}, column {}: ", spot.line, spot.column)?;
        }
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}; {}", self.rule, self.repair)
    }
}

impl std::error::Error for ReadFault {}

/// A place in the document.
#[derive(Clone, Debug)]
pub(super) struct Place(String);

impl Place {
    pub(super) fn root() -> Self {
        Self(String::new())
    }

    pub(super) fn member(&self, name: &str) -> Self {
        if self.0.is_empty() { Self(name.to_owned()) } else { Self(format!("{}.{name}", self.0)) }
    }

    pub(super) fn element(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
