//! The application's users from a file instead of the application: a preview without a request.

use provisioning::cycle::roster::stored;
use provisioning::pipeline::{Accounts, LineFault, Reader};

use super::Desk;
use crate::worker::message::{Answer, Refusal};

/// Accounts that were opened, one a line.
pub(super) struct Opened {
    lines: String,
}

impl Opened {
    /// The accounts as a mapping reads them.
    pub(super) fn read(&self, accounts: Accounts) -> Result<Accounts, Vec<LineFault>> {
        let mut reader = Reader::new(accounts);
        reader.read(self.lines.as_bytes());
        reader.finish()
    }
}

impl Desk {
    /// Takes the users of a file for those of the application, or none any more; how many.
    pub(super) fn open_target(&mut self, text: Option<&str>) -> Answer {
        let Some(text) = text else {
            self.opened = None;
            return Answer::Opened(0);
        };
        match stored::accounts(text) {
            Ok(accounts) => {
                let lines: Vec<String> = accounts.iter().map(stored::line).collect();
                self.opened = Some(Opened { lines: lines.join("\n") });
                Answer::Opened(accounts.len())
            }
            Err(faults) => Answer::Refused(faults.into_iter().map(refusal).collect()),
        }
    }
}

fn refusal(fault: LineFault) -> Refusal {
    Refusal { place: format!("line {}", fault.line), rule: fault.rule, repair: fault.repair }
}
