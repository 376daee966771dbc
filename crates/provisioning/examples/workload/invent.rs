//! Invents people and the accounts that an application has for them, the same on every machine.
//!
//! Of all accounts about 70 in a hundred are equal, 10 differ, 15 are missing and 5 are nobody's.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::twister::Twister;
use super::words;

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// Writes so many people, and the accounts of the application.
pub(crate) fn write(
    count: usize,
    seed: u32,
    people: &mut dyn Write,
    accounts: &mut dyn Write,
) -> io::Result<()> {
    let mut inventor = Inventor::new(seed);
    let ids: Vec<String> = (0..count).map(|_| inventor.guid()).collect();
    let mut lines: Vec<(f64, String)> = Vec::new();
    for number in 0..count {
        let person = inventor.person(number, &ids);
        writeln!(people, "{person}")?;
        inventor.accounts(number, &person, &mut lines);
    }
    lines.sort_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| one.cmp(other)));
    lines.iter().try_for_each(|(_, line)| writeln!(accounts, "{line}"))
}

struct Inventor {
    chance: Twister,
    given: Vec<&'static str>,
    surnames: Vec<&'static str>,
    departments: Vec<String>,
    titles: Vec<String>,
}

impl Inventor {
    fn new(seed: u32) -> Self {
        let joined = |first: &[&str], second: &[&str]| -> Vec<String> {
            first
                .iter()
                .flat_map(|one| second.iter().map(move |two| format!("{one}{two}")))
                .collect()
        };
        let titles = words::TITLES.iter();
        Self {
            chance: Twister::new(seed),
            given: words::GIVEN.split_whitespace().collect(),
            surnames: words::SURNAMES.split_whitespace().collect(),
            departments: joined(&words::DEPARTMENTS, &words::DIVISIONS),
            titles: titles.flat_map(|title| joined(&words::LEVELS, &[title])).collect(),
        }
    }

    fn random(&mut self) -> f64 {
        self.chance.random()
    }

    fn is(&mut self, share: f64) -> bool {
        self.random() < share
    }

    fn below(&mut self, end: f64) -> usize {
        (self.random() * end) as usize
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len() as f64)]
    }

    fn hexadecimal(&mut self, digits: usize) -> String {
        let end = 16_u64.pow(digits as u32) as f64;
        format!("{:0digits$x}", (self.random() * end) as u64)
    }

    fn guid(&mut self) -> String {
        let [a, b, c, d, e] = [8, 4, 3, 3, 12].map(|digits| self.hexadecimal(digits));
        format!("{a}-{b}-4{c}-a{d}-{e}")
    }

    fn place_of_frequent(&mut self, count: usize) -> usize {
        let chance = self.random();
        (chance * chance * count as f64) as usize
    }

    fn person(&mut self, number: usize, ids: &[String]) -> Value {
        let place = self.place_of_frequent(self.given.len());
        let given = self.given[place];
        let surname = match self.is(0.96) {
            true => {
                let place = self.place_of_frequent(self.surnames.len());
                self.surnames[place]
            }
            false => self.pick(&words::SURNAMES_OF_SEVERAL_WORDS),
        };
        let place = words::PLACES[self.place_of_frequent(words::PLACES.len())];
        let [country, city, state, post_code, telephone, language] = place;
        let is_guest = self.is(0.08);
        let is_service = self.is(0.01);
        let is_enabled = self.random() > 0.07;
        let mut alias = plain(&format!("{given}.{surname}"));
        alias.retain(|c| c.is_ascii_alphabetic() || matches!(c, '.' | '\'' | '-'));
        let alias = match alias.trim_matches('.') {
            "" => "user",
            alias => alias,
        };
        let alias = if self.is(0.7) { alias.to_ascii_lowercase() } else { alias.to_owned() };
        let domain = match self.is(0.7) {
            true => "contoso.com",
            false => self.pick(&["contoso.de", "fabrikam.com", "fabrikam.fr"]),
        };
        let name = if is_guest {
            format!("{alias}{number}_partner.example#EXT#@contoso.onmicrosoft.com")
        } else if is_service {
            format!("svc_{}_{number}@{domain}", self.pick(&["backup", "scan", "mail"]))
        } else {
            format!("{alias}{number}@{domain}")
        };
        let mail = (!is_guest && self.is(0.88)).then(|| name.clone());
        let department = self
            .is(0.95)
            .then(|| self.place_of_frequent(self.departments.len()))
            .map(|at| self.departments[at].clone());
        let has_given = self.random() > 0.02;
        let employee = self.is(0.97).then(|| format!("{:06}", self.below(1_000_000.0)));
        let is_on_premises = self.is(0.75);
        let roles = if self.is(0.05) { 0 } else { 1 + usize::from(!self.is(0.93)) };
        let proxies = self.proxies(&alias, mail.as_deref());
        let display = self.is(0.97).then(|| format!("{given} {surname}"));
        let extension = self.pick(&["CC1", "CC2", "CC9"]);
        let extension = format!("{extension}-{}", self.hexadecimal(5));
        let unit = department.as_deref().unwrap_or("Unassigned").to_owned();
        let mut person = Map::new();
        let mut set = |name: &str, value: Value| drop(person.insert(name.to_owned(), value));
        set("id", json!(ids[number]));
        set("userPrincipalName", json!(name));
        set("accountEnabled", json!(is_enabled));
        set("isSoftDeleted", json!(!is_enabled));
        set("userType", json!(if is_guest { "Guest" } else { "Member" }));
        let kinds = ["Employee", "Employee", "Employee", "Contractor", "Intern"];
        set("employeeType", json!(self.pick(&kinds)));
        set("displayName", json!(display));
        set("givenName", json!(has_given.then_some(given)));
        set("surname", json!(surname));
        set("mail", json!(mail));
        set("mailNickname", json!(format!("{alias}{number}")));
        let title = self.is(0.93).then(|| self.below(self.titles.len() as f64));
        set("jobTitle", json!(title.map(|at| &self.titles[at])));
        set("department", json!(department));
        set("companyName", json!(self.pick(&words::COMPANIES)));
        set("employeeId", json!(employee));
        let office = [40.0, 9.0, 300.0].map(|end| self.below(end));
        set("officeLocation", json!(format!("B{}/{}.{}", office[0], office[1], office[2])));
        set("city", json!(self.is(0.96).then_some(city)));
        set("state", json!((!state.is_empty()).then_some(state)));
        set("country", json!(self.is(0.98).then_some(country)));
        set("postalCode", json!(post_code));
        set("usageLocation", json!(&language[language.len() - 2..]));
        set("preferredLanguage", json!(self.is(0.9).then_some(language)));
        let digits = self.is(0.8).then(|| self.below(10_000.0));
        set("telephoneNumber", json!(digits.map(|digits| format!("{telephone}{digits:04}"))));
        let digits = self.is(0.7).then(|| [self.below(1_000.0), self.below(10_000.0)]);
        let mobile = digits.map(|[first, second]| format!("{telephone}{first:03} {second:04}"));
        set("mobilePhone", json!(mobile));
        set("proxyAddresses", json!(proxies));
        let has_manager = number > 0 && self.is(0.94);
        let manager = has_manager.then(|| (self.random() * number as f64 / 8.0) as usize);
        set("manager", json!(manager.map(|at| &ids[at])));
        let roles: Vec<&str> = (0..roles).map(|_| self.pick(&words::ROLES)).collect();
        set("appRoleAssignments", json!(roles));
        let unit = format!("CN={given}\\ {surname},OU={unit},OU=Users,DC=corp,DC=contoso,DC=com");
        set("onPremisesDistinguishedName", json!(is_on_premises.then_some(unit)));
        let building = format!("Building {}", self.below(40.0));
        let extensions = json!({
            "extensionAttribute1": extension,
            "extensionAttribute2": null,
            "extensionAttribute3": building,
        });
        set("onPremisesExtensionAttributes", extensions);
        let date = [(10, 15.0), (1, 12.0), (1, 28.0), (0, 9.0)];
        let [year, month, day, hour] =
            date.map(|(first, end)| (f64::from(first) + self.random() * end) as u32);
        set("createdDateTime", json!(format!("20{year:02}-{month:02}-{day:02}T0{hour}:15:00Z")));
        Value::Object(person)
    }

    fn proxies(&mut self, alias: &str, mail: Option<&str>) -> Vec<String> {
        let mut proxies: Vec<String> =
            mail.map(|mail| format!("SMTP:{mail}")).into_iter().collect();
        for _ in 0..self.below(3.0) {
            let digits = self.hexadecimal(3);
            let domain = self.pick(&["contoso.com", "fabrikam.com"]);
            proxies.push(format!("smtp:{alias}.{digits}@{domain}"));
        }
        proxies.extend(mail.map(|mail| format!("SIP:{mail}")));
        proxies
    }

    /// The accounts that the application has because of a person.
    fn accounts(&mut self, number: usize, person: &Value, lines: &mut Vec<(f64, String)>) {
        let values = mapped(person);
        let part = &person["id"].as_str().unwrap_or_default()[9..13];
        let id = format!("t-{part}-{number:07}");
        let chance = self.random();
        let mut held = values.clone();
        if in_scope(person) {
            if chance < 80.0 / 95.0 {
                if chance >= 70.0 / 95.0 {
                    self.make_different(&values, &mut held);
                }
                if self.is(0.2) {
                    held[0] = held[0].as_deref().map(in_other_case);
                }
                lines.push((self.random(), account(number, &held, &id)));
            }
        } else if chance < 0.17 {
            let is_active = self.is(0.8);
            held[2] = Some(if is_active { "True" } else { "False" }.to_owned());
            lines.push((self.random(), account(number, &held, &id)));
        }
        if self.is(0.019) {
            let mut orphan = values;
            orphan[0] = Some(format!("legacy{number}@old.example"));
            orphan[1] = None;
            lines.push((self.random(), account(number, &orphan, &format!("o-{id}"))));
        }
    }

    fn make_different(&mut self, values: &Row, held: &mut Row) {
        const MAY_DIFFER: [usize; 9] = [3, 8, 9, 10, 11, 14, 15, 16, 19];
        for _ in 0..1 + self.below(3.0) {
            let at = MAY_DIFFER[self.below(MAY_DIFFER.len() as f64)];
            let old = values[at].as_deref().filter(|text| !text.is_empty()).unwrap_or("value");
            held[at] = (!self.is(0.3)).then(|| format!("old {old}"));
        }
    }
}

/// The twenty mapped values of a person.
type Row = [Option<String>; 20];

fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        let found = words::PLAIN.split(' ').find_map(|pair| pair.strip_prefix(c));
        match found {
            Some(letters) if !c.is_ascii() => plain.push_str(letters),
            _ => plain.push(c),
        }
    }
    plain
}

fn in_other_case(text: &str) -> String {
    let other = |c: char| match c.is_ascii_lowercase() {
        true => c.to_ascii_uppercase(),
        false => c.to_ascii_lowercase(),
    };
    text.chars().map(other).collect()
}

/// The workload's filter, by hand.
fn in_scope(person: &Value) -> bool {
    let text = |name: &str| person[name].as_str();
    let is_usual = || {
        let name = text("userPrincipalName").unwrap_or_default();
        let after = name.trim_start_matches(|c: char| c.is_ascii_alphabetic() || ".'-".contains(c));
        let host = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let hosts = ["contoso", "fabrikam"].map(|host| host.to_owned());
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && hosts.iter().any(|known| {
                ["com", "de", "fr"].iter().any(|end| host == format!("@{known}.{end}"))
            })
    };
    let employee = || text("employeeId").and_then(|id| id.parse::<u32>().ok());
    (person["accountEnabled"] == true && text("userType") == Some("Member") && is_usual())
        || (text("employeeType") == Some("Contractor")
            && text("country") != Some("United States")
            && employee().is_some_and(|number| number >= 500_000))
}

/// The workload's mappings, by hand.
fn mapped(person: &Value) -> Row {
    let text = |name: &str| person[name].as_str().map(str::to_owned);
    let joined = |parts: [Option<String>; 2], by: &str| {
        parts.into_iter().flatten().collect::<Vec<_>>().join(by)
    };
    let (given, surname) = (text("givenName"), text("surname"));
    let first = given.as_deref().map(|name| name.chars().take(1).collect());
    let mail = text("mail").map(|mail| mail.to_lowercase()).unwrap_or_else(|| {
        let name = joined([first, surname.clone()], ".").replace(' ', "");
        format!("{}@contoso.example", plain(&name).to_lowercase())
    });
    let upper = surname.as_deref().map(|name| plain(name).to_uppercase());
    let role = match person["appRoleAssignments"][0].as_str() {
        Some("Admin") => "Administrator",
        Some("Auditor") => "ReadOnly",
        _ => "User",
    };
    let mobile = text("mobilePhone").map(|phone| {
        phone.chars().filter(|c| !matches!(c, '(' | ')' | '-') && !c.is_whitespace()).collect()
    });
    let unit = text("onPremisesDistinguishedName")
        .and_then(|name| Some(name.split(',').nth(1)?.chars().skip(3).take(64).collect()));
    let is_active = person["isSoftDeleted"] == false;
    [
        text("userPrincipalName"),
        text("id"),
        Some(if is_active { "True" } else { "False" }.to_owned()),
        Some(text("displayName").unwrap_or_else(|| joined([given.clone(), surname.clone()], " "))),
        given.clone(),
        surname,
        Some(joined([upper, given], ", ")),
        Some(mail),
        text("jobTitle"),
        text("department"),
        text("employeeId"),
        text("city"),
        text("country").map(code),
        text("postalCode"),
        text("telephoneNumber"),
        mobile,
        text("preferredLanguage"),
        text("manager"),
        Some(role.to_owned()),
        unit,
    ]
}

/// The code of a country: the end of its language, but for two that are called otherwise.
fn code(country: String) -> String {
    let known = words::PLACES.iter().find(|place| place[0] == country);
    known.map_or(country, |place| place[5][place[5].len() - 2..].to_owned())
}

/// An account as the application returns it.
fn account(number: usize, values: &Row, id: &str) -> String {
    let mut account = Map::new();
    let object = |members: &[(&str, usize)]| -> Map<String, Value> {
        let held = members.iter().filter_map(|(name, at)| Some((*name, values[*at].as_ref()?)));
        held.map(|(name, value)| (name.to_owned(), json!(value))).collect()
    };
    let single = |account: &mut Map<String, Value>, name: &str, at: usize| {
        account.extend(object(&[(name, at)]));
    };
    let core = "urn:ietf:params:scim:schemas:core:2.0:User";
    account.insert("schemas".to_owned(), json!([core, ENTERPRISE]));
    account.insert("id".to_owned(), json!(id));
    single(&mut account, "userName", 0);
    single(&mut account, "externalId", 1);
    account.insert("active".to_owned(), json!(values[2].as_deref() == Some("True")));
    single(&mut account, "displayName", 3);
    let name = object(&[("givenName", 4), ("familyName", 5), ("formatted", 6)]);
    account.insert("name".to_owned(), json!(name));
    if let Some(mail) = &values[7] {
        let mail = json!([{ "type": "work", "value": mail, "primary": true }]);
        account.insert("emails".to_owned(), mail);
    }
    single(&mut account, "title", 8);
    let address = object(&[("locality", 11), ("country", 12), ("postalCode", 13)]);
    if !address.is_empty() {
        let mut work = Map::from_iter([("type".to_owned(), json!("work"))]);
        work.extend(address);
        account.insert("addresses".to_owned(), json!([work]));
    }
    let phones = [("work", 14), ("mobile", 15)].into_iter();
    let phones = phones
        .filter_map(|(kind, at)| Some(json!({ "type": kind, "value": values[at].as_ref()? })));
    let phones: Vec<Value> = phones.collect();
    if !phones.is_empty() {
        account.insert("phoneNumbers".to_owned(), json!(phones));
    }
    single(&mut account, "preferredLanguage", 16);
    if let Some(role) = &values[18] {
        account.insert("roles".to_owned(), json!([{ "value": role, "primary": true }]));
    }
    let mut enterprise = object(&[("department", 9), ("employeeNumber", 10), ("costCenter", 19)]);
    if let Some(manager) = &values[17] {
        enterprise.insert("manager".to_owned(), json!({ "value": manager }));
    }
    if !enterprise.is_empty() {
        account.insert(ENTERPRISE.to_owned(), json!(enterprise));
    }
    let version = number as u64 * 2_654_435_761 % (1 << 32);
    let (month, day, hour) = (1 + number % 9, number % 10, number % 9);
    let meta = json!({
        "resourceType": "User",
        "created": format!("2024-0{month}-1{day}T08:00:00Z"),
        "lastModified": format!("2025-0{month}-2{hour}T08:00:00Z"),
        "version": format!("W/\"{version:x}\""),
    });
    account.insert("meta".to_owned(), meta);
    Value::Object(account).to_string()
}
