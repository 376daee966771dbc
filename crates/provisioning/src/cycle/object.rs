//! One object's way through import, scope, match and plan.

use scim::answer;
use scim::resource::Resource;

use super::step::{Known, Outcome, OutcomeState};
use super::traffic::Errand;
use super::{Cycle, trouble};
use crate::configuration::ObjectKind;
use crate::mapping::is_reference;
use crate::matching::{self, Match, Query};
use crate::planning::compare::{current_value, reference_id};
use crate::planning::{Action, ErrorCode, plan};
use crate::report::{Exchanged, Purpose};
use crate::scoping::{InScope, Reason};
use crate::source::SourceObject;

/// What the cycle knows of one object of the directory.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// How far the gates let it pass; nothing before it was looked at.
    pub(super) gates: Option<Gates>,
    /// At least one matching attribute has a value.
    pub(super) has_matching_value: bool,
    /// The application knows it.
    pub(super) is_matched: bool,
    /// The job goes on managing it after the cycle.
    pub(super) is_managed: bool,
    /// The application's id.
    pub(super) target_id: Option<String>,
    /// References that the application holds: row, and id of the object pointed to.
    pub(super) held: Vec<(usize, String)>,
    /// Questions that have not been asked yet, the current one first.
    questions: Vec<Query>,
    /// Writes that follow the one that is out.
    pub(super) writes: Vec<http::Request<Vec<u8>>>,
    /// Why a reference of it could not be written.
    pub(super) reference_failure: Option<ErrorCode>,
    /// Index of its verdict.
    pub(super) outcome: Option<usize>,
    /// What was sent for it.
    pub(super) exchanges: Vec<Exchanged>,
}

/// The gates that an object passes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gates {
    pub(super) assigned: bool,
    pub(super) active: bool,
    pub(super) in_scope: bool,
    /// In scope, or out of it only because the sign-in is blocked: the job keeps the link.
    pub(super) keeps_link: bool,
}

impl Record {
    pub(super) fn in_scope(&self) -> bool {
        self.gates.is_some_and(|gates| gates.in_scope)
    }
}

impl Cycle {
    /// Import and scope; the first question to the application, or the verdict.
    pub(super) fn begin(&mut self, position: usize) {
        let Some(object) = self.population.object(position) else { return };
        let Some(scope) = self.population.scope(object) else { return };
        let kind = object.kind;
        let mapper = self.population.mapper(kind);
        let desired = self.population.desired(object, scope.is_soft_deleted());
        let questions = matching::queries(mapper, &desired);
        let link = self.link_of(object);
        let without_value = questions.is_empty().then(|| plan::without_matching_value(mapper));
        let is_purged = self.is_purged(object);
        let is_wanted = scope.in_scope || self.known == Known::Linked || link.is_some();
        let Some(record) = self.records.get_mut(position) else { return };
        record.gates = Some(gates(&scope));
        record.has_matching_value = !questions.is_empty();
        if is_purged {
            record.target_id.clone_from(&link);
            let action = plan::purged(mapper, link.as_deref().unwrap_or_default());
            self.conclude(position, action);
        } else if let Some(id) = link {
            let read = self.reader.object(kind, &id);
            record.target_id = Some(id);
            self.traffic.ask(Errand::Read(position), read);
        } else if let Some(skip) = without_value {
            self.conclude(position, skip);
        } else if is_wanted {
            record.questions = questions;
            self.ask(position);
        } else {
            self.conclude(position, plan::outside(&scope));
        }
    }

    /// The link that an earlier cycle stored for an object.
    fn link_of(&self, object: &SourceObject) -> Option<String> {
        match &self.known {
            Known::Links(links) => links.get(&object.id).cloned(),
            Known::FirstRun | Known::Linked => None,
        }
    }

    /// Asks the current question of an object.
    fn ask(&mut self, position: usize) {
        let Some(object) = self.population.object(position) else { return };
        let Some(record) = self.records.get(position) else { return };
        if let Some(question) = record.questions.first() {
            let read = self.reader.lookup(object.kind, question);
            self.traffic.ask(Errand::Match(position), read);
        }
    }

    /// The answer to a matching question decides, or the next question is asked.
    pub(super) fn on_match(&mut self, position: usize, response: &http::Response<Vec<u8>>) {
        let list = match answer::list(response) {
            Ok(list) => list,
            Err(error) => {
                let trouble = trouble::of_answer(Purpose::Match, &error);
                return self.trouble(&Errand::Match(position), trouble);
            }
        };
        let Some(kind) = self.population.object(position).map(|object| object.kind) else { return };
        let Some(record) = self.records.get_mut(position) else { return };
        if record.questions.is_empty() {
            return;
        }
        let question = record.questions.remove(0);
        match matching::judge(kind, &question, list, self.honours_filters) {
            Match::Nobody if !record.questions.is_empty() => self.ask(position),
            Match::Nobody => self.unknown_to_application(position),
            Match::One(current) => {
                record.questions.clear();
                self.matched(position, Some(&question), &current);
            }
            other => {
                record.questions.clear();
                let action = self.unusable(other, &question);
                self.conclude(position, action);
            }
        }
    }

    /// The answer to reading a linked object.
    pub(super) fn on_read(&mut self, position: usize, response: &http::Response<Vec<u8>>) {
        let Some(kind) = self.population.object(position).map(|object| object.kind) else { return };
        match answer::resource(response) {
            Err(error) => {
                let trouble = trouble::of_answer(Purpose::Read, &error);
                self.trouble(&Errand::Read(position), trouble);
            }
            Ok(current) if matching::has_members(kind, &current) => {
                self.conclude(position, members_returned());
            }
            Ok(current) => self.matched(position, None, &current),
        }
    }

    /// An answer to a matching question that names nobody for certain.
    fn unusable(&mut self, answer: Match, question: &Query) -> Action {
        match answer {
            Match::Several(candidates) => Action::Conflict {
                code: ErrorCode::DuplicateTargetEntries,
                text: format!(
                    "{} objects of the application have `{}` in `{}`; remove the duplicates or \
                     match by another attribute.",
                    candidates.len(),
                    question.value,
                    question.path
                ),
                candidates,
            },
            Match::FilterIgnored { returned, example } => {
                self.find(
                    "filter-ignored",
                    "The application answers searches with objects that were not asked for."
                        .to_owned(),
                );
                filter_ignored(question, returned, example.as_deref())
            }
            Match::ComparedLoosely { example } => {
                self.find(
                    "compared-loosely",
                    "The application answers a search by `eq` with values that differ.".to_owned(),
                );
                compared_loosely(question, &example)
            }
            Match::MembersReturned => members_returned(),
            Match::Unreadable(text) => Action::Error {
                code: ErrorCode::SystemForCrossDomainIdentityManagementServiceIncompatible,
                text: format!("The answer cannot be used: {text}."),
            },
            Match::Nobody | Match::One(_) => Action::Error {
                code: ErrorCode::InternalError,
                text: "The match was already decided.".to_owned(),
            },
        }
    }

    /// Nobody matches: to be created, in conflict with a namesake, or none of the job's business.
    fn unknown_to_application(&mut self, position: usize) {
        let Some(object) = self.population.object(position) else { return };
        let Some(scope) = self.population.scope(object) else { return };
        let mapper = self.population.mapper(object.kind);
        let action = match scope.in_scope {
            false => plan::outside(&scope),
            true => {
                let desired = self.population.desired(object, false);
                let questions = matching::queries(mapper, &desired);
                match questions.iter().find_map(|question| self.rivals(position, question)) {
                    Some(conflict) => conflict,
                    None => plan::arriving(mapper, &desired),
                }
            }
        };
        self.conclude(position, action);
    }

    /// The application knows the object as `current`.
    fn matched(&mut self, position: usize, question: Option<&Query>, current: &Resource) {
        let (Some(object), Some(id)) = (self.population.object(position), current.id()) else {
            return;
        };
        let Some(scope) = self.population.scope(object) else { return };
        let (kind, mapper) = (object.kind, self.population.mapper(object.kind));
        let desired = self.population.desired(object, scope.is_soft_deleted());
        let configuration = self.population.configuration();
        let action = match scope.in_scope {
            true => plan::staying(mapper, &desired, current, id),
            false => plan::leaving(configuration, mapper, &desired, current, id),
        };
        let held = mapper
            .places()
            .filter(|(_, row, _)| kind == ObjectKind::User && is_reference(&row.target))
            .filter_map(|(row, _, place)| {
                Some((row, reference_id(&current_value(current, place)?)?))
            })
            .collect();
        let first = mapper.mapping().matching().first().map(|row| row.target.path.clone());
        let rival = question
            .filter(|question| scope.in_scope && Some(&question.path) == first.as_ref())
            .and_then(|question| self.rivals(position, question));
        if let Some(record) = self.records.get_mut(position) {
            record.is_matched = true;
            record.held = held;
            record.target_id = Some(id.to_owned());
        }
        match rival.or_else(|| self.claim(position, kind, id)) {
            Some(instead) => self.conclude(position, instead),
            None => self.conclude(position, action),
        }
    }

    /// Writes the verdict down, and performs it where the cycle may write.
    pub(super) fn conclude(&mut self, position: usize, action: Action) {
        let Some(object) = self.population.object(position) else { return };
        let Some(record) = self.records.get_mut(position) else { return };
        let outcome = Outcome {
            source_id: object.id.clone(),
            kind: object.kind,
            label: object.label().to_owned(),
            target_id: record.target_id.clone(),
            in_scope: record.in_scope(),
            action,
            state: OutcomeState::Planned,
        };
        // Whoever cannot be told from somebody else is not taken for the owner of an account.
        let is_distinct = !matches!(outcome.action, Action::Conflict { .. });
        let keeps_link = record.gates.is_some_and(|gates| gates.keeps_link);
        record.is_managed = record.is_matched && keeps_link && is_distinct;
        match record.outcome.and_then(|at| self.outcomes.get_mut(at)) {
            Some(earlier) => *earlier = outcome,
            None => {
                record.outcome = Some(self.outcomes.len());
                self.outcomes.push(outcome);
                self.done += 1;
            }
        }
        self.perform(position);
    }
}

fn gates(scope: &InScope) -> Gates {
    let is_blocked = |reason: &Reason| matches!(reason, Reason::Disabled | Reason::SoftDeleted);
    Gates {
        assigned: scope.assigned,
        active: scope.active,
        in_scope: scope.in_scope,
        keeps_link: scope.reasons.iter().all(is_blocked),
    }
}

fn filter_ignored(question: &Query, returned: usize, example: Option<&str>) -> Action {
    let example = example.map(|value| format!(", one with `{value}`")).unwrap_or_default();
    let text = format!(
        "The application was asked for `{}` in `{}` and returned {returned} object(s){example}: it \
         does not honour the filter, so nobody can be matched safely.",
        question.value, question.path
    );
    let code = ErrorCode::SystemForCrossDomainIdentityManagementServiceIncompatible;
    Action::Error { code, text }
}

fn compared_loosely(question: &Query, example: &str) -> Action {
    let text = format!(
        "The application was asked for `{}` in `{}` and returned an object with `{example}`: it \
         compares more loosely than `eq` does, so Entra would link an account that is not meant. \
         Match by another attribute, or clear \"exact case\" where letter case alone differs.",
        question.value, question.path
    );
    let code = ErrorCode::SystemForCrossDomainIdentityManagementServiceIncompatible;
    Action::Error { code, text }
}

fn members_returned() -> Action {
    let text = "The application returns the members of a group although they were excluded with \
                excludedAttributes=members."
        .to_owned();
    let code = ErrorCode::SystemForCrossDomainIdentityManagementMultipleEntriesInResponse;
    Action::Error { code, text }
}
