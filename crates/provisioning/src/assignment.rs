//! Who is effectively assigned to the application, through what, and who only seems to be.
//!
//! An assignment reaches the object itself and, for a security-enabled group, its direct members.
//! Nested groups are never expanded, neither for provisioning nor for sign-on; the people who are
//! lost that way are named with the path, because that is what administrators look for.

mod lines;
mod membership;
mod touched;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::lines::Lines;
use self::membership::Membership;
use crate::source::{AppRole, AppRoleAssignment, DEFAULT_ACCESS, Directory};

/// How one user or group is assigned to the application.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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

/// The effective assignments of a whole directory. Whoever is assigned alike shares one value.
#[derive(Clone, Debug, Default)]
pub struct Assignments {
    membership: Arc<Membership>,
    /// By the numbers of the directory.
    of: Vec<Arc<EffectiveAssignment>>,
    /// Every value that somebody has.
    known: BTreeSet<Arc<EffectiveAssignment>>,
    /// Principals that the directory does not know.
    strangers: BTreeMap<String, EffectiveAssignment>,
    none: Arc<EffectiveAssignment>,
}

/// What became of other assignments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reassigned {
    /// The positions of the users and groups that are assigned otherwise than before, in order.
    pub changed: Vec<usize>,
    /// How many were looked at.
    pub looked_at: usize,
    /// For how many of these it was computed how they are assigned: those in the same groups share
    /// an answer.
    pub computed: usize,
}

impl Assignments {
    /// How one object is assigned; an unknown or unassigned id answers "not at all".
    pub fn of(&self, id: &str) -> &EffectiveAssignment {
        match self.membership.number(id) {
            Some(number) => self.at(number),
            None => self.strangers.get(id).unwrap_or(&self.none),
        }
    }

    /// The position of the object with a directory id: users first, then groups.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.membership.position(id)
    }

    fn at(&self, number: u32) -> &Arc<EffectiveAssignment> {
        let place = usize::try_from(number).ok().and_then(|at| self.of.get(at));
        place.unwrap_or(&self.none)
    }

    /// Takes over other lines under "Users and groups" of the same people. Only those are looked at
    /// whom a line concerns that is not as before.
    pub(crate) fn reassign(
        &mut self,
        app_roles: &[AppRole],
        before: &[AppRoleAssignment],
        after: &[AppRoleAssignment],
    ) -> Reassigned {
        let membership = Arc::clone(&self.membership);
        let lines = Lines::new(&membership, app_roles, after);
        let principals = touched::principals(before, after);
        let objects = touched::objects(&membership, &principals);
        let mut reassigned = Reassigned { looked_at: objects.len(), ..Reassigned::default() };
        let mut by_groups = BTreeMap::new();
        for number in objects {
            let mut compute = || {
                reassigned.computed += 1;
                self.shared(lines.standing(number))
            };
            let standing = match lines.groups_that_decide(number) {
                None => compute(),
                Some(groups) => Arc::clone(by_groups.entry(groups).or_insert_with(compute)),
            };
            if *self.at(number) != standing {
                reassigned.changed.extend(membership.positions(number));
                self.put(number, standing);
            }
        }
        drop(by_groups);
        self.known.retain(|standing| Arc::strong_count(standing) > 1);
        self.put_strangers(&lines, &principals, after);
        reassigned.changed.sort_unstable();
        reassigned
    }

    /// The value that others have, where it is the same.
    fn shared(&mut self, standing: EffectiveAssignment) -> Arc<EffectiveAssignment> {
        if standing == *self.none {
            return Arc::clone(&self.none);
        }
        if let Some(known) = self.known.get(&standing) {
            return Arc::clone(known);
        }
        let standing = Arc::new(standing);
        self.known.insert(Arc::clone(&standing));
        standing
    }

    fn put(&mut self, number: u32, standing: Arc<EffectiveAssignment>) {
        let place = usize::try_from(number).ok().and_then(|at| self.of.get_mut(at));
        place.into_iter().for_each(|place| *place = Arc::clone(&standing));
    }

    fn put_strangers(
        &mut self,
        lines: &Lines<'_>,
        principals: &BTreeSet<&str>,
        after: &[AppRoleAssignment],
    ) {
        for id in principals.iter().filter(|id| self.membership.number(id).is_none()) {
            match after.iter().any(|line| line.principal_id == **id) {
                true => drop(self.strangers.insert((*id).to_owned(), lines.stranger(id))),
                false => drop(self.strangers.remove(*id)),
            }
        }
    }
}

/// Indexes every assignment of the directory once.
pub fn effective(directory: &Directory) -> Assignments {
    let membership = Arc::new(Membership::of(directory));
    let none = Arc::new(EffectiveAssignment::default());
    let of = vec![Arc::clone(&none); membership.len()];
    let mut assignments = Assignments { membership, of, none, ..Assignments::default() };
    assignments.reassign(&directory.app_roles, &[], &directory.assignments);
    assignments
}

#[cfg(test)]
mod tests;
