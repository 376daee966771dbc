//! Four ways in: the walk, the tour, a project file, the workbench.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use web_sys::File;

use super::kept::name_of;
use crate::app::rest::Arriving;
use crate::download;
use crate::project::Project;
use crate::route::{Screen, Step};
use crate::ui::{
    Appearance, Button, ButtonLink, Card, Dialog, FileButton, Glyph, Icon, Message, Notice, Tone,
    Urgency,
};
use crate::wizard::Wizard;

/// What takes the place of the present draft once the administrator agrees.
#[derive(Clone)]
enum Pending {
    Tour,
    Project(Box<Project>),
}

/// What the ways share.
#[derive(Clone, Copy)]
pub(in crate::app) struct Entrance {
    wizard: Wizard,
    begun: Memo<bool>,
    /// Waits for an answer, because it would replace a draft.
    pending: RwSignal<Option<Pending>>,
    /// The tour is being filled in.
    touring: RwSignal<bool>,
    /// What went wrong: a title and a sentence.
    fault: RwSignal<Option<(&'static str, String)>>,
}

/// The four ways.
#[component]
pub(super) fn Ways(wizard: Wizard, begun: Memo<bool>, arriving: Arriving) -> impl IntoView {
    let entrance = Entrance {
        wizard,
        begun,
        pending: RwSignal::new(None),
        touring: RwSignal::new(false),
        fault: RwSignal::new(None),
    };
    view! {
        <div class="ways">
            <Walk begun />
            <Tour entrance />
            <OpenProject entrance />
            <TryOut />
        </div>
        {move || {
            entrance.fault.get().map(|(title, why)| {
                view! {
                    <Notice title tone=Tone::Bad urgency=Urgency::Alert>
                        <p><Message text=Some(why) /></p>
                    </Notice>
                }
            })
        }}
        {move || arriving.part(|rest| (rest.replacing)(entrance))}
    }
}

#[component]
fn Walk(begun: Memo<bool>) -> impl IntoView {
    let link = move |appearance| {
        view! {
            <ButtonLink
                label="Configure an app"
                href=Step::Application.href()
                appearance
                trailing_icon=Glyph::ArrowRight
            />
        }
    };
    view! {
        <Card title="Walk the eight steps">
            <p>
                <Icon glyph=Glyph::App />
                "Find your application in the gallery, choose the people, connect, map, preview."
            </p>
            // While there is a draft, going on with it is the main thing here.
            {move || {
                link(if begun.get() { Appearance::Secondary } else { Appearance::Primary })
            }}
        </Card>
    }
}

#[component]
fn Tour(entrance: Entrance) -> impl IntoView {
    let off =
        Signal::derive(move || entrance.touring.get().then(|| "it is being filled in".to_owned()));
    view! {
        <Card title="Look around first">
            <p>
                <Icon glyph=Glyph::Eye />
                "Envoy with 200 invented people, against a server inside this page. One click to \
                 the preview."
            </p>
            <Button
                label="Try the sandbox tour"
                icon=Glyph::Play
                off_because=off
                on_click=move |()| entrance.want(Pending::Tour)
            />
        </Card>
    }
}

#[component]
fn TryOut() -> impl IntoView {
    view! {
        <Card title="Try an expression">
            <p>
                <Icon glyph=Glyph::Flask />
                "Write one and see what it gives for everybody. Needs no application, and no people \
                 of yours."
            </p>
            <ButtonLink
                label="Open the workbench"
                href=Screen::Workbench.href()
                trailing_icon=Glyph::ArrowRight
            />
        </Card>
    }
}

#[component]
fn OpenProject(entrance: Entrance) -> impl IntoView {
    let read = move |file: File| {
        entrance.fault.set(None);
        spawn_local(async move {
            let read = match download::read(&file).await {
                Ok(text) => entrance.wizard.read_project(&text).await,
                Err(why) => Err(why),
            };
            match read {
                Ok(project) => entrance.want(Pending::Project(Box::new(project))),
                Err(why) => {
                    entrance.fault.set(Some(("The project file was not opened", why)));
                }
            }
        });
    };
    view! {
        <Card title="Go on with a file">
            <p>
                <Icon glyph=Glyph::File />
                "A project that the wizard saved in its last step. It never holds a secret token."
            </p>
            <FileButton label="Open a project file" accept=".json,application/json" on_file=read />
        </Card>
    }
}

/// Asks before a draft is replaced.
#[component]
pub(in crate::app) fn Replacing(entrance: Entrance) -> impl IntoView {
    let Entrance { wizard, pending, .. } = entrance;
    let open = Signal::derive(move || pending.with(Option::is_some));
    let by = move || {
        pending.with(|pending| match pending {
            Some(Pending::Project(_)) => "the project file",
            _ => "the tour",
        })
    };
    let replace = move |()| {
        if let Some(agreed) = pending.try_update(Option::take).flatten() {
            entrance.begin(agreed);
        }
    };
    view! {
        <Dialog
            title=move || format!("Replace your work on {}?", name_of(wizard))
            open
            on_close=move |()| pending.set(None)
            actions=move || {
                view! {
                    <Button label="Keep my work" on_click=move |()| pending.set(None) />
                    <Button
                        label="Replace it"
                        appearance=Appearance::Primary
                        on_click=replace
                    />
                }
            }
        >
            <p>
                {move || format!("What you typed gives way to {}. ", by())}
                "Undo brings it back while this page is open, except the secret token."
            </p>
        </Dialog>
    }
}

impl Entrance {
    /// Begins at once where nothing is lost by it, and asks otherwise.
    fn want(self, wanted: Pending) {
        self.fault.set(None);
        if self.begun.get_untracked() {
            self.pending.set(Some(wanted));
        } else {
            self.begin(wanted);
        }
    }

    fn begin(self, agreed: Pending) {
        match agreed {
            Pending::Project(project) => {
                self.wizard.open(*project);
                self.wizard.go(Step::Application);
            }
            Pending::Tour => {
                self.touring.set(true);
                spawn_local(self.tour());
            }
        }
    }

    async fn tour(self) {
        let begun = self.wizard.tour().await;
        // The start panel may have been left meanwhile, and its signals with it.
        let _ = self.touring.try_set(false);
        match begun {
            Ok(()) => self.wizard.go(Step::Preview),
            Err(why) => {
                let _ = self.fault.try_set(Some(("The tour could not begin", why)));
            }
        }
    }
}
