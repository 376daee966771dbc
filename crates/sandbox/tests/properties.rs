//! What is true of every sandbox, tried on random resources and requests.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by a panic"
)]

#[path = "support/client.rs"]
mod client;

use client::Client;
use http::{Request, Response};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use sandbox::{Moment, Quirk, Quirks, ResourceType, Sandbox, Settings};
use scim::answer;
use scim::endpoint::{Endpoint, Search};
use scim::filter::Filter;
use scim::patch::{Dialect, Operation, PatchRequest};
use scim::path::Path;
use scim::tenant_url::TenantUrl;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// What a user might be sent with; absent attributes are absent from the document.
fn a_user() -> impl Strategy<Value = Value> {
    let text = || option::of("[ -~äßİΣσς]{1,12}");
    let emails = vec(("[a-z]{1,8}@[a-z]{1,8}", select(&["work", "home", "other"][..])), 0..3);
    let own = ("[a-zA-Z][a-zA-Z0-9.'+@-]{0,20}", text(), text(), text(), option::of(any::<bool>()));
    (own, emails).prop_map(|((user_name, external_id, title, department, active), emails)| {
        let mut user = Map::new();
        user.insert("schemas".to_owned(), json!([USER]));
        user.insert("userName".to_owned(), json!(user_name));
        user.extend(external_id.map(|value| ("externalId".to_owned(), json!(value))));
        user.extend(title.map(|value| ("title".to_owned(), json!(value))));
        user.extend(active.map(|value| ("active".to_owned(), json!(value))));
        user.extend(
            department.map(|value| (ENTERPRISE.to_owned(), json!({ "department": value }))),
        );
        let emails: Vec<Value> =
            emails.iter().map(|(value, kind)| json!({ "value": value, "type": kind })).collect();
        user.extend((!emails.is_empty()).then(|| ("emails".to_owned(), json!(emails))));
        Value::Object(user)
    })
}

/// Text that is often close to what a service expects.
fn near_miss() -> impl Strategy<Value = String> {
    static KNOWN: &[&str] = &[
        "",
        "/Users",
        "/Groups",
        "/Users/ada-1",
        "/Groups/crew-1",
        "/.search",
        "/Bulk",
        "/Me",
        "/Schemas",
        "/ResourceTypes/User",
        "?filter=userName+eq+%22ada%22",
        "?filter=members[value%20eq%20%22x%22]",
        "?sortBy=emails&sortOrder=descending",
        "?startIndex=9223372036854775807&count=-1",
        "?attributes=name.x,emails",
        "?excludedAttributes=members,%ff",
        "?filter=not(",
        "&count=1",
    ];
    vec(prop_oneof![4 => select(KNOWN).prop_map(str::to_owned), 1 => "[!-;=?-~]{0,6}"], 0..4)
        .prop_map(|parts| parts.concat())
}

fn a_value() -> impl Strategy<Value = Value> {
    static TEXTS: &[&str] = &[
        "ada",
        "ada-1",
        "crew-1",
        "True",
        "",
        "add",
        "Replace",
        "remove",
        "members",
        "active",
        "userName",
        "emails[type eq \"work\"].value",
        "name.givenName",
        "emails[",
        USER,
        ENTERPRISE,
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        select(TEXTS).prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        static NAMES: &[&str] = &[
            "schemas",
            "id",
            "userName",
            "emails",
            "value",
            "type",
            "primary",
            "members",
            "active",
            "meta",
            "Operations",
            "op",
            "path",
            "filter",
            "count",
            ENTERPRISE,
            "manager",
            "displayName",
            "$ref",
        ];
        let member = (select(NAMES).prop_map(str::to_owned), inner.clone());
        prop_oneof![
            vec(inner, 0..4).prop_map(Value::from),
            vec(member, 0..5).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn a_body() -> impl Strategy<Value = Vec<u8>> {
    let patch = vec(a_value(), 0..4).prop_map(|operations| json!({ "Operations": operations }));
    let operation = (select(&["add", "Replace", "remove"][..]), a_value(), a_value()).prop_map(
        |(op, path, value)| json!({ "Operations": [{ "op": op, "path": path, "value": value }] }),
    );
    prop_oneof![
        prop_oneof![a_value(), patch, operation, a_user()]
            .prop_map(|value| serde_json::to_vec(&value).unwrap()),
        vec(any::<u8>(), 0..64),
    ]
}

fn a_request() -> impl Strategy<Value = Request<Vec<u8>>> {
    static METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "BREW"];
    static HEADERS: &[&str] = &["if-match", "if-none-match", "accept"];
    let header = (select(HEADERS), select(&["*", "W/\"1\"", "\"", "W/", ",,"][..]));
    (select(METHODS), near_miss(), option::of(header), a_body()).prop_filter_map(
        "a URI that http can hold",
        |(method, path, header, body)| {
            let mut request = Request::builder()
                .method(method)
                .uri(format!("/scim/v2{path}"))
                .header("authorization", "Bearer sandbox")
                .header("content-type", "application/scim+json");
            if let Some((name, value)) = header {
                request = request.header(name, value);
            }
            request.body(body).ok()
        },
    )
}

/// What a client sends that knows what it does, so that much of it is stored.
fn a_sound_request() -> impl Strategy<Value = Request<Vec<u8>>> {
    static MEMBERS: &[&str] = &["ada-1", "crew-1", "nobody"];
    let operation = prop_oneof![
        select(&["True", "false"][..]).prop_map(|active| ("Replace", "active", json!(active))),
        any::<bool>().prop_map(|active| ("replace", "active", json!(active))),
        a_user().prop_map(|user| ("add", "userName", user["userName"].clone())),
        Just(("Add", "emails[type eq \"work\"].value", json!("a@x"))),
        Just(("Add", "manager", json!("ada-1"))),
        (select(&["Add", "Remove"][..]), select(MEMBERS)).prop_map(|(op, id)| (
            op,
            "members",
            json!([{ "value": id }])
        )),
    ];
    let operations = vec(operation, 1..3).prop_map(|operations| {
        let operation = |(op, path, value)| json!({ "op": op, "path": path, "value": value });
        json!({ "schemas": [PATCH_OP], "Operations": operations.into_iter().map(operation).collect::<Vec<_>>() })
    });
    let group = select(MEMBERS).prop_map(
        |id| json!({ "schemas": [GROUP], "displayName": "Crew", "members": [{ "value": id }] }),
    );
    prop_oneof![
        a_user().prop_map(|user| ("POST", "/Users", user)),
        a_user().prop_map(|user| ("PUT", "/Users/ada-1", user)),
        (select(&["/Users/ada-1", "/Groups/crew-1"][..]), operations)
            .prop_map(|(path, operations)| ("PATCH", path, operations)),
        (select(&["POST", "PUT"][..]), group).prop_map(|(method, group)| {
            (method, if method == "PUT" { "/Groups/crew-1" } else { "/Groups" }, group)
        }),
        select(&["/Users/ada-1", "/Groups/crew-1"][..]).prop_map(|path| (
            "DELETE",
            path,
            Value::Null
        )),
    ]
    .prop_map(|(method, path, body)| {
        let request = Request::builder()
            .method(method)
            .uri(format!("/scim/v2{path}"))
            .header("authorization", "Bearer sandbox")
            .header("content-type", "application/scim+json");
        request.body(serde_json::to_vec(&body).unwrap()).unwrap()
    })
}

fn seeded(dialect: Dialect) -> Sandbox {
    let mut sandbox = Sandbox::new(Settings { dialect, ..Settings::default() });
    let now = Moment::default();
    sandbox.insert(ResourceType::User, json!({ "id": "ada-1", "userName": "ada" }), &now).unwrap();
    let members = json!([{ "value": "ada-1" }]);
    let crew = json!({ "id": "crew-1", "displayName": "Crew", "members": members });
    sandbox.insert(ResourceType::Group, crew, &now).unwrap();
    sandbox
}

/// None to three quirks, any number of them, or any number of those that let requests in: the
/// others would hide what becomes of these.
fn some_quirks() -> impl Strategy<Value = Vec<Quirk>> {
    static CLOSED: &[Quirk] = &[
        Quirk::Redirect,
        Quirk::ExpiredToken,
        Quirk::Forbidden,
        Quirk::CreateForbidden,
        Quirk::ChangeForbidden,
        Quirk::PatchRefused,
        Quirk::PatchWithoutEffect,
        Quirk::PatchReturnsUnchanged,
    ];
    let open: Vec<Quirk> = Quirk::ALL.into_iter().filter(|quirk| !CLOSED.contains(quirk)).collect();
    let any_of = |quirks: Vec<Quirk>| {
        let most = quirks.len();
        subsequence(quirks, 0..=most)
    };
    prop_oneof![vec(select(&Quirk::ALL[..]), 0..3), any_of(Quirk::ALL.to_vec()), any_of(open)]
}

/// Whether an error is told in the form that the quirks ask for; by default in SCIM's.
fn is_told(response: &Response<Vec<u8>>, quirks: &Quirks) -> bool {
    let (status, bytes) = (response.status(), response.body().as_slice());
    let body: Option<Value> = serde_json::from_slice(bytes).ok();
    if quirks.contains(Quirk::ErrorWithoutBody) {
        bytes.is_empty()
    } else if quirks.contains(Quirk::ErrorAsHtml) {
        bytes.starts_with(b"<!DOCTYPE html>")
    } else if quirks.contains(Quirk::ErrorInOtherJson) {
        body.is_some_and(|body| body["message"].is_string() && body["code"] == status.as_u16())
    } else {
        body.as_ref().and_then(|body| body["status"].as_str()) == Some(status.as_str())
    }
}

/// What holds between the resources, whatever was asked.
fn check_invariants(sandbox: &Sandbox) {
    let mut names = BTreeSet::new();
    for user in sandbox.users() {
        let name = user.get("userName").and_then(Value::as_str).expect("a user name");
        let is_new = names.insert(name.to_lowercase());
        assert!(is_new || sandbox.quirks().contains(Quirk::DuplicatesAccepted), "`{name}` twice");
    }
    let ids = |resource: &scim::resource::Resource, list: &str| -> BTreeSet<String> {
        let values = resource.get(list).and_then(Value::as_array).into_iter().flatten();
        values.map(|value| value["value"].as_str().unwrap().to_owned()).collect()
    };
    for group in sandbox.groups() {
        for user in sandbox.users() {
            let (group_id, user_id) = (group.id().unwrap(), user.id().unwrap());
            let (holds, is_told) =
                (ids(&group, "members").contains(user_id), ids(&user, "groups").contains(group_id));
            assert_eq!(holds, is_told, "{group:?} {user:?}");
        }
    }
}

proptest! {
    #[test]
    fn what_was_created_is_read_back(sent in a_user()) {
        let mut client = Client::new(Settings::default());
        let id = client.create("/Users", sent.clone());
        let answer = client.get(&format!("/Users/{id}"));
        prop_assert_eq!(answer.header("etag"), &answer.body["meta"]["version"]);
        client.send("POST", "/Users", sent.clone()).is_error(409, Some("uniqueness"));
        let mut body = answer.body;
        let members = body.as_object_mut().unwrap();
        prop_assert_eq!(members.shift_remove("id"), Some(json!(id)));
        prop_assert!(members.shift_remove("meta").is_some());
        let expected = if sent.get(ENTERPRISE).is_some() { json!([USER, ENTERPRISE]) } else { json!([USER]) };
        prop_assert_eq!(members.insert("schemas".to_owned(), json!([USER])), Some(expected));
        prop_assert_eq!(body, sent);
    }

    #[test]
    fn a_user_is_found_by_its_name_in_any_case(sent in a_user(), other in a_user()) {
        let mut client = Client::new(Settings::default());
        let id = client.create("/Users", sent.clone());
        client.send("POST", "/Users", other);
        let name = sent["userName"].as_str().unwrap();
        for name in [name.to_owned(), name.to_uppercase(), name.to_lowercase()] {
            let filter = Filter::equals(&Path::attribute("userName"), &name).to_string();
            let answer = client.find("/Users", &filter);
            prop_assert_eq!(answer.listed("id"), vec![id.as_str()]);
        }
    }

    /// The requests of `scim::endpoint` and the reading of `scim::answer`, with the sandbox between.
    #[test]
    fn what_a_client_stores_it_finds_changes_and_removes(
        sent in a_user(),
        title in "[ -~ß]{1,12}",
        flagged in any::<bool>(),
    ) {
        let flag = if flagged { "?aadOptscim062020" } else { "" };
        let url = TenantUrl::parse(&format!("https://sandbox.example/scim/v2{flag}")).unwrap();
        let endpoint = Endpoint::new(url);
        let mut sandbox = Sandbox::new(Settings::default());
        let mut ask = |mut request: Request<Vec<u8>>| {
            request.headers_mut().insert("authorization", "Bearer sandbox".parse().unwrap());
            sandbox.handle(&request, &Moment::default())
        };
        let created = answer::resource(&ask(endpoint.create("Users", &sent))).unwrap();
        let id = created.id().unwrap().to_owned();
        let name = sent["userName"].as_str().unwrap();
        let filter = Some(Filter::equals(&Path::attribute("userName"), name));
        let search = Search { filter, ..Search::default() };
        let found = answer::list(&ask(endpoint.search("Users", &search))).unwrap();
        prop_assert_eq!(found.resources, vec![created]);
        let change = PatchRequest::new(vec![Operation::replace("title", title.as_str())]);
        let changed = answer::nothing(&ask(endpoint.patch("Users", &id, &change))).unwrap();
        let read = answer::resource(&ask(endpoint.get("Users", &id, &Search::default()))).unwrap();
        prop_assert_eq!(read.get("title"), Some(&json!(title)));
        prop_assert_eq!(changed, Some(read));
        answer::nothing(&ask(endpoint.delete("Users", &id))).unwrap();
        let left = answer::list(&ask(endpoint.search("Users", &search))).unwrap();
        prop_assert_eq!(left.total_results, 0);
    }

    /// The same question with and without the help of an index.
    #[test]
    fn an_index_finds_what_a_scan_finds(users in vec(a_user(), 1..8), which in 0_usize..8) {
        let mut client = Client::new(Settings::default());
        for user in &users {
            client.send("POST", "/Users", user.clone());
        }
        let user = &users[which % users.len()];
        let email = user["emails"][0]["value"].as_str();
        for (path, value) in [
            ("userName", user["userName"].as_str()),
            ("externalId", user["externalId"].as_str()),
            ("emails.value", email),
            ("emails[type eq \"work\"].value", email),
        ] {
            let Some(value) = value else { continue };
            let filter = Filter::equals(&Path::parse(path).unwrap(), value);
            let by_index = client.find("/Users", &filter.to_string()).body;
            let by_scan = client.find("/Users", &format!("not (not ({filter}))")).body;
            prop_assert_eq!(by_index, by_scan);
        }
    }

    #[test]
    fn pages_cover_everybody_exactly_once(
        names in btree_set("[a-z]{1,6}", 0..40),
        count in 1_usize..15,
        sorted in any::<bool>(),
    ) {
        let mut client = Client::new(Settings { max_results: 10, ..Settings::default() });
        for name in &names {
            client.create("/Users", json!({ "schemas": [USER], "userName": name }));
        }
        let sort = if sorted { "&sortBy=userName&sortOrder=descending" } else { "" };
        let mut seen = Vec::new();
        loop {
            let start = seen.len() + 1;
            let page = client.get(&format!("/Users?startIndex={start}&count={count}{sort}"));
            prop_assert_eq!(&page.body["totalResults"], &json!(names.len()));
            let listed = page.listed("userName");
            prop_assert!(listed.len() <= count.min(10));
            if listed.is_empty() {
                break;
            }
            seen.extend(listed.into_iter().map(str::to_owned));
        }
        // The set is in ascending order, which was also the order of creation.
        let expected: Vec<String> =
            if sorted { names.into_iter().rev().collect() } else { names.into_iter().collect() };
        prop_assert_eq!(seen, expected);
    }

    #[test]
    fn whatever_is_asked_there_is_an_answer(
        requests in vec(prop_oneof![a_request(), a_sound_request()], 1..8),
        quirks in some_quirks(),
        tolerant in any::<bool>(),
    ) {
        let mut sandbox = seeded(if tolerant { Dialect::Entra } else { Dialect::Rfc });
        sandbox.set_quirks(quirks.into_iter().collect());
        for request in &requests {
            let before: Vec<_> = sandbox.users().chain(sandbox.groups()).collect();
            let response = sandbox.handle(request, &Moment::from_unix_millis(1));
            if !response.status().is_success() {
                let after: Vec<_> = sandbox.users().chain(sandbox.groups()).collect();
                prop_assert_eq!(before, after);
                let is_bare = [302, 304].contains(&response.status().as_u16());
                prop_assert!(is_bare || is_told(&response, sandbox.quirks()));
            }
            check_invariants(&sandbox);
        }
        prop_assert_eq!(sandbox.journal().len(), requests.len());
    }
}
