//! What an expression gave, as it is shown everywhere on the workbench.

use leptos::prelude::*;

use crate::draft::mapping::unit_test::Expected;
use crate::ui::Message;
use crate::worker::message::Found;

/// Longer values are cut where they are shown.
const LONGEST: usize = 160;

/// A result: the value, or why there is none.
#[component]
pub(super) fn FoundValue(found: Found) -> impl IntoView {
    let (state, told) = match found {
        Found::Value(text) => ("value", view! { <Value text /> }.into_any()),
        Found::Empty => ("none", "no value: nothing is sent".into_any()),
        Found::Dropped => ("none", "dropped from the flow: nothing is sent".into_any()),
        Found::Fault(why) => {
            ("failed", view! { <Message text=Some(format!("Fails: {why}")) /> }.into_any())
        }
    };
    view! {
        <span class="found-value" data-state=state>
            {told}
        </span>
    }
}

/// A text as a value: its blanks can be seen, its direction is its own, and it is cut where it is
/// very long.
#[component]
pub(super) fn Value(text: String) -> impl IntoView {
    let length = text.chars().count();
    let shown = cut(&text);
    view! {
        <code>
            <bdi>{shown}</bdi>
        </code>
        {(length > LONGEST).then(|| view! { " " <small>{format!("{length} characters")}</small> })}
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A result in a few words, for sentences and cells.
pub(super) fn in_words(found: &Found) -> String {
    match found {
        Found::Value(text) => cut(text),
        Found::Empty => "no value".to_owned(),
        Found::Dropped => "dropped from the flow".to_owned(),
        Found::Fault(why) => format!("Fails: {why}"),
    }
}

/// What a test expects, drawn like a result.
#[component]
pub(super) fn ExpectedValue(expected: Expected) -> impl IntoView {
    match expected {
        Expected::Value(text) => {
            view! { <span class="found-value"><Value text /></span> }.into_any()
        }
        other => view! { <span class="found-value" data-state="none">{other.in_words()}</span> }
            .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_cut_at_a_character() {
        assert_eq!(cut("kurz"), "kurz");
        assert_eq!(cut(&"é".repeat(200)).chars().count(), LONGEST + 1);
    }
}
