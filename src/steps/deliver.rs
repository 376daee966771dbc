//! The step Deliver: project file, runbook, the preview as a file.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

mod open;

use crate::ambient;
use crate::download;
use crate::guidance::Guidance;
use crate::route::Step;
use crate::runbook::{self, Findings};
use crate::standing::Standing;
use crate::ui::{
    Button, ButtonLink, Card, Cluster, Code, Disclosure, Glyph, Notice, Page, Stack, Toggle,
    ToggleKind, Tone, Urgency, use_announcer,
};
use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask, Errand, Format};
use open::OpenProject;

/// What was worked out leaves the page as files.
#[component]
pub fn DeliverStep() -> impl IntoView {
    let wizard = Wizard::here();
    let failure = RwSignal::new(None::<String>);
    let saver = Saver { wizard, failure, announcer: use_announcer() };
    let blocked =
        Memo::new(move |_| matches!(wizard.standing(Step::Deliver), Standing::Blocked(_)));
    view! {
        <Page
            place="Step 8 of 8"
            title="Deliver"
            lead="Take the work with you: to go on later, to hand it over, or to keep as evidence."
            about=|| view! { <About /> }
        >
            <Stack>
                {move || {
                    blocked.get().then(|| {
                        view! {
                            <Notice title="Add an application first" tone=Tone::Info>
                                <ButtonLink
                                    label="Go to Application"
                                    href=Step::Application.href()
                                />
                            </Notice>
                        }
                    })
                }}
                {move || {
                    failure.get().map(|why| {
                        view! {
                            <Notice title="Not saved" tone=Tone::Bad urgency=Urgency::Alert>
                                <p>{why}</p>
                            </Notice>
                        }
                    })
                }}
                <ProjectCard saver />
                <RunbookCard saver />
                <PreviewCard saver />
            </Stack>
        </Page>
    }
}

/// Saves files and tells how it went.
#[derive(Clone, Copy)]
struct Saver {
    wizard: Wizard,
    failure: RwSignal<Option<String>>,
    announcer: crate::ui::Announcer,
}

impl Saver {
    fn save(self, name: &str, media_type: &str, text: &str) {
        match download::save(name, media_type, text) {
            Ok(()) => {
                self.failure.set(None);
                self.wizard.delivered.set(true);
                self.announcer.say(format!("{name} is saved"));
            }
            Err(why) => self.failure.set(Some(why)),
        }
    }

    /// The application's name as the beginning of a file's name.
    fn stem(self) -> String {
        let name = self.wizard.peek(|draft| draft.application.as_ref().map(|app| app.name.clone()));
        let name = name.unwrap_or_default().to_lowercase();
        let safe = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
        let safe: String = safe.collect();
        let safe = safe.trim_matches('-');
        if safe.is_empty() { "provisioning".to_owned() } else { safe.to_owned() }
    }

    fn no_application(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let none = self.wizard.with(|draft| draft.application.is_none());
            none.then(|| "add an application first".to_owned())
        })
    }
}

#[component]
fn ProjectCard(saver: Saver) -> impl IntoView {
    let wizard = saver.wizard;
    let with_people = RwSignal::new(false);
    let save = move |()| {
        let text = wizard.project(with_people.get_untracked()).write();
        saver.save(&format!("{}.scim-wizard.json", saver.stem()), "application/json", &text);
    };
    view! {
        <Card
            title="Project file"
            note="Everything that was typed, without the secret token. Open it here or on another device to go on."
        >
            <Stack>
                {move || {
                    wizard.has_own_people().then(|| {
                        view! {
                            <Toggle
                                label="Include the people"
                                kind=ToggleKind::Checkbox
                                checked=with_people
                                hint="Names and addresses of your tenant would then be in the file."
                                on_change=move |on| with_people.set(on)
                            />
                        }
                    })
                }}
                <Cluster>
                    <Button
                        label="Save project file"
                        icon=Glyph::Download
                        off_because=saver.no_application()
                        on_click=save
                    />
                </Cluster>
                <OpenProject wizard />
            </Stack>
        </Card>
    }
}

#[component]
fn RunbookCard(saver: Saver) -> impl IntoView {
    let wizard = saver.wizard;
    let text = Memo::new(move |_| {
        let fresh = wizard.preview.is_done() && !wizard.is_stale(wizard.preview);
        let findings = Findings {
            written: ambient::timestamp(),
            review: wizard.review.get(),
            preview: fresh.then(|| wizard.preview.summary.get()),
        };
        wizard.with(|draft| runbook::write(draft, &findings))
    });
    let save = move |()| {
        saver.save(&format!("{}-runbook.md", saver.stem()), "text/markdown", &text.get_untracked());
    };
    view! {
        <Card
            title="Runbook"
            note="What to click and what to type in Entra, in its order, as Markdown."
        >
            <Stack>
                <Cluster>
                    <Button
                        label="Save runbook"
                        icon=Glyph::Download
                        off_because=saver.no_application()
                        on_click=save
                    />
                </Cluster>
                <Disclosure summary="Show the runbook">
                    <Code label="runbook.md" text />
                </Disclosure>
            </Stack>
        </Card>
    }
}

#[component]
fn PreviewCard(saver: Saver) -> impl IntoView {
    let wizard = saver.wizard;
    let off = Signal::derive(move || {
        (!wizard.preview.has_outcomes()).then(|| "run the preview first".to_owned())
    });
    let stale =
        Memo::new(move |_| wizard.preview.has_outcomes() && wizard.is_stale(wizard.preview));
    let no_log = Signal::derive(move || {
        let at_once = wizard.preview.summary.with(|summary| summary.planned_at_once);
        off.get().or_else(|| {
            at_once.then(|| "a preview of so many people keeps no log of each".to_owned())
        })
    });
    let export = move |format, ending: &'static str, media_type: &'static str| {
        spawn_local(async move {
            let asked = wizard.worker.ask(Ask::Export(Errand::Preview, format)).await;
            match asked {
                Ok(Answer::Text(text)) => {
                    saver.save(&format!("{}-preview.{ending}", saver.stem()), media_type, &text);
                }
                _ => {
                    saver.failure.set(Some("the worker has ended; load the page again".to_owned()))
                }
            }
        });
    };
    view! {
        <Card
            title="Preview"
            note="Every person with action, reason and changes. These files hold names of your tenant."
        >
            <Stack>
                {move || {
                    stale.get().then(|| {
                        view! {
                            <Notice
                                title=move || wizard.preview.why_stale()
                                tone=Tone::Warning
                            >
                                <ButtonLink label="Go to Preview" href=Step::Preview.href() />
                            </Notice>
                        }
                    })
                }}
                <Cluster>
                    <Button
                        label="Save preview as CSV"
                        icon=Glyph::Download
                        off_because=off
                        on_click=move |()| export(Format::Csv, "csv", "text/csv")
                    />
                    <Button
                        label="Save preview as JSON"
                        icon=Glyph::Download
                        off_because=off
                        on_click=move |()| export(Format::Json, "json", "application/json")
                    />
                    <Button
                        label="Save as a provisioning log"
                        icon=Glyph::Download
                        off_because=no_log
                        on_click=move |()| export(Format::Log, "log.json", "application/json")
                    />
                </Cluster>
            </Stack>
        </Card>
    }
}

#[component]
fn About() -> impl IntoView {
    view! {
        <Guidance step=Step::Deliver />
        <h3>"What the files are"</h3>
        <p>
            "The project file opens in this wizard. The runbook is read beside the portal, or \
             printed. The preview's files go to whoever has to agree to the change. \
             The provisioning log has the form of Microsoft Graph's, with the entries that the \
             cycle would leave; the ids that only a tenant can give are all noughts."
        </p>
        <h3>"In Entra"</h3>
        <p>
            "Attribute mappings can be exported and imported as a schema in JSON: current layout \
             Attribute mapping > Advanced Options > Edit schema; classic layout Show advanced \
             options > Review your schema here. This wizard does not write that document yet."
        </p>
        <h3>"What is never in a file"</h3>
        <p>"The secret token. It is typed into Entra by hand, from the application's console."</p>
        <small>"Source: Microsoft Learn, portal pages of August 2026."</small>
    }
}
