//! What the administrator has decided, sound and ready for the engine: the provisioning job's
//! two object mappings, its scope, and its safety net.
//!
//! Names are those of the Entra admin centre and of Microsoft Graph's `synchronizationSchema`.
//! Nothing here is half-typed: the wizard's draft is checked before it becomes a [`Configuration`].

pub mod default;
pub mod discovery;
mod situation;

use std::fmt;
use std::num::NonZeroU32;

use scim::path::Path;

use crate::expression::Expression;
use crate::scoping::ScopingFilter;

/// One provisioning configuration of one enterprise application.
#[derive(Clone, Debug, PartialEq)]
pub struct Configuration {
    /// How users become resources of the application; always enabled in Entra.
    pub users: ObjectMapping,
    /// How groups become resources of the application; may be disabled.
    pub groups: ObjectMapping,
    /// Whether an object must be assigned to the application to be provisioned.
    pub scope: Scope,
    /// `SkipOutOfScopeDeletions`: accounts that leave the scope stay as they are.
    pub skip_out_of_scope_deletions: bool,
    /// Above this many disables and deletes in one cycle, Entra holds them back and asks.
    pub accidental_deletions_threshold: Option<NonZeroU32>,
    /// Name of the tenant's default verified domain, for `DefaultDomain()`.
    pub default_domain: Option<String>,
    /// What the job's template fixes.
    pub connector: Connector,
}

/// What holds for a job without anybody deciding it: its connector, and its age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connector {
    /// `IsSoftDeletionSupported`: leavers are disabled. Without it they are deleted.
    pub soft_delete: bool,
    /// Default Access entitles even where the application defines roles: so for every job made
    /// after 16 April 2020.
    pub counts_default_access: bool,
}

impl Default for Connector {
    fn default() -> Self {
        Self { soft_delete: true, counts_default_access: true }
    }
}

impl Configuration {
    /// The mapping for one kind of object.
    pub fn mapping(&self, kind: ObjectKind) -> &ObjectMapping {
        match kind {
            ObjectKind::User => &self.users,
            ObjectKind::Group => &self.groups,
        }
    }

    /// The mapping for one kind of object, to be changed.
    pub fn mapping_mut(&mut self, kind: ObjectKind) -> &mut ObjectMapping {
        match kind {
            ObjectKind::User => &mut self.users,
            ObjectKind::Group => &mut self.groups,
        }
    }
}

/// The two kinds of directory object that Entra provisions to a SCIM application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKind {
    /// A person (or guest) of the tenant; `/Users` of the application.
    User,
    /// A group of the tenant; `/Groups` of the application.
    Group,
}

impl ObjectKind {
    /// Both, users first, as a cycle works through them.
    pub const ALL: [Self; 2] = [Self::User, Self::Group];

    /// The resource type's endpoint below the tenant URL (RFC 7644 section 3.2).
    pub fn endpoint(self) -> &'static str {
        match self {
            Self::User => "Users",
            Self::Group => "Groups",
        }
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "User",
            Self::Group => "Group",
        })
    }
}

/// The job's setting "Scope".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Sync only assigned users and groups.
    Assigned,
    /// Sync all users and groups.
    All,
}

/// How one kind of directory object becomes a resource (Graph `objectMapping`).
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectMapping {
    /// Users or groups.
    pub kind: ObjectKind,
    /// Whether this kind is provisioned at all.
    pub enabled: bool,
    /// Which operations are allowed on the application (Graph `flowTypes`).
    pub actions: TargetActions,
    /// The rows of the attribute table, in their order.
    pub attributes: Vec<AttributeMapping>,
    /// Source object scope: the attribute gate.
    pub filter: ScopingFilter,
}

impl ObjectMapping {
    /// Maps nothing: no rows, no filter, every operation allowed.
    pub fn empty(kind: ObjectKind) -> Self {
        Self {
            kind,
            enabled: false,
            actions: TargetActions::default(),
            attributes: Vec::new(),
            filter: ScopingFilter::default(),
        }
    }

    /// The rows that match objects, lowest precedence first.
    pub fn matching(&self) -> Vec<&AttributeMapping> {
        let mut rows: Vec<_> =
            self.attributes.iter().filter(|row| row.matching_precedence.is_some()).collect();
        rows.sort_by_key(|row| row.matching_precedence);
        rows
    }
}

/// The boxes Create, Update and Delete under "Target object actions".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetActions {
    /// Objects that were not found may be created.
    pub create: bool,
    /// Objects that were found may be changed; a disable is a change.
    pub update: bool,
    /// Objects may be deleted.
    pub delete: bool,
}

impl Default for TargetActions {
    fn default() -> Self {
        Self { create: true, update: true, delete: true }
    }
}

/// One row of the attribute table (Graph `attributeMapping`).
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeMapping {
    /// The attribute of the application that is written.
    pub target: TargetAttribute,
    /// Where the value comes from.
    pub source: Source,
    /// Default value if null; used only while creating an object.
    pub default_value: Option<String>,
    /// Match objects using this attribute: 1 is asked first.
    pub matching_precedence: Option<NonZeroU32>,
    /// Whether the row is applied on updates too.
    pub apply: Apply,
}

/// The mapping type with what it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// The value of a source attribute, by its name.
    Direct(String),
    /// A fixed text.
    Constant(String),
    /// The result of an expression.
    Expression(Expression),
    /// Leave the target alone; an empty target gets the default value.
    None,
}

/// "Apply this mapping".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Apply {
    /// On creation and on every later change.
    #[default]
    Always,
    /// Only during object creation.
    OnlyDuringCreation,
}

/// An attribute of the application, as the target attribute list describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetAttribute {
    /// The SCIM path, for example `emails[type eq "work"].value`.
    pub path: Path,
    /// The declared type, which decides how a value is written in JSON.
    pub kind: TargetType,
    /// Without a value and without a default the object fails.
    pub required: bool,
    /// Whether a difference in letter case alone is a difference.
    pub case_exact: bool,
    /// Whether it takes a list; several values for another target fail the object.
    pub multi_valued: bool,
    /// For a reference, the kinds of object that it may point to.
    pub referenced: Vec<ObjectKind>,
}

/// The types of the portal's target attribute list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TargetType {
    /// Text.
    #[default]
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// An ISO 8601 instant.
    DateTime,
    /// Base64 text.
    Binary,
    /// The id of another object, such as manager or members.
    Reference,
}
