//! The workbench: one expression over one person, over everybody, over its tests, and over values
//! that break things.

mod example;
mod prepared;
mod stress;
mod survey;
mod trace;
mod verify;

pub(super) use survey::Survey;

use std::sync::Arc;

use provisioning::expression::Inputs;
use provisioning::population::Population;
use provisioning::source::SourceObject;
use provisioning::tenant::Tenant;

use super::{Desk, View, census};
use crate::people::{self, invented};
use crate::worker::message::{
    BenchAnswer, BenchAsk, Formula, Look, Member, MemberQuery, Slice, SurveyQuery,
};
use prepared::{Prepared, attributes_of, literal};

/// The tenant that stands in where nobody is loaded.
const STAND_IN: (u32, u32) = (200, 1);

impl Desk {
    /// Answers one question about an expression.
    pub(super) fn bench(&mut self, ask: BenchAsk) -> BenchAnswer {
        match ask {
            BenchAsk::People => BenchAnswer::People(census::summary(&self.bench_view().directory)),
            BenchAsk::Look(formula, id) => BenchAnswer::Look(self.look(&formula, &id)),
            BenchAsk::Example(text, values) => {
                BenchAnswer::Example(example::example(&text, &values))
            }
            BenchAsk::Verify(formula, tests) => {
                BenchAnswer::Verify(verify::verify(&formula, &tests, &self.bench_view().population))
            }
            BenchAsk::Stress(formula, id) => {
                let population = &self.bench_view().population;
                let object = object(population, &id);
                BenchAnswer::Stress(stress::stress(&formula, object, population))
            }
            BenchAsk::Survey(query) => BenchAnswer::Survey(self.survey(query).progress()),
            BenchAsk::Groups(query, which) => {
                let survey = self.survey.as_mut().filter(|survey| survey.answers(&query));
                BenchAnswer::Groups(survey.map(|survey| survey.groups(&which)))
            }
            BenchAsk::Members(query, which) => BenchAnswer::Members(self.members(&query, &which)),
        }
    }

    /// The people in use; where nobody is loaded, an invented tenant under the draft in use.
    pub(super) fn bench_view(&mut self) -> &View {
        let people = self.tenant.directory();
        if !people.users.is_empty() || !people.groups.is_empty() {
            return self.view();
        }
        let (draft, ambient) = (&self.draft, self.ambient());
        let (size, seed) = STAND_IN;
        self.stand_in.get_or_insert_with(|| {
            let mut tenant = Tenant::new(Arc::new(invented::tenant(size, seed)))
                .reassigned(people::assigned(&draft.assignments));
            View::new(draft, &mut tenant, ambient)
        })
    }

    fn look(&mut self, formula: &Formula, id: &str) -> Option<Look> {
        let population = &self.bench_view().population;
        let object = object(population, id)?;
        let inputs = inputs(population, object);
        let prepared = Prepared::new(&formula.text, formula.target_type);
        let read = attributes_of(&formula.text).into_iter();
        Some(Look {
            found: prepared.run(&inputs),
            reads: read.map(|name| (name.clone(), literal(&inputs, &name))).collect(),
            trace: prepared.trace(&inputs),
        })
    }

    /// The survey that answers a query, one step further; an earlier one gives way to it.
    fn survey(&mut self, query: SurveyQuery) -> &Survey {
        let kept = self.survey.take().filter(|survey| survey.answers(&query));
        let population = &self.bench_view().population;
        let mut survey = kept.unwrap_or_else(|| Survey::begin(query, population));
        survey.go_on(population);
        self.survey.insert(survey)
    }

    fn members(&mut self, query: &SurveyQuery, which: &MemberQuery) -> Option<Slice<Member>> {
        let mut survey = self.survey.take_if(|survey| survey.answers(query))?;
        let members = survey.members(which, &self.bench_view().population);
        self.survey = Some(survey);
        Some(members)
    }
}

fn object<'a>(population: &'a Population, id: &str) -> Option<&'a SourceObject> {
    population.object(population.position(id)?)
}

/// What expressions read for an object, `IsSoftDeleted` as it really is.
fn inputs<'a>(population: &'a Population, object: &'a SourceObject) -> Inputs<'a> {
    let is_soft_deleted = population.scope(object).is_some_and(|scope| scope.is_soft_deleted());
    population.inputs(object, is_soft_deleted)
}

#[cfg(test)]
mod tests;
