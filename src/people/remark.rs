//! What is worth knowing of people that were read, though nothing of it is wrong.

use std::collections::{BTreeMap, BTreeSet};

use provisioning::source::{Directory, SourceObject, SourceValue};

use crate::numeral::grouped;

/// A sentence for each kind of thing that was found, with an example.
pub fn remarks(directory: &Directory) -> Vec<String> {
    let ids: BTreeSet<&str> = everybody(directory).map(|object| object.id.as_str()).collect();
    let found = [
        dangling_members(directory, &ids),
        circle(directory),
        unknown_managers(directory, &ids),
        unknown_principals(directory, &ids),
        hidden_letters(directory),
        formulas(directory),
    ];
    found.into_iter().flatten().collect()
}

fn everybody(directory: &Directory) -> impl Iterator<Item = &SourceObject> {
    directory.users.iter().chain(&directory.groups)
}

/// "1 member", "2 members".
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(count)) }
}

fn dangling_members(directory: &Directory, ids: &BTreeSet<&str>) -> Option<String> {
    let missing = |group: &&SourceObject| {
        group.members.iter().filter(|id| !ids.contains(id.as_str())).count()
    };
    let count: usize = directory.groups.iter().map(|group| missing(&group)).sum();
    let first = directory.groups.iter().find(|group| missing(group) > 0)?;
    Some(format!(
        "{} of groups, for example of {}, stand in no file: devices and contacts, or people who are \
         missing. They are passed over.",
        counted(count, "member"),
        first.label()
    ))
}

/// Groups that hold each other; whoever expands them must not go round for ever.
fn circle(directory: &Directory) -> Option<String> {
    let groups: BTreeMap<&str, &SourceObject> =
        directory.groups.iter().map(|group| (group.id.as_str(), group)).collect();
    let mut done = BTreeSet::new();
    for start in groups.keys() {
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_path = BTreeSet::from([*start]);
        while let Some((id, next)) = path.last_mut() {
            let group = groups.get(id);
            let member = group.and_then(|group| group.members.get(*next));
            *next += 1;
            match member.map(String::as_str) {
                None => {
                    on_path.remove(*id);
                    done.insert(*id);
                    path.pop();
                }
                Some(member) if on_path.contains(member) => {
                    let (group, member) = (group?.label(), groups.get(member)?.label());
                    return Some(format!(
                        "The group {group} holds {member}, which leads back to it. Entra counts \
                         direct members only, so this changes nothing here."
                    ));
                }
                Some(member) if groups.contains_key(member) && !done.contains(member) => {
                    on_path.insert(member);
                    path.push((member, 0));
                }
                Some(_) => {}
            }
        }
    }
    None
}

fn unknown_managers(directory: &Directory, ids: &BTreeSet<&str>) -> Option<String> {
    let is_unknown =
        |user: &&SourceObject| user.text("manager").is_some_and(|manager| !ids.contains(manager));
    let mut users = directory.users.iter().filter(is_unknown);
    let first = users.next()?;
    let count = 1 + users.count();
    let of = counted(count, "user");
    Some(format!("The managers of {of}, for example of {}, stand in no file.", first.label()))
}

fn unknown_principals(directory: &Directory, ids: &BTreeSet<&str>) -> Option<String> {
    let unknown =
        directory.assignments.iter().filter(|line| !ids.contains(line.principal_id.as_str()));
    let count = unknown.count();
    (count > 0).then(|| {
        let (what, verb) =
            (counted(count, "assignment"), if count == 1 { "names" } else { "name" });
        format!("{what} {verb} users or groups that stand in no file.")
    })
}

/// Somebody with a text that passes a test, and how many such texts there are.
fn texts(directory: &Directory, test: fn(&str) -> bool) -> Option<(usize, String)> {
    let has = |object: &SourceObject| {
        let texts = object.attributes.iter().filter_map(|(name, value)| match value {
            SourceValue::Text(text) if test(text) => Some(name.clone()),
            _ => None,
        });
        texts.collect::<Vec<_>>()
    };
    let mut first = None;
    let mut count = 0;
    for object in everybody(directory) {
        let names = has(object);
        count += names.len();
        if let (None, Some(name)) = (&first, names.first()) {
            first = Some(format!("`{name}` of {}", object.id));
        }
    }
    Some((count, first?))
}

fn hidden_letters(directory: &Directory) -> Option<String> {
    let (count, first) = texts(directory, |text| text.contains(is_hidden))?;
    let values = counted(count, "value");
    Some(format!(
        "Control or direction marks that cannot be seen stand in {values}, for example in {first}. \
         They are kept, and would be provisioned."
    ))
}

fn is_hidden(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn formulas(directory: &Directory) -> Option<String> {
    let (count, first) = texts(directory, |text| text.starts_with(['=', '@']))?;
    let values = counted(count, "value");
    Some(format!(
        "A spreadsheet would compute {values}, for example {first}. They are text here, and files \
         that are saved disarm them."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Vec<String> {
        remarks(&crate::people::read(json).unwrap())
    }

    #[test]
    fn sound_people_are_not_remarked_on() {
        assert_eq!(remarks(&crate::people::invented::tenant(300, 1)), Vec::<String>::new());
    }

    #[test]
    fn each_kind_is_told_once_with_an_example() {
        let told = of(
            "{\"users\":[{\"id\":\"1\",\"displayName\":\"=1+1\",\"manager\":{\"id\":\"x\"}},
                {\"id\":\"2\",\"displayName\":\"a\\u202eb\",\"department\":\"\\u0001\"}],
              \"groups\":[{\"id\":\"g\",\"displayName\":\"Desk\",\"members\":[\"1\",\"y\",\"z\",\"h\"]},
                {\"id\":\"h\",\"displayName\":\"Hall\",\"members\":[\"g\"]}],
              \"appRoleAssignedTo\":[{\"principalId\":\"gone\"}]}",
        );
        assert_eq!(told.len(), 6, "{told:#?}");
        let begins = [
            "2 members of groups, for example of Desk",
            "The group Hall holds Desk",
            "The managers of 1 user",
            "1 assignment names",
            "Control or direction marks",
            "A spreadsheet",
        ];
        for (sentence, begin) in told.iter().zip(begins) {
            assert!(sentence.starts_with(begin), "{sentence}");
        }
        assert!(told[4].contains("2 values, for example in `department` of 2"), "{}", told[4]);
    }

    #[test]
    fn a_group_in_itself_and_a_long_chain_are_no_trouble() {
        assert_eq!(of(r#"[{"id":"g","groupTypes":[],"members":["g"]}]"#).len(), 1);
        let chain: Vec<String> = (0..20_000)
            .map(|n| {
                format!(
                    "{{\"id\":\"{n}\",\"groupTypes\":[],\"members\":[\"{}\"]}}",
                    (n + 1) % 20_001
                )
            })
            .collect();
        assert!(of(&format!("[{}]", chain.join(",")))[0].contains("1 member of groups"));
    }
}
