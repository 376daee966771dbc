//! The list of names that opens below the box, and the box.

use leptos::reactive::spawn_local;
use leptos::{ev, prelude::*};

use super::Chosen;
use crate::ui::{Field, Wiring};
use crate::worker::message::Principal;

/// How many names the list offers at once; more are found by typing.
const OFFERED: usize = 8;

/// What the open list shows.
#[derive(Clone, Copy)]
struct Listing {
    chosen: Chosen,
    open: RwSignal<bool>,
    /// What is typed; nothing until something is.
    typed: RwSignal<Option<String>>,
    found: RwSignal<(Vec<Principal>, usize)>,
    active: RwSignal<usize>,
}

impl Listing {
    fn new(chosen: Chosen) -> Self {
        let listing = Self {
            chosen,
            open: RwSignal::new(false),
            typed: RwSignal::default(),
            found: RwSignal::default(),
            active: RwSignal::new(0),
        };
        Effect::new(move |_| {
            chosen.wizard.view.track();
            let typed = listing.typed.get();
            if listing.open.get() {
                spawn_local(listing.search(typed));
            }
        });
        listing
    }

    async fn search(self, typed: Option<String>) {
        let search = typed.clone().unwrap_or_default();
        let found = self.chosen.find(search, OFFERED).await;
        if self.typed.try_with_untracked(|now| *now == typed) == Some(true) {
            self.found.set(found);
        }
    }

    fn show(self) {
        if !self.open.get_untracked() {
            self.typed.set(None);
            self.active.set(0);
            self.open.set(true);
        }
    }

    fn search_for(self, text: String) {
        self.active.set(0);
        self.typed.set(Some(text));
        self.open.set(true);
    }

    fn take(self, at: usize) {
        let id = self.found.with_untracked(|(found, _)| found.get(at).map(|who| who.id.clone()));
        if let Some(id) = id {
            self.chosen.pick(id);
        }
        self.open.set(false);
    }

    /// What stands in the box: what is being typed, or who is chosen.
    fn text(self) -> String {
        let typed = self.open.get().then(|| self.typed.get()).flatten();
        typed.or_else(|| self.chosen.name()).unwrap_or_default()
    }

    fn on_key(self, event: &ev::KeyboardEvent) {
        let last = self.found.with_untracked(|(found, _)| found.len().saturating_sub(1));
        let at = self.active.get_untracked();
        match (event.key().as_str(), self.open.get_untracked()) {
            ("ArrowDown" | "ArrowUp", false) => self.show(),
            ("ArrowDown", true) => self.active.set(if at >= last { 0 } else { at + 1 }),
            ("ArrowUp", true) => self.active.set(at.checked_sub(1).unwrap_or(last)),
            ("Enter", true) => self.take(at),
            ("Escape", true) => self.open.set(false),
            _ => return,
        }
        event.prevent_default();
    }
}

/// Picks the user or group that is looked at, by typing a part of the name.
///
/// Keyboard: typing or the arrow keys open the list, Enter takes the marked name, Escape leaves
/// it as it was.
#[component]
pub fn PersonPicker(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// Who is chosen.
    chosen: Chosen,
) -> impl IntoView {
    let listing = Listing::new(chosen);
    let hint = Signal::derive(move || {
        let detail = chosen.with_person(|person| person.principal.detail.clone());
        Some(detail.unwrap_or_else(|| "nobody to choose from".to_owned()))
    });
    view! {
        <div class="person-picker">
            <Field label hint let:wiring>
                <Combobox wiring listing />
            </Field>
        </div>
    }
}

#[component]
fn Combobox(wiring: Wiring, listing: Listing) -> impl IntoView {
    let Wiring { id, described_by, .. } = wiring;
    let list_id = format!("{id}-list");
    let stem = StoredValue::new(format!("{id}-name"));
    let is_open = move || listing.open.get() && listing.found.with(|(found, _)| !found.is_empty());
    let marked =
        move || is_open().then(|| format!("{}-{}", stem.get_value(), listing.active.get()));
    view! {
        <div data-part="box">
            <input
                class="text-field"
                type="text"
                role="combobox"
                id=id
                aria-describedby=described_by
                aria-autocomplete="list"
                aria-expanded=move || if is_open() { "true" } else { "false" }
                aria-controls=list_id.clone()
                aria-activedescendant=marked
                autocomplete="off"
                spellcheck="false"
                placeholder="Type a name"
                prop:value=move || listing.text()
                on:input=move |event| listing.search_for(event_target_value(&event))
                on:click=move |event| {
                    listing.show();
                    event_target::<web_sys::HtmlInputElement>(&event).select();
                }
                on:keydown=move |event| listing.on_key(&event)
                on:blur=move |_| listing.open.set(false)
            />
            <div data-part="list" hidden=move || !listing.open.get()>
                <ul role="listbox" id=list_id.clone() aria-label="Names">
                    {move || {
                        let (found, _) = listing.found.get();
                        let names = found.into_iter().enumerate();
                        names.map(|(at, who)| name(listing, stem, at, who)).collect_view()
                    }}
                </ul>
                <p>{move || listing.found.with(|(found, total)| remainder(found.len(), *total))}</p>
            </div>
        </div>
    }
}

fn name(listing: Listing, stem: StoredValue<String>, at: usize, who: Principal) -> impl IntoView {
    let is_marked = move || if listing.active.get() == at { "true" } else { "false" };
    view! {
        <li
            role="option"
            id=format!("{}-{at}", stem.get_value())
            aria-selected=is_marked
            // A press keeps the focus in the box, which would otherwise close the list.
            on:mousedown=move |event| event.prevent_default()
            on:click=move |_| listing.take(at)
        >
            <span>{who.label}</span>
            <small>{who.detail} {(!who.in_scope).then_some(" – not in scope")}</small>
        </li>
    }
}

/// What stands below the names.
fn remainder(shown: usize, total: usize) -> Option<String> {
    match total.saturating_sub(shown) {
        0 if shown == 0 => Some("Nobody has such a name.".to_owned()),
        0 => None,
        more => Some(format!("{more} more: type to find them.")),
    }
}

#[cfg(test)]
mod tests {
    use super::remainder;

    #[test]
    fn the_list_says_what_it_leaves_out() {
        assert_eq!(remainder(0, 0).as_deref(), Some("Nobody has such a name."));
        assert_eq!(remainder(3, 3), None);
        assert_eq!(remainder(8, 50).as_deref(), Some("42 more: type to find them."));
    }
}
