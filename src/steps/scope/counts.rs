//! How many are in and out of scope, and why, while the filters are being typed.

use leptos::prelude::*;

use crate::ui::{Card, Columns, Funnel, FunnelBar, Message, Stat, Tone};
use crate::wizard::{People, Wizard};
use crate::worker::message::Judgement;

/// The numbers of the draft as it is. While a filter cannot be judged, those of the last one
/// that could stay.
#[component]
pub(super) fn Counts(wizard: Wizard) -> impl IntoView {
    let counted = Memo::new(move |last: Option<&Option<Judgement>>| {
        let last = last.and_then(Option::as_ref);
        let present = wizard.people.with(present);
        wizard.judgement.get().map(|now| or_last(now, last, present))
    });
    let is_old = move || wizard.judgement.with(|now| counted.with(|shown| shown != now));
    let groups_off = move || wizard.with(|draft| !draft.groups.enabled);
    let number = move |read: fn(&Judgement) -> usize| {
        Signal::derive(move || {
            counted.with(|judged| {
                judged.as_ref().map_or_else(|| "–".to_owned(), |j| read(j).to_string())
            })
        })
    };
    let bars = move || {
        counted.with(|judged| {
            let Some(judged) = judged else { return Vec::new() };
            vec![
                FunnelBar::new("In the directory", judged.users_in + judged.users_out)
                    .tone(Tone::Neutral),
                FunnelBar::new("Pass the assignment gate", judged.assigned),
                FunnelBar::new("In scope", judged.users_in).tone(Tone::Good),
            ]
        })
    };
    let groups_note = move || if groups_off() { "switched off in Mappings" } else { "" }.to_owned();
    view! {
        <Card title="In and out of scope">
            <Columns>
                <Stat label="Users in scope" value=number(|j| j.users_in) tone=Tone::Good />
                <Stat label="Users out of scope" value=number(|j| j.users_out) />
                <Stat
                    label="Groups in scope"
                    value=number(|j| j.groups_in)
                    note=Signal::derive(groups_note)
                />
                <Stat label="Groups out of scope" value=number(|j| j.groups_out) />
            </Columns>
            <div class="scope-causes">
                <Funnel label="Users" bars=Signal::derive(bars) />
                <div>
                    <h3>"Why users are out"</h3>
                    <p>"One user can have several reasons."</p>
                    <ul>
                        {move || counted.with(|judged| judged.as_ref().map(|judged| causes(judged).collect_view()))}
                    </ul>
                </div>
            </div>
            <p class="scope-pending" role="status">
                {move || {
                    is_old()
                        .then_some(
                            "A scoping filter below is not finished: these are the numbers from \
                             before.",
                        )
                }}
            </p>
        </Card>
    }
}

/// Whether there are users, and groups.
fn present(people: &People) -> [bool; 2] {
    match people {
        People::Ready(summary) => [summary.users > 0, summary.groups > 0],
        _ => [false, false],
    }
}

/// With a faulty filter the worker counts nobody of its kind: the numbers before it stay.
fn or_last(now: Judgement, last: Option<&Judgement>, present: [bool; 2]) -> Judgement {
    let Some(last) = last.cloned() else { return now };
    let (mut shown, [users, groups]) = (now, present);
    if users && shown.users_in + shown.users_out == 0 {
        (shown.users_in, shown.users_out) = (last.users_in, last.users_out);
        (shown.assigned, shown.causes) = (last.assigned, last.causes);
    }
    if groups && shown.groups_in + shown.groups_out == 0 {
        (shown.groups_in, shown.groups_out) = (last.groups_in, last.groups_out);
    }
    shown
}

fn causes(judged: &Judgement) -> impl Iterator<Item = AnyView> {
    let nobody = judged.causes.is_empty().then(|| view! { <li>"Nobody is out."</li> }.into_any());
    let lines = judged.causes.clone().into_iter().map(|(cause, count)| {
        view! {
            <li>
                <strong>{count}</strong>
                <span>
                    <Message text=Some(plural(&cause)) />
                </span>
            </li>
        }
        .into_any()
    });
    nobody.into_iter().chain(lines)
}

/// A reason is told of one person; here it is told of many.
fn plural(cause: &str) -> String {
    match cause.strip_prefix("does not ") {
        Some(rest) => format!("do not {rest}"),
        None => cause.strip_prefix("is ").unwrap_or(cause).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use provisioning::scoping::Reason;

    use super::*;

    #[test]
    fn reasons_are_told_of_many() {
        assert_eq!(plural(&Reason::NotAssigned.to_string()), "not assigned to the application");
        let filter = plural(&Reason::FilterNotSatisfied.to_string());
        assert_eq!(filter, "do not satisfy a scoping filter");
    }

    #[test]
    fn a_faulty_filter_of_one_kind_leaves_the_numbers_of_that_kind() {
        let last = Judgement { users_in: 3, users_out: 1, groups_in: 2, ..Judgement::default() };
        let now = Judgement { users_in: 4, ..Judgement::default() };
        let shown = or_last(now.clone(), Some(&last), [true, true]);
        assert_eq!((shown.users_in, shown.users_out, shown.groups_in), (4, 0, 2));
        let without_groups = or_last(now, Some(&last), [true, false]);
        assert_eq!(without_groups.groups_in, 0);
    }
}
