//! Files of the administrator's on their way into the worker: chosen, looked at, read, cancelled.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use web_sys::File;

use super::people::missing_people;
use super::{People, Saved, Wizard};
use crate::download;
use crate::draft::PeopleSource;
use crate::storage::{self, Key};
use crate::worker::Gone;
use crate::worker::message::{
    Answer, Ask, FileOrder, FileSeen, ImportAnswer, ImportAsk, PeopleSummary, Refusal, Underway,
};

/// What pasted text is called beside files.
pub const PASTED: &str = "Pasted text";

/// A file that was chosen, and how it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// Tells it from the others.
    pub number: u32,
    /// What it is, once it was looked at.
    pub seen: Option<FileSeen>,
    /// What the worker is told of it.
    pub order: FileOrder,
}

/// Files chosen and under way.
#[derive(Clone, Copy)]
pub struct Import {
    /// The files, in the order in which they were chosen.
    pub chosen: RwSignal<Vec<Chosen>>,
    /// How far the reading is, while it goes on.
    pub progress: RwSignal<Option<Underway>>,
    /// Why the last reading failed.
    pub refused: RwSignal<Vec<Refusal>>,
    /// Whether the people in use outlive a reload of the page.
    pub is_kept: RwSignal<bool>,
    handles: StoredValue<Vec<(u32, File)>, LocalStorage>,
    /// The pasted text that stands among the files.
    pasted: StoredValue<String>,
    next: StoredValue<u32>,
    /// Which reading is under way; an earlier one stops where it sees another number.
    round: StoredValue<u32>,
    /// The files of which the people in use were read, for going back to them.
    last: StoredValue<Option<Last>, LocalStorage>,
}

#[derive(Clone)]
struct Last {
    fingerprint: u32,
    orders: Vec<FileOrder>,
    files: Vec<File>,
}

impl Default for Import {
    fn default() -> Self {
        Self {
            chosen: RwSignal::default(),
            progress: RwSignal::default(),
            refused: RwSignal::default(),
            is_kept: RwSignal::new(true),
            handles: StoredValue::new_local(Vec::new()),
            pasted: StoredValue::new(String::new()),
            next: StoredValue::new(0),
            round: StoredValue::new(0),
            last: StoredValue::new_local(None),
        }
    }
}

impl Import {
    /// Whether files are being read.
    pub fn is_reading(self) -> bool {
        self.progress.with(Option::is_some)
    }

    fn begin_round(self) -> u32 {
        self.round.update_value(|round| *round = round.wrapping_add(1));
        self.round.get_value()
    }

    /// Puts files beside those that are there.
    fn add(self, files: Vec<File>) -> Vec<(u32, File)> {
        let mut added = Vec::new();
        for file in files {
            let number = self.next.get_value();
            self.next.set_value(number.wrapping_add(1));
            // Lengths of files are whole numbers far below 2^53.
            let order = FileOrder { name: file.name(), bytes: file.size() as u64, table: None };
            self.chosen.update(|all| all.push(Chosen { number, seen: None, order }));
            added.push((number, file));
        }
        self.handles.update_value(|all| all.extend(added.iter().cloned()));
        added
    }

    fn take_away(self, number: u32) {
        self.chosen.update(|all| all.retain(|file| file.number != number));
        self.handles.update_value(|all| all.retain(|(other, _)| *other != number));
    }

    fn clear(self) {
        self.chosen.update(Vec::clear);
        self.handles.update_value(Vec::clear);
        self.pasted.set_value(String::new());
        self.refused.update(Vec::clear);
        self.last.set_value(None);
        self.is_kept.set(true);
    }

    /// Takes the pasted text in among the files, in place of an earlier one.
    fn take_pasted(self, text: &str) -> Vec<(u32, File)> {
        if self.pasted.with_value(|earlier| earlier == text) {
            return Vec::new();
        }
        let earlier = self.chosen.with_untracked(|all| {
            all.iter().find(|file| file.order.name == PASTED).map(|file| file.number)
        });
        if let Some(number) = earlier {
            self.take_away(number);
        }
        self.pasted.set_value(text.to_owned());
        let file = Some(text).filter(|text| !text.trim().is_empty());
        let file = file.and_then(|text| download::file(PASTED, text));
        self.add(file.into_iter().collect())
    }
}

impl Wizard {
    /// Puts files beside those that were chosen, and looks at what they are.
    pub fn choose_files(self, files: Vec<File>) {
        let added = self.import.add(files);
        self.import.refused.update(Vec::clear);
        spawn_local(self.look_at(added));
    }

    /// Leaves a chosen file out.
    pub fn leave_file_out(self, number: u32) {
        self.import.take_away(number);
    }

    /// Changes how a file is read.
    pub fn edit_file(self, number: u32, change: impl FnOnce(&mut FileOrder)) {
        self.import.chosen.update(|all| {
            if let Some(file) = all.iter_mut().find(|file| file.number == number) {
                change(&mut file.order);
            }
        });
    }

    async fn look_at(self, files: Vec<(u32, File)>) {
        let told = files.iter().map(|(_, file)| (file.name(), file.size() as u64)).collect();
        let handles: Vec<File> = files.iter().map(|(_, file)| file.clone()).collect();
        let ask = Ask::Import(ImportAsk::Look(told));
        let Ok(Answer::Import(ImportAnswer::Seen(seen))) =
            self.worker.ask_about(ask, &handles).await
        else {
            return;
        };
        self.import.chosen.update(|all| {
            for ((number, _), seen) in files.iter().zip(seen) {
                if let Some(file) = all.iter_mut().find(|file| file.number == *number) {
                    if let FileSeen::Table { proposed, .. } = &seen {
                        file.order.table = Some(proposed.clone());
                    }
                    file.seen = Some(seen);
                }
            }
        });
    }

    /// Reads the chosen files and the pasted text; the people in use stay until all are read.
    pub fn read_files(self) {
        let pasted = self.pasting.with_untracked(|text| self.import.take_pasted(text));
        let round = self.import.begin_round();
        self.import.progress.set(Some(Underway::default()));
        self.import.refused.update(Vec::clear);
        spawn_local(async move {
            if !pasted.is_empty() {
                self.look_at(pasted).await;
            }
            let chosen = self.import.chosen.get_untracked();
            let orders: Vec<FileOrder> = chosen.into_iter().map(|file| file.order).collect();
            let files = self.import.handles.get_value().into_iter().map(|(_, file)| file).collect();
            let last = Last { fingerprint: 0, orders, files };
            if let Some(summary) = self.bring_in(round, &last).await {
                self.take_read(summary, last).await;
            }
        });
    }

    /// Stops reading; what was in use stays.
    pub fn stop_reading(self) {
        self.import.begin_round();
        self.import.progress.set(None);
        let stop = self.worker.ask(Ask::Import(ImportAsk::Stop));
        spawn_local(async move { drop(stop.await) });
    }

    /// Reads once more the files of which people were read, if they are those of the fingerprint.
    pub(super) fn read_again(self, fingerprint: u32) -> bool {
        let last = self.import.last.get_value();
        let Some(last) = last.filter(|last| last.fingerprint == fingerprint) else { return false };
        let round = self.import.begin_round();
        spawn_local(async move {
            match self.bring_in(round, &last).await {
                Some(summary) => self.take_people(summary),
                // Another reading, or an invented tenant, may have taken its place.
                None if self.people.with_untracked(|people| *people == People::Loading) => {
                    self.people.set(People::Refused(vec![missing_people()]));
                }
                None => {}
            }
        });
        true
    }

    /// Forgets the files.
    pub(super) fn forget_files(self) {
        self.import.clear();
    }

    /// Drives a reading to its end; nothing where it is refused, cancelled, or another one begins.
    async fn bring_in(self, round: u32, what: &Last) -> Option<PeopleSummary> {
        let begin = Ask::Import(ImportAsk::Begin(what.orders.clone()));
        let mut answer = self.worker.ask_about(begin, &what.files).await;
        loop {
            if self.import.round.get_value() != round {
                return None;
            }
            match answer {
                Ok(Answer::Import(ImportAnswer::Underway(at))) => {
                    self.import.progress.set(Some(at));
                    answer = self.worker.ask(Ask::Import(ImportAsk::GoOn)).await;
                }
                ended => return self.ended(ended),
            }
        }
    }

    fn ended(self, answer: Result<Answer, Gone>) -> Option<PeopleSummary> {
        self.import.progress.set(None);
        let refused = match answer {
            Ok(Answer::People(summary)) => return Some(summary),
            Ok(Answer::Refused(refused)) => refused,
            _ => vec![Refusal {
                place: String::new(),
                rule: "the reading has ended before its time".to_owned(),
                repair: "load the page again; with very large files, choose fewer attributes"
                    .to_owned(),
            }],
        };
        self.import.refused.set(refused);
        None
    }

    /// Puts people that were read into use, and keeps them where the browser has room.
    async fn take_read(self, summary: PeopleSummary, last: Last) {
        let Ok(Answer::Import(ImportAnswer::Kept { fingerprint, text })) =
            self.worker.ask(Ask::Import(ImportAsk::Keep)).await
        else {
            return;
        };
        self.import.last.set_value(Some(Last { fingerprint, ..last }));
        self.keep_people(text);
        let assignments = summary.assignments.clone();
        self.edit("people", |draft| {
            draft.use_people(PeopleSource::Graph { fingerprint }, assignments);
        });
        self.take_people(summary);
    }

    /// Keeps the text of the people in use over a reload, or forgets an earlier one.
    pub(super) fn keep_people(self, text: Option<String>) {
        let kept = match &text {
            Some(text) => storage::save(Key::People, text),
            None => {
                storage::forget(Key::People);
                Err("they are too many; keep their files".to_owned())
            }
        };
        self.import.is_kept.set(kept.is_ok());
        if let (Some(_), Err(why)) = (&text, &kept) {
            self.saved.set(Saved::Failed(format!("the people are not kept: {why}")));
        }
        self.pasted.set_value(text);
    }
}
