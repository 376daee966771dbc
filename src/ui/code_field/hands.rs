//! What the hands do: typing, and the keys that mean something here.

use leptos::wasm_bindgen::JsCast;
use leptos::{ev, prelude::*};

use super::control::CodeControl;
use super::menu::{Choice, Menu, Open};
use super::offer::{CodeOffers, CodePlace};
use super::problems::{Voice, fixes_at};
use super::reading::{CodeReading, CodeSpot};

/// What the hands do in one field, and what they do it with.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    pub(super) control: CodeControl,
    pub(super) menu: Menu,
    pub(super) voice: Voice,
    pub(super) reading: Memo<CodeReading>,
    pub(super) spot: Memo<CodeSpot>,
    pub(super) suggest: Callback<CodePlace, CodeOffers>,
}

impl Hands {
    /// Something was typed or put in: the list follows what is typed by hand only.
    pub(super) fn on_input(self, event: &ev::Event, text: String) {
        self.control.look();
        self.control.is_sought.set(true);
        let is_typed = !self.control.is_writing()
            && event.dyn_ref::<ev::InputEvent>().is_some_and(|event| {
                let kind = event.input_type();
                let narrows = self.menu.is_open_now() && kind.starts_with("delete");
                !event.is_composing() && (kind == "insertText" || narrows)
            });
        if is_typed { self.offer(text, false) } else { self.menu.close() }
    }

    fn offer(self, text: String, asked: bool) {
        let caret = self.control.caret_now();
        let CodeOffers { replaces, offers } = self.suggest.run(CodePlace { text, caret, asked });
        let count = offers.len();
        match count {
            0 if asked => self.voice.say("Nothing to suggest here."),
            0 => {}
            _ if self.menu.is_open_now() => {}
            1 => self.voice.say("One suggestion."),
            _ => self.voice.say(format!("{count} suggestions.")),
        }
        let choices = offers.into_iter().map(|offer| Choice::of_offer(&replaces, offer));
        self.open("Suggestions", replaces.start, choices.collect());
    }

    fn say_signature(self) {
        let told = self.spot.with_untracked(|spot| Some(spot.signature.as_ref()?.spoken()));
        self.voice.say(told.unwrap_or_else(|| "Nothing is called here.".to_owned()));
    }

    /// One repair is made at once; of several, one is chosen.
    fn repair(self) {
        let caret = self.control.caret_now();
        let fixes = self.reading.with_untracked(|reading| fixes_at(&reading.problems, caret));
        let mut choices: Vec<Choice> = fixes.iter().map(Choice::of_fix).collect();
        match (choices.len(), choices.pop()) {
            (1, Some(only)) => only.take(self.control),
            (_, Some(last)) => {
                choices.push(last);
                self.open("Repairs", caret, choices);
            }
            (_, None) => self.voice.say("Nothing to repair here."),
        }
    }

    /// Shows a list at a place of the text, or closes it where there is nothing to choose.
    fn open(self, title: &'static str, hangs_at: usize, choices: Vec<Choice>) {
        if choices.is_empty() {
            return self.menu.close();
        }
        let caret = self.control.caret_now();
        self.menu.show(Open { title, caret, hangs_at, choices });
    }

    pub(super) fn on_key(self, event: &ev::KeyboardEvent) {
        // While a character is composed, the keys belong to the composing.
        if event.is_composing() || self.menu.on_key(event) {
            if !event.is_composing() {
                event.prevent_default();
            }
            return;
        }
        let (control, shift, alt) = (event.ctrl_key(), event.shift_key(), event.alt_key());
        match (event.key().as_str(), control, shift, alt) {
            (" ", true, false, false) => self.offer(event_target_value(event), true),
            (" ", true, true, false) => self.say_signature(),
            ("Enter", false, false, true) => self.repair(),
            _ => return,
        }
        event.prevent_default();
    }
}
