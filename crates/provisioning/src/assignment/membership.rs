//! The objects of a directory by number, and who is a direct member of which group.
//!
//! It depends on the people alone, so it outlives every change of the assignments.

use crate::holders::{Holders, hash};
use crate::source::{Directory, SourceObject, SourceValue};

/// Who is in which group: users first, then groups, both in the order of the source, then the
/// members of groups that nobody is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Membership {
    ids: Ids,
    users: usize,
    /// Users and groups.
    objects: usize,
    /// For each group, whether it can carry assignments.
    is_security: Vec<bool>,
    members: Lists,
    /// The groups among the members.
    inner: Lists,
    groups_of: Lists,
}

impl Membership {
    pub(crate) fn of(directory: &Directory) -> Self {
        let mut ids = Ids::default();
        let objects = directory.users.iter().chain(&directory.groups);
        objects.for_each(|object| _ = ids.add(&object.id));
        let mut membership = Self {
            users: directory.users.len(),
            objects: ids.len(),
            is_security: directory.groups.iter().map(is_security_enabled).collect(),
            ids,
            ..Self::default()
        };
        membership.add_members(&directory.groups);
        membership
    }

    fn add_members(&mut self, groups: &[SourceObject]) {
        for group in groups {
            for member in &group.members {
                let known = self.ids.number(member);
                let number = known.unwrap_or_else(|| self.ids.add(member));
                self.members.all.push(number);
                if self.is_group(number) {
                    self.inner.all.push(number);
                }
            }
            self.members.end();
            self.inner.end();
        }
        let mut pairs = Vec::with_capacity(self.members.all.len());
        for group in (self.users..self.objects).filter_map(|at| u32::try_from(at).ok()) {
            // Of two groups with one id the last one counts, as for every object.
            if self.number(self.id(group)) == Some(group) {
                pairs.extend(self.members(group).iter().map(|member| (*member, group)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        self.groups_of = Lists::of_sorted(self.ids.len(), &pairs);
        self.ids.shrink_to_fit();
        self.members.all.shrink_to_fit();
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The number of an id that the directory knows.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.ids.number(id)
    }

    /// The position of the object with a directory id: users first, then groups.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        let number = usize::try_from(self.number(id)?).ok()?;
        (number < self.objects).then_some(number)
    }

    /// The positions of all objects that have the id of this number.
    pub(super) fn positions(&self, number: u32) -> impl Iterator<Item = usize> {
        let all = self.ids.all(self.id(number)).filter_map(|each| usize::try_from(each).ok());
        all.filter(|position| *position < self.objects)
    }

    pub(super) fn id(&self, number: u32) -> &str {
        self.ids.get(number)
    }

    pub(super) fn is_group(&self, number: u32) -> bool {
        usize::try_from(number).is_ok_and(|at| (self.users..self.objects).contains(&at))
    }

    /// Whether assignments reach the object itself: whoever is no group, and security groups.
    pub(super) fn can_carry(&self, number: u32) -> bool {
        self.group_at(number).and_then(|at| self.is_security.get(at)).is_none_or(|known| *known)
    }

    /// The direct members of a group.
    pub(super) fn members(&self, group: u32) -> &[u32] {
        self.group_at(group).map(|at| self.members.get(at)).unwrap_or_default()
    }

    /// The groups among the direct members of a group.
    pub(super) fn inner(&self, group: u32) -> &[u32] {
        self.group_at(group).map(|at| self.inner.get(at)).unwrap_or_default()
    }

    /// The groups of which an object is a direct member, each once.
    pub(super) fn groups_of(&self, number: u32) -> &[u32] {
        usize::try_from(number).map(|at| self.groups_of.get(at)).unwrap_or_default()
    }

    fn group_at(&self, number: u32) -> Option<usize> {
        usize::try_from(number).ok()?.checked_sub(self.users)
    }
}

/// Whether a group can carry assignments; a group that does not say is taken for a security group.
fn is_security_enabled(group: &SourceObject) -> bool {
    group.get("securityEnabled") != Some(&SourceValue::Boolean(false))
}

/// Numbered ids, one behind the other.
#[derive(Clone, Debug, Default)]
struct Ids {
    text: String,
    ends: Vec<usize>,
    holders: Holders,
}

impl Ids {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn add(&mut self, id: &str) -> u32 {
        let number = u32::try_from(self.len()).unwrap_or(u32::MAX - 1);
        self.text.push_str(id);
        self.ends.push(self.text.len());
        self.holders.insert(hash(id), number);
        number
    }

    fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    fn get(&self, number: u32) -> &str {
        let Ok(at) = usize::try_from(number) else { return "" };
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let Some(end) = self.ends.get(at) else { return "" };
        self.text.get(start.unwrap_or_default()..*end).unwrap_or_default()
    }

    fn all(&self, id: &str) -> impl Iterator<Item = u32> {
        self.holders.find(hash(id)).filter(move |number| self.get(*number) == id)
    }

    /// The last one that has an id.
    fn number(&self, id: &str) -> Option<u32> {
        self.all(id).max()
    }
}

/// Lists of numbers, one behind the other.
#[derive(Clone, Debug, Default)]
struct Lists {
    all: Vec<u32>,
    ends: Vec<usize>,
}

impl Lists {
    /// So many lists, of pairs in order: the list, and what is in it.
    fn of_sorted(count: usize, pairs: &[(u32, u32)]) -> Self {
        let mut lists =
            Self { all: pairs.iter().map(|(_, each)| *each).collect(), ends: vec![0; count] };
        for (at, (list, _)) in pairs.iter().enumerate() {
            let list = usize::try_from(*list).unwrap_or(usize::MAX);
            lists.ends.get_mut(list).into_iter().for_each(|end| *end = at + 1);
        }
        let mut last = 0;
        for end in &mut lists.ends {
            last = last.max(*end);
            *end = last;
        }
        lists
    }

    fn end(&mut self) {
        self.ends.push(self.all.len());
    }

    fn get(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let Some(end) = self.ends.get(at) else { return &[] };
        self.all.get(start.unwrap_or_default()..*end).unwrap_or_default()
    }
}
