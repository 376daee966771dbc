//! Opening a project file.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use crate::download;
use crate::project::Project;
use crate::ui::{FileButton, Notice, Stack, Tone, Urgency, use_announcer};
use crate::wizard::Wizard;

/// A file button, and what was wrong with the file.
#[component]
pub(super) fn OpenProject(wizard: Wizard) -> impl IntoView {
    let fault = RwSignal::new(None::<String>);
    let announcer = use_announcer();
    let open = move |file: web_sys::File| {
        spawn_local(async move {
            let read = download::read(&file).await.and_then(|text| Project::read(&text));
            match read {
                Ok(project) => {
                    fault.set(None);
                    wizard.open(project);
                    announcer.say(format!("{} is open", file.name()));
                }
                Err(why) => fault.set(Some(why)),
            }
        });
    };
    view! {
        <Stack>
            <FileButton label="Open a project file" accept=".json" on_file=open />
            {move || {
                fault.get().map(|why| {
                    view! {
                        <Notice
                            title="The file was not opened; your work is as it was"
                            tone=Tone::Bad
                            urgency=Urgency::Alert
                        >
                            <p>{why}</p>
                        </Notice>
                    }
                })
            }}
        </Stack>
    }
}
