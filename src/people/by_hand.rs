//! Changes made by hand, upon the people that were read or invented: made, and taken back again.

use provisioning::configuration::ObjectKind;
use provisioning::graph::people;
use provisioning::source::{Attributes, Directory, SourceObject, SourceValue};

pub mod typed;

use crate::draft::by_hand::{Change, Put, Typed};

/// The changes that are in force in a directory, each with what takes it back.
#[derive(Debug, Default)]
pub struct InForce(Vec<(Change, Back)>);

/// What takes a change back.
#[derive(Debug)]
enum Back {
    /// Nothing was changed.
    Nothing,
    /// Somebody was added.
    Added,
    /// Somebody was like this.
    Was(Box<SourceObject>),
    /// Somebody stood there, and was in these groups, each with the place among its members.
    Stood { object: Box<SourceObject>, at: usize, groups: Vec<(String, usize)> },
    /// Somebody was a member of the group, at this place, or was none.
    Membership(Option<usize>),
}

impl InForce {
    /// Whether just these changes are in force.
    pub fn is(&self, wanted: &[Change]) -> bool {
        self.0.iter().map(|(change, _)| change).eq(wanted)
    }

    /// Puts these changes in force in place of those that are. What both begin with stays.
    pub fn follow(&mut self, directory: &mut Directory, wanted: &[Change]) {
        let pairs = self.0.iter().zip(wanted);
        let same = pairs.take_while(|((change, _), wanted)| change == *wanted).count();
        while self.0.len() > same {
            if let Some((change, back)) = self.0.pop() {
                take_back(directory, &change, back);
            }
        }
        for change in wanted.iter().skip(same) {
            let back = make(directory, change);
            self.0.push((change.clone(), back));
        }
    }
}

/// A value as the directory holds it.
pub fn value(typed: &Typed) -> SourceValue {
    match typed {
        Typed::Text(text) => SourceValue::Text(text.clone()),
        Typed::Boolean(flag) => SourceValue::Boolean(*flag),
        Typed::Number(number) => SourceValue::Number(number.clone()),
        Typed::List(list) => SourceValue::List(list.clone()),
    }
}

/// The user or group with an id.
pub fn object<'d>(directory: &'d Directory, id: &str) -> Option<&'d SourceObject> {
    directory.users.iter().chain(&directory.groups).find(|object| object.id == id)
}

fn list(directory: &mut Directory, kind: ObjectKind) -> &mut Vec<SourceObject> {
    match kind {
        ObjectKind::User => &mut directory.users,
        ObjectKind::Group => &mut directory.groups,
    }
}

fn object_mut<'d>(directory: &'d mut Directory, id: &str) -> Option<&'d mut SourceObject> {
    directory.users.iter_mut().chain(&mut directory.groups).find(|object| object.id == id)
}

fn make(directory: &mut Directory, change: &Change) -> Back {
    match change {
        Change::Put(put) => put_in(directory, put),
        Change::Remove { id } => take_out(directory, id),
        Change::Member { group, id, is_member } => {
            let Some(group) = directory.groups.iter_mut().find(|each| each.id == *group) else {
                return Back::Nothing;
            };
            let at = group.members.iter().position(|member| member == id);
            match (at, is_member) {
                (Some(at), false) => drop(group.members.remove(at)),
                (None, true) => group.members.push(id.clone()),
                _ => return Back::Nothing,
            }
            Back::Membership(at)
        }
    }
}

fn put_in(directory: &mut Directory, put: &Put) -> Back {
    let change = |object: &mut SourceObject| {
        for (name, typed) in &put.attributes {
            people::set(object, name, typed.as_ref().map(value));
        }
        object.soft_deleted = put.soft_deleted.unwrap_or(object.soft_deleted);
    };
    if let Some(object) = object_mut(directory, &put.id) {
        let was = Box::new(object.clone());
        change(object);
        return Back::Was(was);
    }
    let mut object = SourceObject {
        id: put.id.clone(),
        kind: put.kind.into(),
        attributes: Attributes::new(),
        members: Vec::new(),
        soft_deleted: false,
    };
    people::set(&mut object, "objectId", Some(SourceValue::Text(put.id.clone())));
    change(&mut object);
    list(directory, object.kind).push(object);
    Back::Added
}

fn take_out(directory: &mut Directory, id: &str) -> Back {
    let Some(kind) = object(directory, id).map(|object| object.kind) else { return Back::Nothing };
    let objects = list(directory, kind);
    let Some(at) = objects.iter().position(|object| object.id == id) else { return Back::Nothing };
    let object = Box::new(objects.remove(at));
    let mut groups = Vec::new();
    for group in &mut directory.groups {
        if let Some(at) = group.members.iter().position(|member| member == id) {
            group.members.remove(at);
            groups.push((group.id.clone(), at));
        }
    }
    Back::Stood { object, at, groups }
}

fn take_back(directory: &mut Directory, change: &Change, back: Back) {
    let (Change::Put(Put { id, .. }) | Change::Remove { id } | Change::Member { id, .. }) = change;
    match (back, change) {
        (Back::Nothing, _) => {}
        (Back::Added, _) => drop(take_out(directory, id)),
        (Back::Was(was), _) => {
            if let Some(object) = object_mut(directory, id) {
                // Whoever has come into a group, or left it, since then stays where they are.
                let members = std::mem::take(&mut object.members);
                *object = SourceObject { members, ..*was };
            }
        }
        (Back::Stood { object, at, groups }, _) => {
            let objects = list(directory, object.kind);
            objects.insert(at.min(objects.len()), *object);
            for (group, at) in groups {
                put_member(directory, &group, id, at);
            }
        }
        (Back::Membership(Some(at)), Change::Member { group, .. }) => {
            put_member(directory, group, id, at);
        }
        (Back::Membership(_), Change::Member { group, .. }) => {
            if let Some(group) = object_mut(directory, group) {
                group.members.retain(|member| member != id);
            }
        }
        (Back::Membership(_), _) => {}
    }
}

fn put_member(directory: &mut Directory, group: &str, id: &str, at: usize) {
    if let Some(group) = object_mut(directory, group) {
        group.members.insert(at.min(group.members.len()), id.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::place::Kind;
    use crate::people::invented;

    fn put(id: &str, kind: Kind, department: &str) -> Change {
        let value = Some(Typed::Text(department.to_owned()));
        let attributes = [("department".to_owned(), value)].into();
        Change::Put(Put { id: id.to_owned(), kind, attributes, soft_deleted: Some(true) })
    }

    #[test]
    fn whatever_is_changed_can_be_taken_back() {
        let before = invented::tenant(50, 1);
        let ids = |at: usize| before.users[at].id.clone();
        let group = before.groups.iter().find(|group| group.members.contains(&ids(0))).unwrap();
        let member =
            |id: String, is_member| Change::Member { group: group.id.clone(), id, is_member };
        let all = [
            put(&ids(3), Kind::User, "Sales"),
            put("new", Kind::User, "Sales"),
            member("new".to_owned(), true),
            member(ids(0), false),
            Change::Remove { id: ids(0) },
            Change::Remove { id: group.id.clone() },
            Change::Remove { id: "new".to_owned() },
            Change::Remove { id: "nobody".to_owned() },
            put("team", Kind::Group, "x"),
        ];
        let (mut directory, mut in_force) = (before.clone(), InForce::default());
        in_force.follow(&mut directory, &all);
        assert!(in_force.is(&all) && object(&directory, "new").is_none());
        assert_eq!(directory.users.len(), before.users.len() - 1);
        assert_eq!(directory.groups.len(), before.groups.len());
        assert_eq!(directory.users[2].text("department"), Some("Sales"));
        assert!(directory.users[2].soft_deleted);
        assert!(directory.groups.iter().all(|group| !group.members.contains(&ids(0))));

        in_force.follow(&mut directory, &all[..4]);
        let found = object(&directory, &group.id).unwrap();
        assert_eq!(found.members.last().map(String::as_str), Some("new"));
        assert!(!found.members.contains(&ids(0)) && object(&directory, &ids(0)).is_some());
        in_force.follow(&mut directory, &[]);
        assert_eq!(directory, before, "in the same order too");
    }
}
