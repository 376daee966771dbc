//! Saying something to those who hear the page.

use leptos::prelude::*;

/// Says a sentence through the page's [`LiveRegion`].
#[derive(Clone, Copy, Debug)]
pub struct Announcer(RwSignal<String>);

impl Announcer {
    /// Says it when the screen reader pauses.
    pub fn say(self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        // The same text twice is no change and would not be read: a trailing space makes it one.
        self.0.update(|said| {
            *said = if *said == sentence { sentence + "\u{a0}" } else { sentence };
        });
    }
}

/// Makes the announcer known to everything inside; called once, where the page is built.
pub fn provide_announcer() -> Announcer {
    let announcer = Announcer(RwSignal::new(String::new()));
    provide_context(announcer);
    announcer
}

/// The page's announcer; taken when a component is built, not in its event handlers.
///
/// Without one above (a component on its own, in a test) what is said goes nowhere.
pub fn use_announcer() -> Announcer {
    use_context().unwrap_or_else(|| Announcer(RwSignal::new(String::new())))
}

/// The place where announcements are read from: heard, not seen; once on a page.
///
/// Keyboard: none.
#[component]
pub fn LiveRegion() -> impl IntoView {
    let Announcer(said) = use_announcer();
    view! { <p class="live-region" role="status" aria-live="polite">{said}</p> }
}
