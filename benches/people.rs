//! How fast 100,000 people are read from a file, as the worker reads it: from one object on each
//! line, and from a table.

use std::time::Duration;

use criterion::{Criterion, Throughput};
use wizard::people::import::{Import, Order};

const PEOPLE: usize = 100_000;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("read 100,000 people");
    group.sample_size(10).measurement_time(Duration::from_secs(20));
    for (name, text) in [("people.ndjson", lines()), ("people.csv", table())] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| read(name, &text)));
    }
    group.finish();
    criterion.final_summary();
}

/// The same people as the browser's `timing_of_reading_people` reads.
fn lines() -> String {
    let line = |n: usize| {
        format!(
            "{{\"id\":\"{n}\",\"userPrincipalName\":\"ada.{n}@contoso.com\",\"displayName\":\"Ada {n}\",\
             \"givenName\":\"Ada\",\"surname\":\"Okafor\",\"mail\":\"ada.{n}@contoso.com\",\
             \"accountEnabled\":true,\"department\":\"Sales\",\"jobTitle\":\"Engineer\",\
             \"city\":\"Seattle\",\"country\":\"US\"}}\n"
        )
    };
    (0..PEOPLE).map(line).collect()
}

fn table() -> String {
    let row = |n: usize| {
        format!(
            "{n},ada.{n}@contoso.com,Ada {n},Ada,Okafor,ada.{n}@contoso.com,True,Sales,Engineer,\
             Seattle,US\n"
        )
    };
    let head = "id,userPrincipalName,displayName,givenName,surname,mail,accountEnabled,department,\
                jobTitle,city,country\n";
    std::iter::once(head.to_owned()).chain((0..PEOPLE).map(row)).collect()
}

/// How many people a text holds.
fn read(name: &str, text: &str) -> usize {
    let bytes = text.len() as u64;
    let mut import = Import::new(vec![Order { name: name.to_owned(), bytes, assignment: None }]);
    while let Some(piece) = import.wanted() {
        let range = usize::try_from(piece.from).ok().zip(usize::try_from(piece.to).ok());
        let piece = range.and_then(|(from, to)| text.as_bytes().get(from..to));
        import.piece(piece.unwrap_or_default());
    }
    import.finish().map(|directory| directory.users.len()).unwrap_or_default()
}
