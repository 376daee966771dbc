//! What was asked of the sandbox, so that a test can show that a preview only reads.

use http::{Method, StatusCode};

/// One request that the sandbox answered. Never the token, never a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// The method of the request.
    pub method: Method,
    /// The path and, where there was one, the query, as they were sent.
    pub path: String,
    /// The status of the answer, such as 200.
    pub status: u16,
}

/// The last [`Journal::LIMIT`] requests, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal {
    /// Up to twice the limit: old entries leave in one sweep, so that a note stays cheap and
    /// the entries stay side by side.
    entries: Vec<JournalEntry>,
}

impl Journal {
    /// How many requests are remembered.
    pub(crate) const LIMIT: usize = 10_000;

    pub(crate) fn note(&mut self, method: &Method, path: String, status: StatusCode) {
        if self.entries.len() >= 2 * Self::LIMIT {
            self.entries.drain(..Self::LIMIT);
        }
        let status = status.as_u16();
        self.entries.push(JournalEntry { method: method.clone(), path, status });
    }

    pub(crate) fn entries(&self) -> &[JournalEntry] {
        let surplus = self.entries.len().saturating_sub(Self::LIMIT);
        self.entries.get(surplus..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Journal;
    use http::{Method, StatusCode};

    #[test]
    fn the_oldest_leave_when_the_journal_is_full() {
        let mut journal = Journal::default();
        let requests = 2 * Journal::LIMIT + 3;
        for number in 0..requests {
            journal.note(&Method::GET, number.to_string(), StatusCode::OK);
        }
        let entries = journal.entries();
        assert_eq!(entries.len(), Journal::LIMIT);
        assert_eq!(entries[0].path, (requests - Journal::LIMIT).to_string());
        assert_eq!(entries[Journal::LIMIT - 1].path, (requests - 1).to_string());
    }
}
