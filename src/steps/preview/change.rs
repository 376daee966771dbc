//! What one state of the configuration does to the people of another: who enters, leaves, changes,
//! and in what.

use leptos::prelude::*;

mod comparing;
mod state;

use crate::ui::{
    Appearance, Button, Card, Cluster, Column, Columns, EmptyState, FileButton, Glyph, Notice,
    Select, SelectOption, Table, Tone, VirtualTable,
};
use crate::wizard::Wizard;
use crate::worker::message::{Compared, MoveRow};
use comparing::Comparing;
use state::State;

/// The card below the results.
#[component]
pub(super) fn Change() -> impl IntoView {
    let comparing = Comparing::new(Wizard::here());
    let can_compare = Memo::new(move |_| {
        let is_busy = comparing.wizard.preview.is_running();
        !is_busy && comparing.states.with(|states| states.len() > 1)
    });
    let refused = move || {
        let why = comparing.refused.get()?;
        Some(view! { <Notice title=format!("The file was not opened: {why}") tone=Tone::Bad /> })
    };
    view! {
        <Show when=move || can_compare.get()>
            <Card
                title="What a change does"
                note="Two states of the configuration over the people in use. Nobody is asked: \
                      what the earlier one would have created stands for what the application holds."
            >
                <Columns>
                    {chosen(comparing, "From", comparing.earlier)}
                    {chosen(comparing, "To", comparing.later)}
                </Columns>
                <Cluster>
                    <Button
                        label="Compare"
                        icon=Glyph::Search
                        off_because=Signal::derive(move || comparing.idle())
                        on_click=move |()| comparing.compare()
                    />
                    <FileButton
                        label="Open a project to compare with"
                        on_file=move |file| comparing.open(file)
                        accept=".json,application/json"
                        appearance=Appearance::Subtle
                    />
                </Cluster>
                {refused}
                {move || comparing.present().map(|compared| view! { <Told comparing compared /> })}
            </Card>
        </Show>
    }
}

fn chosen(comparing: Comparing, label: &'static str, key: RwSignal<String>) -> AnyView {
    let options = Signal::derive(move || {
        comparing.states.with(|states| {
            let of = |state: &State| SelectOption::new(state.key.clone(), state.label.clone());
            states.iter().map(of).collect::<Vec<_>>()
        })
    });
    view! { <Select label value=key on_change=move |chosen| key.set(chosen) options /> }.into_any()
}

#[component]
fn Told(comparing: Comparing, compared: Compared) -> impl IntoView {
    let Compared { movements, unchanged, attributes, leavers, is_above_threshold } = compared;
    let counts = movements.into_iter().map(|(name, count)| {
        let key = StoredValue::new(name.clone());
        let is_pressed =
            Memo::new(move |_| comparing.movement.with(|m| *m == Some(key.get_value())));
        let press = move |_| {
            comparing.opened.set(None);
            comparing.from.set(0);
            comparing.movement.update(|movement| {
                let own = Some(key.get_value());
                *movement = if *movement == own { None } else { own };
            });
        };
        view! {
            <button
                type="button"
                data-state=(count == 0).then_some("none")
                aria-pressed=move || if is_pressed.get() { "true" } else { "false" }
                on:click=press
            >
                <span>{name}</span>
                <strong>{count}</strong>
            </button>
        }
    });
    let named = attributes.into_iter().map(|(name, count)| attribute(comparing, name, count));
    let named: Vec<AnyView> = named.collect();
    let differ = (!named.is_empty()).then(|| {
        view! {
            <div class="outcome-groups" role="group" aria-label="Show only where this attribute differs">
                {named}
            </div>
        }
    });
    let above = is_above_threshold.then(|| {
        let title = format!(
            "{leavers} would be disabled or deleted, more than the threshold allows: the job would \
             hold them back and wait for you"
        );
        view! { <Notice title tone=Tone::Warning /> }
    });
    view! {
        <div class="action-counts" role="group" aria-label="Show only these movements">
            {counts.collect_view()}
        </div>
        {differ}
        <p>{format!("{unchanged} stay as they are.")}</p>
        {above}
        <Moving comparing />
        <Opened comparing />
    }
}

fn attribute(comparing: Comparing, name: String, count: usize) -> AnyView {
    let (own, pressed) = (name.clone(), name.clone());
    let is_pressed = move || {
        let holds = comparing.attribute.with(|one| one.as_ref() == Some(&own));
        if holds { "true" } else { "false" }
    };
    let press = move |_| {
        comparing.opened.set(None);
        comparing.from.set(0);
        comparing.attribute.update(|one| {
            let own = Some(pressed.clone());
            *one = if *one == own { None } else { own };
        });
    };
    view! {
        <button type="button" aria-pressed=is_pressed on:click=press>
            <span>{name}</span>
            " "
            <strong>{count}</strong>
        </button>
    }
    .into_any()
}

#[component]
fn Moving(comparing: Comparing) -> impl IntoView {
    let rows =
        Signal::derive(move || comparing.moves.with(|moves| (moves.from, moves.rows.clone())));
    let columns = vec![
        Column::new("Name", 7, |row: &MoveRow| row.label.clone()),
        Column::new("Movement", 5, |row: &MoveRow| row.movement.clone()),
        Column::new("What", 12, what),
    ];
    view! {
        <VirtualTable
            label="Who moves"
            total=Signal::derive(move || comparing.moves.with(|moves| moves.total))
            rows
            on_window=move |(from, _)| comparing.from.set(from)
            columns
            on_open=move |at| comparing.opened.set(Some(at))
            selected=comparing.opened
            visible=8
            empty=move || view! { <EmptyState title="Nobody moves" glyph=Glyph::Good /> }
        />
    }
}

/// One line: the first attribute, or why.
fn what(row: &MoveRow) -> String {
    let more = match row.attributes.len() {
        0 | 1 => String::new(),
        all => format!(", and {} more", all - 1),
    };
    match row.attributes.first() {
        Some((name, before, after, _)) => format!("{name}: {before} → {after}{more}"),
        None => format!("{}: {}", row.action, row.reason),
    }
}

/// Everything about the one that is opened.
#[component]
fn Opened(comparing: Comparing) -> impl IntoView {
    move || {
        comparing.row().map(|row| {
            let lines = row.attributes.into_iter().map(|(name, before, after, note)| {
                view! {
                    <tr>
                        <th scope="row">
                            <code>{name}</code>
                        </th>
                        <td>
                            <bdi>{before}</bdi>
                        </td>
                        <td>
                            <bdi>{after}</bdi>
                        </td>
                        <td>{note}</td>
                    </tr>
                }
            });
            view! {
                <h3>{format!("{}: {}", row.label, row.action)}</h3>
                <p>{row.reason}</p>
                <Table
                    caption=format!("What differs for {}", row.label)
                    caption_hidden=true
                    dense=true
                    head=vec!["Attribute", "Before", "After", ""]
                >
                    {lines.collect_view()}
                </Table>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::place::Kind;

    #[test]
    fn a_row_tells_its_first_attribute_or_why() {
        let text = |text: &str| text.to_owned();
        let row = MoveRow {
            id: text("1"),
            kind: Kind::User,
            label: text("Ada"),
            movement: text("Leaves"),
            action: text("Skip"),
            reason: text("not assigned"),
            attributes: Vec::new(),
        };
        assert_eq!(what(&row), "Skip: not assigned");
        let title = (text("title"), text("–"), text("Boss"), String::new());
        let one = MoveRow { attributes: vec![title.clone()], ..row.clone() };
        assert_eq!(what(&one), "title: – → Boss");
        let two = MoveRow { attributes: vec![title.clone(), title], ..row };
        assert_eq!(what(&two), "title: – → Boss, and 1 more");
    }
}
