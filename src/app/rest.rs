//! The second module: everything that the first paint does not need, and its arrival.
//!
//! What stands behind [`Rest::HERE`] is linked into a module of its own, which loads while the
//! start panel or the gallery is looked at already.

use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::start::kept::Kept;
use super::start::ways::{Entrance, Replacing};
use crate::route::{Screen, Step};
use crate::steps;
use crate::steps::application::Behind;
use crate::storage::{self, Key};
use crate::ui::{Button, Glyph, Notice, Progress, Tone, Urgency};
use crate::wizard::{Later, Wizard};
use crate::workbench::Workbench;

/// What the second module gives the page.
#[derive(Clone, Copy, Debug)]
pub struct Rest {
    wizard: Later,
    show: fn(Screen) -> AnyView,
    application: Behind,
    pub(super) kept: fn(Wizard) -> AnyView,
    pub(super) replacing: fn(Entrance) -> AnyView,
}

impl Rest {
    /// Named by the second module alone: whoever else names it links all of it.
    pub const HERE: Self = Self {
        wizard: Later::HERE,
        show,
        application: Behind::HERE,
        kept: |wizard| view! { <Kept wizard /> }.into_any(),
        replacing: |entrance| view! { <Replacing entrance /> }.into_any(),
    };
}

/// Loads the second module; nothing where it did not come.
pub type LoadRest = fn() -> Pin<Box<dyn Future<Output = Option<&'static Rest>>>>;

/// The second module on its way.
#[derive(Clone, Copy)]
pub(super) struct Arriving {
    wizard: Wizard,
    load: LoadRest,
    rest: RwSignal<Option<&'static Rest>>,
    failed: RwSignal<bool>,
    /// An earlier visit left a draft, which only the second module can read.
    keeps_draft: bool,
}

impl Arriving {
    pub(super) fn new(wizard: Wizard, load: LoadRest) -> Self {
        let keeps_draft = storage::load(Key::Draft).is_some();
        let (rest, failed) = (RwSignal::new(None), RwSignal::new(false));
        Self { wizard, load, rest, failed, keeps_draft }
    }

    /// Loads it when the page has been painted. A frame would never come in a hidden tab, so a
    /// timer is waited for.
    pub(super) fn after_paint(self) {
        set_timeout(move || self.load(), Duration::ZERO);
    }

    fn load(self) {
        self.failed.set(false);
        spawn_local(async move {
            match (self.load)().await {
                Some(rest) => {
                    self.wizard.complete(rest.wizard);
                    self.rest.set(Some(rest));
                }
                None => self.failed.set(true),
            }
        });
    }

    /// Whether even the first screens have to wait: they would show an empty draft for a moment.
    pub(super) fn is_awaited(self) -> bool {
        self.keeps_draft && self.rest.with(Option::is_none)
    }

    /// A screen of the second module, or that it is on its way.
    pub(super) fn show(self, screen: Screen) -> AnyView {
        match self.rest.get() {
            Some(rest) => (rest.show)(screen),
            // What did not come is told above every screen.
            None if self.failed.get() => ().into_any(),
            None => view! { <Progress label="Loading this step" done=Signal::stored(None) /> }
                .into_any(),
        }
    }

    /// What the first step shows besides the gallery.
    pub(super) fn behind_the_gallery(self) -> Signal<Option<Behind>> {
        Signal::derive(move || self.rest.get().map(|rest| rest.application))
    }

    /// A part of a screen that is shown already: nothing until the module is there.
    pub(super) fn part(self, build: impl FnOnce(&Rest) -> AnyView) -> Option<AnyView> {
        self.rest.get().map(build)
    }

    /// What stands above every screen when the second module did not come.
    pub(super) fn trouble(self) -> AnyView {
        let notice = move || {
            self.failed.get().then(|| {
                view! {
                    <Notice
                        title="A part of this page did not load"
                        tone=Tone::Bad
                        urgency=Urgency::Alert
                    >
                        <p>
                            "Without it no step but the first can be shown. Check the connection \
                             and load it again; what you typed is kept."
                        </p>
                        <Button
                            label="Load it again"
                            icon=Glyph::Reset
                            on_click=move |()| self.load()
                        />
                    </Notice>
                }
            })
        };
        notice.into_any()
    }
}

/// The screens of the second module.
fn show(screen: Screen) -> AnyView {
    match screen {
        Screen::Start | Screen::Step(Step::Application) => ().into_any(),
        Screen::Workbench => view! { <Workbench /> }.into_any(),
        Screen::Step(Step::People) => view! { <steps::people::PeopleStep /> }.into_any(),
        Screen::Step(Step::Connection) => {
            view! { <steps::connection::ConnectionStep /> }.into_any()
        }
        Screen::Step(Step::Mappings) => view! { <steps::mappings::MappingsStep /> }.into_any(),
        Screen::Step(Step::Scope) => view! { <steps::scope::ScopeStep /> }.into_any(),
        Screen::Step(Step::Preview) => view! { <steps::preview::PreviewStep /> }.into_any(),
        Screen::Step(Step::Run) => view! { <steps::run::RunStep /> }.into_any(),
        Screen::Step(Step::Deliver) => view! { <steps::deliver::DeliverStep /> }.into_any(),
    }
}
