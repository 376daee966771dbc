//! What lies on the workbench, kept over a reload like the draft, and the way there from a row.

use std::time::Duration;

use leptos::prelude::*;

use super::Wizard;
use crate::draft::place::Kind;
use crate::draft::workpiece::Workpiece;
use crate::route::Screen;
use crate::storage::{self, Key};

/// How long an edit rests before it is kept.
const REST: Duration = Duration::from_millis(300);

impl Wizard {
    /// Opens the workbench with a row's expression on it.
    pub fn open_in_workbench(self, kind: Kind, id: u32) {
        let row = self.peek(|draft| draft.mapping(kind).row(id).cloned());
        if let Some(row) = row {
            self.workpiece.update(|piece| piece.take_up(kind, &row));
            self.show(Screen::Workbench);
        }
    }

    /// What the last visit left on the workbench; what cannot be read is no loss.
    pub(super) fn restore_workpiece(self) {
        let kept = storage::load(Key::Workpiece);
        let piece = kept.and_then(|text| serde_json::from_str::<Workpiece>(&text).ok());
        self.workpiece.set(piece.unwrap_or_default());
    }

    /// Keeps what lies on the workbench when it has rested.
    pub(super) fn follow_workpiece(self) {
        let timer = StoredValue::new_local(None::<TimeoutHandle>);
        let keep = move || {
            let text = self.workpiece.with_untracked(serde_json::to_string);
            // Where the browser keeps nothing, the draft's own notice says so.
            let _ = text.map(|text| storage::save(Key::Workpiece, &text));
        };
        Effect::watch(
            move || self.workpiece.track(),
            move |(), _, _| {
                if let Some(earlier) = timer.try_update_value(Option::take).flatten() {
                    earlier.clear();
                }
                let rested = move || {
                    timer.set_value(None);
                    keep();
                };
                timer.set_value(set_timeout_with_handle(rested, REST).ok());
            },
            false,
        );
        let leaving = window_event_listener_untyped("pagehide", move |_| {
            if timer.with_value(Option::is_some) {
                keep();
            }
        });
        on_cleanup(move || leaving.remove());
    }
}
