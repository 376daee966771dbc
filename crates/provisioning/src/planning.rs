//! Desired and current side by side: what provisioning would do to one object, and why.
//!
//! A plan is a value. It says everything that Entra's provisioning log would say about the object,
//! and [`dialect`] turns it into the exact PATCH in either wire form.

pub mod compare;
pub mod dialect;
pub mod plan;
pub mod prediction;

use std::fmt;

use serde_json::Value;

/// What would be (or was) done to one object of the directory.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The application does not know the object: POST.
    Create,
    /// The application's object differs in mapped attributes: PATCH.
    Update {
        /// The application's id of the object.
        target_id: String,
        /// One entry per attribute that differs, in the order of the mapping rows.
        changes: Vec<Change>,
    },
    /// The object left the scope or was blocked: PATCH that sets `active` to false.
    Disable {
        /// The application's id of the object.
        target_id: String,
        /// The disabling change, and others that differ at the same time.
        changes: Vec<Change>,
    },
    /// The application's object was inactive and is switched on again, with what else differs.
    Enable {
        /// The application's id of the object.
        target_id: String,
        /// The enabling change, and others that differ at the same time.
        changes: Vec<Change>,
    },
    /// DELETE.
    Delete {
        /// The application's id of the object.
        target_id: String,
    },
    /// Nothing is written, and that is no failure.
    Skip {
        /// Entra's skip reason.
        reason: SkipReason,
        /// The same in a sentence.
        text: String,
    },
    /// The object cannot be told apart from another one.
    Conflict {
        /// Entra's error code: `DuplicateTargetEntries` or `DuplicateSourceEntries`.
        code: ErrorCode,
        /// What collides, in a sentence.
        text: String,
        /// Ids of the objects that collide: of the application for `DuplicateTargetEntries`,
        /// of the directory for `DuplicateSourceEntries`.
        candidates: Vec<String>,
    },
    /// The object fails and is tried again in a later cycle.
    Error {
        /// Entra's error code.
        code: ErrorCode,
        /// What is wrong and what repairs it, in a sentence.
        text: String,
    },
}

impl Action {
    /// The kind of the action, for counting and filtering.
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::Create => ActionKind::Create,
            Self::Update { .. } => ActionKind::Update,
            Self::Disable { .. } => ActionKind::Disable,
            Self::Enable { .. } => ActionKind::Enable,
            Self::Delete { .. } => ActionKind::Delete,
            Self::Skip { .. } => ActionKind::Skip,
            Self::Conflict { .. } => ActionKind::Conflict,
            Self::Error { .. } => ActionKind::Error,
        }
    }

    /// The application's id of the object, where one is written to.
    pub fn target_id(&self) -> Option<&str> {
        match self {
            Self::Update { target_id, .. }
            | Self::Disable { target_id, .. }
            | Self::Enable { target_id, .. }
            | Self::Delete { target_id } => Some(target_id),
            _ => None,
        }
    }

    /// The attributes that change on an object that exists.
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::Update { changes, .. }
            | Self::Disable { changes, .. }
            | Self::Enable { changes, .. } => changes,
            _ => &[],
        }
    }

    /// Whether the action writes to the application.
    pub fn writes(&self) -> bool {
        !matches!(self, Self::Skip { .. } | Self::Conflict { .. } | Self::Error { .. })
    }

    /// The sentence of an action that writes nothing.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Skip { text, .. } | Self::Conflict { text, .. } | Self::Error { text, .. } => {
                Some(text)
            }
            _ => None,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind())?;
        match self {
            Self::Skip { reason, .. } => write!(f, " ({reason})"),
            Self::Conflict { code, .. } | Self::Error { code, .. } => write!(f, " ({code})"),
            _ => Ok(()),
        }
    }
}

/// The kinds of [`Action`], in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionKind {
    /// [`Action::Create`]
    Create,
    /// [`Action::Update`]
    Update,
    /// [`Action::Enable`]
    Enable,
    /// [`Action::Disable`]
    Disable,
    /// [`Action::Delete`]
    Delete,
    /// [`Action::Skip`]
    Skip,
    /// [`Action::Conflict`]
    Conflict,
    /// [`Action::Error`]
    Error,
}

impl ActionKind {
    /// Every kind, in the order of a listing.
    pub const ALL: [Self; 8] = [
        Self::Create,
        Self::Update,
        Self::Enable,
        Self::Disable,
        Self::Delete,
        Self::Skip,
        Self::Conflict,
        Self::Error,
    ];
}

impl fmt::Display for ActionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// One attribute of the application that is written on an object that exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The target attribute's path, for example `emails[type eq "work"].value`.
    pub attribute: String,
    /// The application's value; nothing where it has none.
    pub before: Option<Value>,
    /// The value that is written.
    pub after: Value,
    /// Index of the mapping row that writes it.
    pub row: usize,
}

/// Entra's skip reasons (provisioning log, as documented in September 2026).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipReason {
    /// Not assigned, without a role, or disabled.
    NotEffectivelyEntitled,
    /// Source and target match already.
    RedundantExport,
    /// No matching attribute has a value.
    ImportSkipped,
    /// Out of scope by a filter, or read and nothing to be done.
    EntrySynchronizationSkipped,
}

impl SkipReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [
        Self::NotEffectivelyEntitled,
        Self::RedundantExport,
        Self::ImportSkipped,
        Self::EntrySynchronizationSkipped,
    ];
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Entra's error codes, as far as the engine meets them (provisioning log, September 2026).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorCode {
    /// A value collides with another object (409).
    EntryConflict,
    /// The application throttles and the wait is over (429).
    TooManyRequests,
    /// The application failed (5xx).
    InternalServerError,
    /// Authenticated but not allowed (403).
    InsufficientRights,
    /// The application does not allow the method there (405).
    MethodNotAllowed,
    /// The application refused the content (400, 422).
    UnprocessableEntity,
    /// The application does not implement it (501).
    NotImplemented,
    /// Another protocol error of HTTP.
    WebExceptionProtocolError,
    /// The linked object no longer exists in the application.
    InvalidAnchor,
    /// A required attribute has neither a value nor a default.
    MandatoryFieldsMissing,
    /// A mapped attribute does not exist in the application.
    SchemaAttributeNotFound,
    /// The mapping could not be evaluated.
    InternalError,
    /// The application did not answer in time.
    Timeout,
    /// Several objects of the application share the matching value.
    DuplicateTargetEntries,
    /// Several objects of the directory share the matching value.
    DuplicateSourceEntries,
    /// A single object was asked for and several came, or members came although excluded.
    SystemForCrossDomainIdentityManagementMultipleEntriesInResponse,
    /// The answer could not be read as SCIM.
    SystemForCrossDomainIdentityManagementServiceIncompatible,
    /// Several values for a target that holds one.
    SchemaPropertyCanOnlyAcceptValue,
    /// The credentials were rejected.
    SystemForCrossDomainIdentityManagementCredentialValidationFailure,
}

impl ErrorCode {
    /// Whether the service tries again in the next cycle, about 40 minutes later; all other failures
    /// wait longer, because somebody has to mend something.
    pub fn is_transient(self) -> bool {
        matches!(
            self,
            Self::TooManyRequests
                | Self::InternalServerError
                | Self::WebExceptionProtocolError
                | Self::InternalError
                | Self::Timeout
        )
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
