//! The whole walk without a browser: from an empty draft to the files that are delivered, step by
//! step, against the sandbox; and stories of what goes wrong on the way.
//!
//! [`Walk::drive`] is the page's own loop (`src/provision.rs`) without its clock: it asks the desk
//! what to send, lets the sandbox answer, and hands the answer back.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, VecDeque};

use futures_util::FutureExt;
use serde_json::Value;
use wizard::draft::mapping::unit_test::{Subject, UnitTest};
use wizard::draft::mapping::{ClauseDraft, FilterDraft, MappingType, TargetTypeDraft};
use wizard::draft::place::{Kind, Place};
use wizard::draft::reading::Reading;
use wizard::draft::{Draft, PeopleSource, Route};
use wizard::gallery;
use wizard::people::invented;
use wizard::project::Project;
use wizard::route::Step;
use wizard::runbook::{self, Findings};
use wizard::standing::{Facts, Standing};
use wizard::verdict::{self, Outlook};
use wizard::worker::message::{
    Answer, Ask, BenchAnswer, BenchAsk, Chosen, Errand, Forecast, Format, Formula, Found,
    GroupQuery, Grouping, JobOrder, JobState, Judgement, Lens, ListQuery, MoveQuery, OutcomeColumn,
    OutcomeQuery, OutcomeRow, PeopleSummary, PeopleText, Person, Principal, Refusal, Report,
    Reviewed, Spot, Steps, Summary, SurveyQuery, WireRequest, WireResponse,
};
use wizard::worker::provider::Beside;
use wizard::worker::room::Room;

/// The first of September 2026, in milliseconds since 1970.
const NOW: f64 = 1_788_220_800_000.0;
const SIZE: u32 = 50;
const SEED: u32 = 1;
/// The role of an assignment where the application has none of its own.
const DEFAULT_ACCESS: &str = "00000000-0000-0000-0000-000000000000";

/// What the page holds while somebody walks: the draft, the worker's room, and what was learned.
struct Walk {
    room: Room<Beside>,
    draft: Draft,
    people: Option<PeopleSummary>,
    judgement: Option<Judgement>,
    tested: Option<bool>,
    previewed: bool,
    has_run: bool,
}

/// What a cycle sent, and where it ended.
struct Driven {
    sent: Vec<WireRequest>,
    last: Steps,
}

impl Driven {
    fn summary(&self) -> &Summary {
        self.last.summary.as_ref().expect("a cycle ends with its counts")
    }
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            room: Room::beside(Beside::at(NOW)),
            draft: Draft::default(),
            people: None,
            judgement: None,
            tested: None,
            previewed: false,
            has_run: false,
        }
    }
}

impl Walk {
    /// Envoy, fifty people, and the group "Envoy Users" assigned.
    fn prepared() -> Self {
        let mut walk = Self::default();
        let recipes = gallery::read(include_str!("../public/gallery/apps.json")).unwrap();
        let envoy = gallery::search(&recipes, "envoy")[0].clone();
        walk.draft.add_application("Envoy (test)", envoy);
        walk.draft.people = PeopleSource::Invented { size: SIZE, seed: SEED };
        walk.load(PeopleText::Invented { size: SIZE, seed: SEED }).unwrap();
        let group = walk.named(Kind::Group, "Envoy Users");
        walk.draft.assign(&group.id, DEFAULT_ACCESS);
        walk.configure();
        walk
    }

    fn ask(&mut self, ask: Ask) -> Answer {
        let answer = self.room.answer(ask, NOW).now_or_never();
        answer.expect("the sandbox is in this thread, so nobody is waited for")
    }

    fn load(&mut self, text: PeopleText) -> Result<(), Vec<Refusal>> {
        match self.ask(Ask::LoadPeople(text)) {
            Answer::People(summary) => {
                self.people = Some(summary);
                Ok(())
            }
            Answer::Refused(refusals) => Err(refusals),
            other => panic!("{other:?}"),
        }
    }

    fn configure(&mut self) -> Judgement {
        let Answer::Judged(judgement) = self.ask(Ask::Configure(self.draft.clone())) else {
            panic!("a draft is judged");
        };
        self.judgement = Some(judgement.clone());
        judgement
    }

    fn review(&mut self) -> Reviewed {
        match self.ask(Ask::Review { everybody: false }) {
            Answer::Reviewed(Some(review)) => review,
            other => panic!("{other:?}"),
        }
    }

    fn foretold(&mut self) -> Forecast {
        self.review().forecast.expect("so few are counted unasked")
    }

    fn order(&mut self, order: JobOrder) -> Option<JobState> {
        match self.ask(Ask::Job(order)) {
            Answer::Job(state) => state,
            other => panic!("{other:?}"),
        }
    }

    fn list(&mut self, query: ListQuery) -> Vec<Principal> {
        match self.ask(Ask::List(query)) {
            Answer::List(slice) => slice.rows,
            other => panic!("{other:?}"),
        }
    }

    fn everybody(&mut self) -> Vec<Principal> {
        self.list(ListQuery { count: 500, ..ListQuery::default() })
    }

    fn named(&mut self, kind: Kind, name: &str) -> Principal {
        let query = ListQuery {
            search: name.to_owned(),
            kind: Some(kind),
            count: 1,
            ..ListQuery::default()
        };
        self.list(query).pop().unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    fn person(&mut self, id: &str) -> Person {
        match self.ask(Ask::Person(id.to_owned())) {
            Answer::Person(Some(person)) => person,
            other => panic!("{other:?}"),
        }
    }

    fn bench(&mut self, ask: BenchAsk) -> BenchAnswer {
        match self.ask(Ask::Bench(ask)) {
            Answer::Bench(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    /// The sandbox's answer; its token is public.
    fn sandbox(&mut self, mut request: WireRequest) -> WireResponse {
        let bearer = format!("Bearer {}", sandbox::Sandbox::PUBLIC_TOKEN);
        request.headers.push(("authorization".to_owned(), bearer));
        match self.ask(Ask::Sandbox(request)) {
            Answer::Served(served) => served.response,
            other => panic!("{other:?}"),
        }
    }

    /// How many users the application holds.
    fn accounts(&mut self) -> u64 {
        let tenant = self.draft.check().tenant_url.unwrap();
        let all = scim::endpoint::Endpoint::new(tenant).search("Users", &Default::default());
        let answer = self.sandbox(WireRequest::from_http(&all));
        scim::answer::list(&answer.to_http()).unwrap().total_results
    }

    fn drive(&mut self, errand: &Errand) -> Driven {
        let mut sent = Vec::new();
        let mut open = VecDeque::new();
        let mut answer = self.ask(Ask::Begin(errand.clone()));
        loop {
            let Answer::Steps(steps) = answer else { panic!("{answer:?}") };
            open.extend(steps.sends.iter().cloned());
            answer = match open.pop_front() {
                Some((id, request)) => {
                    sent.push(request.clone());
                    let came = self.sandbox(request);
                    self.ask(Ask::Receive(errand.clone(), id, Ok(came)))
                }
                None if steps.done => return Driven { sent, last: steps },
                None => self.ask(Ask::Next(errand.clone())),
            };
        }
    }

    fn outcomes(&mut self, errand: &Errand) -> Vec<OutcomeRow> {
        let query = OutcomeQuery { count: 500, ..OutcomeQuery::default() };
        match self.ask(Ask::Outcomes(errand.clone(), query)) {
            Answer::Outcomes(slice) => {
                assert_eq!(slice.total, slice.rows.len());
                slice.rows
            }
            other => panic!("{other:?}"),
        }
    }

    fn report(&mut self, errand: &Errand, id: &str) -> Report {
        match self.ask(Ask::Report(errand.clone(), id.to_owned())) {
            Answer::Report(Some(report)) => report,
            other => panic!("{other:?}"),
        }
    }

    fn export(&mut self, errand: &Errand, format: Format) -> String {
        match self.ask(Ask::Export(errand.clone(), format)) {
            Answer::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    fn visit(&mut self, step: Step) {
        self.draft.visited.push(step);
    }

    fn standing(&self, step: Step) -> Standing {
        let checked = self.draft.check();
        let facts = Facts {
            draft: &self.draft,
            checked: &checked,
            people: self.people.as_ref(),
            people_fault: None,
            lacks: Some("paste the secret token first".to_owned()),
            has_target_file: false,
            tested: self.tested,
            judgement: self.judgement.as_ref(),
            previewed: self.previewed,
            has_run: self.has_run,
            delivered: false,
        };
        facts.standing(step)
    }

    #[track_caller]
    fn expect(&self, step: Step, standing: &Standing) {
        assert_eq!(self.standing(step), *standing, "{step}");
    }
}

/// Outcomes by the name of their action.
fn by_action(outcomes: &[OutcomeRow]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes {
        *counts.entry(outcome.action.as_str()).or_default() += 1;
    }
    counts
}

fn first<'a>(outcomes: &'a [OutcomeRow], action: &str) -> &'a OutcomeRow {
    let found = outcomes.iter().find(|row| row.action == action && row.kind == Kind::User);
    found.unwrap_or_else(|| panic!("nobody's outcome is {action}"))
}

fn filter(attribute: &str, operator: &str, value: &str) -> FilterDraft {
    let clause = ClauseDraft {
        attribute: attribute.to_owned(),
        operator: operator.to_owned(),
        value: value.to_owned(),
    };
    FilterDraft { title: "Only some".to_owned(), clauses: vec![clause] }
}

#[test]
fn from_an_empty_draft_to_the_delivered_files() {
    // An empty draft: only the first step is open.
    let empty = Walk::default();
    empty.expect(Step::Application, &Standing::Open);
    assert!(matches!(empty.standing(Step::Preview), Standing::Blocked(_)));

    // 1 and 2: the application is added, the people are invented, a group is assigned.
    let mut walk = Walk::prepared();
    walk.expect(Step::Application, &Standing::Done);
    walk.expect(Step::People, &Standing::Done);
    let people = walk.people.clone().unwrap();
    assert_eq!((people.users, people.groups), (50, 8));

    // 3: the question that Entra asks first.
    test_connection(&mut walk);
    walk.expect(Step::Connection, &Standing::Done);

    // 4: every row that has a source shows what it yields for a person.
    walk.visit(Step::Mappings);
    live_values(&mut walk);
    walk.expect(Step::Mappings, &Standing::Done);

    // 5: who is in scope, and why.
    walk.visit(Step::Scope);
    let judgement = walk.configure();
    let listed = walk.everybody();
    let inside = |kind| listed.iter().filter(|p| p.kind == kind && p.in_scope).count();
    assert_eq!(judgement.users_in, inside(Kind::User));
    assert_eq!(judgement.groups_in, inside(Kind::Group));
    assert_eq!(judgement.users_in + judgement.users_out, 50);
    assert!(judgement.users_in > 20, "{judgement:?}");
    assert!(listed.iter().all(|principal| !principal.reason.is_empty()));
    walk.expect(Step::Scope, &Standing::Done);

    // 6: the preview.
    preview(&mut walk, &judgement);
    walk.expect(Step::Preview, &Standing::Done);

    // 7: the cycle in the sandbox.
    run(&mut walk);
    walk.expect(Step::Run, &Standing::Done);

    // 8: what is delivered.
    deliver(&mut walk);
}

fn test_connection(walk: &mut Walk) {
    let tenant = walk.draft.check().tenant_url.unwrap();
    let path = scim::path::Path::parse("userName").unwrap();
    let nobody = scim::filter::Filter::equals(&path, "2ff8a1c2-6a0f-4c1c-8f5e-0c7b6f0e9d11");
    let search = scim::endpoint::Search::filtered(nobody);
    let request = scim::endpoint::Endpoint::new(tenant).search("Users", &search);
    let answer = walk.sandbox(WireRequest::from_http(&request));
    walk.tested = Some(verdict::judge(&Ok(answer)).outlook == Outlook::Good);
}

fn live_values(walk: &mut Walk) {
    let somebody = walk.list(ListQuery { kind: Some(Kind::User), count: 1, ..Default::default() });
    let person = walk.person(&somebody[0].id);
    let user_name = walk.draft.users.rows.iter().find(|row| row.target == "userName").unwrap();
    let live = person.values.iter().find(|value| value.row == user_name.id).unwrap();
    assert_eq!(live.value.as_deref(), Some(somebody[0].detail.as_str()));
    let sourced = walk.draft.users.rows.iter().filter(|row| !row.source_text().is_empty()).count();
    assert_eq!(person.values.len(), sourced);
    assert!(!person.gates.is_empty());
}

fn preview(walk: &mut Walk, judgement: &Judgement) {
    let before = walk.accounts();
    let driven = walk.drive(&Errand::Preview);
    walk.previewed = true;
    assert_eq!(driven.summary().failure, None);
    let written = driven.sent.iter().find(|request| request.method != "GET");
    assert_eq!(written, None, "a preview only reads");
    assert!(driven.sent.len() > judgement.users_in, "everybody in scope is asked for");
    assert_eq!(walk.accounts(), before, "the application is as it was");

    let outcomes = walk.outcomes(&Errand::Preview);
    assert_eq!(outcomes.len(), 58, "everybody has an outcome");
    let counts = by_action(&outcomes);
    for (action, count) in &driven.summary().actions {
        assert_eq!(counts.get(action.as_str()).copied().unwrap_or_default(), *count, "{action}");
    }
    // The sandbox begins with people who are missing and people with an old job title.
    let created = first(&outcomes, "Create");
    let updated = first(&outcomes, "Update");
    assert!(outcomes.iter().all(|row| row.action != "Skip" || !row.reason.is_empty()));

    let report = walk.report(&Errand::Preview, &created.id);
    assert_eq!(report.legacy[0].method, "POST");
    assert_eq!(report.compliant[0].method, "POST");
    assert!(report.legacy[0].body.contains(&created.detail), "{report:?}");
    let titles: Vec<&str> = report.steps.iter().map(|step| step.title.as_str()).collect();
    assert_eq!(titles.len(), 5, "the five steps of provision on demand: {titles:?}");
    assert!(report.exchanges.iter().all(|exchange| exchange.request.method == "GET"));

    let report = walk.report(&Errand::Preview, &updated.id);
    let (legacy, compliant) = (&report.legacy[0], &report.compliant[0]);
    assert_eq!((legacy.method.as_str(), compliant.method.as_str()), ("PATCH", "PATCH"));
    assert_ne!(legacy.body, compliant.body, "the two wire forms differ");
    let lines = report.steps.iter().flat_map(|step| &step.attributes);
    let title = lines.into_iter().find(|line| line.target == "title").unwrap();
    assert_eq!(title.original, Some(Value::from("Trainee")));
    assert!(title.modified.is_some() && title.modified != title.original, "{title:?}");
}

fn run(walk: &mut Walk) {
    let before = walk.accounts();
    let driven = walk.drive(&Errand::Cycle);
    walk.has_run = true;
    assert_eq!(driven.summary().failure, None);
    let posts = driven.sent.iter().filter(|request| request.method == "POST");
    let new_users = posts.filter(|request| request.uri.ends_with("/Users")).count();
    let outcomes = walk.outcomes(&Errand::Cycle);
    let created = |row: &&OutcomeRow| row.action == "Create" && row.kind == Kind::User;
    assert_eq!(outcomes.iter().filter(created).count(), new_users);
    assert_eq!(walk.accounts(), before + u64::try_from(new_users).unwrap());
    assert_eq!(by_action(&outcomes).get("Error"), None, "{outcomes:?}");

    let again = walk.drive(&Errand::Preview);
    assert!(again.sent.iter().all(|request| request.method == "GET"));
    let left: Vec<_> =
        walk.outcomes(&Errand::Preview).into_iter().filter(|row| row.action != "Skip").collect();
    assert_eq!(left, [], "after an initial cycle there is nothing left to write");
}

fn deliver(walk: &mut Walk) {
    let outcomes = walk.outcomes(&Errand::Preview);
    let csv = walk.export(&Errand::Preview, Format::Csv);
    assert_eq!(csv.matches("\r\n").count(), 1 + outcomes.len());
    assert_eq!(csv.lines().next().unwrap().split(',').count(), 7);

    let json: Value = serde_json::from_str(&walk.export(&Errand::Preview, Format::Json)).unwrap();
    let told = json["outcomes"].as_array().unwrap();
    assert_eq!(told.len(), outcomes.len());
    for (told, outcome) in told.iter().zip(&outcomes) {
        assert_eq!(told["outcome"]["id"], outcome.id.as_str());
        assert_eq!(told["outcome"]["action"], outcome.action.as_str());
    }

    let log: Value = serde_json::from_str(&walk.export(&Errand::Preview, Format::Log)).unwrap();
    let entries = log["value"].as_array().unwrap();
    assert_eq!(entries.len(), outcomes.len());
    for (entry, outcome) in entries.iter().zip(&outcomes) {
        assert_eq!(entry["sourceIdentity"]["id"], outcome.id.as_str());
    }

    let saved = Project::new(walk.draft.clone(), None).write();
    assert_eq!(Project::read(&saved).unwrap().draft, walk.draft);

    let written = "2026-09-01T00:00:00Z".to_owned();
    let review = walk.review();
    let findings = Findings { written, review: Some(review), preview: None };
    let runbook = runbook::write(&walk.draft, &findings);
    assert!(runbook.starts_with("# Provisioning of Envoy"), "{runbook}");
    assert!(runbook.contains("https://app.envoy.com/scim/v2"));
    assert!(runbook.contains("calls to the application"), "{runbook}");
}

#[test]
fn a_remark_is_mended_and_the_forecast_holds() {
    let mut walk = Walk::prepared();
    let has = |review: &Reviewed, id: &str| review.advice.iter().any(|a| a.id == id);
    assert!(!has(&walk.review(), "update-off"));
    walk.draft.users.update = false;
    walk.configure();
    let review = walk.review();
    let remark = review.advice.iter().find(|a| a.id == "update-off").expect("a remark");
    assert_eq!((remark.spot, remark.kind), (Spot::Actions, Kind::User));
    remark.fix.clone().expect("a repair").apply(&mut walk.draft);
    walk.configure();
    let review = walk.review();
    assert!(walk.draft.users.update && !has(&review, "update-off"));

    let (least, most) = review.forecast.as_ref().unwrap().all_calls;
    let calls = walk.drive(&Errand::Cycle).sent.len();
    assert!(least <= calls && calls <= most, "{least} to {most}, and not {calls}");
    // Whoever has been provisioned and leaves would be disabled by the next cycle.
    assert_eq!(walk.foretold().leaving, 0);
    walk.draft.assignments.clear();
    walk.configure();
    assert!(walk.foretold().leaving > 20, "{:?}", walk.foretold());
}

#[test]
fn very_many_people_are_reviewed_only_when_it_is_asked_for() {
    let mut walk = Walk::prepared();
    walk.load(PeopleText::Invented { size: 5_000, seed: SEED }).unwrap();
    let group = walk.named(Kind::Group, "Envoy Users");
    walk.draft.assign(&group.id, DEFAULT_ACCESS);
    walk.configure();
    let draft_only = walk.review();
    assert_eq!(draft_only.left_out, 5_008);
    assert!(draft_only.advice.iter().all(|advice| advice.count == 0), "{draft_only:?}");
    assert!(
        draft_only.forecast.as_ref().unwrap().users > 3_000,
        "what is foretold is quick: {draft_only:?}"
    );
    let Answer::Reviewed(Some(whole)) = walk.ask(Ask::Review { everybody: true }) else { panic!() };
    assert_eq!(whole.left_out, 0);
    assert_eq!(whole.forecast, draft_only.forecast);
    assert!(whole.advice.iter().any(|advice| advice.count > 0));
}

#[test]
fn nobody_is_counted_unasked_where_that_takes_long() {
    let mut walk = Walk::prepared();
    walk.load(PeopleText::Invented { size: 20_000, seed: SEED }).unwrap();
    walk.configure();
    let unasked = walk.review();
    assert_eq!((unasked.left_out, unasked.forecast), (20_008, None));
    let Answer::Reviewed(Some(whole)) = walk.ask(Ask::Review { everybody: true }) else { panic!() };
    assert!(whole.forecast.is_some());
}

#[test]
fn an_edit_is_compared_with_the_draft_before_it() {
    let mut walk = Walk::prepared();
    let before = Box::new(walk.draft.clone());
    let title = walk.draft.users.rows.iter_mut().find(|row| row.target == "title").unwrap();
    (title.mapping_type, title.constant) = (MappingType::Constant, "Colleague".to_owned());
    walk.configure();
    let Answer::Compared(compared) = walk.ask(Ask::Compare(before.clone(), None)) else { panic!() };
    let changes = compared.movements.iter().find(|(name, _)| name == "Changes").unwrap().1;
    assert!(changes > 20, "{compared:?}");
    assert_eq!(compared.attributes, [("title".to_owned(), changes)]);
    let query =
        MoveQuery { movement: Some("Changes".to_owned()), attribute: None, from: 1, count: 2 };
    let Answer::Moves(moves) = walk.ask(Ask::Moves(query)) else { panic!() };
    assert_eq!((moves.total, moves.from, moves.rows.len()), (changes, 1, 2));
    let (name, was, now, note) = &moves.rows[0].attributes[0];
    assert_eq!((name.as_str(), now.as_str(), note.as_str()), ("title", "Colleague", ""));
    assert_ne!(was, now);

    walk.draft = *before.clone();
    walk.draft.assignments.clear();
    walk.configure();
    let Answer::Moves(none) = walk.ask(Ask::Moves(MoveQuery::default())) else { panic!() };
    assert_eq!(none.total, 0, "a comparison belongs to its draft");
    let Answer::Compared(compared) = walk.ask(Ask::Compare(before, None)) else { panic!() };
    let leave = compared.movements.iter().find(|(name, _)| name == "Leaves").unwrap().1;
    assert!(leave > 20, "{compared:?}");
}

#[test]
fn later_cycles_look_at_what_has_changed_and_hold_back_too_many_leavers() {
    let mut walk = Walk::prepared();
    assert_eq!(walk.order(JobOrder::Tell), None);
    // Envoy's mapping, as it is published, disables nobody.
    let advice = walk.review().advice.into_iter().find(|advice| advice.id == "active-not-mapped");
    advice.and_then(|advice| advice.fix).expect("a repair").apply(&mut walk.draft);
    walk.configure();
    walk.drive(&Errand::Cycle);
    let state = walk.order(JobOrder::Tell).unwrap();
    assert_eq!((state.status.as_str(), state.is_next_initial), ("Active", false));
    assert!(state.links > 20 && state.due > state.last, "{state:?}");

    let idle = walk.drive(&Errand::Cycle);
    assert_eq!(idle.sent.len(), 1, "nothing has changed, so only the connection is tested");

    // Somebody joins, moves, takes another name, is blocked, is deleted.
    let Answer::Passed(_, told) = walk.ask(Ask::PassMonth) else { panic!("a month passes") };
    assert!(
        told.iter().any(|line| line.contains(" joins, and is put into Envoy Users")),
        "{told:?}"
    );
    let month = walk.drive(&Errand::Cycle);
    let methods: Vec<&str> = month.sent.iter().map(|request| request.method.as_str()).collect();
    assert!(methods.contains(&"POST") && methods.contains(&"PATCH"), "{methods:?}");
    assert!(methods.len() < 30, "only those who have changed: {methods:?}");

    // Everybody leaves, and the threshold allows one.
    walk.draft.assignments.clear();
    walk.draft.connection.prevent_deletions = true;
    walk.draft.connection.notification_email = "a@contoso.com".to_owned();
    walk.draft.connection.deletion_threshold = "1".to_owned();
    walk.configure();
    let held = walk.drive(&Errand::Cycle);
    assert!(held.sent.iter().all(|request| request.method == "GET"), "{:?}", held.sent);
    let state = walk.order(JobOrder::Tell).unwrap();
    assert_eq!(state.status, "Quarantine");
    assert_eq!(state.quarantine.as_ref().unwrap().0, "TooManyDeletes");
    assert!(state.held_back > 20, "{state:?}");

    walk.order(JobOrder::AllowDeletes);
    let allowed = walk.drive(&Errand::Cycle);
    let writes = allowed.sent.iter().filter(|request| request.method != "GET").count();
    assert_eq!(writes, state.held_back);
    let state = walk.order(JobOrder::Tell).unwrap();
    assert_eq!((state.status.as_str(), state.held_back), ("Active", 0));

    walk.order(JobOrder::Pause);
    let Answer::Blocked(why) = walk.ask(Ask::Begin(Errand::Cycle)) else { panic!("it is paused") };
    assert!(why.contains("start it first"), "{why}");
    walk.order(JobOrder::RestartFully);
    let state = walk.order(JobOrder::Tell).unwrap();
    assert!(state.is_next_initial && state.links == 0, "{state:?}");
}

#[test]
fn one_person_is_provisioned_on_demand() {
    let mut walk = Walk::prepared();
    walk.drive(&Errand::Preview);
    let created = first(&walk.outcomes(&Errand::Preview), "Create").clone();
    let before = walk.accounts();

    let errand = Errand::OnDemand(created.id.clone());
    let driven = walk.drive(&errand);
    assert_eq!(driven.sent.iter().filter(|request| request.method == "POST").count(), 1);
    assert_eq!(walk.accounts(), before + 1);

    walk.drive(&Errand::Preview);
    let now = walk.outcomes(&Errand::Preview).into_iter().find(|row| row.id == created.id).unwrap();
    assert_eq!(now.action, "Skip", "{now:?}");
}

#[test]
fn a_preview_that_is_stopped_counts_what_it_has_found() {
    let mut walk = Walk::prepared();
    let Answer::Steps(begun) = walk.ask(Ask::Begin(Errand::Preview)) else { panic!("it begins") };
    let mut open = VecDeque::from(begun.sends);
    for _ in 0..12 {
        let (id, request) = open.pop_front().expect("there is more to ask");
        let came = walk.sandbox(request);
        let answer = walk.ask(Ask::Receive(Errand::Preview, id, Ok(came)));
        let Answer::Steps(steps) = answer else { panic!("{answer:?}") };
        open.extend(steps.sends);
    }
    let Answer::Steps(stopped) = walk.ask(Ask::Stop(Errand::Preview)) else { panic!("it stops") };
    let counted: usize = stopped.summary.unwrap().actions.iter().map(|(_, count)| count).sum();
    let listed = walk.outcomes(&Errand::Preview).len();
    assert!(listed > 5, "{listed}");
    assert_eq!(counted, listed);
}

#[test]
fn the_same_draft_gives_the_same_preview() {
    let told = || {
        let mut walk = Walk::prepared();
        let driven = walk.drive(&Errand::Preview);
        (driven.sent, walk.export(&Errand::Preview, Format::Json))
    };
    assert_eq!(told(), told());
}

#[test]
fn a_scoping_filter_changes_who_is_in_and_says_why() {
    let mut walk = Walk::prepared();
    let before = walk.configure();
    let inside: Vec<String> = walk
        .everybody()
        .into_iter()
        .filter(|principal| principal.kind == Kind::User && principal.in_scope)
        .map(|principal| principal.id)
        .collect();
    let tenant = invented::tenant(SIZE, SEED);
    let in_sales = |id: &&String| {
        tenant.users.iter().any(|user| user.id == **id && user.text("department") == Some("Sales"))
    };
    let expected = inside.iter().filter(in_sales).count();
    assert!(0 < expected && expected < before.users_in);

    walk.draft.users.filters.push(filter("department", "EQUALS", "Sales"));
    let after = walk.configure();
    assert_eq!(after.users_in, expected);
    assert_eq!(after.users_in + after.users_out, before.users_in + before.users_out);
    assert_eq!(after.groups_in, before.groups_in, "a filter of users says nothing of groups");

    let outsider = inside.iter().find(|id| !in_sales(id)).unwrap();
    let person = walk.person(outsider);
    assert!(!person.principal.in_scope);
    assert!(person.gates.iter().any(|gate| !gate.passed && gate.text.contains("Only some")));

    walk.drive(&Errand::Preview);
    let outcomes = walk.outcomes(&Errand::Preview);
    let verdict = outcomes.iter().find(|row| row.id == *outsider).unwrap();
    assert!(["Skip", "Disable"].contains(&verdict.action.as_str()), "{verdict:?}");
}

#[test]
fn who_is_lost_in_a_nested_group_is_listed_with_the_way() {
    let mut walk = Walk::prepared();
    walk.load(PeopleText::Invented { size: 500, seed: SEED }).unwrap();
    let group = walk.named(Kind::Group, "Envoy Users");
    walk.draft.assignments.clear();
    walk.draft.assign(&group.id, DEFAULT_ACCESS);
    let judgement = walk.configure();
    assert_eq!(judgement.assigned_groups, 1);
    let lost = walk.list(ListQuery { only_lost: true, count: 500, ..ListQuery::default() });
    let people = lost.iter().filter(|each| each.kind == Kind::User).count();
    assert!(people > 0 && people == judgement.lost, "{people}, {}", judgement.lost);
    for each in lost.iter().filter(|each| each.kind == Kind::User) {
        assert!(each.is_lost && !each.in_scope);
        assert_eq!(each.standing, "Lost: in All Facilities, in Envoy Users");
    }
}

#[test]
fn a_pilot_is_chosen_in_portions_and_forgotten_with_the_draft() {
    let mut walk = Walk::prepared();
    walk.load(PeopleText::Invented { size: 2_500, seed: SEED }).unwrap();
    let ask = |walk: &mut Walk| match walk.ask(Ask::Pilot) {
        Answer::Pilot(piloted) => piloted,
        other => panic!("{other:?}"),
    };
    let looked: Vec<_> = (0..3).map(|_| ask(&mut walk)).collect();
    assert_eq!(looked.iter().map(|each| each.looked_at).collect::<Vec<_>>(), [1_000, 2_000, 2_500]);
    assert!(looked[..2].iter().all(|each| each.people.is_none()));
    let people = looked[2].people.as_ref().unwrap();
    assert!((2..20).contains(&people.len()), "{people:?}");
    assert!(people.iter().all(|person| !person.shows.is_empty()));
    assert_eq!(ask(&mut walk), looked[2], "asked again, it is there");
    walk.draft.users.rows.retain(|row| row.target == "userName");
    walk.configure();
    for _ in 0..2 {
        ask(&mut walk);
    }
    assert_eq!(ask(&mut walk).people.unwrap().len(), 1, "one row, one thing to see");
}

#[test]
fn a_regular_expression_that_cannot_be_built_is_a_problem_at_its_clause() {
    let mut walk = Walk::prepared();
    walk.draft.users.filters.push(filter("department", "EQUALS", "Sales"));
    walk.draft.users.filters.push(filter("department", "REGEX MATCH", "Sales("));
    assert_eq!(walk.draft.check().problems, [], "only building it brings the fault to light");

    let judgement = walk.configure();
    let [problem] = judgement.problems.as_slice() else { panic!("{judgement:?}") };
    assert_eq!(problem.place, Place::Clause(Kind::User, 1, 0));
    assert!(!problem.message.is_empty() && !problem.repair.is_empty());
    assert!(matches!(walk.standing(Step::Scope), Standing::Problem(_)));
    assert!(matches!(walk.standing(Step::Preview), Standing::Blocked(_)));

    let driven = walk.drive(&Errand::Preview);
    assert_eq!(driven.sent, [], "nobody is asked for by a filter that means nothing");
    assert!(driven.summary().failure.is_some());
}

#[test]
fn an_application_that_ignores_filters_is_found_out_and_nobody_is_matched() {
    let mut walk = Walk::prepared();
    walk.ask(Ask::Quirks(vec!["filter-ignored".to_owned()]));
    test_connection(&mut walk);
    assert_eq!(walk.tested, Some(false));

    let driven = walk.drive(&Errand::Preview);
    let findings = &driven.summary().findings;
    assert!(findings.iter().any(|text| text.contains("ignores the filter")), "{findings:?}");
    let mut users = walk.outcomes(&Errand::Preview);
    // It holds no groups, so its answer about those is right.
    users.retain(|row| row.kind == Kind::User);
    let counts = by_action(&users);
    for action in ["Create", "Update", "Disable"] {
        assert_eq!(counts.get(action), None, "{counts:?}");
    }
}

/// The desk has no clock of its own: it says how long the page is to wait.
#[test]
fn a_slow_application_says_how_long_it_takes() {
    let mut walk = Walk::prepared();
    let mut delay = |quirks: &[&str]| {
        let names = quirks.iter().map(|name| (*name).to_owned()).collect();
        walk.ask(Ask::Quirks(names));
        let tenant = walk.draft.check().tenant_url.unwrap();
        let all = scim::endpoint::Endpoint::new(tenant).search("Users", &Default::default());
        match walk.ask(Ask::Sandbox(WireRequest::from_http(&all))) {
            Answer::Served(served) => served.delay_millis,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(delay(&["page-repeated"]), 0);
    assert_eq!(delay(&["slow"]), 2_000);
    assert_eq!(delay(&[]), 0);
}

#[test]
fn people_that_cannot_be_read_leave_those_in_use() {
    let mut walk = Walk::prepared();
    let before = walk.everybody();
    for text in ["{", "[{\"displayName\": \"nobody has an id\"}]", "7"] {
        let refusals = walk.load(PeopleText::Graph(text.to_owned())).unwrap_err();
        let told = |refusal: &Refusal| !refusal.rule.is_empty() && !refusal.repair.is_empty();
        assert!(!refusals.is_empty() && refusals.iter().all(told), "{text}: {refusals:?}");
        assert_eq!(walk.everybody(), before, "{text}");
    }
    let ada =
        r#"{"users": [{"id": "1", "displayName": "Ada", "userPrincipalName": "a@b.example"}]}"#;
    walk.load(PeopleText::Graph(ada.to_owned())).unwrap();
    assert_eq!(walk.everybody().len(), 1);
}

#[test]
fn nothing_is_written_to_a_real_endpoint() {
    let mut walk = Walk::prepared();
    let somebody = walk.named(Kind::User, "");
    for route in [Route::Relay, Route::Direct] {
        walk.draft.connection.route = route;
        walk.configure();
        for errand in [Errand::Cycle, Errand::OnDemand(somebody.id.clone())] {
            assert!(matches!(walk.ask(Ask::Begin(errand)), Answer::Blocked(_)));
        }
        assert!(matches!(walk.ask(Ask::Begin(Errand::Preview)), Answer::Steps(_)));
    }
}

#[test]
fn requests_leave_the_worker_without_a_token_and_none_comes_back() {
    let mut walk = Walk::prepared();
    let driven = walk.drive(&Errand::Preview);
    let mut headers = driven.sent.iter().flat_map(|request| &request.headers);
    assert!(headers.all(|(name, _)| !name.eq_ignore_ascii_case("authorization")));

    let ids = walk.outcomes(&Errand::Preview).into_iter().map(|row| row.id);
    let mut told: Vec<String> =
        ids.map(|id| format!("{:?}", walk.report(&Errand::Preview, &id))).collect();
    told.push(walk.export(&Errand::Preview, Format::Json));
    told.push(walk.export(&Errand::Preview, Format::Csv));
    assert!(told.iter().all(|text| !text.contains("Bearer")));
}

#[test]
fn an_expression_is_tried_on_the_workbench_before_it_is_saved() {
    let mut walk = Walk::prepared();
    let row = walk.draft.users.rows.iter_mut().find(|row| row.target == "title").unwrap();
    row.mapping_type = MappingType::Expression;
    row.expression = "[department]".to_owned();
    walk.configure();
    let formula = Formula {
        kind: Kind::User,
        text: "ToUpper([department])".to_owned(),
        target_type: TargetTypeDraft::String,
    };

    // For somebody, with how it comes about; that becomes a test.
    let ada = walk.named(Kind::User, "");
    let BenchAnswer::Look(Some(look)) = walk.bench(BenchAsk::Look(formula.clone(), ada.id.clone()))
    else {
        panic!("somebody is looked at")
    };
    let Found::Value(value) = &look.found else { panic!("{look:?}") };
    assert_eq!(*value, value.to_uppercase());
    assert_eq!(look.trace.unwrap().children[0].text, "[department]");
    let subject = Subject::Person(ada.detail.clone());
    let test = UnitTest { subject, expected: look.found.expectation() };

    // For everybody, beside what is saved: nobody's result is lost, and all departments change.
    let query = SurveyQuery {
        formula: formula.clone(),
        saved: Some("[department]".to_owned()),
        only_in_scope: false,
    };
    let BenchAnswer::Survey(told) = walk.bench(BenchAsk::Survey(query.clone())) else { panic!() };
    assert_eq!((told.done, told.counted, told.faults), (50, 50, 0));
    assert_eq!(told.changed, 50 - told.empty);
    let which = GroupQuery { lens: Lens::Changes, search: String::new(), from: 0, count: 100 };
    let BenchAnswer::Groups(Some(groups)) = walk.bench(BenchAsk::Groups(query, which)) else {
        panic!("the survey has ended")
    };
    assert_eq!(groups.rows.iter().map(|group| group.count).sum::<usize>(), told.changed);

    // The test holds for the new expression and not for the saved one.
    let saved = Formula { text: "[department]".to_owned(), ..formula.clone() };
    for (formula, passes) in [(formula.clone(), true), (saved, false)] {
        let BenchAnswer::Verify(told) = walk.bench(BenchAsk::Verify(formula, vec![test.clone()]))
        else {
            panic!("a test says something")
        };
        assert_eq!(told[0].passed, passes, "{told:?}");
    }

    // Saved, both are part of the project, of the runbook and of what is provisioned.
    let row = walk.draft.users.rows.iter_mut().find(|row| row.target == "title").unwrap();
    row.expression = formula.text;
    row.tests.push(test);
    let id = row.id;
    walk.configure();
    let live = walk.person(&ada.id).values.into_iter().find(|live| live.row == id).unwrap();
    assert_eq!(live.value.as_deref(), Some(value.as_str()));
    let file = Project::new(walk.draft.clone(), None).write();
    assert_eq!(Project::read(&file).unwrap().draft, walk.draft);
    let runbook = runbook::write(&walk.draft, &Findings::default());
    assert!(runbook.contains(&format!("| `title` | {} | {value} |", ada.detail)), "{runbook}");
}

#[test]
fn a_project_of_before_there_were_tests_still_opens() {
    let walk = Walk::prepared();
    let file = Project::new(walk.draft.clone(), None).write();
    assert!(!file.contains("\"tests\""), "no row has a test");
    assert_eq!(Project::read(&file).unwrap().draft, walk.draft);
}

/// Who, and what happens: the same however the application is read.
fn verdicts(rows: &[OutcomeRow]) -> BTreeMap<String, (String, String)> {
    let users = rows.iter().filter(|row| row.kind == Kind::User);
    users.map(|row| (row.id.clone(), (row.action.clone(), row.reason.clone()))).collect()
}

#[test]
fn pages_questions_and_a_file_give_the_same_preview() {
    let mut walk = Walk::prepared();
    walk.draft.connection.reading = Reading::AskEach;
    walk.configure();
    let asked = walk.drive(&Errand::Preview);
    let expected = verdicts(&walk.outcomes(&Errand::Preview));
    assert!(asked.sent.len() > 1 + 3, "one question a person: {}", asked.sent.len());

    walk.draft.connection.reading = Reading::Pages;
    walk.configure();
    let read = walk.drive(&Errand::Preview);
    assert_eq!(verdicts(&walk.outcomes(&Errand::Preview)), expected);
    assert!(read.sent.iter().all(|request| request.method == "GET"));
    let users = read.sent.iter().filter(|request| request.uri.contains("/Users"));
    assert!(users.count() <= 1 + 3, "fifty accounts are one page");

    let tenant = walk.draft.check().tenant_url.unwrap();
    let all = scim::endpoint::Endpoint::new(tenant).search("Users", &Default::default());
    let saved = walk.sandbox(WireRequest::from_http(&all)).body;
    let opened = walk.ask(Ask::OpenTarget(Some(saved)));
    assert!(matches!(opened, Answer::Opened(accounts) if accounts > 30), "{opened:?}");
    let stored = walk.drive(&Errand::Preview);
    assert_eq!(stored.sent.len(), 0, "a file asks nobody");
    assert_eq!(verdicts(&walk.outcomes(&Errand::Preview)), expected);
    let findings = stored.last.summary.unwrap().findings;
    assert!(findings[0].contains("came from a file"), "{findings:?}");

    let Answer::Refused(refusals) = walk.ask(Ask::OpenTarget(Some("{\"id\":".to_owned()))) else {
        panic!("half a file is refused")
    };
    assert_eq!(refusals[0].place, "line 1");
    let Answer::Opened(0) = walk.ask(Ask::OpenTarget(None)) else { panic!() };
    assert!(!walk.drive(&Errand::Preview).sent.is_empty(), "the application is asked again");
}

#[test]
fn pages_that_lie_lead_to_one_question_a_person() {
    for quirk in ["page-repeated", "page-gap", "last-lost", "total-moving"] {
        let mut walk = Walk::prepared();
        walk.draft.people = PeopleSource::Invented { size: 300, seed: SEED };
        walk.load(PeopleText::Invented { size: 300, seed: SEED }).unwrap();
        walk.draft.sync_all = true;
        walk.draft.connection.reading = Reading::AskEach;
        walk.configure();
        walk.drive(&Errand::Preview);
        let expected = verdicts(&walk.outcomes(&Errand::Preview));
        walk.draft.connection.reading = Reading::Pages;
        walk.configure();
        walk.ask(Ask::Quirks(vec![quirk.to_owned()]));
        let driven = walk.drive(&Errand::Preview);
        let findings = driven.last.summary.unwrap().findings.join(" ");
        assert!(findings.contains("ask for each person, as Entra does"), "{quirk}: {findings}");
        assert!(driven.sent.len() > 200, "{quirk}: {}", driven.sent.len());
        assert_eq!(verdicts(&walk.outcomes(&Errand::Preview)), expected, "{quirk}");
    }
}

#[test]
fn outcomes_are_sorted_narrowed_grouped_and_saved() {
    let mut walk = Walk::prepared();
    walk.drive(&Errand::Preview);
    let all = walk.outcomes(&Errand::Preview);
    let query = OutcomeQuery {
        actions: vec!["Create".to_owned(), "Update".to_owned()],
        sort: Some((OutcomeColumn::Name, true)),
        count: 500,
        ..OutcomeQuery::default()
    };
    let Answer::Outcomes(found) = walk.ask(Ask::Outcomes(Errand::Preview, query.clone())) else {
        panic!()
    };
    let written = all.iter().filter(|row| query.actions.contains(&row.action)).count();
    assert_eq!((found.total, found.rows.len()), (written, written));
    assert!(found.rows.iter().rev().is_sorted_by_key(|row| row.label.to_lowercase()));

    let groups = Ask::Groups(Errand::Preview, Grouping::Attribute, query.clone());
    let Answer::Groups(groups) = walk.ask(groups) else { panic!() };
    let title = groups.iter().find(|(name, _)| name == "title").expect("old job titles");
    let touched = OutcomeQuery { attributes: vec!["title".to_owned()], ..query };
    let Answer::Text(file) = walk.ask(Ask::Lines(Errand::Preview, Chosen::Found(touched))) else {
        panic!()
    };
    assert_eq!(file.lines().count(), title.1 + 1, "a head, and a line for each");
    let ids = vec![all[3].id.clone(), all[1].id.clone()];
    let Answer::Text(file) = walk.ask(Ask::Lines(Errand::Preview, Chosen::These(ids))) else {
        panic!()
    };
    assert!(file.lines().nth(1).unwrap().contains(&all[1].id));
    assert_eq!(file.lines().count(), 3);
}

#[test]
fn any_two_drafts_are_compared() {
    let mut walk = Walk::prepared();
    let first = Box::new(walk.draft.clone());
    walk.draft.sync_all = true;
    let second = Box::new(walk.draft.clone());
    walk.configure();
    let mut leavers = |before: &Draft, after: Option<&Draft>| {
        let ask = Ask::Compare(Box::new(before.clone()), after.cloned().map(Box::new));
        let Answer::Compared(compared) = walk.ask(ask) else { panic!() };
        let of = |name: &str| compared.movements.iter().find(|(it, _)| it == name).unwrap().1;
        (of("Enters"), of("Leaves"))
    };
    let (enters, leaves) = leavers(&first, None);
    assert!(enters > 0 && leaves == 0);
    assert_eq!(leavers(&first, Some(&second)), (enters, 0), "the one in use is the second");
    assert_eq!(leavers(&second, Some(&first)), (0, enters));
    assert_eq!(leavers(&second, Some(&second)), (0, 0));
}
