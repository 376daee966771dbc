//! What an experienced administrator would remark on a mapping.

use leptos::prelude::*;

use super::row;
use crate::draft::place::Kind;
use crate::ui::{Card, Glyph, Icon, Message};
use crate::wizard::Wizard;
use crate::worker::message::Advice;

/// The remarks on one mapping; nothing where there are none.
#[component]
pub(super) fn AdviceList(wizard: Wizard, kind: Kind) -> impl IntoView {
    let advice = Memo::new(move |_| {
        wizard.judgement.with(|judgement| {
            let all = judgement.iter().flat_map(|judgement| &judgement.advice);
            wizard.with(|draft| {
                let mapping = draft.mapping(kind);
                let target = |advice: &Advice| mapping.row(advice.row?).map(row::name);
                all.filter(|advice| advice.kind == kind)
                    .map(|advice| (advice.clone(), target(advice)))
                    .collect::<Vec<_>>()
            })
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
                            .map(|(advice, target)| view! { <Remark advice target /> })
                            .collect_view()}
                    </ul>
                </Card>
            }
        })
    }
}

#[component]
fn Remark(advice: Advice, target: Option<String>) -> impl IntoView {
    view! {
        <li>
            <Icon glyph=Glyph::Info />
            <p>
                {target.map(|target| view! { <code>{target}</code> ": " })}
                <Message text=Some(advice.text) />
            </p>
            {(!advice.people.is_empty()).then(|| view! { <p><Message text=Some(advice.people) /></p> })}
            <p>
                <Message text=Some(advice.repair) />
            </p>
            <small>{advice.source}</small>
        </li>
    }
}
