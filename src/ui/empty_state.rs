//! Nothing here yet, and what to do about it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// Stands where a list would stand that has nothing in it.
///
/// Keyboard: none of its own; its buttons are reached by Tab.
#[component]
pub fn EmptyState(
    /// What is missing.
    #[prop(into)]
    title: Signal<String>,
    /// A picture above it.
    glyph: Glyph,
    /// Why, and the buttons that help.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <Icon glyph />
            <strong>{title}</strong>
            {children.map(|children| children())}
        </div>
    }
}
