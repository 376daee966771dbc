//! What the edits since the last preview would do: who enters, leaves, changes, and in what.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use crate::draft::Draft;
use crate::ui::{
    Button, CHUNK, Card, Cluster, Column, EmptyState, Glyph, Notice, Table, Tone, VirtualTable,
    chunk_from,
};
use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask, Compared, MoveQuery, MoveRow, Moves};

/// A comparison on show.
#[derive(Clone, Copy)]
struct Comparing {
    wizard: Wizard,
    /// The counts, with the view that they belong to.
    compared: RwSignal<Option<(Compared, u32)>>,
    movement: RwSignal<Option<String>>,
    from: RwSignal<usize>,
    moves: RwSignal<Moves>,
    opened: RwSignal<Option<usize>>,
}

impl Comparing {
    fn new(wizard: Wizard) -> Self {
        let comparing = Self {
            wizard,
            compared: RwSignal::new(None),
            movement: RwSignal::new(None),
            from: RwSignal::new(0),
            moves: RwSignal::default(),
            opened: RwSignal::new(None),
        };
        comparing.follow_rows();
        comparing
    }

    /// The draft of the last preview, where the same people stand under another one now.
    fn earlier(self) -> Option<Draft> {
        let Wizard { preview, .. } = self.wizard;
        if preview.is_running() || preview.outdated.get() || !self.wizard.is_stale(preview) {
            return None;
        }
        let same_people = |basis: &Draft| self.wizard.with(|draft| draft.people == basis.people);
        preview.basis.get().filter(same_people)
    }

    /// The counts of what is typed now; those of an earlier text are void.
    fn present(self) -> Option<Compared> {
        let view = self.wizard.view.get();
        self.compared.get().filter(|(_, of)| *of == view).map(|(compared, _)| compared)
    }

    fn compare(self) {
        let Some(earlier) = untrack(|| self.earlier()) else { return };
        let view = self.wizard.view.get_untracked();
        spawn_local(async move {
            let asked = self.wizard.worker.ask(Ask::Compare(Box::new(earlier))).await;
            if let Ok(Answer::Compared(compared)) = asked {
                self.opened.try_set(None);
                self.movement.try_set(None);
                self.compared.try_set(Some((compared, view)));
            }
        });
    }

    /// The rows follow the filter and the table's window; an answer to an earlier question is
    /// dropped.
    fn follow_rows(self) {
        let query = Memo::new(move |_| {
            self.present()?;
            let from = chunk_from(self.from.get());
            Some(MoveQuery { movement: self.movement.get(), from, count: CHUNK })
        });
        Effect::new(move |_| {
            let Some(asked) = query.get() else { return self.moves.set(Moves::default()) };
            spawn_local(async move {
                let answer = self.wizard.worker.ask(Ask::Moves(asked.clone())).await;
                if let Ok(Answer::Moves(moves)) = answer
                    && query.try_get_untracked().flatten() == Some(asked)
                {
                    self.moves.try_set(moves);
                }
            });
        });
    }

    fn row(self) -> Option<MoveRow> {
        let at = self.opened.get()?;
        self.moves.with(|moves| moves.rows.get(at.checked_sub(moves.from)?).cloned())
    }
}

/// The card below the note that the preview is old.
#[component]
pub(super) fn Change() -> impl IntoView {
    let comparing = Comparing::new(Wizard::here());
    let can_compare = Memo::new(move |_| comparing.earlier().is_some());
    view! {
        <Show when=move || can_compare.get()>
            <Card
                title="What your changes would do"
                note="The mappings and filters of the last preview beside those of now, over the \
                      same people. Nobody is asked: what the last ones would have created stands \
                      for what the application holds."
            >
                <Cluster>
                    <Button
                        label="Compare with the last preview"
                        icon=Glyph::Search
                        on_click=move |()| comparing.compare()
                    />
                </Cluster>
                {move || comparing.present().map(|compared| view! { <Told comparing compared /> })}
            </Card>
        </Show>
    }
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
    let named: Vec<String> =
        attributes.iter().take(8).map(|(name, count)| format!("{name}: {count}")).collect();
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
        <p>
            {format!("{unchanged} stay as they are. ")}
            {(!named.is_empty()).then(|| format!("Attributes that differ: {}.", named.join(", ")))}
        </p>
        {above}
        <Moving comparing />
        <Opened comparing />
    }
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
