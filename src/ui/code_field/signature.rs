//! The line that says how what is being called at the caret is called.

use leptos::prelude::*;

use super::reading::CodeSpot;

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

impl CodeSignature {
    /// As whoever hears the page is told it.
    pub(super) fn spoken(&self) -> String {
        let Self { before, current, after, about, .. } = self;
        format!("{before}{current}{after}. {about}")
    }
}

/// The line, or the keys that help where nothing is called.
#[component]
pub(super) fn Signature(id: String, spot: Memo<CodeSpot>) -> impl IntoView {
    view! {
        <div data-part="signature" id=id>
            {move || match spot.with(|spot| spot.signature.clone()) {
                None => {
                    view! {
                        <p>
                            <kbd>"Ctrl+Space"</kbd>
                            " suggests, "
                            <kbd>"Alt+Enter"</kbd>
                            " repairs."
                            <span data-hidden="">
                                " Ctrl+Shift+Space reads out how the function at the caret is called."
                            </span>
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

#[cfg(test)]
mod tests {
    use super::CodeSignature;

    #[test]
    fn a_signature_is_spoken_as_a_whole_and_then_the_place_at_the_caret() {
        let signature = CodeSignature {
            before: "Left(".to_owned(),
            current: "string".to_owned(),
            after: ", numChars)".to_owned(),
            about: "string: the text.".to_owned(),
            link: None,
        };
        assert_eq!(signature.spoken(), "Left(string, numChars). string: the text.");
    }
}
