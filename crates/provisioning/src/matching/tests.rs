//! What answers mean, from servers that compare as they should and from others.

use serde_json::{Value, json};

use super::*;

fn query(path: &str, value: &str, case_exact: bool) -> Query {
    let path = Path::parse(path).expect("a path");
    Query { row: 0, path, value: value.to_owned(), case_exact }
}

fn list(resources: &[Value]) -> ListResponse {
    let resources: Vec<Resource> = resources
        .iter()
        .map(|each| Resource::from_value(each.clone()).expect("an object"))
        .collect();
    let count = resources.len() as u64;
    ListResponse { total_results: count, start_index: 1, items_per_page: count, resources }
}

/// The answer to a question for `Ab1`, from an application that honours filters.
fn judged(case_exact: bool, resources: &[Value]) -> Match {
    let query = query("externalId", "Ab1", case_exact);
    judge(ObjectKind::User, &query, list(resources), true)
}

#[test]
fn one_who_has_the_value_is_a_match() {
    let found = json!({ "id": "1", "externalId": "Ab1" });
    assert!(
        matches!(judged(true, std::slice::from_ref(&found)), Match::One(one) if one.id() == Some("1"))
    );
    assert_eq!(judged(true, &[]), Match::Nobody);
    let twice = judged(true, &[found, json!({ "id": "2", "externalId": "Ab1" })]);
    assert_eq!(twice, Match::Several(vec!["1".to_owned(), "2".to_owned()]));
    let without_id = judged(true, &[json!({ "externalId": "Ab1" })]);
    assert!(matches!(without_id, Match::Unreadable(_)));
}

#[test]
fn letter_case_counts_where_the_target_attribute_says_so() {
    let other_case = [json!({ "id": "1", "externalId": "AB1" })];
    assert!(matches!(judged(false, &other_case), Match::One(_)));
    assert_eq!(judged(true, &other_case), Match::ComparedLoosely { example: "AB1".to_owned() });
}

#[test]
fn a_server_that_searches_instead_of_comparing_is_noticed() {
    let exact = json!({ "id": "1", "externalId": "Ab1" });
    for longer in ["Ab12", "xab1", " Ab1"] {
        let found = judged(true, &[exact.clone(), json!({ "id": "2", "externalId": longer })]);
        assert_eq!(found, Match::ComparedLoosely { example: longer.to_owned() });
    }
}

#[test]
fn a_server_that_ignores_the_filter_is_noticed() {
    let strangers = [json!({ "id": "1", "externalId": "z" }), json!({ "id": "2" })];
    let expected = Match::FilterIgnored { returned: 2, example: Some("z".to_owned()) };
    assert_eq!(judged(true, &strangers), expected);
    let similar_and_stranger =
        [json!({ "id": "1", "externalId": "AB1" }), json!({ "id": "2", "externalId": "z" })];
    assert!(matches!(judged(true, &similar_and_stranger), Match::FilterIgnored { .. }));
}

#[test]
fn whoever_comes_without_the_attribute_is_believed_where_filters_are_honoured() {
    let query = query("externalId", "Ab1", true);
    let silent = [json!({ "id": "1" })];
    let judged = |trusted| judge(ObjectKind::User, &query, list(&silent), trusted);
    assert!(matches!(judged(true), Match::One(_)));
    assert_eq!(judged(false), Match::FilterIgnored { returned: 1, example: None });
}

#[test]
fn a_value_filter_compares_the_elements_that_it_selects() {
    let query = query("emails[type eq \"work\"].value", "a@x", false);
    let account = |work: &str, home: &str| json!({ "id": "1", "emails": [{ "type": "home", "value": home }, { "type": "work", "value": work }] });
    let judged = |account| judge(ObjectKind::User, &query, list(&[account]), true);
    assert!(matches!(judged(account("A@x", "h@x")), Match::One(_)));
    assert!(matches!(judged(account("w@x", "a@x")), Match::FilterIgnored { .. }));
}

#[test]
fn a_count_without_resources_contradicts_itself() {
    let mut empty = list(&[]);
    empty.total_results = 3;
    let query = query("userName", "x", false);
    assert!(matches!(judge(ObjectKind::User, &query, empty, true), Match::Unreadable(_)));
}
