//! The words for the workbench: one expression over one person, over everybody, over its tests
//! and over values that break things.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::people::{PeopleSummary, Slice};
use crate::draft::mapping::TargetTypeDraft;
use crate::draft::mapping::unit_test::{Expected, Literal, UnitTest};
use crate::draft::place::Kind;

/// One question about an expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BenchAsk {
    /// Who is looked at: the people in use, or those who stand in for them.
    People,
    /// What it gives for the object with this id.
    Look(Formula, String),
    /// What an example gives for attributes with these values, at the time and in the tenant
    /// that the reference's examples are written for.
    Example(String, BTreeMap<String, Literal>),
    /// What its tests say, in their order.
    Verify(Formula, Vec<UnitTest>),
    /// What it gives when an attribute that it reads has a value that breaks things; the other
    /// attributes are those of the object with this id.
    Stress(Formula, String),
    /// Go on with the survey of everybody, or begin it.
    Survey(SurveyQuery),
    /// A slice of a survey's groups.
    Groups(SurveyQuery, GroupQuery),
    /// A slice of the objects in a survey's group.
    Members(SurveyQuery, MemberQuery),
}

/// One answer about an expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BenchAnswer {
    /// Who is looked at.
    People(PeopleSummary),
    /// One object's result; nothing where nobody has this id.
    Look(Option<Look>),
    /// An example's result.
    Example(Found),
    /// The tests' results.
    Verify(Vec<Verified>),
    /// The results for values that break things.
    Stress(Vec<Stressed>),
    /// How far the survey is.
    Survey(Surveyed),
    /// Groups of a survey; nothing where another survey has taken its place.
    Groups(Option<Slice<ValueGroup>>),
    /// Objects of a group, likewise.
    Members(Option<Slice<Member>>),
}

/// The expression that is worked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formula {
    /// Whose attributes it reads.
    pub kind: Kind,
    /// Its text.
    pub text: String,
    /// The type of the attribute that it fills: a value without a form in it is a fault.
    pub target_type: TargetTypeDraft,
}

/// What an expression gave. In the order of a listing: what needs a look comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Found {
    /// The evaluation fails; the sentence says why.
    Fault(String),
    /// No value: nothing is sent.
    Empty,
    /// `IgnoreFlowIfNullOrEmpty` takes the attribute out of the flow.
    Dropped,
    /// This value; several are joined by `; `.
    Value(String),
}

/// What an expression gives for one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// The result.
    pub found: Found,
    /// The attributes that the expression reads, with the object's values.
    pub reads: BTreeMap<String, Literal>,
    /// How the result comes about; nothing where the expression cannot be run at all.
    pub trace: Option<TraceNode>,
}

/// A part of an expression, and what it gave for one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceNode {
    /// Where it stands, in bytes of the expression's text.
    pub span: (usize, usize),
    /// Its text; the beginning of a long one.
    pub text: String,
    /// What it gave.
    pub gave: Gave,
    /// The parts below it, in the order of the text.
    pub children: Vec<TraceNode>,
}

/// What a part of an expression gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gave {
    /// A value: text in quotes, all else bare, the beginning of a long one.
    Value(String),
    /// No value.
    Null,
    /// It took the attribute out of the flow.
    Dropped,
    /// It failed.
    Fault(String),
    /// Nobody asked for it.
    NotTaken,
}

/// What a test says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verified {
    /// Whose attributes were read, in words.
    pub subject: String,
    /// The result; nothing where nobody has the name of the test.
    pub found: Option<Found>,
    /// Whether it is what was expected.
    pub passed: bool,
}

/// The result for one attribute with a value that breaks things.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stressed {
    /// The attribute.
    pub attribute: String,
    /// What is special about the value.
    pub case: String,
    /// The value.
    pub value: Literal,
    /// The result.
    pub found: Found,
}

/// What is asked of everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyQuery {
    /// The expression.
    pub formula: Formula,
    /// The expression that it is compared with.
    pub saved: Option<String>,
    /// Only those who are in scope.
    pub only_in_scope: bool,
}

/// How far a survey is, and what it has counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surveyed {
    /// Objects that were looked at.
    pub done: usize,
    /// Objects in all.
    pub total: usize,
    /// Objects that count: all, or those in scope.
    pub counted: usize,
    /// Different results.
    pub distinct: usize,
    /// Objects whose evaluation fails.
    pub faults: usize,
    /// Objects without a value.
    pub empty: usize,
    /// Objects whose attribute is taken out of the flow.
    pub dropped: usize,
    /// Objects for which the compared expression gives something else.
    pub changed: usize,
}

/// How a survey is grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lens {
    /// By what the expression gives.
    Values,
    /// Those who change only, by what they had and what they get.
    Changes,
}

/// Which slice of a survey's groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupQuery {
    /// How it is grouped.
    pub lens: Lens,
    /// Words that the result must hold.
    pub search: String,
    /// Index of the first group.
    pub from: usize,
    /// How many groups.
    pub count: usize,
}

/// Which slice of the objects of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberQuery {
    /// How it is grouped.
    pub lens: Lens,
    /// The group's number; nothing is everybody of the lens.
    pub group: Option<usize>,
    /// Index of the first object.
    pub from: usize,
    /// How many objects.
    pub count: usize,
}

/// Objects with the same result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueGroup {
    /// The group's number, whatever was searched for.
    pub number: usize,
    /// The result.
    pub found: Found,
    /// What the compared expression gives, where the lens is [`Lens::Changes`].
    pub before: Option<Found>,
    /// How many objects.
    pub count: usize,
}

/// One object of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The directory object id.
    pub id: String,
    /// The display name.
    pub label: String,
    /// The user principal name; empty for a group.
    pub detail: String,
    /// The result.
    pub found: Found,
    /// What the compared expression gives, if one is compared.
    pub before: Option<Found>,
}

impl Found {
    /// Whether a test that expects this is satisfied.
    pub fn is(&self, expected: &Expected) -> bool {
        *expected == self.expectation()
    }

    /// The test that this result satisfies.
    pub fn expectation(&self) -> Expected {
        match self {
            Self::Fault(_) => Expected::Fault,
            Self::Empty => Expected::Empty,
            Self::Dropped => Expected::Dropped,
            Self::Value(text) => Expected::Value(text.clone()),
        }
    }
}
