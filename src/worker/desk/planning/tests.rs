use std::collections::{BTreeMap, VecDeque};

use futures_util::FutureExt;

use super::*;
use crate::draft::{Draft, PeopleSource};
use crate::gallery;
use crate::worker::message::{
    Answer, Ask, Errand, Format, OutcomeColumn, OutcomeQuery, OutcomeRow, PeopleText, Report,
    Summary, WireRequest, WireResponse,
};
use crate::worker::provider::Beside;
use crate::worker::room::Room;

/// A desk with the sandbox beside it.
type Desk = Room<Beside>;

/// The first of September 2026.
const NOW: f64 = 1_788_220_800_000.0;
/// Just more than are asked for one by one.
const SIZE: u32 = 2_100;

/// Envoy, with everybody in scope or only the members of the assigned group.
fn desk(syncs_all: bool, has_run_before: bool) -> Desk {
    let recipes = gallery::read(include_str!("../../../../public/gallery/apps.json")).unwrap();
    let mut draft = Draft::default();
    draft.add_application("Envoy (test)", gallery::search(&recipes, "envoy")[0].clone());
    draft.people = PeopleSource::Invented { size: SIZE, seed: 1 };
    (draft.sync_all, draft.has_run_before) = (syncs_all, has_run_before);
    let desk = Desk::beside(Beside::at(NOW));
    answer(&desk, Ask::LoadPeople(PeopleText::Invented { size: SIZE, seed: 1 }));
    for group in &desk.desk().borrow().tenant.directory().groups {
        draft.assign(&group.id, "00000000-0000-0000-0000-000000000000");
    }
    answer(&desk, Ask::Configure(draft));
    desk
}

/// The sandbox is in this thread, so the answer is there at once.
fn answer(desk: &Desk, ask: Ask) -> Answer {
    desk.answer(ask, NOW).now_or_never().expect("nobody is waited for")
}

/// Goes on until nothing is left to do, as the page does.
fn drive(desk: &Desk, mut told: Answer) -> Steps {
    let errand = Errand::Preview;
    let mut open = VecDeque::new();
    for _ in 0..100_000 {
        let Answer::Steps(steps) = told else { panic!("{told:?}") };
        open.extend(steps.sends.iter().cloned());
        if steps.done {
            return steps;
        }
        told = match open.pop_front() {
            None => answer(desk, Ask::Next(errand.clone())),
            Some((id, request)) => {
                let came = served(desk, request);
                answer(desk, Ask::Receive(errand.clone(), id, Ok(came)))
            }
        };
    }
    panic!("it comes to no end")
}

fn served(desk: &Desk, mut request: WireRequest) -> WireResponse {
    let token = format!("Bearer {}", sandbox::Sandbox::PUBLIC_TOKEN);
    request.headers.push(("authorization".to_owned(), token));
    match answer(desk, Ask::Sandbox(request)) {
        Answer::Served(served) => served.response,
        other => panic!("{other:?}"),
    }
}

fn preview(desk: &Desk) -> Summary {
    let begun = answer(desk, Ask::Begin(Errand::Preview));
    drive(desk, begun).summary.unwrap()
}

/// The same preview with one question a person.
fn asked_each(desk: &Desk) -> Summary {
    desk.desk().borrow_mut().planning = None;
    let begun = desk.desk().borrow_mut().ask_each(Vec::new());
    drive(desk, begun).summary.unwrap()
}

fn rows(desk: &Desk, query: &OutcomeQuery) -> (usize, Vec<OutcomeRow>) {
    let mut rows = Vec::new();
    loop {
        let query = OutcomeQuery { from: rows.len(), count: 500, ..query.clone() };
        let Answer::Outcomes(slice) = answer(desk, Ask::Outcomes(Errand::Preview, query)) else {
            panic!("outcomes are told")
        };
        rows.extend(slice.rows);
        if rows.len() >= slice.total {
            return (slice.total, rows);
        }
    }
}

fn all(desk: &Desk) -> BTreeMap<String, OutcomeRow> {
    let (_, rows) = rows(desk, &OutcomeQuery::default());
    rows.into_iter().map(|row| (row.id.clone(), row)).collect()
}

fn report(desk: &Desk, id: &str) -> Report {
    match answer(desk, Ask::Report(Errand::Preview, id.to_owned())) {
        Answer::Report(Some(report)) => report,
        other => panic!("{id}: {other:?}"),
    }
}

/// How many objects the directory has.
fn everybody(desk: &Desk) -> usize {
    let desk = desk.desk().borrow();
    let directory = desk.tenant.directory();
    directory.users.len() + directory.groups.len()
}

#[test]
fn everybody_at_once_is_told_as_one_by_one() {
    for (syncs_all, has_run_before) in [(true, false), (false, true)] {
        let desk = desk(syncs_all, has_run_before);
        let at_once = preview(&desk);
        assert!(at_once.planned_at_once && at_once.failure.is_none(), "{:?}", at_once.failure);
        let mut rows = all(&desk);
        assert_eq!(rows.len(), everybody(&desk));
        let mut stories = BTreeMap::new();
        for row in rows.values() {
            // A few of each kind are enough.
            let of_kind: &mut Vec<Report> = stories
                .entry((row.kind.singular(), row.action.clone(), row.reason.clone()))
                .or_default();
            if of_kind.len() < 3 {
                of_kind.push(report(&desk, &row.id));
            }
        }
        let one_by_one = asked_each(&desk);
        assert!(!one_by_one.planned_at_once);
        let expected = all(&desk);
        for (id, expected) in &expected {
            let row = rows.get_mut(id).unwrap();
            if row.action == "Conflict" {
                // Whom somebody collides with is said in the story.
                row.text.clone_from(&expected.text);
            }
            assert_eq!(row, expected);
        }
        assert_eq!(at_once.actions, one_by_one.actions);
        assert_eq!(at_once.funnel, one_by_one.funnel);
        assert_eq!(at_once.reasons, one_by_one.reasons);
        assert!(stories.len() > 3, "{:?}", stories.keys());
        for told in stories.into_values().flatten() {
            let expected = report(&desk, &told.outcome.id);
            assert_eq!(told.outcome, expected.outcome);
            assert_eq!((&told.legacy, &told.compliant), (&expected.legacy, &expected.compliant));
            assert_eq!(told.steps.len(), expected.steps.len());
            // The first step tells how the application was read.
            assert_eq!(told.steps[1..], expected.steps[1..], "{}", told.outcome.label);
        }
    }
}

#[test]
fn rows_are_narrowed_sorted_and_cut() {
    let desk = desk(true, false);
    preview(&desk);
    let rows_of_all = all(&desk);
    let query = OutcomeQuery {
        actions: vec!["Create".to_owned()],
        sort: Some((OutcomeColumn::Name, false)),
        search: "an".to_owned(),
        ..OutcomeQuery::default()
    };
    let (total, found) = rows(&desk, &query);
    let fits = |row: &&OutcomeRow| {
        let text = format!("{} {}", row.label, row.detail).to_lowercase();
        row.action == "Create" && text.contains("an")
    };
    assert_eq!(total, rows_of_all.values().filter(fits).count());
    assert!(total > 3 && found.iter().all(|row| fits(&row)));
    assert!(found.is_sorted_by_key(|row| row.label.to_lowercase()));
}

#[test]
fn a_sandbox_that_behaves_is_asked_without_the_page() {
    let desk = desk(true, false);
    let mut crossed = 0;
    let mut told = answer(&desk, Ask::Begin(Errand::Preview));
    let requests = loop {
        let Answer::Steps(steps) = told else { panic!("{told:?}") };
        if steps.done {
            break steps.progress.requests;
        }
        crossed += steps.sends.len();
        told = match steps.sends.into_iter().next() {
            Some((id, request)) => {
                let came = served(&desk, request);
                answer(&desk, Ask::Receive(Errand::Preview, id, Ok(came)))
            }
            None => answer(&desk, Ask::Next(Errand::Preview)),
        };
    };
    // The first one says whether the token is right, and that is the page's.
    assert_eq!(crossed, 1);
    assert!(requests > SIZE as usize / 100, "{requests}");
}

#[test]
fn a_preview_that_is_stopped_is_over_at_once_and_keeps_what_it_has() {
    let desk = desk(true, false);
    answer(&desk, Ask::Begin(Errand::Preview));
    let Answer::Steps(steps) = answer(&desk, Ask::Stop(Errand::Preview)) else { panic!() };
    assert!(steps.done && steps.sends.is_empty());
    // A late answer and a late question change nothing.
    let Answer::Steps(steps) = answer(&desk, Ask::Next(Errand::Preview)) else { panic!() };
    assert!(steps.done && steps.sends.is_empty());
    assert_eq!(rows(&desk, &OutcomeQuery::default()).0, 0);
    assert_eq!(preview(&desk).funnel[0].1, SIZE as usize);
}

#[test]
fn an_application_that_lies_about_its_pages_is_asked_for_each_person() {
    let desk = desk(false, false);
    answer(&desk, Ask::Quirks(vec!["page-gap".to_owned()]));
    let summary = preview(&desk);
    assert!(!summary.planned_at_once);
    assert!(summary.findings.iter().any(|text| text.contains("ask for each person")));
    assert_eq!(summary.funnel[0].1, SIZE as usize);
}

#[test]
fn everybody_can_be_saved() {
    let desk = desk(true, false);
    preview(&desk);
    let export = |format| match answer(&desk, Ask::Export(Errand::Preview, format)) {
        Answer::Text(text) => text,
        other => panic!("{other:?}"),
    };
    let lines = export(Format::Csv).lines().count();
    let file: serde_json::Value = serde_json::from_str(&export(Format::Json)).unwrap();
    let outcomes = file["outcomes"].as_array().unwrap();
    assert_eq!(lines, outcomes.len() + 1);
    assert!(outcomes.iter().any(|each| each["changes"][0]["attribute"] == "title"));
}
