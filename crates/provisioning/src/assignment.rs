//! Who is effectively assigned to the application, through what, and who only seems to be.
//!
//! An assignment reaches the object itself and, for a security-enabled group, its direct members.
//! Nested groups are never expanded, neither for provisioning nor for sign-on; the people who are
//! lost that way are named with the path, because that is what administrators look for.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::source::{AppRole, DEFAULT_ACCESS, Directory, SourceObject, SourceValue};

/// How one user or group is assigned to the application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EffectiveAssignment {
    /// The object itself is listed under "Users and groups".
    pub direct: bool,
    /// Assigned, security-enabled groups of which the object is a direct member, by id, in the
    /// order of the assignments.
    pub groups: Vec<String>,
    /// The union of the roles that come with all of these, in the order of the assignments.
    pub roles: Vec<AppRole>,
    /// Assignments that do not reach the object, and why.
    pub lost: Vec<LostAssignment>,
    /// The application defines roles, so that Default Access is not all there is.
    application_has_roles: bool,
}

impl EffectiveAssignment {
    /// Whether the assignment gate lets the object pass.
    pub fn is_assigned(&self) -> bool {
        self.direct || !self.groups.is_empty()
    }

    /// Whether the object is assigned with Default Access alone although the application defines
    /// roles. Jobs made before 16 April 2020 take that for no entitlement; to all jobs it says that
    /// mappings of roles have nothing but Default Access to send.
    pub fn has_default_access_alone(&self) -> bool {
        let is_default = |role: &AppRole| role.id == DEFAULT_ACCESS;
        self.application_has_roles && !self.roles.is_empty() && self.roles.iter().all(is_default)
    }

    fn add_role(&mut self, role: &AppRole) {
        if !self.roles.iter().any(|known| known.id == role.id) {
            self.roles.push(role.clone());
        }
    }
}

/// An assignment that an administrator may expect to count, but which does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LostAssignment {
    /// Membership through nested groups: the ids from the group of which the object is a direct
    /// member up to the assigned group, the shortest such path. For a group, which is never a
    /// member that counts, the path may be the assigned group alone.
    Nested(Vec<String>),
    /// The assigned group, of which the object is a direct member, is not security-enabled.
    NotSecurityEnabled(String),
}

/// The effective assignments of a whole directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignments {
    by_id: BTreeMap<String, EffectiveAssignment>,
    none: EffectiveAssignment,
}

impl Assignments {
    /// How one object is assigned; an unknown or unassigned id answers "not at all".
    pub fn of(&self, id: &str) -> &EffectiveAssignment {
        self.by_id.get(id).unwrap_or(&self.none)
    }
}

/// Indexes every assignment of the directory once.
pub fn effective(directory: &Directory) -> Assignments {
    let groups: BTreeMap<&str, &SourceObject> =
        directory.groups.iter().map(|group| (group.id.as_str(), group)).collect();
    let has_roles = !directory.app_roles.is_empty();
    let mut index = Index { groups, has_roles, by_id: BTreeMap::new() };
    for assignment in &directory.assignments {
        let role = role(directory, &assignment.app_role_id);
        index.assign(&assignment.principal_id, &role);
    }
    for principal in assigned_groups(directory) {
        index.note_nested(principal);
    }
    Assignments { by_id: index.by_id, none: EffectiveAssignment::default() }
}

/// Ids of assigned principals, each once; those that are no groups have no members to find.
fn assigned_groups(directory: &Directory) -> BTreeSet<&str> {
    directory.assignments.iter().map(|assignment| assignment.principal_id.as_str()).collect()
}

/// The role of an id. Default Access is a role like any other for configurations made after
/// 2020-04-16; an id that the application no longer defines has neither value nor name.
fn role(directory: &Directory, id: &str) -> AppRole {
    directory.app_roles.iter().find(|role| role.id == id).cloned().unwrap_or_else(|| AppRole {
        id: id.to_owned(),
        value: String::new(),
        display_name: if id == DEFAULT_ACCESS { "Default Access" } else { "" }.to_owned(),
    })
}

/// Whether a group can carry assignments; a group that does not say is taken for a security group.
fn is_security_enabled(group: &SourceObject) -> bool {
    group.get("securityEnabled") != Some(&SourceValue::Boolean(false))
}

struct Index<'a> {
    groups: BTreeMap<&'a str, &'a SourceObject>,
    has_roles: bool,
    by_id: BTreeMap<String, EffectiveAssignment>,
}

impl<'a> Index<'a> {
    fn entry(&mut self, id: &str) -> &mut EffectiveAssignment {
        let application_has_roles = self.has_roles;
        let new =
            || EffectiveAssignment { application_has_roles, ..EffectiveAssignment::default() };
        self.by_id.entry(id.to_owned()).or_insert_with(new)
    }

    /// One line under "Users and groups".
    fn assign(&mut self, principal: &str, role: &AppRole) {
        let group = self.groups.get(principal).copied();
        let reaches = group.is_none_or(is_security_enabled);
        if reaches {
            let own = self.entry(principal);
            own.direct = true;
            own.add_role(role);
        } else {
            let lost = LostAssignment::NotSecurityEnabled(principal.to_owned());
            push_new(&mut self.entry(principal).lost, lost);
        }
        for member in group.into_iter().flat_map(|group| &group.members) {
            // A nested group is no member that could be provisioned through this one.
            if self.groups.contains_key(member.as_str()) {
                continue;
            }
            let entry = self.entry(member);
            if reaches {
                entry.add_role(role);
                push_new(&mut entry.groups, principal.to_owned());
            } else {
                let lost = LostAssignment::NotSecurityEnabled(principal.to_owned());
                push_new(&mut entry.lost, lost);
            }
        }
    }

    /// Finds the groups inside an assigned group and their members, nearest first.
    fn note_nested(&mut self, assigned: &'a str) {
        let mut paths = VecDeque::from([vec![assigned]]);
        let mut seen = BTreeSet::from([assigned]);
        while let Some(path) = paths.pop_front() {
            let Some(group) = path.last().and_then(|id| self.groups.get(id).copied()) else {
                continue;
            };
            for member in &group.members {
                if !seen.insert(member) {
                    continue;
                }
                let is_group = self.groups.contains_key(member.as_str());
                if is_group || path.len() > 1 {
                    let up = path.iter().rev().map(|id| (*id).to_owned()).collect();
                    self.entry(member).lost.push(LostAssignment::Nested(up));
                }
                if is_group {
                    paths.push_back(path.iter().copied().chain([member.as_str()]).collect());
                }
            }
        }
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::ObjectKind;
    use crate::source::AppRoleAssignment;

    fn group(id: &str, members: &[&str]) -> SourceObject {
        SourceObject {
            id: id.to_owned(),
            kind: ObjectKind::Group,
            attributes: BTreeMap::new(),
            members: members.iter().map(|id| (*id).to_owned()).collect(),
            soft_deleted: false,
        }
    }

    fn directory(groups: Vec<SourceObject>, assigned: &[(&str, &str)]) -> Directory {
        let role = |id: &str| AppRole {
            id: id.to_owned(),
            value: id.to_uppercase(),
            display_name: id.to_owned(),
        };
        let assignment = |(principal, role): &(&str, &str)| AppRoleAssignment {
            principal_id: (*principal).to_owned(),
            app_role_id: (*role).to_owned(),
        };
        Directory {
            users: Vec::new(),
            groups,
            assignments: assigned.iter().map(assignment).collect(),
            app_roles: vec![role("admin"), role("user")],
        }
    }

    #[test]
    fn direct_members_are_assigned_with_the_union_of_roles() {
        let all = directory(
            vec![group("staff", &["ada", "bob"]), group("it", &["ada"])],
            &[("ada", "admin"), ("staff", "user"), ("it", "user"), ("it", DEFAULT_ACCESS)],
        );
        let assignments = effective(&all);
        let ada = assignments.of("ada");
        assert!(ada.direct);
        assert_eq!(ada.groups, ["staff", "it"]);
        let names: Vec<_> = ada.roles.iter().map(|role| role.display_name.as_str()).collect();
        assert_eq!(names, ["admin", "user", "Default Access"]);
        assert!(!assignments.of("bob").direct && assignments.of("bob").is_assigned());
        assert!(assignments.of("staff").direct, "the group itself is in scope");
        assert!(!assignments.of("nobody").is_assigned());
    }

    #[test]
    fn default_access_alone_is_told_where_the_application_has_roles() {
        let assigned = [("ada", DEFAULT_ACCESS), ("bob", DEFAULT_ACCESS), ("bob", "user")];
        let mut all = directory(Vec::new(), &assigned);
        let alone = |all: &Directory, id: &str| effective(all).of(id).has_default_access_alone();
        assert!(alone(&all, "ada") && !alone(&all, "bob") && !alone(&all, "nobody"));
        all.app_roles.clear();
        assert!(!alone(&all, "ada"), "Default Access is all there is");
    }

    #[test]
    fn nested_members_are_lost_by_the_shortest_path() {
        let all = directory(
            vec![
                group("all", &["staff", "top"]),
                group("staff", &["team", "eve"]),
                group("team", &["ada", "eve", "all"]),
            ],
            &[("all", "user")],
        );
        let assignments = effective(&all);
        assert!(assignments.of("top").lost.is_empty());
        let path = |ids: &[&str]| LostAssignment::Nested(ids.iter().map(|s| (*s).into()).collect());
        assert_eq!(assignments.of("ada").lost, [path(&["team", "staff", "all"])]);
        assert_eq!(assignments.of("eve").lost, [path(&["staff", "all"])]);
        assert_eq!(assignments.of("staff").lost, [path(&["all"])]);
        assert_eq!(assignments.of("team").lost, [path(&["staff", "all"])]);
        assert!(!assignments.of("ada").is_assigned() && !assignments.of("staff").is_assigned());
    }

    #[test]
    fn groups_that_are_not_security_enabled_carry_nothing() {
        let mut list = group("list", &["ada"]);
        list.attributes.insert("securityEnabled".to_owned(), SourceValue::Boolean(false));
        let assignments = effective(&directory(vec![list], &[("list", "user")]));
        let ada = assignments.of("ada");
        assert!(!ada.is_assigned() && ada.roles.is_empty());
        let lost = [LostAssignment::NotSecurityEnabled("list".to_owned())];
        assert_eq!(ada.lost, lost);
        assert_eq!(assignments.of("list").lost, lost, "nor is it provisioned itself");
    }
}
