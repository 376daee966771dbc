//! Invented people, the same in every run, with the gaps and the letters of a real directory.

use provisioning::configuration::ObjectKind;
use provisioning::source::{AppRole, Attributes, SourceObject, SourceValue};

const GIVEN: [&str; 16] = [
    "James",
    "Mary",
    "Peter",
    "Laura",
    "Jürgen",
    "Zoë",
    "José",
    "Núria",
    "François",
    "Aurélie",
    "Łukasz",
    "Štěpán",
    "Søren",
    "Nguyễn",
    "Mary-Ann",
    "Ольга",
];
const SURNAME: [&str; 16] = [
    "Smith",
    "Johnson",
    "Miller",
    "Walker",
    "Müller",
    "Groß",
    "Fernández",
    "Béranger",
    "Wałęsa",
    "Dvořák",
    "Öztürk",
    "Ødegård",
    "Saint-Exupéry",
    "O'Brien",
    "van der Berg",
    "佐藤",
];
const DEPARTMENTS: [&str; 6] =
    ["Engineering", "Sales EMEA", "Finance", "Human Resources", "Legal", "Operations - Platform"];
const TITLES: [&str; 4] = ["Senior Engineer", "Account Executive", "Analyst", "Head of Counsel"];
/// Country, city, post code, telephone prefix, language.
const PLACES: [[&str; 5]; 6] = [
    ["United States", "Seattle", "98101", "+1 (206) 555-", "en-US"],
    ["Germany", "München", "80331", "+49 (89) 555-", "de-DE"],
    ["United Kingdom", "London", "EC1A 1BB", "+44 (20) 5550-", "en-GB"],
    ["Poland", "Łódź", "90-001", "+48 (42) 555-", "pl-PL"],
    ["Türkiye", "İzmir", "35000", "+90 (232) 555-", "tr-TR"],
    ["Austria", "Wien", "1010", "+43 (1) 555-", "de-AT"],
];
const ROLES: [&str; 4] = ["User", "Admin", "Auditor", "Billing"];

/// A person with the roles in the application.
pub(crate) struct Person {
    pub(crate) object: SourceObject,
    pub(crate) roles: Vec<AppRole>,
    pub(crate) is_soft_deleted: bool,
}

/// The first `count` people.
pub(crate) fn people(count: usize) -> Vec<Person> {
    let mut dice = Dice(42);
    (0..count).map(|number| person(number, &mut dice)).collect()
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).expect("below a length")
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn is(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

fn person(number: usize, dice: &mut Dice) -> Person {
    let (given, surname) = (dice.pick(&GIVEN), dice.pick(&SURNAME));
    let [country, city, post_code, telephone, language] = dice.pick(&PLACES);
    let department = dice.pick(&DEPARTMENTS);
    let name = format!("{given}.{surname}{number}").replace(' ', "");
    let user_name = format!("{name}@contoso.com");
    let id = format!("{number:08x}-0000-4000-a000-{:012x}", dice.below(1 << 40));
    let mut attributes = Attributes::new();
    let mut set = |share: usize, name: &str, value: String| {
        if dice.is(share) {
            attributes.insert(name.to_owned(), SourceValue::Text(value));
        }
    };
    set(100, "id", id.clone());
    set(100, "userPrincipalName", user_name.clone());
    set(97, "displayName", format!("{given} {surname}"));
    set(98, "givenName", given.to_owned());
    set(100, "surname", surname.to_owned());
    set(88, "mail", user_name);
    set(93, "jobTitle", TITLES[number % TITLES.len()].to_owned());
    set(95, "department", department.to_owned());
    set(97, "employeeId", format!("{:06}", number * 7919 % 1_000_000));
    set(96, "city", city.to_owned());
    set(98, "country", country.to_owned());
    set(100, "postalCode", post_code.to_owned());
    set(80, "telephoneNumber", format!("{telephone}{:04}", number % 10_000));
    set(70, "mobilePhone", format!("{telephone}{:03} {:04}", number % 999, number % 9973));
    set(90, "preferredLanguage", language.to_owned());
    set(94, "manager", format!("{:08x}-0000-4000-a000-000000000000", number / 8));
    let unit = format!("CN={given}\\ {surname},OU={department},OU=Users,DC=contoso,DC=com");
    set(100, "onPremisesDistinguishedName", unit);
    attributes.insert("accountEnabled".to_owned(), SourceValue::Boolean(true));
    let role = dice.pick(&ROLES);
    let roles = if dice.is(95) { vec![role] } else { Vec::new() };
    let roles = roles.into_iter().map(|role| AppRole {
        id: role.to_owned(),
        value: role.to_owned(),
        display_name: role.to_owned(),
    });
    Person {
        object: SourceObject {
            id,
            kind: ObjectKind::User,
            attributes,
            members: Vec::new(),
            soft_deleted: false,
        },
        roles: roles.collect(),
        is_soft_deleted: dice.is(7),
    }
}
