//! What a mapping row gives for the person on show.

use leptos::prelude::*;

use crate::person_picker::Chosen;
use crate::worker::message::{Judgement, LiveValue};

/// The value of one row for the chosen person: a value, none and why, or a failure.
#[component]
pub(super) fn LiveResult(chosen: Chosen, row: u32) -> impl IntoView {
    let live = Memo::new(move |_| {
        chosen.with_person(|person| person.values.iter().find(|value| value.row == row).cloned())
    });
    move || match live.get() {
        None => view! { <span class="live-value" data-state="none">"–"</span> }.into_any(),
        // The row waits for a source, has a problem, or its mapping is switched off.
        Some(None) => {
            view! { <span class="live-value" data-state="none">"not evaluated"</span> }.into_any()
        }
        Some(Some(live)) => told(live).into_any(),
    }
}

/// What a row yields for everybody in scope, where that is not a value for each.
pub(super) fn crowd(judged: &Judgement, row: u32) -> String {
    let Some(counted) = judged.rows.iter().find(|counted| counted.row == row) else {
        return String::new();
    };
    let of = judged.users_in;
    let told = |count: usize, what: &str| (count > 0).then(|| format!("{what} {count} of {of}"));
    let parts = [told(counted.failed, "fails for"), told(counted.nothing, "no value for")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn told(live: LiveValue) -> impl IntoView {
    let state = state(&live);
    let LiveValue { value, note, .. } = live;
    let value = value.map(|text| match text.as_str() {
        "" => view! { <em>"empty text"</em> }.into_any(),
        _ => view! { <code>{text}</code> }.into_any(),
    });
    view! {
        <span class="live-value" data-state=state>
            {(state == "failed").then_some("Fails: ")} {value} <small>{note}</small>
        </span>
    }
}

/// How the value is drawn.
fn state(live: &LiveValue) -> &'static str {
    match live {
        LiveValue { failed: true, .. } => "failed",
        LiveValue { value: None, .. } => "none",
        LiveValue { .. } => "value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::message::RowCount;

    #[test]
    fn a_row_that_has_a_value_for_everybody_says_nothing() {
        let row = |row, nothing, failed| RowCount { row, nothing, failed };
        let rows = vec![row(1, 0, 0), row(2, 12, 0), row(3, 12, 3)];
        let judged = Judgement { users_in: 90, rows, ..Judgement::default() };
        assert_eq!(crowd(&judged, 1), "");
        assert_eq!(crowd(&judged, 2), "no value for 12 of 90");
        assert_eq!(crowd(&judged, 3), "fails for 3 of 90, no value for 12 of 90");
        assert_eq!(crowd(&judged, 4), "", "it is not counted yet");
    }

    #[test]
    fn a_failure_is_never_drawn_as_a_value() {
        let live = |value: Option<&str>, failed| LiveValue {
            row: 1,
            value: value.map(str::to_owned),
            note: None,
            failed,
        };
        assert_eq!(state(&live(Some("a"), false)), "value");
        assert_eq!(state(&live(None, false)), "none");
        assert_eq!(state(&live(Some("a"), true)), "failed");
    }
}
