//! What very many people take once they are read, part by part: every byte is counted.

#![expect(clippy::unwrap_used, reason = "clippy takes only the tests themselves for tests")]

use std::sync::Arc;

use allocation_counter::measure;
use provisioning::ambient::Ambient;
use provisioning::configuration::default::users;
use provisioning::configuration::{
    Configuration, Connector, ObjectKind, ObjectMapping, Scope, TargetActions,
};
use provisioning::expression::value::DateTime;
use provisioning::graph::people;
use provisioning::pipeline::{Accounts, Layout, People, Pipeline, Reader};
use provisioning::scoping::ScopingFilter;
use provisioning::source::{AppRoleAssignment, DEFAULT_ACCESS, Directory};
use provisioning::tenant::Tenant;

const PEOPLE: usize = 10_000;

fn id(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// Somebody with the attributes that the wizard proposes in `$select`.
fn person(number: usize) -> String {
    let place = number % 7;
    format!(
        "{{\"id\":\"{}\",\"userPrincipalName\":\"ada.{number}@contoso.com\",\
         \"displayName\":\"Ada Okafor {number}\",\"givenName\":\"Ada\",\"surname\":\"Okafor\",\
         \"mail\":\"ada.{number}@contoso.com\",\"mailNickname\":\"ada.{number}\",\"accountEnabled\":true,\
         \"userType\":\"Member\",\"employeeId\":\"{number}\",\"jobTitle\":\"Engineer {place}\",\
         \"department\":\"Sales {place}\",\"companyName\":\"Contoso\",\"officeLocation\":\"Office {place}\",\
         \"streetAddress\":\"Pine Street {place}\",\"city\":\"City {place}\",\"state\":\"WA\",\
         \"postalCode\":\"9810{place}\",\"country\":\"US\",\"preferredLanguage\":\"en-US\",\
         \"businessPhones\":[\"+1 206 555 {:04}\"],\"mobilePhone\":null}}",
        id(number),
        number % 10_000
    )
}

/// Everybody is in one of ten groups.
fn group(number: usize) -> String {
    let members: Vec<_> =
        (number..PEOPLE).step_by(10).map(|each| format!("{{\"id\":\"{}\"}}", id(each))).collect();
    format!(
        "{{\"id\":\"g{number}\",\"displayName\":\"Group {number}\",\"securityEnabled\":true,\
         \"members\":[{}]}}",
        members.join(",")
    )
}

fn directory() -> Directory {
    let users: Vec<_> = (0..PEOPLE).map(person).collect();
    let groups: Vec<_> = (0..10).map(group).collect();
    let text = format!("{{\"users\":[{}],\"groups\":[{}]}}", users.join(","), groups.join(","));
    people::read(&text).unwrap()
}

/// An account as it was made of the person.
fn account(number: usize) -> String {
    format!(
        "{{\"id\":\"a{number}\",\"externalId\":\"{}\",\"userName\":\"ada.{number}@contoso.com\",\
         \"active\":true,\"displayName\":\"Ada Okafor {number}\",\"title\":\"Engineer\",\
         \"name\":{{\"givenName\":\"Ada\",\"familyName\":\"Okafor\"}},\
         \"emails\":[{{\"type\":\"work\",\"value\":\"ada.{number}@contoso.com\"}}]}}\n",
        id(number)
    )
}

fn configuration() -> Configuration {
    let mapping = |kind, attributes| ObjectMapping {
        kind,
        enabled: true,
        actions: TargetActions::default(),
        attributes,
        filter: ScopingFilter::default(),
    };
    let rows = users().iter().map(|row| row.mapping().unwrap().unwrap()).collect();
    Configuration {
        users: mapping(ObjectKind::User, rows),
        groups: mapping(ObjectKind::Group, Vec::new()),
        scope: Scope::Assigned,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: None,
        connector: Connector::default(),
    }
}

fn accounts(pipeline: &Pipeline) -> Accounts {
    let mut reader = Reader::new(pipeline.accounts());
    (0..PEOPLE).for_each(|number| reader.read(account(number).as_bytes()));
    reader.finish().unwrap()
}

/// What `make` yields, and how many bytes it holds for a person.
fn held<T>(part: &str, most: i64, make: impl FnOnce() -> T) -> T {
    let mut made = None;
    let bytes = measure(|| made = Some(make())).bytes_current / PEOPLE as i64;
    println!("{part}: {bytes} bytes held for a person");
    assert!(bytes <= most && bytes >= most / 2, "{part}: {bytes} bytes for a person");
    made.unwrap()
}

#[test]
fn each_part_keeps_to_its_bytes() {
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(1_753_855_200_000), seed: 0 };
    let directory = Arc::new(held("directory", 1_150, directory));
    let mut tenant = held("index", 100, || Tenant::new(Arc::clone(&directory)));
    drop(directory);
    let line = |number: usize| AppRoleAssignment {
        principal_id: if number < 5 { format!("g{number}") } else { id(number) },
        app_role_id: DEFAULT_ACCESS.to_owned(),
    };
    // Half of the people are in assigned groups, and one in ten is assigned alone too.
    let lines: Vec<_> = (0..PEOPLE / 10).map(line).collect();
    held("assignments", 1, || _ = tenant.reassign(lines));
    let directory = tenant.directory();
    let people = held("compact people", 420, || {
        People::of(Layout::of(directory), directory, tenant.assignments()).unwrap()
    });
    let layout = people.layout().clone();
    let pipeline = Pipeline::over(configuration(), ambient, layout).unwrap();
    let accounts = held("accounts", 700, || accounts(&pipeline));
    let plan = held("plan", 30, || pipeline.run(&people, &accounts, true).finish());
    assert_eq!(plan.verdicts().len(), PEOPLE);
}
