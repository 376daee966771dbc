//! A plan over users that a file holds: nobody is asked.

use super::super::target::Opened;
use super::{Planning, Stage};

impl Planning {
    /// The same over the users of a file. Of groups a file says nothing, so they are not judged.
    pub(in super::super) fn over(mut self, opened: &Opened) -> Self {
        self.is_stored = true;
        match opened.read(self.pipeline.accounts()) {
            Ok(accounts) => {
                self.findings.push(
                    "The users of the application came from a file; groups, and what was changed \
                     since the file was saved, are not judged."
                        .to_owned(),
                );
                self.begin_plan(accounts);
            }
            Err(faults) => {
                self.failure = faults.first().map(ToString::to_string);
                self.stage = Stage::Done;
            }
        }
        self
    }
}
