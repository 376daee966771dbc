//! What is rare in a directory and comes with many people: names in other scripts, somebody who
//! came back and has a second account, and roles of the application.
//!
//! It is drawn with dice of its own, so that a small tenant stays as plain as a demo needs it.

use provisioning::source::{AppRole, SourceObject, SourceValue};

use super::name::ELSEWHERE;
use crate::people::dice::Dice;

/// The first people of every tenant have nothing odd.
const PLAIN: usize = 100;

/// From so many people on, the application has roles.
const WITH_ROLES: u32 = 500;

/// Makes some of the people odd.
pub(super) fn add_to(users: &mut [SourceObject], seed: u32) {
    let mut dice = Dice::seeded(!u64::from(seed));
    let mut before: Option<SourceObject> = None;
    for (number, user) in users.iter_mut().enumerate().skip(PLAIN) {
        if dice.chance(8) {
            name_elsewhere(user, number, &mut dice);
        } else if let Some(before) = before.filter(|_| dice.chance(1)) {
            come_back(user, &before);
        }
        before = Some(user.clone());
    }
}

/// Roles as a gallery application publishes them.
pub(super) fn roles(size: u32) -> Vec<AppRole> {
    let role = |(id, name): (&str, &str)| AppRole {
        id: id.to_owned(),
        value: name.replace(' ', ""),
        display_name: name.to_owned(),
    };
    let roles = [
        ("18d14569-c3bd-439b-9a66-3a2aee01d14f", "User"),
        ("2c4a8f10-66d1-4d3e-9b0c-5f7f0c1a7b22", "Location Admin"),
        ("b9632174-c057-4f7e-951b-be3adc52bfe6", "msiam_access"),
    ];
    if size < WITH_ROLES { Vec::new() } else { roles.into_iter().map(role).collect() }
}

fn name_elsewhere(user: &mut SourceObject, number: usize, dice: &mut Dice) {
    let [given, surname, given_login, surname_login] = *dice.pick(&ELSEWHERE);
    let domain = user.text("userPrincipalName").and_then(|name| name.split_once('@'));
    let domain = domain.map_or("contoso.com", |(_, domain)| domain);
    let login = format!("{given_login}.{surname_login}.{number}");
    let name = format!("{login}@{domain}");
    let is_guest = user.text("originalUserPrincipalName").is_some();
    let has_mail = user.text("mail").is_some();
    set(user, "givenName", given);
    set(user, "surname", surname);
    set(user, "displayName", &format!("{given} {surname}"));
    set(user, "mailNickname", &login.replace('.', ""));
    set(user, "userPrincipalName", &name);
    if has_mail {
        set(user, "mail", &name);
    }
    if is_guest {
        let full = format!("{}#EXT#@contoso.onmicrosoft.com", name.replace('@', "_"));
        set(user, "originalUserPrincipalName", &full);
    }
}

/// The account before is the same person's, from an earlier employment: two candidates for one
/// account wherever matching goes by name or number.
fn come_back(user: &mut SourceObject, before: &SourceObject) {
    for name in ["givenName", "surname", "displayName", "mailNickname", "employeeId"] {
        if let Some(text) = before.text(name) {
            set(user, name, text);
        }
    }
    user.attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(false));
}

fn set(user: &mut SourceObject, name: &str, value: &str) {
    user.attributes.insert(name.to_owned(), SourceValue::Text(value.to_owned()));
}
