//! Finding one of many by typing.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// Narrows a list while typing, and says how many are left.
///
/// Keyboard: Escape empties it; the count is read out politely.
#[component]
pub fn SearchField(
    /// What is searched, heard and shown while it is empty: "Search applications".
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the text after every keystroke.
    #[prop(into)]
    on_input: Callback<String>,
    /// How many were found, in words: "3 of 120 applications".
    #[prop(into, optional)]
    found: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <search class="search-field">
            <span>
                <Icon glyph=Glyph::Search />
                <input
                    type="search"
                    aria-label=label
                    placeholder=label
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=value
                    on:input=move |event| on_input.run(event_target_value(&event))
                />
            </span>
            <output>{found}</output>
        </search>
    }
}
