//! Everybody of the application in memory, read by pages: what each of its misbehaviours leads to.

use std::collections::BTreeSet;

use provisioning::cycle::Step;
use provisioning::cycle::roster::{End, FindingKind, Roster, stored};
use sandbox::{Quirk, Quirks};
use scim::resource::Resource;
use serde_json::json;

use crate::world::{World, endpoint};

/// Reads everybody of an application that misbehaves; gives the ids that came.
fn read(world: &mut World, attributes: &[&str]) -> (Roster, Vec<String>) {
    let attributes = attributes.iter().map(|name| (*name).to_owned()).collect();
    let mut roster = Roster::new(endpoint(), attributes, 4);
    let (mut attempt, mut came, mut open) = (0, Vec::new(), Vec::new());
    loop {
        let batch = roster.take();
        if batch.attempt != attempt {
            (attempt, came) = (batch.attempt, Vec::new());
        }
        came.extend(batch.accounts.iter().filter_map(Resource::id).map(str::to_owned));
        match roster.step() {
            Step::Done => return (roster, came),
            Step::Pause { seconds } => world.pauses.push(seconds),
            Step::Send(exchange) => open.push(exchange),
            Step::Wait => {
                let exchange = open.pop().unwrap();
                let answer = world.answer(exchange.request);
                roster.receive(exchange.id, answer);
            }
        }
    }
}

fn with_accounts(count: usize, quirk: Option<Quirk>) -> World {
    let mut world = World::new();
    for number in 0..count {
        world.has_account(json!({
            "userName": format!("user.{number:04}@contoso.example"),
            "name": { "givenName": "Ada" },
            "emails": [{ "type": "work", "value": format!("user.{number:04}@contoso.example") }],
        }));
    }
    world.application.set_quirks(quirk.into_iter().fold(Quirks::none(), Quirks::with));
    world
}

#[test]
fn everybody_of_the_sandbox_is_read_with_few_requests_that_only_read() {
    for count in [0, 1, 100, 101, 1_000] {
        let mut world = with_accounts(count, None);
        let (roster, came) = read(&mut world, &["userName", "name", "emails"]);
        assert_eq!(roster.end(), Some(&End::Complete));
        assert_eq!(came.iter().collect::<BTreeSet<_>>().len(), count);
        let seen = world.application.journal().len();
        assert!(seen <= count.div_ceil(100) + 3, "{seen} requests for {count}");
        assert_eq!(world.seen(&http::Method::GET), seen);
    }
}

#[test]
fn each_misbehaviour_is_named_or_overcome() {
    use FindingKind as Kind;
    let expected: [(Quirk, &[FindingKind], bool); 14] = [
        (Quirk::PageRepeated, &[Kind::Repeated, Kind::Misnumbered], false),
        (Quirk::PageGap, &[Kind::Lost], false),
        (Quirk::PageOverlap, &[Kind::Doubled], false),
        (Quirk::TotalMoving, &[Kind::Lost], false),
        (Quirk::TotalOfPage, &[Kind::Beyond], false),
        (Quirk::LastLost, &[Kind::Lost], false),
        (Quirk::AttributesRefused, &[Kind::Refused], true),
        (Quirk::CountCapped, &[Kind::Capped], true),
        (Quirk::OrderChanging, &[Kind::Doubled], true),
        (Quirk::PageOfTwenty, &[], true),
        (Quirk::PageUnlimited, &[], true),
        (Quirk::StartPastEndWraps, &[], true),
        (Quirk::OrderById, &[], true),
        (Quirk::Throttled, &[], true),
    ];
    for (quirk, kinds, is_complete) in expected {
        let mut world = with_accounts(250, Some(quirk));
        let (roster, came) = read(&mut world, &["userName"]);
        let found: BTreeSet<_> = roster.findings().iter().map(|finding| finding.kind).collect();
        assert_eq!(found, kinds.iter().copied().collect(), "{quirk:?}");
        let end = if is_complete { End::Complete } else { End::AskEach };
        assert_eq!(roster.end(), Some(&end), "{quirk:?}");
        assert!(!is_complete || came.iter().collect::<BTreeSet<_>>().len() == 250, "{quirk:?}");
    }
}

#[test]
fn what_was_read_can_be_kept_in_a_file() {
    let mut world = with_accounts(3, None);
    let mut roster = Roster::new(endpoint(), Vec::new(), 1);
    while let Step::Send(exchange) = roster.step() {
        let answer = world.answer(exchange.request);
        roster.receive(exchange.id, answer);
    }
    let accounts = roster.take().accounts;
    let lines: Vec<String> = accounts.iter().map(stored::line).collect();
    assert_eq!(stored::accounts(&lines.join("\n")), Ok(accounts));
}
