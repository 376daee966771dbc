//! The people in use: read, invented, forgotten, and given to the worker.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::Wizard;
use crate::draft::PeopleSource;
use crate::people;
use crate::storage::{self, Key};
use crate::worker::message::{Answer, Ask, PeopleSummary, PeopleText, Refusal};

/// The people in use.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum People {
    /// Nobody is loaded.
    #[default]
    Nobody,
    /// The worker reads them.
    Loading,
    /// They are read.
    Ready(PeopleSummary),
    /// They could not be read.
    Refused(Vec<Refusal>),
}

impl People {
    /// The attributes that anybody has a value for, each with such a value.
    pub fn samples(&self) -> Vec<(String, String)> {
        let Self::Ready(summary) = self else { return Vec::new() };
        let known = summary.attributes.iter();
        known.map(|attribute| (attribute.name.clone(), attribute.sample.clone())).collect()
    }
}

impl Wizard {
    /// Invents a tenant.
    pub fn invent_people(self, size: u32, seed: u32) {
        self.edit("people", |draft| {
            draft.use_people(PeopleSource::Invented { size, seed }, Vec::new());
        });
        self.load_people();
    }

    /// Forgets the people in use, their files, and what was pasted.
    pub fn forget_people(self) {
        self.pasted.set_value(None);
        self.pasting.set(String::new());
        self.forget_files();
        storage::forget(Key::People);
        self.edit("people", |draft| {
            draft.use_people(PeopleSource::Nobody, Vec::new());
        });
        self.load_people();
    }

    /// Gives the worker the people that the draft names.
    pub(super) fn give_people(self) {
        // Whoever is asked for now takes the place of those who are still being read.
        if self.import.progress.with_untracked(Option::is_some) {
            self.stop_reading();
        }
        let text = match self.peek(|draft| draft.people.clone()) {
            PeopleSource::Nobody | PeopleSource::ByHand => PeopleText::Nobody,
            PeopleSource::Invented { size, seed } => PeopleText::Invented { size, seed },
            PeopleSource::Graph { fingerprint } => {
                let text = self.pasted.get_value();
                match text.filter(|text| people::fingerprint(text) == fingerprint) {
                    Some(text) => PeopleText::Graph(text),
                    None if self.read_again(fingerprint) => {
                        return self.people.set(People::Loading);
                    }
                    None => return self.people.set(People::Refused(vec![missing_people()])),
                }
            }
        };
        self.nothing_by_hand();
        if matches!(text, PeopleText::Nobody) && self.peek(|draft| draft.by_hand.is_empty()) {
            self.people.set(People::Nobody);
        } else {
            self.people.set(People::Loading);
        }
        spawn_local(async move {
            match self.worker.ask(Ask::LoadPeople(text)).await {
                Ok(Answer::People(summary)) if summary.users + summary.groups > 0 => {
                    self.take_people(summary);
                }
                Ok(Answer::Refused(refusals)) => self.people.set(People::Refused(refusals)),
                _ => self.judge(),
            }
        });
    }

    /// Lets a month pass among the people in use, and gives what has happened. What was previewed
    /// is old news then.
    pub async fn pass_month(self) -> Vec<String> {
        let Ok(Answer::Passed(summary, told)) = self.worker.ask(Ask::PassMonth).await else {
            return Vec::new();
        };
        self.take_people(summary);
        self.preview.outdated.set(true);
        told
    }

    pub(super) fn take_people(self, summary: PeopleSummary) {
        self.nothing_by_hand();
        // With changes by hand they are others; judging puts these in force.
        if self.peek(|draft| draft.by_hand.is_empty()) {
            self.people.set(People::Ready(summary));
        }
        self.judge();
    }
}

pub(super) fn missing_people() -> Refusal {
    Refusal {
        place: "the people".to_owned(),
        rule: "this project was made with people that are not kept on this device".to_owned(),
        repair: "read the same files again, or invent a tenant".to_owned(),
    }
}
