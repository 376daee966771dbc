//! The words for a cycle: how far it is, its counts, and one object's story.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::outcome::OutcomeRow;
use super::wire::WireRequest;

/// What a cycle is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    /// Look, and change nothing.
    Preview,
    /// The job's next cycle: the initial one, or what has changed since.
    Cycle,
    /// Provision one object.
    OnDemand(String),
}

/// Where a cycle stands, and what it wants sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Steps {
    /// Requests to be sent now.
    pub sends: Vec<(u64, WireRequest)>,
    /// Wait so many seconds before the next question: the endpoint asks for it.
    pub pause: Option<u64>,
    /// Nothing is left to do.
    pub done: bool,
    /// How far it is.
    pub progress: Progress,
    /// The counts so far: now and then, and at the end.
    pub summary: Option<Summary>,
}

/// How far a cycle is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What it is doing.
    pub phase: String,
    /// Objects that are decided.
    pub done: usize,
    /// Objects in all.
    pub total: usize,
    /// Requests sent.
    pub requests: usize,
    /// How many bytes of memory the engine's worker was given.
    pub held: usize,
    /// The same of the sandbox's worker.
    pub held_by_sandbox: usize,
}

/// The counts of a cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Objects per action, in the order of a listing, none left out.
    pub actions: Vec<(String, usize)>,
    /// From everybody to those who change: name and number of each stage.
    pub funnel: Vec<(String, usize)>,
    /// Skip reasons and error codes with their numbers.
    pub reasons: Vec<(String, usize)>,
    /// What ended the whole cycle, if something did.
    pub failure: Option<String>,
    /// What was noticed about the endpoint.
    pub findings: Vec<String>,
    /// Everybody was read by pages and planned at once: nobody was asked for by name.
    pub planned_at_once: bool,
}

/// One object's story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its line in the table.
    pub outcome: OutcomeRow,
    /// The steps of provision on demand.
    pub steps: Vec<ReportStep>,
    /// What was really sent, and what came back.
    pub exchanges: Vec<Exchange>,
    /// The writes in the default wire form.
    pub legacy: Vec<WireRequest>,
    /// The writes in the form of the flag `aadOptscim062020`.
    pub compliant: Vec<WireRequest>,
}

/// One of the five steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportStep {
    /// The portal's title.
    pub title: String,
    /// `Success`, `Skipped`, or `Failure`.
    pub status: String,
    /// What was found.
    pub sentences: Vec<String>,
    /// The attribute table.
    pub attributes: Vec<AttributeLine>,
}

/// A line of the portal's attribute table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributeLine {
    /// Target attribute.
    pub target: String,
    /// What the mapping yields.
    pub source: Option<Value>,
    /// The mapping as the portal writes it.
    pub expression: String,
    /// The application's value before.
    pub original: Option<Value>,
    /// The value that is written; nothing where it stays.
    pub modified: Option<Value>,
    /// What is special about it.
    pub note: Option<String>,
}

/// A request that was sent and what came back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// Why it was sent.
    pub purpose: String,
    /// The request.
    pub request: WireRequest,
    /// The status and body, or why nothing came back.
    pub answer: Result<(u16, String), String>,
}

/// The forms in which outcomes are delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Comma-separated values, one line an object.
    Csv,
    /// JSON with every change and every planned request.
    Json,
    /// The entries of the provisioning log, as Microsoft Graph writes them.
    Log,
}

/// An attribute's value in words: text without quotes, the rest as JSON, a dash where there is none.
pub fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "–".to_owned(),
        Some(Value::String(text)) if text.is_empty() => "\"\"".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::shown;

    #[test]
    fn a_missing_value_is_told_from_an_empty_one() {
        assert_eq!(shown(None), "–");
        assert_eq!(shown(Some(&json!(""))), "\"\"");
        assert_eq!(shown(Some(&json!("a"))), "a");
        assert_eq!(shown(Some(&json!([true]))), "[true]");
    }
}
