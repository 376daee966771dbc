//! The lines under "Users and groups", and what they make of one object.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::membership::Membership;
use super::{EffectiveAssignment, LostAssignment};
use crate::source::{AppRole, AppRoleAssignment, DEFAULT_ACCESS};

/// The assignments of an application, by the objects that they concern.
pub(super) struct Lines<'a> {
    membership: &'a Membership,
    app_roles: &'a [AppRole],
    all: &'a [AppRoleAssignment],
    /// The number of a principal and the place of a line, in order.
    by_principal: Vec<(u32, usize)>,
    /// Assigned groups with groups inside, in the order of their ids: the paths to all groups that
    /// are found in them, nearest first.
    nests: Vec<Vec<Vec<u32>>>,
    /// For each group that is found in one: the nest, and the place of its path.
    nested: BTreeMap<u32, Vec<(usize, usize)>>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(
        membership: &'a Membership,
        app_roles: &'a [AppRole],
        all: &'a [AppRoleAssignment],
    ) -> Self {
        let number = |(at, line): (usize, &AppRoleAssignment)| {
            Some((membership.number(&line.principal_id)?, at))
        };
        let mut by_principal: Vec<_> = all.iter().enumerate().filter_map(number).collect();
        by_principal.sort_unstable();
        let (nests, nested) = (Vec::new(), BTreeMap::new());
        let mut lines = Self { membership, app_roles, all, by_principal, nests, nested };
        lines.find_nested();
        lines
    }

    fn find_nested(&mut self) {
        let principals = self.by_principal.iter().map(|(principal, _)| *principal);
        let nesting = principals.filter(|each| !self.membership.inner(*each).is_empty());
        let by_id: BTreeMap<&str, u32> =
            nesting.map(|group| (self.membership.id(group), group)).collect();
        for group in by_id.into_values() {
            let paths = paths_into(self.membership, group);
            for (at, path) in paths.iter().enumerate() {
                let found = path.last().copied().unwrap_or(group);
                self.nested.entry(found).or_default().push((self.nests.len(), at));
            }
            self.nests.push(paths);
        }
    }

    /// The lines of one principal, in their order.
    fn of(&self, principal: u32) -> &[(u32, usize)] {
        let from = self.by_principal.partition_point(|(each, _)| *each < principal);
        let rest = self.by_principal.get(from..).unwrap_or_default();
        let count = rest.partition_point(|(each, _)| *each == principal);
        rest.get(..count).unwrap_or_default()
    }

    /// The groups that make of an object what it is; nothing where it is like no other object.
    pub(super) fn groups_that_decide(&self, number: u32) -> Option<Vec<u32>> {
        let decides =
            |group: &&u32| !self.of(**group).is_empty() || self.nested.contains_key(group);
        let is_plain = !self.membership.is_group(number) && self.of(number).is_empty();
        is_plain
            .then(|| self.membership.groups_of(number).iter().filter(decides).copied().collect())
    }

    /// How an object that the directory knows is assigned.
    pub(super) fn standing(&self, number: u32) -> EffectiveAssignment {
        let is_group = self.membership.is_group(number);
        // A nested group is no member that could be provisioned through another one.
        let groups = if is_group { &[] } else { self.membership.groups_of(number) };
        let mut lines: Vec<_> = self.of(number).to_vec();
        groups.iter().for_each(|group| lines.extend_from_slice(self.of(*group)));
        lines.sort_unstable_by_key(|(_, at)| *at);
        let mut standing = EffectiveAssignment::default();
        for (principal, at) in lines {
            self.apply(&mut standing, at, principal, principal == number);
        }
        self.add_nested(&mut standing, number, is_group);
        standing.application_has_roles =
            standing != EffectiveAssignment::default() && self.has_roles();
        standing
    }

    /// The same for a principal that the directory does not know.
    pub(super) fn stranger(&self, id: &str) -> EffectiveAssignment {
        let lines = self.all.iter().filter(|line| line.principal_id == id);
        let mut standing = EffectiveAssignment {
            direct: true,
            application_has_roles: self.has_roles(),
            ..EffectiveAssignment::default()
        };
        lines.for_each(|line| standing.add_role(&self.role(&line.app_role_id)));
        standing
    }

    fn has_roles(&self) -> bool {
        !self.app_roles.is_empty()
    }

    fn apply(&self, to: &mut EffectiveAssignment, at: usize, principal: u32, is_own: bool) {
        let Some(line) = self.all.get(at) else { return };
        let id = self.membership.id(principal).to_owned();
        if !self.membership.can_carry(principal) {
            return push_new(&mut to.lost, LostAssignment::NotSecurityEnabled(id));
        }
        to.add_role(&self.role(&line.app_role_id));
        match is_own {
            true => to.direct = true,
            false => push_new(&mut to.groups, id),
        }
    }

    /// The shortest path through groups inside each assigned group.
    fn add_nested(&self, to: &mut EffectiveAssignment, number: u32, is_group: bool) {
        let mut nearest: BTreeMap<usize, usize> = BTreeMap::new();
        for group in self.membership.groups_of(number) {
            for (nest, at) in self.nested.get(group).into_iter().flatten() {
                nearest.entry(*nest).and_modify(|known| *known = *at.min(known)).or_insert(*at);
            }
        }
        for (nest, at) in nearest {
            let Some(path) = self.nests.get(nest).and_then(|paths| paths.get(at)) else { continue };
            let is_direct = path.len() == 1 && !is_group;
            if !is_direct && path.first() != Some(&number) {
                let up = path.iter().rev().map(|group| self.membership.id(*group).to_owned());
                to.lost.push(LostAssignment::Nested(up.collect()));
            }
        }
    }

    /// The role of an id. Default Access is a role like any other for configurations made after
    /// 2020-04-16; an id that the application no longer defines has neither value nor name.
    fn role(&self, id: &str) -> AppRole {
        self.app_roles.iter().find(|role| role.id == id).cloned().unwrap_or_else(|| AppRole {
            id: id.to_owned(),
            value: String::new(),
            display_name: if id == DEFAULT_ACCESS { "Default Access" } else { "" }.to_owned(),
        })
    }
}

/// The paths from a group down to every group inside it, itself first, nearest first.
fn paths_into(membership: &Membership, group: u32) -> Vec<Vec<u32>> {
    let mut waiting = VecDeque::from([vec![group]]);
    let mut seen = BTreeSet::from([group]);
    let mut paths = Vec::new();
    while let Some(path) = waiting.pop_front() {
        let last = path.last().copied().unwrap_or(group);
        let inner = membership.inner(last).iter().filter(|inner| seen.insert(**inner));
        waiting.extend(inner.map(|inner| [path.as_slice(), &[*inner]].concat()));
        paths.push(path);
    }
    paths
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
