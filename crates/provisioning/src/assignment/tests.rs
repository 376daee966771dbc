//! Who is assigned through what; and that whoever is not looked at again stays as before.

use std::collections::VecDeque;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::configuration::ObjectKind;
use crate::source::{Attributes, SourceObject, SourceValue};

fn group(id: &str, members: &[&str]) -> SourceObject {
    SourceObject {
        id: id.to_owned(),
        kind: ObjectKind::Group,
        attributes: Attributes::new(),
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

/// The same, said as plainly as can be: each line is followed to everybody whom it reaches.
fn followed(directory: &Directory) -> BTreeMap<String, EffectiveAssignment> {
    let groups: BTreeMap<&str, &SourceObject> =
        directory.groups.iter().map(|group| (group.id.as_str(), group)).collect();
    let mut all: BTreeMap<String, EffectiveAssignment> = BTreeMap::new();
    let push = |list: &mut Vec<LostAssignment>, lost| {
        if !list.contains(&lost) {
            list.push(lost);
        }
    };
    for line in &directory.assignments {
        let (id, group) = (line.principal_id.clone(), groups.get(line.principal_id.as_str()));
        let role = directory.app_roles.iter().find(|role| role.id == line.app_role_id).cloned();
        let role = role.unwrap_or_else(|| AppRole {
            id: line.app_role_id.clone(),
            value: String::new(),
            display_name: if line.app_role_id == DEFAULT_ACCESS { "Default Access" } else { "" }
                .to_owned(),
        });
        let off = group.is_some_and(|group| {
            group.get("securityEnabled") == Some(&SourceValue::Boolean(false))
        });
        let members = group.into_iter().flat_map(|group| &group.members);
        let members = members.filter(|member| !groups.contains_key(member.as_str()));
        for reached in [&id].into_iter().chain(members) {
            let standing = all.entry(reached.clone()).or_default();
            standing.application_has_roles = !directory.app_roles.is_empty();
            if off {
                push(&mut standing.lost, LostAssignment::NotSecurityEnabled(id.clone()));
                continue;
            }
            standing.add_role(&role);
            if *reached == id {
                standing.direct = true;
            } else if !standing.groups.contains(&id) {
                standing.groups.push(id.clone());
            }
        }
    }
    let assigned: BTreeSet<&str> =
        directory.assignments.iter().map(|line| line.principal_id.as_str()).collect();
    for id in assigned {
        let (mut paths, mut seen) = (VecDeque::from([vec![id]]), BTreeSet::from([id]));
        while let Some(path) = paths.pop_front() {
            let Some(group) = groups.get(path[path.len() - 1]) else { continue };
            for member in &group.members {
                if !seen.insert(member) {
                    continue;
                }
                let is_group = groups.contains_key(member.as_str());
                if is_group || path.len() > 1 {
                    let up = path.iter().rev().map(|id| (*id).to_owned()).collect();
                    let standing = all.entry(member.clone()).or_default();
                    standing.application_has_roles = !directory.app_roles.is_empty();
                    standing.lost.push(LostAssignment::Nested(up));
                }
                if is_group {
                    paths.push_back(path.iter().copied().chain([member.as_str()]).collect());
                }
            }
        }
    }
    all
}

/// Users `u0` to `u5`, groups `g0` to `g4`; `x` is somebody whom the directory does not know.
const IDS: [&str; 12] = ["u0", "u1", "u2", "u3", "u4", "u5", "g0", "g1", "g2", "g3", "g4", "x"];

fn id() -> impl Strategy<Value = String> {
    proptest::sample::select(IDS.to_vec()).prop_map(str::to_owned)
}

fn people() -> impl Strategy<Value = Directory> {
    let groups = vec((vec(id(), 0..6), any::<bool>()), 5);
    (groups, any::<bool>()).prop_map(|(groups, has_roles)| {
        let group = |(at, (members, is_security)): (usize, (Vec<String>, bool))| {
            let members: Vec<&str> = members.iter().map(String::as_str).collect();
            let mut group = group(&format!("g{at}"), &members);
            let flag = SourceValue::Boolean(is_security || at < 3);
            group.attributes.insert("securityEnabled".to_owned(), flag);
            group
        };
        let mut directory = directory(groups.into_iter().enumerate().map(group).collect(), &[]);
        let user = |id: &&str| SourceObject { kind: ObjectKind::User, ..self::group(id, &[]) };
        directory.users = IDS[..6].iter().map(user).collect();
        if !has_roles {
            directory.app_roles.clear();
        }
        directory
    })
}

fn lines() -> impl Strategy<Value = Vec<AppRoleAssignment>> {
    let role = proptest::sample::select(vec!["admin", "user", "gone", DEFAULT_ACCESS]);
    let line = (id(), role).prop_map(|(principal_id, role)| AppRoleAssignment {
        principal_id,
        app_role_id: role.to_owned(),
    });
    vec(line, 0..7)
}

/// What is done to the lines: others, or some more, fewer, or in another order.
fn next(
    before: &[AppRoleAssignment],
    given: Vec<AppRoleAssignment>,
    deed: u8,
) -> Vec<AppRoleAssignment> {
    let mut lines = before.to_vec();
    match deed {
        0 => return given,
        1 => {
            lines.splice(lines.len() / 2..lines.len() / 2, given.into_iter().take(1)).for_each(drop)
        }
        2 => drop((!lines.is_empty()).then(|| lines.remove(lines.len() / 2))),
        3 => lines.reverse(),
        _ => lines.extend(given.into_iter().take(2)),
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn what_follows_a_change_is_what_is_found_anew(
        mut directory in people(),
        changes in vec((lines(), 0_u8..5), 1..6),
    ) {
        let mut kept = effective(&directory);
        for (given, deed) in changes {
            let after = next(&directory.assignments, given, deed);
            let before = kept.clone();
            let told = kept.reassign(&directory.app_roles, &directory.assignments, &after);
            directory.assignments = after;
            let (anew, plain) = (effective(&directory), followed(&directory));
            for id in IDS {
                let expected = plain.get(id).cloned().unwrap_or_default();
                prop_assert_eq!(anew.of(id), &expected, "{} anew", id);
                prop_assert_eq!(kept.of(id), &expected, "{} after a change", id);
                if let Some(position) = kept.position(id) {
                    let differs = before.of(id) != kept.of(id);
                    prop_assert_eq!(told.changed.contains(&position), differs, "{}", id);
                }
            }
            prop_assert!(told.changed.is_sorted() && told.computed <= told.looked_at);
        }
    }
}

#[test]
fn only_those_are_looked_at_whom_a_change_concerns() {
    let everybody: Vec<String> = (0..1_000).map(|number| format!("u{number}")).collect();
    let ids: Vec<&str> = everybody.iter().map(String::as_str).collect();
    let groups =
        vec![group("all", &ids), group("few", &["u1", "u2", "team"]), group("team", &["u3"])];
    let mut all = directory(groups, &[("all", "user")]);
    let user = |id: &&str| SourceObject { kind: ObjectKind::User, ..group(id, &[]) };
    all.users = ids.iter().map(user).collect();
    let mut assignments = effective(&all);
    let mut change = |assigned: &[(&str, &str)]| {
        let after = directory(Vec::new(), assigned).assignments;
        let told = assignments.reassign(&all.app_roles, &all.assignments, &after);
        all.assignments = after;
        (told.looked_at, told.computed, told.changed.len())
    };
    assert_eq!(change(&[("all", "user"), ("u7", "admin")]), (1, 1, 1));
    let few = [("all", "user"), ("few", "user"), ("u7", "admin")];
    assert_eq!(change(&few), (5, 4, 5), "two groups, two members alike, one inside");
    let reversed = [("u7", "admin"), ("few", "user"), ("all", "user")];
    assert_eq!(change(&reversed).0, 1_003, "the order of everybody's roles may differ");
    assert_eq!(change(&few), (1_003, 7, 3));
    assert_eq!(change(&[("all", "admin"), ("few", "user"), ("u7", "admin")]).0, 1_001);
    assert_eq!(change(&[("all", "admin"), ("few", "user"), ("u7", "admin")]), (0, 0, 0));
}

#[test]
fn who_is_assigned_alike_shares_one_value() {
    let ids: Vec<String> = (0..100).map(|number| format!("u{number}")).collect();
    let assigned: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), "user")).collect();
    let mut all = directory(Vec::new(), &[]);
    let user = |id: &String| SourceObject { kind: ObjectKind::User, ..group(id, &[]) };
    all.users = ids.iter().map(user).collect();
    all.assignments = directory(Vec::new(), &assigned).assignments;
    let mut assignments = effective(&all);
    assert_eq!(assignments.known.len(), 1);
    assert!(Arc::ptr_eq(&assignments.of[0], &assignments.of[99]));
    assignments.reassign(&all.app_roles, &all.assignments, &[]);
    assert_eq!((assignments.known.len(), assignments.of("u0").is_assigned()), (0, false));
}
