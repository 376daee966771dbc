//! The result for everybody: how many have which value, what is missing and what fails.

use leptos::prelude::*;

use super::answer::Surveying;
use super::bench::Bench;
use super::groups::Groups;
use crate::ui::{Progress, Toggle};
use crate::worker::message::{Lens, SurveyQuery, Surveyed};

/// Everybody, grouped by what the expression gives.
#[component]
pub(super) fn EverybodyPanel(bench: Bench) -> impl IntoView {
    let only_in_scope = RwSignal::new(false);
    let question = Memo::new(move |_| {
        // Nothing is compared here, so that nothing is computed for it.
        bench.survey_query(only_in_scope.get()).map(|query| SurveyQuery { saved: None, ..query })
    });
    let surveying = Surveying::of(bench.wizard, question);
    let told = Signal::derive(move || surveying.progress.with(summary));
    view! {
        <div class="bench-panel">
            <HowFar surveying told />
            <Toggle
                label="Only those in scope"
                checked=only_in_scope
                on_change=move |on| only_in_scope.set(on)
            />
            <Groups bench surveying lens=Lens::Values />
        </div>
    }
}

/// What was counted; while it is being counted, how far that is. Both take the same room.
#[component]
pub(super) fn HowFar(surveying: Surveying, told: Signal<String>) -> impl IntoView {
    let is_long = Memo::new(move |_| {
        surveying.is_running.get() && surveying.progress.with(|p| 0 < p.done && p.done < p.total)
    });
    let done = Signal::derive(move || {
        surveying.progress.with(|p| (p.total > 0).then(|| p.done as f64 / p.total as f64))
    });
    let text =
        Signal::derive(move || surveying.progress.with(|p| format!("{} of {}", p.done, p.total)));
    view! {
        <div class="how-far">
            {move || {
                if is_long.get() {
                    view! { <Progress label="Counting" done text /> }.into_any()
                } else {
                    view! { <p>{told}</p> }.into_any()
                }
            }}
        </div>
    }
}

fn summary(told: &Surveyed) -> String {
    let Surveyed { counted, distinct, faults, empty, dropped, .. } = *told;
    if told.total == 0 {
        return String::new();
    }
    let results = match distinct {
        1 => "all with the same result".to_owned(),
        distinct => format!("{distinct} different results"),
    };
    let mut parts = vec![format!("{counted} looked at, {results}")];
    let say = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    parts.extend(say(faults, "fail"));
    parts.extend(say(empty, "without a value"));
    parts.extend(say(dropped, "dropped from the flow"));
    parts.join(", ") + "."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_a_look_is_counted_and_nothing_else() {
        let told = Surveyed { total: 9, counted: 9, distinct: 4, faults: 1, ..Surveyed::default() };
        assert_eq!(summary(&told), "9 looked at, 4 different results, 1 fail.");
        let told = Surveyed { distinct: 1, faults: 0, ..told };
        assert_eq!(summary(&told), "9 looked at, all with the same result.");
        assert_eq!(summary(&Surveyed::default()), "");
    }
}
