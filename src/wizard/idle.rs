//! Forgets the secrets when nobody has touched the page for a while.

use std::time::Duration;

use leptos::prelude::*;

use super::Wizard;
use crate::ambient;

/// How often it is looked whether the time is over.
const BEAT: Duration = Duration::from_secs(5);

impl Wizard {
    /// Watches hands on keyboard and pointer for as long as the page lives.
    pub(super) fn forget_when_idle(self) {
        let touched = StoredValue::new(ambient::now());
        for kind in ["pointerdown", "keydown"] {
            let heard = move |_| touched.set_value(ambient::now());
            let listener = window_event_listener_untyped(kind, heard);
            on_cleanup(move || listener.remove());
        }
        let look = move || {
            let minutes = self.peek(|draft| draft.connection.forget_after_minutes);
            let is_held = self.secret.with_untracked(Option::is_some)
                || self.relay_key.with_untracked(Option::is_some);
            let works = untrack(|| self.preview.is_running() || self.run.is_running());
            let idle = ambient::now() - touched.get_value();
            if is_held && !works && is_over(idle, minutes) {
                self.forget_secrets();
                self.forgotten.set(Some(minutes));
            }
        };
        if let Ok(beat) = set_interval_with_handle(look, BEAT) {
            on_cleanup(move || beat.clear());
        }
    }
}

/// Whether so many milliseconds without a touch are enough; no minutes are never enough.
fn is_over(idle: f64, minutes: u32) -> bool {
    minutes > 0 && idle >= f64::from(minutes) * 60_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_forgotten_after_its_time_or_never() {
        assert!(!is_over(59_999.0, 1));
        assert!(is_over(60_000.0, 1));
        assert!(!is_over(1e12, 0));
    }
}
