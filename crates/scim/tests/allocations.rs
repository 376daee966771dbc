//! Asking resources whether they pass a filter allocates nothing: every allocation is counted.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "clippy does not take what the benchmarks lend for a part of a test"
)]

#[path = "../benches/speed/population.rs"]
mod population;

use allocation_counter::measure;
use scim::filter::Filter;
use scim::schema::Schemas;
use scim_filter::parser;
use serde_json::Value;

const USERS: usize = 1_000;

/// Each way to compare, in each kind of place; every one of them is passed by somebody.
const FILTERS: [&str; 20] = [
    "USERNAME EQ \"grace.HOPPER13@corp.example\" or userName co \"SHELLEY\"",
    "displayName eq \"ZOË ÅSTRÖM\"",
    "displayName ne \"zoë åström\"",
    "displayName co \"ë å\"",
    "displayName sw \"ZO\" and displayName ew \"Ström\"",
    "displayName gt \"niklaus\" and displayName le \"ZOË ÅSTRÖM\"",
    "id sw \"0\" or id ew \"0\" or id co \"-4000-\"",
    "id ge \"8\" and id lt \"c\"",
    "title pr and not (nickName pr)",
    "nickName eq null and title ne null",
    "active eq true or active eq \"False\"",
    "meta.created lt \"2024-01-01T00:00:00.25+01:00\"",
    "meta.lastModified ne \"2024-01-01T00:00:00Z\"",
    "emails.type eq \"home\" and emails co \"@CORP\"",
    "emails[type eq \"WORK\" and primary eq true and not (display pr)]",
    "emails[type eq \"work\"].value ew \"@corp.example\"",
    "addresses[country eq \"SE\" or country eq \"GB\"].locality sw \"Lu\"",
    "department eq \"research\"",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr",
    "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq \"wirth\"",
];

#[test]
fn asking_allocates_nothing() {
    let (users, schemas) = (population::users(USERS), Schemas::rfc7643());
    for text in FILTERS {
        let filter = Filter::parse(text).expect("a filter");
        let query = filter.resolve(&schemas).expect("a filter that can be asked");
        let mut found = 0;
        let counted = measure(|| found = users.iter().filter(|user| query.matches(user)).count());
        assert_eq!(counted.count_total, 0, "{text}");
        assert_ne!(found, 0, "{text}");
    }
}

#[test]
fn looking_through_many_members_allocates_nothing() {
    let (group, schemas) = (population::group(10_000), Schemas::rfc7643());
    let text = format!("members[value eq \"{}\"]", population::id(9_999));
    let filter = Filter::parse(&text).expect("a filter");
    let query = filter.resolve(&schemas).expect("a filter that can be asked");
    let mut found = false;
    assert_eq!(measure(|| found = query.matches(&group)).count_total, 0);
    assert!(found);
}

/// What would be counted if there were something: the published crate `scim-filter` copies the values it compares.
#[test]
fn the_counter_counts() {
    let users: Vec<Value> = (0..USERS).map(population::user).collect();
    let text = format!("userName eq \"{}\"", population::user_name(7));
    let (_, filter) = parser::filter(&text).expect("a filter");
    let mut found = 0;
    let ask = |user: &&Value| filter.r#match(user).expect("an answer");
    let counted = measure(|| found = users.iter().filter(ask).count());
    assert_eq!(found, 1);
    assert!(counted.count_total >= USERS as u64, "{counted:?}");
    println!("scim-filter: {} allocations for each user", counted.count_total / USERS as u64);
}
