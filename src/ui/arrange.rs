//! Three ways to put things beside and under each other, so that no step invents its own.

use leptos::prelude::*;

/// One under the other, with even space between.
///
/// Keyboard: none.
#[component]
pub fn Stack(
    /// What is stacked.
    children: Children,
) -> impl IntoView {
    view! { <div class="stack">{children()}</div> }
}

/// In a line that wraps: buttons, badges.
///
/// Keyboard: none.
#[component]
pub fn Cluster(
    /// What stands in the line.
    children: Children,
) -> impl IntoView {
    view! { <div class="cluster">{children()}</div> }
}

/// In as many columns of equal width as there is room for: fields, numbers, cards.
///
/// Keyboard: none; the order of the Tab key is the order of reading.
#[component]
pub fn Columns(
    /// What stands in the columns.
    children: Children,
) -> impl IntoView {
    view! { <div class="columns">{children()}</div> }
}
