//! Narrowing the list of outcomes: by reason, by name, and its order.

use leptos::prelude::*;

use super::Listing;
use crate::ui::{Cluster, SearchField, Select, SelectOption, Toggle, ToggleKind};

/// The value that stands for every reason.
const ANY: &str = "any";

/// Only one skip reason or error code; nothing where the cycle has met none.
#[component]
pub(super) fn Reasons(listing: Listing) -> impl IntoView {
    let summary = listing.progressing.summary;
    let reasons = Memo::new(move |_| summary.with(|summary| summary.reasons.clone()));
    let options = Signal::derive(move || {
        let any = SelectOption::new(ANY, "Any reason or none");
        let of = |(reason, count): (String, usize)| {
            let label = format!("{reason} ({count})");
            SelectOption::new(reason, label)
        };
        std::iter::once(any).chain(reasons.get().into_iter().map(of)).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || listing.reason.get().unwrap_or_else(|| ANY.to_owned()));
    let choose = move |value: String| listing.reason.set((value != ANY).then_some(value));
    let is_there = Memo::new(move |_| reasons.with(|reasons| !reasons.is_empty()));
    view! {
        <Show when=move || is_there.get()>
            <Select
                label="Skip reason or error code"
                value
                on_change=choose
                options
                hint=Some("As they stand in Entra's provisioning logs.".to_owned())
            />
        </Show>
    }
}

/// Words of the name, and the order.
#[component]
pub(super) fn Search(listing: Listing) -> impl IntoView {
    let decided = Memo::new(move |_| {
        let sum = |(_, count): &(String, usize)| *count;
        listing.progressing.summary.with(|summary| summary.actions.iter().map(sum).sum::<usize>())
    });
    let found = Signal::derive(move || {
        Some(format!("{} of {}", listing.slice.with(|slice| slice.total), decided.get()))
    });
    view! {
        <Cluster>
            <SearchField
                label="Search by name or user principal name"
                value=listing.search
                on_input=move |text| listing.search.set(text)
                found
            />
            <Toggle
                label="Sort by name"
                checked=listing.by_name
                on_change=move |on| listing.by_name.set(on)
                kind=ToggleKind::Checkbox
            />
        </Cluster>
    }
}
