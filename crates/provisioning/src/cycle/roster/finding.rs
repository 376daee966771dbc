//! What can be wrong with the pages of an application, and what follows from it.

use std::fmt;

/// Something about the pages that is not as RFC 7644, section 3.4.2.4, has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// How often, or how many accounts.
    pub count: u64,
    /// What follows from it.
    pub consequence: Consequence,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// A page held nobody but those of another page: `startIndex` is ignored.
    Repeated,
    /// Accounts came that stood on another page already.
    Doubled,
    /// Accounts that are counted did not come.
    Lost,
    /// Accounts came that are not counted.
    Beyond,
    /// `totalResults` was another from page to page, and came right in the end.
    TotalMoved,
    /// Fewer accounts come on a page than are asked for: a limit of the application's own.
    Capped,
    /// A page was shorter than those before, and the rest of it came when it was asked for.
    Short,
    /// More accounts came on a page than were asked for: `count` is ignored.
    Oversized,
    /// A page said of itself another `startIndex` than the one that was asked for.
    Misnumbered,
    /// Accounts came without the id by which they could be told apart.
    Nameless,
    /// There are more accounts than are read.
    TooMany,
    /// `attributes` or `sortBy` was refused.
    Refused,
    /// An account lacks values when `attributes` names them: what is trimmed cannot be trusted.
    Trimmed,
}

/// What follows from a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing: the pages can be used.
    None,
    /// Everybody was read once more, sorted.
    InOrder,
    /// Everybody was read once more, with nothing left out.
    Whole,
    /// The pages cannot be used: one question a person, as Entra does.
    AskEach,
}

impl FindingKind {
    /// A stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Repeated => "page-repeated",
            Self::Doubled => "accounts-doubled",
            Self::Lost => "accounts-lost",
            Self::Beyond => "total-too-low",
            Self::TotalMoved => "total-moved",
            Self::Capped => "count-capped",
            Self::Short => "page-short",
            Self::Oversized => "count-ignored",
            Self::Misnumbered => "page-misnumbered",
            Self::Nameless => "id-missing",
            Self::TooMany => "too-many-accounts",
            Self::Refused => "question-refused",
            Self::Trimmed => "attributes-lost",
        }
    }

    /// What follows. Repeats, doubles and losses may come of an order that changes between two requests,
    /// which an order of the question's own cures; so they are believed the second time.
    pub(super) fn consequence(self, is_ordered: bool) -> Consequence {
        match self {
            Self::TotalMoved | Self::Capped | Self::Short | Self::Oversized | Self::Misnumbered => {
                Consequence::None
            }
            Self::Repeated | Self::Doubled | Self::Lost if !is_ordered => Consequence::InOrder,
            Self::Refused if is_ordered => Consequence::AskEach,
            Self::Refused | Self::Trimmed => Consequence::Whole,
            Self::Repeated
            | Self::Doubled
            | Self::Lost
            | Self::Beyond
            | Self::Nameless
            | Self::TooMany => Consequence::AskEach,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, count, consequence } = self;
        match kind {
            FindingKind::Repeated => {
                write!(f, "The application sends the same page again whatever `startIndex` says")?;
            }
            FindingKind::Doubled => write!(f, "{count} accounts came on more than one page")?,
            FindingKind::Lost => {
                write!(f, "{count} accounts that `totalResults` counts came on no page")?;
            }
            FindingKind::Beyond => write!(f, "{count} accounts came beyond `totalResults`")?,
            FindingKind::TotalMoved => write!(
                f,
                "`totalResults` changed while the pages were read and was right in the end: \
                 somebody writes to the application"
            )?,
            FindingKind::Capped => {
                write!(f, "The application sends {count} accounts a page at most")?;
            }
            FindingKind::Short => write!(
                f,
                "{count} pages were shorter than the first one, and the rest came when asked for"
            )?,
            FindingKind::Oversized => {
                write!(f, "{count} pages held more accounts than `count` asked for")?;
            }
            FindingKind::Misnumbered => {
                write!(f, "{count} pages told another `startIndex` than was asked for")?;
            }
            FindingKind::Nameless => write!(f, "{count} accounts came without an `id`")?,
            FindingKind::TooMany => write!(f, "There are {count} accounts, too many to be read")?,
            FindingKind::Refused => write!(f, "The application refuses `attributes` or `sortBy`")?,
            FindingKind::Trimmed => write!(
                f,
                "An account comes without values that it has when `attributes` asks for them"
            )?,
        }
        f.write_str(match consequence {
            Consequence::None => ". The pages can be used.",
            Consequence::InOrder => ". Everybody was read once more, sorted by `userName`.",
            Consequence::Whole => ". Everybody was read once more with all attributes.",
            Consequence::AskEach => {
                ". The pages cannot be used: ask for each person, as Entra does."
            }
        })
    }
}
