//! One screen.

use leptos::{html, prelude::*};

use super::id;

/// A screen: where one is, its title, a sentence on what it is for, its body, and at the side
/// what there is to know about it (below the body on a narrow screen).
///
/// Keyboard: the title takes the focus from a script when the screen changes, so that it is read;
/// on a narrow screen a button under the lead goes to the panel.
#[component]
pub fn Page(
    /// What it is.
    #[prop(into)]
    title: Signal<String>,
    /// What is done here and why, in one or two sentences.
    #[prop(into, optional)]
    lead: Signal<String>,
    /// Where one is: "Step 3 of 8".
    #[prop(into, optional)]
    place: Signal<String>,
    /// The heading of the panel at the side.
    #[prop(into, default = "About this step".into())]
    about_title: Signal<String>,
    /// The panel at the side; left out, the body takes its width.
    #[prop(into, optional)]
    about: Option<ViewFn>,
    /// For giving the title the focus.
    #[prop(optional)]
    title_ref: NodeRef<html::H1>,
    /// The body: mostly [`Card`](super::Card)s.
    children: Children,
) -> impl IntoView {
    let about_id = id::fresh("about");
    let about_heading = NodeRef::<html::H2>::new();
    let to_about = about.is_some().then(|| {
        let go = move |_| {
            if let Some(heading) = about_heading.get_untracked() {
                heading.scroll_into_view();
                // Focus fails only on an element that left the page.
                let _ = heading.focus();
            }
        };
        view! {
            <button type="button" data-part="to-about" on:click=go>
                {about_title}
            </button>
        }
    });
    view! {
        <article class="page">
            <header>
                <p data-part="place">{place}</p>
                <h1 tabindex="-1" node_ref=title_ref>
                    {title}
                </h1>
                <p data-part="lead">{lead}</p>
                {to_about}
            </header>
            <div data-part="body">{children()}</div>
            {about
                .map(|about| {
                    view! {
                        <section data-part="about" aria-labelledby=about_id>
                            <h2 id=about_id.clone() tabindex="-1" node_ref=about_heading>
                                {about_title}
                            </h2>
                            {about.run()}
                        </section>
                    }
                })}
        </article>
    }
}
