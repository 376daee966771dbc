//! The words for the pilot: the fewest people on whom everything can be seen.

use serde::{Deserialize, Serialize};

/// How far the looking is, and whom it chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piloted {
    /// How many users were looked at.
    pub looked_at: usize,
    /// How many there are.
    pub of: usize,
    /// Those who were chosen; nothing until everybody was looked at.
    pub people: Option<Vec<PilotMember>>,
    /// How many turns of mappings and filters anybody takes.
    pub turns: usize,
    /// No fewer people would do.
    pub is_smallest: bool,
    /// Why nobody can be chosen.
    pub fault: Option<String>,
}

/// One of the pilot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PilotMember {
    /// The directory object id.
    pub id: String,
    /// The display name.
    pub label: String,
    /// The user principal name.
    pub detail: String,
    /// What is first seen on this one, a sentence each.
    pub shows: Vec<String>,
    /// How many more users would show the same.
    pub others: usize,
}
