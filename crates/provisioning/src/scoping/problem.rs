//! What is wrong with a filter, as far as it can be seen while it is typed.

use super::{Arity, Clause, Operator, ScopingFilter};
use crate::expression::infer::ValueKind;
use crate::source::{SourceObject, SourceValue};

/// Something wrong with a clause or a group, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseProblem {
    /// Index of the group.
    pub group: usize,
    /// Index of the clause in its group; none where the group itself is meant.
    pub clause: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub repair: String,
}

/// Attributes that no filter can compare: they are references, lists, or dates.
const UNSUPPORTED: [(&str, &str); 12] = [
    ("appRoleAssignments", "assign the application to the group that has the role"),
    ("userType", "look for `#EXT#` in `originalUserPrincipalName` to find guests"),
    ("manager", "filter on `department` or another text instead"),
    ("members", "a filter sees no memberships; assign the group instead"),
    ("employeeHireDate", "copy the date to an extension attribute as text"),
    ("employeeLeaveDateTime", "copy the date to an extension attribute as text"),
    ("accountExpires", "copy the date to an extension attribute as text"),
    ("employeeTerminationDate", "copy the date to an extension attribute as text"),
    ("createdDateTime", "copy the date to an extension attribute as text"),
    ("deletedDateTime", "copy the date to an extension attribute as text"),
    ("proxyAddresses", "filter on `mail`, which has one value"),
    ("otherMails", "filter on `mail`, which has one value"),
];

impl ClauseProblem {
    /// Its place as a person counts: `scoping filter 1, clause 2`.
    pub fn place(&self) -> String {
        let group = self.group + 1;
        match self.clause {
            Some(clause) => format!("scoping filter {group}, clause {}", clause + 1),
            None => format!("scoping filter {group}"),
        }
    }
}

/// Comparisons that the attributes of these objects do not have. An attribute is judged by its
/// values: of the first object that has one for most types, of any for lists.
pub(super) fn problems_over(
    filter: &ScopingFilter,
    objects: &[SourceObject],
) -> Vec<ClauseProblem> {
    problems_by(filter, &|attribute| kind_of(attribute, objects))
}

/// The same where the caller knows what an attribute holds.
pub(crate) fn problems_by(
    filter: &ScopingFilter,
    kind_of: &dyn Fn(&str) -> Option<ValueKind>,
) -> Vec<ClauseProblem> {
    let mut problems = Vec::new();
    for (group, filter_group) in filter.groups.iter().enumerate() {
        for (index, clause) in filter_group.clauses.iter().enumerate() {
            let Some(kind) = kind_of(clause.attribute.trim()) else { continue };
            if clause.operator.applies_to(kind) {
                continue;
            }
            let (message, repair) = mismatch(clause, kind);
            problems.push(ClauseProblem { group, clause: Some(index), message, repair });
        }
    }
    problems
}

/// What an attribute holds; nothing where nobody has a value.
pub(crate) fn kind_of(attribute: &str, objects: &[SourceObject]) -> Option<ValueKind> {
    let mut values = objects.iter().filter_map(|object| object.get(attribute));
    let first = values.next()?;
    let is_list = |value: &SourceValue| matches!(value, SourceValue::List(_));
    if is_list(first) || values.any(is_list) {
        return Some(ValueKind::List);
    }
    Some(match first {
        SourceValue::Boolean(_) => ValueKind::Boolean,
        SourceValue::Number(_) => ValueKind::Number,
        SourceValue::Text(_) | SourceValue::List(_) => ValueKind::Text,
    })
}

fn mismatch(clause: &Clause, kind: ValueKind) -> (String, String) {
    let (attribute, operator) = (clause.attribute.trim(), clause.operator);
    match kind {
        ValueKind::Boolean => owned(
            &format!("`{attribute}` is true or false, and {operator} cannot compare that"),
            "choose IS TRUE or IS FALSE",
        ),
        ValueKind::Number => owned(
            &format!("`{attribute}` is a number, and {operator} cannot compare that"),
            "choose EQUALS, Greater_Than or REGEX MATCH",
        ),
        _ => owned(
            &format!("`{attribute}` has several values, which scoping filters do not support"),
            "filter on an attribute that has one value, or assign a group instead",
        ),
    }
}

/// All problems of a filter that need no regular expression engine.
pub(super) fn problems(filter: &ScopingFilter) -> Vec<ClauseProblem> {
    let clauses = filter.groups.iter().enumerate().flat_map(|(group, filter_group)| {
        filter_group.clauses.iter().enumerate().map(move |(index, clause)| (group, index, clause))
    });
    clauses
        .filter_map(|(group, index, clause)| {
            let (message, repair) = problem(clause)?;
            Some(ClauseProblem { group, clause: Some(index), message, repair })
        })
        .collect()
}

fn problem(clause: &Clause) -> Option<(String, String)> {
    let attribute = clause.attribute.trim();
    if attribute.is_empty() {
        return Some(owned("the clause names no attribute", "choose a source attribute"));
    }
    let unsupported = UNSUPPORTED.iter().find(|(name, _)| name.eq_ignore_ascii_case(attribute));
    if let Some((name, repair)) = unsupported {
        return Some(owned(&format!("`{name}` cannot be used in a scoping filter"), repair));
    }
    match (clause.operator.arity(), clause.values.as_slice()) {
        (Arity::Unary, values) if values.iter().any(|value| !value.is_empty()) => Some(owned(
            &format!("{} compares with nothing", clause.operator),
            "remove the value, or choose another operator",
        )),
        (Arity::Unary, _) => None,
        (Arity::Binary, [value]) if !value.is_empty() => operand_problem(clause.operator, value),
        (Arity::Binary, [] | [_]) => Some(owned(
            &format!("{} needs a value to compare with", clause.operator),
            "enter a value, or choose IS NULL or IS NOT NULL",
        )),
        (Arity::Binary, _) => Some(owned(
            &format!("{} compares with one value", clause.operator),
            "add another scoping filter for each further value",
        )),
    }
}

fn operand_problem(operator: Operator, operand: &str) -> Option<(String, String)> {
    let wants_number = matches!(operator, Operator::GreaterThan | Operator::GreaterThanOrEquals);
    if !wants_number || whole_number(operand).is_some() {
        return None;
    }
    Some(owned(
        &format!("{operator} compares whole numbers, and `{operand}` is none"),
        "enter a number such as 0 or 10",
    ))
}

fn owned(message: &str, repair: &str) -> (String, String) {
    (message.to_owned(), repair.to_owned())
}

/// A whole number from 0 on, written with digits alone.
pub(super) fn whole_number(text: &str) -> Option<u64> {
    text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
