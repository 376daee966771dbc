//! The workload of the benchmark: its checksums come out, and its lines are read whole or refused.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "clippy takes only the functions marked as tests for tests, not what they invent"
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "../examples/plan/checksum.rs"]
mod checksum;
#[path = "../examples/plan/workload.rs"]
mod configuration;
#[path = "../examples/workload/invent.rs"]
mod invent;
#[path = "../examples/workload/twister.rs"]
mod twister;
#[path = "../examples/workload/words.rs"]
mod words;

use provisioning::configuration::Configuration;
use provisioning::pipeline::{Accounts, LineFault, People, Pipeline, Reader};

type Trouble = Box<dyn std::error::Error>;

const MAPPINGS: &str = include_str!("../examples/plan/mappings.json");

/// The same as a job's schema would have it.
const SCHEMA: &str = include_str!("../examples/plan/schema.json");

fn mappings() -> Configuration {
    configuration::configuration(MAPPINGS).unwrap().0
}

fn pipeline() -> Pipeline {
    configuration::pipeline(&checksum::printed(&mappings())).unwrap()
}

fn people(pipeline: &Pipeline) -> Reader<People> {
    Reader::new(People::new(configuration::layout(pipeline)))
}

/// Reads a file in pieces that end anywhere.
fn both(pipeline: &Pipeline, count: usize, seed: u32, piece: usize) -> (People, Accounts) {
    let (mut lines, mut accounts) = (Vec::new(), Vec::new());
    invent::write(count, seed, &mut lines, &mut accounts).unwrap();
    let (mut people, mut known) = (people(pipeline), Reader::new(pipeline.accounts()));
    lines.chunks(piece).for_each(|piece| people.read(piece));
    accounts.chunks(piece).for_each(|piece| known.read(piece));
    (people.finish().unwrap(), known.finish().unwrap())
}

#[test]
fn the_checksums_of_the_workload_come_out() {
    let pipeline = pipeline();
    for (count, seed, piece, rows, operations, counts) in [
        (
            1_000,
            42,
            1 << 16,
            "21f43d3a00644272",
            "887936f72b9a46de",
            "\"in_scope\":835,\"create\":137,\"update\":98,\"disable\":22,\"equal\":600",
        ),
        (
            300,
            7,
            613,
            "646bf906035d1d22",
            "d61e6cdc3f2800b8",
            "\"in_scope\":256,\"create\":44,\"update\":26,\"disable\":0,\"equal\":186",
        ),
    ] {
        let (people, accounts) = both(&pipeline, count, seed, piece);
        let plan = pipeline.run(&people, &accounts, true).finish();
        assert_eq!(checksum::sha_rows(&pipeline, &people), rows, "{count}");
        let (told, sum) = checksum::sha_ops(&pipeline, &people, &accounts, &plan);
        assert!(told.ends_with(counts), "{told}");
        assert_eq!(sum, operations, "{count}");
        assert_eq!(plan.counts().values().sum::<usize>(), count);
    }
}

#[test]
fn a_schema_says_what_the_mappings_say() {
    let (schema, notes) = configuration::configuration(SCHEMA).unwrap();
    assert_eq!(schema, mappings());
    assert!(notes.is_empty());
}

/// The engine makes letters plain that the printed table does not have, and the workload does not.
#[test]
fn letters_beyond_the_printed_table_are_made_plain() {
    let (printed, all) = (pipeline(), configuration::pipeline(&mappings()).unwrap());
    let (people, _) = both(&printed, 300, 7, 1 << 16);
    let formatted = |pipeline: &Pipeline, person: usize| {
        let mut found = String::new();
        pipeline.texts(&people, person, &mut |row, text| {
            if row == 6 {
                found.push_str(text.unwrap_or_default());
            }
        });
        found
    };
    let differs = |person: &usize| formatted(&printed, *person) != formatted(&all, *person);
    let found: Vec<usize> = (0..people.len()).filter(differs).collect();
    let has_letter =
        |person: usize| formatted(&printed, person).contains(['Ņ', 'Ạ', 'Ễ', 'Đ', 'Й']);
    assert!(!found.is_empty() && found.into_iter().all(has_letter));
}

#[test]
fn a_run_in_slices_comes_to_the_same() {
    let pipeline = pipeline();
    let (people, accounts) = both(&pipeline, 100, 1, 4_096);
    let whole = pipeline.run(&people, &accounts, true).finish();
    let mut run = pipeline.run(&people, &accounts, true);
    let mut steps = vec![run.progress()];
    while run.advance(7) {
        steps.push(run.progress());
    }
    assert!(steps.is_sorted() && steps.len() > 2 * 100 / 7, "{steps:?}");
    assert_eq!(run.finish().verdicts(), whole.verdicts());
}

fn faults(lines: &str) -> Vec<(usize, String)> {
    let mut reader = people(&pipeline());
    reader.read(lines.as_bytes());
    let faults = reader.finish().map(drop).unwrap_err();
    faults.into_iter().map(|fault: LineFault| (fault.line, fault.rule)).collect()
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_nothing_is_applied() {
    let found = faults(
        "{\"id\":\"1\",\"surname\":\"A\"}\n\n{\"id\":\"2\",\"surname\":7}\n{\"id\":\"1\"}\n{}\n[1]\n{\"id\"",
    );
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 4, 5, 6, 7]);
    assert!(found[0].1.ends_with("text in quotes was expected"), "{found:?}");
    assert_eq!(found[1].1, "the id `1` is taken by a line before");
    assert_eq!(found[2].1, "every person needs an id");
    assert!(found[3].1.contains("a person in { }"), "{found:?}");
}

#[test]
fn accounts_are_read_whole_or_refused() {
    let pipeline = pipeline();
    let mut reader = Reader::new(pipeline.accounts());
    reader.read(b"\xef\xbb\xbf{\"id\":\"1\",\"userName\":\"a\"}\r\n{\"userName\":\"b\"}\n\xff\n{\"id\":\"1\"}\n");
    let faults = reader.finish().map(drop).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 2: every account needs an id; read the accounts with their `id`",
            "line 3: the line is no UTF-8; save the file as UTF-8",
            "line 4: the id `1` is taken by a line before; remove one",
        ]
    );
}
