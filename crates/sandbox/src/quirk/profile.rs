//! Real servers, each as the quirks by which it differs from a service provider by the RFC.

use super::Quirk;

/// A published SCIM server that a sandbox can imitate: see [`Quirks::imitating`].
///
/// What it does was seen by asking it, in the version that is named here.
///
/// [`Quirks::imitating`]: super::Quirks::imitating
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// `scimmy-routers` 1.3.2 on Express 4, a server for Node.js.
    NodeScimmy,
    /// `scim2-server` 0.8.3, a server in Python.
    PythonScim2,
}

impl Profile {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::NodeScimmy, Self::PythonScim2];

    /// A short name that does not change, for addresses and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NodeScimmy => "node-scimmy",
            Self::PythonScim2 => "python-scim2",
        }
    }

    /// What the server is called, with its version.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NodeScimmy => "scimmy-routers 1.3.2 (Node.js)",
            Self::PythonScim2 => "scim2-server 0.8.3 (Python)",
        }
    }

    /// The profile of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    pub(super) fn quirks(self) -> &'static [Quirk] {
        match self {
            Self::NodeScimmy => &[
                Quirk::CaseSensitiveUserName,
                Quirk::UrnFilterFindsNobody,
                Quirk::UrnRequired,
                Quirk::FilterWithoutValueAccepted,
                Quirk::EscapedQuoteRefused,
                Quirk::FragileValueFilter,
                Quirk::PageOfTwenty,
                Quirk::StartPastEndWraps,
                Quirk::CreateWithoutLocation,
                Quirk::TextBooleansRefused,
                Quirk::MissingElementRefused,
                Quirk::MissingManagerRefused,
                Quirk::PlainManagerRefused,
                Quirk::IfMatchIgnored,
                Quirk::UnknownMembersAccepted,
                Quirk::MemberListedTwice,
                Quirk::MetaVersionMissing,
                Quirk::MediaTypeCharset,
                Quirk::ChallengeMissing,
                Quirk::BrokenJsonUntyped,
                Quirk::DiscoveryNeedsToken,
            ],
            Self::PythonScim2 => &[
                Quirk::UrnRequired,
                Quirk::UnknownAttributeInFilterRefused,
                Quirk::PageUnlimited,
                Quirk::OrderById,
                Quirk::UnknownAttributeRefused,
                Quirk::UnknownSchemaRefused,
                Quirk::BodyUnlimited,
                Quirk::PatchWithoutBody,
                Quirk::FilteredKeyRefused,
                Quirk::MissingElementRefused,
                Quirk::PlainManagerRefused,
                Quirk::UnknownMembersAccepted,
                Quirk::MemberListRefused,
                Quirk::MethodBeforeToken,
            ],
        }
    }
}
