//! The start of any activity: a question that nobody answers, asked to see whether the application does.

use super::traffic::Errand;
use super::{Cycle, trouble};
use crate::planning::ErrorCode;
use crate::report::{Exchanged, Purpose};

impl Cycle {
    /// The exchange that tested the connection, once it was answered.
    pub fn connection(&self) -> Option<&Exchanged> {
        self.connection.as_ref()
    }

    /// The probe, or what makes it pointless.
    pub(super) fn connect(&mut self) {
        if let Some(text) = self.population.faults().first() {
            let text = format!("{text}.");
            return self.fail(ErrorCode::InternalError, text, Purpose::Probe);
        }
        let mapping = &self.population.configuration().users;
        match mapping.matching().first() {
            Some(row) => {
                let seed = self.population.ambient().seed;
                let probe = self.reader.probe(&row.target.path, seed);
                self.traffic.ask(Errand::Probe, probe);
            }
            None => self.advance(),
        }
    }

    /// An empty list is the right answer; a server that finds somebody ignores filters.
    pub(super) fn on_probe(&mut self, response: &http::Response<Vec<u8>>) {
        match scim::answer::list(response) {
            Err(error) => {
                self.trouble(&Errand::Probe, trouble::of_answer(Purpose::Probe, &error));
            }
            Ok(list) if list.resources.is_empty() => {
                self.honours_filters = true;
                self.advance();
            }
            Ok(list) => {
                let text = format!(
                    "The application was asked for a value that nobody has and returned {} \
                     object(s): it ignores the filter of a search.",
                    list.resources.len()
                );
                self.find("filter-ignored", text);
                self.advance();
            }
        }
    }
}
