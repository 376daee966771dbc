//! A directory with what is known of it under any configuration: where everybody stands, how
//! everybody is assigned, and what kind of value an attribute has.
//!
//! Indexing very many people takes longer than judging them, so it outlives a configuration.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assignment::{self, Assignments, Reassigned};
use crate::configuration::ObjectKind;
use crate::expression::infer::ValueKind;
use crate::scoping::{self, ClauseProblem, ScopingFilter};
use crate::source::{AppRoleAssignment, Directory, SourceObject};

/// A directory, indexed once. A copy shares everything.
#[derive(Clone, Debug, Default)]
pub struct Tenant {
    directory: Arc<Directory>,
    assignments: Arc<Assignments>,
    /// What the attributes hold that filters have named.
    kinds: BTreeMap<(ObjectKind, String), Option<ValueKind>>,
}

impl Tenant {
    /// Indexes a directory. Every guest is known by the home address, as attribute mappings see
    /// them.
    pub fn new(directory: Arc<Directory>) -> Self {
        let directory = directory.with_home_addresses();
        Self {
            assignments: Arc::new(assignment::effective(&directory)),
            directory,
            kinds: BTreeMap::new(),
        }
    }

    /// The same people with other assignments.
    #[must_use]
    pub fn reassigned(mut self, assignments: Vec<AppRoleAssignment>) -> Self {
        self.reassign(assignments);
        self
    }

    /// Puts other assignments in place of those before. Nobody is looked at whom the difference
    /// does not concern.
    pub fn reassign(&mut self, assignments: Vec<AppRoleAssignment>) -> Reassigned {
        if self.directory.assignments == assignments {
            return Reassigned::default();
        }
        let directory = Arc::make_mut(&mut self.directory);
        let before = std::mem::replace(&mut directory.assignments, assignments);
        let indexed = Arc::make_mut(&mut self.assignments);
        indexed.reassign(&directory.app_roles, &before, &directory.assignments)
    }

    /// The directory.
    pub fn directory(&self) -> &Arc<Directory> {
        &self.directory
    }

    /// The directory alone, to be changed and indexed anew.
    pub fn into_directory(self) -> Directory {
        Arc::unwrap_or_clone(self.directory)
    }

    /// How everybody is assigned.
    pub fn assignments(&self) -> &Assignments {
        &self.assignments
    }

    /// The position of the object with a directory id: users first, then groups.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.assignments.position(id)
    }

    /// The objects of one kind.
    pub fn objects(&self, kind: ObjectKind) -> &[SourceObject] {
        match kind {
            ObjectKind::User => &self.directory.users,
            ObjectKind::Group => &self.directory.groups,
        }
    }

    /// Why a filter cannot be used on the objects of a kind, as far as that can be seen without
    /// building a regular expression. What an attribute holds is looked for once.
    pub fn problems(&mut self, kind: ObjectKind, filter: &ScopingFilter) -> Vec<ClauseProblem> {
        for clause in filter.groups.iter().flat_map(|group| &group.clauses) {
            let key = (kind, clause.attribute.trim().to_owned());
            if !self.kinds.contains_key(&key) {
                let found = scoping::kind_of(&key.1, self.objects(kind));
                self.kinds.insert(key, found);
            }
        }
        let known = |name: &str| self.kinds.get(&(kind, name.to_owned())).copied().flatten();
        scoping::problems_by(filter, &known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoping::{Clause, FilterGroup, Operator};
    use crate::source::{Attributes, DEFAULT_ACCESS, SourceValue};

    fn somebody(id: &str, attribute: &str, value: SourceValue) -> SourceObject {
        SourceObject {
            id: id.to_owned(),
            kind: ObjectKind::User,
            attributes: Attributes::from([(attribute.to_owned(), value)]),
            members: Vec::new(),
            soft_deleted: false,
        }
    }

    fn tenant() -> Tenant {
        let list = SourceValue::List(vec!["a".to_owned()]);
        let users = vec![
            somebody("ada", "department", SourceValue::Text("Sales".to_owned())),
            somebody("bob", "businessPhones", list),
        ];
        Tenant::new(Arc::new(Directory { users, ..Directory::default() }))
    }

    #[test]
    fn other_assignments_leave_the_people_where_they_are() {
        let assigned = AppRoleAssignment {
            principal_id: "bob".to_owned(),
            app_role_id: DEFAULT_ACCESS.to_owned(),
        };
        let before = tenant();
        let after = before.reassigned(vec![assigned.clone()]);
        assert!(after.assignments().of("bob").direct && !after.assignments().of("ada").direct);
        let indexed = Arc::clone(&after.assignments);
        let same = after.reassigned(vec![assigned]);
        assert!(Arc::ptr_eq(&indexed, &same.assignments), "the same assignments are not indexed");
        assert_eq!(same.position("bob"), Some(1));
    }

    #[test]
    fn a_filter_is_held_against_what_attributes_hold() {
        let clause = |attribute: &str| Clause {
            attribute: attribute.to_owned(),
            operator: Operator::Equals,
            values: vec!["x".to_owned()],
        };
        let clauses = ["department", "businessPhones", "nobodyHasIt"].map(clause).to_vec();
        let groups = vec![FilterGroup { name: "g".to_owned(), clauses }];
        let filter = ScopingFilter { groups };
        let mut tenant = tenant();
        let problems = tenant.problems(ObjectKind::User, &filter);
        assert_eq!(problems, filter.problems_over(&tenant.directory.users));
        assert_eq!(problems.iter().map(|p| p.clause).collect::<Vec<_>>(), [Some(1)]);
    }
}
