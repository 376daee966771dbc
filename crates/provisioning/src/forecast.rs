//! What can be known before a first cycle runs: how long it takes, how many calls it makes, how
//! many objects fail, and whether that ends in quarantine.
//!
//! Nobody is asked, so what depends on the application is given as bounds.

mod calls;
mod failures;
mod length;

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use crate::census::Census;
use crate::population::Population;
use crate::quarantine::Failures;

pub use self::calls::{Bounds, Calls, RATE_LIMIT};
pub use self::length::{Extent, Historical, Length, Minutes};

/// Everything that is foretold of one population.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// What the first cycle has to go through.
    pub extent: Extent,
    /// How long that takes.
    pub length: Length,
    /// The calls of the first cycle.
    pub calls: Calls,
    /// What fails where the application knows nobody yet.
    pub failures: Failures,
    /// What the next cycle would disable or delete.
    pub deletions: Deletions,
}

/// What the accidental deletion threshold is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletions {
    /// Users and groups that would be disabled or deleted.
    pub count: usize,
    /// The threshold, where one is set.
    pub threshold: Option<NonZeroU32>,
}

impl Deletions {
    /// Whether the writes are held back and the job is quarantined (`TooManyDeletes`).
    pub fn is_above_threshold(&self) -> bool {
        self.threshold.is_some_and(|threshold| self.count > threshold.get() as usize)
    }
}

/// Foretells the first cycle of a population, and the deletions of the next one where the job has
/// run before: `managed` are the directory ids of the objects that it has provisioned.
pub fn forecast(population: &Population, managed: &BTreeSet<String>) -> Forecast {
    forecast_census(&Census::new(population), managed)
}

/// The same where everybody has been looked at already.
pub fn forecast_census(census: &Census<'_>, managed: &BTreeSet<String>) -> Forecast {
    let population = census.population();
    let extent = Extent::of(census);
    Forecast {
        extent,
        length: Length::of(extent, population.configuration()),
        calls: Calls::of_first_cycle(census),
        failures: Failures::expected(census),
        deletions: Deletions {
            count: census.leavers(managed).count,
            threshold: population.configuration().accidental_deletions_threshold,
        },
    }
}

#[cfg(test)]
mod tests;
