//! A field for each attribute, and a way to one that has no field yet.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::Editing;
use crate::draft::place::Kind;
use crate::people::by_hand::typed;
use crate::ui::{
    Button, Cluster, Columns, Disclosure, Glyph, Select, SelectOption, TextArea, TextField,
    TextKind,
};
use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask, ListQuery, Principal, RecordField, Shape};

/// Attributes that the portal has words for.
const WORDS: [(&str, &str); 13] = [
    ("userPrincipalName", "User principal name"),
    ("displayName", "Display name"),
    ("mail", "Mail"),
    ("givenName", "First name"),
    ("surname", "Last name"),
    ("department", "Department"),
    ("jobTitle", "Job title"),
    ("manager", "Manager"),
    ("accountEnabled", "Account enabled"),
    ("userType", "User type"),
    ("description", "Description"),
    ("mailNickname", "Mail nickname"),
    ("securityEnabled", "Security enabled"),
];

/// How many names are offered while one is typed.
const OFFERED: usize = 8;

/// All fields.
pub(super) fn fields(editing: Editing) -> AnyView {
    // What is typed into one of them must not draw all of them anew.
    let count = Memo::new(move |_| editing.with(|record| record.fields.len()));
    let all = move || {
        let count = count.get();
        let fields = untrack(|| editing.with(|record| record.fields.clone()));
        let fields = fields.into_iter().take(count).enumerate();
        fields.map(|(index, each)| field(editing, index, each)).collect_view()
    };
    view! { <div class="record-fields">{all}</div> }.into_any()
}

fn field(editing: Editing, index: usize, field: RecordField) -> AnyView {
    let RecordField { name, shape, is_read, .. } = field;
    let words = WORDS.iter().find(|(each, _)| *each == name).map(|(_, words)| *words);
    let label = words.unwrap_or(&name).to_owned();
    let own = words.map(|_| format!("`{name}`"));
    let mapped = is_read.then(|| "mapped".to_owned());
    let lines = (shape == Shape::List).then(|| "one on each line".to_owned());
    let hint: Vec<String> = own.into_iter().chain(mapped).chain(lines).collect();
    let hint = (!hint.is_empty()).then(|| hint.join(", "));
    let value = Signal::derive(move || {
        editing.with(|record| record.fields.get(index).map(|f| f.text.clone()).unwrap_or_default())
    });
    let place = StoredValue::new(name.clone());
    let change = Callback::new(move |text: String| {
        editing.mended(&place.get_value());
        editing.edit(|record| {
            if let Some(field) = record.fields.get_mut(index) {
                field.text = text;
            }
        });
    });
    let suggestions = match name.as_str() {
        "manager" => offered(editing.wizard, value, Kind::User),
        "userType" => Signal::stored(
            [("Member", "one of your own"), ("Guest", "invited")].map(owned).to_vec(),
        ),
        _ => Signal::stored(Vec::new()),
    };
    let kind = if name == "mail" { TextKind::Email } else { TextKind::Text };
    let problem = Signal::derive(move || editing.problem(&name));
    match shape {
        Shape::Boolean => view! {
            <Select label hint=Signal::stored(hint) value on_change=change problem options=truths() />
        }
        .into_any(),
        Shape::List => view! {
            <TextArea label hint=Signal::stored(hint) value on_input=change problem rows=3 />
        }
        .into_any(),
        Shape::Text | Shape::Number => view! {
            <TextField
                label
                hint=Signal::stored(hint)
                value
                on_input=change
                problem
                suggestions
                kind
            />
        }
        .into_any(),
    }
}

fn owned((value, words): (&str, &str)) -> (String, String) {
    (value.to_owned(), words.to_owned())
}

fn truths() -> Vec<SelectOption> {
    let lines = [("", "No value"), ("True", "True"), ("False", "False")];
    lines.map(|(value, label)| SelectOption::new(value, label)).to_vec()
}

/// The names of users or groups that hold what is typed.
pub(super) fn offered(
    wizard: Wizard,
    typed: Signal<String>,
    kind: Kind,
) -> Signal<Vec<(String, String)>> {
    let found = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        let search = typed.get();
        spawn_local(async move {
            let query = ListQuery {
                search: search.clone(),
                kind: Some(kind),
                count: OFFERED,
                ..ListQuery::default()
            };
            let Ok(Answer::List(slice)) = wizard.worker.ask(Ask::List(query)).await else { return };
            if typed.try_get_untracked() != Some(search) {
                return;
            }
            let line = |who: Principal| match kind {
                Kind::User => (who.detail, who.label),
                Kind::Group => (who.label, who.detail),
            };
            found.set(slice.rows.into_iter().map(line).collect());
        });
    });
    found.into()
}

/// One more attribute by its name.
#[component]
pub(super) fn Other(editing: Editing) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let shape = RwSignal::new(String::new());
    let problem = move || {
        let name = name.get();
        let checked = if name.is_empty() { return None } else { typed::name(&name) };
        match checked {
            Err((rule, repair)) => Some(format!("{rule} – {repair}")),
            Ok(name) => editing
                .with(|record| record.fields.iter().any(|field| field.name == name))
                .then(|| "it has a field already – change it there".to_owned()),
        }
    };
    let off = move || {
        let missing = name.with(String::is_empty).then(|| "name the attribute first".to_owned());
        missing.or_else(problem)
    };
    let add = move |()| {
        let text = name.get_untracked();
        let Ok(wanted) = typed::name(&text) else { return };
        let chosen = SHAPES.iter().find(|(value, _, _)| shape.with_untracked(|s| s == value));
        let shape = chosen.map_or_else(|| typed::shape(wanted), |(_, _, shape)| *shape);
        let wanted = wanted.to_owned();
        editing.edit(|record| {
            let text = String::new();
            record.fields.push(RecordField { name: wanted, shape, text, is_read: false });
        });
        name.set(String::new());
    };
    let options: Vec<_> = std::iter::once(SelectOption::new("", "What its name says, else text"))
        .chain(SHAPES.iter().map(|(value, label, _)| SelectOption::new(*value, *label)))
        .collect();
    view! {
        <Disclosure summary="Another attribute">
            <Columns>
                <TextField
                    label="Name of the attribute"
                    value=name
                    on_input=move |text| name.set(text)
                    problem=Signal::derive(problem)
                    mono=true
                />
                <Select
                    label="What its values are"
                    value=shape
                    on_change=move |value| shape.set(value)
                    options
                />
            </Columns>
            <Cluster>
                <Button
                    label="Add the attribute"
                    icon=Glyph::Add
                    off_because=Signal::derive(off)
                    on_click=add
                />
            </Cluster>
        </Disclosure>
    }
}

const SHAPES: [(&str, &str, Shape); 4] = [
    ("text", "Text", Shape::Text),
    ("boolean", "True or False", Shape::Boolean),
    ("number", "A number", Shape::Number),
    ("list", "Several texts", Shape::List),
];
