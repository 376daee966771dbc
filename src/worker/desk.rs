//! The worker's side: the people, the draft in use, the sandbox, and the cycles under way.
//!
//! A plain value with one method, so that the whole walk can be tested without a browser.

use std::collections::BTreeMap;
use std::sync::Arc;

use provisioning::ambient::Ambient;
use provisioning::difference::Difference;
use provisioning::expression::value::DateTime;
use provisioning::graph::people::ReadFault;
use provisioning::population::Population;
use provisioning::source::Directory;
use provisioning::tenant::Tenant;

mod census;
mod difference;
mod editing;
mod errand;
mod export;
mod importing;
mod job;
mod judgement;
mod pilot;
mod planning;
mod recipe;
mod review;
mod seeding;
mod serving;
mod sheet;
mod target;
mod telling;
mod workbench;

use super::message::{
    Answer, Ask, Chosen, Errand, Order, OutcomeQuery, OutcomeRow, PeopleText, Refusal, Slice,
};
use crate::draft::Draft;
use crate::draft::check::Checked;
use crate::people::by_hand::InForce;
use crate::people::{self, invented};
use errand::Running;
use importing::Importing;
use job::Clocked;
use judgement::Counting;
use pilot::Scouting;
use planning::Planning;
use seeding::Filling;
use sheet::Sheet;
use target::Opened;
use workbench::Survey;

/// Everything that the worker holds.
#[derive(Default)]
pub struct Desk {
    /// The people in use, with the draft's assignments once those were asked for.
    tenant: Tenant,
    /// The same people in the form in which all of them are counted.
    counting: Option<Counting>,
    importing: Importing,
    /// What of the draft's changes by hand is in force.
    in_force: InForce,
    draft: Draft,
    view: Option<View>,
    /// What the workbench looks at where nobody is loaded.
    stand_in: Option<View>,
    survey: Option<Survey>,
    /// The pilot that is being chosen among the people under the draft in use.
    scouting: Option<Scouting>,
    /// The draft in use beside an earlier one, once they are compared.
    difference: Option<Difference>,
    /// Whom the sandbox has heard of.
    filling: Filling,
    /// What the sandbox is still to be told.
    orders: Vec<Order>,
    quirks: Vec<String>,
    preview: Option<Running>,
    /// A preview of very many people, in place of the other one.
    planning: Option<Planning>,
    run: Option<Running>,
    /// What the last cycle in the sandbox linked: the next one knows it.
    links: Option<BTreeMap<String, String>>,
    /// The application's users as a file holds them, while one is open.
    opened: Option<Opened>,
    /// The job whose cycles run in the sandbox.
    job: Option<Clocked>,
    /// How many months have passed since the people were loaded.
    months: u32,
    now: f64,
}

/// The people under the draft in use.
struct View {
    checked: Checked,
    population: Population,
    directory: Arc<Directory>,
}

impl View {
    /// `tenant` has the draft's assignments already.
    fn new(draft: &Draft, tenant: &mut Tenant, ambient: Ambient) -> Self {
        let checked = draft.check();
        let population = Population::over(checked.configuration.clone(), tenant, ambient);
        Self { checked, population, directory: Arc::clone(tenant.directory()) }
    }
}

impl Desk {
    /// Answers one question; `now` is the time in milliseconds since 1970.
    pub fn answer(&mut self, ask: Ask, now: f64) -> Answer {
        self.now = now;
        match ask {
            Ask::LoadPeople(text) => self.load_people(text),
            Ask::Recipe(text) => Answer::Recipe(recipe::read(&text)),
            Ask::Import(ask) => self.import(ask),
            Ask::ByHand(ask) => Answer::ByHand(self.by_hand(ask)),
            Ask::Census => Answer::People(census::summary(self.tenant.directory())),
            Ask::Configure(draft) => {
                self.draft = draft;
                self.forget_view();
                self.follow_by_hand();
                self.take_up();
                Answer::Judged(self.judge())
            }
            Ask::Judge => Answer::Judged(self.judge()),
            Ask::Review { everybody } => Answer::Reviewed(self.review(everybody)),
            Ask::Compare(before, after) => {
                Answer::Compared(self.compare(&before, after.as_deref()))
            }
            Ask::Moves(query) => Answer::Moves(self.moves(&query)),
            Ask::List(query) => Answer::List(self.list(&query)),
            Ask::Pilot => Answer::Pilot(self.pilot()),
            Ask::Person(id) => Answer::Person(self.person(&id)),
            Ask::ResetSandbox => {
                self.empty_sandbox();
                Answer::Done
            }
            Ask::Quirks(names) => {
                self.misbehave(names);
                Answer::Done
            }
            // The room asks the sandbox: nobody else has a line to it.
            Ask::Sandbox(_) => Answer::Done,
            Ask::OpenTarget(text) => self.open_target(text.as_deref()),
            Ask::Begin(errand) => self.begin(errand),
            Ask::Next(errand) => self.next(&errand),
            Ask::Receive(errand, id, answer) => self.receive(&errand, id, answer),
            Ask::Stop(errand) => self.stop(&errand),
            Ask::Outcomes(errand, query) => Answer::Outcomes(self.outcomes(&errand, &query)),
            Ask::Groups(errand, by, query) => Answer::Groups(
                self.sheet(&errand).map(|sheet| sheet.groups(by, &query)).unwrap_or_default(),
            ),
            Ask::Lines(errand, chosen) => Answer::Text(self.lines(&errand, &chosen)),
            Ask::Report(errand, id) => Answer::Report(match self.planned(&errand) {
                Some(planning) => planning.report(&id),
                None => self.running(&errand).and_then(|running| running.report(&id)),
            }),
            Ask::Export(errand, format) => Answer::Text(match self.planned(&errand) {
                Some(planning) => planning.export(format),
                None => self.running(&errand).map(|each| each.export(format)).unwrap_or_default(),
            }),
            Ask::PassMonth => self.pass_month(),
            Ask::Job(order) => Answer::Job(self.order(order)),
            Ask::Bench(ask) => Answer::Bench(self.bench(ask)),
        }
    }

    /// The people in use change only when the new ones are read whole.
    fn load_people(&mut self, text: PeopleText) -> Answer {
        let read = match text {
            PeopleText::Nobody => Ok(Directory::default()),
            PeopleText::Invented { size, seed } => Ok(invented::tenant(size, seed)),
            PeopleText::Graph(text) => people::read(&text),
        };
        self.use_people(read)
    }

    fn use_people(&mut self, read: Result<Directory, Vec<ReadFault>>) -> Answer {
        match read {
            Ok(directory) => {
                let summary = census::summary(&directory);
                self.forget_view();
                self.counting = None;
                self.tenant = Tenant::new(Arc::new(directory));
                self.in_force = InForce::default();
                self.empty_sandbox();
                self.months = 0;
                self.preview = None;
                self.planning = None;
                self.run = None;
                Answer::People(summary)
            }
            Err(faults) => Answer::Refused(
                faults
                    .into_iter()
                    .map(|fault| Refusal {
                        place: fault.whereabouts(),
                        rule: fault.rule,
                        repair: fault.repair,
                    })
                    .collect(),
            ),
        }
    }

    /// The people under the draft in use, prepared when they are first asked for.
    fn view(&mut self) -> &View {
        if self.view.is_none() {
            self.reassign();
            let ambient = self.ambient();
            self.view = Some(View::new(&self.draft, &mut self.tenant, ambient));
        }
        #[expect(clippy::unwrap_used, reason = "it was put there above")]
        self.view.as_ref().unwrap()
    }

    /// Puts the draft's assignments in place of those before.
    fn reassign(&mut self) {
        let wanted = people::assigned(&self.draft.assignments);
        if self.tenant.directory().assignments != wanted {
            let changed = self.tenant.reassign(wanted).changed;
            if let Some(counting) = &mut self.counting {
                counting.reassign(&self.tenant, &changed);
            }
        }
    }

    /// What was prepared for another draft or other people.
    fn forget_view(&mut self) {
        self.view = None;
        self.stand_in = None;
        self.survey = None;
        self.scouting = None;
        self.difference = None;
    }

    fn ambient(&self) -> Ambient {
        // The clock's milliseconds are whole numbers far below 2^53.
        Ambient { now: DateTime::from_unix_milliseconds(self.now as i64), seed: 1 }
    }

    fn outcomes(&mut self, errand: &Errand, query: &OutcomeQuery) -> Slice<OutcomeRow> {
        match (&mut self.planning, errand) {
            (Some(planning), Errand::Preview) => planning.slice(query),
            _ => self.sheet(errand).map(|sheet| sheet.slice(query)).unwrap_or_default(),
        }
    }

    /// The preview that plans everybody at once, where that is meant.
    fn planned(&self, errand: &Errand) -> Option<&Planning> {
        self.planning.as_ref().filter(|_| *errand == Errand::Preview)
    }

    fn running(&self, errand: &Errand) -> Option<&Running> {
        match errand {
            Errand::Preview => self.preview.as_ref(),
            Errand::Cycle | Errand::OnDemand(_) => self.run.as_ref(),
        }
    }

    /// The outcomes of an errand so far, in columns.
    fn sheet(&mut self, errand: &Errand) -> Option<&mut Sheet> {
        match (&mut self.planning, errand) {
            (Some(planning), Errand::Preview) => Some(&mut planning.sheet),
            (_, Errand::Preview) => self.preview.as_mut().map(Running::sheet),
            (_, Errand::Cycle | Errand::OnDemand(_)) => self.run.as_mut().map(Running::sheet),
        }
    }

    fn lines(&mut self, errand: &Errand, chosen: &Chosen) -> String {
        match (&mut self.planning, errand) {
            (Some(planning), Errand::Preview) => planning.lines(chosen),
            _ => self.sheet(errand).map(|sheet| export::lines(sheet, chosen)).unwrap_or_default(),
        }
    }
}
