//! `scim-requests.json`: a situation, the request that Entra sends, and what it does with the answer.
//!
//! A situation is built as a small scene, a cycle plays it, and the request that the vector shows
//! must be among those that were sent.

use std::num::NonZeroU32;

use provisioning::configuration::{Apply, ObjectKind, discovery};
use provisioning::cycle::Cycle;
use provisioning::mapping::shape;
use provisioning::source::{DEFAULT_ACCESS, SourceValue};
use scim::patch::entra::WireForm;
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::Schemas;
use serde_json::{Map, Value, json};

use crate::scene::{Scene, Sent, constant, decoded, direct, endpoint, expression, is_shown};
use crate::vector::text;

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const ACTIVE: &str = "Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\")";
const SINGLE_ROLE: &str = "SingleAppRoleAssignment([appRoleAssignments])";
const ASSERTIVE_ROLES: &str = "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])";

/// Plays one vector.
pub(crate) fn check(vector: &Value) -> Result<(), String> {
    let id = text(vector, "id");
    if id.starts_with("rq-schema-") {
        return discovers(vector);
    }
    if let Some(request) = written_alone(id, vector) {
        return equal("body", &without_nulls(&request), &without_nulls(&vector["body"]));
    }
    let wires = match vector["mode"].as_str() {
        Some("legacy") => vec![WireForm::Legacy],
        Some("compliant") => vec![WireForm::Compliant],
        _ => WireForm::ALL.to_vec(),
    };
    for wire in wires {
        let mut scene = Scene::new();
        scene.wire = wire;
        let subject = set(&mut scene, id, vector);
        let (cycle, sent) = scene.play(vector);
        compare(id, vector, &sent)?;
        equal("verdict", &json!(verdict(&cycle, subject)), &json!(expected(id)))?;
    }
    Ok(())
}

/// The portal, not a cycle, asks for the schemas; nothing on the list is lost by the answer.
fn discovers(vector: &Value) -> Result<(), String> {
    let request = decoded(&endpoint().schemas());
    equal("method", &json!(request.method), &vector["method"])?;
    equal("path", &json!(request.path), &vector["path"])?;
    let answer = http::Response::new(vector["responseBody"].to_string().into_bytes());
    let list = scim::answer::list(&answer).map_err(|error| error.to_string())?;
    let (schemas, faults) = Schemas::read(&list.resources);
    let known = [direct("userName", "userPrincipalName").target];
    let found = discovery::found(&schemas, ObjectKind::User, &known);
    match faults.is_empty() && found.is_empty() {
        true => Ok(()),
        false => Err(format!("{faults:?} {found:?}")),
    }
}

/// The form that a cycle does not write: a manager as the documentation prints it.
fn written_alone(id: &str, vector: &Value) -> Option<Value> {
    let value = &vector["body"]["Operations"][0]["value"][0];
    let request = match id {
        "rq-manager-01" => WireForm::Legacy
            .reference_as_documented(value["$ref"].as_str()?, value["value"].as_str()?),
        _ => return None,
    };
    serde_json::to_value(request).ok()
}

/// Sets the scene; the answer is the id of the object whose verdict counts.
fn set(scene: &mut Scene, id: &str, vector: &Value) -> &'static str {
    let family = id.split('-').nth(1).unwrap_or_default();
    match family {
        "test" | "match" => set_match(scene, id),
        "read" => {
            let held = json!({ "displayName": "Ana Silva", "active": true });
            scene.set("ana", "displayName", "Ana Silva");
            scene.link("ana", "2441309d85324e7793ae", held);
            scene.row(direct("displayName", "displayName"));
        }
        "create" => set_create(scene, id, &vector["body"]),
        "update" => set_update(scene, id, vector),
        "manager" => set_manager(scene, id),
        "disable" => set_disable(scene, id),
        "delete" => set_delete(scene, id),
        "group" => return set_group(scene, id, vector),
        other => panic!("no scene for {other}"),
    }
    "ana"
}

fn set_match(scene: &mut Scene, id: &str) {
    scene.set("ana", "displayName", "Ana Silva");
    scene.row(direct("displayName", "displayName"));
    scene.row(expression("active", ACTIVE));
    scene.configuration.users.actions.create = id != "rq-match-02";
    if ["rq-test-02", "rq-match-07", "rq-match-08"].contains(&id) {
        scene.row(direct("externalId", "mailNickname"));
        scene.set("ana", "mailNickname", "ana");
        let rows = &mut scene.configuration.users.attributes;
        for row in rows {
            row.matching_precedence = match row.target.path.attribute.as_str() {
                "externalId" => NonZeroU32::new(1),
                "userName" => NonZeroU32::new(2),
                _ => None,
            };
        }
    }
}

/// The rows that yield the body of a create.
fn set_create(scene: &mut Scene, id: &str, body: &Value) {
    for (target, value) in targets(body) {
        scene.row(constant(&target, &value));
    }
    if body["schemas"].as_array().is_some_and(|urns| urns.iter().any(|urn| urn == ENTERPRISE)) {
        scene.row(direct(&format!("{ENTERPRISE}:division"), "division"));
    }
    match id {
        "rq-create-05" => {
            scene.has_roles(&[("r1", "Admin", "Admin")]);
            scene.row(expression("roles[primary eq \"True\"].value", SINGLE_ROLE));
        }
        "rq-create-07" => {
            scene.has_roles(&[("r1", "User", "User"), ("r2", "Test", "Test")]);
            scene.row(expression("roles", ASSERTIVE_ROLES));
        }
        "rq-create-17" => {
            let mut title = direct("title", "jobTitle");
            title.default_value = Some("Unknown".to_owned());
            scene.row(title);
        }
        _ => {}
    }
}

/// The rows that yield the operations of an update, and an application that differs from them.
fn set_update(scene: &mut Scene, id: &str, vector: &Value) {
    let target = vector["path"].as_str().and_then(|path| path.split('/').nth(2)).unwrap_or("u1");
    let mut held = Resource::default();
    for operation in vector["body"]["Operations"].as_array().into_iter().flatten() {
        let path = operation["path"].as_str().expect("a path");
        if path == "roles" {
            continue;
        }
        scene.row(constant(path, &operation["value"]));
        if operation["op"].as_str().is_some_and(|op| op.eq_ignore_ascii_case("replace")) {
            let path = Path::parse(path).expect("a path");
            shape::write(&mut held, &path, json!("old"));
        }
    }
    match id {
        "rq-update-12" => {
            scene.row(direct("title", "jobTitle"));
            held.as_map_mut().insert("title".to_owned(), json!("Old"));
        }
        "rq-update-14" => {
            let mut once = constant("title", &json!("New"));
            once.apply = Apply::OnlyDuringCreation;
            scene.row(once);
            held.as_map_mut().insert("title".to_owned(), json!("Old"));
        }
        "rq-update-15" => {
            scene.row(constant("displayName", &json!("ANA")));
            held.as_map_mut().insert("displayName".to_owned(), json!("ana"));
        }
        "rq-update-17" => {
            held.as_map_mut().insert("displayName".to_owned(), json!("changed in the app"));
            scene.row(constant("displayName", &json!("Ana")));
            scene.later = Some(scene.directory.clone());
        }
        "rq-update-18" => {
            scene.has_roles(&[("06b07648-ecfe-589f-9d2f-6325724a46ee", "25", "Role1234")]);
            scene.row(expression("roles[primary eq \"True\"].value", SINGLE_ROLE));
        }
        "rq-update-20" => {
            scene.has_roles(&[("r1", "User", "User"), ("r2", "Test", "Test")]);
            scene.row(expression("roles", ASSERTIVE_ROLES));
        }
        _ => {}
    }
    scene.link("ana", target, held.into_value());
}

fn set_manager(scene: &mut Scene, id: &str) {
    scene.add("bo", ObjectKind::User, &[]);
    scene.set("ana", "manager", "bo");
    scene.row(direct(&format!("{ENTERPRISE}:manager"), "manager"));
    scene.link("ana", "u6", json!({}));
    if id != "rq-manager-05" {
        scene.assign("bo", DEFAULT_ACCESS);
        scene.link("bo", "m1", json!({}));
    }
}

fn set_disable(scene: &mut Scene, id: &str) {
    scene.link("ana", "u7", json!({ "active": true }));
    if id != "rq-disable-08" {
        scene.row(expression("active", ACTIVE));
    }
    match id {
        "rq-disable-04" => {
            let blocked = SourceValue::Boolean(false);
            let attributes = &mut scene.directory.users[0].attributes;
            attributes.insert("accountEnabled".to_owned(), blocked);
        }
        "rq-disable-05" => {
            use provisioning::scoping::{Clause, FilterGroup, Operator};
            let attribute = "department".to_owned();
            let clause = Clause { attribute, operator: Operator::IsNotNull, values: Vec::new() };
            let group = FilterGroup { name: "staff".to_owned(), clauses: vec![clause] };
            scene.configuration.users.filter.groups.push(group);
        }
        _ => scene.directory.assignments.clear(),
    }
    scene.configuration.skip_out_of_scope_deletions = id == "rq-disable-07";
    scene.configuration.connector.soft_delete = id != "rq-disable-10";
    if id == "rq-disable-11" {
        scene.add("bo", ObjectKind::User, &[]);
        scene.link("bo", "u9", json!({ "active": true }));
        scene.configuration.accidental_deletions_threshold = NonZeroU32::new(1);
    }
}

/// The person was deleted some time ago, and is purged now.
fn set_delete(scene: &mut Scene, id: &str) {
    scene.link("ana", "u8", json!({ "active": false }));
    scene.row(expression("active", ACTIVE));
    scene.directory.users[0].soft_deleted = true;
    scene.configuration.users.actions.delete = id != "rq-delete-02";
    scene.later = Some(provisioning::source::Directory::default());
}

fn set_group(scene: &mut Scene, id: &str, vector: &Value) -> &'static str {
    let name = "Front desk";
    let path = vector["path"].as_str().and_then(|path| path.split('?').next());
    let target = path.and_then(|path| path.split('/').nth(2));
    scene.directory.assignments.clear();
    let members: &[&str] = match id {
        "rq-group-07" | "rq-group-08" | "rq-group-10" => &["ana"],
        "rq-group-12" => &["ana", "bo"],
        "rq-group-14" => &["ana"],
        "rq-group-15" => &["inner"],
        _ => &[],
    };
    scene.add("desk", ObjectKind::Group, members);
    scene.set("desk", "displayName", name);
    if id != "rq-group-11" {
        scene.assign("desk", DEFAULT_ACCESS);
    }
    match id {
        "rq-group-07" | "rq-group-12" => {
            let member = &vector["body"]["Operations"][0]["value"][0]["value"];
            scene.link("ana", member.as_str().expect("a member"), json!({}));
            scene.add("bo", ObjectKind::User, &[]);
            let blocked = SourceValue::Boolean(false);
            let attributes = &mut scene.directory.users[1].attributes;
            attributes.insert("accountEnabled".to_owned(), blocked);
        }
        "rq-group-08" | "rq-group-10" => {
            let removed = &vector["body"]["Operations"][0];
            let listed = removed["value"][0]["value"].as_str();
            let filtered = removed["path"].as_str().and_then(|path| path.split('"').nth(1));
            scene.link("ana", listed.or(filtered).expect("a member"), json!({}));
            let mut later = scene.directory.clone();
            later.groups[0].members.clear();
            scene.later = Some(later);
        }
        "rq-group-14" => scene.configuration.groups.enabled = false,
        "rq-group-15" => scene.add("inner", ObjectKind::Group, &["ana"]),
        "rq-group-04" | "rq-group-05" => scene.set("desk", "displayName", "displayName"),
        _ => {}
    }
    if let Some(target) = target {
        scene.link("desk", target, json!({ "displayName": name }));
    }
    if ["rq-group-14", "rq-group-15"].contains(&id) { "ana" } else { "desk" }
}

/// What the cycle must say of the object in the end.
fn expected(id: &str) -> &'static str {
    match id {
        "rq-test-04" | "rq-test-08" => {
            "job SystemForCrossDomainIdentityManagementServiceIncompatible"
        }
        "rq-test-05" => "job SystemForCrossDomainIdentityManagementCredentialValidationFailure",
        "rq-test-07" => "job InternalServerError",
        "rq-match-02" | "rq-disable-07" | "rq-disable-08" => "Skip (EntrySynchronizationSkipped)",
        "rq-match-04" | "rq-read-01" | "rq-update-12" | "rq-update-14" | "rq-update-15"
        | "rq-manager-05" | "rq-group-02" | "rq-group-04" => "Skip (RedundantExport)",
        "rq-match-05" => "Conflict (DuplicateTargetEntries)",
        "rq-match-08" => "Update Written",
        "rq-match-10" => "Enable Written",
        "rq-create-10" => "Error (UnprocessableEntity)",
        "rq-create-11" | "rq-update-10" => "Error (InsufficientRights)",
        "rq-create-12" => "Error (TooManyRequests)",
        "rq-create-14" => "Error (Timeout)",
        "rq-create-15" => "Error (SystemForCrossDomainIdentityManagementServiceIncompatible)",
        "rq-update-11" => "Error (SchemaAttributeNotFound)",
        "rq-group-05" => "Error (SystemForCrossDomainIdentityManagementMultipleEntriesInResponse)",
        "rq-group-11" => "Delete Written",
        "rq-group-15" => "Skip (NotEffectivelyEntitled)",
        "rq-disable-11" => "Disable HeldBack",
        "rq-disable-10" | "rq-delete-01" => "Delete Written",
        "rq-delete-02" => "Skip (EntrySynchronizationSkipped)",
        "rq-update-17" => "no verdict",
        id if id.starts_with("rq-disable-") => "Disable Written",
        id if id.starts_with("rq-update-") || id.starts_with("rq-manager-") => "Update Written",
        "rq-group-07" | "rq-group-08" | "rq-group-10" | "rq-group-12" => "Update Written",
        _ => "Create Written",
    }
}

fn verdict(cycle: &Cycle, subject: &str) -> String {
    if let Some(failure) = cycle.failure() {
        return format!("job {}", failure.code);
    }
    let outcome = cycle.outcomes().iter().find(|outcome| outcome.source_id == subject);
    match outcome {
        Some(outcome) if outcome.action.writes() => {
            format!("{} {:?}", outcome.action, outcome.state)
        }
        Some(outcome) => outcome.action.to_string(),
        None => "no verdict".to_owned(),
    }
}

/// The request of the vector was sent, with its body; or nothing was written where it shows none.
fn compare(id: &str, vector: &Value, sent: &[Sent]) -> Result<(), String> {
    let before = vector["precededBy"].as_str().and_then(|text| text.strip_prefix("GET "));
    if before.is_some_and(|path| !sent.iter().any(|each| each.path == path)) {
        return Err(format!("{before:?} was not asked before: {sent:#?}"));
    }
    if vector["method"].is_null() {
        let may_write = |each: &&Sent| match id {
            "rq-group-14" => each.path.starts_with("/Users"),
            "rq-group-15" => each.path == "/Groups",
            _ => false,
        };
        let written = sent.iter().find(|each| each.method != "GET" && !may_write(each));
        return written.map_or(Ok(()), |each| Err(format!("nothing was to be sent: {each:#?}")));
    }
    let shown: Vec<&Sent> = sent.iter().filter(|each| is_shown(each, vector)).collect();
    let Some(request) = shown.first() else {
        return Err(format!("the request was not sent, but {sent:#?}"));
    };
    if id == "rq-match-08" && sent.iter().any(|each| each.path.contains("userName eq \"ana")) {
        return Err("a later matching attribute was asked".to_owned());
    }
    let Some(body) = vector.get("body") else { return Ok(()) };
    let mut written = request.body.clone();
    // The documentation prints this body without `meta`, and all others with it.
    if body.get("meta").is_none() {
        written.as_object_mut().map(|members| members.remove("meta"));
    }
    equal("body", &without_nulls(&written), &without_nulls(body))
}

fn equal(what: &str, found: &Value, expected: &Value) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: expected {expected:#}, found {found:#}"))
}

/// Samples of the documentation carry members that are null, and its notes say nulls do not flow.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(values) => values.iter().map(without_nulls).collect(),
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, value)| !value.is_null());
            let kept: Map<String, Value> =
                kept.map(|(name, value)| (name.clone(), without_nulls(value))).collect();
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

/// The target paths that a body is made of, roles left out.
fn targets(body: &Value) -> Vec<(String, Value)> {
    let mut targets = Vec::new();
    for (name, value) in body.as_object().into_iter().flatten() {
        match (name.as_str(), value) {
            ("schemas" | "meta" | "roles", _) => {}
            (name, Value::Object(members)) => {
                let separator = if name.starts_with("urn:") { ':' } else { '.' };
                let each = |(sub, value): (&String, &Value)| {
                    (format!("{name}{separator}{sub}"), value.clone())
                };
                targets.extend(members.iter().map(each));
            }
            (name, Value::Array(elements)) => {
                for element in elements.iter().filter_map(Value::as_object) {
                    let kind = element["type"].as_str().unwrap_or_default();
                    let subs = element
                        .iter()
                        .filter(|(sub, _)| !["type", "primary"].contains(&sub.as_str()));
                    targets.extend(subs.map(|(sub, value)| {
                        (format!("{name}[type eq \"{kind}\"].{sub}"), value.clone())
                    }));
                }
            }
            (name, value) => targets.push((name.to_owned(), value.clone())),
        }
    }
    targets
}
