//! Stories that take more than one cycle: a job runs, the world changes, time passes.

use std::num::NonZeroU32;

use http::Method;
use provisioning::configuration::{AttributeMapping, Source};
use provisioning::cycle::OutcomeState;
use provisioning::cycle::job::{QuarantineReason, Reset, Status};
use provisioning::expression::Expression;
use provisioning::planning::{Action, ActionKind, ErrorCode};
use provisioning::source::{AppRole, AppRoleAssignment, SourceValue};
use sandbox::{Quirk, Quirks};
use scim::patch::entra::WireForm;
use serde_json::{Value, json};

use crate::office::Office;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{endpoint, outcome, person, row, usual_configuration, verdicts};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

#[test]
fn an_incremental_cycle_looks_at_what_changed_and_at_nobody_else() {
    let mut office = Office::with_people(&["ana", "bo", "cy"]);
    assert!(!office.job.is_next_initial());
    office.set("bo", "jobTitle", "Manager");
    office.world.joins("di");
    let seen = office.world.application.journal().len();
    let cycle = office.cycle();
    assert_eq!(verdicts(&cycle).len(), 2);
    assert_eq!(verdicts(&cycle)["bo"], "Update");
    assert_eq!(verdicts(&cycle)["di"], "Create");
    let asked = office.world.application.journal().len() - seen;
    assert_eq!(asked, 1 + 2 + 2, "the probe; read and write bo; look for di and create");

    assert!(verdicts(&office.cycle()).is_empty(), "nothing changed");
}

#[test]
fn a_preview_of_the_next_cycle_says_what_it_then_does() {
    let mut office = Office::with_people(&["ana", "bo", "cy"]);
    office.world.group("desk", &["ana", "bo"]);
    office.cycle();
    office.set("ana", "jobTitle", "Manager");
    office.world.is_unassigned("bo");
    office.group("desk").members = vec!["ana".to_owned(), "cy".to_owned()];
    let planned = office.preview();
    assert_eq!(planned.planned_requests("desk", WireForm::Legacy).len(), 2);
    let done = office.cycle();
    assert_eq!(verdicts(&planned), verdicts(&done));
    assert_eq!(verdicts(&done)["bo"], "Disable");
    let kinds = |cycle: &provisioning::cycle::Cycle| {
        outcome(cycle, "desk")
            .action
            .changes()
            .iter()
            .map(|change| change.after.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(&planned), kinds(&done));
}

#[test]
fn what_is_changed_in_the_application_is_not_noticed_before_the_person_changes() {
    let mut office = Office::with_people(&["ana"]);
    let id = office.job.links()["ana"].clone();
    let rename =
        scim::patch::PatchRequest::new(vec![scim::patch::Operation::replace("title", "Boss")]);
    office.world.answer(endpoint().patch("Users", &id, &rename)).unwrap();
    office.cycle();
    assert_eq!(office.world.account("ana").unwrap()["title"], "Boss");
    office.set("ana", "department", "Sales");
    office.cycle();
    assert_eq!(office.world.account("ana").unwrap()["title"], "Receptionist");
}

#[test]
fn a_renamed_person_keeps_the_account() {
    let mut office = Office::with_people(&["ana"]);
    let id = office.job.links()["ana"].clone();
    office.set("ana", "userPrincipalName", "ana.costa@contoso.example");
    office.set("ana", "surname", "Costa");
    let cycle = office.cycle();
    assert_eq!(outcome(&cycle, "ana").action.kind(), ActionKind::Update);
    assert_eq!(office.world.application.users().count(), 1);
    assert_eq!(office.world.account("ana.costa").unwrap()["id"], id.as_str());
    let asked = office.world.application.journal().last().unwrap();
    assert!(asked.path.ends_with(&id), "by its id, not by its name: {}", asked.path);
}

#[test]
fn a_manager_who_comes_into_scope_later_is_missing_until_a_restart() {
    let mut office = Office::new();
    office
        .world
        .joins("ana")
        .attributes
        .insert("manager".to_owned(), SourceValue::Text("bo".to_owned()));
    office.world.directory.users.push(person("bo"));
    office.world.group("desk", &["ana"]);
    office.cycle();
    let manager =
        |office: &Office| office.world.account("ana").unwrap()[ENTERPRISE].get("manager").cloned();

    office.world.directory.assignments.push(AppRoleAssignment {
        principal_id: "bo".to_owned(),
        app_role_id: provisioning::source::DEFAULT_ACCESS.to_owned(),
    });
    office.set("ana", "jobTitle", "Host");
    let cycle = office.cycle();
    assert_eq!(verdicts(&cycle)["bo"], "Create");
    assert_eq!(manager(&office), None, "ana changed, but her manager did not");

    office.job.restart(Reset::Usual);
    office.cycle();
    let bo = office.world.account("bo").unwrap();
    assert_eq!(manager(&office).unwrap()["value"], bo["id"]);
}

#[test]
fn a_member_who_comes_into_scope_later_is_missing_until_a_restart() {
    let mut office = Office::new();
    office.world.joins("ana");
    office
        .world
        .joins("bo")
        .attributes
        .insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    office.world.group("desk", &["ana", "bo"]);
    office.cycle();
    office
        .world
        .person("bo")
        .attributes
        .insert("accountEnabled".to_owned(), SourceValue::Boolean(true));
    office.cycle();
    assert!(office.world.account("bo").is_some());
    assert_eq!(office.members("desk"), ["ana"]);
    office.job.restart(Reset::Usual);
    office.cycle();
    assert_eq!(office.members("desk"), ["ana", "bo"]);
}

#[test]
fn whoever_swaps_groups_leaves_one_and_enters_the_other_without_a_disable() {
    for wire in WireForm::ALL {
        let mut office = Office::with(usual_configuration(), wire);
        for name in ["ana", "bo"] {
            office.world.directory.users.push(person(name));
        }
        office.world.group("desk", &["ana", "bo"]);
        office.world.group("sales", &[]);
        office.cycle();
        assert_eq!(office.members("desk"), ["ana", "bo"]);

        office.group("desk").members = vec!["ana".to_owned()];
        office.group("sales").members = vec!["bo".to_owned()];
        let cycle = office.cycle();
        assert_eq!(verdicts(&cycle)["bo"], "Skip (RedundantExport)");
        assert_eq!(verdicts(&cycle)["desk"], "Update");
        let left = &outcome(&cycle, "desk").action.changes()[0];
        assert_eq!(
            (left.before.clone(), &left.after),
            (Some(json!([office.job.links()["bo"]])), &Value::Null)
        );
        assert_eq!(office.members("desk"), ["ana"]);
        assert_eq!(office.members("sales"), ["bo"]);
        assert_eq!(office.world.account("bo").unwrap()["active"], true);
    }
}

#[test]
fn moving_into_a_nested_group_is_leaving() {
    let mut office = Office::new();
    office.world.directory.users.push(person("ana"));
    office.world.group("staff", &["ana"]);
    office.cycle();
    office.group("staff").members = vec!["team".to_owned()];
    office.world.group("team", &["ana"]);
    office.world.is_unassigned("team");
    let cycle = office.cycle();
    assert_eq!(verdicts(&cycle)["ana"], "Disable");
    let assignment = cycle.population().assignment(cycle.population().object(0).unwrap());
    let path = vec!["team".to_owned(), "staff".to_owned()];
    assert_eq!(assignment.lost, [provisioning::assignment::LostAssignment::Nested(path)]);
}

/// Ana has these roles of an application that defines two.
fn has_roles(office: &mut Office, roles: &[&str]) {
    office.world.directory.app_roles = ["admin", "reader"]
        .map(|id| AppRole {
            id: id.to_owned(),
            value: id.to_owned(),
            display_name: id.to_uppercase(),
        })
        .to_vec();
    office.world.is_unassigned("ana");
    office.world.directory.assignments.extend(roles.iter().map(|role| AppRoleAssignment {
        principal_id: "ana".to_owned(),
        app_role_id: (*role).to_owned(),
    }));
}

fn values(account: &Value) -> Vec<&str> {
    account["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|role| role["value"].as_str().unwrap())
        .collect()
}

#[test]
fn another_role_replaces_the_one_before_where_roles_are_asserted() {
    for wire in WireForm::ALL {
        let mut configuration = usual_configuration();
        let asserted = "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])";
        let source = Source::Expression(Expression::parse(asserted));
        configuration.users.attributes.push(AttributeMapping { source, ..row("title") });
        let path = scim::path::Path::parse("roles").unwrap();
        let last = configuration.users.attributes.last_mut().unwrap();
        last.target = provisioning::configuration::default::target_attribute(path);
        let mut office = Office::with(configuration, wire);
        office.world.joins("ana");
        has_roles(&mut office, &["reader"]);
        office.cycle();
        assert_eq!(values(&office.world.account("ana").unwrap()), ["reader"]);
        has_roles(&mut office, &["admin"]);
        let cycle = office.cycle();
        assert_eq!(verdicts(&cycle)["ana"], "Update");
        assert_eq!(values(&office.world.account("ana").unwrap()), ["admin"]);
        assert!(verdicts(&office.cycle()).is_empty());
    }
}

#[test]
fn the_deleted_are_disabled_the_restored_enabled_and_the_purged_removed() {
    let mut office = Office::with_people(&["ana"]);
    let id = office.job.links()["ana"].clone();
    office.world.person("ana").soft_deleted = true;
    assert_eq!(verdicts(&office.cycle())["ana"], "Disable");
    assert_eq!(office.world.account("ana").unwrap()["active"], false);

    office.world.person("ana").soft_deleted = false;
    assert_eq!(verdicts(&office.cycle())["ana"], "Enable");
    assert_eq!(office.world.account("ana").unwrap()["id"], id.as_str());

    office.world.person("ana").soft_deleted = true;
    office.cycle();
    office.hours_pass(30 * 24);
    office.is_purged("ana");
    assert_eq!(verdicts(&office.preview())["ana"], "Delete");
    let cycle = office.cycle();
    assert_eq!(outcome(&cycle, "ana").state, OutcomeState::Written);
    assert_eq!(office.world.account("ana"), None);
    assert!(office.job.links().is_empty());
    assert!(verdicts(&office.cycle()).is_empty(), "it is forgotten");
}

#[test]
fn the_purged_stay_where_delete_is_off_or_nobody_manages_them_any_more() {
    let mut office = Office::with_people(&["ana", "bo"]);
    office.world.is_unassigned("ana");
    office.cycle();
    office.is_purged("ana");
    assert!(verdicts(&office.cycle()).is_empty(), "unassigned first, deleted later: nothing");
    assert_eq!(office.world.account("ana").unwrap()["active"], false);

    let mut without = usual_configuration();
    without.users.actions.delete = false;
    office.job.configure(without);
    office.cycle();
    office.is_purged("bo");
    assert_eq!(verdicts(&office.cycle())["bo"], "Skip (EntrySynchronizationSkipped)");
    assert!(office.world.account("bo").is_some());
    assert_eq!(office.world.seen(&Method::DELETE), 0);
}

#[test]
fn a_rehired_person_gets_the_old_account_back() {
    let mut office = Office::with_people(&["ana"]);
    let id = office.job.links()["ana"].clone();
    let assigned = office.world.directory.assignments.clone();
    office.world.is_unassigned("ana");
    office.cycle();
    assert!(office.job.links().is_empty(), "disabled, and no longer managed");
    office.hours_pass(24 * 90);
    office.world.directory.assignments = assigned;
    assert_eq!(verdicts(&office.cycle())["ana"], "Enable");
    assert_eq!(office.job.links()["ana"], id, "found again by the matching attribute");
}

#[test]
fn a_rehired_person_with_a_new_id_takes_the_account_over() {
    let mut office = Office::with_people(&["ana"]);
    let id = office.job.links()["ana"].clone();
    office.world.person("ana").soft_deleted = true;
    office.cycle();
    office.world.joins("ana again");
    office.set("ana again", "userPrincipalName", "ana@contoso.example");
    assert_eq!(verdicts(&office.cycle())["ana again"], "Enable");
    assert_eq!(office.job.links().clone(), [("ana again".to_owned(), id)].into());
    office.hours_pass(30 * 24);
    office.is_purged("ana");
    assert!(verdicts(&office.cycle()).is_empty(), "the account is no longer hers");
    assert_eq!(office.world.account("ana").unwrap()["active"], true);
}

#[test]
fn whoever_is_linked_keeps_the_account_that_a_newcomer_matches() {
    let mut by_title = usual_configuration();
    let rows = by_title.users.attributes.iter_mut();
    for row in rows.filter(|row| row.target.path.attribute == "title") {
        row.matching_precedence = NonZeroU32::new(2);
    }
    let mut office = Office::with(by_title, WireForm::Legacy);
    office.world.joins("ana");
    office.cycle();
    let (links, account) = (office.job.links().clone(), office.world.account("ana"));
    office.world.joins("bo");
    assert_eq!(verdicts(&office.preview())["bo"], "Conflict (DuplicateSourceEntries)");
    let cycle = office.cycle();
    let Action::Conflict { candidates, .. } = &outcome(&cycle, "bo").action else { panic!() };
    assert_eq!(candidates, &["ana", "bo"]);
    assert_eq!(verdicts(&cycle).len(), 1, "ana is not even looked at");
    assert_eq!((office.job.links(), office.world.account("ana")), (&links, account));
    assert!(!office.job.links().contains_key("bo"));

    office.set("ana", "department", "Sales");
    office.hours_pass(6);
    for backwards in [false, true] {
        office.world.answers_backwards = backwards;
        let preview = verdicts(&office.preview());
        assert_eq!(preview["ana"], "Update", "{preview:?}");
        assert_eq!(preview["bo"], "Conflict (DuplicateSourceEntries)");
    }
}

#[test]
fn leavers_above_the_threshold_wait_for_an_administrator() {
    let mut configuration = usual_configuration();
    configuration.accidental_deletions_threshold = NonZeroU32::new(1);
    let mut office = Office::with(configuration, WireForm::Legacy);
    for name in ["ana", "bo", "cy"] {
        office.world.joins(name);
    }
    office.world.group("desk", &[]);
    office.cycle();
    office.world.is_unassigned("ana");
    office.world.is_unassigned("desk");
    let cycle = office.cycle();
    assert_eq!(outcome(&cycle, "ana").state, OutcomeState::HeldBack);
    assert_eq!(outcome(&cycle, "desk").state, OutcomeState::HeldBack, "groups count too");
    assert_eq!(office.job.status(), Status::Quarantine);
    assert_eq!(office.job.quarantine().unwrap().reason, QuarantineReason::TooManyDeletes);
    assert_eq!(office.world.account("ana").unwrap()["active"], true);

    office.cycle();
    assert_eq!(office.job.status(), Status::Quarantine, "it does not mend itself");
    assert_eq!(office.world.account("ana").unwrap()["active"], true);

    office.job.allow_deletes();
    office.cycle();
    assert_eq!(office.world.account("ana").unwrap()["active"], false);
    assert_eq!(office.world.application.groups().count(), 0);
    assert_eq!(office.job.status(), Status::Active);
    assert!(office.job.held_back().is_empty());
}

#[test]
fn a_scope_that_is_repaired_takes_the_job_out_of_quarantine() {
    let mut configuration = usual_configuration();
    configuration.accidental_deletions_threshold = NonZeroU32::new(1);
    let mut office = Office::with(configuration, WireForm::Legacy);
    for name in ["ana", "bo"] {
        office.world.joins(name);
    }
    office.cycle();
    let assigned = std::mem::take(&mut office.world.directory.assignments);
    office.cycle();
    assert_eq!(office.job.held_back().len(), 2);
    office.world.directory.assignments = assigned;
    let cycle = office.cycle();
    assert!(cycle.outcomes().iter().all(|each| !each.action.writes()), "nobody was disabled");
    assert_eq!(office.job.status(), Status::Active);

    office.world.directory.assignments.clear();
    office.cycle();
    assert_eq!(office.job.status(), Status::Quarantine);
    office.is_purged("ana");
    office.is_purged("bo");
    office.job.restart(Reset::Full);
    office.cycle();
    assert_eq!(office.job.status(), Status::Active, "nobody is left who could be deleted");
}

#[test]
fn whoever_fails_and_is_purged_is_forgotten() {
    let mut office = Office::new();
    office.world.misbehaves(Quirk::EmailRequired);
    office.world.joins("ana").attributes.remove("mail");
    office.cycle();
    assert_eq!(office.job.escrows().len(), 1);
    office.is_purged("ana");
    office.cycle();
    assert!(office.job.escrows().is_empty());
}

#[test]
fn an_expired_token_quarantines_the_job_until_it_is_replaced() {
    let mut office = Office::with_people(&["ana"]);
    office.world.misbehaves(Quirk::ExpiredToken);
    office.set("ana", "jobTitle", "Manager");
    office.world.joins("bo");
    office.cycle();
    assert_eq!(office.job.status(), Status::Quarantine);
    let quarantine = *office.job.quarantine().unwrap();
    assert_eq!(quarantine.reason, QuarantineReason::EncounteredQuarantineException);
    let mut distance = 0;
    for _ in 0..8 {
        office.cycle();
        let next = office.job.due().unwrap();
        let wait = next.unix_milliseconds() - office.now().unix_milliseconds();
        assert!(wait >= distance && wait <= 24 * 3_600_000, "ever rarer, but once a day");
        distance = wait;
    }
    assert_eq!(office.job.quarantine().unwrap().since, quarantine.since);

    office.world.application.set_quirks(Quirks::none());
    let cycle = office.cycle();
    assert_eq!(office.job.status(), Status::Active);
    assert_eq!(verdicts(&cycle)["ana"], "Update", "what changed meanwhile is caught up on");
    assert_eq!(verdicts(&cycle)["bo"], "Create");
}

#[test]
fn four_weeks_in_quarantine_disable_the_job() {
    let mut office = Office::with_people(&["ana"]);
    office.world.misbehaves(Quirk::ExpiredToken);
    office.cycle();
    office.hours_pass(28 * 24);
    office.cycle();
    assert_eq!(office.job.status(), Status::Disabled);
    assert_eq!(office.job.due(), None);
    office.job.start();
    assert_eq!(office.job.status(), Status::Active);
}

#[test]
fn a_person_who_failed_is_tried_again_hours_later_and_on_every_change() {
    let mut office = Office::new();
    office.world.misbehaves(Quirk::EmailRequired);
    office.world.joins("ana").attributes.remove("mail");
    office.cycle();
    let escrow = office.job.escrows()["ana"];
    assert_eq!(escrow.code, ErrorCode::UnprocessableEntity);
    assert!(verdicts(&office.cycle()).is_empty(), "six hours are not over");
    office.hours_pass(6);
    assert_eq!(verdicts(&office.cycle())["ana"], "Error (UnprocessableEntity)");
    assert_eq!(office.job.escrows()["ana"].failures, 2);
    assert_eq!(office.job.escrows()["ana"].since, escrow.since);

    office.set("ana", "mail", "ana@contoso.example");
    assert_eq!(verdicts(&office.cycle())["ana"], "Create");
    assert!(office.job.escrows().is_empty() && office.world.account("ana").is_some());
}

#[test]
fn a_failure_is_given_up_after_four_weeks_until_the_person_changes() {
    let mut office = Office::new();
    office.world.misbehaves(Quirk::EmailRequired);
    office.world.joins("ana").attributes.remove("mail");
    office.cycle();
    for _ in 0..29 {
        office.hours_pass(24);
        office.cycle();
    }
    assert!(office.job.escrows().is_empty());
    assert!(verdicts(&office.cycle()).is_empty());
    office.set("ana", "jobTitle", "Host");
    assert_eq!(verdicts(&office.cycle())["ana"], "Error (UnprocessableEntity)");
}

#[test]
fn a_purge_that_fails_waits_for_its_next_attempt() {
    let mut office = Office::with_people(&["ana", "bo"]);
    let id = office.job.links()["ana"].clone();
    office.world.answer(endpoint().delete("Users", &id)).unwrap();
    office.is_purged("ana");
    assert_eq!(verdicts(&office.cycle())["ana"], "Error (InvalidAnchor)");
    office.set("bo", "jobTitle", "Host");
    let cycle = office.cycle();
    assert_eq!(verdicts(&cycle).keys().collect::<Vec<_>>(), ["bo"], "ana waits six hours");
    office.hours_pass(6);
    assert_eq!(verdicts(&office.cycle())["ana"], "Error (InvalidAnchor)");
}

#[test]
fn a_purged_group_is_deleted_and_its_members_stay() {
    let mut office = Office::with_people(&["ana"]);
    office.world.group("desk", &["ana"]);
    office.cycle();
    office.is_purged("desk");
    assert_eq!(verdicts(&office.preview())["desk"], "Delete");
    let cycle = office.cycle();
    assert_eq!(outcome(&cycle, "desk").state, OutcomeState::Written);
    assert_eq!(office.world.application.groups().count(), 0);
    assert_eq!(office.world.account("ana").unwrap()["active"], true);
}

#[test]
fn a_role_that_is_taken_away_stays_where_roles_are_only_added() {
    let mut configuration = usual_configuration();
    let adding = Expression::parse("AppRoleAssignmentsComplex([appRoleAssignments])");
    let path = scim::path::Path::attribute("roles");
    let target = provisioning::configuration::default::target_attribute(path);
    let source = Source::Expression(adding);
    configuration.users.attributes.push(AttributeMapping { target, source, ..row("title") });
    let mut office = Office::with(configuration, WireForm::Legacy);
    office.world.joins("ana");
    has_roles(&mut office, &["reader"]);
    office.cycle();
    has_roles(&mut office, &["admin"]);
    assert_eq!(verdicts(&office.cycle())["ana"], "Update");
    let account = office.world.account("ana").unwrap();
    assert_eq!(values(&account)[0], "reader");
    assert!(values(&account)[1].contains("\"value\":\"admin\""), "{account}");
    office.job.restart(Reset::Usual);
    assert_eq!(verdicts(&office.cycle())["ana"], "Skip (RedundantExport)");
}

#[test]
fn whoever_is_purged_takes_the_memberships_along() {
    let mut office = Office::with_people(&["ana", "bo"]);
    office.world.group("desk", &["ana", "bo"]);
    office.cycle();
    office.is_purged("ana");
    office.group("desk").members.retain(|member| member != "ana");
    let before = office.world.seen(&Method::PATCH);
    let cycle = office.cycle();
    assert_eq!(verdicts(&cycle)["ana"], "Delete");
    assert_eq!(verdicts(&cycle)["desk"], "Skip (RedundantExport)");
    assert_eq!(office.world.seen(&Method::PATCH), before);
    assert_eq!(office.members("desk"), ["bo"]);
}

#[test]
fn a_manager_that_is_refused_fails_alone_and_is_tried_again() {
    let mut office = Office::with_people(&["ana", "bo"]);
    office.world.misbehaves(Quirk::PlainManagerRefused);
    office.set("ana", "manager", "bo");
    let cycle = office.cycle();
    assert_eq!(verdicts(&cycle)["ana"], "Update", "the person does not fail");
    assert_eq!(cycle.findings()[0].id, "reference-failed");
    let escrow = office.job.escrows()["ana"];
    office.hours_pass(6);
    office.cycle();
    let again = office.job.escrows()["ana"];
    assert_eq!((again.since, again.failures), (escrow.since, 2));

    office.world.application.set_quirks(Quirks::none());
    office.hours_pass(12);
    office.cycle();
    assert!(office.job.escrows().is_empty());
    let bo = office.world.account("bo").unwrap()["id"].clone();
    assert_eq!(office.world.account("ana").unwrap()[ENTERPRISE]["manager"]["value"], bo);
}

#[test]
fn a_leaver_whose_disable_fails_is_not_forgotten() {
    let mut office = Office::with_people(&["ana"]);
    office.world.is_unassigned("ana");
    office.world.misbehaves(Quirk::PatchRefused);
    assert_eq!(verdicts(&office.cycle())["ana"], "Error (NotImplemented)");
    assert!(office.job.links().contains_key("ana"));
    office.world.application.set_quirks(Quirks::none());
    office.hours_pass(6);
    assert_eq!(verdicts(&office.cycle())["ana"], "Disable");
    assert_eq!(office.world.account("ana").unwrap()["active"], false);
}

#[test]
fn another_mapping_starts_an_initial_cycle_and_another_scope_needs_a_restart() {
    let mut office = Office::with_people(&["ana"]);
    office.world.directory.users.push(person("bo"));
    office.cycle();
    let mut everyone = usual_configuration();
    everyone.scope = provisioning::configuration::Scope::All;
    office.job.configure(everyone.clone());
    assert!(verdicts(&office.cycle()).is_empty(), "nobody changed");
    office.job.restart(Reset::Usual);
    assert_eq!(verdicts(&office.cycle())["bo"], "Create");

    everyone.users.attributes.retain(|row| row.target.path.attribute != "title");
    office.job.configure(everyone);
    assert!(office.job.is_next_initial());
    let cycle = office.cycle();
    assert_eq!(verdicts(&cycle).len(), 2);
    assert!(cycle.outcomes().iter().all(|each| matches!(each.action, Action::Skip { .. })));
}

#[test]
fn a_full_reset_matches_everyone_again() {
    let mut office = Office::with_people(&["ana"]);
    let asks = |office: &Office| {
        office
            .world
            .application
            .journal()
            .iter()
            .filter(|entry| entry.path.contains("userName"))
            .count()
    };
    let before = asks(&office);
    office.job.restart(Reset::Usual);
    office.cycle();
    assert_eq!(asks(&office), before + 1, "the probe alone: the link is kept");
    office.job.restart(Reset::Full);
    office.cycle();
    assert_eq!(asks(&office), before + 1 + 2, "the probe, and ana");
}

#[test]
fn too_many_failures_in_an_initial_cycle_are_dropped_and_the_job_pauses() {
    let mut configuration = usual_configuration();
    let perhaps = Source::Constant("perhaps".to_owned());
    configuration.users.attributes.retain(|row| row.target.path.attribute != "active");
    configuration.users.attributes.push(AttributeMapping { source: perhaps, ..row("active") });
    let mut office = Office::with(configuration, WireForm::Legacy);
    for number in 0..5_000 {
        office.world.joins(&format!("u{number}"));
    }
    office.cycle();
    assert_eq!(office.job.status(), Status::Paused);
    assert!(office.job.escrows_pruned() && office.job.escrows().is_empty());
    assert_eq!(office.job.quarantine(), None);
}
