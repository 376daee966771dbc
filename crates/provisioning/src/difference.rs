//! Two configurations over one directory: who enters, who leaves, who changes, and in what.
//!
//! Nobody is asked. What the application holds under the first configuration is what that
//! configuration would have created; what the second one does to it is decided by the functions
//! that plan a cycle. So an account that somebody changed by hand is not seen here.

mod attribute;

use std::collections::BTreeMap;

use scim::resource::Resource;

use crate::configuration::ObjectKind;
use crate::mapping::{Desired, Mapper};
use crate::matching;
use crate::planning::{Action, ActionKind, ErrorCode, SkipReason, plan};
use crate::population::Population;
use crate::scoping::InScope;
use crate::source::SourceObject;

pub use self::attribute::{AttributeDifference, Reach};

/// What stands for the application's id of an account, which nobody has asked for.
const ANY_ID: &str = "{id}";

/// What a second configuration does to the people of a first one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// Everybody whom it touches, users first, in the order of the directory.
    pub moves: Vec<Move>,
    /// Of the users.
    pub users: MoveCounts,
    /// Of the groups.
    pub groups: MoveCounts,
    /// In how many objects each attribute differs.
    pub attributes: BTreeMap<String, usize>,
    /// More objects would be disabled or deleted than the second configuration's threshold allows.
    pub is_above_threshold: bool,
}

/// How many objects of one kind move.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoveCounts {
    /// By the kind of move.
    pub moves: BTreeMap<Movement, usize>,
    /// By what would be done to them.
    pub actions: BTreeMap<ActionKind, usize>,
    /// Objects that nothing happens to.
    pub unchanged: usize,
}

/// What happens to one object.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The directory object id.
    pub source_id: String,
    /// User or group.
    pub kind: ObjectKind,
    /// What a person calls it.
    pub label: String,
    /// Where it goes.
    pub movement: Movement,
    /// What the second configuration does.
    pub action: Action,
    /// Why it is out of scope on the side on which it is; empty where it is in scope on both.
    pub reasons: String,
    /// The attributes that differ.
    pub attributes: Vec<AttributeDifference>,
    /// Another value is looked up: before and after. An account that is linked stays linked.
    pub matching: Option<(MatchedBy, MatchedBy)>,
}

/// The first matching attribute that has a value, with that value; nothing where none has.
pub type MatchedBy = Option<(String, String)>;

/// Where an object goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Movement {
    /// Into the scope.
    Enters,
    /// Out of the scope.
    Leaves,
    /// It stays in scope, and attributes differ.
    Changes,
    /// It cannot be provisioned any more.
    Fails,
    /// It could not be provisioned before, and can be now.
    Recovers,
}

/// One side of the comparison of one object.
struct Side<'a> {
    population: &'a Population,
    object: &'a SourceObject,
    mapper: &'a Mapper,
    scope: InScope,
    desired: Desired,
    arrival: Action,
}

/// How an object stands under one configuration.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Outside,
    /// A row fails.
    Faulty,
    /// It cannot be created, but an account that exists would be kept up to date.
    Incomplete,
    Provisioned,
}

/// How every object stands under both configurations, by its position.
struct Standings<'a> {
    after: &'a Population,
    pairs: Vec<(Standing, Standing)>,
}

impl<'a> Standings<'a> {
    fn of(before: &Population, after: &'a Population) -> Self {
        let standing = |population, position| {
            let side = after.object(position).and_then(|object| Side::of(population, object));
            side.map_or(Standing::Outside, |side| side.standing())
        };
        let all = 0..after.len();
        let pairs = all.map(|at| (standing(before, at), standing(after, at))).collect();
        Self { after, pairs }
    }

    /// Of a user: nested groups are not provisioned.
    fn at(&self, id: &str) -> Option<(Standing, Standing)> {
        let position = self.after.position(id)?;
        let is_user = position < self.after.directory().users.len();
        self.pairs.get(position).copied().filter(|_| is_user)
    }

    /// Whether an object has an account under the first configuration.
    fn is_there_before(&self, id: &str) -> bool {
        matches!(self.at(id), Some((Standing::Provisioned, _)))
    }

    /// Whether it has one, or gets one, under the second.
    fn is_there_after(&self, id: &str) -> bool {
        matches!(
            self.at(id),
            Some((_, Standing::Provisioned) | (Standing::Provisioned, Standing::Incomplete))
        )
    }
}

/// Compares two configurations over the same directory.
pub fn between(before: &Population, after: &Population) -> Difference {
    let mut difference = Difference::default();
    let standings = Standings::of(before, after);
    for position in 0..after.len() {
        let Some(object) = after.object(position) else { continue };
        let (earlier, later) = (Side::of(before, object), Side::of(after, object));
        let moved = moved(earlier.as_ref(), later.as_ref(), &standings);
        let counts = match object.kind {
            ObjectKind::User => &mut difference.users,
            ObjectKind::Group => &mut difference.groups,
        };
        let Some(moved) = moved else {
            counts.unchanged += 1;
            continue;
        };
        *counts.moves.entry(moved.movement).or_default() += 1;
        *counts.actions.entry(moved.action.kind()).or_default() += 1;
        for attribute in &moved.attributes {
            *difference.attributes.entry(attribute.attribute.clone()).or_default() += 1;
        }
        difference.moves.push(moved);
    }
    let threshold = after.configuration().accidental_deletions_threshold;
    difference.is_above_threshold =
        threshold.is_some_and(|threshold| difference.leavers() > threshold.get() as usize);
    difference
}

impl Difference {
    /// How many objects would be disabled or deleted; users and groups count together.
    pub fn leavers(&self) -> usize {
        let of = |counts: &MoveCounts| {
            let kinds = [ActionKind::Disable, ActionKind::Delete];
            kinds.iter().filter_map(|kind| counts.actions.get(kind)).sum::<usize>()
        };
        of(&self.users) + of(&self.groups)
    }
}

impl<'a> Side<'a> {
    /// Nothing where this configuration does not provision the kind, or cannot be judged.
    fn of(population: &'a Population, object: &'a SourceObject) -> Option<Self> {
        let mapper = population.mapper(object.kind);
        if !mapper.mapping().enabled {
            return None;
        }
        let scope = population.scope(object)?;
        let desired = population.desired(object, scope.is_soft_deleted());
        let arrival = plan::arriving(mapper, &desired);
        Some(Self { population, object, mapper, scope, desired, arrival })
    }

    fn standing(&self) -> Standing {
        let has_value = || !matching::queries(self.mapper, &self.desired).is_empty();
        match &self.arrival {
            _ if !self.scope.in_scope => Standing::Outside,
            Action::Error { code: ErrorCode::MandatoryFieldsMissing, .. } => Standing::Incomplete,
            Action::Error { .. } => Standing::Faulty,
            _ if has_value() => Standing::Provisioned,
            _ => Standing::Incomplete,
        }
    }

    /// The account as this configuration would have created it.
    fn account(&self) -> Resource {
        self.mapper.create(&self.desired)
    }

    fn matched_by(&self) -> MatchedBy {
        let question = matching::queries(self.mapper, &self.desired).into_iter().next()?;
        Some((question.path.to_string(), question.value))
    }

    /// What happens where the object cannot be provisioned.
    fn failure(&self) -> Action {
        match &self.arrival {
            Action::Error { .. } => self.arrival.clone(),
            _ => plan::without_matching_value(self.mapper),
        }
    }
}

fn moved(
    before: Option<&Side<'_>>,
    after: Option<&Side<'_>>,
    standings: &Standings<'_>,
) -> Option<Move> {
    use Standing::{Faulty, Incomplete, Outside, Provisioned};
    let standing = |side: Option<&Side<'_>>| side.map_or(Standing::Outside, Side::standing);
    let side = after.or(before)?;
    let told = |movement, action| Move {
        source_id: side.object.id.clone(),
        kind: side.object.kind,
        label: side.object.label().to_owned(),
        movement,
        action,
        reasons: String::new(),
        attributes: Vec::new(),
        matching: None,
    };
    let reasons = |side: Option<&Side<'_>>| {
        side.map_or_else(
            || "This kind of object is not provisioned.".to_owned(),
            |side| plan::reasons(&side.scope),
        )
    };
    match (standing(before), standing(after)) {
        (Outside, Outside) | (Faulty | Incomplete, Faulty | Incomplete) => None,
        (Outside, Provisioned) => {
            let attributes = attribute::created(after?);
            let moved = told(Movement::Enters, after?.arrival.clone());
            Some(Move { reasons: reasons(before), attributes, ..moved })
        }
        (Faulty | Incomplete, Provisioned) => {
            let attributes = attribute::created(after?);
            Some(Move { attributes, ..told(Movement::Recovers, after?.arrival.clone()) })
        }
        (Outside, Faulty | Incomplete) => Some(told(Movement::Fails, after?.failure())),
        (Faulty | Incomplete, Outside) => {
            let moved = told(Movement::Leaves, plan::outside(&after?.scope));
            Some(Move { reasons: reasons(after), ..moved })
        }
        (Provisioned, Outside) => {
            let action = leaving(before?, after);
            let attributes = attribute::written(before?, side, action.changes());
            let moved = told(Movement::Leaves, action);
            Some(Move { reasons: reasons(after), attributes, ..moved })
        }
        (Provisioned, _) => {
            let (movement, stay) = staying(before?, after?, standings)?;
            let (action, attributes, matching) = stay;
            Some(Move { attributes, matching, ..told(movement, action) })
        }
    }
}

/// What happens to an account whose owner leaves.
fn leaving(before: &Side<'_>, after: Option<&Side<'_>>) -> Action {
    let Some(after) = after else {
        let text = "This kind of object is no longer provisioned, so the account stays as it is.";
        let reason = SkipReason::EntrySynchronizationSkipped;
        return Action::Skip { reason, text: text.to_owned() };
    };
    let configuration = after.population.configuration();
    plan::leaving(configuration, after.mapper, &after.desired, &before.account(), ANY_ID)
}

type Stay = (Action, Vec<AttributeDifference>, Option<(MatchedBy, MatchedBy)>);

/// What happens to an account that stays; nothing where nothing does. It fails where a row fails;
/// a required value that is missing now fails creations only.
fn staying(
    before: &Side<'_>,
    after: &Side<'_>,
    standings: &Standings<'_>,
) -> Option<(Movement, Stay)> {
    let account = before.account();
    let mut action = plan::staying(after.mapper, &after.desired, &account, ANY_ID);
    if let Action::Error { .. } = action {
        return Some((Movement::Fails, (action, Vec::new(), None)));
    }
    let attributes = attribute::all(before, after, &account, standings);
    let references: Vec<_> = attributes.iter().filter_map(AttributeDifference::reference).collect();
    if let (Action::Skip { .. }, false) = (&action, references.is_empty()) {
        action = Action::Update { target_id: ANY_ID.to_owned(), changes: references };
    }
    let (old, new) = (before.matched_by(), after.matched_by());
    let matching = (old != new).then_some((old, new));
    let is_touched = !attributes.is_empty() || matching.is_some();
    is_touched.then_some((Movement::Changes, (action, attributes, matching)))
}

#[cfg(test)]
mod tests;
