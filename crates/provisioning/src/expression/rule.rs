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
const MAPPINGS: Evidence = Evidence::mappings(EvidenceLevel::StatedRule);

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
    /// A key of `Switch` that was met before is never reached.
    UnreachableKey = ("unreachable-key", Warning, STATED);
    /// What `Coalesce` finds behind a value that is never null is never reached.
    UnreachableSource = ("unreachable-source", Warning, STATED);
    /// `Switch` in a mapping that is applied always can blank the target on an update.
    SwitchAppliedAlways = ("switch-applied-always", Warning, STATED);
    /// Tests for emptiness are not supported in the condition of `IIF`.
    EmptinessInIif = ("emptiness-in-iif", Warning, STATED);
    /// `Switch` reads the value itself, not a test of it.
    SwitchOverTest = ("switch-over-test", Warning, CHOSEN);
    /// `SelectUniqueValue` is not supported for applications.
    UniqueInApplication = ("unique-value-in-application", Error, STATED);
    /// Role functions do not work with "Sync all users and groups".
    RolesWithSyncAll = ("roles-with-sync-all", Error, MAPPINGS);
    /// A function that writes several roles is the outermost one.
    NestedRoles = ("nested-roles", Warning, CHOSEN);
    /// `[appRoleAssignments]` is read through a role function.
    RolesMappedDirectly = ("roles-mapped-directly", Error, MAPPINGS);
    /// The letters of a date format are .NET's, and upper and lower case differ.
    DateFormatLetters = ("date-format-letters", Warning, STATED);
    /// In a date format `MM` is the month and `mm` the minute.
    MonthsAndMinutes = ("months-and-minutes", Warning, STATED);
    /// An hour of twelve needs `tt` beside it.
    HourWithoutHalf = ("hour-without-half", Warning, STATED);
    /// A date format of one letter is one of .NET's standard formats.
    OneLetterDateFormat = ("one-letter-date-format", Warning, STATED);
    /// `FormatDateTime` takes four arguments; the second is usually left empty.
    ThreeArgumentFormat = ("three-argument-date-format", Warning, CHOSEN);
    /// The styles of `FormatDateTime` are not evaluated in a preview.
    DateStyles = ("date-styles", Warning, CHOSEN);
    /// Intervals are yyyy, m, d, ww, h, n and s.
    UnknownInterval = ("unknown-interval", Error, STATED);
    /// A text that is used as a date is wrapped in `CDate`.
    DateNotWrapped = ("date-not-wrapped", Error, STATED);
    /// A date that is sent is written by `FormatDateTime`.
    DateResult = ("date-result", Warning, STATED);
    /// A number is a whole number, bare or quoted.
    NumberExpected = ("number-expected", Error, STATED);
    /// Most functions take one value, not several.
    OneValueExpected = ("one-value-expected", Warning, CHOSEN);
    /// Positions count from 1.
    PositionBelowOne = ("position-below-one", Warning, STATED);
    /// The parameters of `Replace` work in five combinations.
    ReplaceCombination = ("replace-combination", Warning, STATED);
    /// A pattern whose repetitions contain each other can take for ever.
    RegexCatastrophic = ("regex-catastrophic", Warning, CHOSEN);
    /// A pattern is written in .NET's syntax.
    RegexForeign = ("regex-foreign-syntax", Warning, STATED);
    /// Some of .NET's syntax cannot be evaluated in a preview.
    RegexNotPreviewed = ("regex-not-previewed", Warning, CHOSEN);
    /// In a text a backslash is written twice.
    UnknownEscape = ("unknown-escape", Hint, CHOSEN);
    /// A comparison is a condition and no value.
    ComparisonOutside = ("comparison-outside-condition", Warning, STATED);
    /// A condition depends on the person.
    ConstantCondition = ("constant-condition", Warning, STATED);
    /// The text forms of a truth value are `True` and `False`, with a capital.
    BooleanSpelling = ("boolean-spelling", Warning, STATED);
    /// The result fits the type of the target attribute.
    ResultType = ("result-type", Warning, MAPPINGS);
    /// A required attribute gets a value from everybody.
    RequiredMayBeMissing = ("required-may-be-missing", Warning, MAPPINGS);
    /// A matching attribute gets a value from everybody.
    MatchingMayBeMissing = ("matching-may-be-missing", Warning, MAPPINGS);
    /// A fixed value is a mapping of type Constant.
    ConstantMapping = ("constant-mapping", Hint, MAPPINGS);
    /// A bare attribute is a mapping of type Direct.
    DirectMapping = ("direct-mapping", Hint, MAPPINGS);
    /// `Join` puts more than two texts together.
    NestedAppend = ("nested-append", Hint, CHOSEN);
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
