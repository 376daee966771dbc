//! Everybody's line, and the story behind the line that is opened.

use leptos::{html, prelude::*};

use super::story::Story;
use super::{Listing, tone};
use crate::draft::place::Kind;
use crate::ui::{Badge, Button, Column, Dialog, EmptyState, Glyph, Icon, Marks, VirtualTable};
use crate::worker::message::{OutcomeColumn, OutcomeRow};

/// The headings, in order.
pub(super) const COLUMNS: [&str; 5] = ["Name", "User principal name", "Action", "Cause", "Detail"];

/// What each column is sorted by.
const ORDERS: [OutcomeColumn; 5] = [
    OutcomeColumn::Name,
    OutcomeColumn::Detail,
    OutcomeColumn::Action,
    OutcomeColumn::Reason,
    OutcomeColumn::Text,
];

/// The lines that the filters leave.
#[component]
pub(super) fn OutcomeTable(listing: Listing) -> impl IntoView {
    let rows = Signal::derive(move || listing.slice.with(|slice| (slice.from, slice.rows.clone())));
    let sort = Signal::derive(move || {
        let (column, is_reversed) = listing.wanted.with(|wanted| wanted.sort)?;
        Some((ORDERS.iter().position(|each| *each == column)?, is_reversed))
    });
    let sort_by = move |place: usize| {
        if let Some(column) = ORDERS.get(place) {
            listing.sort_by(*column);
        }
    };
    let marks = Marks::new(
        move |row: &OutcomeRow| listing.marked.with(|marked| marked.contains(&row.id)),
        move |row: &OutcomeRow| listing.mark(&row.id),
    );
    view! {
        <VirtualTable
            label="Outcomes"
            total=Signal::derive(move || listing.slice.with(|slice| slice.total))
            rows
            on_window=move |(from, _)| listing.from.set(from)
            columns=columns(listing)
            on_open=move |at| listing.opened.set(Some(at))
            selected=listing.opened
            sort
            on_sort=sort_by
            marks
            empty=move || view! { <Nobody listing /> }
        />
    }
}

fn columns(listing: Listing) -> Vec<Column<OutcomeRow>> {
    let widths = [12, 13, 6, 9, 16];
    let cells: [fn(&OutcomeRow) -> AnyView; 5] = [
        name,
        |row| row.detail.clone().into_any(),
        |row| {
            let tone = tone(&row.action);
            view! { <Badge text=row.action.clone() tone /> }.into_any()
        },
        |row| row.reason.clone().into_any(),
        |row| row.text.clone().into_any(),
    ];
    let columns = COLUMNS.into_iter().zip(widths).zip(cells);
    columns
        .map(|((heading, width), cell)| {
            let is_hidden =
                Signal::derive(move || listing.hidden.with(|hidden| hidden.contains(&heading)));
            Column::new(heading, width, cell).sorted().hidden(is_hidden)
        })
        .collect()
}

fn name(row: &OutcomeRow) -> AnyView {
    let glyph = match row.kind {
        Kind::User => Glyph::Person,
        Kind::Group => Glyph::Group,
    };
    view! {
        <span class="outcome-name">
            <Icon glyph />
            {row.label.clone()}
        </span>
    }
    .into_any()
}

#[component]
fn Nobody(listing: Listing) -> impl IntoView {
    let is_filtered = Memo::new(move |_| listing.is_filtered());
    move || {
        if is_filtered.get() {
            view! {
                <EmptyState title="Nobody answers to these filters" glyph=Glyph::Filter>
                    <Button label="Clear the filters" on_click=move |()| listing.clear_filters() />
                </EmptyState>
            }
            .into_any()
        } else {
            view! { <EmptyState title="Nobody is decided yet" glyph=Glyph::Person /> }.into_any()
        }
    }
}

/// The story of the row that is opened, with the way to the next one.
#[component]
pub(super) fn OpenStory(listing: Listing) -> impl IntoView {
    let top = NodeRef::<html::Div>::new();
    let title =
        move || listing.story.with(|story| story.as_ref().map(|story| story.outcome.label.clone()));
    // The next person's story begins at its beginning.
    Effect::new(move |_| {
        listing.story.track();
        if let Some(top) = top.get_untracked() {
            top.scroll_into_view();
        }
    });
    let story = move || {
        listing
            .story
            .get()
            .map(|report| view! { <Story report errand=listing.progressing.errand /> })
    };
    view! {
        <Dialog
            title=Signal::derive(move || title().unwrap_or_else(|| "One moment …".to_owned()))
            open=Signal::derive(move || listing.opened.with(Option::is_some))
            on_close=move |()| listing.opened.set(None)
            wide=true
            actions=move || view! { <Neighbours listing /> }
        >
            // Takes the focus first, so that the arrow keys scroll the story.
            <div class="open-story" tabindex="-1" autofocus node_ref=top>
                {story}
            </div>
        </Dialog>
    }
}

/// Where one is in the list, and the ways back and on.
#[component]
fn Neighbours(listing: Listing) -> impl IntoView {
    let opened = listing.opened;
    let total = Memo::new(move |_| listing.slice.with(|slice| slice.total));
    let at = move || opened.get().unwrap_or_default();
    let is_first = move || (at() == 0).then(|| "this is the first one".to_owned());
    let is_last = move || (at() + 1 >= total.get()).then(|| "this is the last one".to_owned());
    view! {
        <p class="story-place" role="status">
            {move || format!("{} of {}", at() + 1, total.get())}
        </p>
        <Button
            label="Previous person"
            icon=Glyph::ArrowLeft
            off_because=Signal::derive(is_first)
            on_click=move |()| opened.update(|at| *at = at.map(|at| at.saturating_sub(1)))
        />
        <Button
            label="Next person"
            trailing_icon=Glyph::ArrowRight
            off_because=Signal::derive(is_last)
            on_click=move |()| opened.update(|at| *at = at.map(|at| at + 1))
        />
    }
}
