//! What stands around every screen.

use leptos::{html, prelude::*};

/// The page's frame: a slim bar on top, the rail at the side, the screen, and a bar with the
/// ways on and back at the foot. On a narrow screen the rail lies under the top bar.
///
/// Keyboard: the first stop of the Tab key skips to the screen.
#[component]
pub fn Frame(
    /// The product's name.
    #[prop(into)]
    product: Signal<String>,
    /// Where the name leads.
    #[prop(into)]
    home: Signal<String>,
    /// Beside the name: what is being worked on, and against what.
    #[prop(into, optional)]
    status: ViewFn,
    /// At the end of the top bar: buttons for the whole page.
    #[prop(into, optional)]
    actions: ViewFn,
    /// The [`Rail`](super::Rail), if there is a walk.
    #[prop(into, optional)]
    rail: ViewFn,
    /// The ways back and on; the bar is not there while this is empty.
    #[prop(into, optional)]
    footer: ViewFn,
    /// The screen, a [`Page`](super::Page).
    children: Children,
) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    // A link to `#main` would be an address of the walk.
    let skip = move |_| {
        if let Some(main) = main.get_untracked() {
            // Focus fails only on an element that left the page.
            let _ = main.focus();
        }
    };
    view! {
        <div class="frame">
            <header>
                <button type="button" data-part="skip" on:click=skip>
                    "Skip to the content"
                </button>
                <a href=home>
                    <svg viewBox="0 0 32 32" aria-hidden="true">
                        <use href="icons.svg#product"></use>
                    </svg>
                    <span>{product}</span>
                </a>
                <div data-part="status">{status.run()}</div>
                <div data-part="actions">{actions.run()}</div>
            </header>
            {rail.run()}
            <main tabindex="-1" node_ref=main>
                {children()}
            </main>
            <footer>{footer.run()}</footer>
        </div>
    }
}
