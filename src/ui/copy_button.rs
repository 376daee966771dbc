//! Onto the clipboard.

use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsValue, closure::Closure};

use super::announce::use_announcer;
use super::icon::Glyph;
use super::{Appearance, Button};

const SHOWN_FOR: Duration = Duration::from_secs(2);

/// What became of the last press.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    None,
    Copied,
    Refused,
}

/// Puts a text on the clipboard and says so.
///
/// Keyboard: Enter and Space.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What it is called when it is said: "POST /Users copied".
    #[prop(into)]
    what: Signal<String>,
) -> impl IntoView {
    let announcer = use_announcer();
    let outcome = RwSignal::new(Outcome::None);
    let report = move |result: Outcome| {
        outcome.set(result);
        announcer.say(match result {
            Outcome::Copied => format!("{} copied", what.get_untracked()),
            _ => "The browser refused to copy: select the text and copy it by hand".to_owned(),
        });
        set_timeout(move || _ = outcome.try_set(Outcome::None), SHOWN_FOR);
    };
    let copied = Closure::new(move |_: JsValue| report(Outcome::Copied));
    let refused = Closure::new(move |_: JsValue| report(Outcome::Refused));
    // Kept until the button goes: the browser answers after the press is over.
    let answers = StoredValue::new_local((copied, refused));
    let copy = move || {
        let clipboard = window().navigator().clipboard();
        // Pages that are neither https nor on this machine have no clipboard.
        if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
            return report(Outcome::Refused);
        }
        let promise = clipboard.write_text(&text.get_untracked());
        answers.with_value(|(copied, refused)| _ = promise.then2(copied, refused));
    };
    let label = move || match outcome.get() {
        Outcome::None => "Copy".to_owned(),
        Outcome::Copied => "Copied".to_owned(),
        Outcome::Refused => "Refused".to_owned(),
    };
    view! {
        <span class="copy-button">
            <Button label icon=Glyph::Copy appearance=Appearance::Subtle on_click=copy />
        </span>
    }
}
