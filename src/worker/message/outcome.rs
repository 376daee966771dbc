//! The words for the table of outcomes: what is looked for in it, in which order, and its rows.

use serde::{Deserialize, Serialize};

use crate::draft::place::Kind;

/// Which of the outcomes, in which order, and which slice of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutcomeQuery {
    /// Words that the row must hold.
    pub search: String,
    /// Only these actions; empty is all.
    pub actions: Vec<String>,
    /// Only these skip reasons or error codes; empty is all.
    pub reasons: Vec<String>,
    /// Only those of whom one of these attributes is written; empty is all.
    pub attributes: Vec<String>,
    /// Only users, or only groups.
    pub kind: Option<Kind>,
    /// By which column, and whether from its end; the cycle's order without one.
    pub sort: Option<(OutcomeColumn, bool)>,
    /// Index of the first row.
    pub from: usize,
    /// How many rows.
    pub count: usize,
}

impl OutcomeQuery {
    /// The same rows in the same order, as a whole.
    pub fn whole(&self) -> Self {
        Self { from: 0, count: usize::MAX, ..self.clone() }
    }

    /// Whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        let words = !self.search.trim().is_empty();
        let chosen = [&self.actions, &self.reasons, &self.attributes];
        words || self.kind.is_some() || chosen.iter().any(|each| !each.is_empty())
    }
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutcomeColumn {
    /// The display name.
    Name,
    /// The user principal name.
    Detail,
    /// The action, in the order of a listing.
    Action,
    /// Skip reason or error code.
    Reason,
    /// What changes, or why nothing does.
    Text,
}

/// By what outcomes are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grouping {
    /// By action.
    Action,
    /// By skip reason or error code; whoever has none is in no group.
    Reason,
    /// By attribute that is written; somebody is in as many groups as attributes.
    Attribute,
}

/// Which rows are copied or saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Chosen {
    /// All that answer a query.
    Found(OutcomeQuery),
    /// These, by their ids, in the order of the table.
    These(Vec<String>),
}

/// One object's outcome in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeRow {
    /// The directory object id.
    pub id: String,
    /// User or group.
    pub kind: Kind,
    /// The display name.
    pub label: String,
    /// The user principal name; empty for a group.
    pub detail: String,
    /// The action's name.
    pub action: String,
    /// Skip reason or error code; empty where something is written.
    pub reason: String,
    /// What changes, or why nothing does.
    pub text: String,
}
