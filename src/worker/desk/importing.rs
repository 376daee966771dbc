//! People out of files: the desk says which piece it wants, and gets it from whoever holds the files.

use super::Desk;
use crate::people;
use crate::people::import::{Assignment, Import, Look, Order, Piece, Rows, Seen};
use crate::worker::message::{
    Answer, FileOrder, FileSeen, ImportAnswer, ImportAsk, RowKind, TableOrder, Underway, Wanted,
};

/// The longest text that is kept: a browser keeps some five million letters for a page in all.
const LONGEST_KEPT: usize = 4_000_000;

/// Files under way.
#[derive(Default)]
pub(super) struct Importing {
    round: u32,
    task: Task,
}

#[derive(Default)]
enum Task {
    #[default]
    None,
    Looking(Looking),
    Reading(Box<Import>),
}

/// The beginnings of files, one after the other.
struct Looking {
    files: Vec<(String, u64)>,
    seen: Vec<FileSeen>,
}

impl Desk {
    /// Answers a question about files.
    pub(super) fn import(&mut self, ask: ImportAsk) -> Answer {
        match ask {
            ImportAsk::Look(files) => {
                self.importing.begin(Task::Looking(Looking { files, seen: Vec::new() }));
                self.go_on_importing()
            }
            ImportAsk::Begin(files) => {
                let orders = files.into_iter().map(order).collect();
                self.importing.begin(Task::Reading(Box::new(Import::new(orders))));
                self.go_on_importing()
            }
            ImportAsk::GoOn => self.go_on_importing(),
            ImportAsk::Stop => {
                self.importing.begin(Task::None);
                Answer::Import(ImportAnswer::Idle)
            }
            ImportAsk::Keep => Answer::Import(self.kept()),
        }
    }

    /// Takes the piece that was wanted, or why it could not be read. A piece that belongs to an
    /// earlier question changes nothing.
    pub fn bring(&mut self, wanted: Wanted, piece: Result<&[u8], &str>) -> Answer {
        if wanted.round != self.importing.round {
            return Answer::Import(ImportAnswer::Idle);
        }
        match (&mut self.importing.task, piece) {
            (Task::None, _) => {}
            (Task::Looking(looking), piece) => looking.take(piece),
            (Task::Reading(import), Ok(piece)) => {
                import.piece(piece);
                // The page decides when to go on, so that other questions are answered meanwhile.
                if import.wanted().is_some() {
                    return Answer::Import(ImportAnswer::Underway(underway(import)));
                }
            }
            (Task::Reading(import), Err(why)) => import.unreadable(why),
        }
        self.go_on_importing()
    }

    /// Wants the next piece, or ends.
    fn go_on_importing(&mut self) -> Answer {
        let wanted = match &self.importing.task {
            Task::None => return Answer::Import(ImportAnswer::Idle),
            Task::Looking(looking) => looking.wanted(),
            Task::Reading(import) => import.wanted(),
        };
        if let Some(Piece { file, from, to }) = wanted {
            let round = self.importing.round;
            return Answer::Import(ImportAnswer::Wants(Wanted { round, file, from, to }));
        }
        match std::mem::take(&mut self.importing.task) {
            Task::None => Answer::Import(ImportAnswer::Idle),
            Task::Looking(looking) => Answer::Import(ImportAnswer::Seen(looking.seen)),
            Task::Reading(import) => self.use_people(import.finish()),
        }
    }

    fn kept(&self) -> ImportAnswer {
        let mut fingerprint = people::Fingerprint::default();
        let mut text = Some(String::new());
        provisioning::graph::people::write(self.tenant.directory(), &mut |piece| {
            fingerprint.take(piece);
            let has_room =
                text.as_ref().is_some_and(|text| text.len() + piece.len() <= LONGEST_KEPT);
            match &mut text {
                Some(text) if has_room => text.push_str(piece),
                _ => text = None,
            }
        });
        ImportAnswer::Kept { fingerprint: fingerprint.number(), text }
    }
}

impl Importing {
    fn begin(&mut self, task: Task) {
        self.round = self.round.wrapping_add(1);
        self.task = task;
    }
}

impl Looking {
    fn wanted(&self) -> Option<Piece> {
        let file = self.seen.len();
        let (_, bytes) = self.files.get(file)?;
        Some(Piece { file, from: 0, to: (*bytes).min(Look::BYTES) })
    }

    fn take(&mut self, piece: Result<&[u8], &str>) {
        let name = self.files.get(self.seen.len()).map_or("", |(name, _)| name);
        let seen = match piece {
            Ok(piece) => told(Look::at(piece, name)),
            Err(why) => FileSeen::Unreadable(why.to_owned()),
        };
        self.seen.push(seen);
    }
}

fn underway(import: &Import) -> Underway {
    let ((read, total), (users, groups)) = (import.progress(), import.count());
    Underway { read, total, users, groups }
}

fn order(file: FileOrder) -> Order {
    let assignment = file.table.map(|table| Assignment {
        rows: match table.rows {
            RowKind::Users => Rows::Users,
            RowKind::Groups => Rows::Groups,
            RowKind::Members => Rows::Members,
        },
        group: table.group,
        columns: table.columns,
    });
    Order { name: file.name, bytes: file.bytes, assignment }
}

fn told(seen: Seen) -> FileSeen {
    match seen {
        Seen::Json => FileSeen::Json,
        Seen::Unreadable(why) => FileSeen::Unreadable(why),
        Seen::Table { columns, proposed } => FileSeen::Table {
            columns: columns.into_iter().map(|column| (column.name, column.sample)).collect(),
            proposed: TableOrder {
                rows: match proposed.rows {
                    Rows::Users => RowKind::Users,
                    Rows::Groups => RowKind::Groups,
                    Rows::Members => RowKind::Members,
                },
                group: proposed.group,
                columns: proposed.columns,
            },
        },
    }
}

#[cfg(test)]
mod tests;
