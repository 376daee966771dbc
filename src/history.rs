//! Undo and redo over whole values: the past, the future, and what counts as one step.

use std::collections::VecDeque;

/// How many steps back are kept.
const DEPTH: usize = 100;

/// Edits of the same place within this time are one step, so that undo takes back words and not
/// letters (milliseconds).
const SAME_EDIT: f64 = 800.0;

/// The states before and after the one in use.
#[derive(Clone, Debug)]
pub struct History<T> {
    past: VecDeque<T>,
    future: Vec<T>,
    last: Option<(&'static str, f64)>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self { past: VecDeque::new(), future: Vec::new(), last: None }
    }
}

impl<T> History<T> {
    /// Notes the state before an edit. `typed` names the place where text is typed, if that is what
    /// the edit is; `now` is in milliseconds.
    pub fn record(&mut self, before: T, typed: Option<&'static str>, now: f64) {
        self.future.clear();
        let continues =
            self.last.is_some_and(|(place, time)| Some(place) == typed && now - time < SAME_EDIT);
        self.last = typed.map(|place| (place, now));
        if continues && !self.past.is_empty() {
            return;
        }
        if self.past.len() == DEPTH {
            self.past.pop_front();
        }
        self.past.push_back(before);
    }

    /// The state to go back to; `current` can then be had again by [`Self::redo`].
    pub fn undo(&mut self, current: T) -> Option<T> {
        let earlier = self.past.pop_back()?;
        self.future.push(current);
        self.last = None;
        Some(earlier)
    }

    /// The state that the last undo left.
    pub fn redo(&mut self, current: T) -> Option<T> {
        let later = self.future.pop()?;
        self.past.push_back(current);
        self.last = None;
        Some(later)
    }

    /// The values before this one, the latest first.
    pub fn past(&self) -> impl Iterator<Item = &T> {
        self.past.iter().rev()
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_and_redo_walk_the_same_states() {
        let mut history = History::default();
        history.record(0, Some("a"), 0.0);
        history.record(1, Some("b"), 1.0);
        assert_eq!(history.past().copied().collect::<Vec<_>>(), [1, 0]);
        assert_eq!(history.undo(2), Some(1));
        assert_eq!(history.undo(1), Some(0));
        assert_eq!(history.undo(0), None);
        assert_eq!(history.redo(0), Some(1));
        assert_eq!(history.redo(1), Some(2));
        assert_eq!(history.redo(2), None);
    }

    #[test]
    fn typing_in_one_field_is_one_step_until_a_pause() {
        let mut history = History::default();
        history.record("", Some("name"), 0.0);
        history.record("E", Some("name"), 100.0);
        history.record("En", Some("name"), 200.0);
        history.record("Env", Some("name"), 2000.0);
        assert_eq!(history.undo("Envo"), Some("Env"));
        assert_eq!(history.undo("Env"), Some(""));
    }

    #[test]
    fn a_new_edit_ends_the_future_and_the_past_is_bounded() {
        let mut history = History::default();
        for n in 0..300 {
            history.record(n, None, f64::from(n));
        }
        assert_eq!(history.undo(300), Some(299));
        history.record(299, None, 9e9);
        assert!(!history.can_redo());
        let steps = std::iter::from_fn(|| history.undo(0)).count();
        assert_eq!(steps, DEPTH);
    }
}
