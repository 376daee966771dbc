//! Text for machines.

use leptos::prelude::*;

use super::copy_button::CopyButton;

/// A block of code, a request, an answer: with a name and a button that copies it.
///
/// Keyboard: takes the focus, so that the arrow keys scroll it.
#[component]
pub fn Code(
    /// What it is: "POST /Users", "runbook.md".
    #[prop(into)]
    label: Signal<String>,
    /// The text, shown as it is.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <figure class="code">
            <figcaption>
                <span>{label}</span>
                <CopyButton text=text what=label />
            </figcaption>
            <pre tabindex="0" role="group" aria-label=label>
                <code>{text}</code>
            </pre>
        </figure>
    }
}
