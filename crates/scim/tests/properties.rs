//! What holds for all filters, paths, resources, URLs and bytes.

use http::Response;
use proptest::collection::vec;
use proptest::prelude::*;
use scim::answer;
use scim::endpoint::{Endpoint, Search};
use scim::filter::{CompareOp, Filter};
use scim::paging::{Paging, PagingError};
use scim::patch::{Dialect, Op, Operation, PatchRequest, Spelling, apply};
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::Schemas;
use scim::tenant_url::TenantUrl;
use serde_json::{Value, json};

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z][a-zA-Z0-9_-]{0,8}",
        Just("emails".to_owned()),
        Just("userName".to_owned()),
        Just("members".to_owned()),
        Just("$ref".to_owned()),
    ]
    .prop_filter("`not` begins a negation", |name| !name.eq_ignore_ascii_case("not"))
}

fn urn() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(scim::schema::USER.to_owned()),
        Just(scim::schema::ENTERPRISE_USER.to_owned()),
        Just("urn:scim:schemas:extension:enterprise:1.0".to_owned()),
        "urn:[a-z]{1,5}:[a-z]{1,5}:[0-9]\\.[0-9]:[A-Z][a-z]{0,5}",
        "urn:scim:[a-z]{1,3}:[0-9A-Z.]{0,2}[0-9A-Za-z]",
    ]
}

fn literal() -> impl Strategy<Value = Value> {
    prop_oneof![
        vec(any::<char>(), 0..6).prop_map(|characters| Value::from(String::from_iter(characters))),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON has no infinity", |number| number.is_finite())
            .prop_map(Value::from),
        Just(Value::Null),
    ]
}

fn plain_path() -> impl Strategy<Value = Path> {
    (prop::option::of(urn()), name(), prop::option::of(name())).prop_map(
        |(schema, attribute, sub_attribute)| Path {
            schema,
            attribute,
            filter: None,
            sub_attribute,
        },
    )
}

fn path() -> impl Strategy<Value = Path> {
    let filtered = (plain_path(), filter_of(plain_path().boxed(), 1), any::<bool>()).prop_map(
        |(path, filter, sub)| {
            let sub_attribute = path.sub_attribute.filter(|_| sub);
            Path { filter: Some(Box::new(filter)), sub_attribute, ..path }
        },
    );
    prop_oneof![plain_path(), filtered]
}

/// Trees that a text can stand for: a bare value filter is compared with nothing.
fn filter_of(paths: BoxedStrategy<Path>, depth: u32) -> impl Strategy<Value = Filter> {
    let op = prop::sample::select(CompareOp::ALL.to_vec());
    let leaf =
        (paths, prop::option::of((op, literal()))).prop_map(
            |(path, comparison)| match comparison {
                Some((op, value)) if path.filter.is_none() || path.sub_attribute.is_some() => {
                    Filter::Compare { path, op, value }
                }
                _ => Filter::Present(path),
            },
        );
    leaf.prop_recursive(depth, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Filter::And),
            vec(inner.clone(), 2..4).prop_map(Filter::Or),
            inner.prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    filter_of(path().boxed(), 3)
}

fn json_value() -> impl Strategy<Value = Value> {
    literal().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((member_name(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn member_name() -> impl Strategy<Value = String> {
    let known = [
        "userName",
        "USERNAME",
        "name",
        "emails",
        "active",
        "title",
        "members",
        "schemas",
        "id",
        "meta",
        "groups",
        "value",
        "type",
        "primary",
        "display",
        "$ref",
        "manager",
        "department",
        "name.givenName",
        "emails[type eq \"work\"].value",
        scim::schema::ENTERPRISE_USER,
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
    ];
    prop_oneof![prop::sample::select(known.to_vec()).prop_map(str::to_owned), name()]
}

fn ada() -> Resource {
    let schemas = json!([scim::schema::USER]);
    let members = [("schemas", schemas), ("id", json!("1")), ("userName", json!("ada"))];
    Resource::from(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .into_iter()
            .collect::<serde_json::Map<_, _>>(),
    )
}

fn resource() -> impl Strategy<Value = Resource> {
    vec((member_name(), json_value()), 0..6).prop_map(|members| {
        let mut user = ada();
        user.as_map_mut().extend(members);
        user
    })
}

/// Anything, most of which is refused.
fn operation() -> impl Strategy<Value = Operation> {
    let path =
        prop_oneof![path().prop_map(|path| path.to_string()), member_name(), any::<String>()];
    let op = prop::sample::select(Op::ALL.to_vec());
    (op, prop::option::of(path), prop::option::of(json_value()))
        .prop_map(|(op, path, value)| Operation { op, path, value })
}

/// What a client might mean, most of which is accepted.
fn sensible_operation() -> impl Strategy<Value = Operation> {
    let word = "[a-c]{1,2}";
    let email = (word, prop::sample::select(vec!["work", "home"]), any::<bool>()).prop_map(
        |(value, kind, primary)| json!({ "value": value, "type": kind, "primary": primary }),
    );
    let emails =
        prop_oneof![email.clone(), vec(email, 0..3).prop_map(Value::from), Just(Value::Null)];
    let target = prop_oneof![
        (
            prop::sample::select(vec!["title", "NAME.givenName", "emails.display"]),
            word.prop_map(Value::from)
        ),
        (Just("emails[type eq \"work\"].value"), word.prop_map(Value::from)),
        (
            Just("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"),
            word.prop_map(Value::from)
        ),
        (Just("active"), any::<bool>().prop_map(Value::from)),
        (Just("name"), word.prop_map(|name| json!({ "familyName": name, "givenName": null }))),
        (Just("emails"), emails),
    ];
    (prop::sample::select(Op::ALL.to_vec()), target).prop_map(|(op, (path, value))| match op {
        Op::Add => Operation::add(path, value),
        Op::Replace => Operation::replace(path, value),
        Op::Remove => Operation::remove(path),
    })
}

fn request() -> impl Strategy<Value = PatchRequest> {
    let spelling = prop_oneof![Just(Spelling::Lower), Just(Spelling::Capital)];
    (vec(operation(), 1..4), spelling)
        .prop_map(|(operations, spelling)| PatchRequest::new(operations).spelled(spelling))
}

/// Pages as a server might send them that guesses: totals, numbers and identifiers of its own.
fn pages() -> impl Strategy<Value = Vec<Response<Vec<u8>>>> {
    let page = (0_u64..12, 0_u64..12, vec(0_u8..9, 0..4)).prop_map(|(total, start, ids)| {
        let resources: Vec<Value> = ids
            .iter()
            .map(|id| if *id == 8 { json!({}) } else { json!({ "id": id.to_string() }) })
            .collect();
        let body = json!({ "totalResults": total, "startIndex": start, "Resources": resources });
        Response::new(body.to_string().into_bytes())
    });
    vec(page, 1..8)
}

fn dialect() -> impl Strategy<Value = Dialect> {
    prop_oneof![Just(Dialect::Rfc), Just(Dialect::Entra)]
}

proptest! {
    #[test]
    fn a_printed_filter_reads_back(filter in filter()) {
        let text = filter.to_string();
        prop_assert_eq!(Filter::parse(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn a_printed_path_reads_back(path in path()) {
        let text = path.to_string();
        prop_assert_eq!(Path::parse(&text), Ok(path), "{}", text);
    }

    #[test]
    fn the_position_of_a_fault_is_within_the_text(text in r#"[a-z"'()\[\]. eqnotpr\\:0-9é]{0,40}"#) {
        if let Err(error) = Filter::parse(&text) {
            prop_assert!(text.is_char_boundary(error.position), "{} in {}", error, text);
        }
        if let Err(error) = Path::parse(&text) {
            prop_assert!(text.is_char_boundary(error.position), "{} in {}", error, text);
        }
    }

    #[test]
    fn not_turns_the_answer_around(filter in filter(), resource in resource()) {
        let schemas = Schemas::rfc7643();
        prop_assume!(filter.resolve(&schemas).is_ok());
        let not = Filter::Not(Box::new(filter.clone()));
        prop_assert_ne!(filter.matches(&resource, &schemas), not.matches(&resource, &schemas));
    }

    #[test]
    fn and_is_all_and_or_is_any(filters in vec(filter(), 2..4), resource in resource()) {
        let schemas = Schemas::rfc7643();
        prop_assume!(filters.iter().all(|filter| filter.resolve(&schemas).is_ok()));
        let matches = |filter: &Filter| filter.matches(&resource, &schemas);
        prop_assert_eq!(matches(&Filter::And(filters.clone())), filters.iter().all(matches));
        prop_assert_eq!(matches(&Filter::Or(filters.clone())), filters.iter().any(matches));
    }

    #[test]
    fn what_the_rfc_allows_entra_allows_alike(
        before in prop_oneof![Just(ada()), resource()],
        operations in vec(prop_oneof![9 => sensible_operation(), 1 => operation()], 1..5),
    ) {
        let (schemas, request) = (Schemas::rfc7643(), PatchRequest::new(operations));
        let (mut strict, mut tolerant) = (before.clone(), before);
        if apply(&mut strict, &request, &schemas, Dialect::Rfc).is_ok() {
            prop_assert_eq!(apply(&mut tolerant, &request, &schemas, Dialect::Entra), Ok(()));
            prop_assert_eq!(tolerant, strict);
        }
    }

    #[test]
    fn one_email_at_most_is_primary(operations in vec(sensible_operation(), 1..6)) {
        let mut user = ada();
        // Those that a value filter finds no target for are passed over.
        for operation in operations {
            let _ = apply(&mut user, &PatchRequest::new(vec![operation]), &Schemas::rfc7643(), Dialect::Entra);
        }
        let primary = Path::parse("emails[primary eq true]").expect("a path");
        prop_assert!(user.values(&primary).len() <= 1, "{user:?}");
    }

    #[test]
    fn patch_is_all_or_nothing(before in resource(), request in request(), dialect in dialect()) {
        let schemas = Schemas::rfc7643();
        let mut after = before.clone();
        if apply(&mut after, &request, &schemas, dialect).is_err() {
            prop_assert_eq!(&after, &before);
        }
        // What the service provider keeps for itself stays, whatever is asked.
        prop_assert_eq!(after.id(), before.id());
    }

    #[test]
    fn a_patch_request_reads_back(request in request()) {
        let read = PatchRequest::parse(request.to_value().to_string().as_bytes());
        prop_assert_eq!(read, Ok(request));
    }

    #[test]
    fn a_resource_is_written_back_as_it_came(
        sent in resource(),
        pretty in any::<bool>(),
        over in vec((member_name(), json_value()), 0..3),
    ) {
        let value = sent.into_value();
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let mut read: Resource = text.parse().expect("an object");
        prop_assert_eq!(read.to_string(), text.as_str());
        read.as_map_mut().extend(over.clone());
        let again: Resource = read.to_string().parse().expect("an object");
        prop_assert_eq!(&again, &read);
        prop_assert_eq!(read.as_sent(), Some(text.as_str()));
    }

    #[test]
    fn reading_pages_ends_and_gives_everybody_once(
        pages in pages(),
        count in prop::option::of(1_u32..4),
        limit in 1_u64..20,
    ) {
        let endpoint = Endpoint::new(TenantUrl::parse("https://app.example/scim").expect("a URL"));
        let mut paging = Paging::new(endpoint, "Users", Search { count, ..Search::default() }).at_most(limit);
        let (mut ids, mut came, mut nameless) = (std::collections::BTreeSet::new(), 0, 0_u64);
        // The same pages over and over: a server that has no end.
        for page in pages.iter().cycle().take(1_000) {
            if paging.request().is_none() {
                break;
            }
            match paging.receive(page) {
                Ok(fresh) => {
                    came += fresh.len();
                    for resource in &fresh {
                        match resource.id() {
                            Some(id) => prop_assert!(ids.insert(id.to_owned()), "`{}` twice", id),
                            None => nameless += 1,
                        }
                    }
                }
                Err(error) => {
                    prop_assert!(error != PagingError::NotAsked && !error.to_string().is_empty());
                    prop_assert!(paging.request().is_none());
                }
            }
        }
        prop_assert!(paging.request().is_none());
        prop_assert!(came as u64 <= limit && ids.len() as u64 + nameless == came as u64);
    }

    #[test]
    fn what_is_added_by_a_replace_is_found(title in "[^\u{0}]{1,20}") {
        let schemas = Schemas::rfc7643();
        let mut user = ada();
        let request = PatchRequest::new(vec![Operation::replace("title", title.as_str())]);
        apply(&mut user, &request, &schemas, Dialect::Rfc).expect("a title can be replaced");
        let filter = Filter::equals(&Path::attribute("title"), &title);
        prop_assert!(Filter::parse(&filter.to_string()).expect("a filter").matches(&user, &schemas));
    }

    #[test]
    fn a_printed_tenant_url_reads_back_and_can_be_asked(
        text in "https?://[a-zA-Z0-9-]{1,9}(\\.[a-z]{1,4}){0,2}(:[1-9][0-9]{0,3})?(/[a-zA-Z0-9._~%41!$&'()*+,;=:@-]{0,8}){0,3}(\\?[a-z0-9=&]{0,9})?",
        id in any::<String>(),
    ) {
        let Ok(url) = TenantUrl::parse(&text) else { return Ok(()) };
        prop_assert_eq!(TenantUrl::parse(&url.to_string()), Ok(url.clone()));
        let request = Endpoint::new(url.clone()).get("Users", &id, &Search::default());
        prop_assume!(!["", ".", ".."].contains(&id.as_str()));
        prop_assert_eq!(request.uri().scheme_str(), Some(if url.is_https() { "https" } else { "http" }));
        prop_assert_eq!(request.uri().host(), Some(url.host()));
    }

    #[test]
    fn no_text_makes_the_tenant_url_panic(text in any::<String>()) {
        if let Ok(url) = TenantUrl::parse(&text) {
            prop_assert!(!url.host().is_empty());
        }
    }

    #[test]
    fn a_search_survives_the_wire(filter in prop::option::of(filter()), attributes in vec(name(), 0..3), start_index: Option<u32>) {
        let endpoint = Endpoint::new(TenantUrl::parse("https://app.example/scim").expect("a URL"));
        let sort_by = attributes.first().cloned();
        let search = Search { filter, attributes, start_index, sort_by, ..Search::default() };
        let request = endpoint.search("Users", &search);
        prop_assert_eq!(Search::parse(request.uri().query().unwrap_or_default()), Ok(search.clone()));
        let body: Value = serde_json::from_slice(endpoint.search_by_post("Users", &search).body()).expect("JSON");
        let filter = body["filter"].as_str().map(|text| Filter::parse(text).expect("a filter"));
        prop_assert_eq!(filter, search.filter);
    }

    #[test]
    fn any_query_can_be_read(query in any::<String>()) {
        let _ = Search::parse(&query);
    }

    #[test]
    fn any_answer_can_be_read(
        status in 100_u16..600,
        body in prop_oneof![vec(any::<u8>(), 0..200), json_value().prop_map(|value| value.to_string().into_bytes())],
        media_type in prop::option::of(prop_oneof![Just("text/html"), Just("application/scim+json")]),
    ) {
        let mut builder = Response::builder().status(status);
        if let Some(media_type) = media_type {
            builder = builder.header("Content-Type", media_type);
        }
        let response = builder.body(body).expect("a response");
        let read = (answer::list(&response), answer::resource(&response), answer::nothing(&response));
        if !(200..300).contains(&status) {
            prop_assert!(read.0.is_err() && read.1.is_err() && read.2.is_err());
        }
        if let Err(error) = read.0 {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
