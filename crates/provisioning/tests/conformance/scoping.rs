//! `scoping.json`: a filter, a person, perhaps an assignment, and whether the person is in scope.

use provisioning::assignment::{self, EffectiveAssignment};
use provisioning::configuration::{
    Configuration, Connector, ObjectKind, ObjectMapping, Scope, TargetActions,
};
use provisioning::scoping::{self, Clause, FilterGroup, Operator, ScopingFilter};
use provisioning::source::{
    AppRoleAssignment, DEFAULT_ACCESS, Directory, SourceObject, SourceValue,
};
use serde_json::Value;

use crate::vector::{is_true, text, user};

pub(crate) fn check(vector: &Value) -> Result<(), String> {
    let filter = filter(&vector["filter"]);
    let compiled = filter.compile().map_err(|problems| format!("{problems:?}"))?;
    let mut object = user(&vector["user"]);
    object.soft_deleted = is_true(vector["user"].get("IsSoftDeleted"));
    let in_scope = match vector["syncScope"].as_str() {
        None => {
            let verdict = compiled.judge(&object);
            if verdict.satisfied != compiled.passes(&object) {
                return Err(format!("the fast path disagrees with {verdict:?}"));
            }
            verdict.satisfied
        }
        Some(scope) => {
            let scope = if scope == "all" { Scope::All } else { Scope::Assigned };
            let assignment = assignment(&object, &vector["assignment"]);
            let configuration = configuration(scope, filter);
            let verdict = scoping::determine(&configuration, &compiled, &object, &assignment);
            if verdict.in_scope != verdict.reasons.is_empty() {
                return Err(format!("the reasons disagree with the verdict: {verdict:?}"));
            }
            verdict.in_scope
        }
    };
    if Some(in_scope) == vector["inScope"].as_bool() {
        return Ok(());
    }
    Err(format!("found {in_scope}\nexpected {}", vector["inScope"]))
}

fn filter(value: &Value) -> ScopingFilter {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let clause = |value: &Value| Clause {
        attribute: text(value, "sourceOperandName").to_owned(),
        operator: Operator::from_name(text(value, "operatorName")).expect("a known operator"),
        values: list(&value["targetOperand"]["values"])
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    };
    let group = |value: &Value| FilterGroup {
        name: text(value, "name").to_owned(),
        clauses: list(&value["clauses"]).iter().map(clause).collect(),
    };
    ScopingFilter { groups: list(&value["groups"]).iter().map(group).collect() }
}

/// Builds a directory in which the user is assigned as the vector says, and asks the engine.
fn assignment(user: &SourceObject, value: &Value) -> EffectiveAssignment {
    let mut directory = Directory { users: vec![user.clone()], ..Directory::default() };
    let assign = |id: &str| AppRoleAssignment {
        principal_id: id.to_owned(),
        app_role_id: DEFAULT_ACCESS.to_owned(),
    };
    if value["direct"] == true {
        directory.assignments.push(assign(&user.id));
    }
    for (index, given) in value["groups"].as_array().into_iter().flatten().enumerate() {
        let id = format!("group-{index}");
        let mut members = Vec::new();
        if given["isDirectMember"] == true {
            members.push(user.id.clone());
        }
        if given["isNestedMember"] == true {
            let inner = format!("inner-{index}");
            directory.groups.push(group(&inner, true, vec![user.id.clone()]));
            members.push(inner);
        }
        directory.groups.push(group(&id, given["securityEnabled"] == true, members));
        directory.assignments.push(assign(&id));
    }
    assignment::effective(&directory).of(&user.id).clone()
}

fn group(id: &str, security_enabled: bool, members: Vec<String>) -> SourceObject {
    let flag = ("securityEnabled".to_owned(), SourceValue::Boolean(security_enabled));
    SourceObject {
        id: id.to_owned(),
        kind: ObjectKind::Group,
        attributes: [flag].into(),
        members,
        soft_deleted: false,
    }
}

fn configuration(scope: Scope, filter: ScopingFilter) -> Configuration {
    let mapping = |kind, filter| ObjectMapping {
        kind,
        enabled: true,
        actions: TargetActions::default(),
        attributes: Vec::new(),
        filter,
    };
    Configuration {
        users: mapping(ObjectKind::User, filter),
        groups: mapping(ObjectKind::Group, ScopingFilter::default()),
        scope,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: None,
        connector: Connector::default(),
    }
}
