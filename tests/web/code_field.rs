//! The code field in a real text area: caret, colours, suggestions, repairs, and the way out.
//!
//! The language here is made up: words are names, and `teh` is wrong.

use std::ops::Range;

use leptos::prelude::*;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;
use wizard::ui::{
    CodeControl, CodeField, CodeFix, CodeOffer, CodeOffers, CodePlace, CodeProblem, CodeReading,
    CodeSignature, CodeSpot, Tone,
};

use crate::{run, stage, turn};

/// A field on the stage, and what goes in and out of it.
struct Play {
    stage: HtmlElement,
    text: RwSignal<String>,
    control: CodeControl,
}

fn words(text: &str) -> Vec<Range<usize>> {
    let starts = text
        .match_indices(|c: char| c.is_alphabetic())
        .filter(|(at, _)| !text[..*at].ends_with(char::is_alphabetic));
    let end = |from: usize| {
        text[from..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |rest| from + rest)
    };
    starts.map(|(at, _)| at..end(at)).collect()
}

fn problems(text: &str) -> Vec<CodeProblem> {
    let wrong = words(text).into_iter().filter(|span| &text[span.clone()] == "teh");
    let fix = |label: &str, span: &Range<usize>, new: &str| CodeFix {
        label: label.to_owned(),
        edits: vec![(span.clone(), new.to_owned())],
    };
    let problem = |span: Range<usize>| {
        let mut fixes = vec![fix("write the", &span, "the")];
        // Behind an emoji there are two ways to mend it.
        if text.starts_with('😀') {
            fixes.push(fix("take it out", &span, ""));
        }
        let message = "`teh` is no word – write `the`.".to_owned();
        CodeProblem { span, tone: Tone::Bad, message, fixes }
    };
    wrong.map(problem).collect()
}

fn suggest(place: CodePlace) -> CodeOffers {
    let CodePlace { text, caret, asked } = place;
    let found = words(&text).into_iter().find(|word| word.end == caret);
    let replaces = found.unwrap_or(caret..caret);
    if replaces.is_empty() && !asked {
        return CodeOffers::default();
    }
    let begun = text[replaces.clone()].to_lowercase();
    let known = ["Alpha", "Apple", "Berry"].into_iter();
    let offer = |word: &str| CodeOffer {
        label: word.to_owned(),
        kind: "function",
        detail: String::new(),
        insert: format!("{word}()"),
        caret: word.len() + 1,
    };
    let offers = known.filter(|word| word.to_lowercase().starts_with(&begun)).map(offer).collect();
    CodeOffers { replaces, offers }
}

/// Whatever has a bracket is a call.
fn signature(text: &str) -> Option<CodeSignature> {
    let (name, _) = text.split_once('(')?;
    Some(CodeSignature {
        before: format!("{name}("),
        current: "fruit".to_owned(),
        after: ")".to_owned(),
        about: "fruit: what is eaten.".to_owned(),
        link: None,
    })
}

async fn play(text: &str) -> Play {
    let (text, control) = (RwSignal::new(text.to_owned()), CodeControl::new());
    let stage = stage(move || {
        let reading = |text: &String| {
            let words = words(text).into_iter().map(|word| (word, "function")).collect();
            CodeReading::new(words, problems(text), None)
        };
        let spot = |text: &String| CodeSpot { signature: signature(text), lit: Vec::new() };
        view! {
            <CodeField
                label="Code"
                value=text
                on_input=move |new| text.set(new)
                control
                reading=Memo::new(move |_| text.with(reading))
                spot=Memo::new(move |_| text.with(spot))
                suggest=Callback::new(suggest)
            />
        }
    });
    turn().await;
    Play { stage, text, control }
}

impl Play {
    /// Does something with the text area, in the words of the browser.
    fn area(&self, script: &str) -> JsValue {
        run(&self.stage, "textarea", script)
    }

    /// Puts the caret somewhere, in UTF-16 units.
    async fn caret(&self, units: u32) {
        self.area(&format!("element.focus(); element.setSelectionRange({units}, {units})"));
        turn().await;
    }

    /// Types as the keyboard does: the browser edits, tells it, and can undo it.
    async fn types(&self, text: &str) {
        for character in text.chars() {
            self.area(&format!("document.execCommand('insertText', false, '{character}')"));
            turn().await;
        }
    }

    /// Presses a key; whether it was left to the browser.
    async fn press(&self, key: &str) -> bool {
        let (key, modifiers) = match key.split_once('+') {
            Some((modifier, key)) => (key, format!("{modifier}Key: true")),
            None => (key, String::new()),
        };
        self.press_all(&modifiers, key).await
    }

    async fn press_all(&self, modifiers: &str, key: &str) -> bool {
        let left = self.area(&format!(
            "return element.dispatchEvent(new KeyboardEvent('keydown',
                {{ key: '{key}', bubbles: true, cancelable: true, {modifiers} }}))"
        ));
        turn().await;
        left == JsValue::TRUE
    }

    fn value(&self) -> String {
        let value = self.area("return element.value").as_string().unwrap();
        assert_eq!(self.text.get_untracked(), value, "the field and its owner agree");
        value
    }

    fn caret_units(&self) -> f64 {
        self.area("return element.selectionEnd").as_f64().unwrap()
    }

    /// The lines of the open list, the marked one with a star.
    fn menu(&self) -> Vec<String> {
        let lines = run(
            &self.stage,
            "[data-part=menu]",
            "return element.hidden ? '' : [...element.querySelectorAll('[role=option]')].map(line =>
                line.textContent + (line.ariaSelected === 'true' ? '*' : '')).join(' ')",
        );
        let lines = lines.as_string().unwrap();
        lines.split_whitespace().map(str::to_owned).collect()
    }

    /// What is drawn behind the text: each run with its attributes.
    fn drawn(&self) -> String {
        let script = "return [...element.childNodes].map(node => node.dataset
            ? `<${node.textContent}${Object.keys(node.dataset).map(k => ' ' + k)}>` : node.data)
            .join('')";
        run(&self.stage, "pre", script).as_string().unwrap()
    }
}

#[wasm_bindgen_test]
async fn the_layer_shows_what_stands_in_the_area_and_follows_it() {
    let play = play("a teh").await;
    assert_eq!(play.drawn(), "<a kind> <teh kind, mark>\n");
    // What stays is not drawn again: the node of the first word is still the same.
    run(&play.stage, "pre span", "element.was = 'there'");
    play.caret(2).await;
    play.types("😀 ").await;
    assert_eq!(play.value(), "a 😀 teh");
    assert_eq!(play.drawn(), "<a kind> 😀 <teh kind, mark>\n");
    assert_eq!(run(&play.stage, "pre span", "return element.was"), "there");
    play.text.set(String::new());
    turn().await;
    assert_eq!((play.value().as_str(), play.drawn().as_str()), ("", "\n"));
}

#[wasm_bindgen_test]
async fn the_caret_is_told_in_bytes() {
    let play = play("é😀z").await;
    for (units, bytes) in [(0, 0), (1, 2), (3, 6), (4, 7)] {
        play.caret(units).await;
        assert_eq!(play.control.caret_now(), bytes, "{units} units");
    }
    play.control.select(2..6);
    assert_eq!(play.area("return element.selectionStart"), 1);
    assert_eq!(play.caret_units(), 3.0);
}

#[wasm_bindgen_test]
async fn suggestions_come_while_typing_and_are_taken_by_enter_or_tab() {
    let play = play("😀 ").await;
    play.caret(3).await;
    play.types("a").await;
    assert_eq!(play.menu(), ["Alpha*", "Apple"]);
    assert_eq!(play.area("return element.getAttribute('aria-autocomplete')"), "list");
    let marked = "return document.getElementById(element.getAttribute('aria-activedescendant'))
        .textContent";
    assert_eq!(play.area(marked), "Alpha");
    assert!(!play.press("ArrowDown").await, "an arrow moves in the list, not in the text");
    assert_eq!(play.area(marked), "Apple");
    assert!(!play.press("Enter").await, "Enter takes the line and writes none");
    assert_eq!(play.value(), "😀 Apple()");
    assert_eq!(play.caret_units(), 9.0, "inside the brackets");
    assert_eq!(play.menu(), Vec::<String>::new(), "what was put in is no typing");
    play.types("b").await;
    assert!(!play.press("Tab").await, "Tab takes a line while there is one");
    assert_eq!(play.value(), "😀 Apple(Berry())");
}

#[wasm_bindgen_test]
async fn tab_leaves_and_escape_is_somebody_elses_while_nothing_is_open() {
    let play = play("x ").await;
    play.caret(2).await;
    assert!(play.press("Tab").await && play.press("Escape").await && play.press("Enter").await);
    play.types("b").await;
    assert_eq!(play.menu(), ["Berry*"]);
    assert!(play.press("shift+Tab").await, "the way back is open, too");
    assert!(!play.press("Escape").await, "the first Escape closes the list and nothing else");
    assert_eq!(play.menu(), Vec::<String>::new());
    assert!(play.press("Tab").await && play.press("Escape").await);
    assert_eq!(play.value(), "x b");
}

#[wasm_bindgen_test]
async fn suggestions_can_be_asked_for_and_go_when_the_caret_does() {
    let play = play("a b").await;
    play.caret(2).await;
    assert!(!play.press("ctrl+ ").await);
    assert_eq!(play.menu(), ["Alpha*", "Apple", "Berry"]);
    play.press("ArrowUp").await;
    assert_eq!(play.menu(), ["Alpha", "Apple", "Berry*"]);
    play.caret(0).await;
    assert_eq!(play.menu(), Vec::<String>::new());
    play.caret(1).await;
    play.press("ctrl+ ").await;
    play.types("l").await;
    assert_eq!(play.menu(), ["Alpha*"], "typing narrows the list");
    play.area("document.execCommand('delete')");
    turn().await;
    assert_eq!(play.menu(), ["Alpha*", "Apple"], "and deleting widens it");
    play.area("element.blur()");
    turn().await;
    assert_eq!(play.menu(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_press_on_a_suggestion_takes_it() {
    let play = play("").await;
    play.caret(0).await;
    play.press("ctrl+ ").await;
    let kept = run(
        &play.stage,
        "[data-part=menu] li:nth-child(3)",
        "const kept = !element.dispatchEvent(new MouseEvent('mousedown',
            { bubbles: true, cancelable: true }));
        element.click(); return kept",
    );
    assert_eq!(kept, true, "the press leaves the focus in the text");
    assert_eq!(play.value(), "Berry()");
}

#[wasm_bindgen_test]
async fn one_repair_is_made_by_key_and_undone_by_the_browser() {
    let play = play("é teh end").await;
    assert_eq!(play.area("return element.ariaInvalid"), "true");
    play.caret(9).await;
    assert!(!play.press("alt+Enter").await);
    assert_eq!(play.value(), "é teh end", "there is nothing to repair where the caret stands");
    play.caret(3).await;
    play.press("alt+Enter").await;
    assert_eq!(play.value(), "é the end");
    assert_eq!(play.area("return element.getAttribute('aria-invalid')"), JsValue::NULL);
    play.area("document.execCommand('undo')");
    turn().await;
    assert_eq!(play.value(), "é teh end", "one undo takes the whole repair back");
}

#[wasm_bindgen_test]
async fn of_several_repairs_one_is_chosen() {
    let play = play("😀 teh").await;
    play.caret(6).await;
    play.press("alt+Enter").await;
    let told = run(&play.stage, "[role=listbox]", "return element.ariaLabel + element.textContent");
    assert_eq!(told, "Repairswrite thetake it out");
    play.press("ArrowDown").await;
    play.press("Enter").await;
    assert_eq!(play.value(), "😀 ");
    assert_eq!(play.caret_units(), 3.0);
}

#[wasm_bindgen_test]
async fn the_list_below_names_the_place_and_repairs_by_button() {
    let play = play("😀 teh x").await;
    play.caret(8).await;
    let told = run(&play.stage, "[data-part=problems]", "return element.textContent");
    assert_eq!(told, "Character 3: teh is no word – write the. write the take it out");
    run(&play.stage, "[data-part=problems] p button", "element.click()");
    assert_eq!(play.area("return [element.selectionStart, element.selectionEnd].join()"), "3,6");
    play.caret(8).await;
    run(&play.stage, "[data-part=fix]", "element.click()");
    turn().await;
    assert_eq!(play.value(), "😀 the x");
    assert_eq!(play.area("return document.activeElement === element"), true);
    assert_eq!(play.caret_units(), 8.0, "the caret stays where the hands are");
}

#[wasm_bindgen_test]
async fn problems_are_said_once_the_hands_rest() {
    let said = |play: &Play| run(&play.stage, "[role=status]", "return element.textContent");
    let play = play("").await;
    play.caret(0).await;
    play.types("teh ").await;
    assert_eq!(said(&play), "", "not at each keystroke");
    gloo_timers::future::TimeoutFuture::new(1_400).await;
    assert_eq!(said(&play), "One problem. Character 1: teh is no word – write the.");
}

#[wasm_bindgen_test]
async fn the_signature_is_seen_described_and_read_out_when_asked_for() {
    let play = play("eat(").await;
    let described = "return element.getAttribute('aria-describedby').split(' ').map(id =>
        document.getElementById(id).textContent).join('|')";
    let told = play.area(described).as_string().unwrap();
    assert!(told.contains("|eat(fruit)fruit: what is eaten.|"), "{told}");
    let said = |play: &Play| run(&play.stage, "[role=status]", "return element.textContent");
    assert!(!play.press_all("ctrlKey: true, shiftKey: true", " ").await);
    assert_eq!(said(&play), "eat(fruit). fruit: what is eaten.");
    play.text.set("eat".to_owned());
    turn().await;
    let told = play.area(described).as_string().unwrap();
    assert!(told.contains("Ctrl+Shift+Space"), "{told}");
    play.press_all("ctrlKey: true, shiftKey: true", " ").await;
    assert_eq!(said(&play), "Nothing is called here.");
}

#[wasm_bindgen_test]
async fn composed_characters_are_left_to_the_browser() {
    let play = play("a").await;
    play.caret(1).await;
    let left = play.area(
        "return element.dispatchEvent(new KeyboardEvent('keydown',
            { key: ' ', ctrlKey: true, isComposing: true, cancelable: true }))",
    );
    turn().await;
    assert_eq!(left, true);
    assert_eq!(play.menu(), Vec::<String>::new());
}
