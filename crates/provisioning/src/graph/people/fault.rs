//! What is wrong with people that were read: file, line and column, place, rule and repair.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFault {
    /// The file, where several are joined; empty where there is one text.
    pub file: String,
    /// Line and column of what is wrong, or of the person that it belongs to.
    pub spot: Option<Spot>,
    /// The place in the document, for example `users[3].id`; empty where the whole is meant.
    pub place: String,
    /// What is expected there.
    pub rule: String,
    /// What to do about it.
    pub repair: String,
}

/// A position in a text, both counted from 1; a column is a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl Spot {
    /// Where a text begins.
    pub const START: Self = Self { line: 1, column: 1 };

    /// Where one is after these bytes of UTF-8.
    #[must_use]
    pub fn after(self, bytes: &[u8]) -> Self {
        let letters = |bytes: &[u8]| {
            let count = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let breaks = bytes.iter().filter(|byte| **byte == b'\n').count();
        match bytes.rsplit(|byte| *byte == b'\n').next() {
            Some(last) if breaks > 0 => Self {
                line: self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX)),
                column: letters(last).saturating_add(1),
            },
            _ => Self { line: self.line, column: self.column.saturating_add(letters(bytes)) },
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

impl ReadFault {
    /// File, line, column and place, as far as they are known.
    pub fn whereabouts(&self) -> String {
        let spot = self.spot.map(|spot| spot.to_string()).unwrap_or_default();
        let parts = [self.file.as_str(), &spot, &self.place];
        let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        known.join(", ")
    }

    /// JSON that cannot be read: the text, where it begins, and what the reader said.
    pub(super) fn syntax(text: &[u8], from: Spot, error: &serde_json::Error) -> Self {
        let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').take(error.line()).collect();
        let before = lines.last().and_then(|line| line.get(..error.column().saturating_sub(1)));
        let whole =
            lines.len().saturating_sub(1) + lines.iter().map(|line| line.len()).sum::<usize>();
        let last = lines.last().map_or(0, |line| line.len());
        let read = whole.saturating_sub(last) + before.map_or(last, <[u8]>::len);
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        let repair = match error.classify() {
            serde_json::error::Category::Eof => CUT_OFF,
            _ => "write it as Microsoft Graph returns it",
        };
        Self {
            file: String::new(),
            spot: Some(from.after(text.get(..read).unwrap_or(text))),
            place: String::new(),
            rule: format!("this is no JSON: {said}"),
            repair: repair.to_owned(),
        }
    }
}

/// What to do about a text that ends too early.
pub(super) const CUT_OFF: &str = "the end is missing: take the whole answer";

impl fmt::Display for ReadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whereabouts = self.whereabouts();
        if !whereabouts.is_empty() {
            write!(f, "{whereabouts}: ")?;
        }
        write!(f, "{}; {}", self.rule, self.repair)
    }
}

impl std::error::Error for ReadFault {}
