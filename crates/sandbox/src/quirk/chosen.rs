//! The quirks that are switched on, with what is set for all of them.

use std::collections::BTreeSet;

use super::{Profile, Quirk};
use crate::Delay;

/// The quirks that are switched on. None by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quirks {
    chosen: BTreeSet<Quirk>,
    every: u64,
    delay: Delay,
}

impl Quirks {
    /// No quirk: a service provider by the RFC.
    #[must_use]
    pub fn none() -> Self {
        Self { chosen: BTreeSet::new(), every: 3, delay: Delay::from_millis(2_000) }
    }

    /// The quirks by which a real server is known. They are those of a sandbox that understands
    /// Entra's shapes: what such a server refuses of them is among the quirks.
    ///
    /// ```
    /// use sandbox::{Profile, Quirk, Quirks, Sandbox, Settings};
    /// use scim::patch::Dialect;
    ///
    /// let quirks = Quirks::imitating(Profile::NodeScimmy);
    /// assert!(quirks.contains(Quirk::CaseSensitiveUserName));
    /// let sandbox = Sandbox::new(Settings { quirks, dialect: Dialect::Entra, ..Settings::default() });
    /// ```
    #[must_use]
    pub fn imitating(profile: Profile) -> Self {
        profile.quirks().iter().copied().collect()
    }

    /// These quirks and this one.
    #[must_use]
    pub fn with(mut self, quirk: Quirk) -> Self {
        self.chosen.insert(quirk);
        self
    }

    /// These quirks, and `every` is the n of [`Quirk::Throttled`], [`Quirk::ThrottledUntilDate`]
    /// and [`Quirk::ServerFault`]: 1 for all requests, 3 (the default) for every third. 0 is read
    /// as 1.
    #[must_use]
    pub fn every(mut self, every: u64) -> Self {
        self.every = every.max(1);
        self
    }

    /// These quirks, and `delay` is how long a [slow](Quirk::Slow) answer takes: two seconds by
    /// default.
    #[must_use]
    pub fn slow_by(mut self, delay: Delay) -> Self {
        self.delay = delay;
        self
    }

    /// Switches one quirk on or off.
    pub fn set(&mut self, quirk: Quirk, on: bool) {
        if on {
            self.chosen.insert(quirk);
        } else {
            self.chosen.remove(&quirk);
        }
    }

    /// Whether this quirk is on.
    #[must_use]
    pub fn contains(&self, quirk: Quirk) -> bool {
        self.chosen.contains(&quirk)
    }

    /// The quirks that are on, in the order of [`Quirk::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Quirk> + '_ {
        self.chosen.iter().copied()
    }

    /// How long every answer takes.
    pub(crate) fn delay(&self) -> Option<Delay> {
        self.contains(Quirk::Slow).then_some(self.delay)
    }

    /// The failure that strikes the request of this number, the first being 1. Where several
    /// kinds are on, they take turns.
    pub(crate) fn failure(&self, number: u64) -> Option<Quirk> {
        let kinds = [Quirk::Throttled, Quirk::ThrottledUntilDate, Quirk::ServerFault];
        let kinds: Vec<Quirk> = kinds.into_iter().filter(|kind| self.contains(*kind)).collect();
        let turn = (number / self.every).checked_rem(u64::try_from(kinds.len()).ok()?)?;
        let kind = kinds.get(usize::try_from(turn).ok()?).copied();
        kind.filter(|_| number.is_multiple_of(self.every))
    }
}

impl Default for Quirks {
    fn default() -> Self {
        Self::none()
    }
}

impl FromIterator<Quirk> for Quirks {
    fn from_iter<I: IntoIterator<Item = Quirk>>(quirks: I) -> Self {
        Self { chosen: quirks.into_iter().collect(), ..Self::none() }
    }
}
