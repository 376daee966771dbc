//! Something to do, and why it cannot be done yet.

use leptos::{html, prelude::*};

use super::icon::{Glyph, Icon};
use super::id;
use super::message::Message;

/// How loud a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Appearance {
    /// The one thing this screen is for; at most one on a screen.
    Primary,
    /// What else can be done.
    #[default]
    Secondary,
    /// A side remark: in tables, in toolbars.
    Subtle,
    /// Takes something away.
    Danger,
}

impl Appearance {
    const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Subtle => "subtle",
            Self::Danger => "danger",
        }
    }
}

/// Starts something.
///
/// Keyboard: Enter and Space; a button that is off keeps its place in the tab order, so that
/// the reason can be heard.
#[component]
pub fn Button(
    /// The words on it: a verb and its object.
    #[prop(into)]
    label: Signal<String>,
    /// Runs when it is pressed and not off.
    #[prop(into)]
    on_click: Callback<()>,
    /// How loud it is.
    #[prop(optional)]
    appearance: Appearance,
    /// A picture before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// A picture after the words.
    #[prop(optional)]
    trailing_icon: Option<Glyph>,
    /// Shows the picture alone; the label is then heard, and seen on hover.
    #[prop(optional)]
    icon_only: bool,
    /// Why it is off; `None` means it is on. There is no separate "disabled".
    #[prop(into, optional)]
    off_because: Signal<Option<String>>,
    /// For giving it the focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
) -> impl IntoView {
    let tip_id = id::fresh("tip");
    let described_by = tip_id.clone();
    let is_off = move || off_because.with(Option::is_some);
    // An icon alone needs its words as a tip; a reason takes their place.
    let tip =
        move || off_because.get().or_else(|| icon_only.then(|| label.get())).unwrap_or_default();
    view! {
        <span class="button" data-appearance=appearance.name() data-icon-only=icon_only.then_some("")>
            <button
                type="button"
                node_ref=node_ref
                aria-disabled=move || is_off().then_some("true")
                aria-describedby=move || is_off().then(|| described_by.clone())
                on:click=move |_| {
                    if off_because.with_untracked(Option::is_none) {
                        on_click.run(());
                    }
                }
            >
                {icon.map(|glyph| view! { <Icon glyph /> })}
                <span data-part="label">{label}</span>
                {trailing_icon.map(|glyph| view! { <Icon glyph /> })}
            </button>
            <span role="tooltip" id=tip_id><Message text=tip /></span>
        </span>
    }
}

/// A link that looks like a button: it goes somewhere instead of doing something.
///
/// Keyboard: Enter.
#[component]
pub fn ButtonLink(
    /// The words on it.
    #[prop(into)]
    label: Signal<String>,
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// How loud it is.
    #[prop(optional)]
    appearance: Appearance,
    /// A picture before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// A picture after the words.
    #[prop(optional)]
    trailing_icon: Option<Glyph>,
) -> impl IntoView {
    view! {
        <span class="button" data-appearance=appearance.name()>
            <a href=href>
                {icon.map(|glyph| view! { <Icon glyph /> })} <span data-part="label">{label}</span>
                {trailing_icon.map(|glyph| view! { <Icon glyph /> })}
            </a>
        </span>
    }
}
