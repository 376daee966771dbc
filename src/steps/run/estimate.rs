//! How long Entra takes, and what it does when the initial cycle is over.

use leptos::prelude::*;

use crate::ui::Card;
use crate::wizard::Wizard;

/// Microsoft's rule of thumb, in hundredths of a minute for each object.
const LEAST: usize = 1;
const MOST: usize = 8;

/// How long Entra's own initial cycle would take.
#[component]
pub(super) fn Estimate() -> impl IntoView {
    let wizard = Wizard::here();
    let objects = Memo::new(move |_| {
        wizard.judgement.with(|judged| judged.as_ref().map(|j| j.assigned + j.groups_in))
    });
    let is_for_all = Memo::new(move |_| wizard.with(|draft| draft.sync_all));
    move || {
        objects.get().map(|objects| {
            let rule = "Microsoft's rule of thumb: 0.01 to 0.08 minutes for each assigned user, \
                        group and group member";
            let reach = if is_for_all.get() {
                ". The rule is meant for “Sync only assigned users and groups”; with all of them \
                 the size of the tenant counts too."
            } else {
                "."
            };
            view! {
                <dl class="facts">
                    <dt>"In Entra this takes"</dt>
                    <dd>
                        <strong>{range(objects)}</strong>
                        {format!(" for {objects} users and groups. {rule}{reach}")}
                    </dd>
                </dl>
            }
        })
    }
}

/// The least and the most time for so many objects.
fn range(objects: usize) -> String {
    let (least, most) = (duration(objects * LEAST), duration(objects * MOST));
    if least == most { least } else { format!("{least} to {most}") }
}

/// A time in words, rounded up.
fn duration(hundredths: usize) -> String {
    match hundredths.div_ceil(100) {
        _ if hundredths < 100 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        minutes @ ..120 => format!("{minutes} minutes"),
        minutes => format!("{} hours", minutes.div_ceil(60)),
    }
}

/// What happens after the initial cycle.
#[component]
pub(super) fn Afterwards() -> impl IntoView {
    view! {
        <Card
            title="What happens afterwards in Entra"
            note="This wizard runs no later cycles; these are the rules that they follow."
        >
            <ul>
                <li>
                    "The first start may show nothing for 20 minutes to several hours. That is \
                     normal."
                </li>
                <li>
                    "Incremental cycles follow about every 40 minutes, for objects that have \
                     changed. The interval cannot be set."
                </li>
                <li>
                    "Whoever leaves the scope is disabled. A deleted user is disabled first and \
                     deleted 30 days later."
                </li>
                <li>
                    "Changing mappings or scoping filters, or Restart provisioning, starts a new \
                     initial cycle."
                </li>
                <li>
                    "An object that fails is tried again after 6, 12 and 24 hours, then daily, for \
                     28 days at most."
                </li>
                <li>
                    "When most requests fail, or the token is refused, the job goes into \
                     quarantine: the cycles slow down to one a day, and after more than four weeks \
                     the job is disabled."
                </li>
            </ul>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn the_rule_of_thumb_in_words() {
        for (objects, expected) in [
            (0, "less than a minute"),
            (10, "less than a minute"),
            (100, "1 minute to 8 minutes"),
            (1_000, "10 minutes to 80 minutes"),
            (10_000, "100 minutes to 14 hours"),
        ] {
            assert_eq!(range(objects), expected, "{objects}");
        }
    }
}
