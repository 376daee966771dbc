//! The two types of resource that the sandbox keeps.

use scim::schema::{GROUP, USER};
use std::fmt;

/// A type of resource (RFC 7643 section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResourceType {
    /// People, under `/Users`, with the enterprise extension.
    User,
    /// Groups, under `/Groups`.
    Group,
}

impl ResourceType {
    /// Both types.
    pub const ALL: [Self; 2] = [Self::User, Self::Group];

    /// The name, as in `meta.resourceType`: `User` or `Group`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
        }
    }

    /// The segment of the path: `Users` or `Groups`.
    #[must_use]
    pub fn endpoint(self) -> &'static str {
        match self {
            Self::User => "Users",
            Self::Group => "Groups",
        }
    }

    /// The URN of the core schema.
    #[must_use]
    pub fn schema(self) -> &'static str {
        match self {
            Self::User => USER,
            Self::Group => GROUP,
        }
    }

    /// Whether an extension with this URN extends this type. By custom the last part of the URN
    /// names the type; an extension that names neither extends users.
    #[must_use]
    pub fn is_extended_by(self, urn: &str) -> bool {
        let names_group = urn
            .rsplit(':')
            .next()
            .is_some_and(|last| last.eq_ignore_ascii_case(Self::Group.name()));
        names_group == (self == Self::Group)
    }
}

impl fmt::Display for ResourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
