//! Filters: from text to tree, and asked of 100,000 users.

use std::hint::black_box;

use criterion::Criterion;
use scim::filter::Filter;
use scim::resource::Resource;
use scim::schema::Schemas;
use scim_filter::parser;
use serde_json::Value;

use crate::population;

/// How many users are asked.
const USERS: usize = 100_000;

/// A long filter, as an administrator's tool might put one together.
const LONG: &str = r#"(title co "Engineer" or title co "Manager" or displayName sw "Ada") and active eq true and not (addresses.country eq "DE") and meta.lastModified ge "2023-06-01T00:00:00Z" and emails[type eq "work" and value ew "@corp.example"]"#;

/// What matching by e-mail asks: Entra's own form, which the RFC does not have.
const ENTRA: &str = r#"emails[type eq "work"].value eq "grace.hopper77@corp.example""#;

/// Reads filters of three lengths.
pub(crate) fn parse(criterion: &mut Criterion) {
    let name = format!("userName eq \"{}\"", population::user_name(77_777));
    for (title, text) in [
        ("parse userName eq", name.as_str()),
        ("parse emails[…].value eq", ENTRA),
        ("parse long", LONG),
    ] {
        let mut group = criterion.benchmark_group(title);
        assert!(Filter::parse(text).is_ok(), "{text}");
        group.bench_function("scim", |bencher| bencher.iter(|| Filter::parse(black_box(text))));
        // It takes the text only up to `]` of Entra's form, and so reads another question.
        if text != ENTRA {
            assert!(parser::filter(text).is_ok_and(|(rest, _)| rest.is_empty()), "{text}");
            group.bench_function("scim-filter", |bencher| {
                bencher.iter(|| parser::filter(black_box(text)))
            });
        }
        group.finish();
    }
}

/// Asks filters, read once, of all users.
pub(crate) fn evaluate(criterion: &mut Criterion) {
    let users = population::users(USERS);
    // The other crate asks plain JSON values; given anything else, it would make them anew for each question.
    let values: Vec<Value> = users.iter().cloned().map(Value::from).collect();
    let user_name = population::user_name(77_777);
    let name = format!("userName eq \"{user_name}\"");
    let email = format!("emails[type eq \"work\" and value eq \"{user_name}\"]");
    let entra = format!("emails[type eq \"work\"].value eq \"{user_name}\"");
    for (title, text) in [
        ("match userName eq", name.as_str()),
        ("match emails[… and …]", &email),
        ("match emails[…].value eq", &entra),
        ("match title co", "title co \"Engineer\""),
        ("match title co, none", "title co \"gardener\""),
        ("match date", "meta.lastModified ge \"2023-06-01T00:00:00Z\""),
        ("match long", LONG),
    ] {
        let mut group = criterion.benchmark_group(title);
        group.sample_size(10);
        let found = ours(text, &users);
        group.bench_function("scim", |bencher| bencher.iter(|| ours(text, &users)));
        if text != entra {
            assert_eq!(theirs(text, &values), found, "both find the same users: {text}");
            group.bench_function("scim-filter", |bencher| bencher.iter(|| theirs(text, &values)));
        }
        group.finish();
    }
}

fn ours(text: &str, users: &[Resource]) -> usize {
    let (filter, schemas) = (Filter::parse(text).expect("a filter"), Schemas::rfc7643());
    let query = filter.resolve(&schemas).expect("a filter that can be asked");
    users.iter().filter(|user| query.matches(user)).count()
}

fn theirs(text: &str, users: &[Value]) -> usize {
    let (_, filter) = parser::filter(text).expect("a filter");
    users.iter().filter(|user| filter.r#match(user).expect("an answer")).count()
}
