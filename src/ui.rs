//! The widgets: native HTML with one look, knowing nothing of SCIM, of the wizard or of its steps.
//!
//! A text or a state that may change is a `Signal`: a string, a signal or a closure can be given.
//! Each widget draws one block of `style/ui.css` that has its name in kebab case.
//!
//! Around a screen:
//! - [`Frame`] `product="SCIM Wizard" home="#/" status=.. actions=.. rail=.. footer=..`
//! - [`Rail`] `label="Steps" steps=vec![RailStep { title, href, state, current }]`
//! - [`Page`] `place="Step 3 of 8" title="Connection" lead=".." about=|| view! { .. }`
//! - [`Card`] `title="Admin credentials" note=".." actions=|| view! { .. }`
//! - [`Stack`], [`Cluster`], [`Columns`]: one under the other, in a line, side by side
//!
//! Doing:
//! - [`Button`] `label="Test Connection" on_click=.. appearance=Appearance::Primary off_because=..`
//! - [`ButtonLink`] `label="Next" href="#/people" trailing_icon=Glyph::ArrowRight`
//! - [`CopyButton`] `text=.. what="Request"`
//! - [`DropArea`] `text="Drop files here" label="Choose files" on_files=.. accept=".csv"`
//! - [`FileButton`] `label="Open a file" on_file=.. accept=".json"`
//!
//! Asking:
//! - [`Field`] `label=".." problem=.. let:wiring`: for a control that is not here
//! - [`TextField`] `label="Tenant URL" value=.. on_input=.. problem=.. kind=TextKind::Url mono=true`
//! - [`TextArea`] `label=".." value=.. on_input=.. rows=8 mono=true`
//! - [`CodeField`] `label=".." value=.. on_input=.. reading=.. spot=.. suggest=..`
//! - [`SecretField`] `label="Secret token" held=.. on_commit=.. on_forget=..`
//! - [`SearchField`] `label="Search applications" value=.. on_input=.. found=..`
//! - [`Choice`] `legend="Route" value=.. on_change=.. options=vec![ChoiceOption::new(..)]`
//! - [`Select`] `label="Operator" value=.. on_change=.. options=vec![SelectOption::new(..)]`
//! - [`Toggle`] `label="Provisioning" checked=.. on_change=.. kind=ToggleKind::Checkbox`
//!
//! Showing:
//! - [`Table`] `caption="Clauses" head=vec!["Attribute", "Operator", ""]`, rows as children
//! - [`VirtualTable`] `label="People" total=.. rows=.. on_window=.. columns=.. on_open=..`
//! - [`Tabs`] `label="Views" tabs=vec![Tab::new("users", "Users")] selected=.. on_select=..`
//! - [`Disclosure`] `summary="Response headers" note="7"`
//! - [`Checks`] `label="Layers" checks=..`: one line each, with more behind it
//! - [`Code`] `label="POST /Users" text=..`
//! - [`Funnel`] `label="People" bars=vec![FunnelBar::new("In scope", 47)]`
//! - [`Stat`] `label="Create" value="12" tone=Tone::Good`
//! - [`Badge`] `text="Sandbox" tone=Tone::Info`
//! - [`Icon`] `glyph=Glyph::Check`
//! - [`Message`] `text="write `` `https://` ``"`: a sentence with names in backticks
//! - [`EmptyState`] `title="No people yet" glyph=Glyph::Person`
//!
//! Telling:
//! - [`Notice`] `title="The token was refused" tone=Tone::Bad urgency=Urgency::Alert`
//! - [`Progress`] `label="Reading the target" done=.. text="412 of 1,000"`
//! - [`Dialog`] `title="Edit attribute" open=.. on_close=.. actions=|| view! { .. }`
//! - [`LiveRegion`] once on the page after [`provide_announcer`]; then [`use_announcer`]`().say(..)`

mod announce;
mod arrange;
mod badge;
mod button;
mod card;
mod checks;
mod choice;
mod code;
mod code_field;
mod copy_button;
mod dialog;
mod disclosure;
mod drop_area;
mod empty_state;
mod field;
mod file_button;
mod frame;
mod funnel;
mod icon;
mod id;
mod message;
mod notice;
mod page;
mod progress;
mod rail;
mod search_field;
mod secret_field;
mod select;
mod stat;
mod table;
mod tabs;
mod text_field;
mod toggle;
mod tone;
mod virtual_table;

pub use announce::{Announcer, LiveRegion, provide_announcer, use_announcer};
pub use arrange::{Cluster, Columns, Stack};
pub use badge::Badge;
pub use button::{Appearance, Button, ButtonLink};
pub use card::Card;
pub use checks::{Check, Checks};
pub use choice::{Choice, ChoiceOption};
pub use code::Code;
pub use code_field::{
    CodeControl, CodeField, CodeFix, CodeOffer, CodeOffers, CodePlace, CodeProblem, CodeReading,
    CodeSignature, CodeSpot,
};
pub use copy_button::CopyButton;
pub use dialog::Dialog;
pub use disclosure::Disclosure;
pub use drop_area::DropArea;
pub use empty_state::EmptyState;
pub use field::{Field, Wiring};
pub use file_button::FileButton;
pub use frame::Frame;
pub use funnel::{Funnel, FunnelBar};
pub use icon::{Glyph, Icon};
pub use message::Message;
pub use notice::{Notice, Urgency};
pub use page::Page;
pub use progress::Progress;
pub use rail::{Rail, RailState, RailStep};
pub use search_field::SearchField;
pub use secret_field::SecretField;
pub use select::{Select, SelectOption};
pub use stat::Stat;
pub use table::Table;
pub use tabs::{Tab, Tabs};
pub use text_field::{TextArea, TextField, TextKind};
pub use toggle::{Toggle, ToggleKind};
pub use tone::Tone;
pub use virtual_table::{CHUNK, Column, Marks, VirtualTable, chunk_from};
