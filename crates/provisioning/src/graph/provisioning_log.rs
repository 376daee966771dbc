//! Entries of the provisioning log as Microsoft Graph writes them (`provisioningObjectSummary`).

use serde_json::{Map, Value, json};

use crate::configuration::ObjectKind;
use crate::expression::value::DateTime;
use crate::provisioning_log::{LogEntry, LoggedError, LoggedIdentity, LoggedStep};

/// What all entries of one cycle share, and the engine does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedJob {
    /// The tenant.
    pub tenant_id: String,
    /// The provisioning job, for example `scim.…`.
    pub job_id: String,
    /// The cycle.
    pub cycle_id: String,
    /// The application's object id in the tenant.
    pub service_principal_id: String,
    /// What the tenant calls the application.
    pub service_principal_name: String,
    /// The application's id, the same in every tenant.
    pub application_id: String,
    /// The id of the directory as a system.
    pub source_system_id: String,
    /// The id of the application as a system.
    pub target_system_id: String,
    /// The name of the connector, for example `customappsso`.
    pub target_system_name: String,
}

/// What is an entry's own, and neither clock nor chance of the engine can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedMoment {
    /// The entry's id.
    pub id: String,
    /// The change's id, under which the downloads are joined.
    pub change_id: String,
    /// When it happened.
    pub at: DateTime,
    /// How long it took.
    pub duration_in_milliseconds: u32,
}

/// Writes an entry.
pub fn write(entry: &LogEntry, job: &LoggedJob, moment: &LoggedMoment) -> Value {
    let source = &entry.source;
    json!({
        "id": moment.id,
        "activityDateTime": instant(moment.at),
        "tenantId": job.tenant_id,
        "jobId": job.job_id,
        "cycleId": job.cycle_id,
        "changeId": moment.change_id,
        "provisioningAction": entry.action.to_string(),
        "durationInMilliseconds": moment.duration_in_milliseconds,
        "initiatedBy": {
            "id": "",
            "displayName": "Azure AD Provisioning Service",
            "initiatorType": "system",
        },
        "servicePrincipal": {
            "id": job.service_principal_id,
            "displayName": job.service_principal_name,
        },
        "sourceSystem": {
            "id": job.source_system_id,
            "displayName": "Microsoft Entra ID",
            "details": {},
        },
        "targetSystem": {
            "id": job.target_system_id,
            "displayName": job.target_system_name,
            "details": {
                "ApplicationId": job.application_id,
                "ServicePrincipalId": job.service_principal_id,
                "ServicePrincipalDisplayName": job.service_principal_name,
            },
        },
        "sourceIdentity": identity(source, &source.kind.to_string(), details(source)),
        "targetIdentity": identity(&entry.target, resource_type(source.kind), Map::new()),
        "provisioningStatusInfo": {
            "status": entry.status.to_string(),
            "errorInformation": entry.error.as_ref().map(error),
        },
        "provisioningSteps": entry.steps.iter().map(step).collect::<Vec<_>>(),
        "modifiedProperties": entry
            .modified
            .iter()
            .map(|each| json!({ "displayName": each.name, "oldValue": each.old, "newValue": each.new }))
            .collect::<Vec<_>>(),
    })
}

/// To the second, as the log's own records have it.
fn instant(at: DateTime) -> String {
    let (year, month, day) = at.date();
    let seconds = at.unix_milliseconds().div_euclid(1_000).rem_euclid(86_400);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

fn identity(identity: &LoggedIdentity, identity_type: &str, details: Map<String, Value>) -> Value {
    json!({
        "id": identity.id,
        "displayName": identity.label,
        "identityType": identity_type,
        "details": details,
    })
}

/// What is known of the directory's side beside its name.
fn details(source: &LoggedIdentity) -> Map<String, Value> {
    let mut details = Map::new();
    details.insert("id".to_owned(), json!(source.id));
    details.insert("odatatype".to_owned(), json!(source.kind.to_string()));
    details.insert("DisplayName".to_owned(), json!(source.label));
    if let Some(name) = &source.user_principal_name {
        details.insert("UserPrincipalName".to_owned(), json!(name));
    }
    details
}

/// The application's side is typed by the URN of its schema.
fn resource_type(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::User => scim::schema::USER,
        ObjectKind::Group => scim::schema::GROUP,
    }
}

fn error(error: &LoggedError) -> Value {
    let category = if error.is_outside_service() { "nonServiceFailure" } else { "failure" };
    json!({
        "errorCode": error.code.to_string(),
        "reason": error.reason,
        "additionalDetails": null,
        "errorCategory": category,
        "recommendedAction": null,
    })
}

fn step(step: &LoggedStep) -> Value {
    let details: Map<String, Value> =
        step.details.iter().map(|(name, text)| (name.clone(), json!(text))).collect();
    json!({
        "name": step.name,
        "provisioningStepType": step.kind.to_string(),
        "status": step.status.to_string(),
        "description": step.description,
        "details": details,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::{ErrorCode, SkipReason};
    use crate::provisioning_log::{LoggedAction, LoggedStatus, LoggedStepKind, ModifiedProperty};

    fn entry() -> LogEntry {
        let identity = |id: &str, label: &str| LoggedIdentity {
            id: id.to_owned(),
            label: label.to_owned(),
            kind: ObjectKind::Group,
            user_principal_name: None,
        };
        LogEntry {
            action: LoggedAction::Other,
            status: LoggedStatus::Skipped,
            error: None,
            skip_reason: Some(SkipReason::RedundantExport),
            source: identity("a-1", "desk"),
            target: identity("t-1", ""),
            steps: vec![LoggedStep {
                name: "EntrySynchronizationSkip",
                kind: LoggedStepKind::Export,
                status: LoggedStatus::Skipped,
                description: "Nothing.".to_owned(),
                details: vec![("SkipReason".to_owned(), "RedundantExport".to_owned())],
            }],
            modified: Vec::new(),
        }
    }

    fn written(entry: &LogEntry) -> Value {
        let text = |text: &str| text.to_owned();
        let job = LoggedJob {
            tenant_id: text("tenant"),
            job_id: text("scim.tenant.job"),
            cycle_id: text("cycle"),
            service_principal_id: text("sp"),
            service_principal_name: text("Demo"),
            application_id: text("app"),
            source_system_id: text("s"),
            target_system_id: text("t"),
            target_system_name: text("customappsso"),
        };
        let at = DateTime::from_unix_milliseconds(1_784_291_470_987);
        let moment = LoggedMoment {
            id: text("entry"),
            change_id: text("change"),
            at,
            duration_in_milliseconds: 630,
        };
        write(entry, &job, &moment)
    }

    /// The members and types of a record that a tenant published in July 2026.
    #[test]
    fn a_skipped_group_is_written_as_a_published_record_is() {
        let json = written(&entry());
        assert_eq!(json["activityDateTime"], "2026-07-17T12:31:10Z");
        assert_eq!(
            json["provisioningStatusInfo"],
            json!({ "status": "skipped", "errorInformation": null })
        );
        assert_eq!(json["provisioningAction"], "other");
        assert_eq!(
            json["targetIdentity"]["identityType"],
            "urn:ietf:params:scim:schemas:core:2.0:Group"
        );
        assert_eq!(
            json["sourceIdentity"]["details"],
            json!({ "id": "a-1", "odatatype": "Group", "DisplayName": "desk" })
        );
        assert_eq!(json["provisioningSteps"][0]["provisioningStepType"], "export");
        assert_eq!(
            json["provisioningSteps"][0]["details"],
            json!({ "SkipReason": "RedundantExport" })
        );
        assert_eq!(json["modifiedProperties"], json!([]));
        let mut names: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        let published = [
            "activityDateTime",
            "changeId",
            "cycleId",
            "durationInMilliseconds",
            "id",
            "initiatedBy",
            "jobId",
            "modifiedProperties",
            "provisioningAction",
            "provisioningStatusInfo",
            "provisioningSteps",
            "servicePrincipal",
            "sourceIdentity",
            "sourceSystem",
            "targetIdentity",
            "targetSystem",
            "tenantId",
        ];
        assert_eq!(names, published);
    }

    #[test]
    fn a_failure_carries_its_code_and_whose_fault_it_is() {
        let mut failed = entry();
        let error = |code| LoggedError { code, reason: "Why.".to_owned() };
        failed.error = Some(error(ErrorCode::EntryConflict));
        let information = written(&failed)["provisioningStatusInfo"]["errorInformation"].clone();
        assert_eq!(information["errorCode"], "EntryConflict");
        assert_eq!(information["errorCategory"], "nonServiceFailure");
        assert_eq!(information["additionalDetails"], Value::Null);
        failed.error = Some(error(ErrorCode::InternalError));
        let information = &written(&failed)["provisioningStatusInfo"]["errorInformation"];
        assert_eq!(information["errorCategory"], "failure");
    }

    #[test]
    fn a_user_is_named_by_the_user_principal_name_too() {
        let mut created = entry();
        created.source.kind = ObjectKind::User;
        created.source.user_principal_name = Some("ana@contoso.example".to_owned());
        let new = Some("Ana".to_owned());
        let property = ModifiedProperty { name: "displayName".to_owned(), old: None, new };
        created.modified = vec![property];
        let json = written(&created);
        assert_eq!(json["sourceIdentity"]["details"]["UserPrincipalName"], "ana@contoso.example");
        let expected =
            json!([{ "displayName": "displayName", "oldValue": null, "newValue": "Ana" }]);
        assert_eq!(json["modifiedProperties"], expected);
    }
}
