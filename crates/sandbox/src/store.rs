//! What the sandbox keeps: users, groups, and who belongs to which group.

mod index;
mod kept;
mod membership;
mod shelf;

use scim::message::ScimType;
use scim::resource::Resource;
use scim::schema::{Attribute, Schemas, Uniqueness};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

pub(crate) use self::kept::Kept;
use self::membership::Memberships;
pub(crate) use self::membership::{MemberRules, member_id, members};
pub(crate) use self::shelf::Shelf;
use crate::identifier::Identifiers;
use crate::letter_case::fold;
use crate::refusal::Refusal;
use crate::{Moment, ResourceType};

/// All resources of a sandbox.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    users: Shelf,
    groups: Shelf,
    memberships: Memberships,
    identifiers: Identifiers,
    /// Counts the changes: the version of a resource is the number of its last change.
    revision: u64,
}

impl Store {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            users: Shelf::new(ResourceType::User),
            groups: Shelf::new(ResourceType::Group),
            memberships: Memberships::default(),
            identifiers: Identifiers::new(seed),
            revision: 0,
        }
    }

    pub(crate) fn shelf(&self, resource_type: ResourceType) -> &Shelf {
        match resource_type {
            ResourceType::User => &self.users,
            ResourceType::Group => &self.groups,
        }
    }

    /// Stores a new resource under this id, or under a fresh one, and tells the id.
    pub(crate) fn create(
        &mut self,
        resource_type: ResourceType,
        attributes: Map<String, Value>,
        id: Option<String>,
        rules: MemberRules,
        now: Moment,
    ) -> Result<String, Refusal> {
        if let Some(id) = id.as_deref().filter(|id| self.type_of(id).is_some()) {
            return Err(Refusal::taken(format!("the id `{id}` is taken")));
        }
        let attributes = self.with_members(attributes, rules)?;
        let id = id.unwrap_or_else(|| self.fresh_id());
        let created = Value::from(now.to_string());
        self.put(resource_type, &id, attributes, created, now);
        Ok(id)
    }

    /// Stores attributes in the place of those that the resource had. Where they are the same,
    /// the resource is not modified (RFC 7644 section 3.5.2.1).
    pub(crate) fn replace(
        &mut self,
        resource_type: ResourceType,
        id: &str,
        attributes: Map<String, Value>,
        rules: MemberRules,
        now: Moment,
    ) -> Result<(), Refusal> {
        let attributes = self.with_members(attributes, rules)?;
        let before = self.shelf(resource_type).get(id);
        if before.as_ref().is_some_and(|before| has_exactly(before, &attributes)) {
            return Ok(());
        }
        let created = before.as_ref().map(created).unwrap_or_default();
        self.put(resource_type, id, attributes, created, now);
        Ok(())
    }

    /// Removes a resource, and it from the groups that hold it.
    pub(crate) fn remove(&mut self, resource_type: ResourceType, id: &str, now: Moment) {
        for group in self.memberships.groups_of(id) {
            self.expel(&group, id, now);
        }
        let removed = self.shelf_mut(resource_type).remove(id);
        if let Some(group) = removed.filter(|_| resource_type == ResourceType::Group) {
            let before = members(&group);
            self.memberships.follow(id, &before, &BTreeSet::new());
            before.iter().for_each(|member| self.derive_groups(member));
        }
    }

    /// Refuses a value that another resource has and only one may have.
    pub(crate) fn check_unique(
        &self,
        resource_type: ResourceType,
        attributes: &Map<String, Value>,
        own_id: Option<&str>,
        schemas: &Schemas,
    ) -> Result<(), Refusal> {
        let schema = schemas.get(resource_type.schema());
        let known = schema.into_iter().flat_map(|schema| &schema.attributes);
        for attribute in known.filter(|attribute| attribute.uniqueness != Uniqueness::None) {
            let name = attribute.name.as_str();
            let Some(value) = attributes.get(name).and_then(Value::as_str) else { continue };
            let clashes = |other: &Resource| {
                let other_value = other.get(name).and_then(Value::as_str);
                other.id() != own_id
                    && other_value.is_some_and(|other| is_same(attribute, value, other))
            };
            let holders = self.shelf(resource_type).holders(name, value);
            if holders.into_iter().map(Kept::read).any(|other| clashes(&other)) {
                let detail = format!(
                    "`{name}` must be unique: `{value}` is taken by another {resource_type}"
                );
                return Err(Refusal::taken(detail));
            }
        }
        Ok(())
    }

    fn shelf_mut(&mut self, resource_type: ResourceType) -> &mut Shelf {
        match resource_type {
            ResourceType::User => &mut self.users,
            ResourceType::Group => &mut self.groups,
        }
    }

    fn type_of(&self, id: &str) -> Option<ResourceType> {
        ResourceType::ALL.into_iter().find(|of| self.shelf(*of).holds(id))
    }

    fn fresh_id(&mut self) -> String {
        loop {
            let id = self.identifiers.next();
            if self.type_of(&id).is_none() {
                return id;
            }
        }
    }

    /// Sees to it that every member exists and stands in the list once, with its type; that is,
    /// as far as the rules ask for it.
    fn with_members(
        &self,
        mut attributes: Map<String, Value>,
        rules: MemberRules,
    ) -> Result<Map<String, Value>, Refusal> {
        let Some(Value::Array(listed)) = attributes.get_mut("members") else {
            return Ok(attributes);
        };
        let mut seen = BTreeSet::new();
        let mut kept = Vec::with_capacity(listed.len());
        for member in std::mem::take(listed) {
            let id = member_id(&member).ok_or_else(|| {
                let detail = "a value of `members` must have a `value`: the id of a user or group";
                Refusal::invalid(ScimType::InvalidValue, detail)
            })?;
            let resource_type = self.type_of(id);
            if resource_type.is_none() && !rules.unknown_accepted {
                let detail = format!("`members` names `{id}`, but no user or group has this id");
                return Err(Refusal::invalid(ScimType::InvalidValue, detail));
            }
            if seen.insert(id.to_owned()) || rules.repeated {
                kept.push(match resource_type {
                    Some(resource_type) => reference(member, resource_type),
                    None => member,
                });
            }
        }
        *listed = kept;
        Ok(attributes)
    }

    fn put(
        &mut self,
        resource_type: ResourceType,
        id: &str,
        attributes: Map<String, Value>,
        created: Value,
        now: Moment,
    ) {
        self.revision += 1;
        let mut resource = Map::new();
        resource.insert("schemas".to_owned(), Value::Null);
        resource.insert("id".to_owned(), Value::from(id));
        resource.extend(attributes);
        let meta = json!({
            "resourceType": resource_type.name(),
            "created": created,
            "lastModified": now.to_string(),
            "location": address(resource_type, id),
            "version": version(self.revision),
        });
        resource.insert("meta".to_owned(), meta);
        let resource = Resource::from(resource);
        match resource_type {
            ResourceType::User => {
                self.users.put(id, &resource);
                self.derive_groups(id);
            }
            ResourceType::Group => self.put_group(id, resource),
        }
    }

    fn put_group(&mut self, id: &str, group: Resource) {
        let old = self.groups.get(id);
        let name = old.as_ref().and_then(|old| old.get("displayName"));
        let renamed = name != group.get("displayName");
        let (before, after) = (old.as_ref().map(members).unwrap_or_default(), members(&group));
        self.groups.put(id, &group);
        self.memberships.follow(id, &before, &after);
        let touched: Vec<&String> = if renamed {
            before.union(&after).collect()
        } else {
            before.symmetric_difference(&after).collect()
        };
        touched.into_iter().for_each(|member| self.derive_groups(member));
    }

    fn expel(&mut self, group: &str, member: &str, now: Moment) {
        let Some(resource) = self.groups.get(group) else { return };
        let mut attributes = resource.as_map().clone();
        let created = created(&resource);
        if let Some(Value::Array(listed)) = attributes.get_mut("members") {
            listed.retain(|listed| member_id(listed) != Some(member));
            if listed.is_empty() {
                attributes.shift_remove("members");
            }
        }
        self.put(ResourceType::Group, group, attributes, created, now);
    }

    /// Writes the read-only `groups` of a user. Its version changes, since what is read changes;
    /// `lastModified` does not, since nobody modified the user.
    fn derive_groups(&mut self, user: &str) {
        let groups: Vec<Value> = self
            .memberships
            .groups_of(user)
            .iter()
            .filter_map(|id| self.groups.get(id).map(|group| (id, group)))
            .map(|(id, group)| {
                let display = group.get("displayName");
                json!({ "value": id, "$ref": address(ResourceType::Group, id), "display": display, "type": "direct" })
            })
            .collect();
        let revision = self.revision + 1;
        let mut is_other = false;
        self.users.amend(user, |resource| {
            if groups.is_empty() && resource.shift_remove("groups").is_none() {
                return;
            }
            is_other = true;
            if !groups.is_empty() {
                resource.insert("groups".to_owned(), Value::Array(groups));
            }
            if let Some(Value::Object(meta)) = resource.get_mut("meta") {
                meta.insert("version".to_owned(), version(revision));
            }
        });
        self.revision += u64::from(is_other);
    }
}

/// Whether these are all the attributes of a resource but those that the store itself writes.
fn has_exactly(resource: &Resource, attributes: &Map<String, Value>) -> bool {
    let written_here = ["id", "meta", "groups"];
    let others =
        || resource.as_map().iter().filter(|(name, _)| !written_here.contains(&name.as_str()));
    others().count() == attributes.len()
        && others().all(|(name, value)| attributes.get(name) == Some(value))
}

fn created(resource: &Resource) -> Value {
    resource.get("meta").and_then(|meta| meta.get("created")).cloned().unwrap_or_default()
}

/// A weak entity tag (RFC 7644 section 3.14): members of a list may change their order.
fn version(revision: u64) -> Value {
    Value::from(format!("W/\"{revision}\""))
}

/// Where a resource lies below the base; an answer puts the base before it.
fn address(resource_type: ResourceType, id: &str) -> String {
    format!("/{}/{id}", resource_type.endpoint())
}

/// A member with what the server knows about it.
fn reference(mut member: Value, resource_type: ResourceType) -> Value {
    let target = member_id(&member).map(|id| address(resource_type, id));
    if let Value::Object(member) = &mut member {
        member.extend(target.map(|target| ("$ref".to_owned(), Value::from(target))));
        member.insert("type".to_owned(), Value::from(resource_type.name()));
    }
    member
}

fn is_same(attribute: &Attribute, one: &str, other: &str) -> bool {
    if attribute.case_exact { one == other } else { fold(one) == fold(other) }
}
