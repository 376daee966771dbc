//! Who belongs to which group: the other side of `members` (RFC 7643 section 4.1.2, `groups`).

use std::collections::{BTreeMap, BTreeSet};

use scim::resource::Resource;
use serde_json::Value;

/// What may stand under `members`; by the RFC whoever exists, and once.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MemberRules {
    /// Members who do not exist are taken.
    pub(crate) unknown_accepted: bool,
    /// A member who is named again is listed again.
    pub(crate) repeated: bool,
}

/// The groups of every member, by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memberships {
    groups: BTreeMap<String, BTreeSet<String>>,
}

impl Memberships {
    /// The ids of the groups that hold this member themselves.
    pub(crate) fn groups_of(&self, member: &str) -> Vec<String> {
        self.groups.get(member).into_iter().flatten().cloned().collect()
    }

    /// Follows a group whose members were `before` and are `after`.
    pub(crate) fn follow(
        &mut self,
        group: &str,
        before: &BTreeSet<String>,
        after: &BTreeSet<String>,
    ) {
        for member in after.difference(before) {
            self.groups.entry(member.clone()).or_default().insert(group.to_owned());
        }
        for member in before.difference(after) {
            if let Some(groups) = self.groups.get_mut(member) {
                groups.remove(group);
                if groups.is_empty() {
                    self.groups.remove(member);
                }
            }
        }
    }
}

/// The ids under `members`.
pub(crate) fn members(group: &Resource) -> BTreeSet<String> {
    let members = group.get("members").and_then(Value::as_array);
    members.into_iter().flatten().filter_map(member_id).map(str::to_owned).collect()
}

/// The id that one of the values of `members` holds.
pub(crate) fn member_id(member: &Value) -> Option<&str> {
    member.get("value").and_then(Value::as_str)
}
