//! Narrowing the list of outcomes: by name, by reason; and its order.

use leptos::prelude::*;

use super::Listing;
use crate::ui::{SearchField, Select, SelectOption, Toggle, ToggleKind};

/// The value that stands for every reason.
const ANY: &str = "any";

/// Words of the name, one reason, and the order.
#[component]
pub(super) fn Filters(listing: Listing) -> impl IntoView {
    let is_filtered = Memo::new(move |_| listing.is_filtered());
    let found = Signal::derive(move || {
        let total = listing.slice.with(|slice| slice.total);
        Some(if is_filtered.get() { format!("{total} found") } else { format!("{total} in all") })
    });
    view! {
        <div class="outcome-filters">
            <SearchField
                label="Search by name or user principal name"
                value=listing.search
                on_input=move |text| listing.search.set(text)
                found
            />
            <Reasons listing />
            <Toggle
                label="Sort by name"
                checked=listing.by_name
                on_change=move |on| listing.by_name.set(on)
                kind=ToggleKind::Checkbox
            />
        </div>
    }
}

/// Only one skip reason or error code, as they stand in Entra's provisioning logs.
#[component]
fn Reasons(listing: Listing) -> impl IntoView {
    let summary = listing.progressing.summary;
    let reasons = Memo::new(move |_| summary.with(|summary| summary.reasons.clone()));
    let options = Signal::derive(move || {
        let any = SelectOption::new(ANY, "Any skip reason or error code");
        let of = |(reason, count): (String, usize)| {
            let label = format!("{reason} ({count})");
            SelectOption::new(reason, label)
        };
        std::iter::once(any).chain(reasons.get().into_iter().map(of)).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || listing.reason.get().unwrap_or_else(|| ANY.to_owned()));
    let choose = move |value: String| listing.reason.set((value != ANY).then_some(value));
    view! {
        <Select
            label="Skip reason or error code"
            label_hidden=true
            value
            on_change=choose
            options
        />
    }
}
