//! Users per second of each stage and of what looks at everybody, for 10,000 and 100,000 people.

use std::collections::BTreeSet;
use std::hint::black_box;

use criterion::{Criterion, Throughput};
use provisioning::difference::between;
use provisioning::forecast::forecast;
use provisioning::review::review_population;

use crate::pipeline::{self, Workload};
use crate::stage::{STAGES, Stages};

/// Takes everybody through one stage after the other.
pub(crate) fn go_through(criterion: &mut Criterion) {
    for count in [10_000, 100_000] {
        let stages = Stages::new(count);
        let mut group = criterion.benchmark_group(format!("stages, {count} people"));
        group.sample_size(10).throughput(Throughput::Elements(count as u64));
        for (title, stage) in STAGES {
            assert!(stage(&stages, 0..count) > count / 2, "{title}");
            group.bench_function(title, |b| b.iter(|| stage(black_box(&stages), 0..count)));
        }
        group.finish();
        let mut group = criterion.benchmark_group(format!("everybody, {count} people"));
        group.sample_size(10).throughput(Throughput::Elements(count as u64));
        let (population, managed) = (stages.population(), BTreeSet::new());
        group.bench_function("review", |b| b.iter(|| review_population(population, &managed)));
        group.bench_function("difference", |b| b.iter(|| between(population, population)));
        group.bench_function("forecast", |b| b.iter(|| forecast(population, &managed)));
        group.finish();
        let mut group = criterion.benchmark_group(format!("pipeline stages, {count} people"));
        group.sample_size(10).throughput(Throughput::Elements(count as u64));
        let workload = Workload::new(count);
        for (title, stage) in pipeline::STAGES {
            assert!(stage(&workload) > count / 2, "{title}");
            group.bench_function(title, |b| b.iter(|| stage(black_box(&workload))));
        }
        group.finish();
    }
}
