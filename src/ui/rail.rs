//! Where one is on a walk of several steps.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How far a step is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RailState {
    /// Still to do.
    #[default]
    Open,
    /// All it needs is there.
    Done,
    /// Something in it is wrong, and what.
    Problem(String),
    /// Cannot be done yet, and why.
    Blocked(String),
}

impl RailState {
    const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Problem(_) => "problem",
            Self::Blocked(_) => "blocked",
        }
    }

    const fn glyph(&self) -> Option<Glyph> {
        match self {
            Self::Open => None,
            Self::Done => Some(Glyph::Check),
            Self::Problem(_) => Some(Glyph::Warning),
            Self::Blocked(_) => Some(Glyph::Blocked),
        }
    }

    /// What stands under the title, and a word before it for those who do not see the mark.
    ///
    /// There is always something, so that nothing moves when the state changes.
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::Open => ("", "To do".to_owned()),
            Self::Done => ("", "Done".to_owned()),
            Self::Problem(what) => ("Problem: ", what.clone()),
            Self::Blocked(why) => ("Blocked: ", why.clone()),
        }
    }
}

/// One step of a [`Rail`].
#[derive(Clone)]
pub struct RailStep {
    /// Its name.
    pub title: &'static str,
    /// Its address.
    pub href: String,
    /// How far it is.
    pub state: Signal<RailState>,
    /// Whether it is the one on the screen.
    pub current: Signal<bool>,
}

/// The steps of a walk, numbered in order, with the state of each; on a narrow screen a row of
/// numbers above the step.
///
/// Keyboard: each step is a link; a blocked one too, for its page says what is missing.
#[component]
pub fn Rail(
    /// What the walk is.
    #[prop(into)]
    label: Signal<String>,
    /// The steps, in order.
    steps: Vec<RailStep>,
) -> impl IntoView {
    let items = (1..).zip(steps).map(|(number, step)| item(number, step)).collect_view();
    view! {
        <nav class="rail" aria-label=label>
            <ol>{items}</ol>
        </nav>
    }
}

fn item(number: usize, step: RailStep) -> impl IntoView {
    let RailStep { title, href, state, current } = step;
    let mark = move || match state.with(RailState::glyph) {
        Some(glyph) => view! { <Icon glyph /> }.into_any(),
        None => number.into_any(),
    };
    let words = move || {
        let (state, reason) = state.with(RailState::words);
        view! {
            <small>
                <span data-hidden="">{state}</span>
                {reason}
            </small>
        }
    };
    view! {
        <li data-state=move || state.with(RailState::name)>
            <a href=href aria-current=move || current.get().then_some("step")>
                <span data-part="mark" aria-hidden="true">
                    {mark}
                </span>
                <span data-part="title">{title}</span>
                {words}
            </a>
        </li>
    }
}
