//! One object's report, told from its verdict, its exchanges and the same functions that decided.

use scim::answer;
use scim::resource::Resource;
use serde_json::{Value, json};

use super::Cycle;
use super::object::Record;
use super::reference::{MEMBERS_ON_DEMAND, Pointer};
use super::step::{Outcome, OutcomeState};
use crate::configuration::ObjectKind;
use crate::mapping::empty::{EmptyValue, Target};
use crate::mapping::{
    Mapper, Yield, flows_on_update, is_reference, source_text, takes_first_of_several,
};
use crate::matching;
use crate::planning::compare::current_value;
use crate::planning::{Action, ActionKind, plan};
use crate::report::{
    Answered, AttributeRow, Exchanged, Purpose, Report, ReportStep, StepKind, StepStatus,
};
use crate::scoping::InScope;
use crate::source::SourceObject;

impl Cycle {
    /// The five steps of one object; nothing where it is unknown or has not been looked at.
    pub fn report(&self, source_id: &str) -> Option<Report> {
        let position = self.population.position(source_id)?;
        let object = self.population.object(position)?;
        let record = self.records.get(position)?;
        let mut steps: Vec<ReportStep> = self.connection_step().into_iter().collect();
        if let Some(outcome) = record.outcome.and_then(|at| self.outcomes.get(at)) {
            let scope = self.population.scope(object)?;
            steps.push(self.import_step(object, record, &scope));
            steps.push(self.scope_step(object, &scope));
            steps.push(self.match_step(object, record, outcome, &scope));
            steps.push(self.action_step(position, object, record, outcome, &scope));
        } else if self.failure.is_none() {
            return None;
        }
        Some(Report {
            source_id: object.id.clone(),
            kind: object.kind,
            label: object.label().to_owned(),
            steps,
            exchanges: record.exchanges.clone(),
        })
    }

    /// The probe that began the cycle. The portal shows this step only when it failed; here it is
    /// the first of the five either way, and says so.
    fn connection_step(&self) -> Option<ReportStep> {
        if let Some(failure) = &self.failure {
            let sentences = vec![format!("{}: {}", failure.code, failure.text)];
            return Some(step(StepKind::TestConnection, StepStatus::Failure, sentences));
        }
        self.connection.as_ref()?;
        let sentences = vec![
            "The application answered the question for a value that nobody has.".to_owned(),
            "The portal shows this step only when it fails.".to_owned(),
        ];
        Some(step(StepKind::TestConnection, StepStatus::Success, sentences))
    }

    fn import_step(&self, object: &SourceObject, record: &Record, scope: &InScope) -> ReportStep {
        let mapper = self.population.mapper(object.kind);
        let desired = self.population.desired(object, scope.is_soft_deleted());
        let mut sentences =
            vec![format!("{} attributes were read from the directory.", object.attributes.len())];
        for question in matching::queries(mapper, &desired) {
            sentences
                .push(format!("Matching value: `{}` for `{}`.", question.value, question.path));
            if let Some(character) = matching::special_character(&question.value) {
                sentences.push(format!(
                    "`{}` holds the character `{character}`; special characters in matching values \
                     are known to break the search in some applications.",
                    question.value
                ));
            }
        }
        if self.agenda.is_on_demand() {
            sentences.extend(on_demand_limits(self.population.mapper(object.kind), scope));
        }
        if record.has_matching_value {
            return step(StepKind::Import, StepStatus::Success, sentences);
        }
        sentences.extend(plan::without_matching_value(mapper).text().map(str::to_owned));
        step(StepKind::Import, StepStatus::Skipped, sentences)
    }

    /// The gates one by one, through what the object is assigned, and the clauses that decided.
    fn scope_step(&self, object: &SourceObject, scope: &InScope) -> ReportStep {
        let says = |gate: bool| if gate { "true" } else { "false" };
        let mut sentences = vec![
            format!("IsActive: {}.", says(scope.active)),
            format!("Assigned to the application: {}.", says(scope.assigned)),
            format!("IsEffectivelyEntitledForProvisioning: {}.", says(scope.entitled)),
            format!("IsInProvisioningScope: {}.", says(scope.filter.satisfied)),
        ];
        let assigned = self.population.because_assigned(object).into_iter();
        sentences.extend(assigned.map(|reason| format!("{}: {reason}.", object.label())));
        let decided = scope.filter.because().into_iter();
        sentences.extend(decided.map(|reason| format!("Scoping filter {reason}.")));
        let clauses = scope.filter.groups.iter().flat_map(|group| &group.clauses);
        sentences.extend(clauses.filter_map(|clause| clause.note.clone()));
        if scope.in_scope {
            return step(StepKind::Scope, StepStatus::Success, sentences);
        }
        sentences.push(plan::reasons(scope));
        step(StepKind::Scope, StepStatus::Skipped, sentences)
    }

    fn match_step(
        &self,
        object: &SourceObject,
        record: &Record,
        outcome: &Outcome,
        scope: &InScope,
    ) -> ReportStep {
        let asked = record.exchanges.iter().any(|each| each.purpose == Purpose::Match);
        let failed = matches!(outcome.action, Action::Conflict { .. } | Action::Error { .. });
        let (status, sentence) = match (&outcome.target_id, &outcome.action) {
            (_, action) if failed && !record.is_matched && action.kind() != ActionKind::Create => {
                (StepStatus::Failure, action.text().unwrap_or_default().to_owned())
            }
            (Some(id), _) if record.is_matched => {
                (StepStatus::Success, self.matched_by(object, record, id, scope))
            }
            _ if asked => (
                StepStatus::Success,
                "The application knows nobody with these matching values.".to_owned(),
            ),
            _ => (StepStatus::Skipped, "The application was not asked.".to_owned()),
        };
        step(StepKind::Match, status, vec![sentence])
    }

    fn matched_by(
        &self,
        object: &SourceObject,
        record: &Record,
        id: &str,
        scope: &InScope,
    ) -> String {
        let desired = self.population.desired(object, scope.is_soft_deleted());
        let questions = matching::queries(self.population.mapper(object.kind), &desired);
        let asked = record.exchanges.iter().filter(|each| each.purpose == Purpose::Match).count();
        match asked.checked_sub(1).and_then(|last| questions.get(last)) {
            Some(question) => {
                format!("Found `{id}` by `{}` equal to `{}`.", question.path, question.value)
            }
            None => format!("Linked to `{id}` by an earlier cycle."),
        }
    }

    fn action_step(
        &self,
        position: usize,
        object: &SourceObject,
        record: &Record,
        outcome: &Outcome,
        scope: &InScope,
    ) -> ReportStep {
        let status = match outcome.action.kind() {
            ActionKind::Skip => StepStatus::Skipped,
            ActionKind::Conflict | ActionKind::Error => StepStatus::Failure,
            _ => StepStatus::Success,
        };
        let mut sentences = vec![match outcome.action.text() {
            Some(text) => format!("{}: {text}", outcome.action),
            None => format!("{} {}.", outcome.action, tense(outcome.state)),
        }];
        sentences.extend(self.reference_sentences(position, object, outcome));
        let mut built = step(StepKind::Action, status, sentences);
        if scope.in_scope || outcome.action.writes() {
            built.attributes = self.attribute_rows(position, object, record, outcome, scope);
        }
        built
    }

    /// What is to be said about managers and members of an object that is provisioned.
    fn reference_sentences(
        &self,
        position: usize,
        object: &SourceObject,
        outcome: &Outcome,
    ) -> Vec<String> {
        let is_subject =
            outcome.action.writes() || self.records.get(position).is_some_and(|r| r.is_matched);
        if !outcome.in_scope || !is_subject {
            return Vec::new();
        }
        let mut sentences = Vec::new();
        if self.agenda.is_on_demand() && object.members.len() > MEMBERS_ON_DEMAND {
            sentences.push(format!(
                "Provision on demand takes {MEMBERS_ON_DEMAND} of the {} members; a cycle takes all.",
                object.members.len()
            ));
        }
        for (row, mapping) in self.population.mapper(object.kind).rows() {
            if !is_reference(&mapping.target) {
                continue;
            }
            let pointers = self.pointers(position, row);
            let sent = pointers.iter().filter(|pointer| pointer.id().is_some()).count();
            if sent > 0 {
                sentences.push(format!(
                    "`{}`: {sent} reference(s) in a second pass; Entra first asks for each one \
                     whether it is set already.",
                    mapping.target.path
                ));
            }
            sentences.extend(pointers.into_iter().filter_map(|pointer| match pointer {
                Pointer::Dropped(label, why) => Some(format!(
                    "`{}`: no reference to {label}, who {why}; it is not added later either, until \
                     provisioning is restarted.",
                    mapping.target.path
                )),
                _ => None,
            }));
        }
        sentences
    }

    /// The portal's table: every row, with what it yields and what it changes.
    fn attribute_rows(
        &self,
        position: usize,
        object: &SourceObject,
        record: &Record,
        outcome: &Outcome,
        scope: &InScope,
    ) -> Vec<AttributeRow> {
        let mapper = self.population.mapper(object.kind);
        let desired = self.population.desired(object, scope.is_soft_deleted());
        let current = current(record);
        let is_create = outcome.action.kind() == ActionKind::Create;
        let rows = mapper.places().zip(&desired.rows);
        rows.map(|((row, mapping, place), yielded)| {
            let change = outcome.action.changes().iter().find(|change| change.row == row);
            let is_reference = is_reference(&mapping.target);
            let reference = is_reference
                .then(|| reference_value(object.kind, &self.pointers(position, row)))
                .flatten();
            let source = reference.or_else(|| yielded.on_create().cloned());
            let held = current.as_ref().and_then(|current| current_value(current, place));
            let original = change.and_then(|change| change.before.clone()).or(held);
            let target = match (is_create, &original) {
                (true, _) => Target::New,
                (false, Some(_)) => Target::Filled,
                (false, None) => Target::Empty,
            };
            let empty = EmptyValue::of(mapping, yielded, target).filter(|_| !is_reference);
            AttributeRow {
                row,
                target: mapping.target.path.to_string(),
                expression: source_text(&mapping.source),
                modified: match (change, is_create) {
                    (Some(change), _) => Some(change.after.clone()),
                    (None, true) => source.clone(),
                    (None, false) => None,
                },
                note: match (empty, yielded) {
                    _ if is_reference => Some(SECOND_PASS.to_owned()),
                    (Some(empty), _) => Some(empty.to_string()),
                    (None, Yield::Fault(text)) => Some(text.clone()),
                    _ if !is_create && !flows_on_update(mapping) => {
                        Some(EmptyValue::CreationIsOver.to_string())
                    }
                    _ => takes_first_of_several(object, mapping).then(|| FIRST.to_owned()),
                },
                empty,
                original,
                source,
            }
        })
        .collect()
    }
}

fn step(kind: StepKind, status: StepStatus, sentences: Vec<String>) -> ReportStep {
    ReportStep { step: kind, status, sentences, attributes: Vec::new() }
}

/// What provision on demand cannot do although a cycle can.
fn on_demand_limits(mapper: &Mapper, scope: &InScope) -> Vec<String> {
    let mut sentences = Vec::new();
    if !scope.active {
        sentences.push(
            "The portal's provision on demand does not find whoever is disabled or deleted; a \
             cycle judges them as shown here."
                .to_owned(),
        );
    }
    if mapper.rows().any(|(row, _)| mapper.role_form(row).is_some()) {
        sentences.push(
            "The portal's provision on demand does not support roles; a cycle sends them."
                .to_owned(),
        );
    }
    sentences
}

fn tense(state: OutcomeState) -> &'static str {
    match state {
        OutcomeState::Planned => "is planned",
        OutcomeState::Written => "was confirmed by the application",
        OutcomeState::HeldBack => "is held back: more leavers than the threshold allows",
    }
}

/// What the application returned for the object, as its exchanges hold it.
pub(super) fn current(record: &Record) -> Option<Resource> {
    let is_reading = |each: &&Exchanged| matches!(each.purpose, Purpose::Match | Purpose::Read);
    let exchanged = record.exchanges.iter().rev().find(is_reading)?;
    let Answered::Response { status: 200, body } = &exchanged.answer else { return None };
    let response = http::Response::new(body.clone());
    match exchanged.purpose {
        Purpose::Read => answer::resource(&response).ok(),
        _ => {
            let list = answer::list(&response).ok()?;
            list.resources.into_iter().find(|found| found.id() == record.target_id.as_deref())
        }
    }
}

/// The same with the members of a group, which are read apart.
pub(super) fn current_with_members(record: &Record) -> Option<Resource> {
    let mut resource = current(record)?;
    let mut read = record.exchanges.iter().filter(|each| each.purpose == Purpose::CheckReference);
    let members = read.find_map(|each| match &each.answer {
        Answered::Response { status: 200, body } => {
            let found = answer::resource(&http::Response::new(body.clone())).ok()?;
            found.get("members").cloned()
        }
        _ => None,
    });
    if let Some(members) = members {
        resource.as_map_mut().insert("members".to_owned(), members);
    }
    Some(resource)
}

/// The references of a row as they would be written.
pub(super) fn reference_value(kind: ObjectKind, pointers: &[Pointer]) -> Option<Value> {
    let mut ids = pointers.iter().filter_map(Pointer::id);
    match kind {
        ObjectKind::User => ids.next().map(|id| json!(id)),
        ObjectKind::Group => {
            let ids: Vec<String> = ids.collect();
            (!ids.is_empty()).then(|| json!(ids))
        }
    }
}

/// What is said of every reference.
const SECOND_PASS: &str = "A reference: written in the second pass.";

/// What is said of a list that feeds a target for one value.
const FIRST: &str = "The source holds several values; the first is taken, because Microsoft does \
                     not say which one Entra sends.";
