//! What an experienced administrator would remark: on the step where it is edited, and in short
//! before the preview.

use leptos::prelude::*;

use crate::draft::place::Kind;
use crate::route::Step;
use crate::ui::{
    Appearance, Button, Card, Disclosure, Glyph, Icon, Message, Notice, Tone, use_announcer,
};
use crate::wizard::Wizard;
use crate::worker::message::{Advice, Concerned, Spot};

/// The remarks that belong to a step; nothing where there are none.
#[component]
pub fn AdviceCard(
    /// The shared context.
    wizard: Wizard,
    /// The step on which they are edited.
    step: Step,
    /// Only those on this mapping; without it, on both.
    #[prop(optional)]
    kind: Option<Kind>,
) -> impl IntoView {
    let advice = Memo::new(move |_| {
        wizard.review.with(|review| {
            let all = review.iter().flat_map(|review| &review.advice);
            let belongs = |advice: &&Advice| {
                advice.spot.step() == step && kind.is_none_or(|kind| kind == advice.kind)
            };
            all.filter(belongs)
                .map(|advice| (advice.clone(), subject(wizard, advice, kind)))
                .collect::<Vec<_>>()
        })
    });
    move || {
        let advice = advice.get();
        (!advice.is_empty()).then(|| {
            view! {
                <Card
                    title="Worth a look"
                    note="Nothing here stops you. These are things that surprise administrators later."
                >
                    <ul class="advice-list">
                        {advice
                            .into_iter()
                            .map(|(advice, subject)| view! { <Remark wizard advice subject /> })
                            .collect_view()}
                    </ul>
                </Card>
            }
        })
    }
}

/// What is meant, where the text does not say it: the row's target, the filter's title.
fn subject(wizard: Wizard, advice: &Advice, shown: Option<Kind>) -> Option<String> {
    let named = wizard.with(|draft| {
        let mapping = draft.mapping(advice.kind);
        match advice.spot {
            Spot::Row(id) => mapping.row(id).map(|row| row.target.clone()),
            Spot::Filter(at) | Spot::Clause(at, _) => {
                mapping.filters.get(at).map(|filter| filter.title.clone())
            }
            Spot::Mapping | Spot::Actions | Spot::Settings | Spot::Assignments => None,
        }
    });
    let named = named.filter(|name| !name.is_empty());
    named.or_else(|| shown.is_none().then(|| advice.kind.plural().to_owned()))
}

#[component]
fn Remark(wizard: Wizard, advice: Advice, subject: Option<String>) -> impl IntoView {
    let announcer = use_announcer();
    let Advice { text, repair, fix, count, people, source, .. } = advice;
    let fix = fix.map(|fix| {
        let label = fix.label();
        let make = move |()| {
            let fix = fix.clone();
            wizard.edit("repair", |draft| fix.apply(draft));
            announcer.say("Done. Undo takes it back.");
        };
        view! { <Button label appearance=Appearance::Secondary on_click=make /> }
    });
    view! {
        <li>
            <Icon glyph=Glyph::Info />
            <p>
                {subject.map(|subject| view! { <code>{subject}</code> ": " })}
                <Message text=Some(text) />
            </p>
            <p>
                <Message text=Some(repair) />
            </p>
            {(!people.is_empty()).then(|| view! { <Who count people /> })}
            {fix}
            <small>{source}</small>
        </li>
    }
}

/// The first few whom a remark concerns.
#[component]
fn Who(count: usize, people: Vec<Concerned>) -> impl IntoView {
    let summary = match (people.len(), count) {
        (shown, all) if shown < all => format!("Who: the first {shown} of {all}"),
        _ => "Who".to_owned(),
    };
    let lines = people.into_iter().map(|Concerned { label, detail }| {
        let detail = (!detail.is_empty()).then(|| view! { ": " <Message text=Some(detail) /> });
        view! {
            <li>
                <bdi>{label}</bdi>
                {detail}
            </li>
        }
    });
    view! {
        <Disclosure summary>
            <ul>{lines.collect_view()}</ul>
        </Disclosure>
    }
}

/// How many remarks there are, and on which steps; of very many people, the way to review them.
#[component]
pub fn AdviceSummary(
    /// The shared context.
    wizard: Wizard,
) -> impl IntoView {
    let counts = Memo::new(move |_| {
        wizard.review.with(|review| {
            let all = review.iter().flat_map(|review| &review.advice);
            count(all.map(|advice| advice.spot.step()))
        })
    });
    let left_out = Memo::new(move |_| wizard.review.with(|r| r.as_ref().map_or(0, |r| r.left_out)));
    move || {
        let counts = counts.get();
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        let title = match (all, left_out.get()) {
            (0, 0) => return None,
            (0, many) => format!("The {many} users and groups are not reviewed yet"),
            (1, _) => "1 thing is worth a look before you go on".to_owned(),
            (all, _) => format!("{all} things are worth a look before you go on"),
        };
        let links = counts.into_iter().map(|(step, count)| {
            view! {
                <li>
                    <a href=step.href()>{step.title()}</a>
                    {format!(": {count}")}
                </li>
            }
        });
        let everybody = (left_out.get() > 0).then(|| {
            let label = format!("Review all {} users and groups", left_out.get());
            view! { <Button label on_click=move |()| wizard.review_everybody() /> }
        });
        Some(view! {
            <Notice title tone=Tone::Warning>
                <ul>{links.collect_view()}</ul>
                {everybody}
            </Notice>
        })
    }
}

/// The steps that have some, in their order.
fn count(steps: impl Iterator<Item = Step>) -> Vec<(Step, usize)> {
    let steps: Vec<Step> = steps.collect();
    let of = |step: Step| (step, steps.iter().filter(|own| **own == step).count());
    Step::ALL.into_iter().map(of).filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_counted_by_step_in_the_order_of_the_walk() {
        let spots = [Spot::Settings, Spot::Row(1), Spot::Mapping, Spot::Assignments];
        let counted = count(spots.into_iter().map(Spot::step));
        assert_eq!(counted, [(Step::People, 1), (Step::Mappings, 2), (Step::Scope, 1)]);
    }
}
