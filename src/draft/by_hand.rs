//! What was changed by hand in the people in use: it lies upon whatever was read or invented, so that
//! one undo takes a change back and 100,000 people need not be kept for one of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::place::Kind;

/// So many changes are kept; for more, the file is the better place.
pub const MOST: usize = 500;

/// The changes, in the order in which they are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ByHand(Vec<Change>);

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Change {
    /// A user or group has these values; whoever is not there is added.
    Put(Put),
    /// A user or group is taken out, and out of the groups.
    Remove {
        /// Its directory object id.
        id: String,
    },
    /// Somebody is a direct member of a group, or is not.
    Member {
        /// The id of the group.
        group: String,
        /// The id of the member.
        id: String,
        /// Whether it is one.
        is_member: bool,
    },
}

/// What a user or group has from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Put {
    /// The directory object id.
    pub id: String,
    /// User or group.
    pub kind: Kind,
    /// Attributes by their exact name; without a value they are empty from now on. Others stay.
    pub attributes: BTreeMap<String, Option<Typed>>,
    /// Deleted, so that it can be restored; nothing leaves that as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soft_deleted: Option<bool>,
}

/// A value that was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Typed {
    /// True or false.
    Boolean(bool),
    /// A number.
    Number(serde_json::Number),
    /// Text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
}

impl Change {
    fn concerns(&self, wanted: &str) -> bool {
        match self {
            Self::Put(put) => put.id == wanted,
            Self::Remove { id } => id == wanted,
            Self::Member { group, id, .. } => id == wanted || group == wanted,
        }
    }
}

impl ByHand {
    /// The changes, the first one first.
    pub fn changes(&self) -> &[Change] {
        &self.0
    }

    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Makes one more change. What it takes the place of is forgotten.
    pub fn make(&mut self, change: Change) {
        match &change {
            Change::Put(put) => {
                let known = self.0.iter_mut().find_map(|each| match each {
                    Change::Put(known) if known.id == put.id => Some(known),
                    _ => None,
                });
                if let Some(known) = known {
                    known.attributes.extend(put.attributes.clone());
                    known.soft_deleted = put.soft_deleted.or(known.soft_deleted);
                    return;
                }
            }
            Change::Remove { id } => self.0.retain(|each| !each.concerns(id)),
            Change::Member { group, id, .. } => self.0.retain(|each| {
                !matches!(each, Change::Member { group: other, id: who, .. }
                    if other == group && who == id)
            }),
        }
        self.0.push(change);
    }

    /// How many users and groups were changed.
    pub fn count(&self) -> usize {
        let mut ids: Vec<&str> = self
            .0
            .iter()
            .map(|each| match each {
                Change::Put(put) => put.id.as_str(),
                Change::Remove { id } | Change::Member { id, .. } => id,
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(id: &str, name: &str, value: Option<&str>) -> Change {
        let value = value.map(|text| Typed::Text(text.to_owned()));
        Change::Put(Put {
            id: id.to_owned(),
            kind: Kind::User,
            attributes: [(name.to_owned(), value)].into(),
            soft_deleted: None,
        })
    }

    fn member(group: &str, id: &str, is_member: bool) -> Change {
        Change::Member { group: group.to_owned(), id: id.to_owned(), is_member }
    }

    #[test]
    fn what_takes_the_place_of_a_change_is_one_with_it() {
        let mut all = ByHand::default();
        all.make(put("ada", "department", Some("Sales")));
        all.make(member("staff", "ada", true));
        all.make(put("ada", "department", None));
        all.make(put("ada", "jobTitle", Some("Lead")));
        all.make(member("staff", "ada", false));
        assert_eq!((all.changes().len(), all.count()), (2, 1), "{all:?}");
        let Change::Put(known) = &all.changes()[0] else { panic!("{all:?}") };
        assert_eq!(known.attributes["department"], None);
        assert_eq!(known.attributes["jobTitle"], Some(Typed::Text("Lead".to_owned())));

        all.make(put("bob", "department", None));
        all.make(Change::Remove { id: "ada".to_owned() });
        assert_eq!(all.changes().len(), 2, "what was changed of somebody goes along: {all:?}");
        assert_eq!(all.count(), 2);
    }

    #[test]
    fn typed_values_come_back_as_what_they_were() {
        let values = [
            Typed::Boolean(true),
            Typed::Number(7.into()),
            Typed::Text("True".to_owned()),
            Typed::List(vec!["7".to_owned()]),
        ];
        for value in values {
            let text = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<Typed>(&text).unwrap(), value);
        }
    }
}
