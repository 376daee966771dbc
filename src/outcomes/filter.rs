//! Narrowing the list of outcomes by words and by kind, and choosing its columns.

use leptos::prelude::*;

use super::Listing;
use super::table::COLUMNS;
use crate::draft::place::Kind;
use crate::ui::{Disclosure, SearchField, Select, SelectOption, Toggle, ToggleKind};

/// The value that stands for both kinds.
const BOTH: &str = "both";

/// Words that the line holds, users or groups, and the columns.
#[component]
pub(super) fn Filters(listing: Listing) -> impl IntoView {
    let wanted = listing.wanted;
    let is_filtered = Memo::new(move |_| listing.is_filtered());
    let found = Signal::derive(move || {
        let total = listing.slice.with(|slice| slice.total);
        Some(if is_filtered.get() { format!("{total} found") } else { format!("{total} in all") })
    });
    view! {
        <div class="outcome-filters">
            <SearchField
                label="Search names, causes and values"
                value=Signal::derive(move || wanted.with(|wanted| wanted.search.clone()))
                on_input=move |text| wanted.update(|wanted| wanted.search = text)
                found
            />
            <Kinds listing />
            <Disclosure summary="Columns">
                <div class="outcome-columns">
                    {COLUMNS.map(|heading| column(listing, heading)).collect_view()}
                </div>
            </Disclosure>
        </div>
    }
}

/// Users, groups, or both.
#[component]
fn Kinds(listing: Listing) -> impl IntoView {
    let wanted = listing.wanted;
    let kinds = Kind::ALL.map(|kind| SelectOption::new(kind.plural(), kind.plural()));
    let both = SelectOption::new(BOTH, "Users and groups");
    let options: Vec<SelectOption> = std::iter::once(both).chain(kinds).collect();
    let value = Signal::derive(move || {
        wanted.with(|wanted| wanted.kind.map_or(BOTH, Kind::plural)).to_owned()
    });
    let choose = move |value: String| {
        let kind = Kind::ALL.into_iter().find(|kind| kind.plural() == value);
        wanted.update(|wanted| wanted.kind = kind);
    };
    view! { <Select label="Users or groups" label_hidden=true value on_change=choose options /> }
}

fn column(listing: Listing, heading: &'static str) -> AnyView {
    let hidden = listing.hidden;
    view! {
        <Toggle
            label=heading
            checked=Signal::derive(move || hidden.with(|hidden| !hidden.contains(&heading)))
            on_change=move |is_shown: bool| {
                hidden.update(|hidden| {
                    hidden.retain(|other| *other != heading);
                    if !is_shown {
                        hidden.push(heading);
                    }
                });
            }
            kind=ToggleKind::Checkbox
        />
    }
    .into_any()
}
