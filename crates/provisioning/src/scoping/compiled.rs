//! A filter ready to judge: patterns built, numbers read.

use std::borrow::Cow;
use std::sync::Arc;

use super::problem::whole_number;
use super::{Clause, ClauseProblem, FilterGroup, Operator, ScopingFilter};
use crate::pattern::Pattern;
use crate::source::{SourceObject, SourceValue};

/// A filter ready to judge any number of objects.
#[derive(Clone, Debug)]
pub struct CompiledFilter {
    groups: Vec<Group>,
}

#[derive(Clone, Debug)]
struct Group {
    name: String,
    tests: Vec<Test>,
}

/// A clause ready to judge.
#[derive(Clone, Debug)]
struct Test {
    text: Arc<str>,
    attribute: String,
    operator: Operator,
    operand: String,
    /// The pattern, and the same pattern for whole values, for the regular expression operators.
    pattern: Option<(Pattern, Option<Pattern>)>,
}

/// The texts of one attribute, as a clause compares them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClauseTexts<'a> {
    /// The text form of a single value; empty for null.
    One(&'a str),
    /// The texts of a list that is not empty.
    Several(Vec<&'a str>),
}

/// What a filter says of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterVerdict {
    /// At least one group is satisfied, or there is none.
    pub satisfied: bool,
    /// Every group in order.
    pub groups: Vec<GroupVerdict>,
}

/// What one group says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupVerdict {
    /// The title.
    pub name: String,
    /// All clauses passed.
    pub satisfied: bool,
    /// Every clause in order.
    pub clauses: Vec<ClauseVerdict>,
}

/// What one clause says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseVerdict {
    /// Index of the clause in its group.
    pub clause: usize,
    /// The clause as it is read: `department EQUALS Sales`.
    pub text: Arc<str>,
    /// Whether the object satisfies it.
    pub passed: bool,
    /// The attribute's value in text form; none where it is null.
    pub actual: Option<String>,
    /// What an administrator should know about this result.
    pub note: Option<String>,
}

impl CompiledFilter {
    pub(super) fn new(filter: &ScopingFilter) -> Result<Self, Vec<ClauseProblem>> {
        let mut problems = Vec::new();
        let groups = filter.groups.iter().enumerate();
        let groups = groups.map(|(index, group)| Group::new(index, group, &mut problems)).collect();
        if problems.is_empty() { Ok(Self { groups }) } else { Err(problems) }
    }

    /// Whether the object passes; the same as [`CompiledFilter::judge`] says, without the reasons.
    pub fn passes(&self, object: &SourceObject) -> bool {
        self.groups.is_empty()
            || self.groups.iter().any(|group| group.tests.iter().all(|test| test.passes(object)))
    }

    /// Names of the attributes that the clauses read, one for each clause, in their order.
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().flat_map(|group| &group.tests).map(|test| test.attribute.as_str())
    }

    /// Whether an object passes whose attributes the caller keeps in a form of its own: `read` is
    /// asked for the texts of the one at a place in [`CompiledFilter::attributes`].
    pub fn passes_with<'a>(&self, read: &dyn Fn(usize) -> ClauseTexts<'a>) -> bool {
        let mut first = 0;
        let mut groups = self.groups.iter().map(|group| {
            let places = first..;
            first += group.tests.len();
            places.zip(&group.tests)
        });
        self.groups.is_empty()
            || groups.any(|mut tests| tests.all(|(place, test)| test.passes_texts(&read(place))))
    }

    /// Whether one clause alone lets texts pass, by its place in [`CompiledFilter::attributes`].
    pub(crate) fn passes_clause(&self, place: usize, texts: &ClauseTexts<'_>) -> bool {
        let mut tests = self.groups.iter().flat_map(|group| &group.tests);
        tests.nth(place).is_some_and(|test| test.passes_texts(texts))
    }

    /// Whether the object passes, with the result of every clause of every group.
    pub fn judge(&self, object: &SourceObject) -> FilterVerdict {
        let groups: Vec<_> = self.groups.iter().map(|group| group.judge(object)).collect();
        let satisfied = groups.is_empty() || groups.iter().any(|group| group.satisfied);
        FilterVerdict { satisfied, groups }
    }
}

impl Group {
    fn new(index: usize, group: &FilterGroup, problems: &mut Vec<ClauseProblem>) -> Self {
        let mut tests = Vec::with_capacity(group.clauses.len());
        for (clause_index, clause) in group.clauses.iter().enumerate() {
            match Test::new(clause) {
                Ok(test) => tests.push(test),
                Err(message) => problems.push(ClauseProblem {
                    group: index,
                    clause: Some(clause_index),
                    message,
                    repair: "correct the expression; it is written as in .NET".to_owned(),
                }),
            }
        }
        Self { name: group.name.clone(), tests }
    }

    fn judge(&self, object: &SourceObject) -> GroupVerdict {
        let clauses: Vec<_> = self
            .tests
            .iter()
            .enumerate()
            .map(|(clause, test)| test.judge(clause, object))
            .collect();
        let satisfied = clauses.iter().all(|clause| clause.passed);
        GroupVerdict { name: self.name.clone(), satisfied, clauses }
    }
}

impl Test {
    fn new(clause: &Clause) -> Result<Self, String> {
        let operand = clause.operand();
        let pattern = match clause.operator {
            Operator::RegexMatch | Operator::NotRegexMatch => {
                let pattern = Pattern::new(operand).map_err(|problem| problem.to_string())?;
                Some((pattern, Pattern::anchored(operand).ok()))
            }
            _ => None,
        };
        Ok(Self {
            text: clause.to_string().into(),
            attribute: clause.attribute.trim().to_owned(),
            operator: clause.operator,
            operand: operand.to_owned(),
            pattern,
        })
    }

    fn passes(&self, object: &SourceObject) -> bool {
        match object.get(&self.attribute) {
            Some(SourceValue::List(values)) if !values.is_empty() => {
                values.iter().all(|value| self.passes_text(value))
            }
            value => self.passes_text(&value.map(text_form).unwrap_or_default()),
        }
    }

    fn passes_texts(&self, texts: &ClauseTexts<'_>) -> bool {
        match texts {
            ClauseTexts::One(text) => self.passes_text(text),
            ClauseTexts::Several(texts) => texts.iter().all(|text| self.passes_text(text)),
        }
    }

    /// Judges one text, in which an empty one stands for null: null passes IS NULL alone.
    fn passes_text(&self, value: &str) -> bool {
        if value.is_empty() {
            return self.operator == Operator::IsNull;
        }
        let operand = self.operand.as_str();
        match self.operator {
            Operator::Equals => value == operand,
            Operator::NotEquals => value != operand,
            Operator::RegexMatch => self.is_found_in(value) == Some(true),
            Operator::NotRegexMatch => self.is_found_in(value) == Some(false),
            Operator::IsNull => false,
            Operator::IsNotNull => true,
            // Boolean attributes have the text forms `True` and `False`, whatever they came from.
            Operator::IsTrue => value.eq_ignore_ascii_case("true"),
            Operator::IsFalse => value.eq_ignore_ascii_case("false"),
            Operator::Includes => value.contains(operand),
            Operator::EndsWith => value.ends_with(operand),
            Operator::InList => operand.contains(value),
            Operator::NotInList => !operand.contains(value),
            Operator::GreaterThan => self.compare(value).is_some_and(std::cmp::Ordering::is_gt),
            Operator::GreaterThanOrEquals => {
                self.compare(value).is_some_and(std::cmp::Ordering::is_ge)
            }
        }
    }

    fn compare(&self, value: &str) -> Option<std::cmp::Ordering> {
        Some(whole_number(value)?.cmp(&whole_number(&self.operand)?))
    }

    /// Nothing where the match was given up: then neither the operator nor its opposite passes.
    fn is_found_in(&self, value: &str) -> Option<bool> {
        self.pattern.as_ref().and_then(|(pattern, _)| pattern.is_found_in(value).ok())
    }

    fn judge(&self, clause: usize, object: &SourceObject) -> ClauseVerdict {
        let actual = object.get(&self.attribute).map(text_form).filter(|text| !text.is_empty());
        let note = self.note(object, actual.as_deref());
        ClauseVerdict {
            clause,
            text: Arc::clone(&self.text),
            passed: self.passes(object),
            actual: actual.map(Cow::into_owned),
            note,
        }
    }

    fn note(&self, object: &SourceObject, actual: Option<&str>) -> Option<String> {
        let Some(actual) = actual else { return self.note_on_null() };
        if matches!(object.get(&self.attribute), Some(SourceValue::List(_))) {
            return Some("filters do not support attributes with several values".to_owned());
        }
        match self.operator {
            Operator::RegexMatch | Operator::NotRegexMatch => self.note_on_pattern(actual),
            Operator::InList | Operator::NotInList => self.note_on_fragment(actual),
            Operator::Equals | Operator::NotEquals if actual != self.operand => {
                self.note_on_near_miss(actual)
            }
            Operator::GreaterThan | Operator::GreaterThanOrEquals => whole_number(actual)
                .is_none()
                .then(|| format!("`{actual}` is no whole number, so the clause fails")),
            _ => None,
        }
    }

    fn note_on_null(&self) -> Option<String> {
        let surprises = matches!(
            self.operator,
            Operator::NotEquals | Operator::NotRegexMatch | Operator::NotInList | Operator::IsFalse
        );
        surprises.then(|| {
            format!(
                "{} fails without a value; add a scoping filter with `{}` IS NULL",
                self.operator, self.attribute
            )
        })
    }

    fn note_on_pattern(&self, actual: &str) -> Option<String> {
        let Some(found) = self.is_found_in(actual) else {
            return Some("the regular expression takes too many steps on this value".to_owned());
        };
        let whole = self.pattern.as_ref().and_then(|(_, whole)| whole.as_ref())?;
        let differs = found && !whole.is_found_in(actual).ok()?;
        differs.then(|| {
            "the expression matches a part of the value, not all of it, and Microsoft does not \
             say whether that is enough; write `^` and `$` to be sure"
                .to_owned()
        })
    }

    fn note_on_fragment(&self, actual: &str) -> Option<String> {
        let mut words = self.operand.split(|c: char| !c.is_alphanumeric() && !actual.contains(c));
        let is_fragment = self.operand.contains(actual) && !words.any(|word| word.trim() == actual);
        is_fragment.then(|| {
            "the value is a fragment of the list, not one of its words, and Microsoft does not \
             say whether that counts"
                .to_owned()
        })
    }

    fn note_on_near_miss(&self, actual: &str) -> Option<String> {
        let difference = if actual.trim() == self.operand.trim() {
            "a blank at an end"
        } else if actual.to_lowercase() == self.operand.to_lowercase() {
            "upper and lower case"
        } else {
            return None;
        };
        Some(format!("the value differs by {difference} alone"))
    }
}

/// The text form of a value; several values are shown one behind the other.
fn text_form(value: &SourceValue) -> Cow<'_, str> {
    match value {
        SourceValue::Text(text) => Cow::Borrowed(text),
        SourceValue::Boolean(true) => Cow::Borrowed("True"),
        SourceValue::Boolean(false) => Cow::Borrowed("False"),
        SourceValue::Number(number) => Cow::Owned(number.to_string()),
        SourceValue::List(values) => Cow::Owned(values.join("; ")),
    }
}
