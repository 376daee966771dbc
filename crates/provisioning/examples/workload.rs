//! Writes a workload of invented people, the same bytes on every machine:
//!
//! ```text
//! cargo run --release -p provisioning --example workload -- 100000 FOLDER [SEED]
//! ```

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is invented here has the places that are asked for"
)]

#[path = "workload/invent.rs"]
mod invent;
#[path = "workload/twister.rs"]
mod twister;
#[path = "workload/words.rs"]
mod words;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, folder, seed @ ..] = arguments.as_slice() else {
        return Err("name how many people, and a folder".into());
    };
    let seed = seed.first().map_or(Ok(42), |text| text.parse())?;
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    let create = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let (mut people, mut accounts) = (create("users.ndjson")?, create("target.ndjson")?);
    invent::write(count.parse()?, seed, &mut people, &mut accounts)?;
    people.flush()?;
    accounts.flush()?;
    Ok(())
}
