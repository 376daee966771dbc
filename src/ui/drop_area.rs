//! Files of this device, dropped or chosen.

use leptos::web_sys::{DragEvent, File, FileList};
use leptos::{html, prelude::*};

use super::Button;
use super::icon::Glyph;

/// A place for files: dropped onto it, or chosen by its button, several at once.
///
/// Keyboard: the button is reached by Tab, and opens the browser's own dialog.
#[component]
pub fn DropArea(
    /// What may be dropped here, in a sentence.
    #[prop(into)]
    text: Signal<String>,
    /// The words on the button.
    #[prop(into)]
    label: Signal<String>,
    /// Takes the files.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
    /// The endings and media types that the browser's dialog offers first.
    accept: &'static str,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let is_over = RwSignal::new(false);
    let hand_on = move |files: Option<FileList>| {
        let files = files.map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect());
        let files: Vec<File> = files.unwrap_or_default();
        if !files.is_empty() {
            on_files.run(files);
        }
    };
    let choose = move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        hand_on(input.files());
        // The same file, mended, can be chosen again.
        input.set_value("");
    };
    let dragged = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let dropped = move |event: DragEvent| {
        // The browser would open the file in place of the page.
        event.prevent_default();
        is_over.set(false);
        hand_on(event.data_transfer().and_then(|data| data.files()));
    };
    view! {
        <div
            class="drop-area"
            data-state=move || is_over.get().then_some("over")
            on:dragenter=dragged
            on:dragover=dragged
            on:dragleave=move |_| is_over.set(false)
            on:drop=dropped
        >
            <p>{text}</p>
            <Button label icon=Glyph::Upload on_click=choose />
            <input
                type="file"
                hidden=true
                multiple=true
                accept=accept
                aria-label=label
                node_ref=input
                on:change=chosen
            />
        </div>
    }
}
