//! One object's entry in the provisioning log, told from its verdict and its report.
//!
//! A preview tells the entry that the cycle would leave if the application confirmed everything.

use serde_json::{Map, Value};

use super::Cycle;
use super::step::{Outcome, OutcomeState};
use crate::configuration::Source;
use crate::mapping::value::as_text;
use crate::matching;
use crate::planning::{Action, ActionKind, SkipReason};
use crate::population::Population;
use crate::provisioning_log::{
    LogEntry, LoggedAction, LoggedError, LoggedIdentity, LoggedStatus, LoggedStep, LoggedStepKind,
    ModifiedProperty, REDACTED,
};
use crate::report::{AttributeRow, Purpose, Report, StepKind};
use crate::scoping::{Arity, Clause, InScope};
use crate::source::SourceObject;

impl Cycle {
    /// The entry of one object; nothing where no verdict on it has fallen.
    pub fn log_entry(&self, source_id: &str) -> Option<LogEntry> {
        let outcome = self.outcomes().iter().find(|each| each.source_id == source_id)?;
        self.entry(outcome)
    }

    /// The entries of all objects, in the order of the verdicts.
    pub fn log_entries(&self) -> impl Iterator<Item = LogEntry> {
        self.outcomes().iter().filter_map(|outcome| self.entry(outcome))
    }

    fn entry(&self, outcome: &Outcome) -> Option<LogEntry> {
        let population = self.population();
        let report = self.report(&outcome.source_id)?;
        let object = population.object(population.position(&outcome.source_id)?)?;
        let scope = population.scope(object)?;
        let is_purged = self.is_purged(object);
        let telling = Telling { population, outcome, object, scope, report: &report, is_purged };
        Some(telling.entry())
    }
}

/// Everything that an entry is told from.
struct Telling<'a> {
    population: &'a Population,
    outcome: &'a Outcome,
    object: &'a SourceObject,
    scope: InScope,
    report: &'a Report,
    /// Deleted for good in the directory.
    is_purged: bool,
}

impl Telling<'_> {
    fn entry(&self) -> LogEntry {
        let action = self.action();
        let (status, error, skip_reason) = self.ending();
        let identity = |id: &str, label: &str, user_principal_name| LoggedIdentity {
            id: id.to_owned(),
            label: label.to_owned(),
            kind: self.outcome.kind,
            user_principal_name,
        };
        let name = self.object.text("userPrincipalName").map(str::to_owned);
        let target_id = self.outcome.target_id.as_deref().unwrap_or_default();
        LogEntry {
            action,
            status,
            error,
            skip_reason,
            source: identity(&self.outcome.source_id, &self.outcome.label, name),
            target: identity(target_id, "", None),
            steps: self.steps(action, status, skip_reason),
            modified: self.modified(),
        }
    }

    /// A verdict that failed while it was carried out is named after what was attempted.
    fn action(&self) -> LoggedAction {
        let is_held_back = self.outcome.state == OutcomeState::HeldBack;
        match self.outcome.action.kind() {
            ActionKind::Create => LoggedAction::Create,
            ActionKind::Update | ActionKind::Enable => LoggedAction::Update,
            ActionKind::Disable | ActionKind::Delete if is_held_back => LoggedAction::StagedDelete,
            ActionKind::Disable => LoggedAction::Disable,
            ActionKind::Delete => LoggedAction::Delete,
            ActionKind::Skip => LoggedAction::Other,
            ActionKind::Conflict | ActionKind::Error => self.attempted(),
        }
    }

    fn attempted(&self) -> LoggedAction {
        let purposes = self.report.exchanges.iter().rev().map(|exchanged| exchanged.purpose);
        match purposes.into_iter().find(|purpose| !purpose.is_read()) {
            Some(Purpose::Create) => LoggedAction::Create,
            Some(Purpose::Update) if self.scope.in_scope => LoggedAction::Update,
            Some(Purpose::Update) => LoggedAction::Disable,
            Some(Purpose::Delete) => LoggedAction::Delete,
            _ => LoggedAction::Other,
        }
    }

    /// How it ended. That what is held back counts as skipped is a choice.
    fn ending(&self) -> (LoggedStatus, Option<LoggedError>, Option<SkipReason>) {
        match &self.outcome.action {
            Action::Skip { reason, .. } => (LoggedStatus::Skipped, None, Some(*reason)),
            Action::Conflict { code, text, .. } | Action::Error { code, text } => {
                let error = LoggedError { code: *code, reason: text.clone() };
                (LoggedStatus::Failure, Some(error), None)
            }
            _ if self.outcome.state == OutcomeState::HeldBack => {
                (LoggedStatus::Skipped, None, None)
            }
            _ => (LoggedStatus::Success, None, None),
        }
    }

    /// Import, matching where the application knows the object, scoping, and what came of it. The
    /// import ends the story where no matching attribute has a value.
    fn steps(
        &self,
        action: LoggedAction,
        status: LoggedStatus,
        skip_reason: Option<SkipReason>,
    ) -> Vec<LoggedStep> {
        let is_imported = skip_reason != Some(SkipReason::ImportSkipped);
        let mut steps = vec![self.import(is_imported)];
        if !is_imported {
            return steps;
        }
        steps.extend(self.retrieved());
        // Whoever is gone is in no scope.
        steps.extend((!self.is_purged).then(|| self.scoping()));
        steps.extend(self.to_be_created(action));
        steps.push(self.export(action, status, skip_reason));
        steps
    }

    fn import(&self, is_imported: bool) -> LoggedStep {
        let is_known = self.outcome.target_id.is_some() && self.action() != LoggedAction::Create;
        let (name, change) = match (self.is_purged, is_known) {
            (true, _) => ("EntryImportDelete", "Delete"),
            (false, true) => ("EntryImportUpdate", "Update"),
            (false, false) => ("EntryImportAdd", "Add"),
        };
        let description = match is_imported {
            true => format!(
                "Received {} change of type ({change}) from Microsoft Entra ID",
                self.named()
            ),
            false => self.outcome.action.text().unwrap_or_default().to_owned(),
        };
        let mut details = self.read();
        if !is_imported {
            details.push(skipped(SkipReason::ImportSkipped));
        }
        let status = if is_imported { LoggedStatus::Success } else { LoggedStatus::Skipped };
        LoggedStep { name, kind: LoggedStepKind::Import, status, description, details }
    }

    /// The attributes that the mappings read, as far as the object has them.
    fn read(&self) -> Vec<(String, String)> {
        let mut names: Vec<&str> = Vec::new();
        for (_, row) in self.population.mapper(self.outcome.kind).rows() {
            match &row.source {
                Source::Direct(name) => names.push(name),
                Source::Expression(expression) => names.extend(expression.attributes()),
                Source::Constant(_) | Source::None => {}
            }
        }
        names.sort_unstable();
        names.dedup();
        let inputs = self.population.inputs(self.object, self.scope.is_soft_deleted());
        let text = |name: &str| inputs.attribute(name).as_text().map(|text| text.into_owned());
        let read = names.into_iter().filter(|name| !self.is_redacted(name));
        read.filter_map(|name| Some((name.to_owned(), text(name)?))).collect()
    }

    /// Whether a source attribute is hidden wherever it is used.
    fn is_redacted(&self, attribute: &str) -> bool {
        self.population.mapper(self.outcome.kind).rows().any(|(_, row)| match &row.source {
            Source::Expression(expression) => {
                expression.is_redacted() && expression.attributes().any(|name| name == attribute)
            }
            _ => false,
        })
    }

    /// The object of the application, where it was found or is linked.
    fn retrieved(&self) -> Option<LoggedStep> {
        let id = self.outcome.target_id.clone()?;
        let is_matched = self.report.exchanges.iter().any(|exchanged| exchanged.purpose.is_read());
        (is_matched && self.action() != LoggedAction::Create).then(|| LoggedStep {
            name: "EntryImport",
            kind: LoggedStepKind::Matching,
            status: LoggedStatus::Success,
            description: format!("Retrieved '{}' from the application", self.reportable()),
            details: vec![("id".to_owned(), id)],
        })
    }

    /// Names of the gates as the log writes them.
    fn scoping(&self) -> LoggedStep {
        let noun = self.outcome.kind;
        let says = |gate: bool| if gate { "True" } else { "False" }.to_owned();
        let details = vec![
            ("Active in the source system".to_owned(), says(self.scope.active)),
            ("Assigned to the application".to_owned(), says(self.scope.assigned)),
            (format!("{noun} has the required role"), says(self.scope.entitled)),
            ("Scoping filter evaluation passed".to_owned(), says(self.scope.filter.satisfied)),
            ("ScopeEvaluationResult".to_owned(), self.evaluated()),
        ];
        LoggedStep {
            name: "EntrySynchronizationScoping",
            kind: LoggedStepKind::Scoping,
            status: LoggedStatus::Success,
            description: format!(
                "Determine if {noun} in scope by evaluating against each scoping filter"
            ),
            details,
        }
    }

    /// Every clause with its result, as a JSON text; an empty object where there is no filter.
    fn evaluated(&self) -> String {
        let groups = &self.population.configuration().mapping(self.outcome.kind).filter.groups;
        let mut results = Map::new();
        for (group, verdict) in groups.iter().zip(&self.scope.filter.groups) {
            for (clause, judged) in group.clauses.iter().zip(&verdict.clauses) {
                let name = format!("{}.{}", group.name, in_log(clause));
                results.insert(name, Value::Bool(judged.passed));
            }
        }
        Value::Object(results).to_string()
    }

    /// Nobody was found: the object is to be created.
    fn to_be_created(&self, action: LoggedAction) -> Option<LoggedStep> {
        (action == LoggedAction::Create).then(|| LoggedStep {
            name: "EntrySynchronizationAdd",
            kind: LoggedStepKind::Matching,
            status: LoggedStatus::Success,
            description: format!(
                "{named} will be created in the application ({noun} is active and assigned in \
                 Microsoft Entra ID, but no matching {noun} was found)",
                named = self.named(),
                noun = self.outcome.kind,
            ),
            details: Vec::new(),
        })
    }

    fn export(
        &self,
        action: LoggedAction,
        status: LoggedStatus,
        skip_reason: Option<SkipReason>,
    ) -> LoggedStep {
        let mut details = vec![("ReportableIdentifier".to_owned(), self.reportable())];
        details.extend(skip_reason.map(skipped));
        let (name, verb, done) = match action {
            LoggedAction::Create => ("EntryExportAdd", "create", "created"),
            LoggedAction::Update => ("EntryExportUpdate", "update", "updated"),
            LoggedAction::Disable => ("EntryExportUpdate", "disable", "disabled"),
            LoggedAction::Delete => ("EntryExportDelete", "delete", "deleted"),
            LoggedAction::StagedDelete => ("EntryExportStagedDelete", "delete", "deleted"),
            LoggedAction::Other => ("EntrySynchronizationSkip", "synchronize", "synchronized"),
        };
        let description = match (status, self.outcome.action.text()) {
            (LoggedStatus::Failure, _) => format!("Failed to {verb} {}", self.named()),
            (_, Some(text)) => text.to_owned(),
            (LoggedStatus::Skipped, None) => {
                format!("{} is not {done} until an administrator allows it", self.named())
            }
            (_, None) => format!("{} was {done} in the application", self.named()),
        };
        LoggedStep { name, kind: LoggedStepKind::Export, status, description, details }
    }

    fn modified(&self) -> Vec<ModifiedProperty> {
        let steps = self.report.steps.iter().filter(|step| step.step == StepKind::Action);
        let rows = steps.flat_map(|step| &step.attributes);
        rows.filter_map(|row| self.property(row)).collect()
    }

    fn property(&self, row: &AttributeRow) -> Option<ModifiedProperty> {
        let new = shown(row.modified.as_ref()?);
        let rows = &self.population.mapper(self.outcome.kind).mapping().attributes;
        let is_redacted = rows.get(row.row).is_some_and(|row| match &row.source {
            Source::Expression(expression) => expression.is_redacted(),
            _ => false,
        });
        let hidden = |text: String| if is_redacted { REDACTED.to_owned() } else { text };
        Some(ModifiedProperty {
            name: row.target.clone(),
            old: row.original.as_ref().map(shown).map(hidden),
            new: Some(hidden(new)),
        })
    }

    /// The object with its kind, as descriptions name it.
    fn named(&self) -> String {
        format!("{} '{}'", self.outcome.kind, self.reportable())
    }

    /// What the log calls an object: its first matching value, else its id.
    fn reportable(&self) -> String {
        let mapper = self.population.mapper(self.outcome.kind);
        let desired = self.population.desired(self.object, self.scope.is_soft_deleted());
        let first = matching::queries(mapper, &desired).into_iter().next();
        first.map_or_else(|| self.outcome.source_id.clone(), |question| question.value)
    }
}

fn skipped(reason: SkipReason) -> (String, String) {
    ("SkipReason".to_owned(), reason.to_string())
}

/// A clause as the log writes it: `department EQUALS 'Marketing'`.
fn in_log(clause: &Clause) -> String {
    match clause.operator.arity() {
        Arity::Unary => format!("{} {}", clause.attribute, clause.operator),
        Arity::Binary => {
            format!("{} {} '{}'", clause.attribute, clause.operator, clause.operand())
        }
    }
}

/// A value as the log shows it: lists one behind the other.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        single => as_text(single).unwrap_or_else(|| single.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoping::Operator;

    #[test]
    fn a_clause_stands_in_the_log_as_published_records_write_it() {
        let clause = |operator, values: &[&str]| Clause {
            attribute: "department".to_owned(),
            operator,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let equals = clause(Operator::Equals, &["Marketing"]);
        assert_eq!(in_log(&equals), "department EQUALS 'Marketing'");
        assert_eq!(in_log(&clause(Operator::IsNull, &[])), "department IS NULL");
    }

    #[test]
    fn lists_are_shown_one_behind_the_other() {
        assert_eq!(shown(&serde_json::json!(["a", true, { "b": 1 }])), "a, True, {\"b\":1}");
    }
}
