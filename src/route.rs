//! The eight steps, in their order, each with its address; the one place that lists them.

use std::fmt;

/// A step of the walk, as Microsoft's provisioning tutorial orders them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Step {
    /// Find the application in the gallery and add it.
    Application,
    /// Who is in the directory, and who is assigned.
    People,
    /// Tenant URL, secret token, route, Test Connection, notification e-mail.
    Connection,
    /// The attribute mappings of users and groups.
    Mappings,
    /// Assigned or all, and the scoping filters.
    Scope,
    /// What would happen to every person; read-only.
    Preview,
    /// Provisioning status, provision on demand, the initial cycle.
    Run,
    /// Project file, runbook, the preview as a file.
    Deliver,
}

impl Step {
    /// All steps, in the order in which the walk takes them.
    pub const ALL: [Self; 8] = [
        Self::Application,
        Self::People,
        Self::Connection,
        Self::Mappings,
        Self::Scope,
        Self::Preview,
        Self::Run,
        Self::Deliver,
    ];

    /// The step's address inside the page, without `#`.
    pub fn path(self) -> &'static str {
        match self {
            Self::Application => "/application",
            Self::People => "/people",
            Self::Connection => "/connection",
            Self::Mappings => "/mappings",
            Self::Scope => "/scope",
            Self::Preview => "/preview",
            Self::Run => "/run",
            Self::Deliver => "/deliver",
        }
    }

    /// A link to the step: the fragment works under every sub-path of a static host.
    pub fn href(self) -> String {
        format!("#{}", self.path())
    }

    /// The step's name in the rail and in its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Application => "Application",
            Self::People => "People",
            Self::Connection => "Connection",
            Self::Mappings => "Mappings",
            Self::Scope => "Scope",
            Self::Preview => "Preview",
            Self::Run => "Run",
            Self::Deliver => "Deliver",
        }
    }

    /// Its number, counted from 1.
    pub fn number(self) -> usize {
        1 + Self::ALL.iter().position(|step| *step == self).unwrap_or_default()
    }

    /// The step after this one.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }

    /// The step before this one.
    pub fn previous(self) -> Option<Self> {
        Self::ALL.get(self.number().checked_sub(2)?).copied()
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

/// What the address shows: the start panel or a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The start panel; also what an unknown address shows.
    Start,
    /// One of the eight steps.
    Step(Step),
    /// Expressions tried out, beside the walk.
    Workbench,
}

const WORKBENCH: &str = "/workbench";

impl Screen {
    /// Reads the fragment of the page's address, with or without `#`.
    pub fn from_hash(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_end_matches('/');
        if path == WORKBENCH {
            return Self::Workbench;
        }
        Step::ALL.into_iter().find(|step| step.path() == path).map_or(Self::Start, Self::Step)
    }

    /// The screen's address inside the page, without `#`.
    pub fn path(self) -> &'static str {
        match self {
            Self::Start => "/",
            Self::Step(step) => step.path(),
            Self::Workbench => WORKBENCH,
        }
    }

    /// A link to the screen.
    pub fn href(self) -> String {
        format!("#{}", self.path())
    }

    /// The step on show, if one is.
    pub fn step(self) -> Option<Step> {
        match self {
            Self::Start | Self::Workbench => None,
            Self::Step(step) => Some(step),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_reached_by_its_own_address() {
        for step in Step::ALL {
            assert_eq!(Screen::from_hash(&step.href()), Screen::Step(step));
            assert_eq!(Step::ALL[step.number() - 1], step);
        }
    }

    #[test]
    fn next_and_previous_walk_the_whole_row() {
        let forward: Vec<_> =
            std::iter::successors(Some(Step::Application), |s| s.next()).collect();
        assert_eq!(forward, Step::ALL);
        let back: Vec<_> = std::iter::successors(Some(Step::Deliver), |s| s.previous()).collect();
        assert_eq!(back.len(), Step::ALL.len());
    }

    #[test]
    fn the_workbench_has_its_own_address_beside_the_walk() {
        assert_eq!(Screen::from_hash(&Screen::Workbench.href()), Screen::Workbench);
        assert_eq!(Screen::Workbench.step(), None);
        assert_eq!(Screen::from_hash(&Screen::Start.href()), Screen::Start);
    }

    #[test]
    fn an_unknown_address_shows_the_start() {
        for hash in ["", "#", "#/", "#/nowhere", "#/people/x"] {
            assert_eq!(Screen::from_hash(hash), Screen::Start, "{hash}");
        }
    }
}
