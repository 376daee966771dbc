//! The groups of which somebody is a direct member.

use leptos::prelude::*;

use super::Editing;
use super::fields::offered;
use crate::draft::place::Kind;
use crate::ui::{Appearance, Button, Cluster, Glyph, Message, TextField};

/// The list, and a way into one more.
pub(super) fn groups(editing: Editing) -> AnyView {
    let name = RwSignal::new(String::new());
    let off = move || {
        let name = name.with(|name| name.trim().to_owned());
        if name.is_empty() {
            return Some("name the group first".to_owned());
        }
        let is_there = editing.with(|record| record.groups.contains(&name));
        is_there.then(|| "it stands in the list already".to_owned())
    };
    let add = move |()| {
        let group = name.with_untracked(|name| name.trim().to_owned());
        editing.edit(|record| record.groups.push(group));
        name.set(String::new());
    };
    let list = move || {
        let names = editing.with(|record| record.groups.clone());
        if names.is_empty() {
            return view! { <p>"Of no group."</p> }.into_any();
        }
        let lines = names.into_iter().map(|name| line(editing, name)).collect_view();
        view! {
            <ul class="memberships" aria-label="Groups">
                {lines}
            </ul>
        }
        .into_any()
    };
    view! {
        <h3>"Direct member of"</h3>
        {list}
        <TextField
            label="Another group"
            hint="Its name or its id.".to_owned()
            value=name
            on_input=move |text| name.set(text)
            suggestions=offered(editing.wizard, name.into(), Kind::Group)
        />
        <Cluster>
            <Button
                label="Add to the group"
                icon=Glyph::Add
                off_because=Signal::derive(off)
                on_click=add
            />
        </Cluster>
    }
    .into_any()
}

fn line(editing: Editing, name: String) -> AnyView {
    let (place, left) = (name.clone(), name.clone());
    let problem = Signal::derive(move || editing.problem(&place));
    view! {
        <li>
            <span>
                {name.clone()}
                <small><Message text=problem /></small>
            </span>
            <Button
                label=format!("Leave {name}")
                icon=Glyph::Delete
                icon_only=true
                appearance=Appearance::Subtle
                on_click=move |()| {
                    editing.mended(&left);
                    editing.edit(|record| record.groups.retain(|each| *each != left));
                }
            />
        </li>
    }
    .into_any()
}
