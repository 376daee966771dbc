//! People, filters and histories as no directory should have them: every one gets a verdict, and
//! nothing panics.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use provisioning::configuration::default::target_attribute;
use provisioning::configuration::{Apply, AttributeMapping, ObjectKind, Scope, Source};
use provisioning::cycle::Step;
use provisioning::scoping::{Clause, FilterGroup, Operator, ScopingFilter};
use provisioning::source::{AppRole, AppRoleAssignment, Directory, SourceObject, SourceValue};
use scim::patch::entra::WireForm;

use crate::office::Office;
use crate::world::usual_configuration;

/// Ids that meet each other, and some that nobody has.
fn id() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-d]", 1 => "\\PC{0,3}"]
}

fn value() -> impl Strategy<Value = SourceValue> {
    prop_oneof![
        4 => "\\PC{0,12}".prop_map(SourceValue::Text),
        1 => id().prop_map(SourceValue::Text),
        1 => Just(SourceValue::Text("\u{0}\u{202e}\"\\'%#&+\u{7f}".to_owned())),
        1 => any::<bool>().prop_map(SourceValue::Boolean),
        1 => any::<i64>().prop_map(|number| SourceValue::Number(number.into())),
        1 => vec("\\PC{0,4}", 0..4).prop_map(SourceValue::List),
    ]
}

fn attribute() -> impl Strategy<Value = String> {
    let known = [
        "userPrincipalName",
        "displayName",
        "mail",
        "mailNickname",
        "jobTitle",
        "accountEnabled",
        "manager",
        "securityEnabled",
        "proxyAddresses",
        "objectId",
    ];
    prop_oneof![9 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,4}"]
}

fn object(kind: ObjectKind) -> impl Strategy<Value = SourceObject> {
    let members = vec(id(), 0..5);
    (id(), btree_map(attribute(), value(), 0..8), members, any::<bool>()).prop_map(
        move |(id, attributes, members, soft_deleted)| SourceObject {
            id,
            kind,
            attributes: attributes.into_iter().collect(),
            members,
            soft_deleted,
        },
    )
}

/// Objects of one id, groups inside each other, assignments of nobody to nothing.
fn directory() -> impl Strategy<Value = Directory> {
    let assignment = (id(), id())
        .prop_map(|(principal_id, app_role_id)| AppRoleAssignment { principal_id, app_role_id });
    let role = (id(), "\\PC{0,4}", "\\PC{0,4}").prop_map(|(id, value, display_name)| AppRole {
        id,
        value,
        display_name,
    });
    (
        vec(object(ObjectKind::User), 0..5),
        vec(object(ObjectKind::Group), 0..4),
        vec(assignment, 0..6),
        vec(role, 0..3),
    )
        .prop_map(|(users, groups, assignments, app_roles)| Directory {
            users,
            groups,
            assignments,
            app_roles,
        })
}

fn filter() -> impl Strategy<Value = ScopingFilter> {
    let operator = proptest::sample::select(&Operator::ALL[..]);
    let clause = (attribute(), operator, vec("\\PC{0,4}|[0-9]{1,21}|\\(", 0..3))
        .prop_map(|(attribute, operator, values)| Clause { attribute, operator, values });
    let group =
        ("\\PC{0,4}", vec(clause, 0..3)).prop_map(|(name, clauses)| FilterGroup { name, clauses });
    prop_oneof![2 => Just(Vec::new()), 1 => vec(group, 0..3)]
        .prop_map(|groups| ScopingFilter { groups })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn hostile_people_are_judged_over_three_cycles(
        directories in vec(directory(), 3), filter in filter(), for_all in any::<bool>(), wire in 0_usize..2,
    ) {
        let mut configuration = usual_configuration();
        configuration.scope = if for_all { Scope::All } else { Scope::Assigned };
        configuration.users.filter = filter.clone();
        configuration.groups.filter = filter;
        let roles = "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])";
        configuration.users.attributes.push(AttributeMapping {
            target: target_attribute(scim::path::Path::attribute("roles")),
            source: Source::Expression(provisioning::expression::Expression::parse(roles)),
            default_value: None,
            matching_precedence: None,
            apply: Apply::Always,
        });
        let mut office = Office::with(configuration, WireForm::ALL[wire]);
        for directory in directories {
            let count = directory.users.len() + directory.groups.len();
            office.world.directory = directory;
            let was_initial = office.job.is_next_initial();
            let cycle = office.cycle();
            if was_initial && cycle.failure().is_none() {
                prop_assert_eq!(cycle.outcomes().len(), count, "each has a verdict");
            }
            for outcome in cycle.outcomes() {
                let id = &outcome.source_id;
                let _ = (cycle.report(id), cycle.predicted(id));
                for wire in WireForm::ALL {
                    let _ = cycle.planned_requests(id, wire);
                }
            }
            office.hours_pass(7);
        }
    }

    #[test]
    fn hostile_answers_leave_the_job_its_sense(
        status in 100_u16..599, body in "\\PC{0,20}|\\{\"totalResults\":[0-2],\"Resources\":\\[\\{\"id\":\"1\",\"members\":[0-9]\\}\\]\\}|\\{\"id\":\"1\",\"userName\":7,\"roles\":\\{\\}\\}",
    ) {
        let mut office = Office::with_people(&["ana"]);
        office.world.group("desk", &["ana"]);
        office.set("ana", "jobTitle", "Manager");
        let links = office.job.links().clone();
        let directory = std::sync::Arc::new(office.world.directory.clone());
        for _ in 0..3 {
            let ambient = provisioning::ambient::Ambient { now: office.now(), seed: 1 };
            let Some(mut cycle) = office.job.begin(&directory, ambient) else { break };
            for _ in 0..200 {
                match cycle.step() {
                    Step::Send(exchange) => {
                        let mut response = http::Response::new(body.clone().into_bytes());
                        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
                        cycle.receive(exchange.id, Ok(response));
                    }
                    Step::Pause { .. } => {}
                    Step::Wait => prop_assert!(false, "nothing is outstanding"),
                    Step::Done => break,
                }
            }
            office.job.finish(&cycle, office.now());
            prop_assert!(office.job.links().get("ana") == links.get("ana"), "the link is kept");
            office.hours_pass(24);
        }
    }
}
