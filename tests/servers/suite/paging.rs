//! A population that does not fit on one page.

use std::collections::BTreeSet;

use scim::endpoint::Search;
use scim::filter::Filter;
use scim::paging::Paging;
use scim::resource::Resource;
use serde_json::{Value, json};

use crate::behaviour::{Behaviour, People, behaviours};
use crate::client::Client;
use crate::outcome;
use crate::seed;

/// Enough for several pages of any of the providers.
pub(crate) const SIZE: usize = 250;
/// Those who are there.
pub(crate) const MANY: People = People::Seeded(SIZE);

pub(crate) fn behaviours() -> Vec<Behaviour> {
    let all = behaviours![
        everybody_is_seen_once_by_pages,
        a_count_of_nothing_tells_the_total,
        a_start_before_the_first_is_the_first,
        all_that_can_be_asked_is_asked_at_once
    ];
    all.into_iter().map(|behaviour| behaviour.among(MANY)).collect()
}

/// All users, read by pages of this many; nothing about the pages is wrong.
fn read_all(client: &mut Client, count: u32) -> Vec<Resource> {
    let search = Search { count: Some(count), ..Search::default() };
    let mut paging = Paging::new(client.endpoint.clone(), "Users", search);
    let mut read = Vec::new();
    while let Some(request) = paging.request() {
        let fresh = paging.receive(&client.send(request)).expect("a page");
        assert!(fresh.len() <= count as usize);
        read.extend(fresh);
    }
    assert!(paging.findings().is_truthful(), "{:?}", paging.findings());
    assert_eq!((paging.total_results(), paging.count()), (Some(SIZE as u64), SIZE as u64));
    read
}

fn everybody_is_seen_once_by_pages(client: &mut Client) {
    for count in [60, 100] {
        let people = read_all(client, count);
        let ids: BTreeSet<&str> = people.iter().filter_map(Resource::id).collect();
        assert_eq!((people.len(), ids.len()), (SIZE, SIZE), "by pages of {count}");
        for number in 1..=SIZE {
            let seeded = seed::user(number);
            let is_it = |user: &&Resource| user.get("userName") == seeded.get("userName");
            let shown = people.iter().find(is_it).unwrap_or_else(|| panic!("{number} is missing"));
            let mut expected = Resource::from_value(seeded).expect("an object");
            for own in ["id", "groups"] {
                let own = shown.get(own).map(|value| (own.to_owned(), value.clone()));
                expected.as_map_mut().extend(own);
            }
            assert!(outcome::otherwise(&expected, shown).is_empty(), "{shown:?}");
        }
    }
}

fn a_count_of_nothing_tells_the_total(client: &mut Client) {
    let page = client.search("Users", &Search { count: Some(0), ..Search::default() });
    let page = page.expect("a page");
    assert_eq!((page.total_results, page.resources), (SIZE as u64, Vec::new()));
}

fn a_start_before_the_first_is_the_first(client: &mut Client) {
    let mut page = |start| {
        let search = Search { start_index: Some(start), count: Some(2), ..Search::default() };
        client.search("Users", &search).expect("a page")
    };
    assert_eq!(page(0), page(1));
}

fn all_that_can_be_asked_is_asked_at_once(client: &mut Client) {
    let search = Search {
        filter: Some(Filter::parse("title eq \"Engineer\"").expect("a filter")),
        attributes: vec!["userName".to_owned()],
        start_index: Some(11),
        count: Some(5),
        ..Search::default()
    };
    let page = client.search("Users", &search).expect("a page");
    assert_eq!((page.total_results, page.start_index, page.resources.len()), (125, 11, 5));
    for user in page.resources {
        assert!(user.get("userName").is_some() && user.get("title").is_none(), "{user:?}");
    }
}

/// How many resources come without a `count`.
pub(crate) fn a_page_without_a_count(client: &mut Client) -> String {
    length(client, &Search::default())
}

/// How many resources come of those past the end.
pub(crate) fn a_page_past_the_end(client: &mut Client) -> String {
    let start = u32::try_from(SIZE + 1).expect("few people");
    length(client, &Search { start_index: Some(start), count: Some(10), ..Search::default() })
}

fn length(client: &mut Client, search: &Search) -> String {
    let page = client.search("Users", search).expect("a page");
    assert_eq!(page.total_results, SIZE as u64);
    page.resources.len().to_string()
}

/// What `itemsPerPage` says of a last page of five.
pub(crate) fn items_of_a_short_page(client: &mut Client) -> String {
    let start = u32::try_from(SIZE - 4).expect("few people");
    let search = Search { start_index: Some(start), count: Some(10), ..Search::default() };
    let page = client.search("Users", &search).expect("a page");
    assert_eq!(page.resources.len(), 5);
    page.items_per_page.to_string()
}

/// In which order people come.
pub(crate) fn order(client: &mut Client) -> String {
    let people = read_all(client, 100);
    let names: Vec<&Value> = people.iter().filter_map(|user| user.get("userName")).collect();
    let seeded: Vec<Value> =
        (1..=SIZE).map(|number| seed::user(number)["userName"].take()).collect();
    let is_by_age = names.iter().zip(&seeded).all(|(name, seeded)| *name == seeded);
    if is_by_age { "as created" } else { "another" }.to_owned()
}

/// Whether an e-mail is still found when somebody has none.
pub(crate) fn an_email_where_somebody_has_none(client: &mut Client) -> String {
    client.user(json!({ "emails": [{ "type": "work", "value": "ada@example.test" }] }));
    client.user(json!({ "emails": null }));
    outcome::found(&client.find("Users", r#"emails[type eq "work"].value eq "ada@example.test""#))
}
