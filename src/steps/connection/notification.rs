//! Notifications and the safety net against accidental deletions.

use leptos::prelude::*;

use crate::draft::Connection;
use crate::draft::place::Place;
use crate::ui::{Card, Stack, TextField, TextKind, Toggle, ToggleKind};
use crate::wizard::Wizard;

/// The notification e-mail with its check box, and the deletion threshold.
#[component]
pub(super) fn Notification(wizard: Wizard) -> impl IntoView {
    let read = move |field: fn(&Connection) -> String| {
        Signal::derive(move || wizard.with(|draft| field(&draft.connection)))
    };
    let is = move |field: fn(&Connection) -> bool| {
        Signal::derive(move || wizard.with(|draft| field(&draft.connection)))
    };
    let prevents = is(|connection| connection.prevent_deletions);
    view! {
        <Card
            title="Notification and safety net"
            note="Entra writes when the job enters quarantine, when the reason changes, and when the deletion threshold is hit; not for every failed person."
        >
            <Stack>
                <TextField
                    label="Notification e-mail"
                    kind=TextKind::Email
                    value=read(|connection| connection.notification_email.clone())
                    problem=Signal::derive(move || wizard.problem_at(Place::NotificationEmail))
                    optional=true
                    on_input=move |text| {
                        wizard.edit("email", |draft| draft.connection.notification_email = text);
                    }
                />
                <Toggle
                    label="Send an email notification when a failure occurs"
                    kind=ToggleKind::Checkbox
                    checked=is(|connection| connection.notify)
                    on_change=move |on| {
                        wizard.edit("notify", |draft| draft.connection.notify = on);
                    }
                />
                <Toggle
                    label="Prevent accidental deletion"
                    kind=ToggleKind::Checkbox
                    checked=prevents
                    hint="Holds back disables and deletes above the threshold in one cycle, and asks."
                    on_change=move |on| {
                        wizard.edit("prevent", |draft| draft.connection.prevent_deletions = on);
                    }
                />
                {move || {
                    prevents
                        .get()
                        .then(|| {
                            view! {
                                <TextField
                                    label="Accidental deletion threshold"
                                    kind=TextKind::Number
                                    value=read(|connection| connection.deletion_threshold.clone())
                                    problem=Signal::derive(move || {
                                        wizard.problem_at(Place::DeletionThreshold)
                                    })
                                    on_input=move |text| {
                                        wizard
                                            .edit(
                                                "threshold",
                                                |draft| draft.connection.deletion_threshold = text,
                                            );
                                    }
                                />
                            }
                        })
                }}
            </Stack>
        </Card>
    }
}
