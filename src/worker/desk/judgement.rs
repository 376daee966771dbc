//! What the worker says of a draft: who is in and out, and why.

use std::collections::BTreeMap;

use provisioning::configuration::{ObjectKind, ObjectMapping};

use super::Desk;
use super::census::is_lost;
use crate::draft::check::Problem;
use crate::draft::place::{Kind, Place};
use crate::worker::message::Judgement;

impl Desk {
    /// Judges the draft over the people in use.
    pub(super) fn judge(&mut self) -> Judgement {
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
                let assignment = view.population.assignment(object);
                let alone = assignment.has_default_access_alone();
                judgement.default_access_alone += usize::from(alone);
                judgement.lost += usize::from(is_lost(assignment));
                for reason in &scope.reasons {
                    *causes.entry(reason.to_string()).or_default() += 1;
                }
            }
        }
        let is_group = |id: &str| view.population.position(id) >= Some(view.directory.users.len());
        let lines = view.directory.assignments.iter();
        judgement.assigned_groups = lines.filter(|line| is_group(&line.principal_id)).count();
        judgement.causes = causes.into_iter().collect();
        judgement.causes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let configuration = &view.checked.configuration;
        for kind in Kind::ALL {
            let mapping = configuration.mapping(kind.into());
            if mapping.enabled {
                judgement.problems.extend(filter_problems(kind, mapping));
            }
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
