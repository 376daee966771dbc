//! How long a first cycle takes, by Microsoft's rule of thumb and by the table that once stood
//! beside it (How application provisioning works, September 2026, and earlier editions).

use std::fmt;

use crate::census::Census;
use crate::configuration::{Configuration, ObjectKind, Scope};

/// What a first cycle has to go through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Users in scope.
    pub users: usize,
    /// Groups in scope.
    pub groups: usize,
    /// Members of the groups in scope, each once for every group.
    pub members: usize,
}

impl Extent {
    /// Counts what is in scope.
    pub fn of(census: &Census<'_>) -> Self {
        let groups = census.objects_in_scope(ObjectKind::Group);
        let is_on = census.population().configuration().groups.enabled;
        Self {
            users: census.kind(ObjectKind::User).in_scope,
            groups: census.kind(ObjectKind::Group).in_scope,
            members: groups.filter(|_| is_on).map(|(_, group)| group.members.len()).sum(),
        }
    }

    /// The N of the rule of thumb: users, groups and members together.
    pub fn total(&self) -> usize {
        self.users.saturating_add(self.groups).saturating_add(self.members)
    }
}

/// From so many minutes to so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// At the least.
    pub least: usize,
    /// At the most.
    pub most: usize,
}

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {} minutes", self.least, self.most)
    }
}

/// How long a first cycle takes, with the doubt about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length {
    /// By the rule of thumb: 0.01 to 0.08 minutes for each object.
    pub formula: Minutes,
    /// By the table of earlier editions; nothing beyond its last line.
    pub historical: Option<Historical>,
    /// What keeps these figures from being a promise.
    pub doubts: Vec<String>,
}

/// A line of the table that Microsoft has since removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Historical {
    /// The setting that it is for, as the table wrote it.
    pub setting: &'static str,
    /// Fewer objects than this.
    pub below: usize,
    /// How long.
    pub minutes: Minutes,
}

const ASSIGNED: &str = "Sync assigned users and groups only";
const ALL: &str = "Sync all users and groups";
const ALL_USERS: &str = "Sync all users";

const fn line(setting: &'static str, below: usize, least: usize, most: usize) -> Historical {
    Historical { setting, below, minutes: Minutes { least, most } }
}

/// The table, each setting from its smallest line on.
const TABLE: [Historical; 8] = [
    line(ASSIGNED, 1_000, 0, 30),
    line(ASSIGNED, 10_000, 142, 708),
    line(ASSIGNED, 100_000, 1_170, 2_340),
    line(ALL, 1_000, 0, 30),
    line(ALL, 10_000, 30, 120),
    line(ALL, 100_000, 713, 1_425),
    line(ALL_USERS, 1_000, 0, 30),
    line(ALL_USERS, 10_000, 43, 86),
];

impl Length {
    /// Foretells the first cycle of so many objects.
    pub fn of(extent: Extent, configuration: &Configuration) -> Self {
        let total = extent.total();
        let formula =
            Minutes { least: total.div_ceil(100), most: total.saturating_mul(2).div_ceil(25) };
        let setting = match (configuration.scope, configuration.groups.enabled) {
            (Scope::Assigned, _) => ASSIGNED,
            (Scope::All, true) => ALL,
            (Scope::All, false) => ALL_USERS,
        };
        let lines = TABLE.into_iter().filter(|line| line.setting == setting);
        let historical = lines.into_iter().find(|line| total < line.below);
        let doubts = doubts(formula, historical, configuration.scope);
        Self { formula, historical, doubts }
    }
}

fn doubts(formula: Minutes, historical: Option<Historical>, scope: Scope) -> Vec<String> {
    let mut doubts = Vec::new();
    if let Some(line) = historical
        && (line.minutes.most < formula.least || formula.most < line.minutes.least)
    {
        doubts.push(format!(
            "The rule of thumb says {formula}; a table in earlier editions of the same page said \
             {}, and Microsoft explains neither.",
            line.minutes
        ));
    }
    if scope == Scope::All {
        doubts.push(
            "The rule of thumb is stated for \"Sync only assigned users and groups\"; here the size \
             of the whole tenant counts too."
                .to_owned(),
        );
    }
    doubts.push(
        "Creating everybody takes about twice as long as finding everybody; large groups, the \
         application's request limits and failures make it longer."
            .to_owned(),
    );
    doubts
}
