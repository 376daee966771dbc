//! One object's story in the five steps of Entra's provision on demand, as data.

use serde_json::Value;

use crate::configuration::ObjectKind;
use crate::mapping::empty::EmptyValue;

/// Everything that is known about one object of the directory.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The directory object id.
    pub source_id: String,
    /// User or group.
    pub kind: ObjectKind,
    /// What a person calls it.
    pub label: String,
    /// The steps in their order.
    pub steps: Vec<ReportStep>,
    /// The requests that were really sent for this object, with their answers.
    pub exchanges: Vec<Exchanged>,
}

/// One of the five steps.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportStep {
    /// Which step.
    pub step: StepKind,
    /// How it ended.
    pub status: StepStatus,
    /// What was found, one sentence per finding.
    pub sentences: Vec<String>,
    /// Attributes that the step speaks of; the import lists sources, the action lists changes.
    pub attributes: Vec<AttributeRow>,
}

/// The steps of provision on demand, in the portal's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// 1. Test connection; the portal shows it only when it failed.
    TestConnection,
    /// 2. Import the object from the directory.
    Import,
    /// 3. Determine whether the object is in scope.
    Scope,
    /// 4. Match the object between source and target.
    Match,
    /// 5. Perform the action.
    Action,
}

impl StepKind {
    /// The portal's title of the step.
    pub fn title(self, kind: ObjectKind) -> String {
        let noun = match kind {
            ObjectKind::User => "user",
            ObjectKind::Group => "group",
        };
        match self {
            Self::TestConnection => "Test connection".to_owned(),
            Self::Import => format!("Import {noun}"),
            Self::Scope => format!("Determine if {noun} is in scope"),
            Self::Match => format!("Match {noun} between source and target system"),
            Self::Action => "Perform action".to_owned(),
        }
    }
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepStatus {
    /// It did its work.
    Success,
    /// There was nothing to do, or an earlier step ended the story.
    Skipped,
    /// It failed.
    Failure,
}

/// A line of the portal's attribute table.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeRow {
    /// Index of the mapping row.
    pub row: usize,
    /// Target attribute.
    pub target: String,
    /// What the mapping yields for this object.
    pub source: Option<Value>,
    /// The mapping as the portal writes it: `[jobTitle]`, `"text"`, or an expression.
    pub expression: String,
    /// The value in the application before.
    pub original: Option<Value>,
    /// The value that is written; nothing where the attribute stays as it is.
    pub modified: Option<Value>,
    /// What becomes of the row where its source has no value.
    pub empty: Option<EmptyValue>,
    /// Why a row is not written, or what is special about it.
    pub note: Option<String>,
}

/// A request that was sent and what came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchanged {
    /// Why it was sent.
    pub purpose: Purpose,
    /// The HTTP method.
    pub method: http::Method,
    /// The whole address as sent.
    pub uri: String,
    /// The body; empty on reads.
    pub body: Vec<u8>,
    /// What came back.
    pub answer: Answered,
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// The application answered.
    Response {
        /// The HTTP status.
        status: u16,
        /// The body as received.
        body: Vec<u8>,
    },
    /// Nothing came back; the sentence says why.
    Fault(String),
}

/// Why a request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Asks for a value that nobody has; an empty list is the right answer.
    Probe,
    /// Looks an object up by a matching attribute.
    Match,
    /// Reads a linked object by its id.
    Read,
    /// Reads a page of everybody whom the application holds.
    List,
    /// Asks whether a manager or a membership is set already.
    CheckReference,
    /// POST.
    Create,
    /// PATCH of attributes.
    Update,
    /// PATCH of a manager or of memberships.
    WriteReference,
    /// DELETE.
    Delete,
}

impl Purpose {
    /// Whether a request for this purpose leaves the application unchanged.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Probe | Self::Match | Self::Read | Self::List | Self::CheckReference)
    }
}
