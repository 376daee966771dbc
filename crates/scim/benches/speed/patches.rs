//! PATCH: a user's six attributes in both dialects, and one member of a group of 10,000.

use criterion::{BatchSize, Criterion};
use scim::patch::{self, Dialect, Operation, PatchRequest};
use scim::resource::Resource;
use scim::schema::{ENTERPRISE_USER, Schemas};
use serde_json::{Value, json};

use crate::population;

/// How many members the group has.
const MEMBERS: usize = 10_000;

/// Applies each request to a fresh copy.
pub(crate) fn apply(criterion: &mut Criterion) {
    let user = population::users(1).remove(0);
    let mut group = criterion.benchmark_group("patch six attributes");
    for (name, request, dialect) in
        [("rfc", six_attributes(), Dialect::Rfc), ("entra", entras_six(), Dialect::Entra)]
    {
        let schemas = Schemas::rfc7643();
        group.bench_function(name, |bencher| {
            bencher.iter_batched_ref(
                || user.clone(),
                |user| applied(user, &request, &schemas, dialect),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
    one_member(criterion);
}

fn one_member(criterion: &mut Criterion) {
    let crew = population::group(MEMBERS);
    let (schemas, last) = (Schemas::rfc7643(), population::id(MEMBERS - 1));
    let newcomer = json!([{ "value": population::id(MEMBERS) }]);
    let remove = Operation::remove(format!("members[value eq \"{last}\"]"));
    let entras_remove =
        Operation { value: Some(json!([{ "value": last }])), ..Operation::remove("members") };
    let mut group = criterion.benchmark_group("patch one of 10,000 members");
    group.sample_size(20);
    for (name, operation, dialect) in [
        ("add", Operation::add("members", newcomer), Dialect::Rfc),
        ("remove", remove, Dialect::Rfc),
        ("remove, as Entra asks", entras_remove, Dialect::Entra),
    ] {
        let request = PatchRequest::new(vec![operation]);
        group.bench_function(name, |bencher| {
            bencher.iter_batched_ref(
                || crew.clone(),
                |crew| applied(crew, &request, &schemas, dialect),
                BatchSize::PerIteration,
            );
        });
    }
    group.bench_function("copy alone", |bencher| {
        bencher.iter_with_large_drop(|| crew.clone());
    });
    group.finish();
}

fn applied(resource: &mut Resource, request: &PatchRequest, schemas: &Schemas, dialect: Dialect) {
    patch::apply(resource, request, schemas, dialect).expect("a request that can be applied");
}

/// An update of six mapped attributes as the RFC has it.
fn six_attributes() -> PatchRequest {
    let operations = attributes().map(|(path, value)| Operation::replace(path, value));
    PatchRequest::new(operations.into())
}

/// The same update as Entra sends it: plain values in one operation without path, and the filtered one apart.
fn entras_six() -> PatchRequest {
    let body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": attributes().map(|(path, value)| match value {
            Value::Bool(value) => json!({ "op": "Replace", "path": path, "value": if value { "True" } else { "False" } }),
            value => json!({ "op": "Replace", "path": path, "value": value }),
        }),
    });
    PatchRequest::from_value(body).expect("a request")
}

fn attributes() -> [(String, Value); 6] {
    [
        ("displayName".to_owned(), json!("Ada King")),
        ("name.familyName".to_owned(), json!("King")),
        ("title".to_owned(), json!("Countess")),
        ("emails[type eq \"work\"].value".to_owned(), json!("ada.king@corp.example")),
        (format!("{ENTERPRISE_USER}:department"), json!("Analysis")),
        ("active".to_owned(), json!(false)),
    ]
}
