//! What is wrong with a filter, as far as it can be seen while it is typed.

use super::{Arity, Clause, Operator, ScopingFilter};

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
const UNSUPPORTED: [(&str, &str); 9] = [
    ("appRoleAssignments", "assign the application to the group that has the role"),
    ("userType", "compare `userPrincipalName` with `#EXT#` to find guests"),
    ("manager", "filter on `department` or another text instead"),
    ("members", "a filter sees no memberships; assign the group instead"),
    ("employeeHireDate", "copy the date to an extension attribute as text"),
    ("employeeLeaveDateTime", "copy the date to an extension attribute as text"),
    ("accountExpires", "copy the date to an extension attribute as text"),
    ("proxyAddresses", "filter on `mail`, which has one value"),
    ("otherMails", "filter on `mail`, which has one value"),
];

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
