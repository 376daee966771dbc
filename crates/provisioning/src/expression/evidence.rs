//! How well something is known, and from where: doubt is shown, not hidden.

/// How well a behaviour is known, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// How well.
    pub level: EvidenceLevel,
    /// The page, by its title on Microsoft Learn.
    pub page: &'static str,
    /// The edition of the page, as year and month.
    pub edition: &'static str,
}

/// How well a behaviour is known, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceLevel {
    /// Microsoft prints an example with its result.
    DocumentedExample,
    /// Microsoft states the rule in words.
    StatedRule,
    /// Microsoft is silent on part of it; what we do there is our choice.
    Chosen,
}

/// A particular of something, with how well it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// The particular, in one sentence.
    pub text: &'static str,
    /// How well it is known.
    pub level: EvidenceLevel,
}

impl Evidence {
    /// What the reference of functions says.
    pub(super) const fn reference(level: EvidenceLevel) -> Self {
        Self { level, page: FUNCTION_REFERENCE, edition: "2026-04" }
    }

    /// What the page on mappings says.
    pub(super) const fn mappings(level: EvidenceLevel) -> Self {
        Self { level, page: MAPPINGS, edition: "2026-08" }
    }
}

const MAPPINGS: &str = "Customize user provisioning attribute-mappings";

const FUNCTION_REFERENCE: &str =
    "Reference for writing expressions for attribute mappings in Microsoft Entra ID";
