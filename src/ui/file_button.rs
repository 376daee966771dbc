//! A file of this device.

use leptos::web_sys::File;
use leptos::{html, prelude::*};

use super::icon::Glyph;
use super::{Appearance, Button};

/// Lets the administrator choose a file and hands it on; the same file, mended, can be chosen
/// again.
///
/// Keyboard: Enter and Space open the browser's own dialog.
#[component]
pub fn FileButton(
    /// The words on it: a verb and what the file is.
    #[prop(into)]
    label: Signal<String>,
    /// Takes the file that was chosen.
    #[prop(into)]
    on_file: Callback<File>,
    /// The endings and media types that the browser's dialog offers first.
    accept: &'static str,
    /// How loud it is.
    #[prop(optional)]
    appearance: Appearance,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let choose = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let take = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            on_file.run(file);
        }
        input.set_value("");
    };
    view! {
        <Button label icon=Glyph::Upload appearance on_click=move |()| choose() />
        <input type="file" hidden=true accept=accept aria-label=label node_ref=input on:change=take />
    }
}
