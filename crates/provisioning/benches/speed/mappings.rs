//! Twenty mappings for 100,000 people, the attributes looked up by name and by slot.

use std::slice;

use criterion::{Criterion, Throughput};
use provisioning::ambient::Ambient;
use provisioning::expression::value::DateTime;
use provisioning::expression::{Expression, Flow, Inputs, Program};
use provisioning::source::SourceValue;
use serde_json::Value;

use crate::by_hand::{self, Slots};
use crate::people::{self, Person};

const PEOPLE: usize = 100_000;

/// The expressions of `mappings.json`.
fn expressions() -> Vec<String> {
    let rows: Vec<Value> =
        serde_json::from_str(include_str!("mappings.json")).expect("the mappings are JSON");
    let texts = rows.iter().map(|row| row["expression"].as_str().expect("an expression"));
    texts.map(str::to_owned).collect()
}

fn programs(expressions: &[String]) -> Vec<Program> {
    expressions.iter().map(|text| Expression::parse(text).compile().expect(text)).collect()
}

/// Computes all mappings for everybody.
pub(crate) fn map(criterion: &mut Criterion) {
    let (people, expressions) = (people::people(PEOPLE), expressions());
    let programs = programs(&expressions);
    let names = names(&programs);
    let slots: Vec<Vec<Option<&SourceValue>>> = people
        .iter()
        .map(|person| names.iter().map(|name| person.object.get(name)).collect())
        .collect();
    // Which of the slots each program reads.
    let places: Vec<Vec<usize>> = programs
        .iter()
        .map(|program| program.attributes().iter().map(|name| place(&names, name)).collect())
        .collect();
    let length = by_name(&people, &programs);
    assert_eq!(length, by_slot(&people, &programs, &slots, &places));
    let hand = hand_slots(&names, &programs, &places);
    assert_eq!(length, by_hand(&people, &slots, &hand));
    println!("{} bytes of results for each person", length / PEOPLE);
    let mut group = criterion.benchmark_group("20 mappings, 100,000 people");
    group.sample_size(10).throughput(Throughput::Elements(PEOPLE as u64));
    group.bench_function("by name", |b| b.iter(|| by_name(&people, &programs)));
    group.bench_function("by slot", |b| b.iter(|| by_slot(&people, &programs, &slots, &places)));
    let few = &people[..PEOPLE / 100];
    group.bench_function("read anew for each person, of a hundredth", |b| {
        b.iter(|| {
            few.iter()
                .map(|person| by_name(slice::from_ref(person), &self::programs(&expressions)))
                .sum::<usize>()
        });
    });
    group.bench_function("by hand", |b| b.iter(|| by_hand(&people, &slots, &hand)));
    group.finish();
    let mut group = criterion.benchmark_group("one mapping, 100,000 people");
    group.sample_size(10).throughput(Throughput::Elements(PEOPLE as u64));
    for (row, title) in [
        (3, "displayName"),
        (6, "formatted"),
        (7, "mail"),
        (12, "country"),
        (15, "mobile"),
        (19, "unit"),
    ] {
        let (program, places) = (&programs[row..=row], &places[row..=row]);
        group.bench_function(title, |b| b.iter(|| by_slot(&people, program, &slots, places)));
    }
    group.finish();
}

fn names(programs: &[Program]) -> Vec<&str> {
    let mut names: Vec<&str> =
        programs.iter().flat_map(|program| program.attributes()).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn place(names: &[&str], name: &str) -> usize {
    names.binary_search(&name).expect("every attribute has a slot")
}

fn by_name(people: &[Person], programs: &[Program]) -> usize {
    let ambient = ambient();
    let results = people.iter().flat_map(|person| {
        let inputs = inputs(person, &ambient);
        programs.iter().map(move |program| length(program.evaluate(&inputs)))
    });
    results.sum()
}

fn by_slot(
    people: &[Person],
    programs: &[Program],
    slots: &[Vec<Option<&SourceValue>>],
    places: &[Vec<usize>],
) -> usize {
    let ambient = ambient();
    let (mut own, mut sum) = (Vec::new(), 0);
    for (person, slots) in people.iter().zip(slots) {
        let inputs = inputs(person, &ambient);
        for (program, places) in programs.iter().zip(places) {
            own.clear();
            own.extend(places.iter().map(|place| slots[*place]));
            sum += length(program.evaluate_slots(&inputs, &own));
        }
    }
    sum
}

fn by_hand(people: &[Person], slots: &[Vec<Option<&SourceValue>>], hand: &Slots) -> usize {
    people.iter().zip(slots).map(|(person, slots)| by_hand::length(person, slots, hand)).sum()
}

/// Where what is written by hand finds its attributes.
fn hand_slots(names: &[&str], programs: &[Program], places: &[Vec<usize>]) -> Slots {
    const COMPUTED: [usize; 8] = [2, 3, 6, 7, 12, 15, 18, 19];
    let direct = (0..programs.len()).filter(|row| !COMPUTED.contains(row));
    Slots {
        country: place(names, "country"),
        direct: direct.map(|row| places[row][0]).collect(),
        display_name: place(names, "displayName"),
        given_name: place(names, "givenName"),
        mail: place(names, "mail"),
        mobile: place(names, "mobilePhone"),
        surname: place(names, "surname"),
        unit: place(names, "onPremisesDistinguishedName"),
    }
}

fn ambient() -> Ambient {
    Ambient { now: DateTime::from_unix_milliseconds(1_753_855_200_000), seed: 0 }
}

fn inputs<'a>(person: &'a Person, ambient: &'a Ambient) -> Inputs<'a> {
    Inputs {
        object: &person.object,
        roles: &person.roles,
        is_soft_deleted: person.is_soft_deleted,
        default_domain: Some("contoso.com"),
        ambient,
    }
}

/// Reads the result, so that it has to be there.
fn length<E>(flow: Result<Flow<'_>, E>) -> usize {
    match flow {
        Ok(Flow::Value(value)) => value.as_text().map_or(0, |text| text.len()),
        Ok(Flow::Ignore) | Err(_) => 0,
    }
}
