//! Views of one thing, side by side.

use leptos::{ev, html, prelude::*};

use super::id;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    value: &'static str,
    label: &'static str,
}

impl Tab {
    /// A tab: the value it stands for and its name.
    pub const fn new(value: &'static str, label: &'static str) -> Self {
        Self { value, label }
    }
}

/// Shows one of several views of the same thing. The caller draws the panel for the tab that is
/// selected and hands it in.
///
/// Keyboard: one stop of the Tab key; arrow keys, Home and End move and select.
#[component]
pub fn Tabs(
    /// What the tabs are views of.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs, in order.
    tabs: Vec<Tab>,
    /// The value of the tab that is selected.
    #[prop(into)]
    selected: Signal<String>,
    /// Takes the value of the tab that was selected.
    #[prop(into)]
    on_select: Callback<String>,
    /// The panel of the selected tab.
    children: Children,
) -> impl IntoView {
    let stem = id::fresh("tab");
    let panel_id = format!("{stem}-panel");
    let refs: Vec<NodeRef<html::Button>> = tabs.iter().map(|_| NodeRef::new()).collect();
    let values: Vec<&'static str> = tabs.iter().map(|tab| tab.value).collect();
    let move_to = {
        let refs = refs.clone();
        move |event: ev::KeyboardEvent| {
            let at = values.iter().position(|value| selected.with_untracked(|own| own == value));
            let Some(next) = target_of(&event.key(), at.unwrap_or_default(), values.len()) else {
                return;
            };
            event.prevent_default();
            if let Some(value) = values.get(next) {
                on_select.run((*value).to_owned());
            }
            if let Some(button) = refs.get(next).and_then(|button| button.get_untracked()) {
                // Focus fails only on an element that left the page.
                let _ = button.focus();
            }
        }
    };
    let buttons = tabs
        .into_iter()
        .zip(refs)
        .map(|(tab, node_ref)| {
            let is_selected = Memo::new(move |_| selected.with(|own| own == tab.value));
            view! {
                <button
                    type="button"
                    role="tab"
                    node_ref=node_ref
                    id=format!("{stem}-{}", tab.value)
                    aria-selected=move || if is_selected.get() { "true" } else { "false" }
                    aria-controls=panel_id.clone()
                    tabindex=move || if is_selected.get() { "0" } else { "-1" }
                    on:click=move |_| on_select.run(tab.value.to_owned())
                >
                    <span data-text=tab.label>{tab.label}</span>
                </button>
            }
        })
        .collect_view();
    let named_by = move || format!("{stem}-{}", selected.get());
    view! {
        <div class="tabs">
            <div role="tablist" aria-label=label on:keydown=move_to>
                {buttons}
            </div>
            <div role="tabpanel" id=panel_id aria-labelledby=named_by tabindex="0">
                {children()}
            </div>
        </div>
    }
}

/// Which tab a key leads to.
fn target_of(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if at == last { 0 } else { at + 1 }),
        "ArrowLeft" => Some(at.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::target_of;

    #[test]
    fn arrows_go_round_and_other_keys_stay() {
        assert_eq!(target_of("ArrowRight", 2, 3), Some(0));
        assert_eq!(target_of("ArrowLeft", 0, 3), Some(2));
        assert_eq!(target_of("End", 0, 3), Some(2));
        assert_eq!(target_of("a", 1, 3), None);
        assert_eq!(target_of("Home", 0, 0), None);
    }
}
