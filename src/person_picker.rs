//! One user or group to look at: which one it is, what the worker says of it, and how to pick
//! another. By default it is the first who is in scope.

use leptos::reactive::spawn_local;
use leptos::{ev, prelude::*};

use crate::draft::place::Kind;
use crate::ui::{Field, Wiring};
use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask, ListQuery, Person, Principal};

/// How many names the list offers at once; more are found by typing.
const OFFERED: usize = 8;

/// Among how many the first who is in scope is looked for.
const LOOKED_THROUGH: usize = 500;

/// The user or group that is looked at.
#[derive(Clone, Copy)]
pub struct Chosen {
    wizard: Wizard,
    kind: Kind,
    /// Who was picked, or found by default and kept since; nothing before that.
    picked: RwSignal<Option<String>>,
    person: RwSignal<Option<Person>>,
    asked: StoredValue<u32>,
}

impl Chosen {
    /// The first of a kind who is in scope, until another is picked. What the worker says follows
    /// every edit of the draft.
    pub fn new(wizard: Wizard, kind: Kind) -> Self {
        let chosen = Self {
            wizard,
            kind,
            picked: RwSignal::new(None),
            person: RwSignal::new(None),
            asked: StoredValue::new(0),
        };
        Effect::new(move |_| {
            wizard.view.track();
            chosen.look_up();
        });
        chosen
    }

    /// Reads what the worker says; nothing where the directory has none of this kind.
    pub fn with_person<T>(self, read: impl FnOnce(&Person) -> T) -> Option<T> {
        self.person.with(|person| person.as_ref().map(read))
    }

    /// The name, for sentences.
    pub fn name(self) -> Option<String> {
        self.with_person(|person| person.principal.label.clone())
    }

    fn pick(self, id: String) {
        self.picked.set(Some(id));
    }

    fn look_up(self) {
        let picked = self.picked.get();
        self.asked.update_value(|count| *count = count.wrapping_add(1));
        let question = self.asked.get_value();
        spawn_local(async move {
            let id = match picked {
                Some(id) => Some(id),
                None => self.first().await,
            };
            let person = match id {
                Some(id) => self.wizard.worker.ask(Ask::Person(id)).await,
                None => Ok(Answer::Person(None)),
            };
            // Another question has overtaken this one, or the screen has gone.
            if self.asked.try_get_value() != Some(question) {
                return;
            }
            let person = match person {
                Ok(Answer::Person(person)) => person,
                _ => None,
            };
            if person.is_none() && self.picked.with_untracked(Option::is_some) {
                // Other people are in use now.
                return self.picked.set(None);
            }
            // An edit that takes the default out of scope must show just that, not somebody else.
            let id = person.as_ref().map(|person| person.principal.id.clone());
            self.picked.update_untracked(|picked| *picked = id);
            self.person.set(person);
        });
    }

    async fn first(self) -> Option<String> {
        let (found, _) = find(self.wizard, self.kind, String::new(), LOOKED_THROUGH).await;
        let in_scope = found.iter().find(|principal| principal.in_scope);
        in_scope.or(found.first()).map(|principal| principal.id.clone())
    }
}

/// The first who answer to a search, and how many do.
async fn find(wizard: Wizard, kind: Kind, search: String, count: usize) -> (Vec<Principal>, usize) {
    let query = ListQuery { search, kind: Some(kind), count, ..ListQuery::default() };
    match wizard.worker.ask(Ask::List(query)).await {
        Ok(Answer::List(slice)) => (slice.rows, slice.total),
        _ => (Vec::new(), 0),
    }
}

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
        let found = find(self.chosen.wizard, self.chosen.kind, search, OFFERED).await;
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
