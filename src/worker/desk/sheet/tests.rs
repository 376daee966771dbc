use super::*;
use crate::worker::message::{Grouping, OutcomeColumn};

fn row(number: usize, label: &str, action: &str, reason: &str, text: &str) -> OutcomeRow {
    let owned = |text: &str| text.to_owned();
    OutcomeRow {
        id: format!("id-{number}"),
        kind: if action == "Delete" { Kind::Group } else { Kind::User },
        label: owned(label),
        detail: format!("{}@contoso.example", label.to_lowercase()),
        action: owned(action),
        reason: owned(reason),
        text: owned(text),
    }
}

fn few() -> Sheet {
    let mut sheet = Sheet::default();
    let title = ["title", "department"];
    sheet.push(&row(0, "Élan", "Update", "", "title: a → b"), title.into_iter());
    sheet.push(&row(1, "bo", "Skip", "NotAssigned", "not assigned"), [].into_iter());
    sheet.push(&row(2, "Ada", "Create", "", "a new account"), [].into_iter());
    sheet.push(&row(3, "Cy", "Skip", "Disabled", "blocked"), [].into_iter());
    sheet.push(&row(4, "Dee", "Update", "", "title: c → d"), ["title"].into_iter());
    sheet.push(&row(5, "Crew", "Delete", "", "the group is deleted"), [].into_iter());
    sheet
}

fn names(query: &OutcomeQuery) -> Vec<String> {
    let whole = few().slice(&query.whole());
    assert_eq!(whole.total, whole.rows.len());
    whole.rows.into_iter().map(|row| row.label).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn several_filters_hold_at_once() {
    let all = OutcomeQuery::default();
    assert_eq!(names(&all), ["Élan", "bo", "Ada", "Cy", "Dee", "Crew"]);
    let actions = OutcomeQuery { actions: words(&["Update", "Create"]), ..all.clone() };
    assert_eq!(names(&actions), ["Élan", "Ada", "Dee"]);
    let touched = OutcomeQuery { attributes: words(&["department"]), ..actions.clone() };
    assert_eq!(names(&touched), ["Élan"]);
    let either = OutcomeQuery { attributes: words(&["department", "title"]), ..actions };
    assert_eq!(names(&either), ["Élan", "Dee"]);
    let reasons = OutcomeQuery { reasons: words(&["Disabled", "NotAssigned"]), ..all.clone() };
    assert_eq!(names(&reasons), ["bo", "Cy"]);
    let search = OutcomeQuery { search: " BLOCKED cy@ ".to_owned(), ..reasons };
    assert_eq!(names(&search), ["Cy"]);
    let groups = OutcomeQuery { kind: Some(Kind::Group), ..all.clone() };
    assert_eq!(names(&groups), ["Crew"]);
    // What no row has lets nobody pass, and not everybody.
    let unknown = OutcomeQuery { actions: words(&["Enable"]), ..all.clone() };
    assert_eq!(names(&unknown), [""; 0]);
    let accented = OutcomeQuery { search: "éLAN".to_owned(), ..all };
    assert_eq!(names(&accented), ["Élan"]);
}

#[test]
fn every_column_sorts_both_ways() {
    let by = |column, is_reversed| {
        let sort = Some((column, is_reversed));
        names(&OutcomeQuery { sort, ..OutcomeQuery::default() })
    };
    assert_eq!(by(OutcomeColumn::Name, false), ["Ada", "bo", "Crew", "Cy", "Dee", "Élan"]);
    assert_eq!(by(OutcomeColumn::Detail, true), ["Élan", "Dee", "Cy", "Crew", "bo", "Ada"]);
    // Alike rows keep their order.
    assert_eq!(by(OutcomeColumn::Action, false), ["Ada", "Élan", "Dee", "Crew", "bo", "Cy"]);
    assert_eq!(by(OutcomeColumn::Action, true), ["bo", "Cy", "Crew", "Élan", "Dee", "Ada"]);
    assert_eq!(by(OutcomeColumn::Reason, false)[..2], ["Cy", "bo"]);
    assert_eq!(by(OutcomeColumn::Text, false)[..2], ["Ada", "Cy"]);
}

#[test]
fn groups_are_counted_and_their_own_filter_does_not_narrow_them() {
    let sheet = few();
    let counted = |by, query: &OutcomeQuery| -> Vec<String> {
        sheet.groups(by, query).into_iter().map(|(name, count)| format!("{name} {count}")).collect()
    };
    let chosen = OutcomeQuery { actions: words(&["Update"]), ..OutcomeQuery::default() };
    assert_eq!(counted(Grouping::Action, &chosen), ["Update 2", "Skip 2", "Create 1", "Delete 1"]);
    assert_eq!(counted(Grouping::Attribute, &chosen), ["title 2", "department 1"]);
    assert_eq!(counted(Grouping::Reason, &chosen), [""; 0]);
    let all = OutcomeQuery::default();
    assert_eq!(counted(Grouping::Reason, &all), ["NotAssigned 1", "Disabled 1"]);
}

#[test]
fn slices_belong_to_the_rows_that_are_there() {
    let mut sheet = few();
    let query = OutcomeQuery { from: 4, count: 1, ..OutcomeQuery::default() };
    let slice = sheet.slice(&query);
    assert_eq!((slice.total, slice.from, slice.rows[0].label.as_str()), (6, 4, "Dee"));
    sheet.push(&row(6, "Eve", "Create", "", ""), [].into_iter());
    assert_eq!(sheet.slice(&query).total, 7, "a row that came later is found");
    let these: Vec<_> = sheet.these(&words(&["id-6", "id-0", "none"])).map(|row| row.id).collect();
    assert_eq!(these, ["id-0", "id-6"]);
}

#[test]
fn more_attributes_than_a_row_has_bits_are_not_lost() {
    let mut sheet = Sheet::default();
    let names: Vec<String> = (0..200).map(|number| format!("a{number}")).collect();
    for (number, name) in names.iter().enumerate() {
        sheet.push(&row(number, "x", "Update", "", ""), std::iter::once(name.as_str()));
    }
    let query = OutcomeQuery { attributes: words(&["a199"]), ..OutcomeQuery::default() };
    assert!(sheet.found(&query).contains(&199));
}

#[test]
fn a_hundred_thousand_rows_are_narrowed_sorted_and_counted() {
    const MANY: usize = 100_000;
    let mut sheet = Sheet::default();
    for number in 0..MANY {
        let label = format!("Person {:06}", (number * 7_919) % MANY);
        let is_skipped = number % 3 == 0;
        let (action, reason) = if is_skipped { ("Skip", "NotAssigned") } else { ("Update", "") };
        let touched = (!is_skipped).then_some("title").into_iter();
        sheet.push(&row(number, &label, action, reason, "title: Engineer → Boss"), touched);
    }
    let sorted = OutcomeQuery {
        sort: Some((OutcomeColumn::Name, false)),
        from: 50_000,
        count: 100,
        ..OutcomeQuery::default()
    };
    let slice = sheet.slice(&sorted);
    assert_eq!((slice.total, slice.rows.len()), (MANY, 100));
    assert_eq!(slice.rows[0].label, "Person 050000");
    let next = sheet.slice(&OutcomeQuery { from: 60_000, ..sorted.clone() });
    assert_eq!(next.rows[0].label, "Person 060000");
    // 0999xx, 00999x and 0x0999.
    let search = OutcomeQuery { search: "person 0999".to_owned(), ..sorted.clone() };
    assert_eq!(sheet.slice(&search).total, 120);
    let skipped = OutcomeQuery { actions: words(&["Skip"]), ..sorted.clone() };
    assert_eq!(sheet.slice(&skipped).total, MANY.div_ceil(3));
    let groups = sheet.groups(Grouping::Attribute, &sorted);
    assert_eq!(groups, [("title".to_owned(), MANY - MANY.div_ceil(3))]);
}

#[test]
fn texts_of_every_length_come_back() {
    let lengths = [0, 1, 70_000, 200_000, 300_000, 0, 5, 262_144, 3];
    let text = |at: usize| char::from(b'a' + at as u8).to_string().repeat(lengths[at]);
    let (mut texts, mut sentences) = (Texts::default(), Sentences::default());
    for at in 0..lengths.len() {
        texts.push(&text(at));
        sentences.push(&text(at).to_uppercase());
    }
    for at in 0..lengths.len() {
        assert_eq!(texts.get(at), text(at), "{at}");
        assert_eq!(sentences.get(at), text(at).to_uppercase(), "{at}");
    }
    assert_eq!(texts.get(lengths.len()), "");
    // The empty one came twice, and is kept once.
    assert_eq!((sentences.number(5), sentences.texts.len()), (0, lengths.len() - 1));
}
