//! What would be done to one person, in a few bytes, and to all of them counted.

use std::collections::BTreeMap;

use crate::planning::{Action, ActionKind, ErrorCode, SkipReason};

/// What would be done to one person: an [`Action`] without its sentences and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// [`Action::Create`]
    Create,
    /// [`Action::Update`]
    Update,
    /// [`Action::Enable`]
    Enable,
    /// [`Action::Disable`]
    Disable,
    /// [`Action::Delete`]
    Delete,
    /// [`Action::Skip`]
    Skip(SkipReason),
    /// [`Action::Conflict`]
    Conflict(ErrorCode),
    /// [`Action::Error`]
    Error(ErrorCode),
}

impl Fate {
    /// The fate that an action is.
    pub fn of(action: &Action) -> Self {
        match action {
            Action::Create => Self::Create,
            Action::Update { .. } => Self::Update,
            Action::Enable { .. } => Self::Enable,
            Action::Disable { .. } => Self::Disable,
            Action::Delete { .. } => Self::Delete,
            Action::Skip { reason, .. } => Self::Skip(*reason),
            Action::Conflict { code, .. } => Self::Conflict(*code),
            Action::Error { code, .. } => Self::Error(*code),
        }
    }

    /// The kind, for counting and filtering.
    pub fn kind(self) -> ActionKind {
        match self {
            Self::Create => ActionKind::Create,
            Self::Update => ActionKind::Update,
            Self::Enable => ActionKind::Enable,
            Self::Disable => ActionKind::Disable,
            Self::Delete => ActionKind::Delete,
            Self::Skip(_) => ActionKind::Skip,
            Self::Conflict(_) => ActionKind::Conflict,
            Self::Error(_) => ActionKind::Error,
        }
    }
}

/// The verdict on one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether all three gates are passed.
    pub in_scope: bool,
    /// What would be done.
    pub fate: Fate,
    /// Number of the account that was matched, plus one; zero where none was.
    account: u32,
    /// The number of the set of rows that change.
    shape: u32,
}

/// The verdicts on everybody, in the order of the people.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    verdicts: Vec<Verdict>,
    /// Each set of rows that changes for somebody, once; the first is nothing.
    shapes: Vec<u128>,
    numbers: BTreeMap<u128, u32>,
}

impl Verdict {
    /// The account that was matched.
    pub fn account(&self) -> Option<usize> {
        self.account.checked_sub(1).map(|number| number as usize)
    }
}

impl Plan {
    /// The verdicts.
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// The rows that change for somebody, a bit for each.
    pub fn changed(&self, verdict: &Verdict) -> u128 {
        self.shapes.get(verdict.shape as usize).copied().unwrap_or_default()
    }

    /// How many people meet each fate.
    pub fn counts(&self) -> BTreeMap<Fate, usize> {
        let mut counts = BTreeMap::new();
        for verdict in &self.verdicts {
            *counts.entry(verdict.fate).or_default() += 1;
        }
        counts
    }

    /// How many people each row changes for, by the number of the row.
    pub fn changes_by_row(&self) -> BTreeMap<u32, usize> {
        let mut by_shape = vec![0_usize; self.shapes.len()];
        for verdict in &self.verdicts {
            if let Some(count) = by_shape.get_mut(verdict.shape as usize) {
                *count += 1;
            }
        }
        let mut counts = BTreeMap::new();
        for (shape, count) in self.shapes.iter().zip(by_shape) {
            for row in (0..u128::BITS).filter(|row| shape >> row & 1 == 1) {
                *counts.entry(row).or_default() += count;
            }
        }
        counts
    }

    pub(super) fn push(
        &mut self,
        in_scope: bool,
        fate: Fate,
        account: Option<usize>,
        changed: u128,
    ) {
        let number = account.and_then(|account| u32::try_from(account + 1).ok());
        let shape = self.shape(changed);
        let account = number.unwrap_or_default();
        self.verdicts.push(Verdict { in_scope, fate, account, shape });
    }

    /// Puts another fate in the place of an earlier one.
    pub(super) fn decide_again(&mut self, person: usize, fate: Fate) {
        let nothing = self.shape(0);
        if let Some(verdict) = self.verdicts.get_mut(person) {
            verdict.fate = fate;
            verdict.shape = nothing;
        }
    }

    /// Adds rows that change, so that something is written where nothing was.
    pub(super) fn refer(&mut self, person: usize, changed: u128) {
        let Some(verdict) = self.verdicts.get(person).copied() else { return };
        let shape = self.shape(self.changed(&verdict) | changed);
        if let Some(verdict) = self.verdicts.get_mut(person) {
            verdict.shape = shape;
            if matches!(verdict.fate, Fate::Skip(_)) {
                verdict.fate = Fate::Update;
            }
        }
    }

    fn shape(&mut self, changed: u128) -> u32 {
        if let Some(known) = self.numbers.get(&changed) {
            return *known;
        }
        let number = u32::try_from(self.shapes.len()).unwrap_or_default();
        self.shapes.push(changed);
        self.numbers.insert(changed, number);
        number
    }
}
