//! A cycle's results in the page's words.

use std::collections::BTreeMap;

use provisioning::cycle::{Counts, Outcome, OutcomeState, Phase};
use provisioning::planning::{Action, ActionKind, Change};
use provisioning::report;
use scim::patch::entra::WireForm;

use super::errand::Running;
use super::sheet::Sheet;
use crate::draft::place::Kind;
use crate::worker::message::{
    AttributeLine, Exchange, OutcomeRow, Report, ReportStep, Summary, WireRequest, shown,
};

impl Running {
    /// The counts, the funnel, and what concerns the whole job.
    pub(super) fn summary(&self) -> Summary {
        let summary = self.cycle.summary();
        let count = |kind| {
            let of = |counts: &Counts| counts.actions.get(&kind).copied().unwrap_or_default();
            of(&summary.users) + of(&summary.groups)
        };
        let users = &summary.users;
        let funnel = [
            ("Read from the directory", users.read),
            ("Assigned", users.assigned),
            ("Active", users.active),
            ("In scope", users.in_scope),
            ("With a matching value", users.with_matching_value),
            ("Found in the application", users.matched),
        ];
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for outcome in self.cycle.outcomes() {
            let reason = reason(&outcome.action);
            if !reason.is_empty() {
                *reasons.entry(reason).or_default() += 1;
            }
        }
        Summary {
            actions: ActionKind::ALL.map(|kind| (kind.to_string(), count(kind))).to_vec(),
            funnel: funnel.map(|(name, count)| (name.to_owned(), count)).to_vec(),
            reasons: reasons.into_iter().collect(),
            failure: self.cycle.failure().map(|job| format!("{}: {}", job.code, job.text)),
            findings: self.findings(),
            planned_at_once: false,
        }
    }

    /// The outcomes so far. They are pushed as they fall; at its end the cycle puts them into the
    /// order of the source and completes some, so they are pushed anew.
    pub(super) fn sheet(&mut self) -> &mut Sheet {
        let mut sheet = std::mem::take(&mut self.sheet);
        let is_final =
            self.cycle.progress().phase == Phase::Finished || self.cycle.failure().is_some();
        if is_final && !sheet.is_final() {
            sheet = Sheet::default();
        }
        let known = sheet.len();
        for outcome in self.cycle.outcomes().iter().skip(known) {
            let row = self.row(outcome);
            let touched = outcome.action.changes().iter().map(|change| change.attribute.as_str());
            sheet.push(&row, touched);
        }
        sheet.mark(is_final);
        self.sheet = sheet;
        &mut self.sheet
    }

    fn detail(&self, id: &str) -> &str {
        let position = self.cycle.population().position(id);
        let object = position.and_then(|position| self.cycle.population().object(position));
        object.and_then(|object| object.text("userPrincipalName")).unwrap_or_default()
    }

    pub(super) fn row(&self, outcome: &Outcome) -> OutcomeRow {
        OutcomeRow {
            id: outcome.source_id.clone(),
            kind: Kind::from(outcome.kind),
            label: outcome.label.clone(),
            detail: self.detail(&outcome.source_id).to_owned(),
            action: outcome.action.kind().to_string(),
            reason: reason(&outcome.action),
            text: text(outcome),
        }
    }

    /// One object's story.
    pub(super) fn report(&self, id: &str) -> Option<Report> {
        let report = self.cycle.report(id)?;
        let outcome = self.cycle.outcomes().iter().find(|outcome| outcome.source_id == id);
        let planned = |wire| -> Vec<WireRequest> {
            self.cycle.planned_requests(id, wire).iter().map(WireRequest::from_http).collect()
        };
        Some(Report {
            outcome: match outcome {
                Some(outcome) => self.row(outcome),
                None => self.undecided(id, &report),
            },
            steps: report
                .steps
                .into_iter()
                .map(|step| ReportStep {
                    title: step.step.title(report.kind),
                    status: format!("{:?}", step.status),
                    sentences: step.sentences,
                    attributes: step.attributes.into_iter().map(attribute_line).collect(),
                })
                .collect(),
            exchanges: report.exchanges.into_iter().map(exchange).collect(),
            legacy: planned(WireForm::Legacy),
            compliant: planned(WireForm::Compliant),
        })
    }

    /// The line of an object that a failed job never came to.
    fn undecided(&self, id: &str, report: &report::Report) -> OutcomeRow {
        OutcomeRow {
            id: id.to_owned(),
            kind: Kind::from(report.kind),
            label: report.label.clone(),
            detail: self.detail(id).to_owned(),
            action: String::new(),
            reason: String::new(),
            text: "not decided".to_owned(),
        }
    }
}

/// Skip reason or error code; empty where something is written.
pub(super) fn reason(action: &Action) -> String {
    match action {
        Action::Skip { reason, .. } => reason.to_string(),
        Action::Conflict { code, .. } | Action::Error { code, .. } => code.to_string(),
        _ => String::new(),
    }
}

/// What changes, or why nothing does.
fn text(outcome: &Outcome) -> String {
    told(&outcome.action, outcome.state == OutcomeState::HeldBack)
}

/// The same of an action that may be held back.
pub(super) fn told(action: &Action, is_held_back: bool) -> String {
    let told = match action {
        Action::Create => "a new account".to_owned(),
        Action::Delete { .. } => "the account is deleted".to_owned(),
        action => match action.text() {
            Some(text) => text.to_owned(),
            None => action.changes().iter().map(difference).collect::<Vec<_>>().join("; "),
        },
    };
    match is_held_back {
        true => format!("{told} – held back by the deletion threshold"),
        false => told,
    }
}

/// An attribute before and after.
fn difference(change: &Change) -> String {
    let (before, after) = (shown(change.before.as_ref()), shown(Some(&change.after)));
    format!("{}: {before} → {after}", change.attribute)
}

fn attribute_line(row: report::AttributeRow) -> AttributeLine {
    AttributeLine {
        target: row.target,
        source: row.source,
        expression: row.expression,
        original: row.original,
        modified: row.modified,
        note: row.note,
    }
}

fn exchange(sent: report::Exchanged) -> Exchange {
    Exchange {
        purpose: purpose(sent.purpose).to_owned(),
        request: WireRequest {
            method: sent.method.to_string(),
            uri: sent.uri,
            headers: Vec::new(),
            body: String::from_utf8_lossy(&sent.body).into_owned(),
        },
        answer: match sent.answer {
            report::Answered::Response { status, body } => {
                Ok((status, String::from_utf8_lossy(&body).into_owned()))
            }
            report::Answered::Fault(why) => Err(why),
        },
    }
}

/// What a request is for, in words.
pub(super) fn purpose(purpose: report::Purpose) -> &'static str {
    use report::Purpose;
    match purpose {
        Purpose::Probe => "Test the connection",
        Purpose::Match => "Look the object up by its matching attribute",
        Purpose::Read => "Read the linked object",
        Purpose::List => "Read a page of the application's users",
        Purpose::CheckReference => "Ask whether the reference is set",
        Purpose::Create => "Create the object",
        Purpose::Update => "Change attributes",
        Purpose::WriteReference => "Set the reference",
        Purpose::Delete => "Delete the object",
    }
}
