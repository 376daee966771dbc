//! What the page asks of the worker, and what the worker answers.
//!
//! Messages are small: tables travel as the slice that is on show. No message can hold the secret
//! token, because [`crate::secret::SecretProof`] cannot be serialised.

use serde::{Deserialize, Serialize};

mod by_hand;
mod cycle;
mod difference;
mod import;
mod job;
mod outcome;
mod people;
mod pilot;
mod provider;
mod recipe;
mod review;
mod wire;
mod workbench;

pub use by_hand::{ByHandAnswer, ByHandAsk, FieldFault, Record, RecordField};
pub use cycle::{
    AttributeLine, Errand, Exchange, Format, Progress, Report, ReportStep, Steps, Summary, shown,
};
pub use difference::{Compared, MoveQuery, MoveRow, Moves};
pub use import::{
    FileOrder, FileSeen, ImportAnswer, ImportAsk, RowKind, TableOrder, Underway, Wanted,
};
pub use job::{JobOrder, JobState};
pub use outcome::{Chosen, Grouping, OutcomeColumn, OutcomeQuery, OutcomeRow};
pub use people::{
    Gate, Judgement, KnownAttribute, ListQuery, LiveValue, PeopleSummary, PeopleText, Person,
    Principal, Refusal, Role, RowCount, Shape, Slice,
};
pub use pilot::{PilotMember, Piloted};
pub use provider::{Obeyed, Order};
pub use recipe::{ReadRecipe, RecipeText};
pub use review::{Advice, Concerned, Forecast, Reviewed, Spot};
pub use wire::{FaultKind, Served, WireFault, WireRequest, WireResponse};
pub use workbench::{
    BenchAnswer, BenchAsk, Formula, Found, Gave, GroupQuery, Lens, Look, Member, MemberQuery,
    Stressed, SurveyQuery, Surveyed, TraceNode, ValueGroup, Verified,
};

use crate::draft::Draft;

/// One question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Use these people from now on.
    LoadPeople(PeopleText),
    /// Read a recipe that the gallery does not hold.
    Recipe(RecipeText),
    /// People out of files.
    Import(ImportAsk),
    /// One user or group, to be changed by hand.
    ByHand(ByHandAsk),
    /// Count the people in use, as they are with what was changed by hand.
    Census,
    /// Use this draft from now on.
    Configure(Draft),
    /// Go on judging the draft in use, where not everybody is counted yet.
    Judge,
    /// What there is to remark on the draft, and to foretell. Of very many people only the draft is
    /// reviewed, unless everybody is asked for: that takes seconds.
    Review {
        /// However many there are.
        everybody: bool,
    },
    /// Compare a draft with an earlier one, over the people in use; the later one is the draft in
    /// use where none is named.
    Compare(Box<Draft>, Option<Box<Draft>>),
    /// A slice of those who move between the two.
    Moves(MoveQuery),
    /// A slice of the users and groups.
    List(ListQuery),
    /// Look for the pilot, or go on with it: asked again and again until there is one.
    Pilot,
    /// One object: its assignment, its scope, and the live value of every mapping row.
    Person(String),
    /// Empty the sandbox and fill it anew from the people in use.
    ResetSandbox,
    /// Switch the sandbox's misbehaviours: the names of those that are on.
    Quirks(Vec<String>),
    /// A request to the sandbox.
    Sandbox(WireRequest),
    /// Take the users of a file for those of the application from now on, or no longer.
    OpenTarget(Option<String>),
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
    /// How many outcomes there are of each action, cause or attribute, among those that answer a
    /// query; what it says of the same does not narrow them.
    Groups(Errand, Grouping, OutcomeQuery),
    /// Some outcomes as comma-separated values.
    Lines(Errand, Chosen),
    /// One object's story.
    Report(Errand, String),
    /// All outcomes as a file.
    Export(Errand, Format),
    /// The job of the sandbox, between its cycles.
    Job(JobOrder),
    /// Let a month pass among the people in use.
    PassMonth,
    /// An expression in the workbench.
    Bench(BenchAsk),
}

/// One answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Answer {
    /// The people were read.
    People(PeopleSummary),
    /// The people were not read; those in use stay.
    Refused(Vec<Refusal>),
    /// The recipe, or what must be mended in it.
    Recipe(ReadRecipe),
    /// Of somebody who is changed by hand.
    ByHand(ByHandAnswer),
    /// Of files.
    Import(ImportAnswer),
    /// So many users of the application were read from a file.
    Opened(usize),
    /// The draft was taken, and so far everybody is counted.
    Judged(Judgement),
    /// What there is to remark and to foretell; nothing while there is no application.
    Reviewed(Option<Reviewed>),
    /// What the later draft does to the people of the earlier one.
    Compared(Compared),
    /// Some of those who move.
    Moves(Moves),
    /// A slice of the users and groups.
    List(Slice<Principal>),
    /// How far the pilot is.
    Pilot(Piloted),
    /// One object, or nothing where the id is unknown.
    Person(Option<Person>),
    /// The sandbox's answer.
    Served(Served),
    /// The state of a cycle and what it wants sent.
    Steps(Steps),
    /// Why a cycle cannot begin.
    Blocked(String),
    /// A slice of outcomes.
    Outcomes(Slice<OutcomeRow>),
    /// Groups with their numbers, the largest first.
    Groups(Vec<(String, usize)>),
    /// One object's story, or nothing where the cycle has none.
    Report(Option<Report>),
    /// A file's text.
    Text(String),
    /// A month has passed: who there is now, and what has happened.
    Passed(PeopleSummary, Vec<String>),
    /// How the job stands; nothing while there is none.
    Job(Option<JobState>),
    /// An expression in the workbench.
    Bench(BenchAnswer),
    /// Done, with nothing to say.
    Done,
}
