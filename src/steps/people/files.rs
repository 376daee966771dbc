//! The files that were chosen: what each of them is, and how its columns are read.

use leptos::prelude::*;

use super::pasted::size;
use crate::people::import;
use crate::ui::{
    Appearance, Button, Disclosure, Glyph, Message, Select, SelectOption, Table, TextField,
};
use crate::wizard::Wizard;
use crate::wizard::import::Chosen;
use crate::worker::message::{FileSeen, RowKind, TableOrder};

/// What a table may have rows for: value, words.
const ROWS: [(&str, &str, RowKind); 3] = [
    ("users", "Users", RowKind::Users),
    ("groups", "Groups", RowKind::Groups),
    ("members", "Members of one group", RowKind::Members),
];

/// Stands for a column that is left out.
const LEFT_OUT: &str = "-";

/// The list of files.
#[component]
pub(super) fn Files(wizard: Wizard) -> impl IntoView {
    let chosen = wizard.import.chosen;
    // What somebody decides about a file must not draw the list anew under their hand.
    let known = Memo::new(move |_| {
        chosen.with(|files| {
            files.iter().map(|file| (file.number, file.seen.is_some())).collect::<Vec<_>>()
        })
    });
    move || {
        let numbers = known.get();
        let files = chosen.get_untracked().into_iter().map(|file| one(wizard, file)).collect_view();
        (!numbers.is_empty()).then(|| {
            view! {
                <ul class="files" aria-label="Files to read">
                    {files}
                </ul>
            }
        })
    }
}

fn one(wizard: Wizard, file: Chosen) -> AnyView {
    let Chosen { number, seen, order } = file;
    let name = order.name.clone();
    let what = match &seen {
        None => "is being looked at".to_owned(),
        Some(FileSeen::Json) => "Microsoft Graph JSON".to_owned(),
        Some(FileSeen::Table { columns, .. }) => format!("a table with {} columns", columns.len()),
        Some(FileSeen::Unreadable(why)) => why.clone(),
    };
    let state = matches!(seen, Some(FileSeen::Unreadable(_))).then_some("wrong");
    let table = match seen {
        Some(FileSeen::Table { columns, .. }) => Some(columns_of(wizard, number, &name, columns)),
        _ => None,
    };
    view! {
        <li data-state=state>
            <div>
                <strong>{name.clone()}</strong>
                <small>
                    {size(order.bytes)} ", " <Message text=Some(what) />
                </small>
            </div>
            <Button
                label=format!("Leave {name} out")
                icon=Glyph::Delete
                icon_only=true
                appearance=Appearance::Subtle
                on_click=move |()| wizard.leave_file_out(number)
            />
            {table}
        </li>
    }
    .into_any()
}

/// What a table has rows for, and the attribute of each column.
fn columns_of(wizard: Wizard, number: u32, name: &str, columns: Vec<(String, String)>) -> AnyView {
    let order = Memo::new(move |_| {
        wizard.import.chosen.with(|files| {
            let file = files.iter().find(|file| file.number == number);
            file.and_then(|file| file.order.table.clone()).unwrap_or_default()
        })
    });
    let edit = move |change: &dyn Fn(&mut TableOrder)| {
        wizard.edit_file(number, |order| change(order.table.get_or_insert_default()));
    };
    let count = columns.len();
    let note = move || {
        let used = order.with(|order| order.columns.iter().flatten().count());
        Some(format!("{used} of {count} are read"))
    };
    let who = move || order.with(identity_problem);
    let rows = columns
        .into_iter()
        .enumerate()
        .map(|(index, (name, sample))| column(index, name, sample, order, edit))
        .collect_view();
    let rows_value = move || {
        let kind = order.with(|order| order.rows);
        ROWS.iter().find(|(.., each)| *each == kind).map_or("", |(value, ..)| value).to_owned()
    };
    let choose_rows = move |value: String| {
        if let Some((.., kind)) = ROWS.iter().find(|(each, ..)| *each == value) {
            edit(&|order| order.rows = *kind);
        }
    };
    let options: Vec<_> =
        ROWS.iter().map(|(value, label, _)| SelectOption::new(*value, *label)).collect();
    let is_open = order.with_untracked(|order| identity_problem(order).is_some());
    view! {
        <Disclosure summary=format!("Columns of {name}") note=Signal::derive(note) open=is_open>
            <Select
                label="A row is"
                value=Signal::derive(rows_value)
                on_change=choose_rows
                options
                problem=Signal::derive(who)
            />
            <Show when=move || order.with(|order| order.rows == RowKind::Members)>
                <TextField
                    label="Name of the group"
                    hint="The file does not say whose members they are.".to_owned()
                    value=Signal::derive(move || order.with(|order| order.group.clone()))
                    on_input=move |text: String| edit(&|order| order.group.clone_from(&text))
                />
            </Show>
            <Table
                caption="Columns and the attributes that they fill"
                caption_hidden=true
                head=vec!["Column", "First value", "Attribute"]
                dense=true
            >
                {rows}
            </Table>
        </Disclosure>
    }
    .into_any()
}

fn column(
    index: usize,
    name: String,
    sample: String,
    order: Memo<TableOrder>,
    edit: impl Fn(&dyn Fn(&mut TableOrder)) + Copy + Send + Sync + 'static,
) -> AnyView {
    let value = move || {
        let column = order.with(|order| order.columns.get(index).cloned().flatten());
        column.unwrap_or_else(|| LEFT_OUT.to_owned())
    };
    // A later choice must not draw the list anew under the hand that chooses.
    let own = untrack(value);
    let change = move |value: String| {
        let attribute = Some(value.clone()).filter(|value| value != LEFT_OUT);
        edit(&|order| {
            if let Some(column) = order.columns.get_mut(index) {
                column.clone_from(&attribute);
            }
        });
    };
    view! {
        <tr>
            <td>{name.clone()}</td>
            <td>{shortened(&sample)}</td>
            <td>
                <Select
                    label=format!("Attribute of the column {name}")
                    label_hidden=true
                    value=Signal::derive(value)
                    on_change=change
                    options=options(&own)
                />
            </td>
        </tr>
    }
    .into_any()
}

/// The attributes to pick from; one that only this file has stands among them.
fn options(own: &str) -> Vec<SelectOption> {
    let mut options = vec![SelectOption::new(LEFT_OUT, "Left out")];
    if own != LEFT_OUT && !import::attributes().any(|name| name == own) {
        options.push(SelectOption::new(own, own));
    }
    options.extend(import::attributes().map(|name| SelectOption::new(name, name)));
    options
}

/// Why nobody could tell who a row is.
fn identity_problem(order: &TableOrder) -> Option<String> {
    let has = |wanted: &str| order.columns.iter().flatten().any(|column| column == wanted);
    let is_known = has("id")
        || has("userPrincipalName")
        || (order.rows == RowKind::Groups && has("displayName"));
    (!is_known).then(|| {
        "no column says who a row is – choose `id` or `userPrincipalName` for one below".to_owned()
    })
}

/// The beginning of a value.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_needs_a_column_that_says_who() {
        let of = |rows, columns: &[&str]| TableOrder {
            rows,
            columns: columns.iter().map(|name| Some((*name).to_owned())).collect(),
            ..TableOrder::default()
        };
        assert!(identity_problem(&of(RowKind::Users, &["mail", "displayName"])).is_some());
        assert_eq!(identity_problem(&of(RowKind::Users, &["userPrincipalName"])), None);
        assert_eq!(identity_problem(&of(RowKind::Groups, &["displayName"])), None);
    }

    #[test]
    fn an_attribute_of_its_own_can_be_picked() {
        let listed = |own| options(own).len();
        assert_eq!(listed("badge_no"), listed("mail") + 1);
        assert_eq!(shortened(&"é".repeat(50)), format!("{}…", "é".repeat(40)));
    }
}
