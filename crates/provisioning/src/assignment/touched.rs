//! Whom other assignments may concern: nobody else is looked at.

use std::collections::{BTreeMap, BTreeSet};

use super::membership::Membership;
use crate::source::AppRoleAssignment;

/// The principals without whose lines both lists are the same.
pub(super) fn principals<'a>(
    before: &'a [AppRoleAssignment],
    after: &'a [AppRoleAssignment],
) -> BTreeSet<&'a str> {
    let (before, after) = between(before, after);
    let (was, is) = (roles_of(&before), roles_of(&after));
    let differs = |id: &&&str| was.get(**id) != is.get(**id);
    let mut touched: BTreeSet<&str> =
        was.keys().chain(is.keys()).filter(differs).copied().collect();
    // The order among principals counts too: it is the order of somebody's roles and groups.
    let stayed = |lines: Vec<&'a AppRoleAssignment>| -> Vec<&'a AppRoleAssignment> {
        lines.into_iter().filter(|line| !touched.contains(line.principal_id.as_str())).collect()
    };
    let (before, after) = (stayed(before), stayed(after));
    let (before, after) = between(before, after);
    touched.extend(before.iter().chain(&after).map(|line| line.principal_id.as_str()));
    touched
}

/// Both lists without what they begin and end with alike.
fn between<'a, T: IntoIterator<Item = &'a AppRoleAssignment>>(
    before: T,
    after: T,
) -> (Vec<&'a AppRoleAssignment>, Vec<&'a AppRoleAssignment>) {
    let (mut before, mut after): (Vec<_>, Vec<_>) =
        (before.into_iter().collect(), after.into_iter().collect());
    let alike = |(one, other): &(&&AppRoleAssignment, &&AppRoleAssignment)| one == other;
    let end = before.iter().rev().zip(after.iter().rev()).take_while(alike).count();
    before.truncate(before.len() - end);
    after.truncate(after.len() - end);
    let start = before.iter().zip(&after).take_while(alike).count();
    (before.split_off(start), after.split_off(start))
}

fn roles_of<'a>(lines: &[&'a AppRoleAssignment]) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut roles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in lines {
        roles.entry(&line.principal_id).or_default().push(&line.app_role_id);
    }
    roles
}

/// The principals themselves, and whoever is in one of them or in a group inside it.
pub(super) fn objects(membership: &Membership, principals: &BTreeSet<&str>) -> Vec<u32> {
    let mut seen = vec![false; membership.len()];
    let mut found: Vec<u32> = Vec::new();
    let mut take = |number: u32, found: &mut Vec<u32>| {
        let place = usize::try_from(number).ok().and_then(|at| seen.get_mut(at));
        if let Some(place) = place.filter(|place| !**place) {
            *place = true;
            found.push(number);
        }
    };
    for number in principals.iter().filter_map(|id| membership.number(id)) {
        take(number, &mut found);
    }
    let mut at = 0;
    while let Some(number) = found.get(at).copied() {
        for member in membership.members(number) {
            take(*member, &mut found);
        }
        at += 1;
    }
    found
}
