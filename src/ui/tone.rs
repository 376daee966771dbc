//! What a colour says, apart from which colour it is.

/// How a badge, a notice, a bar or a number is meant; the sheet turns it into a colour.
///
/// A tone never carries meaning alone: a word or an icon says the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to weigh.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
    /// As it should be.
    Good,
    /// Works, but look at it.
    Warning,
    /// Does not work.
    Bad,
}

impl Tone {
    /// The value of `data-tone` in the sheet.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }
}
