//! A secret on its way into memory, and nowhere else.

use leptos::wasm_bindgen::JsCast;
use leptos::{ev, html, prelude::*, web_sys};

use super::button::{Appearance, Button};
use super::field::Field;
use super::icon::Glyph;

/// Takes a secret, hands it over and forgets it: after Enter, or when the focus leaves, the
/// element is emptied and only the number of characters is shown. Nothing typed is ever
/// written into an attribute.
///
/// Keyboard: Enter hands over, Escape gives up; Space or Enter held on "Show" shows the text.
#[component]
pub fn SecretField(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// How many characters are held; `None` while nothing is.
    #[prop(into)]
    held: Signal<Option<usize>>,
    /// Takes the text once it is complete.
    #[prop(into)]
    on_commit: Callback<String>,
    /// Forgets what is held.
    #[prop(into)]
    on_forget: Callback<()>,
    /// Takes the text after every keystroke, to check it; an empty text when it was given up.
    #[prop(into, optional)]
    on_input: Option<Callback<String>>,
    /// What it is called in "A token is held in memory".
    #[prop(into, default = "token".into())]
    noun: Signal<String>,
    /// How to answer.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong with the answer.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let replacing = RwSignal::new(false);
    let entering = Memo::new(move |_| replacing.get() || held.with(Option::is_none));
    let input = NodeRef::<html::Input>::new();
    let replace_button = NodeRef::<html::Button>::new();
    let entry = SecretEntry { input, on_commit, on_input, replacing };
    // Set by the keyboard and the buttons: where the focus goes once the other half is there.
    let refocus = RwSignal::new(false);
    follow_focus(refocus, input, replace_button);
    view! {
        <Field label hint problem let:wiring>
            <div class="secret-field" data-state=move || if entering.get() { "empty" } else { "held" }>
                {move || {
                    let wiring = wiring.clone();
                    if entering.get() {
                        view! { <Entry entry refocus id=wiring.id described_by=wiring.described_by invalid=wiring.invalid /> }
                            .into_any()
                    } else {
                        view! {
                            <output id=wiring.id>
                                "A " {noun} " is held in memory ("
                                {move || held.get().unwrap_or_default()} " characters)"
                            </output>
                            <Button
                                label="Replace"
                                appearance=Appearance::Subtle
                                node_ref=replace_button
                                on_click=move || {
                                    replacing.set(true);
                                    refocus.set(true);
                                }
                            />
                            <Button
                                label="Forget"
                                appearance=Appearance::Subtle
                                on_click=move || {
                                    on_forget.run(());
                                    refocus.set(true);
                                }
                            />
                        }
                            .into_any()
                    }
                }}
            </div>
        </Field>
    }
}

/// The element that is typed into, and who is told.
#[derive(Clone, Copy)]
struct SecretEntry {
    input: NodeRef<html::Input>,
    on_commit: Callback<String>,
    on_input: Option<Callback<String>>,
    replacing: RwSignal<bool>,
}

impl SecretEntry {
    /// Empties the element; hands over what stood in it, if anything did.
    fn commit(self) {
        let text = self.take();
        self.replacing.set(false);
        if !text.is_empty() {
            self.on_commit.run(text);
        }
    }

    fn give_up(self) {
        self.take();
        self.replacing.set(false);
        if let Some(on_input) = self.on_input {
            on_input.run(String::new());
        }
    }

    fn take(self) -> String {
        let Some(input) = self.input.get_untracked() else { return String::new() };
        let text = input.value();
        input.set_value("");
        text
    }
}

#[component]
fn Entry(
    entry: SecretEntry,
    refocus: RwSignal<bool>,
    id: String,
    described_by: String,
    invalid: Signal<Option<&'static str>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let typed = move |event: ev::Event| {
        if let Some(on_input) = entry.on_input {
            on_input.run(event_target_value(&event));
        }
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            // The same press would go on to the button that gets the focus.
            event.prevent_default();
            entry.commit();
            refocus.set(true);
        }
        "Escape" => {
            entry.give_up();
            refocus.set(true);
        }
        _ => {}
    };
    let show_key = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), " " | "Enter") {
            event.prevent_default();
            shown.set(true);
        }
    };
    view! {
        <span
            data-part="entry"
            on:focusout=move |event| {
                if !stays_within(&event) {
                    entry.commit();
                }
            }
        >
            <input
                node_ref=entry.input
                type=move || if shown.get() { "text" } else { "password" }
                id=id
                aria-describedby=described_by
                aria-invalid=invalid
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                on:input=typed
                on:keydown=key
            />
            <span
                class="button"
                data-appearance="subtle"
                // A press keeps the focus in the text; otherwise it would be handed over.
                on:mousedown=move |event| event.prevent_default()
            >
                <button
                    type="button"
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    on:pointerdown=move |_| shown.set(true)
                    on:pointerup=move |_| shown.set(false)
                    on:pointerleave=move |_| shown.set(false)
                    on:pointercancel=move |_| shown.set(false)
                    on:keydown=show_key
                    on:keyup=move |_| shown.set(false)
                    on:blur=move |_| shown.set(false)
                >
                    <super::icon::Icon glyph=Glyph::Eye />
                    <span data-part="label">"Show"</span>
                </button>
            </span>
        </span>
    }
}

/// Whether the focus moves to another part of the element that the handler stands on.
fn stays_within(event: &ev::FocusEvent) -> bool {
    let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
    let whole = event.current_target().and_then(|whole| whole.dyn_into::<web_sys::Node>().ok());
    whole.is_some_and(|whole| whole.contains(next.as_ref()) && next.is_some())
}

/// Gives the focus to whichever half appears, when it was asked for.
fn follow_focus(
    refocus: RwSignal<bool>,
    input: NodeRef<html::Input>,
    replace_button: NodeRef<html::Button>,
) {
    Effect::new(move |_| {
        let (input, button) = (input.get(), replace_button.get());
        if !refocus.get() {
            return;
        }
        let focused = match (input, button) {
            (Some(input), _) if input.is_connected() => input.focus().is_ok(),
            (_, Some(button)) if button.is_connected() => button.focus().is_ok(),
            _ => false,
        };
        if focused {
            refocus.set(false);
        }
    });
}
