//! Where advice applies, and whom it concerns.

use crate::census::Crowd;
use crate::population::Population;

/// Where in an object mapping, or beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The object mapping as a whole.
    Mapping,
    /// "Target object actions".
    Actions,
    /// A row of the attribute table.
    Row(usize),
    /// A scoping filter.
    Filter(usize),
    /// A clause of a scoping filter: filter, clause.
    Clause(usize, usize),
    /// The job's settings: scope, deletion threshold, `SkipOutOfScopeDeletions`.
    Settings,
    /// "Users and groups" of the application.
    Assignments,
}

impl Place {
    /// The row, where one is meant.
    pub fn row(self) -> Option<usize> {
        match self {
            Self::Row(row) => Some(row),
            _ => None,
        }
    }
}

/// Whom advice concerns: how many, and the first few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// How many; none where the configuration alone is meant.
    pub count: usize,
    /// The first few, in the order of the directory.
    pub first: Vec<Concerned>,
}

/// Somebody whom advice concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concerned {
    /// The directory object id.
    pub source_id: String,
    /// What a person calls it.
    pub label: String,
    /// What is the matter with this one: a value, a path; often empty.
    pub detail: String,
}

impl People {
    pub(super) fn of(crowd: &Crowd, population: Option<&Population>) -> Self {
        let named = |(position, detail): &(usize, String)| {
            let object = population?.object(*position)?;
            let (source_id, label) = (object.id.clone(), object.label().to_owned());
            Some(Concerned { source_id, label, detail: detail.clone() })
        };
        Self { count: crowd.count, first: crowd.first.iter().filter_map(named).collect() }
    }
}
