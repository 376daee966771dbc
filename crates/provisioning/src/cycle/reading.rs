//! The only door for questions: nothing that comes out of here can change the application.

use scim::endpoint::{Endpoint, Search};
use scim::filter::Filter;
use scim::path::Path;

use crate::configuration::ObjectKind;
use crate::matching::{self, Query};

/// A request that only reads. It can be made here and nowhere else.
#[derive(Debug)]
pub(super) struct Read(http::Request<Vec<u8>>);

impl Read {
    /// The request itself.
    pub(super) fn into_request(self) -> http::Request<Vec<u8>> {
        self.0
    }
}

/// Builds the questions of a cycle.
#[derive(Debug)]
pub(super) struct Reader {
    endpoint: Endpoint,
}

impl Reader {
    pub(super) fn new(endpoint: Endpoint) -> Self {
        Self { endpoint }
    }

    /// Who has a value that nobody has? Entra asks this at the start of any activity.
    pub(super) fn probe(&self, path: &Path, seed: u64) -> Read {
        let search = matching::search(ObjectKind::User, path, &guid(seed));
        Read(self.endpoint.search(ObjectKind::User.endpoint(), &search))
    }

    /// Who has this matching value?
    pub(super) fn lookup(&self, kind: ObjectKind, query: &Query) -> Read {
        let search = matching::search(kind, &query.path, &query.value);
        Read(self.endpoint.search(kind.endpoint(), &search))
    }

    /// What does the linked object look like?
    pub(super) fn object(&self, kind: ObjectKind, id: &str) -> Read {
        let search = Search { excluded_attributes: matching::excluded(kind), ..Search::default() };
        Read(self.endpoint.get(kind.endpoint(), id, &search))
    }

    /// Whom does the application hold? One page of all users.
    pub(super) fn page(&self, search: &Search) -> Read {
        Read(self.endpoint.search(ObjectKind::User.endpoint(), search))
    }

    /// What does a user look like when nothing is left out?
    pub(super) fn user(&self, id: &str) -> Read {
        Read(self.endpoint.get(ObjectKind::User.endpoint(), id, &Search::default()))
    }

    /// Which members does a group have? Entra never asks this; a preview does, because it saves
    /// one question per membership.
    pub(super) fn members(&self, id: &str) -> Read {
        let search = Search { attributes: vec!["members".to_owned()], ..Search::default() };
        Read(self.endpoint.get(ObjectKind::Group.endpoint(), id, &search))
    }

    /// Is this manager or membership set already?
    pub(super) fn reference(&self, kind: ObjectKind, id: &str, target_id: &str) -> Read {
        let owner = Filter::equals(&Path::attribute("id"), id);
        let (name, attributes) = match kind {
            ObjectKind::User => ("manager", vec!["id".to_owned()]),
            ObjectKind::Group => ("members", Vec::new()),
        };
        let filter = owner.and(Filter::equals(&Path::attribute(name), target_id));
        let search = Search { filter: Some(filter), attributes, ..Search::default() };
        Read(self.endpoint.search(kind.endpoint(), &search))
    }
}

/// A random-looking GUID from the seed that the caller lent (SplitMix64).
fn guid(seed: u64) -> String {
    let (high, low) = (mix(seed), mix(seed.wrapping_add(1)));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | ((low >> 48) & 0x3fff),
        low & 0xffff_ffff_ffff
    )
}

fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
