//! Plans a workload folder and tells how long each stage takes:
//!
//! ```text
//! cargo run --release -p provisioning --example plan -- FOLDER CONFIGURATION.json [REPETITIONS]
//! ```
//!
//! `FOLDER` holds `users.ndjson` and `target.ndjson`; the configuration is a workload's own file or a
//! job's synchronization schema as Microsoft Graph returns it, under which everybody counts as
//! assigned. One line of JSON is printed for each stage, and
//! one for the whole; `sha_rows` is over the mapped values of whoever is in scope, `sha_ops` over
//! what would be written.

#![expect(
    clippy::disallowed_methods,
    reason = "an example that measures has a clock and reads files"
)]

#[path = "plan/checksum.rs"]
mod checksum;
#[path = "plan/workload.rs"]
mod workload;

use std::fs::File;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use allocation_counter::measure;
use provisioning::pipeline::{LineFault, Lines, People, Pipeline, Reader};

/// Why there is no plan: a sentence.
type Trouble = Box<dyn std::error::Error>;

fn main() -> Result<(), Trouble> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, configuration, repetitions @ ..] = words.as_slice() else {
        return Err("name a folder, and a file of mappings or a synchronization schema".into());
    };
    let repetitions = repetitions.first().map_or(Ok(3), |text| text.parse())?;
    let (configuration, notes) = workload::configuration(&std::fs::read_to_string(configuration)?)?;
    notes.iter().for_each(|note| eprintln!("{note}"));
    let pipeline = workload::pipeline(&configuration)?;
    let printed = workload::pipeline(&checksum::printed(&configuration))?;
    plan(&pipeline, &printed, &PathBuf::from(folder), repetitions)
}

/// Times the pipeline; the checksums are those of the one with the printed letters.
fn plan(
    pipeline: &Pipeline,
    printed: &Pipeline,
    folder: &Path,
    repetitions: usize,
) -> Result<(), Trouble> {
    let read_people = || {
        let people = People::new(workload::layout(pipeline));
        read(Reader::new(people), &folder.join("users.ndjson"))
    };
    let read_accounts = || read(Reader::new(pipeline.accounts()), &folder.join("target.ndjson"));
    let mut held = None;
    let counted = measure(|| held = Some((read_people(), read_accounts())));
    drop(held);
    let (read_people, people) = best(repetitions, read_people);
    let (read_accounts, accounts) = best(repetitions, read_accounts);
    let (people, accounts) = (people?, accounts?);
    let (map, length) = best(repetitions, || {
        let mut length = 0;
        for person in 0..people.len() {
            if pipeline.in_scope(&people, person) {
                pipeline.texts(&people, person, &mut |_, text| {
                    length += black_box(text).map_or(0, str::len);
                });
            }
        }
        length
    });
    let run = |pipeline: &Pipeline| pipeline.run(&people, &accounts, true).finish();
    let (planned, _) = best(repetitions, || run(pipeline));
    let rows = checksum::sha_rows(printed, &people);
    let (counts, operations) = checksum::sha_ops(printed, &people, &accounts, &run(printed));
    let count = people.len();
    let tell = |stage: &str, seconds: f64, more: &str| {
        println!("{{\"stage\":\"{stage}\",\"n\":{count},\"secs\":{seconds:.6}{more}}}");
    };
    tell("read-people", read_people, "");
    tell("read-target", read_accounts, "");
    tell("map", map, &format!(",\"bytes\":{length},\"sha_rows\":\"{rows}\""));
    tell("plan", planned, &format!(",{counts},\"sha_ops\":\"{operations}\""));
    let per_person = counted.bytes_current / i64::try_from(count.max(1))?;
    let per_person = format!(",\"held_per_person\":{per_person}");
    tell("whole", read_people + read_accounts + planned, &per_person);
    Ok(())
}

/// Reads a file in pieces, so that no more than one of them is in memory.
fn read<T: Lines>(mut reader: Reader<T>, path: &Path) -> Result<T, Trouble> {
    let mut file = File::open(path)?;
    let mut piece = vec![0; 1 << 18];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            length => reader.read(piece.get(..length).unwrap_or_default()),
        }
    }
    let told = |faults: Vec<LineFault>| faults.iter().map(|fault| format!("{fault}\n")).collect();
    reader.finish().map_err(|faults| -> Trouble { String::into(told(faults)) })
}

/// The shortest of several times, in seconds, and the last result.
fn best<T>(repetitions: usize, mut run: impl FnMut() -> T) -> (f64, T) {
    let mut time = || {
        let start = Instant::now();
        let result = black_box(run());
        (start.elapsed().as_secs_f64(), result)
    };
    let (mut shortest, mut result) = time();
    for _ in 1..repetitions {
        drop(result);
        let (seconds, next) = time();
        shortest = shortest.min(seconds);
        result = next;
    }
    (shortest, result)
}
