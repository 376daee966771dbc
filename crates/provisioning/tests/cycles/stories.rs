//! What happens to people: they join, move, leave, are blocked, collide; and servers misbehave.

use std::num::NonZeroU32;

use http::Method;
use provisioning::configuration::{AttributeMapping, ObjectKind, Scope, Source};
use provisioning::cycle::{Known, OutcomeState, Phase};
use provisioning::planning::{Action, ActionKind, ErrorCode, SkipReason};
use provisioning::report::{StepKind, StepStatus};
use provisioning::scoping::{Clause, FilterGroup, Operator};
use provisioning::source::{AppRole, SourceValue};
use sandbox::Quirk;
use scim::patch::entra::WireForm;
use serde_json::json;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{World, outcome, person, row, verdicts};

fn text(value: &str) -> SourceValue {
    SourceValue::Text(value.to_owned())
}

#[test]
fn a_joiner_is_created_with_every_value() {
    let mut world = World::new();
    world.joins("ana");
    let preview = world.preview();
    assert_eq!(outcome(&preview, "ana").action, Action::Create);
    assert_eq!(world.account("ana"), None);

    let cycle = world.provision();
    assert_eq!(outcome(&cycle, "ana").state, OutcomeState::Written);
    let account = world.account("ana").unwrap();
    assert_eq!(account["active"], true);
    assert_eq!(account["name"]["formatted"], "ana Silva");
    assert_eq!(account["emails"][0]["type"], "work");
    assert_eq!(cycle.links()["ana"], account["id"].as_str().unwrap());
}

#[test]
fn a_mover_is_updated_in_what_differs_and_in_nothing_else() {
    for wire in WireForm::ALL {
        let mut world = World::new();
        world.joins("ana");
        world.provision();
        let ana = world.person("ana");
        ana.attributes.insert("department".to_owned(), text("Sales"));
        ana.attributes.insert("city".to_owned(), text("Lisboa"));

        let preview = world.preview();
        let changes = outcome(&preview, "ana").action.changes();
        let changed: Vec<(&str, Option<&str>)> = changes
            .iter()
            .map(|change| {
                let before = change.before.as_ref().map(|value| value.as_str().unwrap());
                (change.attribute.rsplit(':').next().unwrap(), before)
            })
            .collect();
        let city = "addresses[type eq \"work\"].locality";
        assert_eq!(changed, [(city, None), ("department", Some("Front office"))]);

        world.provision_in(wire);
        let account = world.account("ana").unwrap();
        assert_eq!(account["addresses"][0]["locality"], "Lisboa");
        let redundant = world.provision();
        assert!(matches!(
            outcome(&redundant, "ana").action,
            Action::Skip { reason: SkipReason::RedundantExport, .. }
        ));
    }
}

#[test]
fn a_value_that_became_null_stays_in_the_application() {
    let mut world = World::new();
    world.joins("ana");
    world.provision();
    world.person("ana").attributes.remove("jobTitle");
    let cycle = world.provision();
    assert_eq!(outcome(&cycle, "ana").action.kind(), ActionKind::Skip);
    assert_eq!(world.account("ana").unwrap()["title"], "Receptionist");
}

#[test]
fn a_leaver_is_disabled_and_then_forgotten() {
    let mut world = World::new();
    world.joins("ana");
    world.joins("bo");
    world.provision();
    world.is_unassigned("ana");
    let cycle = world.provision();
    assert_eq!(outcome(&cycle, "ana").action.kind(), ActionKind::Disable);
    assert_eq!(world.account("ana").unwrap()["active"], false);
    assert!(!cycle.links().contains_key("ana"));
    assert!(cycle.links().contains_key("bo"));

    let later = world.provision();
    let action = &outcome(&later, "ana").action;
    assert!(
        matches!(action, Action::Skip { reason: SkipReason::NotEffectivelyEntitled, .. }),
        "{action:?}"
    );
}

#[test]
fn a_blocked_person_is_disabled_and_enabled_again() {
    let mut world = World::new();
    world.joins("ana").attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(true));
    world.provision();
    world.person("ana").attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    let blocked = world.provision();
    assert_eq!(outcome(&blocked, "ana").action.kind(), ActionKind::Disable);
    assert!(blocked.links().contains_key("ana"), "a blocked person stays managed");

    world.person("ana").attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(true));
    let back = world.provision();
    assert_eq!(outcome(&back, "ana").action.kind(), ActionKind::Enable);
    assert_eq!(world.account("ana").unwrap()["active"], true);
}

#[test]
fn whoever_was_never_provisioned_is_not_looked_up_on_a_first_run() {
    let mut world = World::new();
    world.joins("ana");
    world.directory.users.push(person("bo"));
    let preview = world.preview();
    assert_eq!(verdicts(&preview)["bo"], "Skip (NotEffectivelyEntitled)");
    assert_eq!(world.seen(&Method::GET), 2, "the probe, and one question for ana");

    world.known = Known::Linked;
    world.preview();
    assert_eq!(world.seen(&Method::GET), 2 + 3, "a job that ran before asks for both");
}

#[test]
fn a_job_that_ran_before_disables_who_matches_and_left() {
    let mut world = World::new();
    world.joins("ana");
    world.provision();
    world.is_unassigned("ana");
    world.known = Known::Linked;
    assert_eq!(outcome(&world.preview(), "ana").action.kind(), ActionKind::Disable);

    world.configuration.users.actions.update = false;
    assert_eq!(outcome(&world.preview(), "ana").action.kind(), ActionKind::Skip);
    world.configuration.users.actions.update = true;
    world.configuration.skip_out_of_scope_deletions = true;
    assert_eq!(outcome(&world.preview(), "ana").action.kind(), ActionKind::Skip);
    world.configuration.skip_out_of_scope_deletions = false;
    world.configuration.users.attributes.retain(|row| row.target.path.attribute != "active");
    let preview = world.preview();
    let Action::Skip { text, .. } = &outcome(&preview, "ana").action else { panic!("no skip") };
    assert!(text.contains("IsSoftDeleted"), "{text}");
}

#[test]
fn without_a_matching_value_nobody_is_imported() {
    let mut world = World::new();
    world.joins("ana").attributes.remove("userPrincipalName");
    let preview = world.preview();
    assert_eq!(verdicts(&preview)["ana"], "Skip (ImportSkipped)");
}

#[test]
fn two_accounts_with_the_matching_value_are_a_conflict() {
    let mut world = World::new();
    let by_title = |world: &mut World| {
        let rows = &mut world.configuration.users.attributes;
        rows.iter_mut().for_each(|row| row.matching_precedence = None);
        let title = rows.iter_mut().find(|row| row.target.path.attribute == "title").unwrap();
        title.matching_precedence = NonZeroU32::new(1);
    };
    by_title(&mut world);
    world.has_account(json!({ "userName": "x", "title": "Receptionist" }));
    world.has_account(json!({ "userName": "y", "title": "Receptionist" }));
    world.joins("ana");
    let preview = world.preview();
    let Action::Conflict { code, candidates, .. } = &outcome(&preview, "ana").action else {
        panic!("no conflict")
    };
    assert_eq!((*code, candidates.len()), (ErrorCode::DuplicateTargetEntries, 2));
}

#[test]
fn two_people_with_one_matching_value_are_a_conflict_in_any_order() {
    for backwards in [false, true] {
        let mut world = World::new();
        world.answers_backwards = backwards;
        world.joins("ana");
        let shared = text("ANA@contoso.example");
        world.joins("bo").attributes.insert("userPrincipalName".to_owned(), shared);
        world.joins("cy");
        for provisioned in [false, true] {
            if provisioned {
                world.has_account(json!({ "userName": "ana@contoso.example" }));
            }
            let verdicts = verdicts(&world.preview());
            assert_eq!(verdicts["ana"], "Conflict (DuplicateSourceEntries)");
            assert_eq!(verdicts["bo"], "Conflict (DuplicateSourceEntries)");
            assert_eq!(verdicts["cy"], "Create");
        }
        let before = world.account("ana");
        let cycle = world.provision();
        assert_eq!(outcome(&cycle, "ana").action.kind(), ActionKind::Conflict);
        assert_eq!(outcome(&cycle, "bo").action.kind(), ActionKind::Conflict);
        assert_eq!(world.account("ana"), before, "neither of the two writes");
    }
}

#[test]
fn an_account_that_was_handed_on_is_not_disabled() {
    let mut world = World::new();
    world.known = Known::Linked;
    world.has_account(json!({ "userName": "ana@contoso.example", "active": true }));
    let mut former = person("former");
    former.attributes.insert("userPrincipalName".to_owned(), text("ana@contoso.example"));
    world.directory.users.push(former);
    world.joins("ana");
    for backwards in [false, true] {
        world.answers_backwards = backwards;
        let preview = world.preview();
        assert_eq!(outcome(&preview, "former").action.kind(), ActionKind::Skip);
        assert_eq!(outcome(&preview, "ana").action.kind(), ActionKind::Update);
    }
}

#[test]
fn the_second_matching_attribute_is_asked_when_the_first_finds_nobody() {
    let mut world = World::new();
    let rows = &mut world.configuration.users.attributes;
    for (target, rank) in [("externalId", 1), ("userName", 2)] {
        let row = rows.iter_mut().find(|row| row.target.path.attribute == target).unwrap();
        row.matching_precedence = NonZeroU32::new(rank);
    }
    world.joins("ana");
    world.has_account(json!({ "userName": "ana@contoso.example" }));
    let preview = world.preview();
    assert_eq!(outcome(&preview, "ana").action.kind(), ActionKind::Update);
    let asked: Vec<&str> =
        world.application.journal().iter().map(|entry| entry.path.as_str()).collect();
    assert!(asked[1].contains("externalId") && asked[2].contains("userName"), "{asked:?}");
}

#[test]
fn a_server_that_ignores_filters_matches_nobody() {
    let mut world = World::new();
    world.misbehaves(Quirk::FilterIgnored);
    world.has_account(json!({ "userName": "somebody" }));
    world.joins("ana");
    let preview = world.preview();
    assert!(preview.findings().iter().any(|finding| finding.id == "filter-ignored"));
    let action = &outcome(&preview, "ana").action;
    assert!(matches!(action, Action::Error { .. }), "{action:?}");
}

#[test]
fn a_rejected_token_ends_the_job() {
    let mut world = World::new();
    world.joins("ana");
    world.misbehaves(Quirk::ExpiredToken);
    let preview = world.preview();
    let failure = preview.failure().unwrap();
    let expected = ErrorCode::SystemForCrossDomainIdentityManagementCredentialValidationFailure;
    assert_eq!(failure.code, expected);
    assert!(preview.outcomes().is_empty());
    assert_eq!(world.application.journal().len(), 1, "nothing is asked after a 401");
    assert_eq!(preview.report("ana").unwrap().steps[0].step, StepKind::TestConnection);
}

#[test]
fn answers_that_are_no_scim_end_the_job() {
    for quirk in [
        Quirk::NotFoundForNoMatch,
        Quirk::NotAList,
        Quirk::HtmlBody,
        Quirk::EmptyBody,
        Quirk::Redirect,
        Quirk::Forbidden,
        Quirk::FilterNotImplemented,
        Quirk::FilterRefused,
    ] {
        let mut world = World::new();
        world.joins("ana");
        world.has_account(json!({ "userName": "somebody" }));
        world.misbehaves(quirk);
        let preview = world.preview();
        assert!(preview.failure().is_some(), "{quirk:?}");
    }
}

#[test]
fn a_throttling_server_is_waited_for() {
    let mut world = World::new();
    for name in ["ana", "bo", "cy", "di", "ed"] {
        world.joins(name);
    }
    world.misbehaves(Quirk::Throttled);
    let cycle = world.provision();
    assert!(!world.pauses.is_empty());
    assert!(cycle.failure().is_none());
    assert_eq!(world.application.users().count(), 5);
}

#[test]
fn a_server_that_fails_now_and_then_fails_single_people() {
    let mut world = World::new();
    for name in ["ana", "bo", "cy", "di", "ed"] {
        world.joins(name);
    }
    world.misbehaves(Quirk::ServerFault);
    let preview = world.preview();
    let failed = |each: &&String| each.starts_with("Error (InternalServerError)");
    let verdicts = verdicts(&preview);
    let count = verdicts.values().filter(failed).count();
    assert!(count > 0 && count < 5, "{verdicts:?}");
}

#[test]
fn a_server_that_falls_silent_ends_the_job_and_keeps_what_was_found() {
    let mut world = World::new();
    for number in 0..40 {
        world.joins(&format!("u{number}"));
    }
    world.listens_for = 11;
    let preview = world.preview();
    assert!(preview.failure().is_some());
    let created = preview.outcomes().iter().filter(|each| each.action == Action::Create).count();
    assert_eq!(created, 10, "the probe and ten people were answered");
}

#[test]
fn leavers_above_the_threshold_are_held_back() {
    let mut world = World::new();
    for name in ["ana", "bo", "cy"] {
        world.joins(name);
    }
    world.provision();
    world.is_unassigned("ana");
    world.is_unassigned("bo");
    world.configuration.accidental_deletions_threshold = NonZeroU32::new(1);
    let cycle = world.provision();
    assert_eq!(cycle.findings()[0].id, "accidental-deletions");
    assert_eq!(outcome(&cycle, "ana").state, OutcomeState::HeldBack);
    assert_eq!(world.account("ana").unwrap()["active"], true);

    world.known = Known::Linked;
    world.configuration.accidental_deletions_threshold = NonZeroU32::new(2);
    world.provision();
    assert_eq!(world.account("ana").unwrap()["active"], false);
}

#[test]
fn a_manager_follows_in_a_second_pass() {
    let mut world = World::new();
    world.joins("ana").attributes.insert("manager".to_owned(), text("bo"));
    world.joins("bo").attributes.insert("manager".to_owned(), text("outsider"));
    world.directory.users.push(person("outsider"));
    let preview = world.preview();
    let requests = preview.planned_requests("ana", WireForm::Legacy);
    assert_eq!(requests.len(), 2, "POST, then PATCH of the manager");
    let body = String::from_utf8(requests[1].body().clone()).unwrap();
    assert!(body.contains("{id of bo}"), "{body}");
    assert_eq!(preview.planned_requests("bo", WireForm::Legacy).len(), 1);

    world.provision();
    let urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let bo = world.account("bo").unwrap();
    assert_eq!(world.account("ana").unwrap()[urn]["manager"]["value"], bo["id"]);
    assert_eq!(bo[urn].get("manager"), None);
    let again = world.preview();
    assert_eq!(outcome(&again, "ana").action.kind(), ActionKind::Skip);

    world.person("ana").attributes.insert("manager".to_owned(), text("cy"));
    world.joins("cy");
    let preview = world.preview();
    let changes = outcome(&preview, "ana").action.changes();
    assert_eq!(changes[0].before, Some(bo["id"].clone()));
    assert_eq!(changes[0].after, "{id of cy}");
}

#[test]
fn a_group_is_created_empty_and_filled_with_who_is_in_scope() {
    let mut world = World::new();
    world.joins("ana");
    world.joins("bo").attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    world.group("desk", &["ana", "bo"]);
    let preview = world.preview();
    let requests = preview.planned_requests("desk", WireForm::Compliant);
    assert_eq!(requests.len(), 2);
    assert!(!String::from_utf8(requests[0].body().clone()).unwrap().contains("members"));

    world.provision();
    let ana = world.account("ana").unwrap();
    let desk = world.application.groups().next().unwrap().clone().into_value();
    assert_eq!(desk["displayName"], "desk");
    assert_eq!(desk["externalId"], "desk");
    assert_eq!(desk["members"].as_array().unwrap().len(), 1);
    assert_eq!(desk["members"][0]["value"], ana["id"]);

    let again = world.preview();
    assert_eq!(verdicts(&again)["desk"], "Skip (RedundantExport)");
    world.joins("cy");
    world.directory.groups[0].members.push("cy".to_owned());
    world.provision();
    let desk = world.application.groups().next().unwrap().clone().into_value();
    assert_eq!(desk["members"].as_array().unwrap().len(), 2);
}

#[test]
fn a_group_mapping_that_is_disabled_leaves_groups_alone_but_not_their_members() {
    let mut world = World::new();
    world.directory.users.push(person("ana"));
    world.group("desk", &["ana"]);
    world.configuration.groups.enabled = false;
    let cycle = world.provision();
    assert_eq!(verdicts(&cycle).len(), 1);
    assert_eq!(outcome(&cycle, "ana").action, Action::Create);
    assert!(world.application.journal().iter().all(|entry| !entry.path.contains("/Groups")));
}

#[test]
fn an_unassigned_group_is_deleted_where_delete_is_ticked() {
    let mut world = World::new();
    world.group("desk", &[]);
    world.provision();
    world.is_unassigned("desk");
    world.configuration.groups.actions.delete = false;
    assert_eq!(outcome(&world.preview(), "desk").action.kind(), ActionKind::Skip);
    world.configuration.groups.actions.delete = true;
    world.provision();
    assert_eq!(world.application.groups().count(), 0);
}

#[test]
fn a_server_that_returns_excluded_members_fails_the_group() {
    let mut world = World::new();
    world.joins("ana");
    world.group("desk", &["ana"]);
    world.provision();
    world.misbehaves(Quirk::ExcludedAttributesIgnored);
    let preview = world.preview();
    let Action::Error { code, .. } = &outcome(&preview, "desk").action else { panic!("no error") };
    assert_eq!(*code, ErrorCode::SystemForCrossDomainIdentityManagementMultipleEntriesInResponse);
}

#[test]
fn a_linked_account_that_is_gone_is_an_invalid_anchor() {
    let mut world = World::new();
    world.joins("ana");
    world.known = Known::Links([("ana".to_owned(), "gone".to_owned())].into());
    let preview = world.preview();
    assert_eq!(verdicts(&preview)["ana"], "Error (InvalidAnchor)");
}

#[test]
fn a_required_attribute_without_a_value_fails_the_person() {
    let mut world = World::new();
    let mut employee_number = row("title");
    employee_number.target.required = true;
    world.configuration.users.attributes.retain(|row| row.target.path.attribute != "title");
    world.configuration.users.attributes.push(employee_number);
    world.joins("ana").attributes.remove("jobTitle");
    assert_eq!(verdicts(&world.preview())["ana"], "Error (MandatoryFieldsMissing)");
    world.configuration.users.attributes.last_mut().unwrap().default_value =
        Some("Unknown".to_owned());
    world.provision();
    assert_eq!(world.account("ana").unwrap()["title"], "Unknown");
}

#[test]
fn a_list_for_a_target_that_holds_one_value_fails_the_person() {
    let mut world = World::new();
    let title = world.configuration.users.attributes.iter_mut();
    let title = title.into_iter().find(|row| row.target.path.attribute == "title").unwrap();
    title.source = Source::Direct("otherMails".to_owned());
    let mails =
        |count: usize| SourceValue::List((0..count).map(|n| format!("{n}@x.example")).collect());
    world.joins("ana").attributes.insert("otherMails".to_owned(), mails(2));
    assert_eq!(verdicts(&world.preview())["ana"], "Error (SchemaPropertyCanOnlyAcceptValue)");
    let title = world.configuration.users.attributes.iter_mut();
    let title = title.into_iter().find(|row| row.target.path.attribute == "title").unwrap();
    title.target.multi_valued = true;
    assert_eq!(verdicts(&world.preview())["ana"], "Create");
}

#[test]
fn what_becomes_of_an_empty_value_is_told_row_by_row() {
    let mut world = World::new();
    let rows = &mut world.configuration.users.attributes;
    let title = rows.iter_mut().find(|row| row.target.path.attribute == "title").unwrap();
    title.default_value = Some("Staff".to_owned());
    let language =
        rows.iter_mut().find(|row| row.target.path.attribute == "preferredLanguage").unwrap();
    (language.source, language.default_value) = (Source::None, Some("en".to_owned()));
    world.joins("ana").attributes.remove("jobTitle");
    world.person("ana").attributes.remove("department");
    let told = |world: &mut World| {
        let report = world.preview().report("ana").unwrap();
        let rows = &report.steps.last().unwrap().attributes;
        [
            "title",
            "preferredLanguage",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        ]
        .map(|target| rows.iter().find(|row| row.target == target).unwrap().empty.unwrap())
    };
    use provisioning::mapping::empty::EmptyValue::{
        DefaultFills, DefaultSent, LeftAlone, LeftOut, Stays, StaysWithoutDefault,
    };
    assert_eq!(told(&mut world), [DefaultSent, DefaultSent, LeftOut]);

    world.has_account(json!({ "userName": "ana@contoso.example", "active": true }));
    assert_eq!(told(&mut world), [StaysWithoutDefault, DefaultFills, Stays]);
    world.provision();
    assert_eq!(world.account("ana").unwrap()["preferredLanguage"], "en");
    assert_eq!(world.account("ana").unwrap().get("title"), None);
    assert_eq!(told(&mut world), [StaysWithoutDefault, LeftAlone, Stays]);
}

#[test]
fn an_account_that_the_search_misses_collides_with_the_create() {
    let mut world = World::new();
    world.misbehaves(Quirk::CaseSensitiveUserName);
    world.has_account(json!({ "userName": "ANA@contoso.example" }));
    world.joins("ana");
    assert_eq!(verdicts(&world.preview())["ana"], "Create", "a preview cannot know");
    assert_eq!(verdicts(&world.provision())["ana"], "Error (EntryConflict)");
}

#[test]
fn provision_on_demand_says_what_it_cannot_do() {
    let mut world = World::new();
    world.joins("ana").attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    let said = |cycle: provisioning::cycle::Cycle| {
        cycle.report("ana").unwrap().steps[1].sentences.join(" ")
    };
    assert!(said(world.on_demand("ana", false)).contains("does not find whoever is disabled"));
    assert!(!said(world.preview()).contains("provision on demand"));
}

#[test]
fn a_guest_is_provisioned_by_the_home_address() {
    let mut world = World::new();
    let full = "ana_fabrikam.example#EXT#@contoso.onmicrosoft.example";
    world.joins("ana").attributes.insert("userPrincipalName".to_owned(), text(full));
    let rows = &mut world.configuration.users.attributes;
    let nick = Source::Direct("originalUserPrincipalName".to_owned());
    rows.push(AttributeMapping { source: nick, ..row("title") });
    rows.last_mut().unwrap().target.path = scim::path::Path::attribute("nickName");
    world.provision();
    let account = world.application.users().next().unwrap().clone().into_value();
    assert_eq!(account["userName"], "ana@fabrikam.example");
    assert_eq!(account["nickName"], full);
    assert_eq!(verdicts(&world.preview())["ana"], "Skip (RedundantExport)");
}

#[test]
fn a_reference_points_only_to_what_its_target_may_hold() {
    let mut world = World::new();
    world.joins("ana").attributes.insert("manager".to_owned(), text("bo"));
    world.joins("bo");
    let rows = &mut world.configuration.users.attributes;
    let manager = rows.iter_mut().find(|row| row.target.path.attribute == "manager").unwrap();
    manager.target.referenced = vec![ObjectKind::Group];
    let preview = world.preview();
    assert_eq!(preview.planned_requests("ana", WireForm::Legacy).len(), 1, "the POST alone");
    let said = preview.report("ana").unwrap().steps.last().unwrap().sentences.join(" ");
    assert!(said.contains("no reference to bo"), "{said}");
}

#[test]
fn a_connector_that_cannot_disable_deletes_leavers() {
    let mut world = World::new();
    for name in ["ana", "bo"] {
        world.joins(name);
    }
    world.configuration.connector.soft_delete = false;
    world.provision();
    world.is_unassigned("ana");
    world.person("bo").attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    world.configuration.users.actions.delete = false;
    assert_eq!(verdicts(&world.preview())["ana"], "Skip (EntrySynchronizationSkipped)");
    world.configuration.users.actions.delete = true;
    let cycle = world.provision();
    assert_eq!(verdicts(&cycle)["ana"], "Delete");
    assert_eq!(verdicts(&cycle)["bo"], "Delete");
    assert_eq!(world.application.users().count(), 0);
    assert!(cycle.links().is_empty());
}

#[test]
fn default_access_does_not_entitle_in_a_job_of_before_april_2020() {
    let mut world = World::new();
    world.joins("ana");
    world.directory.app_roles.push(AppRole {
        id: "r1".to_owned(),
        value: "admin".to_owned(),
        display_name: "Admin".to_owned(),
    });
    assert_eq!(verdicts(&world.preview())["ana"], "Create");
    world.configuration.connector.counts_default_access = false;
    let preview = world.preview();
    assert_eq!(verdicts(&preview)["ana"], "Skip (NotEffectivelyEntitled)");
    let said = outcome(&preview, "ana").action.text().unwrap().to_owned();
    assert!(said.contains("no required entitlement"), "{said}");
    world.configuration.scope = Scope::All;
    assert_eq!(verdicts(&world.preview())["ana"], "Create", "where all are synchronised");
    world.configuration.scope = Scope::Assigned;
    world.directory.app_roles.clear();
    assert_eq!(verdicts(&world.preview())["ana"], "Create", "where it is all there is");
}

#[test]
fn a_report_names_the_way_of_the_assignment_and_the_clause_that_decided() {
    let mut world = World::new();
    world.directory.users.push(person("ana"));
    world.directory.users.push(person("bo"));
    world.group("staff", &["ana", "team"]);
    world.group("team", &["bo"]);
    world.is_unassigned("team");
    let clause = Clause {
        attribute: "department".to_owned(),
        operator: Operator::Equals,
        values: vec!["Sales".to_owned()],
    };
    let group = FilterGroup { name: "Sellers".to_owned(), clauses: vec![clause] };
    world.configuration.users.filter.groups.push(group);
    let preview = world.preview();
    let said = |name| preview.report(name).unwrap().steps[2].sentences.join(" ");
    assert!(said("ana").contains("ana: assigned through the group staff."), "{}", said("ana"));
    let fails = "`Sellers`: department EQUALS Sales fails, the value is `Front office`";
    assert!(said("ana").contains(fails), "{}", said("ana"));
    assert!(said("bo").contains("not expanded: team in staff."), "{}", said("bo"));
    let text = outcome(&preview, "bo").action.text().unwrap().to_owned();
    assert!(text.starts_with("Not in scope: 1. not assigned") && text.contains(fails), "{text}");
}

#[test]
fn a_filter_that_cannot_judge_ends_the_job_and_names_its_place() {
    let mut world = World::new();
    world
        .joins("ana")
        .attributes
        .insert("tags".to_owned(), SourceValue::List(vec!["a".to_owned()]));
    let clause = Clause {
        attribute: "tags".to_owned(),
        operator: Operator::Includes,
        values: vec!["a".to_owned()],
    };
    let group = FilterGroup { name: "Tagged".to_owned(), clauses: vec![clause] };
    world.configuration.users.filter.groups.push(group);
    let preview = world.preview();
    let text = &preview.failure().unwrap().text;
    assert!(text.contains("scoping filter 1, clause 1 of the User mapping"), "{text}");
}

#[test]
fn provision_on_demand_tells_five_steps() {
    let mut world = World::new();
    world.joins("ana");
    world.joins("bo");
    let preview = world.on_demand("ana", false);
    assert_eq!(preview.outcomes().len(), 1);
    assert_eq!(preview.progress().phase, Phase::Finished);
    assert_eq!(world.seen(&Method::POST), 0);

    let cycle = world.on_demand("ana", true);
    let report = cycle.report("ana").unwrap();
    let steps: Vec<(StepKind, StepStatus)> =
        report.steps.iter().map(|step| (step.step, step.status)).collect();
    assert_eq!(
        steps,
        [
            StepKind::TestConnection,
            StepKind::Import,
            StepKind::Scope,
            StepKind::Match,
            StepKind::Action,
        ]
        .map(|step| (step, StepStatus::Success))
    );
    let title = report.steps[4].attributes.iter().find(|row| row.target == "title").unwrap();
    assert_eq!(title.modified, Some(json!("Receptionist")));
    assert_eq!(title.expression, "[jobTitle]");
    assert_eq!(report.exchanges.len(), 2, "the search and the POST");
    assert!(world.account("ana").is_some() && world.account("bo").is_none());
}

#[test]
fn provision_on_demand_takes_five_members_of_a_group() {
    let mut world = World::new();
    let names = ["ana", "bo", "cy", "di", "ed", "fe", "gi"];
    names.iter().for_each(|name| {
        world.joins(name);
    });
    world.group("desk", &names);
    world.configuration.groups.enabled = false;
    world.provision();
    world.configuration.groups.enabled = true;
    let cycle = world.on_demand("desk", true);
    let desk = world.application.groups().next().unwrap().clone().into_value();
    assert_eq!(desk["members"].as_array().unwrap().len(), 5);
    let report = cycle.report("desk").unwrap();
    let sentences = report.steps.last().unwrap().sentences.join(" ");
    assert!(sentences.contains("5 of the 7 members"), "{sentences}");
}

#[test]
fn the_funnel_counts_whoever_passes_each_gate() {
    let mut world = World::new();
    for name in ["ana", "bo", "cy"] {
        world.joins(name);
    }
    world.directory.users.push(person("outsider"));
    world.person("cy").attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    world.has_account(json!({ "userName": "bo@contoso.example" }));
    let summary = world.preview().summary();
    let users = &summary.users;
    let funnel = [users.read, users.assigned, users.active, users.in_scope, users.matched];
    assert_eq!(funnel, [4, 3, 2, 2, 1]);
    assert_eq!(users.changed, 2);
    assert_eq!(users.skips[&SkipReason::NotEffectivelyEntitled], 2);
    assert_eq!(summary.requests, 3);

    world.configuration.scope = Scope::All;
    assert_eq!(world.preview().summary().users.assigned, 4);
}

#[test]
fn two_thousand_people_are_previewed_with_one_question_each() {
    let mut world = World::new();
    world.pace = 32;
    let count = 2_000;
    for number in 0..count {
        world.joins(&format!("u{number}"));
    }
    let preview = world.preview();
    assert_eq!(preview.summary().requests, count + 1);
    assert_eq!(preview.summary().users.actions[&ActionKind::Create], count);
    assert!(preview.outcomes().iter().all(|outcome| outcome.kind == ObjectKind::User));
}
