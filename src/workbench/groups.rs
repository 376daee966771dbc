//! A survey's groups beside the people of the group that is opened: two tables of any length, of
//! which the page holds the slices on show.

use leptos::{html, prelude::*};

use super::answer::{Question, Surveying, answered};
use super::bench::Bench;
use super::found::in_words;
use crate::ui::{
    CHUNK, Column, EmptyState, Glyph, SearchField, VirtualTable, chunk_from, use_announcer,
};
use crate::worker::message::{
    BenchAnswer, BenchAsk, GroupQuery, Lens, Member, MemberQuery, Slice, ValueGroup,
};

/// The two tables of one lens.
#[derive(Clone, Copy)]
struct Listing {
    bench: Bench,
    lens: Lens,
    groups: RwSignal<Option<Slice<ValueGroup>>>,
    members: RwSignal<Option<Slice<Member>>>,
    search: RwSignal<String>,
    groups_from: RwSignal<usize>,
    members_from: RwSignal<usize>,
    /// The group that is opened, by its place in the table.
    opened: RwSignal<Option<usize>>,
    /// The same by its number, and what it is called.
    group: RwSignal<Option<ValueGroup>>,
}

impl Listing {
    fn new(bench: Bench, surveying: Surveying, lens: Lens) -> Self {
        let search = RwSignal::new(String::new());
        let [groups_from, members_from] = [RwSignal::new(0), RwSignal::new(0)];
        let group = RwSignal::new(None::<ValueGroup>);
        let question: Memo<Question> = Memo::new(move |_| {
            let (survey, view) = surveying.ended.get()?;
            let from = chunk_from(groups_from.get());
            let which = GroupQuery { lens, search: search.get(), from, count: CHUNK };
            Some((BenchAsk::Groups(survey, which), view))
        });
        let groups = answered(bench.wizard, question, |answer| match answer {
            BenchAnswer::Groups(slice) => slice,
            _ => None,
        });
        let question: Memo<Question> = Memo::new(move |_| {
            let (survey, view) = surveying.ended.get()?;
            let group = group.with(|group| group.as_ref().map(|group| group.number))?;
            let from = chunk_from(members_from.get());
            let which = MemberQuery { lens, group: Some(group), from, count: CHUNK };
            Some((BenchAsk::Members(survey, which), view))
        });
        let members = answered(bench.wizard, question, |answer| match answer {
            BenchAnswer::Members(slice) => slice,
            _ => None,
        });
        let opened = RwSignal::new(None);
        let listing =
            Self { bench, lens, groups, members, search, groups_from, members_from, opened, group };
        listing.close_with(surveying);
        listing
    }

    /// Groups of another survey are other groups.
    fn close_with(self, surveying: Surveying) {
        Effect::watch(
            move || surveying.ended.with(|ended| ended.as_ref().map(|(survey, _)| survey.clone())),
            move |now, before, _| {
                if before.is_some_and(|before| before != now) {
                    self.close();
                }
            },
            false,
        );
    }

    fn close(self) {
        self.opened.set(None);
        self.group.set(None);
        self.members.set(None);
    }

    fn open(self, at: usize) {
        let group = self.groups.with_untracked(|slice| {
            let slice = slice.as_ref()?;
            slice.rows.get(at.checked_sub(slice.from)?).cloned()
        });
        self.members_from.set(0);
        self.opened.set(Some(at));
        self.group.set(group);
    }

    fn search_for(self, text: String) {
        self.close();
        self.search.set(text);
    }
}

/// A slice as the table takes it.
fn rows<R: Clone + Send + Sync + 'static>(
    slice: RwSignal<Option<Slice<R>>>,
) -> Signal<(usize, Vec<R>)> {
    Signal::derive(move || {
        let rows = slice.with(|slice| slice.as_ref().map(|slice| (slice.from, slice.rows.clone())));
        rows.unwrap_or_default()
    })
}

fn total<R: Send + Sync + 'static>(slice: RwSignal<Option<Slice<R>>>) -> Signal<usize> {
    Signal::derive(move || slice.with(|slice| slice.as_ref().map_or(0, |slice| slice.total)))
}

/// The groups, and the people of the one that is opened.
#[component]
pub(super) fn Groups(bench: Bench, surveying: Surveying, lens: Lens) -> impl IntoView {
    let listing = Listing::new(bench, surveying, lens);
    let found = Signal::derive(move || {
        let searched = listing.search.with(|text| !text.is_empty());
        searched.then(|| format!("{} found", total(listing.groups).get()))
    });
    let label = match lens {
        Lens::Values => "Search the results",
        Lens::Changes => "Search the changes",
    };
    view! {
        <SearchField
            label
            value=listing.search
            on_input=move |text| listing.search_for(text)
            found
        />
        <div class="bench-groups">
            <GroupTable listing />
            <MemberTable listing />
        </div>
    }
}

#[component]
fn GroupTable(listing: Listing) -> impl IntoView {
    let columns = match listing.lens {
        Lens::Values => vec![
            Column::new("Result", 9, |group: &ValueGroup| in_words(&group.found)),
            Column::new("People", 5, |group: &ValueGroup| group.count.to_string()),
        ],
        Lens::Changes => vec![
            Column::new("Saved", 9, |group: &ValueGroup| {
                group.before.as_ref().map(in_words).unwrap_or_default()
            }),
            Column::new("Now", 9, |group: &ValueGroup| in_words(&group.found)),
            Column::new("People", 5, |group: &ValueGroup| group.count.to_string()),
        ],
    };
    let label = match listing.lens {
        Lens::Values => "Results",
        Lens::Changes => "Changes",
    };
    view! {
        <VirtualTable
            label
            total=total(listing.groups)
            rows=rows(listing.groups)
            on_window=move |(from, _)| listing.groups_from.set(from)
            columns
            on_open=move |at| listing.open(at)
            selected=listing.opened
            visible=9
            empty=move || view! { <NoGroups listing /> }
        />
    }
}

#[component]
fn NoGroups(listing: Listing) -> impl IntoView {
    let title = move || {
        let is_searched = listing.search.with(|text| !text.is_empty());
        match listing.lens {
            _ if listing.groups.with(Option::is_none) => "Nothing is counted yet",
            _ if is_searched => "No result holds these words",
            Lens::Values => "There is nobody to count",
            Lens::Changes => "Nobody changes",
        }
    };
    view! { <EmptyState title=move || title().to_owned() glyph=Glyph::Search /> }
}

/// The people of the opened group; opening one looks at them.
#[component]
fn MemberTable(listing: Listing) -> impl IntoView {
    let announcer = use_announcer();
    let top = NodeRef::<html::Div>::new();
    let heading = move || {
        listing.group.with(|group| {
            let group = group.as_ref()?;
            Some(match &group.before {
                None => format!("Who gets {}", in_words(&group.found)),
                Some(before) => {
                    format!("From {} to {}", in_words(before), in_words(&group.found))
                }
            })
        })
    };
    let look_at = move |at: usize| {
        let member = listing.members.with_untracked(|slice| {
            let slice = slice.as_ref()?;
            slice.rows.get(at.checked_sub(slice.from)?).cloned()
        });
        if let Some(member) = member {
            announcer.say(format!("Looking at {}", member.label));
            listing.bench.look_at(member.id);
        }
    };
    let columns = vec![
        Column::new("Name", 6, |member: &Member| member.label.clone()),
        Column::new("User principal name", 8, |member: &Member| member.detail.clone()),
    ];
    let empty = move || {
        view! {
            <EmptyState title="Open a result to see whose it is" glyph=Glyph::Person />
        }
    };
    view! {
        <div node_ref=top>
            <h3>{move || heading().unwrap_or_else(|| "Who gets it".to_owned())}</h3>
            <VirtualTable
                label="People of the opened result"
                total=total(listing.members)
                rows=rows(listing.members)
                on_window=move |(from, _)| listing.members_from.set(from)
                columns
                on_open=look_at
                visible=8
                empty
            />
        </div>
    }
}
