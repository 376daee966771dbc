//! A cycle under way: how far it is, and how it ended.

use leptos::prelude::*;

use crate::ambient;
use crate::numeral::grouped;
use crate::provision::Ended;
use crate::ui::{Notice, Progress, Tone, Urgency, use_announcer};
use crate::wizard::errand::{Progressing, Stage};
use crate::worker::message::{Progress as At, Summary};

/// The progress of a cycle while it runs, and why it ended early if it did. The end is announced.
#[component]
pub fn Underway(
    /// The cycle.
    progressing: Progressing,
    /// What runs, as a sentence begins: "The preview".
    #[prop(into)]
    what: Signal<String>,
) -> impl IntoView {
    let announcer = use_announcer();
    Effect::watch(
        move || progressing.stage.get(),
        move |stage, _, _| {
            let what = what.get_untracked();
            match stage {
                Stage::Ended(Ended::Done) => {
                    let counts = progressing.summary.with_untracked(counts);
                    announcer.say(format!("{what} is finished. {counts}"));
                }
                Stage::Running => announcer.say(format!("{what} is running")),
                _ => {}
            }
        },
        false,
    );
    let progress = progressing.progress;
    let done = Signal::derive(move || progress.with(|at| fraction(at.done, at.total)));
    let text = Signal::derive(move || {
        progress.with(|at| {
            let [done, total, requests] = [at.done, at.total, at.requests].map(grouped);
            format!("{done} of {total} decided, {requests} requests sent")
        })
    });
    let phase = Signal::derive(move || progress.with(|at| at.phase.clone()));
    move || match progressing.stage.get() {
        Stage::Running => Some(view! { <Progress label=phase done text /> }.into_any()),
        Stage::Ended(Ended::Done) => Some(spent(progress).into_any()),
        Stage::Ended(ended) => told(&what.get(), ended),
        Stage::Idle => None,
    }
}

/// What it took.
fn spent(progress: RwSignal<At>) -> impl IntoView {
    move || {
        let at = progress.get();
        // The page's own program is one of those that hold memory.
        let all = [at.held + at.held_by_sandbox + ambient::held(), at.held_by_sandbox];
        let [all, sandbox] = all.map(|bytes| bytes.div_ceil(1_000_000));
        let requests = grouped(at.requests);
        let part = if sandbox > 0 {
            format!(", {sandbox} of them for the sandbox")
        } else {
            String::new()
        };
        view! {
            <p class="spent">
                {format!("{requests} requests; {all} MB of memory are held on this device{part}.")}
            </p>
        }
    }
}

fn told(what: &str, ended: Ended) -> Option<AnyView> {
    let (title, tone, urgency) = match ended {
        Ended::Done => return None,
        Ended::Cancelled => {
            let title = format!("{what} was cancelled; what was found until then stays below");
            (title, Tone::Warning, Urgency::Status)
        }
        Ended::Blocked(why) => {
            (format!("{what} could not begin: {why}"), Tone::Bad, Urgency::Alert)
        }
    };
    Some(view! { <Notice title tone urgency /> }.into_any())
}

/// The part that is done; nothing while it is unknown how much there is.
fn fraction(done: usize, total: usize) -> Option<f64> {
    // Both are numbers of people, far below 2^53.
    (total > 0).then(|| done as f64 / total as f64)
}

/// "Create 3, Skip 40": the actions that occur.
fn counts(summary: &Summary) -> String {
    let occurring = summary.actions.iter().filter(|(_, count)| *count > 0);
    let told: Vec<_> = occurring.map(|(action, count)| format!("{action} {count}")).collect();
    if told.is_empty() { "Nobody was decided".to_owned() } else { told.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_actions_that_occur_are_announced() {
        let actions = [("Create", 3), ("Update", 0), ("Skip", 40)];
        let actions = actions.map(|(name, count)| (name.to_owned(), count)).to_vec();
        let summary = Summary { actions, ..Summary::default() };
        assert_eq!(counts(&summary), "Create 3, Skip 40");
        assert_eq!(counts(&Summary::default()), "Nobody was decided");
    }

    #[test]
    fn without_a_total_there_is_no_fraction() {
        assert_eq!(fraction(0, 0), None);
        assert_eq!(fraction(1, 4), Some(0.25));
    }
}
