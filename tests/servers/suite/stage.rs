//! The service providers of one target: started when first asked, and asked by one test at a time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sandbox::{Quirks, Sandbox, Settings};
use scim::patch::Dialect;
use tokio::runtime::Runtime;

use crate::behaviour::{Behaviour, People};
use crate::client::Client;
use crate::exchange::{Memory, Wire};
use crate::target::{Place, Target};

/// A target and what runs of it.
pub(crate) struct Stage {
    /// The target.
    pub(crate) target: Target,
    runtime: Arc<Runtime>,
    /// By how many people they were seeded with.
    clients: Mutex<BTreeMap<usize, Client>>,
}

impl Stage {
    /// A target of which nothing runs yet.
    pub(crate) fn new(target: Target, runtime: Arc<Runtime>) -> Self {
        Self { target, runtime, clients: Mutex::default() }
    }

    /// Tries a behaviour.
    pub(crate) fn play(&self, behaviour: &Behaviour) {
        // A failed test leaves whole users behind, which disturb nobody.
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let users = match behaviour.people {
            People::Nobody => return (behaviour.check)(&mut self.start(0)),
            People::Anybody => 0,
            People::Seeded(users) => users,
        };
        (behaviour.check)(clients.entry(users).or_insert_with(|| self.start(users)));
    }

    fn start(&self, users: usize) -> Client {
        let Target { place, column, .. } = self.target;
        let in_memory = |settings| {
            let door = Memory::new(settings, users);
            Client::new(Box::new(door), Memory::URL, Sandbox::PUBLIC_TOKEN, column)
        };
        match place {
            Place::Sandbox => in_memory(Settings::default()),
            Place::Imitation(profile) => in_memory(Settings {
                dialect: Dialect::Entra,
                quirks: Quirks::imitating(profile),
                ..Settings::default()
            }),
            Place::Peer(kind) => {
                let door = Wire::start(Arc::clone(&self.runtime), kind, users);
                let url = door.url().to_owned();
                Client::new(Box::new(door), &url, servers::TOKEN, column)
            }
        }
    }
}
