//! Finding users and groups: typing narrows the list, and a choice does.

use leptos::prelude::*;

use crate::ui::{SearchField, Select, SelectOption};

pub(super) const EVERYBODY: &str = "all";
pub(super) const USERS: &str = "users";
pub(super) const GROUPS: &str = "groups";
pub(super) const ASSIGNED: &str = "assigned";
pub(super) const LOST: &str = "lost";

/// The search and the choice.
#[component]
pub(super) fn Finder(
    search: RwSignal<String>,
    filter: RwSignal<String>,
    found: Signal<Option<String>>,
) -> impl IntoView {
    let filters = [
        (EVERYBODY, "Users and groups"),
        (USERS, "Users"),
        (GROUPS, "Groups"),
        (ASSIGNED, "Only assigned"),
        (LOST, "Only lost on the way"),
    ];
    let filters: Vec<_> =
        filters.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect();
    view! {
        <div class="finder">
            <SearchField
                label="Search users and groups"
                value=search
                on_input=move |text| search.set(text)
                found
            />
            <Select
                label="Show"
                label_hidden=true
                value=filter
                on_change=move |value| filter.set(value)
                options=filters
            />
        </div>
    }
}
