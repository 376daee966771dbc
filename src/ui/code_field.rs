//! Code typed by hand: coloured, with what is wrong marked, and with suggestions at the caret.
//!
//! What is typed into is a plain text area: undo, composed characters, touch, paste and screen
//! readers work as the browser has them. Its letters are transparent; behind it lies a layer with
//! the same letters in colours, which also gives the area its height, so that the two scroll as
//! one. Who uses the widget says what is a word of which kind, what is wrong, and what could
//! follow; the widget itself knows no language.

use std::ops::Range;

use leptos::wasm_bindgen::JsCast;
use leptos::{ev, prelude::*};

use super::field::{Field, Wiring};
use super::message::Message;
use super::tone::Tone;

mod control;
mod layer;
mod menu;
mod offset;
mod problems;
mod run;
mod splice;

pub use control::CodeControl;

use layer::Layer;
use menu::{Choice, Menu, MenuAnchor, MenuIds, MenuList, Open};
use problems::{ProblemList, Voice, fixes_at, sorted};

/// Something wrong with a piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeProblem {
    /// The piece, in bytes of the text.
    pub span: Range<usize>,
    /// How bad it is: it does not work, look at it, or worth knowing.
    pub tone: Tone,
    /// Rule and repair; names stand in backticks.
    pub message: String,
    /// Changes that mend it, the best first.
    pub fixes: Vec<CodeFix>,
}

/// A change that mends something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeFix {
    /// What it does: a verb and its object.
    pub label: String,
    /// Pieces in the order of the text, and what stands there afterwards.
    pub edits: Vec<(Range<usize>, String)>,
}

/// Where suggestions are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePlace {
    /// The text.
    pub text: String,
    /// The caret, in bytes of the text.
    pub caret: usize,
    /// They were asked for by a key; otherwise something was typed, and few are better than many.
    pub asked: bool,
}

/// What could stand at the caret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeOffers {
    /// The piece that was begun and goes.
    pub replaces: Range<usize>,
    /// What could take its place, the likeliest first.
    pub offers: Vec<CodeOffer>,
}

/// One suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeOffer {
    /// Its name.
    pub label: String,
    /// What it is: the sheet colours it as the token of that kind.
    pub kind: &'static str,
    /// A few words on it.
    pub detail: String,
    /// The text that it puts in.
    pub insert: String,
    /// Where the caret then stands, in bytes of that text.
    pub caret: usize,
}

/// How what is being called at the caret is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeSignature {
    /// What stands before the place at the caret.
    pub before: String,
    /// The place at the caret.
    pub current: String,
    /// What stands behind it.
    pub after: String,
    /// What belongs there.
    pub about: String,
    /// Words and address of a page that says more.
    pub link: Option<(String, String)>,
}

/// Several lines of code. The lines of its text end with `\n` alone, as those of any text area.
///
/// Keyboard: Ctrl+Space opens suggestions, the arrows choose, Enter or Tab takes one, Escape
/// closes them; Alt+Enter repairs what is wrong at the caret. Tab leaves while nothing is open.
#[component]
pub fn CodeField(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the text after every keystroke.
    #[prop(into)]
    on_input: Callback<String>,
    /// A handle on its caret and its text.
    #[prop(optional)]
    control: CodeControl,
    /// What each piece is, by kind; pieces without a kind are left out.
    #[prop(into, optional)]
    tokens: Signal<Vec<(Range<usize>, &'static str)>>,
    /// Pieces to light up, such as a pair of brackets.
    #[prop(into, optional)]
    lit: Signal<Vec<Range<usize>>>,
    /// What is wrong with the text.
    #[prop(into, optional)]
    problems: Signal<Vec<CodeProblem>>,
    /// What could follow at a place.
    #[prop(into, optional)]
    suggest: Option<Callback<CodePlace, CodeOffers>>,
    /// What is being called at the caret.
    #[prop(into, optional)]
    signature: Signal<Option<CodeSignature>>,
    /// What the text means, in a sentence.
    #[prop(into, optional)]
    meaning: Signal<Option<String>>,
    /// How to answer.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with the answer as a whole.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// An example, shown while it is empty.
    #[prop(into, optional)]
    placeholder: Signal<String>,
    /// Its height in lines.
    #[prop(default = 6)]
    rows: u32,
) -> impl IntoView {
    let text = Memo::new(move |_| value.get());
    let problems = Memo::new(move |_| sorted(problems.get()));
    let runs = Memo::new(move |_| {
        let marks = problems.with(|problems| {
            problems.iter().map(|p| (p.span.clone(), p.tone.name())).collect::<Vec<_>>()
        });
        text.with(|text| tokens.with(|tokens| lit.with(|lit| run::runs(text, tokens, &marks, lit))))
    });
    let voice = Voice::of(text, problems);
    let (menu, layer) = (Menu::new(control), Layer::following(runs));
    let desk = Desk { control, menu, layer, voice, problems, suggest };
    view! {
        <div class="code-field">
            <Field label hint problem let:wiring>
                <Editor desk wiring=wiring.clone() text on_input placeholder rows />
                <Signature signature />
                <div data-part="verdict" id=verdict_id(&wiring)>
                    <ProblemList text problems control />
                    <p data-part="meaning"><Message text=meaning /></p>
                </div>
                {voice.view()}
            </Field>
        </div>
    }
}

/// The id of what is said below the box.
fn verdict_id(wiring: &Wiring) -> String {
    format!("{}-verdict", wiring.id)
}

/// What belongs to one field: its text, list, layer and voice.
#[derive(Clone, Copy)]
struct Desk {
    control: CodeControl,
    menu: Menu,
    layer: Layer,
    voice: Voice,
    problems: Memo<Vec<CodeProblem>>,
    suggest: Option<Callback<CodePlace, CodeOffers>>,
}

impl Desk {
    /// Something was typed or put in: the list follows what is typed by hand only.
    fn on_input(self, event: &ev::Event, text: String) {
        self.control.look();
        let is_typed = !self.control.is_writing()
            && event.dyn_ref::<ev::InputEvent>().is_some_and(|event| {
                let kind = event.input_type();
                let narrows = self.menu.is_open_now() && kind.starts_with("delete");
                !event.is_composing() && (kind == "insertText" || narrows)
            });
        if is_typed { self.offer(text, false) } else { self.menu.close() }
    }

    fn offer(self, text: String, asked: bool) {
        let Some(suggest) = self.suggest else { return };
        let caret = self.control.caret_now();
        let CodeOffers { replaces, offers } = suggest.run(CodePlace { text, caret, asked });
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

    /// One repair is made at once; of several, one is chosen.
    fn repair(self) {
        let caret = self.control.caret_now();
        let fixes = self.problems.with_untracked(|problems| fixes_at(problems, caret));
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
        // To measure, the browser must lay the text out at once: never twice for one word.
        let measure = || self.layer.point(hangs_at).unwrap_or_default();
        let point = self.menu.point_at(hangs_at).unwrap_or_else(measure);
        self.menu.show(Open { title, caret, hangs_at, point, choices });
    }

    fn on_key(self, event: &ev::KeyboardEvent) {
        // While a character is composed, the keys belong to the composing.
        if event.is_composing() || self.menu.on_key(event) {
            if !event.is_composing() {
                event.prevent_default();
            }
            return;
        }
        match (event.key().as_str(), event.ctrl_key(), event.alt_key()) {
            (" ", true, false) => self.offer(event_target_value(event), true),
            ("Enter", false, true) => self.repair(),
            _ => return,
        }
        event.prevent_default();
    }
}

#[component]
fn Editor(
    desk: Desk,
    wiring: Wiring,
    text: Memo<String>,
    on_input: Callback<String>,
    placeholder: Signal<String>,
    rows: u32,
) -> impl IntoView {
    let Desk { control, menu, layer, problems, .. } = desk;
    let described_by = format!("{} {}", wiring.described_by, verdict_id(&wiring));
    let Wiring { id, invalid, .. } = wiring;
    let ids = MenuIds::new(&id);
    let is_bad = move || problems.with(|all| all.iter().any(|p| p.tone == Tone::Bad));
    view! {
        <div data-part="box" style=("--rows", rows.to_string())>
            <div data-part="sheet">
                {layer.view()}
                <textarea
                    node_ref=control.area
                    id=id
                    aria-describedby=described_by
                    aria-invalid=move || invalid.get().or(is_bad().then_some("true"))
                    aria-autocomplete="list"
                    aria-haspopup="listbox"
                    aria-controls=ids.list()
                    aria-activedescendant=move || ids.active(menu)
                    placeholder=placeholder
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=text
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        on_input.run(text.clone());
                        desk.on_input(&event, text);
                    }
                    on:keydown=move |event| desk.on_key(&event)
                    on:keyup=move |_| control.look()
                    on:selectionchange=move |_| control.look()
                    on:focus=move |_| control.look()
                    on:blur=move |_| menu.close()
                ></textarea>
                <MenuAnchor menu />
            </div>
        </div>
        <MenuList menu ids />
    }
}

#[component]
fn Signature(signature: Signal<Option<CodeSignature>>) -> impl IntoView {
    let signature = Memo::new(move |_| signature.get());
    view! {
        <div data-part="signature">
            {move || match signature.get() {
                None => {
                    view! {
                        <p>
                            <kbd>"Ctrl+Space"</kbd>
                            " suggests, "
                            <kbd>"Alt+Enter"</kbd>
                            " repairs."
                        </p>
                    }
                        .into_any()
                }
                Some(signature) => called(signature).into_any(),
            }}
        </div>
    }
}

fn called(signature: CodeSignature) -> impl IntoView {
    let CodeSignature { before, current, after, about, link } = signature;
    let link = link.map(|(words, href)| {
        view! {
            " "
            <a href=href target="_blank" rel="noopener noreferrer">
                {words}
            </a>
        }
    });
    view! {
        <p><code>{before}<strong>{current}</strong>{after}</code></p>
        <p>{about}{link}</p>
    }
}
