//! Reading the answer to a search: 1,000 users, and what JSON alone would cost.

use criterion::{Criterion, Throughput};
use http::Response;
use scim::answer;
use serde_json::{Value, json};

use crate::population;

/// How many users one page holds.
const PAGE: usize = 1_000;

/// Reads one page.
pub(crate) fn read(criterion: &mut Criterion) {
    let body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": PAGE,
        "startIndex": 1,
        "itemsPerPage": PAGE,
        "Resources": (0..PAGE).map(population::user).collect::<Vec<Value>>(),
    });
    let response = Response::new(body.to_string().into_bytes());
    let mut group = criterion.benchmark_group("read a page of 1,000 users");
    group.sample_size(50).throughput(Throughput::Bytes(response.body().len() as u64));
    assert_eq!(answer::list(&response).map(|list| list.resources.len()), Ok(PAGE));
    group.bench_function("scim", |bencher| {
        bencher.iter_with_large_drop(|| answer::list(&response).expect("a list"));
    });
    group.bench_function("JSON alone", |bencher| {
        bencher.iter_with_large_drop(|| {
            serde_json::from_slice::<Value>(response.body()).expect("JSON")
        });
    });
    group.finish();
}
