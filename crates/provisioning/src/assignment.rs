//! Who is effectively assigned to the application, through what, and who only seems to be.

use std::collections::BTreeMap;

use crate::source::{AppRole, Directory};

/// How one user or group is assigned to the application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EffectiveAssignment {
    /// The object itself is listed under "Users and groups".
    pub direct: bool,
    /// Assigned, security-enabled groups of which the object is a direct member, by id.
    pub groups: Vec<String>,
    /// The union of the roles that come with all of these, in the order of the assignments.
    pub roles: Vec<AppRole>,
    /// Assignments that do not reach the object, and why.
    pub lost: Vec<LostAssignment>,
}

impl EffectiveAssignment {
    /// Whether the assignment gate lets the object pass.
    pub fn is_assigned(&self) -> bool {
        self.direct || !self.groups.is_empty()
    }
}

/// An assignment that an administrator may expect to count, but which does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LostAssignment {
    /// Membership through nested groups is never expanded: the ids from the group in which the
    /// object is a direct member up to the assigned group.
    Nested(Vec<String>),
    /// The assigned group, of which the object is a direct member, is not security-enabled.
    NotSecurityEnabled(String),
}

/// The effective assignments of a whole directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignments {
    by_id: BTreeMap<String, EffectiveAssignment>,
    none: EffectiveAssignment,
}

impl Assignments {
    /// How one object is assigned; an unknown or unassigned id answers "not at all".
    pub fn of(&self, id: &str) -> &EffectiveAssignment {
        self.by_id.get(id).unwrap_or(&self.none)
    }
}

/// Indexes every assignment of the directory once.
pub fn effective(_directory: &Directory) -> Assignments {
    Assignments::default()
}
