//! What the worker says of a draft: who is in and out, why, and what to remark.

use std::collections::{BTreeMap, BTreeSet};

use provisioning::configuration::{ObjectKind, ObjectMapping};
use provisioning::review;

use super::Desk;
use crate::draft::check::Problem;
use crate::draft::place::{Kind, Place};
use crate::worker::message::{Advice, Judgement};

/// So many people are reviewed at every edit; of more, the configuration alone, because a review of
/// 100,000 takes seconds.
const MOST_REVIEWED: usize = 5_000;

impl Desk {
    /// Judges the draft over the people in use.
    pub(super) fn judge(&mut self) -> Judgement {
        let has_application = self.draft.application.is_some();
        let view = self.view();
        let mut judgement = Judgement::default();
        let mut causes: BTreeMap<String, usize> = BTreeMap::new();
        let objects = view.directory.users.iter().chain(&view.directory.groups);
        for object in objects {
            let Some(scope) = view.population.scope(object) else { continue };
            let (inside, outside) = match object.kind {
                ObjectKind::User => (&mut judgement.users_in, &mut judgement.users_out),
                ObjectKind::Group => (&mut judgement.groups_in, &mut judgement.groups_out),
            };
            *(if scope.in_scope { inside } else { outside }) += 1;
            if object.kind == ObjectKind::User {
                judgement.assigned += usize::from(scope.assigned);
                for reason in &scope.reasons {
                    *causes.entry(reason.to_string()).or_default() += 1;
                }
            }
        }
        judgement.causes = causes.into_iter().collect();
        judgement.causes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let configuration = &view.checked.configuration;
        for kind in Kind::ALL {
            let mapping = configuration.mapping(kind.into());
            if mapping.enabled {
                judgement.problems.extend(filter_problems(kind, mapping));
            }
        }
        if has_application {
            let advice = match view.population.len() {
                ..=MOST_REVIEWED => review::review_population(&view.population, &BTreeSet::new()),
                _ => review::review(configuration),
            };
            judgement.advice = advice
                .into_iter()
                .map(|advice| told(advice, |kind, row| view.checked.row_id(kind, row)))
                .collect();
        }
        judgement
    }
}

/// Problems of a filter that only building its regular expressions brings to light.
fn filter_problems(kind: Kind, mapping: &ObjectMapping) -> Vec<Problem> {
    let seen = mapping.filter.problems();
    let Err(problems) = mapping.filter.compile() else { return Vec::new() };
    problems
        .into_iter()
        .filter(|problem| !seen.contains(problem))
        .map(|problem| Problem {
            place: match problem.clause {
                Some(clause) => Place::Clause(kind, problem.group, clause),
                None => Place::FilterTitle(kind, problem.group),
            },
            message: problem.message,
            repair: problem.repair,
        })
        .collect()
}

fn told(advice: review::Advice, row_id: impl Fn(Kind, usize) -> Option<u32>) -> Advice {
    let kind = Kind::from(advice.kind);
    Advice {
        id: advice.id.to_owned(),
        kind,
        row: advice.place.row().and_then(|row| row_id(kind, row)),
        text: advice.text,
        people: named(&advice.people),
        repair: advice.repair.to_owned(),
        source: format!("{} ({})", advice.source, advice.date),
    }
}

/// The first few people, with what is the matter with each, and how many more there are.
fn named(people: &review::People) -> String {
    let name = |person: &review::Concerned| match person.detail.as_str() {
        "" => person.label.clone(),
        detail => format!("{} ({detail})", person.label),
    };
    let mut names: Vec<String> = people.first.iter().map(name).collect();
    let more = people.count.saturating_sub(names.len());
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_named_as_far_as_they_are_few() {
        let person = |label: &str, detail: &str| review::Concerned {
            source_id: String::new(),
            label: label.to_owned(),
            detail: detail.to_owned(),
        };
        let first = vec![person("Ana", ""), person("Bo", "`o'bo`")];
        assert_eq!(named(&review::People { count: 2, first: first.clone() }), "Ana, Bo (`o'bo`)");
        assert_eq!(named(&review::People { count: 9, first }), "Ana, Bo (`o'bo`), 7 more");
        assert_eq!(named(&review::People::default()), "");
    }
}
