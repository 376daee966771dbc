//! The groups of a preview that plans its users at once: a cycle asks for each, and their members
//! point to the users of the plan.

use std::collections::{BTreeMap, BTreeSet};

use provisioning::configuration::ObjectKind;
use provisioning::cycle::Cycle;
use provisioning::population::Population;
use provisioning::tenant::Tenant;
use scim::patch::entra::WireForm;

use super::super::errand::{PACE, Running};
use super::{Planning, Stage};
use crate::worker::message::Steps;

impl Planning {
    /// The next requests of the cycle over the groups; at its end its outcomes are put into the
    /// table.
    pub(super) fn judge_groups(&mut self, steps: &mut Steps) {
        if self.groups.is_none() {
            self.groups = Some(Running::of(self.groups_cycle()));
        }
        let Some(groups) = &mut self.groups else { return };
        let asked = groups.steps();
        (steps.sends, steps.pause) = (asked.sends, asked.pause);
        if asked.done {
            self.requests += groups.progress().requests;
            for outcome in groups.cycle.outcomes() {
                let changes = outcome.action.changes().iter();
                let touched = changes.map(|change| change.attribute.as_str());
                self.sheet.push(&groups.row(outcome), touched);
            }
            if let Some(job) = groups.cycle.failure() {
                self.failure = Some(format!("{}: {}", job.code, job.text));
            }
            let findings = groups.cycle.findings().iter();
            self.findings.extend(findings.map(|finding| finding.text.clone()));
            self.stage = Stage::Done;
        }
    }

    pub(super) fn groups_done(&self) -> usize {
        self.groups.as_ref().map_or(0, |groups| groups.progress().done)
    }

    pub(super) fn groups_requests(&self) -> usize {
        match &self.stage {
            Stage::Groups => self.groups.as_ref().map_or(0, |groups| groups.progress().requests),
            _ => 0,
        }
    }

    fn groups_cycle(&self) -> Cycle {
        let mut configuration = self.population.configuration().clone();
        configuration.users.enabled = false;
        let (ambient, mut tenant) = (*self.population.ambient(), self.population.tenant().clone());
        let population = Population::over(configuration, &mut tenant, ambient);
        let users = self.referred(&population, &tenant);
        let (endpoint, known) = (self.endpoint.clone(), self.known.clone());
        Cycle::preview_over(population, endpoint, WireForm::Legacy, known, PACE).with_users(users)
    }

    /// Where the members of the groups in scope point to.
    fn referred(
        &self,
        population: &Population,
        tenant: &Tenant,
    ) -> BTreeMap<String, Option<String>> {
        let groups = tenant.objects(ObjectKind::Group).iter();
        let in_scope =
            groups.filter(|group| population.scope(group).is_some_and(|scope| scope.in_scope));
        let members: BTreeSet<&String> = in_scope.flat_map(|group| &group.members).collect();
        let known = members.into_iter().filter_map(|id| {
            let target = self.pointed(tenant.position(id)?)?;
            Some((id.clone(), target.map(str::to_owned)))
        });
        known.collect()
    }
}
