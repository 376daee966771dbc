//! More, for those who want it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// Hides what most do not need behind a line that says what it is.
///
/// Keyboard: Enter and Space open and close it.
#[component]
pub fn Disclosure(
    /// What is inside.
    #[prop(into)]
    summary: Signal<String>,
    /// A few quiet words at the end of the line: a count, a state.
    #[prop(into, optional)]
    note: Signal<Option<String>>,
    /// Whether it starts open.
    #[prop(optional)]
    open: bool,
    /// What is inside.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                <span>{summary}</span>
                <small>{note}</small>
            </summary>
            <div>{children()}</div>
        </details>
    }
}
