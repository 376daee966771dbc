//! How real targets misbehave: each way has a name and can be switched on by itself.

use std::collections::BTreeSet;

/// One way in which a service provider departs from RFC 7644, or one condition it can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quirk {
    /// The filter is not looked at: a search finds everybody.
    FilterIgnored,
    /// A search with a filter is answered with 501.
    FilterNotImplemented,
    /// A search with a filter is answered with 400 `invalidFilter`.
    FilterRefused,
    /// A search that finds nobody is answered with 404 instead of an empty list.
    NotFoundForNoMatch,
    /// A filter on `userName` heeds upper and lower case; the check for uniqueness does not.
    CaseSensitiveUserName,
    /// PATCH is answered with 501: only PUT changes a resource.
    PatchRefused,
    /// PATCH is answered with 204, and nothing has changed.
    PatchWithoutEffect,
    /// A boolean sent as the text `"True"` or `"False"` is refused.
    TextBooleansRefused,
    /// `excludedAttributes` is not looked at: a group always comes with its members.
    ExcludedAttributesIgnored,
    /// `startIndex` is not looked at: every page is the first one.
    PageRepeated,
    /// A search is answered with the first resource itself instead of a list.
    NotAList,
    /// A success comes without a body.
    EmptyBody,
    /// The answer is an HTML page that calls itself `application/scim+json`.
    HtmlBody,
    /// Every request is redirected to another address.
    Redirect,
    /// The token has expired: 401.
    ExpiredToken,
    /// The token is good but may do nothing: 403.
    Forbidden,
    /// Every nth request is answered with 429 and `Retry-After`.
    Throttled,
    /// Every nth request is answered with 500.
    ServerFault,
}

impl Quirk {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 18] = [
        Self::FilterIgnored,
        Self::FilterNotImplemented,
        Self::FilterRefused,
        Self::NotFoundForNoMatch,
        Self::CaseSensitiveUserName,
        Self::PatchRefused,
        Self::PatchWithoutEffect,
        Self::TextBooleansRefused,
        Self::ExcludedAttributesIgnored,
        Self::PageRepeated,
        Self::NotAList,
        Self::EmptyBody,
        Self::HtmlBody,
        Self::Redirect,
        Self::ExpiredToken,
        Self::Forbidden,
        Self::Throttled,
        Self::ServerFault,
    ];

    /// A short name that does not change, for addresses and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// One sentence for an administrator.
    #[must_use]
    pub fn summary(self) -> &'static str {
        self.words().1
    }

    /// The quirk of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quirk| quirk.name() == name)
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::FilterIgnored => {
                ("filter-ignored", "Answers every search with everybody, whatever the filter says.")
            }
            Self::FilterNotImplemented => {
                ("filter-not-implemented", "Answers 501 to a search with a filter.")
            }
            Self::FilterRefused => {
                ("filter-refused", "Answers 400 `invalidFilter` to a search with a filter.")
            }
            Self::NotFoundForNoMatch => {
                ("not-found-for-no-match", "Answers 404 to a search that finds nobody.")
            }
            Self::CaseSensitiveUserName => (
                "case-sensitive-user-name",
                "Finds a userName only in the same upper and lower case, yet refuses a second one in any case.",
            ),
            Self::PatchRefused => {
                ("patch-refused", "Answers 501 to PATCH: resources are changed by PUT alone.")
            }
            Self::PatchWithoutEffect => {
                ("patch-without-effect", "Answers 204 to PATCH and changes nothing.")
            }
            Self::TextBooleansRefused => (
                "text-booleans-refused",
                "Refuses a boolean that is sent as the text \"True\" or \"False\".",
            ),
            Self::ExcludedAttributesIgnored => (
                "excluded-attributes-ignored",
                "Returns the members of a group although excludedAttributes names them.",
            ),
            Self::PageRepeated => ("page-repeated", "Answers every page with the first page."),
            Self::NotAList => {
                ("not-a-list", "Answers a search with one bare resource instead of a list.")
            }
            Self::EmptyBody => ("empty-body", "Answers successes without a body."),
            Self::HtmlBody => {
                ("html-body", "Answers with an HTML page that is labelled application/scim+json.")
            }
            Self::Redirect => ("redirect", "Redirects every request to another address (302)."),
            Self::ExpiredToken => ("expired-token", "Says that the token has expired (401)."),
            Self::Forbidden => ("forbidden", "Says that the token may not do this (403)."),
            Self::Throttled => {
                ("throttled", "Answers every nth request with 429 and asks to wait.")
            }
            Self::ServerFault => ("server-fault", "Answers every nth request with 500."),
        }
    }
}

/// The quirks that are switched on. None by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quirks {
    chosen: BTreeSet<Quirk>,
    every: u64,
}

impl Quirks {
    /// No quirk: a service provider by the RFC.
    #[must_use]
    pub fn none() -> Self {
        Self { chosen: BTreeSet::new(), every: 3 }
    }

    /// These quirks and this one.
    #[must_use]
    pub fn with(mut self, quirk: Quirk) -> Self {
        self.chosen.insert(quirk);
        self
    }

    /// These quirks, and `every` is the n of [`Quirk::Throttled`] and [`Quirk::ServerFault`]:
    /// 1 for all requests, 3 (the default) for every third. 0 is read as 1.
    #[must_use]
    pub fn every(mut self, every: u64) -> Self {
        self.every = every.max(1);
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

    /// The failure that strikes the request of this number, the first being 1. Where both kinds
    /// are on, they take turns.
    pub(crate) fn failure(&self, number: u64) -> Option<Quirk> {
        let kinds =
            [Quirk::Throttled, Quirk::ServerFault].into_iter().filter(|kind| self.contains(*kind));
        let kinds: Vec<Quirk> = kinds.collect();
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
