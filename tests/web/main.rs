//! Widgets that have logic of their own, in a real document; `cargo xtask test wasm` runs them.
#![cfg(target_arch = "wasm32")]

mod code_field;

use gloo_timers::future::TimeoutFuture;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;
use wizard::ui::{Button, Column, SecretField, VirtualTable};

wasm_bindgen_test_configure!(run_in_browser);

/// Draws a view in a part of the document of its own.
fn stage<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> HtmlElement {
    let stage = document().create_element("div").unwrap();
    let stage: HtmlElement = stage.dyn_into().unwrap();
    document().body().unwrap().append_child(&stage).unwrap();
    mount_to(stage.clone(), view).forget();
    stage
}

/// Does something with the first element that a selector finds, in the words of the browser.
fn run(stage: &HtmlElement, selector: &str, script: &str) -> JsValue {
    let element = stage.query_selector(selector).unwrap();
    let element = element.unwrap_or_else(|| panic!("there is no `{selector}`"));
    let function = js_sys::Function::new_with_args("element", script);
    function.call1(&JsValue::NULL, &element).unwrap()
}

fn count(stage: &HtmlElement, selector: &str) -> f64 {
    let script = format!("return element.querySelectorAll('{selector}').length");
    js_sys::Function::new_with_args("element", &script)
        .call1(&JsValue::NULL, stage)
        .unwrap()
        .as_f64()
        .unwrap()
}

/// Lets effects and the browser have their turn.
async fn turn() {
    TimeoutFuture::new(50).await;
}

#[wasm_bindgen_test]
async fn a_secret_is_handed_over_when_the_focus_leaves_and_is_gone_from_the_document() {
    let secret = "canary-of-the-field";
    let taken = RwSignal::new(Vec::<String>::new());
    let held = move || taken.with(|taken| taken.last().map(String::len));
    let stage = stage(move || {
        view! {
            <SecretField
                label="Secret token"
                held=Signal::derive(held)
                on_commit=move |text| taken.update(|taken| taken.push(text))
                on_forget=move |()| taken.set(Vec::new())
            />
        }
    });
    turn().await;
    run(
        &stage,
        "input",
        &format!(
            "element.value = '{secret}';
            element.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))"
        ),
    );
    turn().await;
    assert!(!stage.outer_html().contains(secret), "typing has written an attribute");
    run(&stage, "input", "element.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))");
    turn().await;
    assert_eq!(taken.get_untracked(), [secret]);
    assert_eq!(count(&stage, "input"), 0.0, "while it is held there is no field");
    assert!(!stage.outer_html().contains(secret));
    let said = stage.text_content().unwrap_or_default();
    assert!(said.contains(&format!("{} characters", secret.len())), "{said}");
}

#[wasm_bindgen_test]
async fn a_table_of_ten_thousand_rows_never_draws_more_than_forty() {
    let all = 10_000_usize;
    let window = RwSignal::new((0_usize, 0_usize));
    let rows = move || {
        let (from, count) = window.get();
        (from, (from..from + count).map(|number| format!("Person {number}")).collect::<Vec<_>>())
    };
    let stage = stage(move || {
        view! {
            <VirtualTable
                label="People"
                total=all
                rows=Signal::derive(rows)
                on_window=move |wanted| window.set(wanted)
                columns=vec![Column::new("Name", 10, |row: &String| row.clone())]
                on_open=|_| ()
            />
        }
    });
    turn().await;
    run(&stage, "[role=grid]", "element.style.overflow = 'auto'");
    for pixel in [0, 4_000, 199_980, 400_000, 120] {
        run(&stage, "[role=grid]", &format!("element.scrollTop = {pixel}"));
        turn().await;
        let drawn = count(&stage, "[role=row]");
        assert!((2.0..=41.0).contains(&drawn), "{drawn} rows and the heading at {pixel} pixels");
        let seen = (pixel / 40).min(all - 12);
        let said = stage.text_content().unwrap_or_default();
        assert!(said.contains(&format!("Person {seen}")), "row {seen} is not drawn: {said}");
    }
    assert_eq!(run(&stage, "[role=grid]", "return element.ariaRowCount"), "10001");
}

#[wasm_bindgen_test]
async fn a_button_that_is_off_says_why_and_does_nothing() {
    let why = RwSignal::new(Some("type a tenant URL first".to_owned()));
    let presses = RwSignal::new(0);
    let stage = stage(move || {
        view! {
            <Button
                label="Test Connection"
                off_because=why
                on_click=move |()| presses.update(|presses| *presses += 1)
            />
        }
    });
    turn().await;
    run(&stage, "button", "element.click()");
    assert_eq!(presses.get_untracked(), 0);
    assert_eq!(run(&stage, "button", "return element.ariaDisabled"), "true");
    let reason =
        "return document.getElementById(element.getAttribute('aria-describedby')).textContent";
    assert_eq!(run(&stage, "button", reason), "type a tenant URL first");
    why.set(None);
    turn().await;
    run(&stage, "button", "element.click()");
    assert_eq!(presses.get_untracked(), 1);
}
