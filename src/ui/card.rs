//! One matter of a screen.

use leptos::prelude::*;

use super::id;

/// A group of things that belong together, under a heading of the second level.
///
/// Keyboard: none of its own.
#[component]
pub fn Card(
    /// What the group is about.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence under the title.
    #[prop(into, optional)]
    note: Signal<String>,
    /// Buttons or a badge beside the title.
    #[prop(into, optional)]
    actions: ViewFn,
    /// The group.
    children: Children,
) -> impl IntoView {
    let title_id = id::fresh("card");
    view! {
        <section class="card" aria-labelledby=title_id>
            <header>
                <h2 id=title_id.clone()>{title}</h2>
                <div>{actions.run()}</div>
                <p>{note}</p>
            </header>
            {children()}
        </section>
    }
}
