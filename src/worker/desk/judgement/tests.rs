use super::*;
use crate::draft::mapping::{ClauseDraft, FilterDraft};
use crate::draft::{Draft, PeopleSource};
use crate::gallery;
use crate::worker::message::{Answer, Ask, PeopleText};

/// The first of September 2026.
const NOW: f64 = 1_788_220_800_000.0;
/// So many that their rows take several turns.
const SIZE: u32 = 12_000;

fn draft() -> Draft {
    let recipes = gallery::read(include_str!("../../../../public/gallery/apps.json")).unwrap();
    let mut draft = Draft::default();
    draft.add_application("Envoy (test)", gallery::search(&recipes, "envoy")[0].clone());
    draft.people = PeopleSource::Invented { size: SIZE, seed: 1 };
    draft
}

fn in_department(mut draft: Draft, department: &str) -> Draft {
    let clause = ClauseDraft {
        attribute: "department".to_owned(),
        operator: "EQUALS".to_owned(),
        value: department.to_owned(),
    };
    let filter = FilterDraft { title: "some".to_owned(), clauses: vec![clause] };
    draft.users.filters = vec![filter];
    draft
}

fn desk() -> Desk {
    let mut desk = Desk::default();
    desk.answer(Ask::LoadPeople(PeopleText::Invented { size: SIZE, seed: 1 }), NOW);
    desk
}

fn judged(desk: &mut Desk, ask: Ask) -> Judgement {
    match desk.answer(ask, NOW) {
        Answer::Judged(judgement) => judgement,
        other => panic!("{other:?}"),
    }
}

/// Judges a draft to the end; how many turns that took.
fn judge(desk: &mut Desk, draft: &Draft) -> (Judgement, usize) {
    let mut judgement = judged(desk, Ask::Configure(draft.clone()));
    for turns in 1..1_000 {
        if judgement.left == 0 {
            return (judgement, turns);
        }
        let left = judgement.left;
        judgement = judged(desk, Ask::Judge);
        assert!(judgement.left < left, "each turn goes on");
    }
    panic!("it comes to no end")
}

#[test]
fn many_are_counted_in_turns_and_what_stayed_is_not_counted_again() {
    let mut desk = desk();
    let mut draft = draft();
    draft.sync_all = true;
    let (everybody, turns) = judge(&mut desk, &draft);
    assert!(everybody.is_counted && turns > 3, "{turns} turns");
    assert_eq!(everybody.users_in + everybody.users_out, SIZE as usize);
    let without_mail = desk.tenant.directory().users.iter().filter(|u| u.text("mail").is_none());
    assert!(without_mail.count() > 0 && everybody.rows.iter().any(|row| row.nothing > 0));
    // A clause costs its own turn and none of the rows'.
    let (legal, turns) = judge(&mut desk, &in_department(draft.clone(), "Legal"));
    assert_eq!(turns, 1);
    assert!(legal.users_in > 0 && legal.users_in < everybody.users_in);
    // What was typed before is known still.
    assert_eq!(judge(&mut desk, &draft), (everybody, 1));
}

#[test]
fn a_newer_draft_ends_the_counting_of_an_older_one() {
    let mut desk = desk();
    let (mut older, mut newer) = (draft(), in_department(draft(), "Legal"));
    older.sync_all = true;
    newer.sync_all = true;
    assert!(judged(&mut desk, Ask::Configure(older)).left > 0);
    let (judgement, _) = judge(&mut desk, &newer);
    assert_eq!(judgement, judge(&mut self::desk(), &newer).0);
}

#[test]
fn other_assignments_and_another_month_are_counted_anew() {
    let mut desk = desk();
    let mut draft = draft();
    let (nobody, _) = judge(&mut desk, &draft);
    assert_eq!((nobody.assigned, nobody.users_in), (0, 0));
    let group = desk.tenant.directory().groups.iter().max_by_key(|g| g.members.len()).unwrap();
    let (id, members) = (group.id.clone(), group.members.len());
    draft.assign(&id, "00000000-0000-0000-0000-000000000000");
    let (some, _) = judge(&mut desk, &draft);
    assert!(some.assigned > 0 && some.assigned <= members);
    assert_eq!(some, judge(&mut self::desk(), &draft).0);
    desk.answer(Ask::PassMonth, NOW);
    let (later, _) = judge(&mut desk, &draft);
    assert_ne!(later.users_in + later.users_out, 0);
    assert_ne!(later, some, "somebody has joined, and somebody has left");
}

#[test]
fn a_filter_that_cannot_be_used_counts_nobody_and_is_told() {
    let mut desk = desk();
    let mut draft = in_department(draft(), "(");
    draft.users.filters[0].clauses[0].operator = "REGEX MATCH".to_owned();
    let (judgement, turns) = judge(&mut desk, &draft);
    assert_eq!((judgement.users_in, judgement.users_out, turns), (0, 0, 1));
    assert_eq!(judgement.problems.len(), 1);
}
