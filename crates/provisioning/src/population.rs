//! One directory seen through one configuration: who is in scope, and what each row yields.
//!
//! Everything that can be prepared once is prepared here, so that a person costs microseconds.

use std::sync::Arc;

use crate::ambient::Ambient;
use crate::assignment::{EffectiveAssignment, LostAssignment};
use crate::configuration::{AttributeMapping, Configuration, ObjectKind};
use crate::expression::Inputs;
use crate::mapping::{self, Desired, Live, Mapper};
use crate::scoping::{self, CompiledFilter, InScope};
use crate::source::{Directory, SourceObject};
use crate::tenant::Tenant;

/// A directory that is indexed, and a configuration with its rows compiled.
#[derive(Clone, Debug)]
pub struct Population {
    configuration: Configuration,
    tenant: Tenant,
    users: Side,
    groups: Side,
    ambient: Ambient,
    faults: Vec<String>,
}

/// What belongs to one kind of object.
#[derive(Clone, Debug)]
struct Side {
    mapper: Mapper,
    filter: Option<CompiledFilter>,
}

impl Population {
    /// Prepares a directory and a configuration for each other.
    ///
    /// A scoping filter that cannot be used is told by [`Population::faults`].
    pub fn new(configuration: Configuration, directory: Arc<Directory>, ambient: Ambient) -> Self {
        Self::over(configuration, &mut Tenant::new(directory), ambient)
    }

    /// The same over a directory that is indexed already.
    pub fn over(configuration: Configuration, tenant: &mut Tenant, ambient: Ambient) -> Self {
        let mut faults = Vec::new();
        let mut side = |kind: ObjectKind| {
            let mapping = configuration.mapping(kind);
            let problems = tenant.problems(kind, &mapping.filter);
            let (filter, problems) = match mapping.filter.compile() {
                Ok(filter) if problems.is_empty() => (Some(filter), problems),
                Ok(_) => (None, problems),
                Err(problems) => (None, problems),
            };
            faults.extend(problems.iter().map(|problem| {
                format!("{} of the {kind} mapping: {}", problem.place(), problem.message)
            }));
            Side { mapper: Mapper::new(mapping.clone()), filter }
        };
        let (users, groups) = (side(ObjectKind::User), side(ObjectKind::Group));
        Self { configuration, tenant: tenant.clone(), users, groups, ambient, faults }
    }

    /// Why the population cannot be judged; empty where it can.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// The configuration.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// The directory with its index.
    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// The directory.
    pub fn directory(&self) -> &Directory {
        self.tenant.directory()
    }

    /// The prepared rows of one kind.
    pub fn mapper(&self, kind: ObjectKind) -> &Mapper {
        &self.side(kind).mapper
    }

    /// How many users and groups there are.
    pub fn len(&self) -> usize {
        self.directory().users.len() + self.directory().groups.len()
    }

    /// Whether the directory is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The object at a position: users first, then groups, in the order of the source.
    pub fn object(&self, position: usize) -> Option<&SourceObject> {
        let directory = self.directory();
        let users = &directory.users;
        users.get(position).or_else(|| directory.groups.get(position.checked_sub(users.len())?))
    }

    /// The position of the object with a directory id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.tenant.position(id)
    }

    /// How an object is assigned to the application.
    pub fn assignment(&self, object: &SourceObject) -> &EffectiveAssignment {
        self.tenant.assignments().of(&object.id)
    }

    /// Through what an object is assigned, and which assignments do not reach it, in sentences
    /// without a full stop.
    pub fn because_assigned(&self, object: &SourceObject) -> Vec<String> {
        let name = |id: &String| {
            let found = self.position(id).and_then(|position| self.object(position));
            found.map_or_else(|| id.clone(), |object| object.label().to_owned())
        };
        let assignment = self.assignment(object);
        let itself = assignment.direct.then(|| "assigned itself".to_owned());
        let groups = assignment.groups.iter();
        let through = groups.map(|group| format!("assigned through the group {}", name(group)));
        let lost = assignment.lost.iter().map(|lost| match lost {
            LostAssignment::Nested(path) => format!(
                "not reached by an assigned group, because groups inside groups are not expanded: {}",
                path.iter().map(name).collect::<Vec<_>>().join(" in ")
            ),
            LostAssignment::NotSecurityEnabled(group) if *group == object.id => {
                "assigned itself, which does not count for a group that is not security-enabled"
                    .to_owned()
            }
            LostAssignment::NotSecurityEnabled(group) => {
                format!("not reached by the group {}, which is not security-enabled", name(group))
            }
        });
        let alone = assignment.has_default_access_alone().then(|| {
            "assigned with Default Access alone, so mappings of roles have no other role to send"
                .to_owned()
        });
        itself.into_iter().chain(through).chain(lost).chain(alone).collect()
    }

    /// Whether the filter of a kind can be used.
    pub fn can_scope(&self, kind: ObjectKind) -> bool {
        self.side(kind).filter.is_some()
    }

    /// The three gates for an object; nothing where the filter cannot be used.
    pub fn scope(&self, object: &SourceObject) -> Option<InScope> {
        let filter = self.side(object.kind).filter.as_ref()?;
        Some(scoping::determine(&self.configuration, filter, object, self.assignment(object)))
    }

    /// What expressions read for an object.
    pub fn inputs<'a>(&'a self, object: &'a SourceObject, is_soft_deleted: bool) -> Inputs<'a> {
        Inputs {
            object,
            roles: &self.assignment(object).roles,
            is_soft_deleted,
            default_domain: self.configuration.default_domain.as_deref(),
            ambient: &self.ambient,
        }
    }

    /// What every row yields for an object.
    pub fn desired(&self, object: &SourceObject, is_soft_deleted: bool) -> Desired {
        self.mapper(object.kind).apply(&self.inputs(object, is_soft_deleted))
    }

    /// What each row yields for an object, as text: the live column beside the rows.
    ///
    /// `IsSoftDeleted` is what it really is for this object. References are shown by name.
    pub fn live(&self, object: &SourceObject) -> Vec<Live> {
        let is_soft_deleted = self.scope(object).is_some_and(|scope| scope.is_soft_deleted());
        let inputs = self.inputs(object, is_soft_deleted);
        let mapper = self.mapper(object.kind);
        let rows = mapper.rows();
        rows.map(|(index, row)| match mapping::is_reference(&row.target) {
            true => self.live_reference(object, row),
            false => Live::of(&mapper.row(index, &inputs)),
        })
        .collect()
    }

    fn live_reference(&self, object: &SourceObject, row: &AttributeMapping) -> Live {
        let name = |id: &&str| {
            let found = self.position(id).and_then(|position| self.object(position));
            found.map_or((*id).to_owned(), |object| object.label().to_owned())
        };
        let ids = mapping::source_ids(object, row);
        match ids.len() {
            0 => Live::Null,
            1..=3 => Live::Value(ids.iter().map(name).collect::<Vec<_>>().join(", ")),
            many => Live::Value(format!("{many} references")),
        }
    }

    /// What the caller lent: the time, and where chance starts.
    pub fn ambient(&self) -> &Ambient {
        &self.ambient
    }

    fn side(&self, kind: ObjectKind) -> &Side {
        match kind {
            ObjectKind::User => &self.users,
            ObjectKind::Group => &self.groups,
        }
    }
}
