//! The line that says how what is being called at the caret is called.

use leptos::prelude::*;

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

/// The line, or the keys that help where nothing is called.
#[component]
pub(super) fn Signature(signature: Signal<Option<CodeSignature>>) -> impl IntoView {
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
