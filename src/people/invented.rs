//! An invented tenant: people of many cultures with the faults that real directories have.
//!
//! The same size and seed give the same tenant, so that a demo, a screenshot and a test agree.
//! Guests, disabled accounts, missing mail, apostrophes, diacritics, managers, dynamic and nested
//! groups come in fixed shares; every domain is one that RFC 2606 reserves or that Microsoft's
//! samples use. Larger tenants have what is rare in small ones.

use std::collections::BTreeMap;

use provisioning::configuration::ObjectKind;
use provisioning::source::{Attributes, Directory, Sharing, SourceObject, SourceValue};

mod name;
mod oddity;

use super::dice::Dice;
use name::{GIVEN, SURNAME, ascii};

/// Department and the titles in it.
const DEPARTMENTS: [(&str, [&str; 3]); 6] = [
    ("Sales", ["Account Executive", "Sales Manager", "Sales Engineer"]),
    ("Engineering", ["Software Engineer", "Staff Engineer", "Engineering Manager"]),
    ("Finance", ["Accountant", "Controller", "Financial Analyst"]),
    ("Facilities", ["Receptionist", "Office Manager", "Facilities Lead"]),
    ("Legal", ["Counsel", "Paralegal", "Compliance Officer"]),
    ("People", ["Recruiter", "HR Partner", "Payroll Specialist"]),
];

/// City, region, country, post code, language and office of each site.
const SITES: [[&str; 6]; 5] = [
    ["Berlin", "BE", "Germany", "10115", "de-DE", "Berlin – Chausseestraße"],
    ["Seattle", "WA", "United States", "98101", "en-US", "Seattle – Pine Street"],
    ["São Paulo", "SP", "Brazil", "01310-100", "pt-BR", "São Paulo – Paulista"],
    ["Tokyo", "Tokyo", "Japan", "100-0005", "ja-JP", "Tokyo – Marunouchi"],
    ["Dublin", "Leinster", "Ireland", "D02 X285", "en-IE", "Dublin – Grand Canal"],
];

/// Invents a tenant with so many users, at least ten, and eight groups.
pub fn tenant(size: u32, seed: u32) -> Directory {
    let mut dice = Dice::seeded(u64::from(seed));
    let (mut taken, mut sharing) = (BTreeMap::new(), Sharing::default());
    let mut invent = |number| {
        let mut user = user(number, &mut dice, &mut taken);
        sharing.share(&mut user.attributes);
        user
    };
    let mut users: Vec<SourceObject> = (0..size.max(10)).map(&mut invent).collect();
    let leaders: Vec<String> = users.iter().take(8).map(|user| user.id.clone()).collect();
    for user in users.iter_mut().skip(1) {
        let manager = dice.pick(&leaders).clone();
        if manager != user.id && !dice.chance(4) {
            user.attributes.insert("manager".to_owned(), SourceValue::Text(manager));
            sharing.share(&mut user.attributes);
        }
    }
    let groups = groups(&users, &mut dice);
    oddity::add_to(&mut users, seed);
    Directory { app_roles: oddity::roles(size), users, groups, ..Directory::default() }
}

/// Somebody who joins a tenant; nobody has the name yet.
pub(super) fn newcomer(people: &Directory, dice: &mut Dice, number: u32) -> SourceObject {
    let names = people.users.iter().filter_map(|user| user.text("userPrincipalName"));
    let logins = names.filter_map(|name| Some((name.split_once('@')?.0.to_lowercase(), 1)));
    let mut taken: BTreeMap<String, u32> = logins.collect();
    // Names that were given twice bear a number already; go past all of them.
    for login in taken.keys().cloned().collect::<Vec<_>>() {
        let stem = login.trim_end_matches(|letter: char| letter.is_ascii_digit());
        if stem != login {
            *taken.entry(stem.to_owned()).or_default() += 1;
        }
    }
    let mut user = user(number, dice, &mut taken);
    user.soft_deleted = false;
    user.attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(true));
    user
}

/// A department, and a job title in it.
pub(super) fn position(dice: &mut Dice) -> (&'static str, &'static str) {
    let (department, titles) = dice.pick(&DEPARTMENTS);
    (department, dice.pick::<&str>(titles))
}

/// A surname.
pub(super) fn surname(dice: &mut Dice) -> &'static str {
    dice.pick::<&str>(&SURNAME)
}

fn user(number: u32, dice: &mut Dice, taken: &mut BTreeMap<String, u32>) -> SourceObject {
    let (given, surname) = (*dice.pick(&GIVEN), *dice.pick(&SURNAME));
    let (department, titles) = dice.pick(&DEPARTMENTS);
    let [city, region, country, postal, language, office] = *dice.pick(&SITES);
    let login = format!("{}.{}", ascii(given), ascii(surname));
    let same = taken.entry(login.clone()).or_default();
    *same += 1;
    let login = if *same == 1 { login } else { format!("{login}{same}") };
    let is_guest = number >= 10 && dice.chance(5);
    // As a mapping's source attribute a guest's name is the home address; the full form has an
    // attribute of its own.
    let upn = format!("{login}@{}", if is_guest { "partner.example" } else { "contoso.com" });
    let mut user = SourceObject {
        id: dice.id(),
        kind: ObjectKind::User,
        attributes: Attributes::new(),
        members: Vec::new(),
        soft_deleted: number >= 10 && dice.chance(1),
    };
    let mut set = |name: &str, value: &str| {
        user.attributes.insert(name.to_owned(), SourceValue::Text(value.to_owned()));
    };
    let nick = login.replace('.', "");
    set("userPrincipalName", &upn);
    if is_guest {
        let full = format!("{login}_partner.example#EXT#@contoso.onmicrosoft.com");
        set("originalUserPrincipalName", &full);
    }
    set("displayName", &format!("{given} {surname}"));
    set("givenName", given);
    set("surname", surname);
    set("mailNickname", &nick);
    set("userType", if is_guest { "Guest" } else { "Member" });
    set("employeeId", &format!("{:05}", 10_000 + number));
    set("jobTitle", dice.pick::<&str>(titles));
    set("department", department);
    set("city", city);
    set("state", region);
    set("country", country);
    set("postalCode", postal);
    set("preferredLanguage", language);
    set("physicalDeliveryOfficeName", office);
    set("streetAddress", &format!("{} {}", 1 + dice.roll() % 240, office_street(office)));
    if !dice.chance(3) {
        set("mail", &upn);
    }
    if dice.chance(80) {
        set("telephoneNumber", &format!("+1 206 555 {:04}", dice.roll() % 10_000));
    }
    if dice.chance(60) {
        set("mobile", &format!("+1 (425) 555-{:04}", dice.roll() % 10_000));
    }
    if dice.chance(4) {
        user.attributes.remove("department");
    }
    let object_id = user.id.clone();
    user.attributes.insert("objectId".to_owned(), SourceValue::Text(object_id));
    let enabled = number < 10 || !dice.chance(4);
    user.attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(enabled));
    user
}

fn office_street(office: &str) -> &str {
    office.split_once(" – ").map_or(office, |(_, street)| street)
}

/// One dynamic group a department, a pilot group, and "Envoy Users" with a group nested in it.
fn groups(users: &[SourceObject], dice: &mut Dice) -> Vec<SourceObject> {
    let members_of = |department: &str| -> Vec<String> {
        let belongs = |user: &&SourceObject| user.text("department") == Some(department);
        users.iter().filter(belongs).map(|user| user.id.clone()).collect()
    };
    let mut groups: Vec<SourceObject> = DEPARTMENTS
        .iter()
        .map(|(name, _)| {
            let mut group = group(&format!("All {name}"), members_of(name), dice);
            make_dynamic(&mut group, &format!("user.department -eq \"{name}\""));
            group
        })
        .collect();
    let facilities = groups.iter().find(|g| g.text("displayName") == Some("All Facilities"));
    let nested = facilities.map(|group| group.id.clone());
    let pilot: Vec<String> = users.iter().take(5).map(|user| user.id.clone()).collect();
    let nine_in_ten = users.iter().filter(|_| dice.chance(90)).map(|user| user.id.clone());
    let everyday: Vec<String> = nine_in_ten.chain(nested).collect();
    groups.push(group("Envoy Pilot", pilot, dice));
    groups.push(group("Envoy Users", everyday, dice));
    groups
}

/// A group whose members follow from a rule, in Graph's words.
fn make_dynamic(group: &mut SourceObject, rule: &str) {
    let types = SourceValue::List(vec!["DynamicMembership".to_owned()]);
    group.attributes.insert("groupTypes".to_owned(), types);
    group.attributes.insert("membershipRule".to_owned(), SourceValue::Text(rule.to_owned()));
}

fn group(name: &str, members: Vec<String>, dice: &mut Dice) -> SourceObject {
    let id = dice.id();
    let attributes = Attributes::from([
        ("displayName".to_owned(), SourceValue::Text(name.to_owned())),
        ("objectId".to_owned(), SourceValue::Text(id.clone())),
        ("mailNickname".to_owned(), SourceValue::Text(ascii(name))),
        ("securityEnabled".to_owned(), SourceValue::Boolean(true)),
    ]);
    SourceObject { id, kind: ObjectKind::Group, attributes, members, soft_deleted: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn size_and_seed_decide_everything() {
        assert_eq!(tenant(200, 7), tenant(200, 7));
        assert_ne!(tenant(200, 7), tenant(200, 8));
        assert_eq!(tenant(0, 1).users.len(), 10);
    }

    #[test]
    fn ids_and_logins_are_unique() {
        let tenant = tenant(3000, 1);
        let ids: BTreeSet<_> = tenant.users.iter().chain(&tenant.groups).map(|o| &o.id).collect();
        assert_eq!(ids.len(), tenant.users.len() + tenant.groups.len());
        let logins: BTreeSet<_> =
            tenant.users.iter().filter_map(|u| u.text("userPrincipalName")).collect();
        assert_eq!(logins.len(), tenant.users.len());
    }

    #[test]
    fn the_faults_of_real_directories_are_in_it() {
        let users = tenant(1000, 1).users;
        let count = |test: &dyn Fn(&SourceObject) -> bool| users.iter().filter(|u| test(u)).count();
        assert!(count(&|u| u.text("userType") == Some("Guest")) > 10);
        assert!(count(&|u| !u.is_enabled()) > 10);
        assert!(count(&|u| u.soft_deleted) > 0);
        assert!(count(&|u| u.text("mail").is_none()) > 10);
        assert!(count(&|u| u.text("userPrincipalName").unwrap().contains('\'')) > 10);
        assert!(count(&|u| u.text("department").is_none()) > 10);
    }

    #[test]
    fn rare_things_come_with_many_people() {
        let tenant = tenant(2_000, 1);
        let users = &tenant.users;
        let is_elsewhere = |user: &&SourceObject| {
            user.text("surname")
                .is_some_and(|name| name::ELSEWHERE.iter().any(|all| all[1] == name))
        };
        assert!((50..400).contains(&users.iter().filter(is_elsewhere).count()));
        let mut numbers: BTreeMap<_, u32> = BTreeMap::new();
        for user in users {
            *numbers.entry(user.text("employeeId")).or_default() += 1;
        }
        let twice = numbers.values().filter(|count| **count > 1).count();
        assert!((5..60).contains(&twice), "{twice} numbers are taken twice");
        assert_eq!(tenant.app_roles.len(), 3);
        assert!(super::tenant(50, 1).app_roles.is_empty());
        let dynamic = |group: &&SourceObject| group.text("membershipRule").is_some();
        assert_eq!(tenant.groups.iter().filter(dynamic).count(), 6);
    }

    #[test]
    fn every_letter_of_the_names_has_a_login_form() {
        for name in GIVEN.iter().chain(&SURNAME) {
            let letters = name.chars().filter(|c| c.is_alphabetic()).count();
            assert!(ascii(name).chars().filter(|c| *c != '\'').count() >= letters, "{name}");
        }
    }

    #[test]
    fn a_group_is_nested_in_the_everyday_group() {
        let tenant = tenant(50, 1);
        let named = |name| tenant.groups.iter().find(|g| g.text("displayName") == Some(name));
        let nested = &named("All Facilities").unwrap().id;
        assert!(named("Envoy Users").unwrap().members.contains(nested));
    }
}
