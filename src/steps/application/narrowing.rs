//! What narrows the gallery besides words, and the ways to what it does not hold.

use leptos::prelude::*;

use super::{Showing, Turn};
use crate::gallery::{Capability, Query};
use crate::ui::{
    Button, Card, Cluster, Columns, Disclosure, Glyph, Select, SelectOption, Toggle, ToggleKind,
};

/// The ways to an application that the gallery does not hold.
pub(super) fn elsewhere(turn: Turn) -> AnyView {
    view! {
        <Card
            title="Not in the gallery?"
            note="Any application that speaks SCIM can be set up, and a recipe of your own is as good as one of these."
        >
            <Cluster>
                <Button
                    label="Create your own application"
                    icon=Glyph::Add
                    on_click=move |()| turn.to(Showing::NonGallery)
                />
                <Button
                    label="Use a recipe of your own"
                    icon=Glyph::File
                    on_click=move |()| turn.to(Showing::Own)
                />
            </Cluster>
        </Card>
    }
    .into_any()
}

const ANY: &str = "any";
const COMPLETE: &str = "complete";
const INCOMPLETE: &str = "incomplete";

/// What an application must support, how Entra signs in, and whether its table is known.
pub(super) fn filters(query: RwSignal<Query>) -> AnyView {
    let used = move || {
        let count = query.with(|query| {
            query.needs.len()
                + usize::from(query.auth.is_some())
                + usize::from(query.is_complete.is_some())
        });
        (count > 0).then(|| format!("{count} in use"))
    };
    let needs = Capability::ALL.map(|capability| {
        let change = move |on| {
            query.update(|query| {
                query.needs.retain(|need| *need != capability);
                if on {
                    query.needs.push(capability);
                }
            });
        };
        let checked = move || query.with(|query| query.needs.contains(&capability));
        view! {
            <Toggle
                label=capability.label()
                kind=ToggleKind::Checkbox
                checked=Signal::derive(checked)
                on_change=change
            />
        }
    });
    let auth = [
        (ANY, "Any"),
        ("bearer", "Secret token"),
        ("oauth-client-credentials", "OAuth client credentials"),
        ("oauth-authorization-code", "OAuth, Authorize button"),
        ("basic", "Name and password"),
    ];
    let tables = [
        (ANY, "Any"),
        (COMPLETE, "Known, can be previewed as it is"),
        (INCOMPLETE, "Not known, or not SCIM"),
    ];
    let lines = |lines: &[(&'static str, &'static str)]| {
        lines.iter().map(|(value, label)| SelectOption::new(*value, *label)).collect::<Vec<_>>()
    };
    let auth_chosen =
        move || query.with(|query| query.auth.clone().unwrap_or_else(|| ANY.to_owned()));
    let table_chosen = move || {
        let chosen = match query.with(|query| query.is_complete) {
            None => ANY,
            Some(true) => COMPLETE,
            Some(false) => INCOMPLETE,
        };
        chosen.to_owned()
    };
    let set_table = move |value: String| {
        let wanted = (value != ANY).then(|| value == COMPLETE);
        query.update(|query| query.is_complete = wanted);
    };
    view! {
        <Disclosure summary="Filters" note=Signal::derive(used)>
            <div role="group" aria-label="It must support">
                <Cluster>{needs.collect_view()}</Cluster>
            </div>
            <Columns>
                <Select
                    label="Authentication"
                    value=Signal::derive(auth_chosen)
                    on_change=move |value: String| {
                        query.update(|query| query.auth = (value != ANY).then_some(value));
                    }
                    options=lines(&auth)
                />
                <Select
                    label="Attribute table"
                    value=Signal::derive(table_chosen)
                    on_change=set_table
                    options=lines(&tables)
                />
            </Columns>
        </Disclosure>
    }
    .into_any()
}
