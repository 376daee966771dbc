//! What the page asks of the worker, and what the worker answers.
//!
//! Messages are small: tables travel as the slice that is on show. No message can hold the secret
//! token, because [`crate::secret::SecretToken`] cannot be serialised.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::draft::check::Problem;
use crate::draft::place::Kind;
use crate::draft::{Assignment, Draft};

/// One question.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(clippy::large_enum_variant, reason = "a message is made, sent, and gone")]
pub enum Ask {
    /// Use these people from now on.
    LoadPeople(PeopleText),
    /// Use this draft from now on.
    Configure(Draft),
    /// A slice of the users and groups.
    List(ListQuery),
    /// One object: its assignment, its scope, and the live value of every mapping row.
    Person(String),
    /// Empty the sandbox and fill it anew from the people in use.
    ResetSandbox,
    /// Switch the sandbox's misbehaviours: the names of those that are on.
    Quirks(Vec<String>),
    /// A request to the sandbox.
    Sandbox(WireRequest),
    /// Begin a cycle; an earlier one of the same errand is dropped.
    Begin(Errand),
    /// What is to be sent next.
    Next(Errand),
    /// What came back.
    Receive(Errand, u64, Result<WireResponse, WireFault>),
    /// Stop a cycle and keep what it has found.
    Stop(Errand),
    /// A slice of a cycle's outcomes.
    Outcomes(Errand, OutcomeQuery),
    /// One object's story.
    Report(Errand, String),
    /// All outcomes as a file.
    Export(Errand, Format),
}

/// One answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(clippy::large_enum_variant, reason = "a message is made, sent, and gone")]
pub enum Answer {
    /// The people were read.
    People(PeopleSummary),
    /// The people were not read; those in use stay.
    Refused(Vec<Refusal>),
    /// The draft was taken.
    Judged(Judgement),
    /// A slice of the users and groups.
    List(Slice<Principal>),
    /// One object, or nothing where the id is unknown.
    Person(Option<Person>),
    /// The sandbox's answer.
    Response(WireResponse),
    /// The state of a cycle and what it wants sent.
    Steps(Steps),
    /// Why a cycle cannot begin.
    Blocked(String),
    /// A slice of outcomes.
    Outcomes(Slice<OutcomeRow>),
    /// One object's story, or nothing where the cycle has none.
    Report(Option<Report>),
    /// A file's text.
    Text(String),
    /// Done, with nothing to say.
    Done,
}

/// The people to load.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum PeopleText {
    /// Nobody: forget those in use.
    Nobody,
    /// An invented tenant.
    Invented {
        /// How many users.
        size: u32,
        /// What decides the names.
        seed: u32,
    },
    /// Microsoft Graph JSON.
    Graph(String),
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PeopleSummary {
    /// How many users.
    pub users: usize,
    /// How many groups.
    pub groups: usize,
    /// Users whose `userType` is Guest.
    pub guests: usize,
    /// Users whose sign-in is blocked.
    pub disabled: usize,
    /// Users that were deleted and can be restored.
    pub soft_deleted: usize,
    /// Users without `mail`.
    pub without_mail: usize,
    /// Assignments that the text brought along.
    pub assignments: Vec<Assignment>,
    /// The roles that the text names for the application.
    pub roles: Vec<Role>,
    /// Names of all attributes that anybody has a value for, with one such value.
    pub attributes: Vec<(String, String)>,
}

/// An app role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The role's id.
    pub id: String,
    /// The name that an administrator picks.
    pub name: String,
}

/// One fault of a text that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Line and column, or the path inside the document.
    pub place: String,
    /// The rule that is broken.
    pub rule: String,
    /// What to do.
    pub repair: String,
}

/// Which slice of the users and groups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListQuery {
    /// Words that the name or the user principal name must hold; empty is everybody.
    pub search: String,
    /// Users, groups, or both.
    pub kind: Option<Kind>,
    /// Only those that are assigned themselves.
    pub only_assigned: bool,
    /// Index of the first row.
    pub from: usize,
    /// How many rows.
    pub count: usize,
}

/// Some rows of many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slice<T> {
    /// How many rows answer the query.
    pub total: usize,
    /// Index of the first row here.
    pub from: usize,
    /// The rows.
    pub rows: Vec<T>,
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self { total: 0, from: 0, rows: Vec::new() }
    }
}

/// A user or group in the list of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// The directory object id.
    pub id: String,
    /// User or group.
    pub kind: Kind,
    /// The display name.
    pub label: String,
    /// The user principal name, or the number of a group's direct members.
    pub detail: String,
    /// The role of its own assignment, if it is assigned itself.
    pub role: Option<String>,
    /// Whether it passes all three gates.
    pub in_scope: bool,
    /// Why it is, or is not, in scope.
    pub reason: String,
}

/// What the worker says of a draft over the people in use.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Users: how many in scope.
    pub users_in: usize,
    /// Users: how many out of scope.
    pub users_out: usize,
    /// Groups: how many in scope.
    pub groups_in: usize,
    /// Groups: how many out of scope.
    pub groups_out: usize,
    /// Users who pass the assignment gate.
    pub assigned: usize,
    /// Why users are out of scope, most frequent first.
    pub causes: Vec<(String, usize)>,
    /// Problems that only the worker can see, such as a regular expression that cannot be built.
    pub problems: Vec<Problem>,
    /// What an experienced administrator would remark.
    pub advice: Vec<Advice>,
}

/// One remark about the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// The rule's stable name.
    pub id: String,
    /// The mapping that is meant.
    pub kind: Kind,
    /// The draft's row, if one is meant.
    pub row: Option<u32>,
    /// What is the matter.
    pub text: String,
    /// What to do.
    pub repair: String,
    /// Where the rule comes from, with its date.
    pub source: String,
}

/// One object under the magnifying glass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Its line in the list.
    pub principal: Principal,
    /// How it is assigned, one sentence each.
    pub assignment: Vec<String>,
    /// The gates, in order, each with its verdict and sentence.
    pub gates: Vec<Gate>,
    /// The live value of every mapping row that is sound.
    pub values: Vec<LiveValue>,
}

/// One gate's verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Whether it is passed.
    pub passed: bool,
    /// What decided.
    pub text: String,
}

/// What a mapping row yields for one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveValue {
    /// The draft's row.
    pub row: u32,
    /// The value; nothing where none is sent.
    pub value: Option<String>,
    /// Why no value is sent, or what is special about it.
    pub note: Option<String>,
    /// The row fails for this object.
    pub failed: bool,
}

/// What a cycle is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    /// Look, and change nothing.
    Preview,
    /// Provision everybody.
    Initial,
    /// Provision one object.
    OnDemand(String),
}

/// A request on its way to the application, before the token is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireRequest {
    /// The HTTP method.
    pub method: String,
    /// The absolute address.
    pub uri: String,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body; empty where there is none.
    pub body: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireResponse {
    /// The HTTP status.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireFault {
    /// Which layer failed.
    pub kind: FaultKind,
    /// What happened, and the repair, in the administrator's words.
    pub message: String,
}

/// The layers that can fail before the application answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultKind {
    /// The relay is not there, or does not accept this page.
    NoRelay,
    /// The relay may not reach this address.
    NotAllowed,
    /// The host's name is unknown.
    Name,
    /// Nobody listens there, or the network is down.
    Refused,
    /// The endpoint's certificate or protocol is not acceptable.
    Tls,
    /// No answer in time.
    Timeout,
    /// The endpoint is there but does not let this page read its answers.
    Cors,
    /// The answer is too large, or broke off.
    Broken,
    /// Somebody pressed Cancel.
    Cancelled,
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
}

/// Which slice of the outcomes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutcomeQuery {
    /// Words that the name must hold.
    pub search: String,
    /// Only these actions; empty is all.
    pub actions: Vec<String>,
    /// Only this skip reason or error code.
    pub reason: Option<String>,
    /// Sort by name instead of the cycle's order.
    pub by_name: bool,
    /// Index of the first row.
    pub from: usize,
    /// How many rows.
    pub count: usize,
}

/// One object's outcome in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeRow {
    /// The directory object id.
    pub id: String,
    /// User or group.
    pub kind: Kind,
    /// The display name.
    pub label: String,
    /// The user principal name; empty for a group.
    pub detail: String,
    /// The action's name.
    pub action: String,
    /// Skip reason or error code; empty where something is written.
    pub reason: String,
    /// What changes, or why nothing does.
    pub text: String,
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
}

impl WireRequest {
    /// The request as a plain value of the `http` crate's, for messages.
    pub fn from_http(request: &http::Request<Vec<u8>>) -> Self {
        Self {
            method: request.method().to_string(),
            uri: request.uri().to_string(),
            headers: headers(request.headers()),
            body: String::from_utf8_lossy(request.body()).into_owned(),
        }
    }

    /// The same request for the `http` crate; nothing where method, address or a header is none.
    pub fn to_http(&self) -> Option<http::Request<Vec<u8>>> {
        let mut builder = http::Request::builder().method(self.method.as_str()).uri(&self.uri);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        builder.body(self.body.clone().into_bytes()).ok()
    }
}

impl WireResponse {
    /// The response as a message.
    pub fn from_http(response: &http::Response<Vec<u8>>) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: headers(response.headers()),
            body: String::from_utf8_lossy(response.body()).into_owned(),
        }
    }

    /// The same response for the `http` crate; a header that it cannot hold is left out.
    pub fn to_http(&self) -> http::Response<Vec<u8>> {
        let mut response = http::Response::new(self.body.clone().into_bytes());
        // A browser gives no status outside 100 to 999; 500 stands for "not an HTTP answer".
        *response.status_mut() = http::StatusCode::from_u16(self.status)
            .unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in &self.headers {
            let name = http::HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, http::HeaderValue::from_str(value)) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
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

fn headers(map: &http::HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    map.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
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
