//! An entry of Entra's provisioning log as data: what was done to one object, step by step.
//!
//! Names, types and their order are those of published records (Microsoft Graph
//! `provisioningObjectSummary`, as of July 2026). [`crate::cycle::Cycle::log_entry`] tells an entry
//! from the same values as a report; how Graph writes it is known to [`crate::graph`] alone.

use std::fmt;

use crate::configuration::ObjectKind;
use crate::planning::{ErrorCode, SkipReason};

/// One line of the provisioning log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// What was attempted.
    pub action: LoggedAction,
    /// How it ended.
    pub status: LoggedStatus,
    /// Why it failed; nothing where it did not.
    pub error: Option<LoggedError>,
    /// Why it was skipped; nothing where it was not.
    pub skip_reason: Option<SkipReason>,
    /// The object of the directory.
    pub source: LoggedIdentity,
    /// The object of the application; without an id where there is none.
    pub target: LoggedIdentity,
    /// The steps in their order.
    pub steps: Vec<LoggedStep>,
    /// The attributes that were written.
    pub modified: Vec<ModifiedProperty>,
}

/// What was attempted (Graph `provisioningAction`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoggedAction {
    /// An object was to be created.
    Create,
    /// An object was to be changed.
    Update,
    /// An account was to be disabled.
    Disable,
    /// An object was to be deleted.
    Delete,
    /// A deletion that is held back until an administrator allows it.
    StagedDelete,
    /// Nothing was to be written.
    Other,
}

/// How an entry or a step ended (Graph `provisioningResult`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoggedStatus {
    /// It did its work.
    Success,
    /// It failed, and is tried again.
    Failure,
    /// There was nothing to do.
    Skipped,
    /// It did its work, and something is to be known.
    Warning,
}

/// Why an object failed (Graph `provisioningErrorInfo`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedError {
    /// Entra's error code.
    pub code: ErrorCode,
    /// What is wrong and what repairs it.
    pub reason: String,
}

impl LoggedError {
    /// Whether the fault lies with the data, the configuration or the application, as all but one
    /// of the codes say. That `InternalError` is the service's is what its description says.
    pub fn is_outside_service(&self) -> bool {
        self.code != ErrorCode::InternalError
    }
}

/// One side of an entry (Graph `provisionedIdentity`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedIdentity {
    /// The id in its system; empty where it has none.
    pub id: String,
    /// What a person calls it; empty for the application's side, as in published records.
    pub label: String,
    /// User or group.
    pub kind: ObjectKind,
    /// The user principal name; of users of the directory only.
    pub user_principal_name: Option<String>,
}

/// One step of an entry (Graph `provisioningStep`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedStep {
    /// The name, such as `EntryImportAdd`.
    pub name: &'static str,
    /// The kind of step.
    pub kind: LoggedStepKind,
    /// How it ended.
    pub status: LoggedStatus,
    /// What happened, in a sentence.
    pub description: String,
    /// Names and values; all values are texts.
    pub details: Vec<(String, String)>,
}

/// The kinds of step (Graph `provisioningStepType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoggedStepKind {
    /// The object is read from the directory.
    Import,
    /// Whether it is in scope.
    Scoping,
    /// Whether the application knows it.
    Matching,
    /// The mappings are computed.
    Processing,
    /// Managers and members are looked up.
    ReferenceResolution,
    /// It is written to the application.
    Export,
}

/// An attribute that was written (Graph `modifiedProperty`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModifiedProperty {
    /// The target attribute.
    pub name: String,
    /// The value before; nothing where there was none.
    pub old: Option<String>,
    /// The value that is written; `[Redact]` where the expression asks for it.
    pub new: Option<String>,
}

/// What stands in the place of a value that `Redact` hides.
pub const REDACTED: &str = "[Redact]";

impl fmt::Display for LoggedAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Disable => "disable",
            Self::Delete => "delete",
            Self::StagedDelete => "stagedDelete",
            Self::Other => "other",
        })
    }
}

impl fmt::Display for LoggedStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Skipped => "skipped",
            Self::Warning => "warning",
        })
    }
}

impl fmt::Display for LoggedStepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Import => "import",
            Self::Scoping => "scoping",
            Self::Matching => "matching",
            Self::Processing => "processing",
            Self::ReferenceResolution => "referenceResolution",
            Self::Export => "export",
        })
    }
}
