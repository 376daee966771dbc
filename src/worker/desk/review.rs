//! What there is to remark on the draft and all people under it, and what can be foretold.

use std::collections::BTreeSet;

use provisioning::census::Census;
use provisioning::configuration::Scope;
use provisioning::forecast::{self, RATE_LIMIT};
use provisioning::review::{self, Fix, Place};

use super::telling::purpose;
use super::{Desk, View};
use crate::draft::check::Checked;
use crate::draft::mapping::{ClauseDraft, FilterDraft, Row};
use crate::draft::place::Kind;
use crate::draft::repair::Repair;
use crate::worker::message::{Advice, Concerned, Forecast, Reviewed, Spot};

/// So many people are reviewed unasked: more would hold the worker for more than a moment.
const MOST_REVIEWED: usize = 5_000;

/// So many are counted unasked for the forecast, which is quicker.
const MOST_FORETOLD: usize = 20_000;

impl Desk {
    /// Reviews the draft over the people in use; nothing while there is no application.
    pub(super) fn review(&mut self, everybody: bool) -> Option<Reviewed> {
        self.draft.application.as_ref()?;
        let managed: BTreeSet<String> =
            self.links.iter().flatten().map(|(id, _)| id.clone()).collect();
        let View { checked, population, .. } = self.view();
        let many = population.len();
        let left_out = if everybody || many <= MOST_REVIEWED { 0 } else { many };
        // One look at everybody serves both.
        let census = (everybody || many <= MOST_FORETOLD).then(|| Census::new(population));
        let advice = match &census {
            Some(census) if left_out == 0 => review::review_census(census, &managed),
            _ => review::review(&checked.configuration),
        };
        let forecast = census.map(|census| forecast::forecast_census(&census, &managed));
        Some(Reviewed {
            left_out,
            advice: advice.into_iter().map(|advice| told(advice, checked)).collect(),
            forecast: forecast.map(foretold),
        })
    }
}

fn told(advice: review::Advice, checked: &Checked) -> Advice {
    let kind = Kind::from(advice.kind);
    let named = advice.people.first.into_iter();
    Advice {
        id: advice.id.to_owned(),
        kind,
        spot: spot(advice.place, kind, checked),
        text: advice.text,
        repair: advice.repair.to_owned(),
        fix: advice.fix.and_then(|fix| repair(&fix, checked)),
        count: advice.people.count,
        people: named
            .map(|person| Concerned { label: person.label, detail: person.detail })
            .collect(),
        source: format!("{} ({})", advice.source, advice.date),
    }
}

fn spot(place: Place, kind: Kind, checked: &Checked) -> Spot {
    match place {
        Place::Mapping => Spot::Mapping,
        Place::Actions => Spot::Actions,
        Place::Row(row) => checked.row_id(kind, row).map_or(Spot::Mapping, Spot::Row),
        Place::Filter(filter) => Spot::Filter(filter),
        Place::Clause(filter, clause) => Spot::Clause(filter, clause),
        Place::Settings => Spot::Settings,
        Place::Assignments => Spot::Assignments,
    }
}

/// The same change in terms of the draft. While something typed has a problem none is offered:
/// the configuration is not all that stands in the draft then.
fn repair(fix: &Fix, checked: &Checked) -> Option<Repair> {
    checked.sound()?;
    Some(match fix {
        Fix::ReplaceRow(kind, at, row) => {
            let kind = Kind::from(*kind);
            Repair::ReplaceRow(kind, checked.row_id(kind, *at)?, Box::new(Row::of(row)))
        }
        Fix::AddRow(kind, row) => Repair::AddRow(Kind::from(*kind), Box::new(Row::of(row))),
        Fix::RemoveRow(kind, at) => {
            let kind = Kind::from(*kind);
            Repair::RemoveRow(kind, checked.row_id(kind, *at)?)
        }
        Fix::Actions(kind, actions) => {
            Repair::Actions(Kind::from(*kind), [actions.create, actions.update, actions.delete])
        }
        Fix::Scope(scope) => Repair::SyncAll(*scope == Scope::All),
        Fix::DisableLeavers => Repair::DisableLeavers,
        Fix::ReplaceClause(kind, filter, clause, new) => {
            Repair::ReplaceClause(Kind::from(*kind), *filter, *clause, ClauseDraft::of(new))
        }
        Fix::AddFilter(kind, filter) => {
            Repair::AddFilter(Kind::from(*kind), FilterDraft::of(filter))
        }
        Fix::RemoveFilter(kind, filter) => Repair::RemoveFilter(Kind::from(*kind), *filter),
    })
}

fn foretold(forecast: forecast::Forecast) -> Forecast {
    let forecast::Forecast { extent, length, calls, failures, deletions } = forecast;
    let seconds = calls.seconds_at(RATE_LIMIT);
    let kinds = calls.by_purpose.iter();
    Forecast {
        users: extent.users,
        groups: extent.groups,
        members: extent.members,
        minutes: (length.formula.least, length.formula.most),
        historical: length.historical.map(|line| (line.minutes.least, line.minutes.most)),
        doubts: length.doubts,
        calls: kinds
            .map(|(kind, bounds)| (purpose(*kind).to_owned(), bounds.least, bounds.most))
            .collect(),
        all_calls: (calls.total.least, calls.total.most),
        seconds: (seconds.least, seconds.most),
        events: failures.events,
        failing: failures.failed,
        quarantine: failures.reason().map(|reason| reason.to_string()),
        leaving: deletions.count,
        threshold: deletions.threshold.map(std::num::NonZeroU32::get),
    }
}
