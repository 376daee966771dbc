//! The words for people out of files: what a file is, how far the reading is, what is kept of it.

use serde::{Deserialize, Serialize};

/// A question about the files that were handed over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ImportAsk {
    /// What are these files? They come with the question: their names and lengths.
    Look(Vec<(String, u64)>),
    /// Read these files, which come with the question; nothing in use changes until all are read.
    Begin(Vec<FileOrder>),
    /// Read on.
    GoOn,
    /// Forget what was read so far.
    Stop,
    /// The people in use as text, to be kept over a reload; no text where it is too long for that.
    Keep,
}

/// A file that is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileOrder {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// How its columns are read, where it is a table.
    pub table: Option<TableOrder>,
}

/// How a table is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableOrder {
    /// What there is a row for.
    pub rows: RowKind,
    /// The name of the group whose members they are.
    pub group: String,
    /// The attribute of each column; nothing where it is left out.
    pub columns: Vec<Option<String>>,
}

/// What a table has a row for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowKind {
    /// Each user.
    #[default]
    Users,
    /// Each group.
    Groups,
    /// Each member of one group.
    Members,
}

/// An answer about files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ImportAnswer {
    /// A piece of a file is needed: the worker's main fetches it and asks again.
    Wants(Wanted),
    /// What the files are, one after the other.
    Seen(Vec<FileSeen>),
    /// The reading goes on.
    Underway(Underway),
    /// Nothing is read now.
    Idle,
    /// The people in use, to be kept.
    Kept {
        /// A number that changes with the text.
        fingerprint: u32,
        /// The text, where it is short enough to be kept.
        text: Option<String>,
    },
}

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Which question it belongs to: a later one has another number.
    pub round: u32,
    /// The file's number.
    pub file: usize,
    /// The first byte.
    pub from: u64,
    /// The byte behind the last one.
    pub to: u64,
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Underway {
    /// Bytes that were read.
    pub read: u64,
    /// Bytes in all.
    pub total: u64,
    /// Users so far.
    pub users: usize,
    /// Groups so far.
    pub groups: usize,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileSeen {
    /// Microsoft Graph's JSON, whole or one object on each line.
    Json,
    /// A table.
    Table {
        /// Name and first value of each column.
        columns: Vec<(String, String)>,
        /// How it is read unless the administrator decides otherwise.
        proposed: TableOrder,
    },
    /// It cannot be read, and why.
    Unreadable(String),
}
