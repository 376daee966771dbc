//! Rules about the scope: filters whose clauses decide otherwise than they read.

use std::collections::BTreeMap;

use super::{Fix, Found, Place, View, about, counted};
use crate::census::{Census, Crowd};
use crate::configuration::{ObjectKind, Scope};
use crate::scoping::{Clause, CompiledFilter, FilterGroup, FilterVerdict, Operator, ScopingFilter};
use crate::source::SourceObject;

pub(super) fn unusable(view: &View<'_>) -> Vec<Found> {
    let mut problems = view.mapping.filter.compile().err().unwrap_or_default();
    if let Some(census) = view.census() {
        let directory = census.population().directory();
        let objects = if view.is_users() { &directory.users } else { &directory.groups };
        problems.extend(view.mapping.filter.problems_over(objects));
    }
    let found = problems.into_iter().map(|problem| {
        let place = match problem.clause {
            Some(clause) => Place::Clause(problem.group, clause),
            None => Place::Filter(problem.group),
        };
        let text =
            format!("Nobody can be judged, because {}; {}.", problem.message, problem.repair);
        Found::at(place, text)
    });
    found.collect()
}

pub(super) fn without_clauses(view: &View<'_>) -> Vec<Found> {
    let groups = view.mapping.filter.groups.iter().enumerate();
    groups
        .filter(|(_, group)| group.clauses.is_empty())
        .map(|(at, group)| {
            let text = format!(
                "The scoping filter `{}` has no clause and is satisfied by everybody, whatever the \
                 others say.",
                group.name
            );
            Found::at(Place::Filter(at), text).fixing(Fix::RemoveFilter(view.kind(), at))
        })
        .collect()
}

/// Everybody of whom a clause says something remarkable.
fn clauses(
    view: &View<'_>,
    is_meant: impl Fn(&Clause) -> bool,
    is_so: impl Fn(&Judged<'_>) -> Option<String>,
    say: impl Fn(&Clause, &Crowd) -> String,
    mend: impl Fn(&FilterGroup, usize, usize) -> Option<Fix>,
) -> Vec<Found> {
    let (Some(census), Ok(filter)) = (view.census(), view.mapping.filter.compile()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (at, group) in view.mapping.filter.groups.iter().enumerate() {
        for (index, clause) in group.clauses.iter().enumerate().filter(|(_, c)| is_meant(c)) {
            let people = crowd(view, census, &filter, (at, index), clause, &is_so);
            let place = Place::Clause(at, index);
            let fix = mend(group, at, index);
            let about = about(people, place, |people| say(clause, people));
            found.extend(about.into_iter().map(|found| Found { fix: fix.clone(), ..found }));
        }
    }
    found
}

/// One clause's verdict on one object that the assignment would let pass.
struct Judged<'a> {
    object: &'a SourceObject,
    clause: &'a Clause,
    verdict: &'a FilterVerdict,
    at: (usize, usize),
}

impl Judged<'_> {
    fn actual(&self) -> Option<&str> {
        let group = self.verdict.groups.get(self.at.0)?;
        group.clauses.get(self.at.1)?.actual.as_deref()
    }

    /// Whether this clause alone keeps the object out.
    fn alone_decides(&self) -> bool {
        let group = self.verdict.groups.get(self.at.0);
        let others = group.into_iter().flat_map(|group| &group.clauses);
        let others_pass =
            others.filter(|clause| clause.clause != self.at.1).all(|clause| clause.passed);
        !self.verdict.satisfied && others_pass
    }
}

fn crowd(
    view: &View<'_>,
    census: &Census<'_>,
    filter: &CompiledFilter,
    at: (usize, usize),
    clause: &Clause,
    is_so: &impl Fn(&Judged<'_>) -> Option<String>,
) -> Crowd {
    let mut people = Crowd::default();
    for (position, object) in census.objects(view.kind()) {
        let is_assigned = view.configuration.scope == Scope::All
            || census.population().assignment(object).is_assigned();
        if !is_assigned || !object.is_enabled() || object.soft_deleted {
            continue;
        }
        let verdict = filter.judge(object);
        if let Some(detail) = is_so(&Judged { object, clause, verdict: &verdict, at }) {
            people.add(position, || detail);
        }
    }
    people
}

/// The operators that read as "all but", and fail without a value.
fn is_negative(clause: &Clause) -> bool {
    matches!(
        clause.operator,
        Operator::NotEquals | Operator::NotRegexMatch | Operator::NotInList | Operator::IsFalse
    )
}

pub(super) fn drops_empty(view: &View<'_>) -> Vec<Found> {
    let is_dropped = |judged: &Judged<'_>| {
        (judged.actual().is_none() && judged.alone_decides()).then(String::new)
    };
    let with_null = |group: &FilterGroup, _: usize, index: usize| {
        let mut clauses = group.clauses.clone();
        let clause = clauses.get_mut(index)?;
        *clause = Clause { operator: Operator::IsNull, values: Vec::new(), ..clause.clone() };
        let name = format!("{} or empty", group.name);
        Some(Fix::AddFilter(view.kind(), FilterGroup { name, clauses }))
    };
    clauses(
        view,
        is_negative,
        is_dropped,
        |clause, people| {
            let are = counted(people.count, view.kind(), "is", "are");
            format!(
                "{are} kept out by `{clause}` because `{}` is empty: a null passes nothing but IS NULL.",
                clause.attribute
            )
        },
        with_null,
    )
}

pub(super) fn near_miss(view: &View<'_>) -> Vec<Found> {
    let is_text =
        |clause: &Clause| matches!(clause.operator, Operator::Equals | Operator::NotEquals);
    let is_near = |judged: &Judged<'_>| {
        let (actual, operand) = (judged.actual()?, judged.clause.operand());
        let is_near =
            actual != operand && actual.trim().to_lowercase() == operand.trim().to_lowercase();
        is_near.then(|| format!("`{actual}`"))
    };
    clauses(
        view,
        is_text,
        is_near,
        |clause, people| {
            let have = counted(people.count, view.kind(), "has", "have");
            format!(
                "{have} a value that differs from `{}` in `{clause}` by case or a blank alone, and \
             counts as another.",
                clause.operand()
            )
        },
        |_, _, _| None,
    )
}

pub(super) fn partial_match(view: &View<'_>) -> Vec<Found> {
    let is_pattern =
        |clause: &Clause| matches!(clause.operator, Operator::RegexMatch | Operator::NotRegexMatch);
    // Each pattern is built once, not once for everybody.
    let mut readings = BTreeMap::new();
    for (at, group) in view.mapping.filter.groups.iter().enumerate() {
        for (index, clause) in group.clauses.iter().enumerate().filter(|(_, c)| is_pattern(c)) {
            let operand = clause.operand();
            let both =
                alone(clause, operand.to_owned()).zip(alone(clause, format!(r"\A(?:{operand})\z")));
            readings.insert((at, index), both);
        }
    }
    let differs = |judged: &Judged<'_>| {
        let (part, whole) = readings.get(&judged.at)?.as_ref()?;
        let differs = whole.passes(judged.object) != part.passes(judged.object);
        differs.then(|| judged.actual().map(|actual| format!("`{actual}`")).unwrap_or_default())
    };
    // The pattern that both readings take for what the preview takes it for.
    let spelled_out = |group: &FilterGroup, at: usize, index: usize| {
        let clause = group.clauses.get(index)?;
        let values = vec![format!("^.*(?:{}).*$", clause.operand())];
        let fix = Fix::ReplaceClause(view.kind(), at, index, Clause { values, ..clause.clone() });
        Some(fix)
    };
    clauses(
        view,
        is_pattern,
        differs,
        |clause, people| {
            let have = counted(people.count, view.kind(), "has", "have");
            format!(
                "{have} a value of which `{clause}` matches a part and not all; Microsoft does not say \
             which counts, and the preview takes the part."
            )
        },
        spelled_out,
    )
}

/// One clause alone, with another operand.
fn alone(clause: &Clause, operand: String) -> Option<CompiledFilter> {
    let clauses = vec![Clause { values: vec![operand], ..clause.clone() }];
    let group = FilterGroup { name: String::new(), clauses };
    ScopingFilter { groups: vec![group] }.compile().ok()
}

pub(super) fn fragment(view: &View<'_>) -> Vec<Found> {
    let is_list =
        |clause: &Clause| matches!(clause.operator, Operator::InList | Operator::NotInList);
    let is_fragment = |judged: &Judged<'_>| {
        let (actual, operand) = (judged.actual()?, judged.clause.operand());
        let mut items = operand.split([',', ';', '|']);
        let is_item = items.any(|item| item.trim() == actual);
        (operand.contains(actual) && !is_item).then(|| format!("`{actual}`"))
    };
    clauses(
        view,
        is_list,
        is_fragment,
        |clause, people| {
            let have = counted(people.count, view.kind(), "has", "have");
            format!(
                "{have} a value that is a piece of the list in `{clause}` and none of its items; \
             Microsoft does not say whether that counts, and the preview counts it."
            )
        },
        |_, _, _| None,
    )
}

pub(super) fn everybody(view: &View<'_>) -> Vec<Found> {
    let is_open = view.configuration.scope == Scope::All && view.mapping.filter.groups.is_empty();
    if !is_open || !view.is_users() {
        return Vec::new();
    }
    let text = "Everybody in the tenant is in scope, guests and service accounts included.";
    vec![Found::at(Place::Settings, text).fixing(Fix::Scope(Scope::Assigned))]
}

pub(super) fn nobody(view: &View<'_>) -> Vec<Found> {
    let Some(census) = view.census().filter(|_| view.is_users()) else { return Vec::new() };
    let users = census.population().directory().users.len();
    if users == 0 || census.kind(ObjectKind::User).in_scope > 0 {
        return Vec::new();
    }
    let text = format!("None of the {users} users is in scope, so nobody is provisioned.");
    vec![Found::at(Place::Settings, text)]
}
