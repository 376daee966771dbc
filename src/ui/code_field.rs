//! Code typed by hand: coloured, with what is wrong marked, and with suggestions at the caret.
//!
//! What is typed into is a plain text area: undo, composed characters, touch, paste and screen
//! readers work as the browser has them. Its letters are transparent; behind it lies a layer with
//! the same letters in colours, which also gives the area its height, so that the two scroll as
//! one. Who uses the widget says what is a word of which kind, what is wrong, and what could
//! follow; the widget itself knows no language.

use leptos::prelude::*;

use super::field::{Field, Wiring};
use super::message::Message;

mod control;
mod drawing;
mod hands;
mod layer;
mod menu;
mod offer;
mod offset;
mod problems;
mod reading;
mod run;
mod signature;
mod splice;

pub use control::CodeControl;
pub use offer::{CodeOffer, CodeOffers, CodePlace};
pub use problems::{CodeFix, CodeProblem};
pub use reading::{CodeReading, CodeSpot};
pub use signature::CodeSignature;

use hands::Hands;
use layer::Layer;
use menu::{Menu, MenuAnchor, MenuIds, MenuList};
use problems::{ProblemList, Voice};
use run::Run;
use signature::Signature;

/// How many problems are marked in the text: of more, nobody sees the single one.
const MARKED: usize = 200;

/// Several lines of code. The lines of its text end with `\n` alone, as those of any text area.
///
/// Keyboard: Ctrl+Space opens suggestions, the arrows choose, Enter or Tab takes one, Escape
/// closes them; Alt+Enter repairs what is wrong at the caret; Ctrl+Shift+Space reads the signature
/// out. Tab leaves while nothing is open.
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
    /// What is known of the text. As with the next one, it is read in many places: a memo.
    reading: Memo<CodeReading>,
    /// What is known of the place at the caret.
    spot: Memo<CodeSpot>,
    /// What could follow at a place.
    suggest: Callback<CodePlace, CodeOffers>,
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
    let runs = Memo::new(move |_| {
        text.with(|text| reading.with(|reading| spot.with(|spot| cut(text, reading, spot))))
    });
    let voice = Voice::of(text, reading);
    let menu = Menu::new(control);
    let layer = Layer::following(runs, control, menu);
    let hands = Hands { control, menu, voice, reading, spot, suggest };
    let meaning = Signal::derive(move || reading.with(|reading| reading.meaning.clone()));
    view! {
        <div class="code-field">
            <Field label hint problem let:wiring>
                <Editor hands layer wiring=wiring.clone() text on_input placeholder rows />
                <Signature id=signature_id(&wiring) spot />
                <div data-part="verdict" id=verdict_id(&wiring)>
                    <ProblemList text reading control />
                    <p data-part="meaning"><Message text=meaning /></p>
                </div>
                {voice.view()}
            </Field>
        </div>
    }
}

fn cut(text: &str, reading: &CodeReading, spot: &CodeSpot) -> Vec<Run> {
    let marked = reading.problems.iter().take(MARKED);
    let marks: Vec<_> = marked.map(|p| (p.span.clone(), p.tone.name())).collect();
    run::runs(text, &reading.words, &marks, &spot.lit)
}

/// The ids of what is said below the box.
fn signature_id(wiring: &Wiring) -> String {
    format!("{}-signature", wiring.id)
}

fn verdict_id(wiring: &Wiring) -> String {
    format!("{}-verdict", wiring.id)
}

#[component]
fn Editor(
    hands: Hands,
    layer: Layer,
    wiring: Wiring,
    text: Memo<String>,
    on_input: Callback<String>,
    placeholder: Signal<String>,
    rows: u32,
) -> impl IntoView {
    let Hands { control, menu, reading, .. } = hands;
    let described_by =
        [wiring.described_by.clone(), signature_id(&wiring), verdict_id(&wiring)].join(" ");
    let Wiring { id, invalid, .. } = wiring;
    let ids = MenuIds::new(&id);
    let is_bad = move || reading.with(CodeReading::is_bad);
    view! {
        <div data-part="frame">
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
                            hands.on_input(&event, text);
                        }
                        on:keydown=move |event| hands.on_key(&event)
                        on:keyup=move |_| control.look()
                        on:selectionchange=move |_| control.look()
                        on:focus=move |_| control.look()
                        on:blur=move |_| menu.close()
                    ></textarea>
                    <MenuAnchor hook=layer.hook />
                </div>
            </div>
            <MenuList menu ids />
        </div>
    }
}
