//! The quirks of pages, totals and order.

use crate::client::Client;
use crate::{NOBODY, USER, differs, quirky};
use sandbox::{Quirk, Quirks};
use serde_json::{Value, json};

#[test]
fn every_page_is_the_first() {
    let mut client = quirky([Quirk::PageRepeated]);
    for start in 1..4 {
        let page = client.get(&format!("/Users?count=1&startIndex={start}"));
        assert_eq!(page.listed("userName"), ["Ada"]);
        assert_eq!((&page.body["startIndex"], &page.body["totalResults"]), (&json!(1), &json!(2)));
    }
}

/// Ada, Bo and these, after which the quirks are switched on.
fn crowd(quirks: impl IntoIterator<Item = Quirk>, others: usize) -> Client {
    let mut client = quirky([]);
    for number in 0..others {
        let name = format!("user{number}");
        client.create("/Users", json!({ "schemas": [USER], "userName": name }));
    }
    client.sandbox.set_quirks(quirks.into_iter().collect());
    client
}

/// The names on the pages of two, and the total that each tells.
fn pages(quirk: Option<Quirk>) -> Vec<(Vec<String>, Value)> {
    let mut client = crowd(quirk, 3);
    let page = |start: usize| {
        let page = client.get(&format!("/Users?count=2&startIndex={start}"));
        let names = page.listed("userName").into_iter().map(str::to_owned).collect();
        (names, page.body["totalResults"].clone())
    };
    [1, 3, 5].map(page).into()
}

#[track_caller]
fn check_pages(quirk: Quirk, expected: [(&[&str], u64); 3]) {
    let exact: [(&[&str], u64); 3] =
        [(&["Ada", "Bo"], 5), (&["user0", "user1"], 5), (&["user2"], 5)];
    for (quirk, expected) in [(None, exact), (Some(quirk), expected)] {
        let expected: Vec<(Vec<String>, Value)> = expected
            .map(|(names, total)| {
                (names.iter().map(|name| (*name).to_owned()).collect(), json!(total))
            })
            .into();
        assert_eq!(pages(quirk), expected, "{quirk:?}");
    }
}

#[test]
fn pages_lose_somebody_and_count_him() {
    check_pages(Quirk::PageGap, [(&["Ada", "Bo"], 5), (&["user1"], 5), (&[], 5)]);
}

#[test]
fn pages_overlap() {
    let second: &[&str] = &["Bo", "user0"];
    check_pages(Quirk::PageOverlap, [(&["Ada", "Bo"], 5), (second, 5), (&["user1", "user2"], 5)]);
}

#[test]
fn the_total_moves_from_page_to_page() {
    let pages: [(&[&str], u64); 3] =
        [(&["Ada", "Bo"], 5), (&["user0", "user1"], 6), (&["user2"], 7)];
    check_pages(Quirk::TotalMoving, pages);
}

#[test]
fn the_total_is_that_of_the_page() {
    let pages: [(&[&str], u64); 3] =
        [(&["Ada", "Bo"], 2), (&["user0", "user1"], 2), (&["user2"], 1)];
    check_pages(Quirk::TotalOfPage, pages);
}

#[test]
fn the_last_one_is_never_listed() {
    let pages: [(&[&str], u64); 3] = [(&["Ada", "Bo"], 5), (&["user0", "user1"], 5), (&[], 5)];
    check_pages(Quirk::LastLost, pages);
}

#[test]
fn a_page_holds_thirty_at_most() {
    let mut quirky = crowd([Quirk::CountCapped], 48);
    let held = ["", "?count=40", "?count=25", "?startIndex=31&count=100"];
    assert_eq!(held.map(|query| self::held(&mut quirky, query)), [30, 30, 25, 20]);
}

/// How many resources a page holds.
fn held(client: &mut Client, query: &str) -> usize {
    let answer = client.get(&format!("/Users{query}"));
    assert_eq!(answer.body["itemsPerPage"], answer.listed("id").len());
    answer.listed("id").len()
}

#[test]
fn a_list_without_a_count_is_cut_at_twenty() {
    let mut exact = crowd([], 28);
    let mut quirky = crowd([Quirk::PageOfTwenty], 28);
    assert_eq!((held(&mut exact, ""), held(&mut quirky, "")), (30, 20));
    assert_eq!(held(&mut quirky, "?count=25"), 25);
    assert_eq!(held(&mut quirky, "?startIndex=21"), 10);
}

#[test]
fn a_list_without_a_count_holds_everybody() {
    let mut exact = crowd([], 228);
    let mut quirky = crowd([Quirk::PageUnlimited], 228);
    assert_eq!((held(&mut exact, ""), held(&mut quirky, "")), (200, 230));
    assert_eq!(held(&mut quirky, "?count=25"), 25);
}

#[test]
fn a_start_past_the_end_begins_again() {
    let names = |client: &mut Client| {
        let page = client.get("/Users?startIndex=9&count=1");
        (page.body["totalResults"].clone(), page.listed("userName").join(" "))
    };
    let (none, first) = ((json!(2), String::new()), (json!(2), "Ada".to_owned()));
    differs(Quirk::StartPastEndWraps, names, none, first);
    let nobody = |client: &mut Client| client.find("/Users", NOBODY).listed("id").len();
    differs(Quirk::StartPastEndWraps, nobody, 0, 0);
}

fn names(client: &mut Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("/Users{query}"));
    answer.listed("userName").into_iter().map(str::to_owned).collect()
}

#[test]
fn the_order_is_that_of_ids() {
    let mut client = crowd([Quirk::OrderById], 8);
    let by_id = names(&mut client, "");
    let answer = client.get("/Users");
    assert!(answer.listed("id").is_sorted());
    assert_eq!(names(&mut client, ""), by_id);
    let sorted = names(&mut client, "?sortBy=userName");
    client.sandbox.set_quirks(Quirks::none());
    assert_ne!(names(&mut client, ""), by_id);
    assert_eq!(names(&mut client, "?sortBy=userName"), sorted);
}

#[test]
fn the_order_changes_from_request_to_request() {
    let mut client = crowd([Quirk::OrderChanging], 8);
    let (one, other) = (names(&mut client, ""), names(&mut client, ""));
    assert_ne!(one, other);
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(one), sorted(other));
    let by_name = "?sortBy=userName";
    assert_eq!(names(&mut client, by_name), names(&mut client, by_name));
    client.sandbox.set_quirks(Quirks::none());
    assert_eq!(names(&mut client, ""), names(&mut client, ""));
}
