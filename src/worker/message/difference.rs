//! The words for a comparison of two drafts: who enters, who leaves, who changes, and in what.

use serde::{Deserialize, Serialize};

use super::people::Slice;
use crate::draft::place::Kind;

/// What one draft does to the people of another one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// How many enter, leave, change, fail, and recover.
    pub movements: Vec<(String, usize)>,
    /// Objects that nothing happens to.
    pub unchanged: usize,
    /// In how many objects each attribute differs, most first.
    pub attributes: Vec<(String, usize)>,
    /// Objects that would be disabled or deleted.
    pub leavers: usize,
    /// That is more than the threshold allows.
    pub is_above_threshold: bool,
}

/// Which slice of those who move.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MoveQuery {
    /// Only this movement.
    pub movement: Option<String>,
    /// Only those in whom this attribute differs.
    pub attribute: Option<String>,
    /// Index of the first row.
    pub from: usize,
    /// How many rows.
    pub count: usize,
}

/// One object that moves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoveRow {
    /// The directory object id.
    pub id: String,
    /// User or group.
    pub kind: Kind,
    /// The display name.
    pub label: String,
    /// Where it goes, in a word.
    pub movement: String,
    /// What would be done.
    pub action: String,
    /// Why it is out of scope on the side on which it is.
    pub reason: String,
    /// The attributes that differ: path, before, after, and what keeps it from being written.
    pub attributes: Vec<(String, String, String, String)>,
}

/// Those who move, as a table asks for them.
pub type Moves = Slice<MoveRow>;
