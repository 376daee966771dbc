//! Files of 200 MB are read as a stream: whatever their length, what is held above the people is one
//! piece and one person. Nothing is on disk; each piece is made when it is wanted.

use std::time::Instant;

use allocation_counter::measure;
use provisioning::source::Directory;
use wizard::people::import::{Import, Order};

const BYTES: u64 = 200 << 20;

/// The length of a row: most of it is what people do not keep, as in an export of everything.
const ROW: usize = 16 << 10;

/// What may be held above the result: two pieces of a megabyte, as text and as bytes, and a row.
const ABOVE: u64 = 4 << 20;

/// The bytes of a file from one place to another, made of rows that are all of one length.
fn made(from: u64, to: u64, row: impl Fn(u64) -> Vec<u8>) -> Vec<u8> {
    let length = ROW as u64;
    let rows: Vec<u8> = (from / length..to.div_ceil(length)).flat_map(row).collect();
    let skipped = usize::try_from(from % length).unwrap();
    let wanted = usize::try_from(to - from).unwrap();
    rows[skipped..skipped + wanted].to_vec()
}

/// Reads such a file; the bytes that were held at the most, and afterwards, with the people.
fn read(name: &str, row: impl Fn(u64) -> Vec<u8> + Copy) -> Directory {
    let order = Order { name: name.to_owned(), bytes: BYTES, assignment: None };
    let mut directory = Directory::default();
    let begun = Instant::now();
    let info = measure(|| {
        let mut import = Import::new(vec![order]);
        while let Some(piece) = import.wanted() {
            import.piece(&made(piece.from, piece.to, row));
        }
        directory = import.finish().unwrap();
    });
    let held = u64::try_from(info.bytes_current).unwrap();
    let above = info.bytes_max.saturating_sub(held);
    println!(
        "{name}: {} MB in {:?}, {held} bytes held, {above} above",
        BYTES >> 20,
        begun.elapsed()
    );
    assert!(above < ABOVE, "{above} bytes above the {held} of the result");
    assert!(held < BYTES / 4, "{held} bytes are held: the result is a small part of the file");
    directory
}

fn check(directory: &Directory) {
    let count = usize::try_from(BYTES).unwrap() / ROW;
    assert!(directory.users.len().abs_diff(count) <= 1, "{} of {count}", directory.users.len());
    let last = directory.users.last().unwrap();
    assert!(last.text("userPrincipalName").unwrap().starts_with(&format!("ada.{}", last.id)));
}

#[test]
fn lines_of_json_are_a_stream() {
    check(&read("people.ndjson", |number| {
        let mut row = format!(
            "{{\"id\":\"{number}\",\"userPrincipalName\":\"ada.{number}@contoso.com\",\
             \"department\":\"Sales\",\"signInActivity\":{{\"history\":[\"{{[\\\"é"
        );
        row.extend(std::iter::repeat_n('x', ROW - row.len() - "\"]}}\n".len()));
        row.push_str("\"]}}\n");
        row.into_bytes()
    }));
}

#[test]
fn rows_of_a_table_are_a_stream() {
    check(&read("people.csv", |number| {
        let mut row = match number {
            0 => "id,userPrincipalName,department,two words".to_owned(),
            _ => format!("{number},ada.{number}@contoso.com,Sales,\"a \"\"note\"\", é"),
        };
        let end = if number == 0 { "\n" } else { "\"\n" };
        row.extend(std::iter::repeat_n('x', ROW - row.len() - end.len()));
        row.push_str(end);
        row.into_bytes()
    }));
}
