//! The ways back and on at the foot of the page.

use leptos::prelude::*;

use crate::draft::Draft;
use crate::route::{Screen, Step};
use crate::ui::{Appearance, ButtonLink, Glyph};
use crate::wizard::Wizard;

/// From a step to its neighbours; from the workbench back to the mappings, if there are any.
#[component]
pub(super) fn WayOn(wizard: Wizard, screen: Memo<Screen>) -> impl IntoView {
    let begun = Memo::new(move |_| wizard.with(Draft::is_begun));
    move || {
        let (back, next) = match screen.get() {
            Screen::Start => return None,
            Screen::Step(step) => (step.previous(), step.next()),
            Screen::Workbench => (begun.get().then_some(Step::Mappings), None),
        };
        let back = back.map_or(Screen::Start, Screen::Step);
        let back_to = back.step().map_or("Start", Step::title);
        let on = next.map(|next| {
            view! {
                <ButtonLink
                    label=format!("Next: {next}")
                    href=next.href()
                    appearance=Appearance::Primary
                    trailing_icon=Glyph::ArrowRight
                />
            }
        });
        Some(view! {
            <ButtonLink
                label=format!("Back: {back_to}")
                href=back.href()
                appearance=Appearance::Subtle
                icon=Glyph::ArrowLeft
            />
            {on}
        })
    }
}
