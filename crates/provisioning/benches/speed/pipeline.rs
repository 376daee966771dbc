//! The stages of the pipeline for very many people, each on what the ones before it have made, over
//! the workload of the examples.

use std::hint::black_box;

use provisioning::pipeline::{Accounts, Lines, People, Pipeline, Reader};

use crate::{configuration, invent};

const MAPPINGS: &str = include_str!("../../examples/plan/mappings.json");

/// Invented people and accounts, as files and as they were read.
pub(crate) struct Workload {
    people_file: Vec<u8>,
    accounts_file: Vec<u8>,
    pipeline: Pipeline,
    people: People,
    accounts: Accounts,
}

/// A stage's title, and how it takes everybody through; it counts something, so that it is not left
/// out.
pub(crate) type Stage = (&'static str, fn(&Workload) -> usize);

pub(crate) const STAGES: [Stage; 5] = [
    ("read people", |workload| workload.read_people().len()),
    ("read accounts", |workload| workload.read_accounts().len()),
    ("scope", Workload::scope),
    ("scope and map", Workload::map),
    ("scope, map, match, plan", Workload::plan),
];

impl Workload {
    /// So many people.
    pub(crate) fn new(count: usize) -> Self {
        let (mut people_file, mut accounts_file) = (Vec::new(), Vec::new());
        invent::write(count, 42, &mut people_file, &mut accounts_file).expect("it fits");
        let (configuration, _) = configuration::configuration(MAPPINGS).expect("a configuration");
        let pipeline = configuration::pipeline(&configuration).expect("a pipeline");
        let people = People::new(configuration::layout(&pipeline));
        let accounts = pipeline.accounts();
        let mut workload = Self { people_file, accounts_file, pipeline, people, accounts };
        (workload.people, workload.accounts) = (workload.read_people(), workload.read_accounts());
        workload
    }

    fn read_people(&self) -> People {
        let people = People::new(configuration::layout(&self.pipeline));
        read(Reader::new(people), &self.people_file)
    }

    fn read_accounts(&self) -> Accounts {
        read(Reader::new(self.pipeline.accounts()), &self.accounts_file)
    }

    fn in_scope(&self) -> impl Iterator<Item = usize> {
        let everybody = 0..self.people.len();
        everybody.filter(|person| self.pipeline.in_scope(&self.people, *person))
    }

    fn scope(&self) -> usize {
        self.in_scope().count()
    }

    fn map(&self) -> usize {
        let mut length = 0;
        for person in self.in_scope() {
            self.pipeline.texts(&self.people, person, &mut |_, text| {
                length += black_box(text).map_or(0, str::len);
            });
        }
        length
    }

    fn plan(&self) -> usize {
        self.pipeline.run(&self.people, &self.accounts, true).finish().verdicts().len()
    }
}

/// Reads a file as it comes from a disk.
fn read<T: Lines + std::fmt::Debug>(mut reader: Reader<T>, file: &[u8]) -> T {
    file.chunks(1 << 18).for_each(|piece| reader.read(piece));
    reader.finish().expect("nothing is wrong")
}
