//! What stands in the way of a cycle, and the way to the step that mends it.

use leptos::prelude::*;

use crate::route::Step;
use crate::ui::{ButtonLink, Glyph, Notice, Tone};
use crate::wizard::Wizard;

/// Stands above a screen that cannot do its work yet; nothing where it can.
#[component]
pub fn NotReady(
    /// What cannot be done: "The preview waits".
    #[prop(into)]
    what: String,
) -> impl IntoView {
    let wizard = Wizard::here();
    let in_the_way = Memo::new(move |_| {
        if wizard.with(|draft| draft.application.is_none()) {
            return Some((Step::Application, "add an application first".to_owned()));
        }
        wizard.not_ready().map(|why| (mender(&why), why))
    });
    move || {
        let what = what.clone();
        in_the_way.get().map(|(step, why)| {
            view! {
                <Notice title=format!("{what}: {why}") tone=Tone::Warning>
                    <ButtonLink
                        label=format!("Go to {step}")
                        href=step.href()
                        trailing_icon=Glyph::ArrowRight
                    />
                </Notice>
            }
        })
    }
}

/// The step that the reason names first; without a name it is the people who are missing.
fn mender(why: &str) -> Step {
    let named = Step::ALL.into_iter().filter_map(|step| Some((why.find(step.title())?, step)));
    named.min().map_or(Step::People, |(_, step)| step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_that_is_named_mends_it() {
        assert_eq!(mender("choose the people first"), Step::People);
        assert_eq!(mender("give a tenant URL in Connection first"), Step::Connection);
        assert_eq!(mender("Scope: a clause of the People filter is empty"), Step::Scope);
    }
}
