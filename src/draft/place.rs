//! Where a problem stands: which field of which row of which step.

use provisioning::configuration::ObjectKind;
use serde::{Deserialize, Serialize};

use crate::route::Step;

/// Users or groups, in a form that can be saved and sent to the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Users.
    User,
    /// Groups.
    Group,
}

impl Kind {
    /// Both, users first.
    pub const ALL: [Self; 2] = [Self::User, Self::Group];

    /// "Users" or "Groups", as headings and tabs say it.
    pub fn plural(self) -> &'static str {
        match self {
            Self::User => "Users",
            Self::Group => "Groups",
        }
    }

    /// "User" or "Group", for one object.
    pub fn singular(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
        }
    }
}

impl From<Kind> for ObjectKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::User => Self::User,
            Kind::Group => Self::Group,
        }
    }
}

impl From<ObjectKind> for Kind {
    fn from(kind: ObjectKind) -> Self {
        match kind {
            ObjectKind::User => Self::User,
            ObjectKind::Group => Self::Group,
        }
    }
}

/// A field of the wizard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The application is not chosen.
    Application,
    /// The name of the instance.
    ApplicationName,
    /// The directory is not loaded.
    Directory,
    /// Nobody is assigned.
    Assignment,
    /// The tenant URL.
    TenantUrl,
    /// The secret token.
    Token,
    /// Where the relay is.
    RelayAddress,
    /// Where access tokens are fetched.
    TokenEndpoint,
    /// The notification e-mail.
    NotificationEmail,
    /// The threshold of the accidental deletion prevention.
    DeletionThreshold,
    /// One object mapping as a whole.
    Mapping(Kind),
    /// A field of one row of an attribute table; the row by its id.
    Row(Kind, u32, RowField),
    /// A field of one clause of a scoping filter, by filter group and clause index.
    Clause(Kind, usize, usize),
    /// The title of a scoping filter.
    FilterTitle(Kind, usize),
}

/// A field of the row editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowField {
    /// The target attribute.
    Target,
    /// Source attribute, constant value, or expression.
    Source,
    /// Matching precedence.
    Precedence,
}

impl Place {
    /// The step on which the field stands.
    pub fn step(&self) -> Step {
        match self {
            Self::Application | Self::ApplicationName => Step::Application,
            Self::Directory | Self::Assignment => Step::People,
            Self::TenantUrl
            | Self::Token
            | Self::RelayAddress
            | Self::TokenEndpoint
            | Self::NotificationEmail
            | Self::DeletionThreshold => Step::Connection,
            Self::Mapping(_) | Self::Row(..) => Step::Mappings,
            Self::Clause(..) | Self::FilterTitle(..) => Step::Scope,
        }
    }
}
