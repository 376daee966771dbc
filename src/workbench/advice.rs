//! All advice on the expression: its faults, what works otherwise than it is meant, and what
//! could be written better, each with its repairs and with where the rule is from.

use leptos::prelude::*;
use provisioning::expression::explain::explain;
use provisioning::expression::lint::{Lint, Severity, lint};

use super::bench::Bench;
use crate::ui::{Button, EmptyState, Glyph, Icon, Message, use_announcer};

/// What the expression does in one sentence, and every remark on it in the order of the text.
#[component]
pub(super) fn AdvicePanel(bench: Bench) -> impl IntoView {
    let setting = bench.setting();
    let found = Memo::new(move |_| {
        if bench.is_blank() {
            return Vec::new();
        }
        setting.with(|setting| bench.expression.with(|read| lint(read, &setting.situation())))
    });
    let remarks = move || {
        let found = found.get().into_iter();
        found.map(|lint| view! { <Remark bench lint /> }).collect_view()
    };
    view! {
        <div class="bench-panel">
            <Explanation bench />
            <ul class="remarks">{remarks}</ul>
            <Show when=move || found.with(Vec::is_empty)>
                <EmptyState title="There is nothing to remark" glyph=Glyph::Good />
            </Show>
        </div>
    }
}

/// What the expression does, in one sentence; while it has a fault, that it cannot be said.
#[component]
pub(super) fn Explanation(bench: Bench) -> impl IntoView {
    let told = move || {
        if bench.is_blank() {
            return None;
        }
        Some(bench.expression.with(|read| match read.faults().first() {
            None => explain(read),
            Some(fault) => format!("Not finished: {fault}."),
        }))
    };
    view! {
        <p class="explanation">
            <Message text=Signal::derive(told) />
        </p>
    }
}

#[component]
fn Remark(bench: Bench, lint: Lint) -> impl IntoView {
    let announcer = use_announcer();
    let (glyph, state) = match lint.severity {
        Severity::Error => (Glyph::Bad, "error"),
        Severity::Warning => (Glyph::Warning, "warning"),
        Severity::Hint => (Glyph::Info, "hint"),
    };
    let fixes = lint.fixes.into_iter().map(move |fix| {
        let label = capitalized(&fix.label.replace('`', ""));
        let said = label.clone();
        let take = move |()| {
            bench.write(bench.text.with_untracked(|text| fix.apply(text)));
            announcer.say(format!("Done: {said}"));
        };
        view! { <Button label on_click=take /> }
    });
    let evidence = format!("{}, {}", lint.evidence.page, lint.evidence.edition);
    view! {
        <li data-state=state>
            <Icon glyph />
            <div>
                <p>
                    <Message text=Some(format!("{}.", capitalized(&lint.message))) />
                </p>
                <p data-part="help">
                    <Message text=Some(capitalized(&lint.help)) />
                </p>
                {fixes.collect_view()}
                <small>{evidence}</small>
            </div>
        </li>
    }
}

fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
