//! Stories as the provisioning log tells them.

use std::num::NonZeroU32;

use provisioning::configuration::Source;
use provisioning::cycle::Cycle;
use provisioning::expression::Expression;
use provisioning::planning::{ErrorCode, SkipReason};
use provisioning::provisioning_log::{LogEntry, LoggedAction, LoggedStatus, LoggedStepKind};
use provisioning::scoping::{Clause, FilterGroup, Operator};
use provisioning::source::SourceValue;
use sandbox::Quirk;
use serde_json::json;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::office::Office;
use crate::world::{World, row};

fn entry(cycle: &Cycle, name: &str) -> LogEntry {
    cycle.log_entry(name).unwrap()
}

fn steps(entry: &LogEntry) -> Vec<&'static str> {
    entry.steps.iter().map(|step| step.name).collect()
}

fn detail<'a>(entry: &'a LogEntry, step: &str, name: &str) -> &'a str {
    let step = entry.steps.iter().find(|each| each.name == step).unwrap();
    let found = step.details.iter().find(|(known, _)| known == name);
    found.map(|(_, text)| text.as_str()).unwrap_or_else(|| panic!("no {name}: {step:?}"))
}

#[test]
fn a_joiner_is_imported_scoped_matched_and_exported() {
    let mut world = World::new();
    world.joins("ana");
    let cycle = world.provision();
    let ana = entry(&cycle, "ana");
    assert_eq!((ana.action, ana.status), (LoggedAction::Create, LoggedStatus::Success));
    let expected = [
        "EntryImportAdd",
        "EntrySynchronizationScoping",
        "EntrySynchronizationAdd",
        "EntryExportAdd",
    ];
    assert_eq!(steps(&ana), expected);
    assert_eq!(detail(&ana, "EntryImportAdd", "department"), "Front office");
    assert_eq!(detail(&ana, "EntryImportAdd", "IsSoftDeleted"), "False");
    assert_eq!(detail(&ana, "EntrySynchronizationScoping", "ScopeEvaluationResult"), "{}");
    assert_eq!(detail(&ana, "EntryExportAdd", "ReportableIdentifier"), "ana@contoso.example");
    let name = ana.modified.iter().find(|each| each.name == "name.formatted").unwrap();
    assert_eq!((name.old.as_deref(), name.new.as_deref()), (None, Some("ana Silva")));
    assert_eq!(ana.target.id, cycle.links()["ana"]);
    assert_eq!(ana.source.user_principal_name.as_deref(), Some("ana@contoso.example"));
}

#[test]
fn a_mover_shows_what_differs_and_an_unchanged_person_why_nothing_was_done() {
    let mut world = World::new();
    world.joins("ana");
    world.joins("bo");
    world.provision();
    world.person("ana").attributes.insert("jobTitle".to_owned(), SourceValue::Text("Lead".into()));
    let cycle = world.provision();
    let ana = entry(&cycle, "ana");
    assert_eq!((ana.action, ana.status), (LoggedAction::Update, LoggedStatus::Success));
    let expected =
        ["EntryImportUpdate", "EntryImport", "EntrySynchronizationScoping", "EntryExportUpdate"];
    assert_eq!(steps(&ana), expected);
    assert_eq!(ana.steps[1].kind, LoggedStepKind::Matching);
    let [title] = ana.modified.as_slice() else { panic!("{:?}", ana.modified) };
    assert_eq!((title.old.as_deref(), title.new.as_deref()), (Some("Receptionist"), Some("Lead")));

    let bo = entry(&cycle, "bo");
    assert_eq!((bo.action, bo.status), (LoggedAction::Other, LoggedStatus::Skipped));
    assert_eq!(bo.skip_reason, Some(SkipReason::RedundantExport));
    assert_eq!(detail(&bo, "EntrySynchronizationSkip", "SkipReason"), "RedundantExport");
}

#[test]
fn whoever_is_out_of_scope_is_skipped_with_every_clause() {
    let mut world = World::new();
    world.joins("ana");
    let clause = Clause {
        attribute: "department".to_owned(),
        operator: Operator::Equals,
        values: vec!["Sales".to_owned()],
    };
    let group = FilterGroup { name: "Sales only".to_owned(), clauses: vec![clause] };
    world.configuration.users.filter.groups.push(group);
    let cycle = world.preview();
    let ana = entry(&cycle, "ana");
    assert_eq!(ana.skip_reason, Some(SkipReason::EntrySynchronizationSkipped));
    let result = detail(&ana, "EntrySynchronizationScoping", "ScopeEvaluationResult");
    assert_eq!(result, r#"{"Sales only.department EQUALS 'Sales'":false}"#);
    let passed = detail(&ana, "EntrySynchronizationScoping", "Scoping filter evaluation passed");
    assert_eq!(passed, "False");
}

#[test]
fn a_leaver_is_disabled_or_staged() {
    let mut world = World::new();
    for name in ["ana", "bo", "cem"] {
        world.joins(name);
    }
    world.provision();
    world.is_unassigned("ana");
    let ana = entry(&world.provision(), "ana");
    assert_eq!((ana.action, ana.status), (LoggedAction::Disable, LoggedStatus::Success));
    assert_eq!(ana.modified[0].new.as_deref(), Some("False"));
    assert_eq!(detail(&ana, "EntrySynchronizationScoping", "Assigned to the application"), "False");

    world.configuration.accidental_deletions_threshold = NonZeroU32::new(1);
    world.is_unassigned("bo");
    world.is_unassigned("cem");
    let bo = entry(&world.provision(), "bo");
    assert_eq!((bo.action, bo.status), (LoggedAction::StagedDelete, LoggedStatus::Skipped));
}

#[test]
fn whoever_is_purged_is_deleted_without_a_scope() {
    let mut office = Office::with_people(&["ana", "bo"]);
    office.is_purged("ana");
    let ana = entry(&office.cycle(), "ana");
    assert_eq!((ana.action, ana.status), (LoggedAction::Delete, LoggedStatus::Success));
    assert_eq!(steps(&ana), ["EntryImportDelete", "EntryExportDelete"]);
}

#[test]
fn a_failure_is_named_after_what_was_attempted() {
    let mut world = World::new();
    // Nobody matches by externalId, and the userName is taken.
    world.has_account(json!({ "userName": "ana@contoso.example", "externalId": "other" }));
    let rows = &mut world.configuration.users.attributes;
    let matching = rows[0].matching_precedence.take();
    rows.iter_mut()
        .find(|row| row.target.path.attribute == "externalId")
        .unwrap()
        .matching_precedence = matching;
    world.joins("ana");
    let ana = entry(&world.provision(), "ana");
    assert_eq!((ana.action, ana.status), (LoggedAction::Create, LoggedStatus::Failure));
    assert_eq!(ana.error.as_ref().unwrap().code, ErrorCode::EntryConflict);
    assert_eq!(ana.steps.last().unwrap().status, LoggedStatus::Failure);
}

#[test]
fn a_disable_that_is_refused_is_named_a_disable() {
    let mut world = World::new();
    world.joins("ana");
    world.joins("bo");
    world.provision();
    world.misbehaves(Quirk::PatchRefused);
    world.is_unassigned("ana");
    world.person("bo").attributes.insert("jobTitle".to_owned(), SourceValue::Text("Lead".into()));
    let cycle = world.provision();
    let (ana, bo) = (entry(&cycle, "ana"), entry(&cycle, "bo"));
    assert_eq!((ana.action, ana.status), (LoggedAction::Disable, LoggedStatus::Failure));
    assert_eq!((bo.action, bo.status), (LoggedAction::Update, LoggedStatus::Failure));
    assert_eq!(bo.error.unwrap().code, ErrorCode::NotImplemented);
}

#[test]
fn an_import_without_a_matching_value_is_all_there_is() {
    let mut world = World::new();
    world.joins("ana").attributes.remove("userPrincipalName");
    let ana = entry(&world.preview(), "ana");
    assert_eq!(ana.skip_reason, Some(SkipReason::ImportSkipped));
    assert_eq!(steps(&ana), ["EntryImportAdd"]);
    assert_eq!(detail(&ana, "EntryImportAdd", "SkipReason"), "ImportSkipped");
}

#[test]
fn what_is_redacted_stands_nowhere_in_the_entry() {
    let mut world = World::new();
    let text = "Redact([employeeId])";
    let mut title = row("title");
    title.source = Source::Expression(Expression::parse(text));
    world.configuration.users.attributes.retain(|row| {
        let target = row.target.path.to_string();
        target != "title" && !target.contains("employeeNumber")
    });
    world.configuration.users.attributes.push(title);
    let secret = SourceValue::Text("4711-secret".to_owned());
    world.joins("ana").attributes.insert("employeeId".to_owned(), secret);
    let ana = entry(&world.provision(), "ana");
    let shown = ana.modified.iter().find(|each| each.name == "title").unwrap();
    assert_eq!(shown.new.as_deref(), Some("[Redact]"));
    assert!(!format!("{ana:?}").contains("4711-secret"));

    let another = SourceValue::Text("4712-secret".to_owned());
    world.person("ana").attributes.insert("employeeId".to_owned(), another);
    let ana = entry(&world.provision(), "ana");
    assert_eq!(ana.modified[0].old.as_deref(), Some("[Redact]"));
    assert!(!format!("{ana:?}").contains("-secret"));
}

#[test]
fn every_verdict_has_an_entry_and_the_entries_follow_the_verdicts() {
    let mut world = World::new();
    world.joins("ana");
    world.joins("bo");
    world.group("desk", &["ana"]);
    let cycle = world.provision();
    let ids: Vec<String> = cycle.log_entries().map(|entry| entry.source.id).collect();
    assert_eq!(ids, ["ana", "bo", "desk"]);
    assert!(cycle.log_entry("nobody").is_none());
}
