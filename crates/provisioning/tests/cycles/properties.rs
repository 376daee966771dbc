//! What always holds, whoever the people are and whatever the application holds.

use std::collections::BTreeMap;

use http::{Method, Response};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use provisioning::configuration::default::target_attribute;
use provisioning::configuration::{Apply, AttributeMapping, Source};
use provisioning::cycle::{Cycle, Known, Step};
use provisioning::expression::Expression;
use provisioning::planning::{Action, ActionKind, SkipReason};
use provisioning::source::SourceValue;
use scim::patch::entra::WireForm;
use serde_json::{Value, json};

use crate::world::{World, ambient, endpoint, person, usual_configuration, verdicts};

/// A person as chance has it: name, assigned, blocked, title, manager, and an account.
#[derive(Clone, Debug)]
pub(crate) struct Somebody {
    assigned: bool,
    enabled: bool,
    title: Option<String>,
    manager: Option<u8>,
    pub(crate) account: Option<(bool, Option<String>)>,
}

pub(crate) fn somebody() -> impl Strategy<Value = Somebody> {
    let title = || option::of("[A-Za-z +#'\"\\\\äß]{0,8}");
    let account = option::of((any::<bool>(), title()));
    (any::<bool>(), any::<bool>(), title(), option::of(0_u8..6), account).prop_map(
        |(assigned, enabled, title, manager, account)| Somebody {
            assigned,
            enabled,
            title,
            manager,
            account,
        },
    )
}

pub(crate) fn world(people: &[Somebody], known: Known) -> World {
    let mut world = World::new();
    world.known = known;
    for (number, each) in people.iter().enumerate() {
        let name = format!("u{number}");
        match each.assigned {
            true => {
                world.joins(&name);
            }
            false => world.directory.users.push(person(&name)),
        }
        let attributes = &mut world.person(&name).attributes;
        attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(each.enabled));
        match each.title.clone().filter(|title| !title.is_empty()) {
            Some(title) => attributes.insert("jobTitle".to_owned(), SourceValue::Text(title)),
            None => attributes.remove("jobTitle"),
        };
        if let Some(manager) = each.manager {
            let id = SourceValue::Text(format!("u{manager}"));
            attributes.insert("manager".to_owned(), id);
        }
        if let Some((active, title)) = &each.account {
            let name = format!("{name}@contoso.example");
            world.has_account(json!({ "userName": name, "active": active, "title": title }));
        }
    }
    let members: Vec<String> = (0..people.len()).map(|number| format!("u{number}")).collect();
    world.group("everyone", &members.iter().map(String::as_str).collect::<Vec<_>>());
    world
}

fn known() -> impl Strategy<Value = Known> {
    prop_oneof![Just(Known::FirstRun), Just(Known::Linked)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn after_a_cycle_there_is_nothing_left_to_do(people in vec(somebody(), 0..6), known in known()) {
        let mut world = world(&people, known);
        let cycle = world.provision();
        prop_assert!(cycle.failure().is_none() && cycle.findings().is_empty(), "{:?}", cycle.findings());
        let again = world.preview();
        for outcome in again.outcomes().iter().filter(|outcome| outcome.in_scope) {
            let redundant = matches!(outcome.action, Action::Skip { reason: SkipReason::RedundantExport, .. });
            prop_assert!(redundant, "{outcome:?}");
        }
        prop_assert!(again.outcomes().iter().all(|outcome| !outcome.action.writes()));
    }

    #[test]
    fn a_preview_only_reads(people in vec(somebody(), 0..6), known in known()) {
        let mut world = world(&people, known);
        let before: Vec<_> = world.application.users().collect();
        world.preview();
        prop_assert!(world.application.journal().iter().all(|entry| entry.method == Method::GET));
        let after: Vec<_> = world.application.users().collect();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn a_preview_says_what_the_cycle_then_does(people in vec(somebody(), 0..6), known in known()) {
        let mut world = world(&people, known);
        let planned = verdicts(&world.preview());
        let done = verdicts(&world.provision());
        prop_assert_eq!(planned, done);
    }

    #[test]
    fn neither_pace_nor_the_order_of_answers_matters(
        people in vec(somebody(), 0..6), known in known(), pace in 1_usize..9,
    ) {
        let mut world = World { pace: 1, ..world(&people, known) };
        let calm = world.preview();
        world.pace = pace;
        world.answers_backwards = true;
        let hasty = world.preview();
        prop_assert_eq!(calm.outcomes(), hasty.outcomes());
        prop_assert_eq!(calm.summary(), hasty.summary());
    }

    #[test]
    fn the_order_of_people_does_not_matter(people in vec(somebody(), 0..6), known in known()) {
        let mut world = world(&people, known);
        let forwards = verdicts(&world.preview());
        world.directory.users.reverse();
        world.directory.assignments.reverse();
        prop_assert_eq!(forwards, verdicts(&world.preview()));
    }

    #[test]
    fn whoever_is_out_of_scope_is_never_created(people in vec(somebody(), 0..6), known in known()) {
        let mut world = world(&people, known);
        let preview = world.preview();
        for outcome in preview.outcomes().iter().filter(|outcome| !outcome.in_scope) {
            let kind = outcome.action.kind();
            prop_assert!(!matches!(kind, ActionKind::Create | ActionKind::Update | ActionKind::Enable));
        }
    }

    #[test]
    fn both_wire_forms_leave_the_application_alike(people in vec(somebody(), 0..6), known in known()) {
        let accounts = |wire| {
            let mut world = world(&people, known.clone());
            world.provision_in(wire);
            let accounts: BTreeMap<String, Value> = world
                .application
                .users()
                .map(|user| {
                    let mut user = user.clone().into_value();
                    if let Some(user) = user.as_object_mut() {
                        user.remove("meta");
                    }
                    (user["userName"].to_string(), user)
                })
                .collect();
            accounts
        };
        prop_assert_eq!(accounts(WireForm::Legacy), accounts(WireForm::Compliant));
    }

    #[test]
    fn the_account_of_the_lowest_precedence_is_taken(
        ranks in Just(vec![1_u32, 2, 3]).prop_shuffle(), hits in vec(any::<bool>(), 3), backwards in any::<bool>(),
    ) {
        let targets = [("userName", "userPrincipalName"), ("externalId", "mailNickname"), ("title", "jobTitle")];
        let mut world = World::new();
        world.joins("ana");
        let rows = &mut world.configuration.users.attributes;
        let mut best = None;
        for ((target, source), (rank, hit)) in targets.iter().zip(ranks.iter().zip(&hits)) {
            let row = rows.iter_mut().find(|row| row.target.path.attribute == *target).unwrap();
            row.matching_precedence = std::num::NonZeroU32::new(*rank);
            if *hit && best.is_none_or(|(known, _)| rank < known) {
                best = Some((rank, *target));
            }
            assert_eq!(row.source, Source::Direct((*source).to_owned()));
        }
        if backwards {
            rows.reverse();
        }
        let accounts = [json!({ "userName": "ana@contoso.example" }), json!({ "userName": "x", "externalId": "ana" }),
            json!({ "userName": "y", "title": "Receptionist" })];
        let mut ids = BTreeMap::new();
        for (((target, _), account), hit) in targets.iter().zip(accounts).zip(&hits) {
            if *hit {
                ids.insert(*target, world.has_account(account));
            }
        }
        let preview = world.preview();
        let expected = best.map(|(_, target)| ids[target].clone());
        prop_assert_eq!(&preview.outcomes()[0].target_id, &expected);
    }

    #[test]
    fn the_order_of_groups_rows_and_members_does_not_matter(people in vec(somebody(), 0..6), known in known()) {
        let mut world = world(&people, known);
        world.group("some", &["u0", "u2", "u4"]);
        let forwards = world.preview();
        let held = |cycle: &Cycle| -> BTreeMap<String, String> {
            let told = |outcome: &provisioning::cycle::Outcome| {
                let mut changes: Vec<String> =
                    outcome.action.changes().iter().map(|change| format!("{} {:?}", change.attribute, set(&change.after))).collect();
                changes.sort();
                (outcome.source_id.clone(), format!("{} {changes:?}", outcome.action))
            };
            cycle.outcomes().iter().map(told).collect()
        };
        world.directory.groups.reverse();
        world.directory.groups.iter_mut().for_each(|group| group.members.reverse());
        world.configuration.users.attributes.reverse();
        world.configuration.groups.attributes.reverse();
        prop_assert_eq!(held(&forwards), held(&world.preview()));
    }

    #[test]
    fn hostile_rows_never_panic(
        rows in vec((hostile_target(), "\\PC{0,20}", option::of("\\PC{0,6}"), 0_u32..3, any::<bool>()), 0..8),
        person in somebody(),
    ) {
        let mut world = world(&[person], Known::Linked);
        let attributes = rows.into_iter().filter_map(|(target, text, default_value, rank, once)| {
            let path = scim::path::Path::parse(&target).ok()?;
            let source = match rank {
                0 => Source::Direct(text),
                1 => Source::Constant(text),
                _ => Source::Expression(Expression::parse(&text)),
            };
            Some(AttributeMapping {
                target: target_attribute(path),
                source,
                default_value,
                matching_precedence: std::num::NonZeroU32::new(rank),
                apply: if once { Apply::OnlyDuringCreation } else { Apply::Always },
            })
        });
        world.configuration.users.attributes.extend(attributes);
        let preview = world.preview();
        let _ = preview.report("u0");
        for wire in WireForm::ALL {
            let _ = preview.planned_requests("u0", wire);
        }
        let _ = provisioning::review::review(&world.configuration);
    }

    #[test]
    fn hostile_answers_never_panic(body in hostile(), status in prop_oneof![Just(200_u16), Just(201), 100_u16..599]) {
        let mut cycle = one_person(Known::Linked);
        for _ in 0..200 {
            match cycle.step() {
                Step::Send(exchange) => {
                    let mut response = Response::new(body.clone().into_bytes());
                    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
                    cycle.receive(exchange.id, Ok(response));
                    cycle.receive(exchange.id.wrapping_add(99), Ok(Response::new(Vec::new())));
                }
                Step::Pause { seconds } => prop_assert!(seconds <= 300),
                Step::Wait => prop_assert!(false, "nothing is outstanding"),
                Step::Done => break,
            }
            let _ = (cycle.report("ana"), cycle.progress(), cycle.summary());
        }
        prop_assert!(matches!(cycle.step(), Step::Done));
        for wire in WireForm::ALL {
            let _ = cycle.planned_requests("ana", wire);
        }
    }
}

/// The elements of a list in an order of their own.
fn set(value: &Value) -> Vec<String> {
    let mut elements: Vec<String> = match value {
        Value::Array(elements) => elements.iter().map(Value::to_string).collect(),
        single => vec![single.to_string()],
    };
    elements.sort();
    elements
}

fn one_person(known: Known) -> Cycle {
    let mut world = World::new();
    world.joins("ana");
    world.group("desk", &["ana"]);
    let directory = std::sync::Arc::new(world.directory);
    Cycle::initial(
        usual_configuration(),
        directory,
        endpoint(),
        WireForm::Compliant,
        known,
        ambient(),
        2,
    )
}

/// Targets as applications publish them, and worse.
fn hostile_target() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z]{1,8}(\\.[a-z]{1,5})?",
        "(emails|roles|addresses|name|active|schemas|id)(\\[(type|primary) (eq|ne|co) \"[a-zT]{1,4}\"\\])?(\\.[a-z]{1,5})?",
        "urn:[a-z:0-9.]{1,20}(:User)?:[a-z]{1,6}",
        "\\PC{0,12}",
    ]
}

/// Lists, resources and rubbish, some of which claim to be the person that was asked for.
fn hostile() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z@.\\PC]{0,6}".prop_map(Value::from),
        Just(json!("ana@contoso.example")),
    ];
    let value = leaf.prop_recursive(3, 16, 4, |inner| {
        let name = prop_oneof![
            "[a-z]{1,4}",
            Just("type".to_owned()),
            Just("value".to_owned()),
            Just("primary".to_owned()),
        ];
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name, inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    let attributes =
        ["emails", "active", "name", "roles", "addresses", "members", "manager", "title"];
    (vec(value.clone(), attributes.len()), value, 0_u64..3, any::<bool>()).prop_map(
        move |(values, other, total, is_list)| {
            let mut user =
                json!({ "id": "1", "userName": "ana@contoso.example", "displayName": "desk" });
            for (name, value) in attributes.iter().zip(values) {
                user[*name] = value;
            }
            match is_list {
                true => json!({ "totalResults": total, "Resources": [user] }).to_string(),
                false => other.to_string(),
            }
        },
    )
}
