//! Each rule speaks when its case is met, and not before; each repair does away with its case.

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::sync::Arc;

use scim::path::Path;

use super::*;
use crate::configuration::default::{groups, propose, target_attribute, users};
use crate::configuration::{Apply, Connector, Scope, Source, TargetActions, TargetType};
use crate::expression::Expression;
use crate::scoping::{Clause, FilterGroup, Operator, ScopingFilter};
use crate::source::{AppRole, AppRoleAssignment, DEFAULT_ACCESS, Directory, SourceValue};

fn mapping(kind: ObjectKind, attributes: Vec<AttributeMapping>) -> ObjectMapping {
    let (actions, filter) = (TargetActions::default(), ScopingFilter::default());
    ObjectMapping { kind, enabled: true, actions, attributes, filter }
}

fn row(target: &str, source: Source) -> AttributeMapping {
    AttributeMapping {
        target: target_attribute(Path::parse(target).unwrap()),
        source,
        default_value: None,
        matching_precedence: None,
        apply: Apply::Always,
    }
}

fn direct(target: &str, source: &str) -> AttributeMapping {
    row(target, Source::Direct(source.to_owned()))
}

fn computed(target: &str, text: &str) -> AttributeMapping {
    row(target, Source::Expression(Expression::parse(text)))
}

fn usual() -> Configuration {
    let user_rows = users().iter().map(|row| row.mapping().unwrap().unwrap()).collect();
    let group_rows = groups().iter().map(|row| row.mapping().unwrap().unwrap()).collect();
    Configuration {
        users: mapping(ObjectKind::User, user_rows),
        groups: mapping(ObjectKind::Group, group_rows),
        scope: Scope::Assigned,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: None,
        connector: Connector::default(),
    }
}

fn ids(configuration: &Configuration) -> BTreeSet<&'static str> {
    review(configuration).iter().map(|advice| advice.id).collect()
}

/// A directory with its configuration, and the ids of those whom the job manages.
struct Case {
    configuration: Configuration,
    directory: Directory,
    managed: BTreeSet<String>,
}

impl Case {
    /// Three people and a group of two of them, all assigned, with the usual attributes.
    fn plain() -> Self {
        let mut case = Self {
            configuration: usual(),
            directory: Directory::default(),
            managed: BTreeSet::new(),
        };
        for name in ["ana", "bo", "cem"] {
            case.directory.users.push(person(name, ObjectKind::User));
            case.assign(name, DEFAULT_ACCESS);
        }
        case.user("bo").attributes.insert("manager".to_owned(), text("ana"));
        case.group("desk", &["ana", "bo"]);
        case
    }

    fn assign(&mut self, name: &str, role: &str) {
        let (principal_id, app_role_id) = (name.to_owned(), role.to_owned());
        self.directory.assignments.push(AppRoleAssignment { principal_id, app_role_id });
    }

    fn group(&mut self, name: &str, members: &[&str]) {
        let mut group = person(name, ObjectKind::Group);
        group.members = members.iter().map(|id| (*id).to_owned()).collect();
        self.directory.groups.push(group);
        self.assign(name, DEFAULT_ACCESS);
    }

    fn unassign(&mut self, name: &str) {
        self.directory.assignments.retain(|each| each.principal_id != name);
    }

    fn user(&mut self, name: &str) -> &mut SourceObject {
        self.directory.users.iter_mut().find(|user| user.id == name).unwrap()
    }

    fn set(&mut self, name: &str, attribute: &str, value: &str) {
        self.user(name).attributes.insert(attribute.to_owned(), text(value));
    }

    fn filter(&mut self, attribute: &str, operator: Operator, operand: &str) {
        let values = if operand.is_empty() { Vec::new() } else { vec![operand.to_owned()] };
        let clauses = vec![Clause { attribute: attribute.to_owned(), operator, values }];
        let group = FilterGroup { name: "Staff".to_owned(), clauses };
        self.configuration.users.filter.groups.push(group);
    }

    fn roles(&mut self, expression: &str) {
        let role = |id: &str| AppRole {
            id: id.to_owned(),
            value: id.to_owned(),
            display_name: id.to_owned(),
        };
        self.directory.app_roles = vec![role("admin"), role("user")];
        let target = "roles[primary eq \"True\"].value";
        self.configuration.users.attributes.push(computed(target, expression));
        for name in ["ana", "bo", "cem", "desk"] {
            self.unassign(name);
            self.assign(name, "user");
        }
    }

    fn advice(&self) -> Vec<Advice> {
        let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 };
        let directory = Arc::new(self.directory.clone());
        let population = Population::new(self.configuration.clone(), directory, ambient);
        review_population(&population, &self.managed)
    }

    fn ids(&self) -> BTreeSet<&'static str> {
        self.advice().iter().map(|advice| advice.id).collect()
    }
}

fn text(value: &str) -> SourceValue {
    SourceValue::Text(value.to_owned())
}

fn person(name: &str, kind: ObjectKind) -> SourceObject {
    let address = format!("{name}@contoso.example");
    let texts = [
        ("objectId", name),
        ("displayName", name),
        ("userPrincipalName", &address),
        ("mail", &address),
        ("mailNickname", name),
        ("givenName", name),
        ("surname", "Silva"),
        ("department", "Sales"),
    ];
    let attributes =
        texts.into_iter().map(|(name, value)| (name.to_owned(), text(value))).collect();
    let members = Vec::new();
    SourceObject { id: name.to_owned(), kind, attributes, members, soft_deleted: false }
}

/// The usual mapping is known for one thing only: `active` is a Switch that is applied always.
#[test]
fn the_usual_mapping_has_the_documented_defect_and_no_other() {
    let advice = review(&usual());
    assert_eq!(advice.len(), 1);
    assert_eq!((advice[0].id, advice[0].place), ("switch-applied-always", Place::Row(1)));
}

#[test]
fn plain_people_under_the_usual_mapping_bring_nothing_new() {
    assert_eq!(Case::plain().ids(), ["switch-applied-always"].into());
}

#[test]
fn an_application_that_publishes_no_active_row_keeps_leavers() {
    let mut configuration = usual();
    let targets = ["userName", "displayName", "title", "department"];
    configuration.users.attributes = targets
        .iter()
        .map(|target| propose(ObjectKind::User, target).mapping().unwrap().unwrap())
        .collect();
    assert_eq!(ids(&configuration), ["active-not-mapped"].into());
}

type Spoil = fn(&mut Case);

/// Rules that a configuration alone can break.
const OF_CONFIGURATIONS: [(&str, Spoil); 39] = [
    ("no-matching-attribute", |c| c.configuration.users.attributes[0].matching_precedence = None),
    ("matching-precedence-shared", |c| {
        c.configuration.users.attributes[20].matching_precedence = NonZeroU32::new(1);
    }),
    ("matching-attribute-not-filterable", |c| {
        c.configuration.users.attributes.push(direct("emails", "mail"));
        c.configuration.users.attributes[24].matching_precedence = NonZeroU32::new(2);
    }),
    ("matching-attribute-not-unique", |c| {
        c.configuration.users.attributes[2].matching_precedence = NonZeroU32::new(2);
    }),
    ("matching-attribute-may-drop-out", |c| {
        let text = "IgnoreFlowIfNullOrEmpty([userPrincipalName])";
        c.configuration.users.attributes[0].source = Source::Expression(Expression::parse(text));
    }),
    ("matching-value-constant", |c| {
        c.configuration.users.attributes[20].source = Source::Constant("x".to_owned());
        c.configuration.users.attributes[20].matching_precedence = NonZeroU32::new(2);
    }),
    ("active-not-mapped", |c| {
        c.configuration.users.attributes.remove(1);
    }),
    ("active-stays-on", |c| {
        c.configuration.users.attributes[1].source = Source::Direct("IsSoftDeleted".to_owned());
    }),
    ("active-only-at-creation", |c| {
        c.configuration.users.attributes[1].apply = Apply::OnlyDuringCreation;
    }),
    ("update-off", |c| c.configuration.users.actions.update = false),
    ("create-off", |c| c.configuration.users.actions.create = false),
    ("delete-off", |c| c.configuration.groups.actions.delete = false),
    ("leavers-stay", |c| c.configuration.skip_out_of_scope_deletions = true),
    ("leavers-are-deleted", |c| c.configuration.connector.soft_delete = false),
    ("maps-id", |c| c.configuration.users.attributes.push(direct("id", "objectId"))),
    ("duplicate-target", |c| {
        c.configuration.users.attributes.push(direct("TITLE", "department"));
    }),
    ("overlapping-target", |c| c.configuration.users.attributes.push(direct("emails", "mail"))),
    ("extension-name-form", |c| {
        let target = "urn:example:badge:User:number";
        c.configuration.users.attributes.push(direct(target, "employeeId"));
    }),
    ("extension-not-simple", |c| {
        let target = "urn:ietf:params:scim:schemas:extension:Badge:2.0:User:door.number";
        c.configuration.users.attributes.push(direct(target, "employeeId"));
    }),
    ("target-not-supported", |c| {
        c.configuration.users.attributes.push(direct("password", "employeeId"));
    }),
    ("active-not-boolean", |c| {
        c.configuration.users.attributes[1].target.kind = TargetType::String;
    }),
    ("user-name-case-exact", |c| c.configuration.users.attributes[0].target.case_exact = true),
    ("required-unmapped", |c| {
        let mut row = c.configuration.users.attributes.remove(0);
        row.target = target_attribute(Path::parse("nickName").unwrap());
        c.configuration.users.attributes.push(row);
    }),
    ("required-without-source", |c| {
        c.configuration.users.attributes[2].target.required = true;
        c.configuration.users.attributes[2].source = Source::None;
    }),
    ("expression-cannot-run", |c| {
        c.configuration.users.attributes.push(computed("nickName", "toLower([mail])"));
    }),
    ("unique-value-in-application", |c| {
        let text = "SelectUniqueValue([mail], [displayName])";
        c.configuration.users.attributes.push(computed("nickName", text));
    }),
    ("changes-every-cycle", |c| {
        c.configuration.users.attributes.push(computed("nickName", "Guid()"));
    }),
    ("never-cleared", |c| {
        let text = "IIF([department] = \"Sales\", [jobTitle], \"\")";
        c.configuration.users.attributes.push(computed("nickName", text));
    }),
    ("default-not-on-updates", |c| {
        c.configuration.users.attributes[3].default_value = Some("Staff".to_owned());
    }),
    ("roles-with-sync-all", |c| {
        c.configuration.scope = Scope::All;
        let text = "SingleAppRoleAssignment([appRoleAssignments])";
        let target = "roles[primary eq \"True\"].value";
        c.configuration.users.attributes.push(computed(target, text));
    }),
    ("roles-mapped-directly", |c| {
        c.configuration.users.attributes.push(direct("roles", "appRoleAssignments"));
    }),
    ("roles-never-removed", |c| {
        let text = "AppRoleAssignmentsComplex([appRoleAssignments])";
        c.configuration.users.attributes.push(computed("roles", text));
    }),
    ("reference-not-direct", |c| {
        c.configuration.groups.attributes[2].source = Source::Constant("x".to_owned());
    }),
    ("members-not-mapped", |c| {
        c.configuration.groups.attributes.pop();
    }),
    ("filter-unusable", |c| c.filter("department", Operator::RegexMatch, "(a")),
    ("filter-without-clauses", |c| {
        let group = FilterGroup { name: "Everybody".to_owned(), clauses: Vec::new() };
        c.configuration.users.filter.groups.push(group);
    }),
    ("everybody-in-scope", |c| c.configuration.scope = Scope::All),
    ("matching-attribute-not-filterable", |c| {
        let target = "emails[type ne \"work\"].value";
        c.configuration.users.attributes.push(direct(target, "mail"));
        c.configuration.users.attributes[24].matching_precedence = NonZeroU32::new(2);
    }),
    ("expression-cannot-run", |c| {
        let text = "Replace([mail], , \"(a\", , \"b\", , )";
        c.configuration.users.attributes.push(computed("nickName", text));
    }),
];

/// Rules that it takes people to break, with the number of them.
const OF_PEOPLE: [(&str, usize, Spoil); 32] = [
    ("matching-value-empty", 1, |c| {
        c.user("ana").attributes.remove("userPrincipalName");
    }),
    ("matching-value-shared", 2, |c| c.set("ana", "userPrincipalName", "bo@contoso.example")),
    ("matching-value-case", 2, |c| c.set("ana", "userPrincipalName", "BO@contoso.example")),
    ("matching-value-special-character", 1, |c| {
        c.set("ana", "userPrincipalName", "o'ana@contoso.example");
    }),
    ("matching-value-blank", 1, |c| c.set("ana", "userPrincipalName", "ana@contoso.example ")),
    ("deletions-above-threshold", 2, |c| {
        c.configuration.accidental_deletions_threshold = NonZeroU32::new(1);
        c.managed = ["cem", "desk", "bo"].map(str::to_owned).into();
        c.unassign("cem");
        c.unassign("desk");
    }),
    ("deletions-without-threshold", 500, |c| {
        for number in 0..500 {
            let name = format!("n{number}");
            c.directory.users.push(person(&name, ObjectKind::User));
            c.managed.insert(name);
        }
    }),
    ("required-value-missing", 1, |c| {
        c.configuration.users.attributes[2].target.required = true;
        c.user("ana").attributes.remove("displayName");
    }),
    ("row-yields-nothing", 2, |c| {
        c.configuration.users.attributes.push(computed("nickName", "ToUpper([preferredLanguage])"));
        c.set("ana", "preferredLanguage", "pt");
    }),
    ("row-fails", 1, |c| {
        let mut number = direct("nickName", "employeeId");
        number.target.kind = TargetType::Integer;
        c.configuration.users.attributes.push(number);
        c.set("ana", "employeeId", "A7");
        c.set("bo", "employeeId", "7");
    }),
    ("first-of-several", 1, |c| {
        let list = SourceValue::List(vec!["a".to_owned(), "b".to_owned()]);
        c.user("ana").attributes.insert("proxyAddresses".to_owned(), list);
    }),
    ("source-attribute-case", 0, |c| {
        c.configuration.users.attributes.push(direct("nickName", "Surname"));
    }),
    ("source-attribute-of-nobody", 0, |c| {
        c.configuration.users.attributes.push(direct("nickName", "extension_1_badge"));
    }),
    ("source-attribute-of-nobody", 0, |c| {
        c.configuration.users.attributes.push(computed("nickName", "ToLower([jobTitel])"));
    }),
    ("several-roles-for-one", 1, |c| {
        c.roles("SingleAppRoleAssignment([appRoleAssignments])");
        c.assign("ana", "admin");
    }),
    ("default-access-as-role", 1, |c| {
        c.roles("SingleAppRoleAssignment([appRoleAssignments])");
        c.unassign("cem");
        c.assign("cem", DEFAULT_ACCESS);
    }),
    ("default-access-does-not-count", 1, |c| {
        c.roles("SingleAppRoleAssignment([appRoleAssignments])");
        c.configuration.connector.counts_default_access = false;
        c.unassign("cem");
        c.assign("cem", DEFAULT_ACCESS);
    }),
    ("filter-unusable", 0, |c| {
        let addresses = SourceValue::List(vec!["a".to_owned(), "b".to_owned()]);
        c.user("ana").attributes.insert("extension_1_badges".to_owned(), addresses);
        c.filter("extension_1_badges", Operator::Includes, "a");
    }),
    ("role-not-defined", 1, |c| {
        c.roles("SingleAppRoleAssignment([appRoleAssignments])");
        c.unassign("cem");
        c.assign("cem", "gone");
    }),
    ("manager-out-of-scope", 1, |c| {
        c.directory.users.push(person("eva", ObjectKind::User));
        c.set("cem", "manager", "eva");
    }),
    ("manager-out-of-scope", 1, |c| c.set("cem", "manager", "nobody")),
    ("member-out-of-scope", 1, |c| {
        c.user("bo").attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    }),
    ("filter-drops-empty", 1, |c| {
        c.filter("department", Operator::NotEquals, "Legal");
        c.user("ana").attributes.remove("department");
    }),
    ("filter-near-miss", 1, |c| {
        c.filter("department", Operator::Equals, "Sales");
        c.set("ana", "department", "sales ");
    }),
    ("filter-regex-partial", 3, |c| c.filter("department", Operator::RegexMatch, "Sal")),
    ("filter-fragment", 3, |c| c.filter("department", Operator::InList, "Legal,Salesforce")),
    ("nobody-in-scope", 0, |c| c.filter("department", Operator::Equals, "Legal")),
    ("nested-group-assigned", 1, |c| {
        c.directory.users.push(person("eva", ObjectKind::User));
        c.group("team", &["eva"]);
        c.unassign("team");
        c.directory.groups[0].members.push("team".to_owned());
    }),
    ("group-not-security-enabled", 1, |c| {
        let attributes = &mut c.directory.groups[0].attributes;
        attributes.insert("securityEnabled".to_owned(), SourceValue::Boolean(false));
    }),
    ("disabled-user-assigned", 1, |c| {
        c.user("cem").attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    }),
    ("deleted-user-assigned", 1, |c| c.user("cem").soft_deleted = true),
    ("assignment-not-read", 0, |c| c.assign("nobody", DEFAULT_ACCESS)),
];

type Republish = fn(&mut Published);

/// Rules that it takes the application's own schemas to break.
const OF_PUBLISHED: [(&str, Republish); 4] = [
    ("published-required-unmapped", |p| {
        let mut badge = target_attribute(Path::parse("nickName").unwrap());
        badge.required = true;
        p.users.push(badge);
    }),
    ("target-not-published", |p| p.users.retain(|target| target.path.attribute != "title")),
    ("target-declared-otherwise", |p| p.users[3].kind = TargetType::Integer),
    ("target-declared-otherwise", |p| p.groups[0].case_exact = true),
];

#[test]
fn what_the_application_publishes_is_held_against_the_rows() {
    let configuration = usual();
    let targets =
        |mapping: &ObjectMapping| mapping.attributes.iter().map(|row| row.target.clone()).collect();
    for (id, spoil) in OF_PUBLISHED {
        let (users, groups) = (targets(&configuration.users), targets(&configuration.groups));
        let mut published = Published { users, groups };
        let review = |configuration: &Configuration, published: &Published| -> Vec<Advice> {
            let advice = review_all(configuration, None, Some(published)).into_iter();
            advice.filter(|advice| advice.id == id).collect()
        };
        assert_eq!(review(&configuration, &published), [], "{id} speaks too early");
        spoil(&mut published);
        let found = review(&configuration, &published);
        let [found] = found.as_slice() else { panic!("{id}: {found:?}") };
        is_well_said(found);
        if let Some(fix) = &found.fix {
            assert_eq!(review(&fix.apply(&configuration), &published), [], "{id}");
        }
        assert_eq!(review(&configuration, &Published::default()), [], "{id}");
    }
}

#[test]
fn every_rule_speaks_when_its_case_is_met_and_not_before() {
    for (id, spoil) in OF_CONFIGURATIONS {
        let mut case = Case::plain();
        assert!(!ids(&case.configuration).contains(id), "{id} speaks too early");
        spoil(&mut case);
        let advice = review(&case.configuration);
        let found = advice.iter().find(|advice| advice.id == id);
        let found = found.unwrap_or_else(|| panic!("{id} is silent"));
        is_well_said(found);
        assert_eq!(found.people.count, 0, "{id}");
    }
}

#[test]
fn every_rule_about_people_names_them_and_is_silent_without_them() {
    for (id, count, spoil) in OF_PEOPLE {
        let mut case = Case::plain();
        assert!(!case.ids().contains(id), "{id} speaks too early");
        spoil(&mut case);
        let advice = case.advice();
        let found = advice.iter().find(|advice| advice.id == id);
        let found = found.unwrap_or_else(|| panic!("{id} is silent"));
        is_well_said(found);
        assert_eq!(found.people.count, count, "{id}: {}", found.text);
        assert_eq!(found.people.first.len(), count.min(crate::census::NAMED), "{id}");
        assert!(!ids(&case.configuration).contains(id), "{id} needs no people");
    }
}

fn is_well_said(advice: &Advice) {
    let id = advice.id;
    assert!(advice.text.ends_with('.') && advice.repair.ends_with('.'), "{id}: {}", advice.text);
    assert!(!advice.text.contains("  ") && !advice.source.is_empty(), "{id}");
    let (month, year) = advice.date.split_once(' ').unwrap();
    assert!(month.len() > 2 && year.len() == 4, "{id}");
}

#[test]
fn every_rule_has_a_name_of_its_own_and_a_case() {
    let cases: BTreeSet<&str> = OF_CONFIGURATIONS.iter().map(|(id, _)| *id).collect();
    let mut cases: BTreeSet<&str> =
        cases.union(&OF_PEOPLE.iter().map(|(id, ..)| *id).collect()).copied().collect();
    // The usual mapping meets it.
    cases.insert("switch-applied-always");
    cases.extend(OF_PUBLISHED.iter().map(|(id, _)| *id));
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let names: BTreeSet<&str> = rules.iter().copied().collect();
    assert_eq!(names.len(), rules.len(), "a name is taken twice");
    assert_eq!(cases, names);
    assert!(rules.len() >= 60);
}

#[test]
fn a_repair_does_away_with_what_was_found() {
    let of_people = OF_PEOPLE.iter().map(|(id, _, spoil)| (*id, *spoil));
    let defect: (&str, Spoil) = ("switch-applied-always", |_| {});
    let mut repaired: BTreeSet<&str> = BTreeSet::new();
    for (id, spoil) in OF_CONFIGURATIONS.into_iter().chain(of_people).chain([defect]) {
        let mut case = Case::plain();
        spoil(&mut case);
        let is_this = |advice: &&Advice| advice.id == id;
        let before = case.advice().iter().filter(is_this).count();
        let fix = case.advice().iter().find(is_this).unwrap().fix.clone();
        let Some(fix) = fix else { continue };
        case.configuration = fix.apply(&case.configuration);
        let after = case.advice().iter().filter(is_this).count();
        assert!(after < before, "{id}: {fix:?}");
        repaired.insert(id);
    }
    assert!(repaired.len() >= 28, "{repaired:?}");
}

#[test]
fn people_are_named_with_what_is_the_matter() {
    let mut case = Case::plain();
    case.directory.users.push(person("eva", ObjectKind::User));
    case.group("team", &["eva"]);
    case.unassign("team");
    case.directory.groups[0].members.push("team".to_owned());
    let advice = case.advice();
    let nested = advice.iter().find(|advice| advice.id == "nested-group-assigned").unwrap();
    let eva = &nested.people.first[0];
    assert_eq!((eva.source_id.as_str(), eva.detail.as_str()), ("eva", "team in desk"));
}

/// What looks like the case of a rule, and is not.
#[test]
fn rules_are_silent_where_nothing_comes_of_it() {
    let harmless: [(&str, Spoil); 12] = [
        ("filter-drops-empty", |c| {
            c.filter("department", Operator::NotEquals, "Legal");
            let ana = c.user("ana");
            ana.attributes.remove("department");
            ana.attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
        }),
        ("filter-drops-empty", |c| {
            c.filter("department", Operator::NotEquals, "Legal");
            c.filter("department", Operator::IsNull, "");
            c.user("ana").attributes.remove("department");
        }),
        ("nested-group-assigned", |c| {
            c.group("team", &["cem"]);
            c.unassign("team");
            c.directory.groups[0].members.push("team".to_owned());
        }),
        ("default-not-on-updates", |c| {
            let title = &mut c.configuration.users.attributes[3];
            title.default_value = Some("Staff".to_owned());
            title.apply = Apply::OnlyDuringCreation;
        }),
        ("deletions-above-threshold", |c| {
            c.configuration.accidental_deletions_threshold = NonZeroU32::new(1);
            c.configuration.skip_out_of_scope_deletions = true;
            c.managed = ["cem", "bo"].map(str::to_owned).into();
            c.unassign("cem");
            c.unassign("desk");
            c.unassign("bo");
        }),
        ("default-access-as-role", |c| {
            c.roles("SingleAppRoleAssignment([appRoleAssignments])");
            c.configuration.scope = Scope::All;
            c.directory.users.push(person("eva", ObjectKind::User));
        }),
        ("matching-attribute-not-filterable", |c| {
            c.configuration.users.attributes[4].matching_precedence = NonZeroU32::new(2);
        }),
        ("extension-name-form", |c| {
            let target = "urn:scim:schemas:extension:enterprise:1.0.department";
            c.configuration.users.attributes.push(direct(target, "department"));
        }),
        ("leavers-are-deleted", |c| {
            c.configuration.connector.soft_delete = false;
            c.configuration.skip_out_of_scope_deletions = true;
        }),
        ("active-not-mapped", |c| {
            c.configuration.users.attributes.remove(1);
            c.configuration.connector.soft_delete = false;
        }),
        ("deletions-above-threshold", |c| {
            c.configuration.accidental_deletions_threshold = NonZeroU32::new(1);
            c.configuration.groups.enabled = false;
            c.managed = ["cem", "desk"].map(str::to_owned).into();
            c.unassign("cem");
            c.unassign("desk");
        }),
        ("never-cleared", |c| {
            let text = "Append([jobTitle], \"\")";
            c.configuration.users.attributes.push(computed("nickName", text));
        }),
    ];
    for (id, spoil) in harmless {
        let mut case = Case::plain();
        spoil(&mut case);
        assert!(!case.ids().contains(id), "{id}: {:?}", case.advice());
    }
}

#[test]
fn a_mapping_that_is_disabled_needs_no_advice() {
    let mut configuration = usual();
    configuration.groups.enabled = false;
    configuration.groups.attributes.clear();
    assert!(review(&configuration).iter().all(|advice| advice.kind == ObjectKind::User));
    let manager = propose(ObjectKind::User, "manager").mapping().unwrap().unwrap();
    assert_eq!(manager.target.kind, TargetType::Reference);
}

#[test]
fn a_repair_of_a_place_that_is_gone_changes_nothing() {
    let configuration = usual();
    let fixes = [
        Fix::RemoveRow(ObjectKind::User, 99),
        Fix::ReplaceRow(ObjectKind::User, 99, direct("title", "jobTitle")),
        Fix::RemoveFilter(ObjectKind::Group, 0),
    ];
    for fix in fixes {
        assert_eq!(fix.apply(&configuration), configuration);
    }
}

#[test]
fn an_empty_directory_is_reviewed_like_the_configuration_alone() {
    let case = Case { directory: Directory::default(), ..Case::plain() };
    assert_eq!(case.advice(), review(&case.configuration));
}
