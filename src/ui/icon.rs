//! Pictures from the sprite `public/icons.svg`.

use leptos::prelude::*;

/// A symbol of the sprite; the name in the file is the variant's name in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Something new.
    Add,
    /// An application.
    App,
    /// Back, or the way out to the left.
    ArrowLeft,
    /// On, or the way in to the right.
    ArrowRight,
    /// Further down.
    ArrowDown,
    /// Further up.
    ArrowUp,
    /// A failure, in a ring.
    Bad,
    /// Cannot be reached yet.
    Blocked,
    /// Done, ticked, chosen.
    Check,
    /// More below.
    ChevronDown,
    /// More to the right.
    ChevronRight,
    /// Away with it.
    Close,
    /// A wire between two systems.
    Connection,
    /// Onto the clipboard.
    Copy,
    /// Out of the list.
    Delete,
    /// To a file on this machine.
    Download,
    /// Change it.
    Edit,
    /// Look without touching.
    Eye,
    /// A file.
    File,
    /// A narrower choice.
    Filter,
    /// Try it out.
    Flask,
    /// A success, in a ring.
    Good,
    /// A group of people.
    Group,
    /// Worth knowing, in a ring.
    Info,
    /// A secret.
    Key,
    /// Opens elsewhere.
    Link,
    /// One attribute becomes another.
    Mapping,
    /// One person.
    Person,
    /// Go.
    Play,
    /// Forward again.
    Redo,
    /// As it was at the start.
    Reset,
    /// What is in and what is out.
    Scope,
    /// Find.
    Search,
    /// Attention, in a triangle.
    Warning,
    /// Hold.
    Stop,
    /// Light and dark.
    Theme,
    /// Back by one.
    Undo,
    /// From a file on this machine.
    Upload,
}

impl Glyph {
    const fn href(self) -> &'static str {
        match self {
            Self::Add => "icons.svg#add",
            Self::App => "icons.svg#app",
            Self::ArrowLeft => "icons.svg#arrow-left",
            Self::ArrowRight => "icons.svg#arrow-right",
            Self::ArrowDown => "icons.svg#arrow-down",
            Self::ArrowUp => "icons.svg#arrow-up",
            Self::Bad => "icons.svg#bad",
            Self::Blocked => "icons.svg#blocked",
            Self::Check => "icons.svg#check",
            Self::ChevronDown => "icons.svg#chevron-down",
            Self::ChevronRight => "icons.svg#chevron-right",
            Self::Close => "icons.svg#close",
            Self::Connection => "icons.svg#connection",
            Self::Copy => "icons.svg#copy",
            Self::Delete => "icons.svg#delete",
            Self::Download => "icons.svg#download",
            Self::Edit => "icons.svg#edit",
            Self::Eye => "icons.svg#eye",
            Self::File => "icons.svg#file",
            Self::Filter => "icons.svg#filter",
            Self::Flask => "icons.svg#flask",
            Self::Good => "icons.svg#good",
            Self::Group => "icons.svg#group",
            Self::Info => "icons.svg#info",
            Self::Key => "icons.svg#key",
            Self::Link => "icons.svg#link",
            Self::Mapping => "icons.svg#mapping",
            Self::Person => "icons.svg#person",
            Self::Play => "icons.svg#play",
            Self::Redo => "icons.svg#redo",
            Self::Reset => "icons.svg#reset",
            Self::Scope => "icons.svg#scope",
            Self::Search => "icons.svg#search",
            Self::Stop => "icons.svg#stop",
            Self::Theme => "icons.svg#theme",
            Self::Undo => "icons.svg#undo",
            Self::Upload => "icons.svg#upload",
            Self::Warning => "icons.svg#warning",
        }
    }
}

/// A picture beside a word: it decorates, the word says it, so it is hidden from screen readers.
///
/// Keyboard: none; what it stands in takes the focus.
#[component]
pub fn Icon(
    /// Which symbol.
    #[prop(into)]
    glyph: Signal<Glyph>,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=move || glyph.get().href()></use>
        </svg>
    }
}
