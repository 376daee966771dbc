//! The first step: the application is found in the gallery and added under a name.

use leptos::html;
use leptos::prelude::*;
use leptos::reactive::spawn_local;

mod added;
mod adding;
mod attributes;
mod before;
mod facts;
mod narrowing;
mod non_gallery;
mod own;
mod search;

use crate::gallery::{Query, Recipe};
use crate::guidance::Guidance;
use crate::route::Step;
use crate::ui::{Appearance, Button, Cluster, Glyph, Page};
use crate::wizard::Wizard;
use added::Added;
use adding::Adding;
use non_gallery::NonGalleryPage;
use own::Own;
use search::Search;

/// What the step shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Showing {
    /// The application that was added.
    Added,
    /// The gallery.
    Gallery,
    /// One application, as its recipe tells it.
    Application(Box<Recipe>),
    /// What differs where an application is not of the gallery, and what it begins with.
    NonGallery,
    /// Opening a recipe, or drafting one.
    Own,
}

/// Changes what the step shows; the heading takes the focus, because what had it is gone.
#[derive(Clone, Copy)]
pub struct Turn {
    showing: RwSignal<Showing>,
    heading: NodeRef<html::H1>,
}

impl Turn {
    /// The way back to the gallery.
    fn back(self) -> AnyView {
        view! {
            <Cluster>
                <Button
                    label="All applications"
                    icon=Glyph::ArrowLeft
                    appearance=Appearance::Subtle
                    on_click=move |()| self.to(Showing::Gallery)
                />
            </Cluster>
        }
        .into_any()
    }

    fn to(self, next: Showing) {
        self.showing.set(next);
        request_animation_frame(move || {
            if let Some(heading) = self.heading.get_untracked() {
                // Focus fails only on an element that left the page.
                let _ = heading.focus();
            }
        });
    }
}

/// What the step shows behind the gallery, and beside it.
#[derive(Clone, Copy, Debug)]
pub struct Behind {
    show: fn(Wizard, Turn, Showing) -> AnyView,
    about: fn() -> AnyView,
    filters: fn(RwSignal<Query>) -> AnyView,
    elsewhere: fn(Turn) -> AnyView,
}

impl Behind {
    /// Named by the second module alone: the gallery itself is part of the first.
    pub const HERE: Self = Self {
        show,
        about: || about().into_any(),
        filters: narrowing::filters,
        elsewhere: narrowing::elsewhere,
    };
}

/// The step Application.
#[component]
pub fn ApplicationStep(
    /// What the second module brings, once it is there.
    #[prop(into)]
    behind: Signal<Option<Behind>>,
) -> impl IntoView {
    let wizard = Wizard::here();
    let step = Step::Application;
    let heading = NodeRef::new();
    let is_added = Memo::new(move |_| wizard.with(|draft| draft.application.is_some()));
    let first = if is_added.get_untracked() { Showing::Added } else { Showing::Gallery };
    let turn = Turn { showing: RwSignal::new(first), heading };
    spawn_local(async move {
        // The failure is on show where the gallery would stand.
        let _ = wizard.load_gallery().await;
    });
    // Undo can take the application away under the screen that shows it.
    let showing = Memo::new(move |_| match turn.showing.get() {
        Showing::Added if !is_added.get() => Showing::Gallery,
        showing => showing,
    });
    view! {
        <Page
            place=format!("Step {} of {}", step.number(), Step::ALL.len())
            title=step.title()
            lead="Find the application in the gallery and add it under a name of your choice."
            title_ref=heading
            about=move || view! { {move || behind.get().map(|behind| (behind.about)())} }
        >
            {move || match showing.get() {
                Showing::Gallery => view! { <Search wizard turn is_added behind /> }.into_any(),
                showing => behind.get().map(|behind| (behind.show)(wizard, turn, showing)).into_any(),
            }}
        </Page>
    }
}

fn show(wizard: Wizard, turn: Turn, showing: Showing) -> AnyView {
    match showing {
        Showing::Gallery => ().into_any(),
        Showing::Added => view! { <Added wizard turn /> }.into_any(),
        Showing::Application(recipe) => view! { <Adding wizard turn recipe=*recipe /> }.into_any(),
        Showing::NonGallery => view! { <NonGalleryPage wizard turn /> }.into_any(),
        Showing::Own => view! { <Own wizard turn /> }.into_any(),
    }
}

fn about() -> impl IntoView {
    view! {
        <Guidance step=Step::Application />
        <p>
            "An " <strong>"enterprise application"</strong>
            " stands in your tenant for the application that people use. Its provisioning \
             configuration belongs to it. One enterprise application can serve sign-on and \
             provisioning; for a first trial Microsoft advises a separate one."
        </p>
        <h3>"In the portal"</h3>
        <p>
            "You need the role Application Administrator or Cloud Application Administrator, or \
             you own the application."
        </p>
        <h3>"In the application"</h3>
        <p>
            "An administrator's account, and often a plan that includes SCIM. Each application's \
             page here says what its tutorial asks for."
        </p>
        <h3>"When it is wrong"</h3>
        <p>
            "An application made under App registrations cannot be provisioned: it has no \
             Provisioning page. Add it under Enterprise apps instead."
        </p>
        <h3>"Source"</h3>
        <p>
            <small>
                "Microsoft Learn: the provisioning tutorial of each application, in editions of \
                 2023 to 2025; the portal's layouts as of August 2026. A live page may be newer."
            </small>
        </p>
    }
}
