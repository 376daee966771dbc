//! The rules that an expression is held to: what breaks it, and what an administrator regrets.

use super::evidence::{Evidence, EvidenceLevel};

/// How much a finding matters, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The expression cannot work.
    Error,
    /// It works, but hardly as it is meant.
    Warning,
    /// It works, and could be written better.
    Hint,
}

/// What is known of a rule.
struct About {
    id: &'static str,
    description: &'static str,
    severity: Severity,
    evidence: Evidence,
}

const STATED: Evidence = Evidence::reference(EvidenceLevel::StatedRule);
const CHOSEN: Evidence = Evidence::reference(EvidenceLevel::Chosen);

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = ($id:literal, $severity:ident, $evidence:expr);)*) => {
        /// A rule that an expression is held to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Rule {
            /// Every rule, those that break an expression first.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            const fn about(self) -> About {
                match self {
                    $(Self::$name => About {
                        id: $id,
                        description: concat!($($doc),+),
                        severity: Severity::$severity,
                        evidence: $evidence,
                    },)*
                }
            }
        }
    };
}

rules! {
    /// An expression follows the grammar: function calls, attributes, texts and numbers.
    Syntax = ("syntax", Error, STATED);
    /// Arguments are separated by commas.
    MissingComma = ("missing-comma", Error, STATED);
    /// Every parenthesis, bracket and quote is closed.
    Unclosed = ("unclosed", Error, STATED);
    /// Texts stand in straight double quotes, not between apostrophes or typographic quotes.
    ForeignQuotes = ("foreign-quotes", Error, STATED);
    /// Attributes stand in brackets and texts in quotes; a bare word means nothing.
    BareWord = ("bare-word", Error, STATED);
    /// There is no AND, no OR, no arithmetic and no `&`: functions do that.
    Operator = ("operator", Error, STATED);
    /// `IgnoreAttributeFlow` and `IgnoreObjectFlow` belong to inbound jobs from HR systems.
    HrKeyword = ("hr-keyword", Error, CHOSEN);
    /// Names of functions are case-sensitive.
    WrongCase = ("wrong-case", Error, STATED);
    /// Only the functions of the reference can be called.
    UnknownFunction = ("unknown-function", Error, STATED);
    /// A function takes the arguments that it is defined with.
    Arity = ("arity", Error, STATED);
    /// The role functions read `[appRoleAssignments]` and nothing else.
    RolesArgument = ("roles-argument", Error, STATED);
    /// Some functions and keywords may stand in one place only.
    Placement = ("placement", Error, STATED);
    /// Entra stores 10,000 characters per expression.
    TooLong = ("too-long", Error, STATED);
    /// Calls are nested at most 100 deep here; Entra states no limit.
    TooDeep = ("too-deep", Error, CHOSEN);
    /// An attribute that the source does not have is null for everybody.
    UnknownAttribute = ("unknown-attribute", Warning, STATED);
}

impl Rule {
    /// The stable name, in kebab case.
    pub const fn id(self) -> &'static str {
        self.about().id
    }

    /// The rule in one sentence.
    pub fn description(self) -> &'static str {
        self.about().description.trim()
    }

    /// How much it matters when the rule is broken.
    pub const fn severity(self) -> Severity {
        self.about().severity
    }

    /// Where the rule is from.
    pub const fn evidence(self) -> Evidence {
        self.about().evidence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_one_sentence() {
        for (at, rule) in Rule::ALL.iter().enumerate() {
            let is_kebab = rule.id().chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(is_kebab, "{}", rule.id());
            assert!(Rule::ALL.iter().skip(at + 1).all(|other| other.id() != rule.id()));
            assert!(rule.description().ends_with('.'), "{}", rule.id());
            assert!(!rule.evidence().page.is_empty());
        }
    }
}
