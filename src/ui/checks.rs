//! What was checked, one line each, with more behind the line.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::message::Message;
use super::tone::Tone;

/// One line of [`Checks`].
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What was checked.
    pub title: String,
    /// How it is meant.
    pub tone: Tone,
    /// The result in a word or two: a tone never says it alone.
    pub state: String,
    /// What was seen, in a sentence.
    pub text: String,
    /// A few quiet words at the end of the line: a time.
    pub note: String,
    /// What to do about it; it stands in view.
    pub repair: String,
    /// Names and sentences behind the line.
    pub more: Vec<(String, String)>,
}

/// A list of checks in their order.
///
/// Keyboard: Enter and Space open and close what is behind a line.
#[component]
pub fn Checks(
    /// What the list is of.
    #[prop(into)]
    label: Signal<String>,
    /// The lines.
    #[prop(into)]
    checks: Signal<Vec<Check>>,
) -> impl IntoView {
    let lines = move || checks.get().into_iter().map(line).collect_view();
    view! { <ol class="checks" aria-label=label>{lines}</ol> }
}

fn line(check: Check) -> AnyView {
    let Check { title, tone, state, text, note, repair, more } = check;
    let glyph = match tone {
        Tone::Neutral | Tone::Info => Glyph::Info,
        Tone::Good => Glyph::Good,
        Tone::Warning => Glyph::Warning,
        Tone::Bad => Glyph::Bad,
    };
    let more = more.into_iter().map(|(name, text)| view! { <dt>{name}</dt> <dd>{text}</dd> });
    let repair = (!repair.is_empty()).then(|| view! { <p><Message text=Some(repair) /></p> });
    view! {
        <li data-tone=tone.name()>
            <details>
                <summary>
                    <Icon glyph />
                    <strong>{title} " "</strong>
                    <small>{state} " "</small>
                    <span><Message text=Some(text) /></span>
                    <small data-part="note">{note}</small>
                </summary>
                <dl>{more.collect_view()}</dl>
            </details>
            {repair}
        </li>
    }
    .into_any()
}
