//! A scene: people, rows, links, and an application that answers as the vector says.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::{Request, Response, StatusCode};
use provisioning::ambient::Ambient;
use provisioning::configuration::default::target_attribute;
use provisioning::configuration::{
    Apply, AttributeMapping, Configuration, Connector, ObjectKind, ObjectMapping, Scope, Source,
    TargetActions,
};
use provisioning::cycle::job::Job;
use provisioning::cycle::{Cycle, Step, TransportFault, TransportFaultKind};
use provisioning::expression::Expression;
use provisioning::expression::value::DateTime;
use provisioning::scoping::ScopingFilter;
use provisioning::source::{
    AppRole, AppRoleAssignment, DEFAULT_ACCESS, Directory, SourceObject, SourceValue,
};
use scim::endpoint::Endpoint;
use scim::patch::entra::WireForm;
use scim::path::Path;
use scim::tenant_url::TenantUrl;
use serde_json::{Value, json};

const BASE: &str = "https://host.example/scim";

/// What a situation needs before the cycle starts.
pub(crate) struct Scene {
    pub(crate) directory: Directory,
    pub(crate) configuration: Configuration,
    pub(crate) links: BTreeMap<String, String>,
    /// What the application holds, by id.
    pub(crate) holds: BTreeMap<String, Value>,
    pub(crate) wire: WireForm,
    /// What the directory is in the incremental cycle that the vector speaks of; nothing where it
    /// speaks of an initial one.
    pub(crate) later: Option<Directory>,
}

/// A request that was sent, with its path decoded and without the base.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: Value,
}

impl Scene {
    /// Ana is assigned; `userName` matches her.
    pub(crate) fn new() -> Self {
        let mut scene = Self {
            directory: Directory::default(),
            configuration: Configuration {
                users: mapping(ObjectKind::User),
                groups: mapping(ObjectKind::Group),
                scope: Scope::Assigned,
                skip_out_of_scope_deletions: false,
                accidental_deletions_threshold: None,
                default_domain: None,
                connector: Connector::default(),
            },
            links: BTreeMap::new(),
            holds: BTreeMap::new(),
            wire: WireForm::Legacy,
            later: None,
        };
        scene.add("ana", ObjectKind::User, &[]);
        scene.assign("ana", DEFAULT_ACCESS);
        let mut row = direct("userName", "userPrincipalName");
        row.matching_precedence = Some(std::num::NonZeroU32::MIN);
        scene.configuration.users.attributes.push(row);
        let mut row = direct("displayName", "displayName");
        row.matching_precedence = Some(std::num::NonZeroU32::MIN);
        scene.configuration.groups.attributes.extend([row, direct("members", "members")]);
        scene
    }

    pub(crate) fn add(&mut self, id: &str, kind: ObjectKind, members: &[&str]) {
        let attributes = [
            ("userPrincipalName", format!("{id}@contoso.example")),
            ("displayName", id.to_owned()),
        ];
        let object = SourceObject {
            id: id.to_owned(),
            kind,
            attributes: attributes
                .map(|(name, value)| (name.to_owned(), SourceValue::Text(value)))
                .into(),
            members: members.iter().map(|id| (*id).to_owned()).collect(),
            soft_deleted: false,
        };
        match kind {
            ObjectKind::User => self.directory.users.push(object),
            ObjectKind::Group => self.directory.groups.push(object),
        }
    }

    pub(crate) fn assign(&mut self, id: &str, role: &str) {
        let (principal_id, app_role_id) = (id.to_owned(), role.to_owned());
        self.directory.assignments.push(AppRoleAssignment { principal_id, app_role_id });
    }

    /// Ana has these roles, and no Default Access.
    pub(crate) fn has_roles(&mut self, roles: &[(&str, &str, &str)]) {
        self.directory.assignments.clear();
        for (id, value, name) in roles {
            let (id, value) = ((*id).to_owned(), (*value).to_owned());
            let display_name = (*name).to_owned();
            self.directory.app_roles.push(AppRole { id: id.clone(), value, display_name });
            self.assign("ana", &id);
        }
    }

    pub(crate) fn set(&mut self, id: &str, name: &str, value: &str) {
        let objects = self.directory.users.iter_mut().chain(&mut self.directory.groups);
        let object = objects.into_iter().find(|object| object.id == id).expect("a known object");
        object.attributes.insert(name.to_owned(), SourceValue::Text(value.to_owned()));
    }

    /// The job knows `id` under `target`, and the application holds this.
    pub(crate) fn link(&mut self, id: &str, target: &str, mut holds: Value) {
        holds["id"] = json!(target);
        if holds.get("userName").is_none() {
            holds["userName"] = json!(format!("{id}@contoso.example"));
        }
        self.links.insert(id.to_owned(), target.to_owned());
        self.holds.insert(target.to_owned(), holds);
    }

    /// Replaces the row of a target, or adds it.
    pub(crate) fn row(&mut self, row: AttributeMapping) {
        let rows = &mut self.configuration.users.attributes;
        match rows.iter_mut().find(|each| each.target.path.same_place(&row.target.path)) {
            Some(each) => {
                *each = AttributeMapping { matching_precedence: each.matching_precedence, ..row };
            }
            None => rows.push(row),
        }
    }

    /// Plays the cycle that the vector speaks of against an application that answers the vector's
    /// request as it says.
    pub(crate) fn play(&self, vector: &Value) -> (Cycle, Vec<Sent>) {
        let endpoint = Endpoint::new(TenantUrl::parse(BASE).expect("a tenant URL"));
        let mut job =
            Job::new(self.configuration.clone(), endpoint, self.wire, 1).linked(self.links.clone());
        let now = DateTime::from_unix_milliseconds(0);
        let begin = |job: &Job, directory: &Directory| {
            let ambient = Ambient { now, seed: 1 };
            job.begin(&Arc::new(directory.clone()), ambient).expect("the job runs")
        };
        let initial = begin(&job, &self.directory);
        let Some(later) = &self.later else { return self.drive(initial, vector) };
        let (initial, _) = self.drive(initial, &Value::Null);
        job.finish(&initial, now);
        self.drive(begin(&job, later), vector)
    }

    fn drive(&self, mut cycle: Cycle, vector: &Value) -> (Cycle, Vec<Sent>) {
        let mut sent = Vec::new();
        loop {
            match cycle.step() {
                Step::Done => return (cycle, sent),
                Step::Pause { .. } => {}
                Step::Wait => panic!("every request was answered at once"),
                Step::Send(exchange) => {
                    let request = decoded(&exchange.request);
                    cycle.receive(exchange.id, self.answer(&request, vector));
                    sent.push(request);
                }
            }
        }
    }

    fn answer(&self, sent: &Sent, vector: &Value) -> Result<Response<Vec<u8>>, TransportFault> {
        if is_shown(sent, vector) {
            return match vector["responseStatus"].as_u64() {
                None => {
                    let message = "no answer in time".to_owned();
                    Err(TransportFault { kind: TransportFaultKind::Timeout, message })
                }
                Some(status) => Ok(response(status, vector.get("responseBody"))),
            };
        }
        let id = sent.path.split(['/', '?']).nth(2).unwrap_or_default();
        Ok(match (sent.method.as_str(), self.holds.get(id)) {
            ("GET", Some(held)) => response(200, Some(held)),
            ("GET", None) => response(200, Some(&json!({ "totalResults": 0, "Resources": [] }))),
            ("POST", _) => response(201, Some(&json!({ "id": "new" }))),
            _ => response(204, None),
        })
    }
}

/// Whether a request is the one that the vector shows; the probe's GUID is left to chance.
pub(crate) fn is_shown(sent: &Sent, vector: &Value) -> bool {
    let is_probe = vector["id"].as_str().is_some_and(|id| id.starts_with("rq-test-"));
    let asked = |path: &str| path.split(" eq ").next().unwrap_or_default().to_owned();
    let Some(path) = vector["path"].as_str() else { return false };
    let same_path = if is_probe { asked(path) == asked(&sent.path) } else { path == sent.path };
    same_path && vector["method"] == sent.method.as_str()
}

fn response(status: u64, body: Option<&Value>) -> Response<Vec<u8>> {
    let body = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
    let mut response = Response::new(body);
    let status = u16::try_from(status).expect("a status");
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    response
}

pub(crate) fn decoded(request: &Request<Vec<u8>>) -> Sent {
    let uri = request.uri().to_string();
    let path = uri.strip_prefix(BASE).expect("the base").replace('+', " ");
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = || (*first == b'%').then(|| tail.get(..2))?;
        match escape().and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    Sent {
        method: request.method().to_string(),
        path: String::from_utf8(bytes).expect("a path in UTF-8"),
        body: serde_json::from_slice(request.body()).unwrap_or(Value::Null),
    }
}

pub(crate) fn endpoint() -> Endpoint {
    Endpoint::new(TenantUrl::parse(BASE).expect("a tenant URL"))
}

fn mapping(kind: ObjectKind) -> ObjectMapping {
    let (actions, filter) = (TargetActions::default(), ScopingFilter::default());
    ObjectMapping { kind, enabled: true, actions, attributes: Vec::new(), filter }
}

pub(crate) fn sourced(target: &str, source: Source) -> AttributeMapping {
    let path = Path::parse(target).expect("a target path");
    AttributeMapping {
        target: target_attribute(path),
        source,
        default_value: None,
        matching_precedence: None,
        apply: Apply::Always,
    }
}

pub(crate) fn direct(target: &str, source: &str) -> AttributeMapping {
    sourced(target, Source::Direct(source.to_owned()))
}

pub(crate) fn constant(target: &str, value: &Value) -> AttributeMapping {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "True".to_owned(),
        other => other.to_string(),
    };
    sourced(target, Source::Constant(text))
}

pub(crate) fn expression(target: &str, text: &str) -> AttributeMapping {
    sourced(target, Source::Expression(Expression::parse(text)))
}
