//! A question in front of everything else.

use leptos::{ev, html, prelude::*};

use super::icon::Glyph;
use super::{Appearance, Button, id};

/// Stops the page for an answer. Built on the native modal dialog: the rest of the page is inert
/// and the focus goes back to where it came from.
///
/// Keyboard: Escape closes it; Tab stays inside.
#[component]
pub fn Dialog(
    /// The question, or what is edited.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open; the caller holds this.
    #[prop(into)]
    open: Signal<bool>,
    /// Runs when the administrator wants it closed: sets what `open` reads.
    #[prop(into)]
    on_close: Callback<()>,
    /// The buttons at the foot, the main one last.
    #[prop(into, optional)]
    actions: ViewFn,
    /// For forms with columns or code.
    #[prop(optional)]
    wide: bool,
    /// What is asked; built when it opens, dropped when it closes.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = id::fresh("dialog");
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only for an element that is not in the page; then there is nothing to show.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let content = StoredValue::new((children, actions));
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby=title_id
            data-wide=wide.then_some("")
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
            // A browser may close it by itself, past `cancel`.
            on:close=move |_| {
                if open.get_untracked() {
                    on_close.run(());
                }
            }
        >
            <h2 id=title_id.clone()>{title}</h2>
            <Show when=move || open.get()>
                <div data-part="body">{content.with_value(|(children, _)| children())}</div>
                <footer>{content.with_value(|(_, actions)| actions.run())}</footer>
            </Show>
            <Button
                label="Close"
                icon=Glyph::Close
                icon_only=true
                appearance=Appearance::Subtle
                on_click=on_close
            />
        </dialog>
    }
}
