//! A few rows, all in the page.

use leptos::prelude::*;

use super::id;

/// A table small enough to stand in the page whole; for thousands of rows there is
/// [`VirtualTable`](super::VirtualTable). The rows are `<tr>` elements handed in.
///
/// Keyboard: where it is wider than its place it takes the focus, and the arrow keys scroll.
#[component]
pub fn Table(
    /// What the rows are.
    #[prop(into)]
    caption: Signal<String>,
    /// The headings of the columns; an empty one is for a column of buttons.
    head: Vec<&'static str>,
    /// The caption is heard but not seen: where the heading above already says it.
    #[prop(optional)]
    caption_hidden: bool,
    /// Lower rows.
    #[prop(optional)]
    dense: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let caption_id = id::fresh("table");
    let heading = |text: &'static str| match text {
        "" => view! { <td></td> }.into_any(),
        text => view! { <th scope="col">{text}</th> }.into_any(),
    };
    view! {
        <div class="table" role="region" tabindex="0" aria-labelledby=caption_id>
            <table data-dense=dense.then_some("")>
                <caption id=caption_id.clone() data-hidden=caption_hidden.then_some("")>
                    {caption}
                </caption>
                <thead>
                    <tr>{head.into_iter().map(heading).collect_view()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
