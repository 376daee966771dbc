//! What the verdicts leave out, computed again for whoever is looked at, and the funnel of everybody.

use serde_json::{Value, json};

use super::fate::{Fate, Plan};
use super::run::comparable;
use super::{Accounts, People, Pipeline};
use crate::configuration::{AttributeMapping, Scope};
use crate::mapping::is_reference;
use crate::planning::compare::{current_value, reference_id};
use crate::planning::{Action, Change, ErrorCode, SkipReason, plan};
use crate::scoping::InScope;

/// How many users are left after each gate; each number is at most the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Users that were looked at.
    pub read: usize,
    /// Of these, those that pass the assignment gate.
    pub assigned: usize,
    /// Of these, those that are enabled and not deleted.
    pub active: usize,
    /// Of these, those that pass the scoping filter: in scope.
    pub in_scope: usize,
    /// Of these, those with a value for a matching attribute.
    pub with_matching_value: usize,
    /// Of these, those that the application knows.
    pub matched: usize,
}

impl Pipeline {
    /// The funnel of whoever was planned so far.
    pub fn funnel(&self, people: &People, plan: &Plan) -> Funnel {
        let mut funnel = Funnel { read: plan.verdicts().len(), ..Funnel::default() };
        let is_for_all = self.configuration.scope == Scope::All;
        for (person, verdict) in plan.verdicts().iter().enumerate() {
            let standing = people.standing(person);
            let gates = [
                (
                    &mut funnel.assigned,
                    is_for_all || standing.is_some_and(|standing| standing.is_assigned),
                ),
                (&mut funnel.active, people.is_enabled(person) && !people.is_deleted(person)),
                (&mut funnel.in_scope, verdict.in_scope),
                (
                    &mut funnel.with_matching_value,
                    verdict.fate != Fate::Skip(SkipReason::ImportSkipped),
                ),
                (&mut funnel.matched, verdict.account().is_some()),
            ];
            for (count, passes) in gates {
                if !passes {
                    break;
                }
                *count += 1;
            }
        }
        funnel
    }

    /// What would be done to somebody, with every change and a sentence. `scope` is what the gates
    /// say of this person, and `id_of` the directory's people as references name them.
    ///
    /// Nothing where nobody was planned there.
    pub fn action(
        &self,
        people: &People,
        accounts: &Accounts,
        plan: &Plan,
        person: usize,
        scope: &InScope,
        id_of: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Action> {
        let verdict = *plan.verdicts().get(person)?;
        let object = people.object(person);
        let inputs = self.inputs(people, person, &object, !verdict.in_scope);
        let desired = self.mapper.apply(&inputs);
        let action = match (verdict.fate, verdict.account()) {
            (Fate::Skip(SkipReason::ImportSkipped), _) => {
                plan::without_matching_value(&self.mapper)
            }
            (Fate::Conflict(code), _) => conflict(code),
            (_, None) if verdict.in_scope => plan::arriving(&self.mapper, &desired),
            (_, None) => plan::outside(scope),
            (_, Some(account)) => {
                let (current, id) = (accounts.resource(account), accounts.id(account));
                match verdict.in_scope {
                    true => plan::staying(&self.mapper, &desired, &current, id),
                    false => {
                        plan::leaving(&self.configuration, &self.mapper, &desired, &current, id)
                    }
                }
            }
        };
        let rows = self.mapper.rows().filter(|(row, mapping)| {
            is_reference(&mapping.target) && plan.changed(&verdict) >> row & 1 == 1
        });
        let references: Vec<Change> = rows
            .filter_map(|(row, mapping)| {
                let ids = self.references(people, person, row, mapping);
                let after = ids.into_iter().find_map(id_of)?;
                let held = verdict.account().and_then(|account| self.held(accounts, account, row));
                Some(changed(row, mapping, held, after))
            })
            .collect();
        let action = with_references(action, references, verdict.account().map(|a| accounts.id(a)));
        let is_handed_on = verdict.fate == Fate::Skip(SkipReason::EntrySynchronizationSkipped);
        Some(match Fate::of(&action) == verdict.fate {
            false if is_handed_on => handed_on(),
            _ => action,
        })
    }

    /// Others in scope with a matching value of somebody, or matched to the same account; so many of
    /// them at the most.
    pub fn rivals(&self, people: &People, plan: &Plan, person: usize, most: usize) -> Vec<usize> {
        let own = self.matching_values(people, person);
        let account = plan.verdicts().get(person).and_then(|verdict| verdict.account());
        let verdicts = plan.verdicts().iter().enumerate();
        let others = verdicts.filter(|(other, verdict)| *other != person && verdict.in_scope);
        let rivals = others.filter(|(other, verdict)| {
            let shares_account = account.is_some() && verdict.account() == account;
            let values = || self.matching_values(people, *other);
            shares_account || values().iter().any(|value| own.contains(value))
        });
        rivals.map(|(other, _)| other).take(most).collect()
    }

    /// Matching row and value, in the form in which equal ones are the same.
    fn matching_values(&self, people: &People, person: usize) -> Vec<(usize, String)> {
        let mut values = Vec::new();
        self.with_inputs(people, person, false, &mut |inputs| {
            for row in self.mapper.matching() {
                if let Some((text, exact)) = self.matching_text(people, person, *row, &inputs) {
                    values.push((*row, comparable(&text, exact)));
                }
            }
        });
        values
    }

    fn held(&self, accounts: &Accounts, account: usize, row: usize) -> Option<String> {
        let (_, _, place) = self.mapper.places().find(|(at, ..)| *at == row)?;
        reference_id(&current_value(&accounts.resource(account), place)?)
    }
}

fn changed(
    row: usize,
    mapping: &AttributeMapping,
    before: Option<String>,
    after: String,
) -> Change {
    let attribute = mapping.target.path.to_string();
    let before: Option<Value> = before.map(|id| json!(id));
    Change { attribute, before, after: json!(after), row }
}

/// References are planned behind everything else of somebody.
fn with_references(action: Action, references: Vec<Change>, id: Option<&str>) -> Action {
    match (action, id) {
        (action, _) if references.is_empty() => action,
        (Action::Update { target_id, mut changes }, _) => {
            changes.extend(references);
            Action::Update { target_id, changes }
        }
        (Action::Enable { target_id, mut changes }, _) => {
            changes.extend(references);
            Action::Enable { target_id, changes }
        }
        (Action::Skip { reason: SkipReason::RedundantExport, .. }, Some(id)) => {
            Action::Update { target_id: id.to_owned(), changes: references }
        }
        (action, _) => action,
    }
}

fn conflict(code: ErrorCode) -> Action {
    let text = match code {
        ErrorCode::DuplicateTargetEntries => {
            "Several accounts of the application have the matching value."
        }
        _ => {
            "Others in scope have the same matching value or match the same account: none of them \
             is written."
        }
    };
    Action::Conflict { code, text: text.to_owned(), candidates: Vec::new() }
}

fn handed_on() -> Action {
    Action::Skip {
        reason: SkipReason::EntrySynchronizationSkipped,
        text: "The account belongs to somebody else who is in scope, and stays as it is."
            .to_owned(),
    }
}
