//! The outcomes of everybody in the page's words: the counts, and the rows of the table.

use std::collections::BTreeMap;

use provisioning::cycle::Outcome;
use provisioning::pipeline::{Fate, Funnel, Verdict};
use provisioning::planning::{Action, ActionKind, plan};
use provisioning::source::SourceObject;

use super::super::telling::told;
use super::Planning;
use crate::draft::place::Kind;
use crate::worker::message::{OutcomeQuery, OutcomeRow, Slice, Summary};

impl Planning {
    /// The counts, the funnel, and what concerns the whole job.
    pub(super) fn summary(&self) -> Summary {
        let mut actions: BTreeMap<ActionKind, usize> = BTreeMap::new();
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        let mut funnel = Funnel::default();
        if let Some(course) = &self.course {
            funnel = self.pipeline.funnel(&self.people, course.plan());
            for (fate, count) in course.plan().counts() {
                *actions.entry(fate.kind()).or_default() += count;
                if let Some(reason) = reason(fate) {
                    *reasons.entry(reason).or_default() += count;
                }
            }
        }
        for outcome in self.group_outcomes() {
            let fate = Fate::of(&outcome.action);
            *actions.entry(fate.kind()).or_default() += 1;
            if let Some(reason) = reason(fate) {
                *reasons.entry(reason).or_default() += 1;
            }
        }
        let count = |kind| actions.get(&kind).copied().unwrap_or_default();
        Summary {
            actions: ActionKind::ALL.map(|kind| (kind.to_string(), count(kind))).to_vec(),
            funnel: bars(&funnel),
            reasons: reasons.into_iter().collect(),
            failure: self.failure.clone(),
            findings: self.findings.clone(),
            planned_at_once: true,
        }
    }

    /// Says so where more would leave than the threshold allows.
    pub(super) fn find_too_many_leavers(&mut self) {
        let Some(course) = &self.course else { return };
        let threshold = self.population.configuration().accidental_deletions_threshold;
        let counts = course.plan().counts();
        let leavers =
            [Fate::Disable, Fate::Delete].iter().filter_map(|fate| counts.get(fate)).sum();
        if let Some(threshold) = threshold.filter(|most| leavers > most.get() as usize) {
            self.findings.push(plan::held_back(leavers, threshold));
            self.is_held_back = true;
        }
    }

    /// Puts the outcomes of so many people into the table.
    pub(super) fn push_rows(&mut self, count: usize) {
        let from = self.sheet.len();
        for person in from..(from + count).min(self.people.len()) {
            let Some(verdict) = self.verdict(person) else { return };
            let touched = self.touched(&verdict);
            let text = self.short_text(person, &verdict, &touched);
            let Some(row) = self.row(person, verdict.fate, text) else { return };
            self.sheet.push(&row, touched.iter().map(String::as_str));
        }
    }

    /// A slice of the outcomes, with every change of whoever is on show.
    pub(in super::super) fn slice(&mut self, query: &OutcomeQuery) -> Slice<OutcomeRow> {
        let mut slice = self.sheet.slice(query);
        for row in &mut slice.rows {
            let person = self.population.position(&row.id);
            let person = person.filter(|person| *person < self.people.len());
            if let Some(whole) = person.and_then(|person| self.row_at(person)) {
                *row = whole;
            }
        }
        slice
    }

    pub(super) fn verdict(&self, person: usize) -> Option<Verdict> {
        self.course.as_ref()?.plan().verdicts().get(person).copied()
    }

    /// The attributes that change.
    fn touched(&self, verdict: &Verdict) -> Vec<String> {
        let changed = self.course.as_ref().map_or(0, |course| course.plan().changed(verdict));
        let rows = self.pipeline.mapper().rows().filter(|(row, _)| changed >> row & 1 == 1);
        rows.map(|(_, mapping)| mapping.target.path.to_string()).collect()
    }

    pub(super) fn group_outcomes(&self) -> &[Outcome] {
        self.groups.as_ref().map(|groups| groups.cycle.outcomes()).unwrap_or_default()
    }

    /// One row, with every change, by its place in the table.
    pub(super) fn row_at(&self, number: usize) -> Option<OutcomeRow> {
        if let Some(group) = number.checked_sub(self.people.len()) {
            let outcome = self.group_outcomes().get(group)?;
            return Some(self.groups.as_ref()?.row(outcome));
        }
        let fate = self.verdict(number)?.fate;
        let action = self.action(number)?;
        self.row(number, fate, told(&action, self.holds_back(fate)))
    }

    fn row(&self, person: usize, fate: Fate, text: String) -> Option<OutcomeRow> {
        let object = self.population.object(person)?;
        Some(OutcomeRow {
            id: object.id.clone(),
            kind: Kind::User,
            label: object.label().to_owned(),
            detail: object.text("userPrincipalName").unwrap_or_default().to_owned(),
            action: fate.kind().to_string(),
            reason: reason(fate).unwrap_or_default(),
            text,
        })
    }

    /// What happens without the values, which are computed for whoever is on show.
    fn short_text(&mut self, person: usize, verdict: &Verdict, touched: &[String]) -> String {
        if !touched.is_empty() {
            return touched.join("; ");
        }
        // Whoever is skipped for the same reason mostly is so in the same words.
        let is_alike = matches!(verdict.fate, Fate::Skip(_) | Fate::Create)
            && (verdict.in_scope || verdict.account().is_some());
        let key = (verdict.fate, verdict.in_scope, verdict.account().is_some());
        if let Some(known) = self.sentences.get(&key).filter(|_| is_alike) {
            return known.clone();
        }
        let Some(action) = self.action(person) else { return String::new() };
        let text = told(&action, self.holds_back(verdict.fate));
        if is_alike {
            self.sentences.insert(key, text.clone());
        }
        text
    }

    fn holds_back(&self, fate: Fate) -> bool {
        self.is_held_back && matches!(fate, Fate::Disable | Fate::Delete)
    }

    /// The action of an outcome, with every change.
    pub(super) fn action_at(&self, number: usize) -> Option<Action> {
        match number.checked_sub(self.people.len()) {
            None => self.action(number),
            Some(group) => Some(self.group_outcomes().get(group)?.action.clone()),
        }
    }

    /// What would be done to somebody, computed again with every change.
    fn action(&self, person: usize) -> Option<Action> {
        let scope = self.population.scope(self.population.object(person)?)?;
        let id_of = |id: &str| {
            let other = self.population.position(id)?;
            let label = || self.population.object(other).map_or("", SourceObject::label);
            let target = self.pointed(other)?;
            Some(target.map_or_else(|| format!("{{id of {}}}", label()), str::to_owned))
        };
        let plan = self.course.as_ref()?.plan();
        self.pipeline.action(&self.people, &self.accounts, plan, person, &scope, &id_of)
    }
}

/// Skip reason or error code; nothing where something is written.
fn reason(fate: Fate) -> Option<String> {
    match fate {
        Fate::Skip(reason) => Some(reason.to_string()),
        Fate::Conflict(code) | Fate::Error(code) => Some(code.to_string()),
        _ => None,
    }
}

fn bars(funnel: &Funnel) -> Vec<(String, usize)> {
    let bars = [
        ("Read from the directory", funnel.read),
        ("Assigned", funnel.assigned),
        ("Active", funnel.active),
        ("In scope", funnel.in_scope),
        ("With a matching value", funnel.with_matching_value),
        ("Found in the application", funnel.matched),
    ];
    bars.map(|(name, count)| (name.to_owned(), count)).to_vec()
}
