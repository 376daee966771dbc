//! People and accounts from files with one JSON object a line, as the bytes come.
//!
//! A line is taken over whole or not at all, and no more than one is held. A file with a fault
//! yields its faults and nobody.

use std::fmt;

use super::account::Accounts;
use super::line::{self, Habit, Person};
use super::people::People;
use crate::holders::{self, Holders};

/// How many faults are told; a file of another kind has one in every line.
const MOST_FAULTS: usize = 100;
/// So many accounts are believed to come before they have.
const MOST_EXPECTED: usize = 1 << 18;
/// Bytes of the longest line: a line feed that never comes must not fill the memory.
const LONGEST_LINE: usize = 1 << 24;

/// What is wrong with one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub rule: String,
    /// What to do about it.
    pub repair: String,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}; {}", self.line, self.rule, self.repair)
    }
}

impl std::error::Error for LineFault {}

/// Reads the lines of a file, whatever pieces it comes in.
#[derive(Debug)]
pub struct Reader<T> {
    into: T,
    rest: Vec<u8>,
    line: usize,
    faults: Vec<LineFault>,
    habit: Habit,
    person: Person,
    ids: Holders,
}

/// What lines are read into.
pub trait Lines: Sized {
    /// Takes one line over.
    #[doc(hidden)]
    fn line(reader: &mut Reader<Self>, text: &str) -> Result<(), (String, String)>;

    /// Gives back the room that was made for more lines.
    #[doc(hidden)]
    fn settle(&mut self) {}
}

impl Reader<Accounts> {
    /// Makes room for so many accounts, before any was read; for no more than a quarter of a million,
    /// because whoever tells how many they are may be wrong.
    pub fn expect(&mut self, count: usize) {
        let count = count.min(MOST_EXPECTED);
        self.into.reserve(count);
        self.ids = Holders::with_room(count);
    }
}

impl<T: Lines> Reader<T> {
    /// A reader that has read nothing.
    pub fn new(into: T) -> Self {
        Self {
            into,
            rest: Vec::new(),
            line: 0,
            faults: Vec::new(),
            habit: Habit::default(),
            person: Person::default(),
            ids: Holders::default(),
        }
    }

    /// How many lines were read.
    pub fn lines(&self) -> usize {
        self.line
    }

    /// Reads the next piece of the file; what stands behind its last line feed waits for the next.
    pub fn read(&mut self, piece: &[u8]) {
        // Text is cut at its line feeds faster than bytes are, and checked once for all its lines.
        let text = beginning_in_utf8(piece);
        let end = text.rfind('\n').map_or(0, |last| last + 1);
        for line in text.get(..end).unwrap_or_default().split_terminator('\n') {
            match self.rest.is_empty() {
                true => self.take_text(line),
                false => self.take_rest_with(line.as_bytes()),
            }
        }
        let bytes = piece.get(end..).unwrap_or_default();
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match line.strip_suffix(b"\n") {
                Some(line) => self.take_rest_with(line),
                None if self.rest.len() + line.len() > LONGEST_LINE => {
                    self.rest.clear();
                    self.refuse("the line has no end", "write one JSON object a line");
                }
                None => self.rest.extend_from_slice(line),
            }
        }
    }

    /// What was read, after the last line.
    ///
    /// # Errors
    /// Everything that is wrong, each with its line; nothing is applied then.
    pub fn finish(mut self) -> Result<T, Vec<LineFault>> {
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_empty() {
            self.take(&rest);
        }
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        self.into.settle();
        Ok(self.into)
    }

    fn take_rest_with(&mut self, line: &[u8]) {
        let mut whole = std::mem::take(&mut self.rest);
        whole.extend_from_slice(line);
        self.take(&whole);
    }

    fn take(&mut self, line: &[u8]) {
        match std::str::from_utf8(line) {
            Ok(text) => self.take_text(text),
            Err(_) => {
                self.line += 1;
                self.refuse("the line is no UTF-8", "save the file as UTF-8");
            }
        }
    }

    fn take_text(&mut self, line: &str) {
        self.line += 1;
        let text =
            if self.line == 1 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
        if !text.trim_ascii().is_empty()
            && let Err((rule, repair)) = T::line(self, text)
        {
            self.refuse(&rule, &repair);
        }
    }

    fn refuse(&mut self, rule: &str, repair: &str) {
        if self.faults.len() < MOST_FAULTS {
            let (rule, repair) = (rule.to_owned(), repair.to_owned());
            self.faults.push(LineFault { line: self.line, rule, repair });
        }
    }

    /// Notes an id, which must be there once in the whole file.
    fn is_new(&mut self, id: &str, count: usize, known: impl Fn(&T, usize) -> bool) -> bool {
        let hash = holders::hash(id);
        let is_taken = self.ids.find(hash).any(|other| known(&self.into, other as usize));
        if !is_taken {
            self.ids.insert(hash, u32::try_from(count).unwrap_or_default());
        }
        !is_taken
    }
}

/// As much of a piece as is text: a character may be cut in two at its end.
fn beginning_in_utf8(piece: &[u8]) -> &str {
    match std::str::from_utf8(piece) {
        Ok(text) => text,
        Err(error) => {
            let sound = piece.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(sound).unwrap_or_default()
        }
    }
}

impl Lines for People {
    fn line(reader: &mut Reader<Self>, text: &str) -> Result<(), (String, String)> {
        let (layout, texts) = reader.into.parts();
        let mark = texts.mark();
        let read = line::read(text, layout, texts, &mut reader.habit, &mut reader.person);
        let refused = match read {
            Err(error) => Some(no_json(&error, "write each person as Microsoft Graph returns it")),
            Ok(()) => refused_id(reader),
        };
        if let Some(refused) = refused {
            reader.into.texts.forget_since(mark);
            return Err(refused);
        }
        let person = &reader.person;
        let standing = match person.roles.as_slice() {
            [] => 0,
            roles => reader.into.standing_with(roles),
        };
        reader.into.push(person.id, person.is_deleted(), &person.slots, standing);
        Ok(())
    }
}

fn refused_id(reader: &mut Reader<People>) -> Option<(String, String)> {
    let id = reader.person.id;
    if id.is_absent() {
        let repair = "add `id` to $select, or give the person an id of its own";
        return Some(("every person needs an id".to_owned(), repair.to_owned()));
    }
    let id = reader.into.texts.str_at(id).to_owned();
    let count = reader.into.len();
    let is_new = reader.is_new(&id, count, |people, other| people.id(other) == id);
    (!is_new).then(|| (format!("the id `{id}` is taken by a line before"), "remove one".to_owned()))
}

impl Lines for Accounts {
    fn settle(&mut self) {
        self.shrink_to_fit();
    }

    fn line(reader: &mut Reader<Self>, text: &str) -> Result<(), (String, String)> {
        let mark = reader.into.texts.mark();
        let read = reader
            .into
            .read_line(text)
            .map_err(|error| no_json(&error, "write each account as the application returns it"));
        let refused = match read {
            Err(refused) => Some(refused),
            Ok(()) => refused_account(reader),
        };
        if let Some(refused) = refused {
            reader.into.texts.forget_since(mark);
            return Err(refused);
        }
        reader.into.keep();
        Ok(())
    }
}

fn refused_account(reader: &mut Reader<Accounts>) -> Option<(String, String)> {
    let id = reader.into.read_id().to_owned();
    if id.is_empty() {
        let repair = "read the accounts with their `id`";
        return Some(("every account needs an id".to_owned(), repair.to_owned()));
    }
    let count = reader.into.len();
    let is_new = reader.is_new(&id, count, |accounts, other| accounts.id(other) == id);
    (!is_new).then(|| (format!("the id `{id}` is taken by a line before"), "remove one".to_owned()))
}

fn no_json(error: &serde_json::Error, repair: &str) -> (String, String) {
    let whole = error.to_string();
    let rule = whole.split(" at line ").next().unwrap_or_default();
    (format!("this cannot be read at column {}: {rule}", error.column()), repair.to_owned())
}
