//! A sentence with names in it.

use leptos::prelude::*;

/// Draws a message: what stands between backticks is a name, a value or an address, and is set
/// as code. A backtick without a partner is drawn as it is.
///
/// Keyboard: none.
#[component]
pub fn Message(
    /// The sentence, plain but for its backticks.
    #[prop(into)]
    text: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        text.get().map(|text| {
            pieces(&text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Words(words) => words.to_owned().into_any(),
                    Piece::Code(code) => view! { <code>{code.to_owned()}</code> }.into_any(),
                })
                .collect_view()
        })
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Words(&'a str),
    Code(&'a str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((words, (code, after))) =
        rest.split_once('`').and_then(|(words, tail)| Some((words, tail.split_once('`')?)))
    {
        found.extend([Piece::Words(words), Piece::Code(code)]);
        rest = after;
    }
    found.push(Piece::Words(rest));
    found
}

#[cfg(test)]
mod tests {
    use super::{
        Piece::{Code, Words},
        pieces,
    };

    #[test]
    fn what_stands_between_backticks_is_code() {
        assert_eq!(pieces("write `a`."), [Words("write "), Code("a"), Words(".")]);
        assert_eq!(pieces("plain"), [Words("plain")]);
        assert_eq!(pieces("`a` and `b"), [Words(""), Code("a"), Words(" and `b")]);
    }
}
