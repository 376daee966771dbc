//! The frame around the steps: the top bar, the rail, the screen of the address, the way on.

use leptos::{ev, prelude::*};

mod rest;
mod start;
mod way_on;

use crate::draft::Route;
use crate::route::{Screen, Step};
use crate::standing::Standing;
use crate::steps;
use crate::storage::{self, Key};
use crate::ui::{
    Appearance, Badge, Button, ButtonLink, Frame, Glyph, LiveRegion, Notice, Rail, RailState,
    RailStep, Tone, Urgency, provide_announcer,
};
use crate::wizard::{Saved, Wizard};
use rest::{Arriving, LoadRest};
use start::Start;
use way_on::WayOn;

pub use rest::Rest;

/// The whole page.
#[component]
pub fn App(
    /// Loads what the first paint does not need.
    load_rest: LoadRest,
) -> impl IntoView {
    provide_announcer();
    let wizard = Wizard::start();
    let arriving = Arriving::new(wizard, load_rest);
    arriving.after_paint();
    follow_address(wizard);
    follow_keys(wizard);
    set_theme(storage::load(Key::Theme).as_deref());
    let screen = Memo::new(move |_| wizard.screen.get());
    view! {
        <Frame
            product="SCIM Wizard"
            home="#/"
            status=move || view! { <Status wizard /> }
            actions=move || view! { <Actions wizard /> }
            rail=move || view! { <Steps wizard screen /> }
            footer=move || view! { <WayOn wizard screen /> }
        >
            {arriving.trouble()}
            <Troubles wizard />
            {move || show(screen.get(), arriving)}
        </Frame>
        <LiveRegion />
    }
}

/// The screen of an address.
fn show(screen: Screen, arriving: Arriving) -> AnyView {
    match screen {
        screen if arriving.is_awaited() => arriving.show(screen),
        Screen::Start => view! { <Start arriving /> }.into_any(),
        Screen::Step(Step::Application) => {
            view! { <steps::application::ApplicationStep behind=arriving.behind_the_gallery() /> }
                .into_any()
        }
        screen => arriving.show(screen),
    }
}

/// The fragment of the address decides the screen; a new screen's heading takes the focus.
fn follow_address(wizard: Wizard) {
    let read = move || {
        let hash = window().location().hash().unwrap_or_default();
        let screen = Screen::from_hash(&hash);
        let moved = wizard.screen.get_untracked() != screen;
        wizard.screen.set(screen);
        let place = match screen {
            Screen::Start => None,
            Screen::Workbench => Some("Workbench"),
            Screen::Step(step) => Some(step.title()),
        };
        document().set_title(&match place {
            None => "SCIM Wizard".to_owned(),
            Some(place) => format!("{place} – SCIM Wizard"),
        });
        if let Some(step) = screen.step() {
            wizard.visit(step);
        }
        moved
    };
    read();
    let listener = window_event_listener(ev::hashchange, move |_| {
        if read() {
            request_animation_frame(focus_heading);
        }
    });
    on_cleanup(move || listener.remove());
}

fn focus_heading() {
    use wasm_bindgen::JsCast;
    let heading = document().query_selector("main h1").ok().flatten();
    if let Some(heading) = heading.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        // Focus fails only on an element that left the page.
        let _ = heading.focus();
    }
}

/// Undo and redo by the usual keys, wherever the browser has no undo of its own to offer.
fn follow_keys(wizard: Wizard) {
    let listener = window_event_listener(ev::keydown, move |event| {
        use wasm_bindgen::JsCast;
        let target = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        let types = target.is_some_and(|t| ["INPUT", "TEXTAREA"].contains(&t.tag_name().as_str()));
        if types || !(event.ctrl_key() || event.meta_key()) {
            return;
        }
        match (event.key().to_lowercase().as_str(), event.shift_key()) {
            ("z", false) => wizard.undo(),
            ("z", true) | ("y", false) => wizard.redo(),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}

#[component]
fn Status(wizard: Wizard) -> impl IntoView {
    let name = move || wizard.with(|draft| draft.application.as_ref().map(|app| app.name.clone()));
    let relay = move || match wizard.with(|draft| draft.connection.relay.host().map(str::to_owned))
    {
        Some(host) => format!("Relay {host}: leaves this device"),
        None => "Relay: leaves this device".to_owned(),
    };
    let route = move || match wizard.with(|draft| draft.connection.route) {
        Route::Sandbox => ("Sandbox: stays on this device".to_owned(), Tone::Info),
        Route::Relay => (relay(), Tone::Warning),
        Route::Direct => ("Direct: leaves this device".to_owned(), Tone::Warning),
        Route::Paste => ("No network: stays on this device".to_owned(), Tone::Info),
    };
    let saved = move || match wizard.saved.get() {
        Saved::Kept => "Kept in this browser",
        Saved::Nothing | Saved::Failed(_) => "",
    };
    view! {
        {move || name().map(|name| view! { <strong>{name}</strong> })}
        {move || {
            let (text, tone) = route();
            name().is_some().then(|| view! { <Badge text tone /> })
        }}
        <small>{saved}</small>
    }
}

#[component]
fn Actions(wizard: Wizard) -> impl IntoView {
    let off = move |possible: bool, why: &str| (!possible).then(|| why.to_owned());
    let undo_off =
        Signal::derive(move || off(wizard.can_undo_redo().0, "there is nothing to undo"));
    let redo_off =
        Signal::derive(move || off(wizard.can_undo_redo().1, "there is nothing to redo"));
    view! {
        <ButtonLink
            label="Workbench"
            href=Screen::Workbench.href()
            icon=Glyph::Flask
            appearance=Appearance::Subtle
        />
        <Button
            label="Undo"
            icon=Glyph::Undo
            icon_only=true
            appearance=Appearance::Subtle
            off_because=undo_off
            on_click=move |()| wizard.undo()
        />
        <Button
            label="Redo"
            icon=Glyph::Redo
            icon_only=true
            appearance=Appearance::Subtle
            off_because=redo_off
            on_click=move |()| wizard.redo()
        />
        <Button
            label="Switch between light and dark"
            icon=Glyph::Theme
            icon_only=true
            appearance=Appearance::Subtle
            on_click=move |()| toggle_theme()
        />
    }
}

/// Light or dark as chosen; without a choice the system decides.
fn set_theme(theme: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    // Setting an attribute fails only for an illegal name.
    let _ = match theme {
        Some(theme @ ("light" | "dark")) => root.set_attribute("data-theme", theme),
        _ => root.remove_attribute("data-theme"),
    };
}

fn toggle_theme() {
    let chosen = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    let is_dark = match chosen.as_deref() {
        Some(theme) => theme == "dark",
        None => {
            let dark = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
            dark.is_some_and(|query| query.matches())
        }
    };
    let theme = if is_dark { "light" } else { "dark" };
    set_theme(Some(theme));
    // The choice lasts for this visit where the browser keeps nothing.
    let _ = storage::save(Key::Theme, theme);
}

#[component]
fn Steps(wizard: Wizard, screen: Memo<Screen>) -> impl IntoView {
    let steps = Step::ALL.map(|step| RailStep {
        title: step.title(),
        href: step.href(),
        state: Memo::new(move |_| match wizard.standing(step) {
            Standing::Open => RailState::Open,
            Standing::Done => RailState::Done,
            Standing::Problem(what) => RailState::Problem(what),
            Standing::Blocked(why) => RailState::Blocked(why),
        })
        .into(),
        current: Signal::derive(move || screen.get() == Screen::Step(step)),
    });
    let rail = StoredValue::new(steps.to_vec());
    move || {
        let walking = screen.get().step().is_some();
        walking.then(|| view! { <Rail label="Steps" steps=rail.get_value() /> })
    }
}

/// What concerns the whole page and not one step.
#[component]
fn Troubles(wizard: Wizard) -> impl IntoView {
    let unsaved = move || match wizard.saved.get() {
        Saved::Failed(why) => Some(why),
        _ => None,
    };
    view! {
        {move || {
            wizard.worker.is_gone().then(|| {
                view! {
                    <Notice
                        title="The worker behind this page has ended"
                        tone=Tone::Bad
                        urgency=Urgency::Alert
                    >
                        <p>
                            "Load the page again: what you typed is kept, except the secret token."
                        </p>
                    </Notice>
                }
            })
        }}
        {move || {
            unsaved().map(|why| {
                view! {
                    <Notice title="Your work is not kept over a reload" tone=Tone::Warning>
                        <p>{why}</p>
                    </Notice>
                }
            })
        }}
    }
}
