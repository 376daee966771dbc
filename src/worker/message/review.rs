//! The words for a review: what there is to remark on the draft and the people under it, and what
//! can be foretold of the first cycle.

use serde::{Deserialize, Serialize};

use crate::draft::place::Kind;
use crate::draft::repair::Repair;
use crate::route::Step;

/// What the worker says of the draft over all people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reviewed {
    /// How many people were left out, because a review of so many takes seconds.
    pub left_out: usize,
    /// What an experienced administrator would remark.
    pub advice: Vec<Advice>,
    /// What the first cycle will be; nothing where so many were left out that counting takes long.
    pub forecast: Option<Forecast>,
}

/// One remark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// The rule's stable name.
    pub id: String,
    /// The mapping that is meant.
    pub kind: Kind,
    /// Where.
    pub spot: Spot,
    /// What is the matter.
    pub text: String,
    /// What to do.
    pub repair: String,
    /// The same as a change of the draft, where it is mechanical.
    pub fix: Option<Repair>,
    /// How many objects it concerns; none where the configuration alone is meant.
    pub count: usize,
    /// The first few of them.
    pub people: Vec<Concerned>,
    /// Where the rule comes from, with its date.
    pub source: String,
}

/// Somebody whom a remark concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concerned {
    /// What a person calls it.
    pub label: String,
    /// What is the matter with this one; often empty.
    pub detail: String,
}

/// Where a remark belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spot {
    /// The object mapping as a whole.
    Mapping,
    /// Target object actions.
    Actions,
    /// The draft's row.
    Row(u32),
    /// A scoping filter.
    Filter(usize),
    /// A clause of a scoping filter: filter, clause.
    Clause(usize, usize),
    /// The settings of the job.
    Settings,
    /// Users and groups.
    Assignments,
}

impl Spot {
    /// The step on which it is edited.
    pub fn step(self) -> Step {
        match self {
            Self::Mapping | Self::Actions | Self::Row(_) => Step::Mappings,
            Self::Filter(_) | Self::Clause(..) | Self::Settings => Step::Scope,
            Self::Assignments => Step::People,
        }
    }
}

/// What can be known of a first cycle before it runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// Users in scope.
    pub users: usize,
    /// Groups in scope.
    pub groups: usize,
    /// Members of those groups, each once for every group.
    pub members: usize,
    /// By the rule of thumb, in minutes.
    pub minutes: (usize, usize),
    /// By the table of earlier editions, in minutes.
    pub historical: Option<(usize, usize)>,
    /// What keeps these figures from being a promise.
    pub doubts: Vec<String>,
    /// Calls by what they are for, at the least and at the most.
    pub calls: Vec<(String, usize, usize)>,
    /// All calls.
    pub all_calls: (usize, usize),
    /// How long the calls take at the rate that an application has to bear, in seconds.
    pub seconds: (usize, usize),
    /// Objects that are worked on.
    pub events: usize,
    /// Objects of these that are sure to fail.
    pub failing: usize,
    /// Graph's name of the reason for which the job would be quarantined.
    pub quarantine: Option<String>,
    /// Objects that would be disabled or deleted, as far as their links are known.
    pub leaving: usize,
    /// The threshold for that, where one is set.
    pub threshold: Option<u32>,
}
