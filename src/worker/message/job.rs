//! The words for the provisioning job of the sandbox: what it remembers between its cycles.

use serde::{Deserialize, Serialize};

/// What is done to the job between its cycles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobOrder {
    /// Nothing: only tell how it stands.
    Tell,
    /// Pause: no other cycle begins.
    Pause,
    /// Start: it goes on where it stopped, and a quarantine is lifted.
    Start,
    /// "Restart provisioning": the next cycle looks at everyone; the links stay.
    Restart,
    /// The restart that forgets the links too, so that everyone is matched again.
    RestartFully,
    /// Carry out the disables and deletes that are held back.
    AllowDeletes,
}

/// How the job stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobState {
    /// Its state, as Graph names it.
    pub status: String,
    /// When the last cycle ended, by the job's own clock.
    pub last: Option<String>,
    /// When the next one is due; nothing while the job is stopped.
    pub due: Option<String>,
    /// The next cycle looks at everyone.
    pub is_next_initial: bool,
    /// Objects of the application that it manages.
    pub links: usize,
    /// Objects that failed and wait for another attempt.
    pub waiting: usize,
    /// The first few of them: who, the code, when.
    pub first_waiting: Vec<(String, String, String)>,
    /// Objects whose disable or delete waits for an administrator.
    pub held_back: usize,
    /// Why it is in quarantine and since when.
    pub quarantine: Option<(String, String)>,
    /// Failures of the initial cycle were dropped because there were too many.
    pub escrows_pruned: bool,
}
