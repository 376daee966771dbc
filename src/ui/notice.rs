//! Something the administrator should know at this place.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::message::Message;
use super::tone::Tone;

/// How a notice reaches a screen reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// It stands there and is read when it is reached.
    #[default]
    Static,
    /// Read out when the reader pauses: a result.
    Status,
    /// Read out at once: something failed.
    Alert,
}

impl Urgency {
    const fn role(self) -> Option<&'static str> {
        match self {
            Self::Static => None,
            Self::Status => Some("status"),
            Self::Alert => Some("alert"),
        }
    }
}

/// A message with a title and what to do about it: place, rule, repair.
///
/// Keyboard: none of its own; its links and buttons are reached by Tab.
#[component]
pub fn Notice(
    /// The message in one sentence.
    #[prop(into)]
    title: Signal<String>,
    /// How it is meant.
    #[prop(into)]
    tone: Signal<Tone>,
    /// How it is read out. A region that is to be read out must be in the page before its text is.
    #[prop(optional)]
    urgency: Urgency,
    /// The reason and the repair.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let glyph = Signal::derive(move || match tone.get() {
        Tone::Neutral | Tone::Info => Glyph::Info,
        Tone::Good => Glyph::Good,
        Tone::Warning => Glyph::Warning,
        Tone::Bad => Glyph::Bad,
    });
    view! {
        <div class="notice" role=urgency.role() data-tone=move || tone.get().name()>
            <Icon glyph />
            <div>
                <strong><Message text=title /></strong>
                {children.map(|children| children())}
            </div>
        </div>
    }
}
