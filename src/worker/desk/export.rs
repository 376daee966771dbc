//! All outcomes as a file: CSV for a spreadsheet, JSON for a program.

use provisioning::expression::value::DateTime;
use provisioning::graph::provisioning_log::{self, LoggedJob, LoggedMoment};
use provisioning::planning::Change;
use scim::patch::entra::WireForm;
use serde_json::{Value, json};

use super::errand::Running;
use super::sheet::Sheet;
use crate::csv::cell;
use crate::worker::message::{Chosen, Format, OutcomeRow, WireRequest};

const HEAD: [&str; 7] =
    ["kind", "name", "user principal name", "object id", "action", "reason", "detail"];

impl Running {
    /// The whole file's text.
    pub(super) fn export(&self, format: Format) -> String {
        match format {
            Format::Csv => self.csv(),
            Format::Json => self.json(),
            Format::Log => self.log(),
        }
    }

    /// A page of Graph's collection. The ids that only a tenant can give are all noughts.
    fn log(&self) -> String {
        let now = self.cycle.population().ambient().now;
        let (job, ids) = (job(), 1_u64..);
        let entries = self.cycle.log_entries().zip(ids);
        let entries: Vec<Value> = entries
            .map(|(entry, number)| provisioning_log::write(&entry, &job, &moment(number, now)))
            .collect();
        serde_json::to_string_pretty(&json!({ "value": entries })).unwrap_or_default()
    }

    fn csv(&self) -> String {
        table(self.cycle.outcomes().iter().map(|outcome| self.row(outcome)))
    }

    fn json(&self) -> String {
        let outcomes: Vec<Value> = self
            .cycle
            .outcomes()
            .iter()
            .map(|outcome| {
                let changes: Vec<Value> = outcome.action.changes().iter().map(change).collect();
                let requests = self.cycle.planned_requests(&outcome.source_id, WireForm::Legacy);
                let requests: Vec<_> = requests.iter().map(WireRequest::from_http).collect();
                json!({ "outcome": self.row(outcome), "changes": changes, "requests": requests })
            })
            .collect();
        let file = json!({ "summary": self.summary(), "outcomes": outcomes });
        // A JSON value of text and numbers always has a text.
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }
}

/// Some rows of the table as a file's text.
pub(super) fn lines(sheet: &mut Sheet, chosen: &Chosen) -> String {
    match chosen {
        Chosen::Found(query) => {
            table(sheet.found(query).into_iter().filter_map(|at| sheet.row(at)))
        }
        Chosen::These(ids) => table(sheet.these(ids)),
    }
}

pub(super) fn table(rows: impl Iterator<Item = OutcomeRow>) -> String {
    // The mark tells spreadsheets that the file is UTF-8.
    let mut file = String::from("\u{feff}");
    push_line(&mut file, HEAD.iter().copied());
    for row in rows {
        let OutcomeRow { id, label, detail, action, reason, text, .. } = &row;
        let kind = row.kind.singular();
        push_line(&mut file, [kind, label, detail, id, action, reason, text].into_iter());
    }
    file
}

/// One change of an attribute.
pub(super) fn change(change: &Change) -> Value {
    json!({ "attribute": change.attribute, "before": change.before, "after": change.after })
}

/// What an application's job would be called; nobody has made one.
fn job() -> LoggedJob {
    let nobody = || guid(0);
    LoggedJob {
        tenant_id: nobody(),
        job_id: format!("scim.{}", guid(0).replace('-', "")),
        cycle_id: nobody(),
        service_principal_id: nobody(),
        service_principal_name: String::new(),
        application_id: nobody(),
        source_system_id: nobody(),
        target_system_id: nobody(),
        target_system_name: "customappsso".to_owned(),
    }
}

fn moment(number: u64, at: DateTime) -> LoggedMoment {
    let (id, change_id) = (guid(number), guid(number));
    LoggedMoment { id, change_id, at, duration_in_milliseconds: 0 }
}

fn guid(number: u64) -> String {
    format!("00000000-0000-0000-0000-{number:012}")
}

fn push_line<'a>(file: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, text) in cells.enumerate() {
        if index > 0 {
            file.push(',');
        }
        file.push_str(&cell(text));
    }
    file.push_str("\r\n");
}
