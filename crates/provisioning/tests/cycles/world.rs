//! A small world: a directory, an application in memory, and the loop that drives a cycle.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use http::{Request, Response};
use provisioning::ambient::Ambient;
use provisioning::configuration::default::{groups, propose, users};
use provisioning::configuration::{
    AttributeMapping, Configuration, Connector, ObjectKind, ObjectMapping, Scope, TargetActions,
};
use provisioning::cycle::{Cycle, Known, Outcome, Step, TransportFault, TransportFaultKind};
use provisioning::expression::value::DateTime;
use provisioning::scoping::ScopingFilter;
use provisioning::source::{
    AppRoleAssignment, DEFAULT_ACCESS, Directory, SourceObject, SourceValue,
};
use sandbox::{Moment, Quirk, Quirks, Sandbox, Settings};
use scim::endpoint::Endpoint;
use scim::patch::Dialect;
use scim::patch::entra::WireForm;
use scim::tenant_url::TenantUrl;
use serde_json::Value;

/// Everything that a story needs.
pub(crate) struct World {
    pub(crate) directory: Directory,
    pub(crate) configuration: Configuration,
    pub(crate) application: Sandbox,
    pub(crate) known: Known,
    pub(crate) pace: usize,
    /// Answers come in the reverse of the order in which the requests went out.
    pub(crate) answers_backwards: bool,
    /// Nobody listens any more after this many requests.
    pub(crate) listens_for: usize,
    /// Pauses that cycles asked for, in seconds.
    pub(crate) pauses: Vec<u64>,
}

impl World {
    /// Nobody in the directory, an empty application, the usual mapping, assigned people only.
    pub(crate) fn new() -> Self {
        Self {
            directory: Directory::default(),
            configuration: usual_configuration(),
            application: application(Quirks::none()),
            known: Known::FirstRun,
            pace: 4,
            answers_backwards: false,
            listens_for: usize::MAX,
            pauses: Vec::new(),
        }
    }

    /// A person with the usual attributes, assigned to the application.
    pub(crate) fn joins(&mut self, name: &str) -> &mut SourceObject {
        self.directory.assignments.push(AppRoleAssignment {
            principal_id: name.to_owned(),
            app_role_id: DEFAULT_ACCESS.to_owned(),
        });
        self.directory.users.push(person(name));
        self.directory.users.last_mut().unwrap()
    }

    /// A person of the directory.
    pub(crate) fn person(&mut self, name: &str) -> &mut SourceObject {
        self.directory.users.iter_mut().find(|user| user.id == name).unwrap()
    }

    /// The person is no longer listed under "Users and groups".
    pub(crate) fn is_unassigned(&mut self, name: &str) {
        self.directory.assignments.retain(|each| each.principal_id != name);
    }

    /// A security group that is assigned itself.
    pub(crate) fn group(&mut self, name: &str, members: &[&str]) {
        let mut group = person(name);
        group.kind = ObjectKind::Group;
        group.members = members.iter().map(|id| (*id).to_owned()).collect();
        group.attributes.insert("securityEnabled".to_owned(), SourceValue::Boolean(true));
        self.directory.groups.push(group);
        self.directory.assignments.push(AppRoleAssignment {
            principal_id: name.to_owned(),
            app_role_id: DEFAULT_ACCESS.to_owned(),
        });
    }

    pub(crate) fn misbehaves(&mut self, quirk: Quirk) {
        self.application.set_quirks(Quirks::none().with(quirk));
    }

    /// A preview, driven to its end.
    pub(crate) fn preview(&mut self) -> Cycle {
        let cycle = Cycle::preview(
            self.configuration.clone(),
            Arc::new(self.directory.clone()),
            endpoint(),
            WireForm::Legacy,
            self.known.clone(),
            ambient(),
            self.pace,
        );
        self.drive(cycle)
    }

    /// An initial cycle, driven to its end; the world remembers its links.
    pub(crate) fn provision(&mut self) -> Cycle {
        self.provision_in(WireForm::Legacy)
    }

    pub(crate) fn provision_in(&mut self, wire: WireForm) -> Cycle {
        let cycle = Cycle::initial(
            self.configuration.clone(),
            Arc::new(self.directory.clone()),
            endpoint(),
            wire,
            self.known.clone(),
            ambient(),
            self.pace,
        );
        let cycle = self.drive(cycle);
        self.known = Known::Links(cycle.links());
        cycle
    }

    /// Provision on demand, driven to its end.
    pub(crate) fn on_demand(&mut self, name: &str, write: bool) -> Cycle {
        let cycle = Cycle::on_demand(
            self.configuration.clone(),
            Arc::new(self.directory.clone()),
            endpoint(),
            self.known.clone(),
            ambient(),
            name,
            write,
        );
        self.drive(cycle.unwrap())
    }

    /// The plain loop: no executor, no network, no clock.
    pub(crate) fn drive(&mut self, mut cycle: Cycle) -> Cycle {
        let mut open: VecDeque<(u64, Request<Vec<u8>>)> = VecDeque::new();
        let mut steps = 0_u32;
        loop {
            steps += 1;
            assert!(steps < 100_000, "the cycle does not end");
            match cycle.step() {
                Step::Done => return cycle,
                Step::Pause { seconds } => self.pauses.push(seconds),
                Step::Send(exchange) => {
                    assert_eq!(
                        exchange.purpose.is_read(),
                        exchange.request.method() == http::Method::GET
                    );
                    open.push_back((exchange.id, exchange.request));
                    assert!(open.len() <= self.pace.max(1));
                }
                Step::Wait => {
                    let next =
                        if self.answers_backwards { open.pop_back() } else { open.pop_front() };
                    let (id, request) = next.expect("the cycle waits for nothing");
                    let answer = self.answer(request);
                    cycle.receive(id, answer);
                }
            }
        }
    }

    pub(crate) fn answer(
        &mut self,
        mut request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, TransportFault> {
        assert!(!request.headers().contains_key("authorization"));
        if self.listens_for == 0 {
            let message = "nobody listens there".to_owned();
            return Err(TransportFault { kind: TransportFaultKind::Refused, message });
        }
        self.listens_for -= 1;
        let token = format!("Bearer {}", Sandbox::PUBLIC_TOKEN).parse().unwrap();
        request.headers_mut().insert("authorization", token);
        Ok(self.application.handle(&request, &Moment::from_unix_millis(0)))
    }

    /// The application's account of a person.
    pub(crate) fn account(&self, name: &str) -> Option<Value> {
        let address = format!("{name}@contoso.example");
        self.application
            .users()
            .find(|user| user.as_map()["userName"] == address.as_str())
            .map(scim::resource::Resource::into_value)
    }

    /// Puts an account into the application, beside provisioning.
    pub(crate) fn has_account(&mut self, account: Value) -> String {
        let now = Moment::from_unix_millis(0);
        self.application.insert(sandbox::ResourceType::User, account, &now).unwrap()
    }

    /// How many requests of a method the application has seen.
    pub(crate) fn seen(&self, method: &http::Method) -> usize {
        self.application.journal().iter().filter(|entry| entry.method == method).count()
    }
}

/// The verdict on one object.
pub(crate) fn outcome<'a>(cycle: &'a Cycle, name: &str) -> &'a Outcome {
    let found = cycle.outcomes().iter().find(|outcome| outcome.source_id == name);
    found.unwrap_or_else(|| panic!("no verdict on {name}"))
}

/// The verdicts in short: `ana Create`, one per line.
pub(crate) fn verdicts(cycle: &Cycle) -> BTreeMap<String, String> {
    let short = |outcome: &Outcome| (outcome.source_id.clone(), outcome.action.to_string());
    cycle.outcomes().iter().map(short).collect()
}

/// A person of the directory whose id is the name.
pub(crate) fn person(name: &str) -> SourceObject {
    let address = format!("{name}@contoso.example");
    let texts = [
        ("objectId", name),
        ("displayName", name),
        ("userPrincipalName", &address),
        ("mail", &address),
        ("mailNickname", name),
        ("givenName", name),
        ("surname", "Silva"),
        ("jobTitle", "Receptionist"),
        ("department", "Front office"),
    ];
    let attributes = texts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), SourceValue::Text(value.to_owned())))
        .collect();
    let kind = ObjectKind::User;
    let (id, members) = (name.to_owned(), Vec::new());
    SourceObject { id, kind, attributes, members, soft_deleted: false }
}

/// The usual mappings, users and groups, sync assigned.
pub(crate) fn usual_configuration() -> Configuration {
    let rows = |rows: Vec<_>| -> Vec<AttributeMapping> {
        rows.iter()
            .map(|row: &provisioning::configuration::default::ProposedRow| {
                row.mapping().unwrap().unwrap()
            })
            .collect()
    };
    Configuration {
        users: mapping(ObjectKind::User, rows(users())),
        groups: mapping(ObjectKind::Group, rows(groups())),
        scope: Scope::Assigned,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: Some("contoso.example".to_owned()),
        connector: Connector::default(),
    }
}

pub(crate) fn mapping(kind: ObjectKind, attributes: Vec<AttributeMapping>) -> ObjectMapping {
    let (actions, filter) = (TargetActions::default(), ScopingFilter::default());
    ObjectMapping { kind, enabled: true, actions, attributes, filter }
}

/// A row as it is usually proposed for a target.
pub(crate) fn row(target: &str) -> AttributeMapping {
    propose(ObjectKind::User, target).mapping().unwrap().unwrap()
}

pub(crate) fn application(quirks: Quirks) -> Sandbox {
    Sandbox::new(Settings { dialect: Dialect::Entra, quirks, ..Settings::default() })
}

pub(crate) fn endpoint() -> Endpoint {
    Endpoint::new(TenantUrl::parse("https://sandbox.example/scim/v2").unwrap())
}

pub(crate) fn ambient() -> Ambient {
    Ambient { now: DateTime::from_unix_milliseconds(1_700_000_000_000), seed: 7 }
}
