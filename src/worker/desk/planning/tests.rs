use std::collections::{BTreeMap, VecDeque};

use super::*;
use crate::draft::{Draft, PeopleSource};
use crate::gallery;
use crate::worker::desk::Desk;
use crate::worker::message::{
    Answer, Ask, Errand, Format, OutcomeColumn, OutcomeQuery, OutcomeRow, PeopleText, Report,
    Summary, WireRequest, WireResponse,
};

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
    let mut desk = Desk::default();
    desk.answer(Ask::LoadPeople(PeopleText::Invented { size: SIZE, seed: 1 }), NOW);
    for group in &desk.tenant.directory().groups {
        draft.assign(&group.id, "00000000-0000-0000-0000-000000000000");
    }
    desk.answer(Ask::Configure(draft), NOW);
    desk
}

/// Goes on until nothing is left to do, as the page does.
fn drive(desk: &mut Desk, mut answer: Answer) -> Steps {
    let errand = Errand::Preview;
    let mut open = VecDeque::new();
    for _ in 0..100_000 {
        let Answer::Steps(steps) = answer else { panic!("{answer:?}") };
        open.extend(steps.sends.iter().cloned());
        if steps.done {
            return steps;
        }
        answer = match open.pop_front() {
            None => desk.answer(Ask::Next(errand.clone()), NOW),
            Some((id, request)) => {
                let came = served(desk, request);
                desk.answer(Ask::Receive(errand.clone(), id, Ok(came)), NOW)
            }
        };
    }
    panic!("it comes to no end")
}

fn served(desk: &mut Desk, mut request: WireRequest) -> WireResponse {
    let token = format!("Bearer {}", sandbox::Sandbox::PUBLIC_TOKEN);
    request.headers.push(("authorization".to_owned(), token));
    match desk.answer(Ask::Sandbox(request), NOW) {
        Answer::Served(served) => served.response,
        other => panic!("{other:?}"),
    }
}

fn preview(desk: &mut Desk) -> Summary {
    let answer = desk.answer(Ask::Begin(Errand::Preview), NOW);
    drive(desk, answer).summary.unwrap()
}

/// The same preview with one question a person.
fn asked_each(desk: &mut Desk) -> Summary {
    desk.planning = None;
    let answer = desk.ask_each(Vec::new());
    drive(desk, answer).summary.unwrap()
}

fn rows(desk: &mut Desk, query: &OutcomeQuery) -> (usize, Vec<OutcomeRow>) {
    let mut rows = Vec::new();
    loop {
        let query = OutcomeQuery { from: rows.len(), count: 500, ..query.clone() };
        let Answer::Outcomes(slice) = desk.answer(Ask::Outcomes(Errand::Preview, query), NOW)
        else {
            panic!("outcomes are told")
        };
        rows.extend(slice.rows);
        if rows.len() >= slice.total {
            return (slice.total, rows);
        }
    }
}

fn all(desk: &mut Desk) -> BTreeMap<String, OutcomeRow> {
    let (_, rows) = rows(desk, &OutcomeQuery::default());
    rows.into_iter().map(|row| (row.id.clone(), row)).collect()
}

fn report(desk: &mut Desk, id: &str) -> Report {
    match desk.answer(Ask::Report(Errand::Preview, id.to_owned()), NOW) {
        Answer::Report(Some(report)) => report,
        other => panic!("{id}: {other:?}"),
    }
}

#[test]
fn everybody_at_once_is_told_as_one_by_one() {
    for (syncs_all, has_run_before) in [(true, false), (false, true)] {
        let mut desk = desk(syncs_all, has_run_before);
        let at_once = preview(&mut desk);
        assert!(at_once.planned_at_once && at_once.failure.is_none(), "{:?}", at_once.failure);
        let mut rows = all(&mut desk);
        assert_eq!(
            rows.len(),
            desk.tenant.directory().users.len() + desk.tenant.directory().groups.len()
        );
        let mut stories = BTreeMap::new();
        for row in rows.values() {
            // A few of each kind are enough.
            let of_kind: &mut Vec<Report> = stories
                .entry((row.kind.singular(), row.action.clone(), row.reason.clone()))
                .or_default();
            if of_kind.len() < 3 {
                of_kind.push(report(&mut desk, &row.id));
            }
        }
        let one_by_one = asked_each(&mut desk);
        assert!(!one_by_one.planned_at_once);
        let expected = all(&mut desk);
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
            let expected = report(&mut desk, &told.outcome.id);
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
    let mut desk = desk(true, false);
    preview(&mut desk);
    let everybody = all(&mut desk);
    let query = OutcomeQuery {
        actions: vec!["Create".to_owned()],
        sort: Some((OutcomeColumn::Name, false)),
        search: "an".to_owned(),
        ..OutcomeQuery::default()
    };
    let (total, found) = rows(&mut desk, &query);
    let fits = |row: &&OutcomeRow| {
        let text = format!("{} {}", row.label, row.detail).to_lowercase();
        row.action == "Create" && text.contains("an")
    };
    assert_eq!(total, everybody.values().filter(fits).count());
    assert!(total > 3 && found.iter().all(|row| fits(&row)));
    assert!(found.is_sorted_by_key(|row| row.label.to_lowercase()));
}

#[test]
fn a_preview_that_is_stopped_is_over_at_once_and_keeps_what_it_has() {
    let mut desk = desk(true, false);
    desk.answer(Ask::Begin(Errand::Preview), NOW);
    let Answer::Steps(steps) = desk.answer(Ask::Stop(Errand::Preview), NOW) else { panic!() };
    assert!(steps.done && steps.sends.is_empty());
    // A late answer and a late question change nothing.
    let Answer::Steps(steps) = desk.answer(Ask::Next(Errand::Preview), NOW) else { panic!() };
    assert!(steps.done && steps.sends.is_empty());
    assert_eq!(rows(&mut desk, &OutcomeQuery::default()).0, 0);
    assert_eq!(preview(&mut desk).funnel[0].1, SIZE as usize);
}

#[test]
fn an_application_that_lies_about_its_pages_is_asked_for_each_person() {
    let mut desk = desk(false, false);
    desk.answer(Ask::Quirks(vec!["page-gap".to_owned()]), NOW);
    let summary = preview(&mut desk);
    assert!(!summary.planned_at_once);
    assert!(summary.findings.iter().any(|text| text.contains("ask for each person")));
    assert_eq!(summary.funnel[0].1, SIZE as usize);
}

#[test]
fn everybody_can_be_saved() {
    let mut desk = desk(true, false);
    preview(&mut desk);
    let mut export = |format| match desk.answer(Ask::Export(Errand::Preview, format), NOW) {
        Answer::Text(text) => text,
        other => panic!("{other:?}"),
    };
    let lines = export(Format::Csv).lines().count();
    let file: serde_json::Value = serde_json::from_str(&export(Format::Json)).unwrap();
    let outcomes = file["outcomes"].as_array().unwrap();
    assert_eq!(lines, outcomes.len() + 1);
    assert!(outcomes.iter().any(|each| each["changes"][0]["attribute"] == "title"));
}
