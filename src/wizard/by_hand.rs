//! Changing the people in use by hand: one edit of the draft for each form that is saved, so that
//! undo takes it back.

use leptos::prelude::*;

use super::{People, Wizard};
use crate::ambient;
use crate::draft::by_hand::{ByHand, Change, MOST};
use crate::draft::place::Kind;
use crate::draft::{Draft, PeopleSource};
use crate::worker::message::{Answer, Ask, ByHandAnswer, ByHandAsk, FieldFault, Record};

impl Wizard {
    /// What there is to change in somebody, or in somebody new.
    pub async fn record(self, id: Option<String>, kind: Kind) -> Option<Record> {
        let ask = match id {
            Some(id) => ByHandAsk::Open(id),
            None => ByHandAsk::New(kind, ambient::guid()),
        };
        match self.worker.ask(Ask::ByHand(ask)).await {
            Ok(Answer::ByHand(ByHandAnswer::Record(record))) => record,
            _ => None,
        }
    }

    /// Takes over what was typed.
    ///
    /// # Errors
    /// What must be mended first.
    pub async fn save_record(self, record: Record) -> Result<(), Vec<FieldFault>> {
        let fault = |rule: &str, repair: &str| {
            let (rule, repair) = (rule.to_owned(), repair.to_owned());
            Err(vec![FieldFault { place: String::new(), rule, repair }])
        };
        if self.peek(|draft| draft.by_hand.changes().len() >= MOST) {
            return fault(
                "five hundred changes by hand are in force",
                "change the file instead, and read it",
            );
        }
        match self.worker.ask(Ask::ByHand(ByHandAsk::Check(record))).await {
            Ok(Answer::ByHand(ByHandAnswer::Changes(changes))) => {
                self.make_by_hand(changes);
                Ok(())
            }
            Ok(Answer::ByHand(ByHandAnswer::Wrong(faults))) => Err(faults),
            _ => fault("the worker has ended", "load the page again"),
        }
    }

    /// Takes somebody out of the people in use, and the assignment with them.
    pub fn remove_by_hand(self, id: &str) {
        self.make_by_hand(vec![Change::Remove { id: id.to_owned() }]);
    }

    fn make_by_hand(self, changes: Vec<Change>) {
        self.edit("by-hand", |draft| {
            for change in changes {
                if let Change::Remove { id } = &change {
                    draft.unassign(id);
                }
                draft.by_hand.make(change);
            }
            if draft.people == PeopleSource::Nobody {
                draft.people = PeopleSource::ByHand;
            }
        });
    }

    /// Counts the people again where other changes by hand are in force than were counted.
    pub(super) async fn count_by_hand(self, judged: &Draft) {
        if self.counted_by_hand.with_value(|counted| *counted == judged.by_hand) {
            return;
        }
        let Ok(Answer::People(summary)) = self.worker.ask(Ask::Census).await else { return };
        if !self.peek(|now| now.people == judged.people && now.by_hand == judged.by_hand) {
            return;
        }
        self.counted_by_hand.set_value(judged.by_hand.clone());
        let is_somebody = summary.users + summary.groups > 0;
        self.people.set(if is_somebody { People::Ready(summary) } else { People::Nobody });
    }

    /// Other people are in use, as they were read or invented.
    pub(super) fn nothing_by_hand(self) {
        self.counted_by_hand.set_value(ByHand::default());
    }
}
