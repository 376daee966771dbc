//! One user or group to look at: which one it is, what the worker says of it, and how to pick
//! another. By default it is the first who is in scope.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

mod listing;

pub use listing::PersonPicker;

use crate::draft::place::Kind;
use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask, ListQuery, Person, Principal};

/// Among how many the first who is in scope is looked for.
const LOOKED_THROUGH: usize = 500;

/// The user or group that is looked at.
#[derive(Clone, Copy)]
pub struct Chosen {
    wizard: Wizard,
    kind: Kind,
    /// An invented tenant stands in where nobody is loaded.
    or_invented: bool,
    /// Who was picked, or found by default and kept since; nothing before that.
    picked: RwSignal<Option<String>>,
    person: RwSignal<Option<Person>>,
    asked: StoredValue<u32>,
}

impl Chosen {
    /// The first of a kind who is in scope, until another is picked. What the worker says follows
    /// every edit of the draft.
    pub fn new(wizard: Wizard, kind: Kind) -> Self {
        Self::among(wizard, kind, false)
    }

    /// The same; where nobody is loaded, somebody out of an invented tenant.
    pub fn or_invented(wizard: Wizard, kind: Kind) -> Self {
        Self::among(wizard, kind, true)
    }

    fn among(wizard: Wizard, kind: Kind, or_invented: bool) -> Self {
        let chosen = Self {
            wizard,
            kind,
            or_invented,
            picked: RwSignal::new(None),
            person: RwSignal::new(None),
            asked: StoredValue::new(0),
        };
        Effect::new(move |_| {
            wizard.view.track();
            chosen.look_up();
        });
        chosen
    }

    /// Reads what the worker says; nothing where the directory has none of this kind.
    pub fn with_person<T>(self, read: impl FnOnce(&Person) -> T) -> Option<T> {
        self.person.with(|person| person.as_ref().map(read))
    }

    /// The name, for sentences.
    pub fn name(self) -> Option<String> {
        self.with_person(|person| person.principal.label.clone())
    }

    /// The object id.
    pub fn id(self) -> Option<String> {
        self.with_person(|person| person.principal.id.clone())
    }

    /// Looks at another one.
    pub fn pick(self, id: String) {
        self.picked.set(Some(id));
    }

    fn look_up(self) {
        let picked = self.picked.get();
        self.asked.update_value(|count| *count = count.wrapping_add(1));
        let question = self.asked.get_value();
        spawn_local(async move {
            let id = match picked {
                Some(id) => Some(id),
                None => self.first().await,
            };
            let person = match id {
                Some(id) => self.wizard.worker.ask(Ask::Person(id)).await,
                None => Ok(Answer::Person(None)),
            };
            // Another question has overtaken this one, or the screen has gone.
            if self.asked.try_get_value() != Some(question) {
                return;
            }
            let person = match person {
                Ok(Answer::Person(person)) => person,
                _ => None,
            };
            if person.is_none() && self.picked.with_untracked(Option::is_some) {
                // Other people are in use now.
                return self.picked.set(None);
            }
            // An edit that takes the default out of scope must show just that, not somebody else.
            let id = person.as_ref().map(|person| person.principal.id.clone());
            self.picked.update_untracked(|picked| *picked = id);
            self.person.set(person);
        });
    }

    async fn first(self) -> Option<String> {
        let (found, _) = self.find(String::new(), LOOKED_THROUGH).await;
        let in_scope = found.iter().find(|principal| principal.in_scope);
        in_scope.or(found.first()).map(|principal| principal.id.clone())
    }

    /// The first who answer to a search, and how many do.
    async fn find(self, search: String, count: usize) -> (Vec<Principal>, usize) {
        let Self { kind, or_invented, .. } = self;
        let query =
            ListQuery { search, kind: Some(kind), or_invented, count, ..ListQuery::default() };
        match self.wizard.worker.ask(Ask::List(query)).await {
            Ok(Answer::List(slice)) => (slice.rows, slice.total),
            _ => (Vec::new(), 0),
        }
    }
}
