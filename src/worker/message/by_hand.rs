//! The words for changing people by hand.

use serde::{Deserialize, Serialize};

use super::Shape;
use crate::draft::by_hand::Change;
use crate::draft::place::Kind;

/// A question about one user or group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ByHandAsk {
    /// What there is to change in somebody.
    Open(String),
    /// What there is to say of somebody new, who gets this id.
    New(Kind, String),
    /// Check what was typed, and make changes of it.
    Check(Record),
}

/// What the worker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ByHandAnswer {
    /// Everything that can be changed, or nothing where the id is unknown.
    Record(Option<Record>),
    /// What was typed as changes; none where all is as it was.
    Changes(Vec<Change>),
    /// What must be mended first.
    Wrong(Vec<FieldFault>),
}

/// A user or group in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The directory object id.
    pub id: String,
    /// User or group.
    pub kind: Kind,
    /// What it is called; empty for somebody new.
    pub label: String,
    /// Its attributes.
    pub fields: Vec<RecordField>,
    /// The groups of which it is a direct member: the name where no other group has it, else the id.
    pub groups: Vec<String>,
    /// Deleted, so that it can be restored.
    pub soft_deleted: bool,
}

/// One attribute in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordField {
    /// The attribute's exact name.
    pub name: String,
    /// What its values are.
    pub shape: Shape,
    /// The value; of several texts each has a line. A manager is told by name.
    pub text: String,
    /// A mapping reads it.
    pub is_read: bool,
}

/// What is wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// The attribute, or the name of the group.
    pub place: String,
    /// The rule that is broken.
    pub rule: String,
    /// What to do.
    pub repair: String,
}
