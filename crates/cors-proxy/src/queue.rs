//! Lines on their way to a terminal, which may be slow or stand still.

use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What waits to be written may be this long; lines beyond it are lost, and counted.
const MOST: usize = 1024 * 1024;

/// The first line after a pause is written at once, the next ones together after this time: many
/// calls a second then cost few writes.
const PAUSE: Duration = Duration::from_millis(50);

#[derive(Debug, Default)]
pub(crate) struct Queue(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    text: String,
    lost: u64,
    writing: bool,
}

impl Queue {
    /// Takes a line; tells whether the writer has to be woken.
    pub(crate) fn push(&self, line: &str) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.text.len() + line.len() >= MOST {
            state.lost += 1;
            return false;
        }
        let first = state.text.is_empty();
        state.text.push_str(line);
        state.text.push('\n');
        first
    }

    /// Whether every line has been written.
    pub(crate) fn is_empty(&self) -> bool {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.text.is_empty() && !state.writing
    }

    /// Writes what comes, for ever.
    pub(crate) fn write_out(&self, terminal: &mut impl Write) {
        loop {
            if self.write_some(terminal) {
                std::thread::sleep(PAUSE);
            } else {
                std::thread::park();
            }
        }
    }

    /// Writes what is there; tells whether there was anything.
    fn write_some(&self, terminal: &mut impl Write) -> bool {
        let text = self.take();
        if text.is_empty() {
            return false;
        }
        // A closed terminal is no reason to end.
        let _ = terminal.write_all(text.as_bytes());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).writing = false;
        true
    }

    fn take(&self) -> String {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = std::mem::take(&mut state.text);
        let lost = std::mem::take(&mut state.lost);
        if lost > 0 {
            text.push_str(&format!("{lost} lines were lost: the terminal did not take them\n"));
        }
        state.writing = !text.is_empty();
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i01_lines_are_written_in_their_order() {
        let (queue, mut written) = (Queue::default(), Vec::new());
        assert!(queue.push("one"));
        assert!(!queue.push("two"));
        assert!(queue.write_some(&mut written));
        assert!(queue.is_empty() && !queue.write_some(&mut written));
        assert!(queue.push("three"));
        queue.write_some(&mut written);
        assert_eq!(written, b"one\ntwo\nthree\n");
    }

    #[test]
    fn h07_a_terminal_that_stands_still_takes_no_more_memory() {
        let (queue, line) = (Queue::default(), "x".repeat(1000));
        for _ in 0..10_000 {
            queue.push(&line);
        }
        let mut written = Vec::new();
        queue.write_some(&mut written);
        assert!(written.len() < MOST + 100);
        assert!(written.ends_with(b"lines were lost: the terminal did not take them\n"));
    }
}
