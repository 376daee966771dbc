//! A month in the tenant: somebody joins, moves, takes another name, is blocked, is deleted, and
//! those who were deleted the month before are gone for good. It gives later cycles something to do.

use provisioning::source::{Directory, SourceObject, SourceValue};

use super::dice::Dice;
use super::invented;

/// Lets a month pass, the first, the second and so on, and tells what has happened.
pub fn month(people: &mut Directory, number: u32) -> Vec<String> {
    let mut dice = Dice::seeded(u64::from(number) << 32);
    let mut told = purge(people);
    told.extend(join(people, &mut dice, number));
    told.extend(one_of(people, &mut dice, move_on));
    told.extend(one_of(people, &mut dice, rename));
    told.extend(one_of(people, &mut dice, block));
    told.extend(one_of(people, &mut dice, delete));
    told
}

/// Thirty days after the soft delete.
fn purge(people: &mut Directory) -> Vec<String> {
    let (gone, left) = std::mem::take(&mut people.users).into_iter().partition(|u| u.soft_deleted);
    people.users = left;
    let gone: Vec<SourceObject> = gone;
    for group in &mut people.groups {
        group.members.retain(|id| gone.iter().all(|user| user.id != *id));
    }
    let tell = |user: &SourceObject| format!("{} is deleted for good", user.label());
    gone.iter().map(tell).collect()
}

/// Somebody new, in the group that has the most members.
fn join(people: &mut Directory, dice: &mut Dice, number: u32) -> Option<String> {
    let user = invented::newcomer(people, dice, number);
    let told = format!("{} joins", user.label());
    let largest = people.groups.iter_mut().max_by_key(|group| group.members.len());
    let told = match largest {
        Some(group) => {
            group.members.push(user.id.clone());
            format!("{told}, and is put into {}", group.label())
        }
        None => told,
    };
    people.users.push(user);
    Some(told)
}

/// What happens to somebody, told in a sentence.
type Event = fn(&mut SourceObject, &mut Dice) -> String;

/// Lets something happen to one of those who work here.
fn one_of(people: &mut Directory, dice: &mut Dice, event: Event) -> Option<String> {
    let is_here = |user: &&mut SourceObject| user.is_enabled() && !user.soft_deleted;
    let mut here: Vec<&mut SourceObject> = people.users.iter_mut().filter(is_here).collect();
    let count = here.len();
    let chosen = dice.below(count)?;
    here.get_mut(chosen).map(|user| event(user, dice))
}

fn move_on(user: &mut SourceObject, dice: &mut Dice) -> String {
    let (department, title) = invented::position(dice);
    set(user, "department", department);
    set(user, "jobTitle", title);
    format!("{} moves to {department} as {title}", user.label())
}

fn rename(user: &mut SourceObject, dice: &mut Dice) -> String {
    let before = user.label().to_owned();
    let surname = invented::surname(dice);
    let name = match user.text("givenName") {
        Some(given) => format!("{given} {surname}"),
        None => surname.to_owned(),
    };
    set(user, "surname", surname);
    set(user, "displayName", &name);
    format!("{before} is called {name} now")
}

fn block(user: &mut SourceObject, _: &mut Dice) -> String {
    user.attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
    format!("The sign-in of {} is blocked", user.label())
}

fn delete(user: &mut SourceObject, _: &mut Dice) -> String {
    user.soft_deleted = true;
    format!("{} is deleted, and can be restored for 30 days", user.label())
}

fn set(user: &mut SourceObject, name: &str, value: &str) {
    user.attributes.insert(name.to_owned(), SourceValue::Text(value.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_brings_everything_that_later_cycles_handle() {
        let mut people = invented::tenant(50, 1);
        let before = people.clone();
        let deleted = people.users.iter().filter(|user| user.soft_deleted).count();
        let told = month(&mut people, 1);
        assert_eq!(told.len(), deleted + 5, "{told:?}");
        assert_eq!(people.users.len(), before.users.len() - deleted + 1);
        assert_eq!(people.users.iter().filter(|user| user.soft_deleted).count(), 1);
        let mut again = before.clone();
        assert_eq!(month(&mut again, 1), told);
        assert_eq!(again, people, "the same month brings the same");

        let second = month(&mut people, 2);
        assert!(second[0].ends_with("is deleted for good"), "{second:?}");
        assert!(second.iter().all(|line| !told.contains(line)), "{second:?}");
        let names: std::collections::BTreeSet<_> =
            people.users.iter().map(|user| user.text("userPrincipalName")).collect();
        assert_eq!(names.len(), people.users.len(), "nobody gets a name that is taken");
    }

    #[test]
    fn a_month_passes_where_nobody_is() {
        let told = month(&mut Directory::default(), 1);
        assert_eq!(
            told.len(),
            4,
            "one joins, moves, and is blocked, so that nobody is left: {told:?}"
        );
    }
}
