//! The words for people: what was read, who is listed, and where each of them stands.

use serde::{Deserialize, Serialize};

use crate::draft::Assignment;
use crate::draft::check::Problem;
use crate::draft::place::Kind;

/// The people to load.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum PeopleText {
    /// Nobody: forget those in use.
    Nobody,
    /// An invented tenant.
    Invented {
        /// How many users.
        size: u32,
        /// What decides the names.
        seed: u32,
    },
    /// Microsoft Graph JSON.
    Graph(String),
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PeopleSummary {
    /// How many users.
    pub users: usize,
    /// How many groups.
    pub groups: usize,
    /// Users whose `userType` is Guest.
    pub guests: usize,
    /// Users whose sign-in is blocked.
    pub disabled: usize,
    /// Users that were deleted and can be restored.
    pub soft_deleted: usize,
    /// Users without `mail`.
    pub without_mail: usize,
    /// Assignments that the text brought along.
    pub assignments: Vec<Assignment>,
    /// The roles that the text names for the application.
    pub roles: Vec<Role>,
    /// All attributes that anybody has a value for, in the order of their names.
    pub attributes: Vec<KnownAttribute>,
    /// What is worth knowing of them, a sentence each.
    pub remarks: Vec<String>,
}

/// An attribute of the directory, as the people in use show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAttribute {
    /// Its exact name.
    pub name: String,
    /// Somebody's value.
    pub sample: String,
    /// What that value is.
    pub shape: Shape,
    /// How many users have a value.
    pub users: usize,
    /// How many groups have one.
    pub groups: usize,
}

/// What the value of an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// Text.
    Text,
    /// True or False.
    Boolean,
    /// A number.
    Number,
    /// Several texts.
    List,
}

/// An app role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The role's id.
    pub id: String,
    /// The name that an administrator picks.
    pub name: String,
}

/// One fault of a text that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Line and column, or the path inside the document.
    pub place: String,
    /// The rule that is broken.
    pub rule: String,
    /// What to do.
    pub repair: String,
}

/// Which slice of the users and groups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListQuery {
    /// Words that the name or the user principal name must hold; empty is everybody.
    pub search: String,
    /// Users, groups, or both.
    pub kind: Option<Kind>,
    /// Only those that are assigned themselves.
    pub only_assigned: bool,
    /// Only those that an assignment was meant to reach and does not.
    pub only_lost: bool,
    /// An invented tenant stands in where nobody is loaded: the workbench needs no configuration.
    pub or_invented: bool,
    /// Index of the first row.
    pub from: usize,
    /// How many rows.
    pub count: usize,
}

/// Some rows of many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slice<T> {
    /// How many rows answer the query.
    pub total: usize,
    /// Index of the first row here.
    pub from: usize,
    /// The rows.
    pub rows: Vec<T>,
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self { total: 0, from: 0, rows: Vec::new() }
    }
}

/// A user or group in the list of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// The directory object id.
    pub id: String,
    /// User or group.
    pub kind: Kind,
    /// The display name.
    pub label: String,
    /// The user principal name, or the number of a group's direct members.
    pub detail: String,
    /// The role of its own assignment, if it is assigned itself.
    pub role: Option<String>,
    /// How it is assigned, in a few words: its role, the group that reaches it, or the way on which
    /// it is lost. Empty where it is not.
    pub standing: String,
    /// An assignment was meant to reach it and does not.
    pub is_lost: bool,
    /// Whether it passes all three gates.
    pub in_scope: bool,
    /// Why it is, or is not, in scope.
    pub reason: String,
}

/// What the worker says of a draft over the people in use.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Users: how many in scope.
    pub users_in: usize,
    /// Users: how many out of scope.
    pub users_out: usize,
    /// Groups: how many in scope.
    pub groups_in: usize,
    /// Groups: how many out of scope.
    pub groups_out: usize,
    /// Users who pass the assignment gate.
    pub assigned: usize,
    /// Users whom an assignment was meant to reach, and does not.
    pub lost: usize,
    /// Assignments of groups.
    pub assigned_groups: usize,
    /// Users assigned with Default Access alone although the application defines roles.
    pub default_access_alone: usize,
    /// Why users are out of scope, most frequent first.
    pub causes: Vec<(String, usize)>,
    /// What the rows of the user mapping yield for those in scope, as far as it is counted.
    pub rows: Vec<RowCount>,
    /// The users are counted; until then the numbers say nothing.
    pub is_counted: bool,
    /// How many values are still to be computed until the rows are counted too.
    pub left: usize,
    /// Problems that only the worker can see, such as a regular expression that cannot be built.
    pub problems: Vec<Problem>,
}

/// What a row yields for everybody in scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCount {
    /// The draft's row.
    pub row: u32,
    /// For so many nothing is sent.
    pub nothing: usize,
    /// For so many the row fails.
    pub failed: usize,
}

/// One object under the magnifying glass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Its line in the list.
    pub principal: Principal,
    /// How it is assigned, one sentence each.
    pub assignment: Vec<String>,
    /// The gates, in order, each with its verdict and sentence.
    pub gates: Vec<Gate>,
    /// The live value of every mapping row that is sound.
    pub values: Vec<LiveValue>,
}

/// One gate's verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Whether it is passed.
    pub passed: bool,
    /// What decided.
    pub text: String,
}

/// What a mapping row yields for one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveValue {
    /// The draft's row.
    pub row: u32,
    /// The value; nothing where none is sent.
    pub value: Option<String>,
    /// Why no value is sent, or what is special about it.
    pub note: Option<String>,
    /// The row fails for this object.
    pub failed: bool,
}
