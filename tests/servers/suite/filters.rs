//! Filters over a population: whom a provider finds are those whom `scim` itself finds, when it
//! asks every resource that the provider shows.

use scim::endpoint::Search;
use scim::filter::Filter;
use scim::resource::Resource;
use scim::schema::Schemas;

use crate::behaviour::{Behaviour, People};
use crate::client::Client;
use crate::outcome;
use crate::target::{Each, all, each};

/// A filter, and whether it is judged as `scim` judges it. `ID` is the id of the seventh user, `E:` the
/// URN of the enterprise extension, `U:` that of users.
type Row = (&'static str, Each<&'static str>);

const PEOPLE: usize = 30;
const ALIKE: &str = "as scim judges";

/// `node-scimmy` heeds letter case everywhere and takes no URN for what it is.
const CASE: Each<&str> = each(ALIKE, "nobody", ALIKE);
/// It fails on a multi-valued attribute that is not named down to its parts.
const PARTS: Each<&str> = each(ALIKE, "400 invalidValue", ALIKE);
/// `python-scim2` refuses to ask for what no schema has; the RFC leaves it open.
const UNKNOWN: Each<&str> = each(ALIKE, ALIKE, "400 invalidFilter");

const ROWS: [Row; 83] = [
    (r#"userName eq "seed.user.0007@example.test""#, all(ALIKE)),
    (r#"userName eq "SEED.user.0007@example.test""#, CASE),
    (r#"USERNAME EQ "seed.user.0007@example.test""#, all(ALIKE)),
    (r#"userName ne "seed.user.0007@example.test""#, all(ALIKE)),
    (r#"userName co ".000""#, all(ALIKE)),
    (r#"userName sw "seed.user.001""#, all(ALIKE)),
    (r#"userName ew "9@example.test""#, all(ALIKE)),
    (r#"userName sw "SEED""#, CASE),
    (r#"userName gt "seed.user.0025@example.test""#, all(ALIKE)),
    (r#"userName ge "seed.user.0025@example.test""#, all(ALIKE)),
    (r#"userName lt "seed.user.0003@example.test""#, all(ALIKE)),
    (r#"userName le "seed.user.0003@example.test""#, all(ALIKE)),
    (r#"externalId eq "seed-0007""#, all(ALIKE)),
    (r#"externalId eq "SEED-0007""#, all(ALIKE)),
    (r#"id eq "ID""#, all(ALIKE)),
    (r#"id pr"#, all(ALIKE)),
    (r#"title eq "Engineer""#, all(ALIKE)),
    (r#"title eq "engineer""#, CASE),
    (r#"title pr"#, all(ALIKE)),
    (r#"title eq null"#, all(ALIKE)),
    (r#"title ne null"#, all(ALIKE)),
    (r#"title eq 7"#, UNKNOWN),
    (r#"nickName pr"#, all(ALIKE)),
    (r#"nickName eq null"#, all(ALIKE)),
    (r#"nickName ne "x""#, all(ALIKE)),
    (r#"not (nickName pr)"#, all(ALIKE)),
    (r#"not (title eq "Engineer")"#, all(ALIKE)),
    (r#"not (not (title eq "Engineer"))"#, each(ALIKE, "400 invalidFilter", ALIKE)),
    (r#"not (title eq "Engineer" or active eq false)"#, each(ALIKE, "27 found", ALIKE)),
    (r#"active eq true"#, all(ALIKE)),
    (r#"active eq false"#, all(ALIKE)),
    (r#"active ne true"#, all(ALIKE)),
    (r#"active eq "true""#, all(ALIKE)),
    (r#"title eq "Engineer" and active eq false"#, all(ALIKE)),
    (r#"title eq "Engineer" or active eq false"#, all(ALIKE)),
    (r#"title eq "Engineer" or active eq false and userName sw "seed.user.001""#, all(ALIKE)),
    (r#"title eq "Engineer" and (active eq false or userName sw "seed.user.001")"#, all(ALIKE)),
    (r#"userName ew "7@example.test" and userName ew "8@example.test""#, all(ALIKE)),
    (r#"name pr"#, all(ALIKE)),
    (r#"name.middleName pr"#, all(ALIKE)),
    (r#"name.familyName eq "User 0007""#, all(ALIKE)),
    (r#"name.familyName eq "user 0007""#, CASE),
    (r#"name.givenName eq "Seed" and name.familyName ew "7""#, all(ALIKE)),
    (r#"emails pr"#, PARTS),
    (r#"emails co "0007""#, PARTS),
    (r#"emails eq "seed.user.0007@example.test""#, PARTS),
    (r#"emails.value eq "seed.user.0007@example.test""#, all(ALIKE)),
    (r#"emails.type eq "work""#, all(ALIKE)),
    (r#"emails.primary eq true"#, all(ALIKE)),
    (r#"emails[type eq "home"]"#, all(ALIKE)),
    (r#"emails[type eq "WORK"]"#, CASE),
    (r#"emails[value co "0007"]"#, all(ALIKE)),
    (r#"emails[type eq "work"].value eq "seed.user.0007@example.test""#, all(ALIKE)),
    (r#"emails[type eq "home"].value eq "seed.user.0007@example.test""#, all(ALIKE)),
    (r#"emails[type eq "work" and value eq "seed.user.0007@example.test"]"#, all(ALIKE)),
    (r#"emails[primary eq true and value sw "seed.user.000"]"#, all(ALIKE)),
    (r#"emails[not (type eq "home") and value sw "seed.user.000"]"#, all(ALIKE)),
    (r#"phoneNumbers pr"#, all(ALIKE)),
    (r#"groups pr"#, PARTS),
    (r#"schemas eq "E""#, PARTS),
    (r#"meta.created gt "2020-01-01T00:00:00Z""#, all(ALIKE)),
    (r#"meta.created lt "2020-01-01T00:00:00Z""#, all(ALIKE)),
    (r#"meta.lastModified ge "2020-01-01T00:00:00+02:00""#, all(ALIKE)),
    (r#"meta.resourceType eq "User""#, CASE),
    (r#"U:userName eq "seed.user.0007@example.test""#, CASE),
    (r#"U:name.familyName eq "User 0007""#, each(ALIKE, "400 invalidValue", ALIKE)),
    (r#"E:department eq "Sales""#, CASE),
    (r#"E:department eq "sales""#, CASE),
    (r#"E:department pr"#, CASE),
    (r#"E:employeeNumber gt "0025""#, CASE),
    (r#"E:manager pr"#, all(ALIKE)),
    (r#"E:manager.value eq "ID""#, PARTS),
    (r#"E pr"#, UNKNOWN),
    (r#"department eq "Sales""#, each(ALIKE, "nobody", "400 invalidFilter")),
    (r#"manager eq "ID""#, UNKNOWN),
    (r#"id eq "ID" and manager eq "ID""#, UNKNOWN),
    (r#"id eq "ID" and active eq true"#, all(ALIKE)),
    (r#"id eq "ID" and title eq "Manager""#, all(ALIKE)),
    (r#"shoeSize eq "x""#, UNKNOWN),
    (r#"shoeSize pr"#, UNKNOWN),
    (r#"name.nick pr"#, UNKNOWN),
    (r#"groups.value eq "x""#, each(ALIKE, "400 invalidValue", ALIKE)),
    (r#"emails[type eq "work" or type eq "home"]"#, all(ALIKE)),
];

pub(crate) fn behaviours() -> Vec<Behaviour> {
    let behaviour = |(text, expected): Row| {
        let check = move |client: &mut Client| {
            assert_eq!(judged(client, text), expected.of(client.column), "{text}");
        };
        Behaviour::new("filters", text, check).among(People::Seeded(PEOPLE))
    };
    ROWS.map(behaviour).into()
}

fn judged(client: &mut Client, text: &str) -> String {
    let everybody = Search { count: Some(100), ..Search::default() };
    let people = client.search("Users", &everybody).expect("a list").resources;
    assert_eq!(people.len(), PEOPLE);
    let seventh = people.iter().find(|user| ends(user, "0007@example.test")).expect("the seventh");
    let text = text
        .replace("ID", seventh.id().expect("an id"))
        .replace("E:", &format!("{}:", scim::schema::ENTERPRISE_USER))
        .replace("U:", &format!("{}:", scim::schema::USER));
    let filter = Filter::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let list = client.search("Users", &Search { filter: Some(filter.clone()), ..everybody });
    let schemas = Schemas::rfc7643();
    let mut here: Vec<&Resource> =
        people.iter().filter(|user| filter.matches(user, &schemas)).collect();
    let mut there: Vec<&Resource> = list.iter().flat_map(|list| &list.resources).collect();
    here.sort_by_key(|user| user.id());
    there.sort_by_key(|user| user.id());
    match &list {
        Ok(list) if list.total_results == here.len() as u64 && here == there => ALIKE.to_owned(),
        list => outcome::found(list),
    }
}

fn ends(user: &Resource, ending: &str) -> bool {
    user.get("userName").and_then(|name| name.as_str()).is_some_and(|name| name.ends_with(ending))
}
