//! Who is in the directory, and where each of them stands.

use std::collections::BTreeMap;

use provisioning::assignment::{EffectiveAssignment, LostAssignment};
use provisioning::configuration::{ObjectKind, Scope};
use provisioning::mapping::Live;
use provisioning::population::Population;
use provisioning::scoping::InScope;
use provisioning::source::{DEFAULT_ACCESS, Directory, SourceObject, SourceValue};

use super::{Desk, View};
use crate::draft::place::Kind;
use crate::numeral::grouped;
use crate::people;
use crate::worker::message::{
    Gate, KnownAttribute, ListQuery, LiveValue, PeopleSummary, Person, Principal, Role, Shape,
    Slice,
};

/// The largest slice that is handed out at once.
const MOST_ROWS: usize = 500;

/// Counts the people, and names their attributes.
pub(super) fn summary(directory: &Directory) -> PeopleSummary {
    let users = &directory.users;
    let count = |test: fn(&SourceObject) -> bool| users.iter().filter(|user| test(user)).count();
    PeopleSummary {
        users: users.len(),
        groups: directory.groups.len(),
        guests: count(|user| user.text("userType") == Some("Guest")),
        disabled: count(|user| !user.is_enabled()),
        soft_deleted: count(|user| user.soft_deleted),
        without_mail: count(|user| user.text("mail").is_none()),
        assignments: people::assignments(directory),
        roles: directory
            .app_roles
            .iter()
            .map(|role| Role { id: role.id.clone(), name: role.display_name.clone() })
            .collect(),
        attributes: attributes(directory),
        remarks: people::remark::remarks(directory),
    }
}

/// Every attribute that anybody has a value for.
fn attributes(directory: &Directory) -> Vec<KnownAttribute> {
    let mut known = BTreeMap::new();
    for object in directory.users.iter().chain(&directory.groups) {
        for (name, value) in &object.attributes {
            let attribute = known.entry(name).or_insert_with(|| KnownAttribute {
                name: name.clone(),
                sample: sample(value),
                shape: shape(value),
                users: 0,
                groups: 0,
            });
            match object.kind {
                ObjectKind::User => attribute.users += 1,
                ObjectKind::Group => attribute.groups += 1,
            }
        }
    }
    known.into_values().collect()
}

fn shape(value: &SourceValue) -> Shape {
    match value {
        SourceValue::Text(_) => Shape::Text,
        SourceValue::Boolean(_) => Shape::Boolean,
        SourceValue::Number(_) => Shape::Number,
        SourceValue::List(_) => Shape::List,
    }
}

fn sample(value: &SourceValue) -> String {
    match value {
        SourceValue::Text(text) => text.clone(),
        SourceValue::Boolean(true) => "True".to_owned(),
        SourceValue::Boolean(false) => "False".to_owned(),
        SourceValue::Number(number) => number.to_string(),
        SourceValue::List(list) => list.join(", "),
    }
}

impl Desk {
    /// A slice of the users and groups that answer a query.
    pub(super) fn list(&mut self, query: &ListQuery) -> Slice<Principal> {
        let view = if query.or_invented { self.bench_view() } else { self.view() };
        let View { population, directory, .. } = view;
        let words: Vec<String> =
            query.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let found: Vec<&SourceObject> = directory
            .users
            .iter()
            .chain(&directory.groups)
            .filter(|object| query.kind.is_none_or(|kind| object.kind == kind.into()))
            .filter(|object| !query.only_assigned || population.assignment(object).direct)
            .filter(|object| !query.only_lost || is_lost(population.assignment(object)))
            .filter(|object| holds(object, &words))
            .collect();
        let rows = found.iter().skip(query.from).take(query.count.min(MOST_ROWS));
        Slice {
            total: found.len(),
            from: query.from,
            rows: rows.map(|object| principal(population, directory, object)).collect(),
        }
    }

    /// One object with its gates and the live value of every mapping row.
    pub(super) fn person(&mut self, id: &str) -> Option<Person> {
        let View { checked, population, directory } = self.bench_view();
        let object = population.object(population.position(id)?)?;
        let kind = Kind::from(object.kind);
        let live = population.live(object).into_iter().enumerate();
        Some(Person {
            principal: principal(population, directory, object),
            assignment: population.because_assigned(object),
            gates: population.scope(object).map(|scope| gates(&scope)).unwrap_or_default(),
            values: live
                .filter_map(|(index, live)| Some(live_value(checked.row_id(kind, index)?, live)))
                .collect(),
        })
    }
}

/// Whether every word stands in the name or the user principal name.
fn holds(object: &SourceObject, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let mut text = object.label().to_lowercase();
    text.push(' ');
    text.push_str(&object.text("userPrincipalName").unwrap_or_default().to_lowercase());
    words.iter().all(|word| text.contains(word.as_str()))
}

fn principal(population: &Population, directory: &Directory, object: &SourceObject) -> Principal {
    let scope = population.scope(object);
    let own = directory.assignments.iter().find(|line| line.principal_id == object.id);
    let detail = match Kind::from(object.kind) {
        Kind::User => object.text("userPrincipalName").unwrap_or(&object.id).to_owned(),
        Kind::Group => match object.members.len() {
            1 => "1 direct member".to_owned(),
            members => format!("{} direct members", grouped(members)),
        },
    };
    let in_scope = scope.as_ref().is_some_and(|scope| scope.in_scope);
    Principal {
        id: object.id.clone(),
        kind: object.kind.into(),
        label: object.label().to_owned(),
        detail,
        role: own.map(|line| role_name(directory, &line.app_role_id)),
        standing: standing(population, directory, object),
        is_lost: is_lost(population.assignment(object)),
        in_scope,
        reason: reason(population, object, scope.as_ref()),
    }
}

/// Whether an assignment was meant to reach an object, and none does.
pub(super) fn is_lost(assignment: &EffectiveAssignment) -> bool {
    !assignment.is_assigned() && !assignment.lost.is_empty()
}

/// The role of its own assignment, the group that reaches it, or the way on which it is lost.
fn standing(population: &Population, directory: &Directory, object: &SourceObject) -> String {
    let assignment = population.assignment(object);
    let name = |id: &String| {
        let position = population.position(id);
        let found = position.and_then(|position| population.object(position));
        found.map_or_else(|| id.clone(), |found| found.label().to_owned())
    };
    let roles = || {
        let names = assignment.roles.iter().map(|role| role_name(directory, &role.id));
        names.collect::<Vec<_>>().join(", ")
    };
    if assignment.direct {
        return roles();
    }
    match (assignment.groups.as_slice(), assignment.lost.first()) {
        ([group], _) => format!("Through {}, {}", name(group), roles()),
        ([group, more @ ..], _) => {
            format!("Through {} and {} more, {}", name(group), more.len(), roles())
        }
        ([], Some(LostAssignment::Nested(path))) => {
            format!("Lost: in {}", path.iter().map(name).collect::<Vec<_>>().join(", in "))
        }
        ([], Some(LostAssignment::NotSecurityEnabled(group))) => {
            format!("Lost: {} is not security-enabled", name(group))
        }
        ([], None) if population.configuration().scope == Scope::All => "Everybody".to_owned(),
        ([], None) => String::new(),
    }
}

fn role_name(directory: &Directory, id: &str) -> String {
    let role = directory.app_roles.iter().find(|role| role.id == id);
    match role {
        Some(role) => role.display_name.clone(),
        None if id == DEFAULT_ACCESS => "Default Access".to_owned(),
        None => id.to_owned(),
    }
}

/// Why an object is in scope, or the reasons why it is not.
fn reason(population: &Population, object: &SourceObject, scope: Option<&InScope>) -> String {
    let Some(scope) = scope else { return "the scoping filter has a problem".to_owned() };
    if scope.in_scope {
        return population
            .because_assigned(object)
            .into_iter()
            .next()
            .unwrap_or_else(|| "everybody is synchronised".to_owned());
    }
    let reasons: Vec<String> = scope.reasons.iter().map(ToString::to_string).collect();
    reasons.join("; ")
}

/// The gates in Entra's order, and every clause that was looked at.
fn gates(scope: &InScope) -> Vec<Gate> {
    let gate = |passed, yes: &str, no: &str| Gate {
        passed,
        text: if passed { yes } else { no }.to_owned(),
    };
    let mut gates = vec![
        gate(scope.active, "active in Entra ID", "disabled or deleted in Entra ID"),
        gate(
            scope.assigned,
            "passes the assignment gate",
            "does not pass the assignment gate: not assigned",
        ),
    ];
    for group in &scope.filter.groups {
        for clause in &group.clauses {
            let actual = clause.actual.as_deref().unwrap_or("no value");
            let note = clause.note.as_deref().map(|note| format!(" – {note}")).unwrap_or_default();
            gates.push(Gate {
                passed: clause.passed,
                text: format!("{}: {}; the value is {actual}{note}", group.name, clause.text),
            });
        }
    }
    if scope.filter.groups.is_empty() {
        gates.push(gate(true, "there is no scoping filter", ""));
    } else {
        let (yes, no) = ("a scoping filter is satisfied", "no scoping filter is satisfied");
        gates.push(gate(scope.filter.satisfied, yes, no));
    }
    gates
}

fn live_value(row: u32, live: Live) -> LiveValue {
    let told = |value, note: &str, failed| LiveValue {
        row,
        value,
        note: Some(note.to_owned()).filter(|note| !note.is_empty()),
        failed,
    };
    match live {
        Live::Value(value) => told(Some(value), "", false),
        Live::Default(value) => told(Some(value), "default value, sent on a create only", false),
        Live::Null => told(None, "no value: nothing is sent", false),
        Live::Ignored => told(None, "taken out of the flow: nothing is sent", false),
        Live::Fault(why) => told(None, &why, true),
    }
}
