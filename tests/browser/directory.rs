//! People made for a server, and what must become of each: an independent reading.
//!
//! Nothing here uses the project's engine. The server is read with a client of the tests' own, the
//! mapping of Envoy is written down once more as a table, and the verdict is computed from both.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Envoy's rows that people of these tests can fill: target, Graph attribute, and where the value
/// stands in a SCIM user. `name.formatted` joins two attributes and stands apart.
const ROWS: [(&str, &str, Spot); 16] = [
    ("userName", "userPrincipalName", Spot::Plain("userName")),
    ("externalId", "mailNickname", Spot::Plain("externalId")),
    ("displayName", "displayName", Spot::Plain("displayName")),
    ("title", "jobTitle", Spot::Plain("title")),
    ("emails[type eq \"work\"].value", "mail", Spot::Work("emails", "value")),
    ("preferredLanguage", "preferredLanguage", Spot::Plain("preferredLanguage")),
    ("addresses[type eq \"work\"].country", "country", Spot::Work("addresses", "country")),
    ("addresses[type eq \"work\"].locality", "city", Spot::Work("addresses", "locality")),
    ("addresses[type eq \"work\"].region", "state", Spot::Work("addresses", "region")),
    ("addresses[type eq \"work\"].postalCode", "postalCode", Spot::Work("addresses", "postalCode")),
    (
        "addresses[type eq \"work\"].formatted",
        "officeLocation",
        Spot::Work("addresses", "formatted"),
    ),
    (
        "addresses[type eq \"work\"].streetAddress",
        "streetAddress",
        Spot::Work("addresses", "streetAddress"),
    ),
    ("name.givenName", "givenName", Spot::Inside("name", "givenName")),
    ("name.familyName", "surname", Spot::Inside("name", "familyName")),
    ("phoneNumbers[type eq \"mobile\"].value", "mobilePhone", Spot::Mobile),
    ("phoneNumbers[type eq \"work\"].value", "businessPhones", Spot::Work("phoneNumbers", "value")),
];

/// The role that assignments are made with.
const ROLE: &str = "8b1d7c1e-6d0c-4f4e-9a43-0d8f0f6f1a11";

/// Where a value stands in a SCIM user.
#[derive(Clone, Copy)]
enum Spot {
    Plain(&'static str),
    Inside(&'static str, &'static str),
    Work(&'static str, &'static str),
    Mobile,
}

/// What must become of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The action's name.
    pub action: &'static str,
    /// The skip reason; empty otherwise.
    pub reason: &'static str,
    /// The target attributes that change, with their values before and after.
    pub changes: BTreeMap<String, (Option<String>, String)>,
}

/// People in Microsoft Graph's words, and the verdict on each by user principal name.
#[derive(Debug, Default)]
pub struct Directory {
    users: Vec<Value>,
    assigned: Vec<String>,
    /// The verdicts, by directory object id.
    pub expected: BTreeMap<String, Expected>,
}

/// Reads a server's users, fifty at most.
pub async fn users_of(url: &str, token: &str) -> Vec<Value> {
    let answer = reqwest::Client::new()
        .get(format!("{url}/Users?startIndex=1&count=50"))
        .bearer_auth(token)
        .header("accept", "application/scim+json")
        .send()
        .await
        .unwrap_or_else(|error| panic!("`{url}` does not answer: {error}"));
    let status = answer.status();
    let text = answer.text().await.expect("the answer is whole");
    assert!(status.is_success(), "`{url}` answers {status}: {text}");
    let list: Value = serde_json::from_str(&text).expect("the answer is JSON");
    let mut users = list["Resources"].as_array().cloned().unwrap_or_default();
    users.truncate(50);
    users
}

impl Directory {
    /// People for a server that holds these users. Of every ten, five are equal, two are renamed,
    /// one is not assigned, one may not sign in, and one has a new surname and title. Eight whom
    /// the server does not know come with them, three of these not assigned.
    pub fn around(users: &[Value]) -> Self {
        let mut directory = Self::default();
        for (index, user) in users.iter().enumerate() {
            let mut person = person_of(user);
            let mut is_assigned = true;
            match index % 10 {
                3 | 6 => change(&mut person, "displayName", "Renamed"),
                7 => is_assigned = false,
                8 => drop(person.insert("accountEnabled".to_owned(), json!(false))),
                9 => {
                    change(&mut person, "surname", "Married");
                    change(&mut person, "jobTitle", "Director");
                }
                _ => {}
            }
            directory.add(person, is_assigned, Some(user));
        }
        for number in 1..=8 {
            directory.add(invented(number), number <= 5, None);
        }
        directory
    }

    /// Invented people, all assigned, none of whom any server knows.
    pub fn of_strangers(count: usize) -> Self {
        let mut directory = Self::default();
        for number in 1..=count {
            directory.add(invented(number), true, None);
        }
        directory
    }

    /// How many users there are.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// The text to paste.
    pub fn graph(&self) -> String {
        let assignment = |id: &String| json!({ "principalId": id, "appRoleId": ROLE });
        let assigned: Vec<Value> = self.assigned.iter().map(assignment).collect();
        let role = json!({ "id": ROLE, "displayName": "User", "value": "User" });
        let graph = json!({
            "users": { "value": self.users },
            "appRoles": [role],
            "appRoleAssignedTo": { "value": assigned },
        });
        graph.to_string()
    }

    fn add(&mut self, mut person: Map<String, Value>, is_assigned: bool, user: Option<&Value>) {
        let id = format!("00000000-0000-4000-8000-{:012}", self.users.len() + 1);
        person.insert("id".to_owned(), json!(id));
        self.expected.insert(id.clone(), expected(&person, is_assigned, user));
        if is_assigned {
            self.assigned.push(id);
        }
        self.users.push(Value::Object(person));
    }
}

/// The person whom the mapping turns into exactly this user.
fn person_of(user: &Value) -> Map<String, Value> {
    let mut person = Map::new();
    person.insert("accountEnabled".to_owned(), json!(true));
    for (_, source, spot) in ROWS {
        if let Some(value) = value_at(user, spot) {
            let value = if source == "businessPhones" { json!([value]) } else { json!(value) };
            person.insert(source.to_owned(), value);
        }
    }
    person
}

fn invented(number: usize) -> Map<String, Value> {
    let person = json!({
        "accountEnabled": true,
        "userPrincipalName": format!("new.person.{number:04}@contoso.example"),
        "mailNickname": format!("new.person.{number:04}"),
        "mail": format!("new.person.{number:04}@contoso.example"),
        "displayName": format!("New Person {number:04}"),
        "givenName": "New",
        "surname": format!("Person {number:04}"),
        "jobTitle": "Analyst",
    });
    person.as_object().cloned().expect("an object was written")
}

fn change(person: &mut Map<String, Value>, attribute: &str, word: &str) {
    let old = person.get(attribute).and_then(Value::as_str).unwrap_or_default();
    let new = format!("{word} {old}").trim_end().to_owned();
    person.insert(attribute.to_owned(), json!(new));
}

/// The verdict on a person, from the server's user that has the same name.
fn expected(person: &Map<String, Value>, is_assigned: bool, user: Option<&Value>) -> Expected {
    let verdict = |action, reason, changes| Expected { action, reason, changes };
    if !is_assigned || person.get("accountEnabled") == Some(&json!(false)) {
        return verdict("Skip", "NotEffectivelyEntitled", BTreeMap::new());
    }
    let Some(user) = user else { return verdict("Create", "", BTreeMap::new()) };
    let mut changes = BTreeMap::new();
    for (target, wanted, before) in mapped(person, user) {
        // Provisioning compares without regard to letter case.
        let is_same = before.as_ref().is_some_and(|b| b.to_lowercase() == wanted.to_lowercase());
        if !is_same {
            changes.insert(target.to_owned(), (before, wanted));
        }
    }
    match changes.is_empty() {
        true => verdict("Skip", "RedundantExport", changes),
        false => verdict("Update", "", changes),
    }
}

/// Every target attribute that the person gives a value, with that of the server.
fn mapped(
    person: &Map<String, Value>,
    user: &Value,
) -> Vec<(&'static str, String, Option<String>)> {
    let text = |name: &str| match person.get(name)? {
        Value::Array(values) => values.first()?.as_str().map(str::to_owned),
        value => value.as_str().map(str::to_owned),
    };
    let mut mapped = Vec::new();
    for (target, source, spot) in ROWS {
        if let Some(value) = text(source) {
            mapped.push((target, value, value_at(user, spot)));
        }
    }
    let parts: Vec<String> = ["givenName", "surname"].into_iter().filter_map(text).collect();
    if !parts.is_empty() {
        let formatted = value_at(user, Spot::Inside("name", "formatted"));
        mapped.push(("name.formatted", parts.join(" "), formatted));
    }
    mapped
}

fn value_at(user: &Value, spot: Spot) -> Option<String> {
    let of_type = |list: &str, kind: &str, part: &str| {
        let entries = user[list].as_array()?;
        let entry = entries.iter().find(|entry| entry["type"] == kind)?;
        entry[part].as_str().map(str::to_owned)
    };
    let value = match spot {
        Spot::Plain(name) => user[name].as_str().map(str::to_owned),
        Spot::Inside(whole, part) => user[whole][part].as_str().map(str::to_owned),
        Spot::Work(list, part) => of_type(list, "work", part),
        Spot::Mobile => of_type("phoneNumbers", "mobile", "value"),
    };
    value.filter(|text| !text.is_empty())
}
