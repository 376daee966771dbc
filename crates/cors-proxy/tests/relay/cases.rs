//! Every case of the threat list has a test that bears its number.

use std::path::{Path, PathBuf};

/// The cases, by their letters; the letters are explained in the file above this one. Those on the
/// secrets of the page (J) are the page's own, but for the headers with which it is served.
const CASES: [(char, &[u8]); 10] = [
    ('a', &[1, 2, 3, 5, 6, 8, 10, 13, 14, 16, 17, 18, 19, 20]),
    ('b', &[1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 16, 17]),
    (
        'c',
        &[
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26,
            27, 28,
        ],
    ),
    ('d', &[1, 2, 3, 4, 5, 7]),
    ('e', &[1, 2, 3, 4, 5, 6, 8, 9, 12, 14, 15, 16, 18, 19]),
    ('f', &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
    ('g', &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14]),
    ('h', &[1, 2, 3, 6, 7, 8]),
    ('i', &[1, 2, 3, 5, 6, 8]),
    ('j', &[13]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect()
}

#[test]
fn every_case_has_a_test_that_bears_its_number() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = sources(&package.join("tests/relay"));
    files.extend(sources(&package.join("src")));
    let texts: Vec<String> =
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let missing: Vec<String> = CASES
        .iter()
        .flat_map(|(letter, numbers)| {
            numbers.iter().map(move |number| format!("{letter}{number:02}"))
        })
        .filter(|case| !texts.iter().any(|text| text.contains(&format!("fn {case}_"))))
        .collect();
    assert!(missing.is_empty(), "no test is called after {missing:?}");
}
