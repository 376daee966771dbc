//! What is wrong with the expression or doubtful about it, with its repairs in one click.

use leptos::prelude::*;
use provisioning::expression::infer::{AttributeHint, ValueKind};
use provisioning::expression::lint::{self, Apply, Lint, Severity, Situation, TargetHint};
use scim::path::Path;

use super::super::bench::Bench;
use crate::draft::mapping::{Row, TargetTypeDraft};
use crate::ui::{Appearance, Button, Glyph, Icon, Message, use_announcer};
use crate::wizard::People;

/// All advice, in the order of the text; its place stays where there is none.
#[component]
pub(in crate::workbench) fn AdviceList(bench: Bench) -> impl IntoView {
    let found = Memo::new(move |_| advice(bench));
    let title = move || match found.with(Vec::len) {
        0 => "Nothing to mend".to_owned(),
        1 => "1 remark".to_owned(),
        count => format!("{count} remarks"),
    };
    let is_blank = Memo::new(move |_| bench.text.with(|text| text.trim().is_empty()));
    view! {
        <section class="bench-advice" aria-label="Remarks on the expression" tabindex="0">
            <Show when=move || !is_blank.get()>
                <h3>{title}</h3>
                <ul>
                    {move || {
                        found.get().into_iter().map(|lint| view! { <Remark bench lint /> }).collect_view()
                    }}
                </ul>
            </Show>
        </section>
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
        view! { <Button label appearance=Appearance::Subtle on_click=take /> }
    });
    view! {
        <li data-state=state>
            <Icon glyph />
            <div>
                <p>
                    <Message text=Some(capitalized(&lint.message)) />
                </p>
                <p data-part="help">
                    <Message text=Some(lint.help) />
                </p>
                {fixes.collect_view()}
                <small>{format!("{}, {}", lint.evidence.page, lint.evidence.edition)}</small>
            </div>
        </li>
    }
}

/// What the linter says, given what is known of the mapping and of the people.
fn advice(bench: Bench) -> Vec<Lint> {
    let attributes = bench.wizard.people.with(hints);
    bench.wizard.with(|draft| {
        let row = bench.row.get().and_then(|id| draft.mapping(bench.kind).row(id));
        let created_only = row.is_some_and(|row| row.only_during_creation);
        let situation = Situation {
            attributes: attributes.as_deref(),
            apply: if created_only { Apply::OnlyDuringCreation } else { Apply::Always },
            scope_is_all: draft.sync_all,
            target: row.map(target),
        };
        bench.expression.with(|expression| lint::lint(expression, &situation))
    })
}

/// The attributes that anybody has; nothing where nobody is loaded.
fn hints(people: &People) -> Option<Vec<AttributeHint>> {
    let known = people.attributes().iter();
    let known: Vec<_> =
        known.map(|(name, _)| AttributeHint::new(name.clone(), ValueKind::Text)).collect();
    Some(known).filter(|known| !known.is_empty())
}

fn target(row: &Row) -> TargetHint {
    let is_one = Path::parse(row.target.trim())
        .is_ok_and(|path| path.filter.is_some() || path.sub_attribute.is_some());
    let is_list = row.target.trim().ends_with('s') && !is_one;
    TargetHint {
        kind: match row.target_type {
            TargetTypeDraft::Boolean => ValueKind::Boolean,
            TargetTypeDraft::Integer => ValueKind::Number,
            TargetTypeDraft::DateTime => ValueKind::Date,
            TargetTypeDraft::String | TargetTypeDraft::Binary | TargetTypeDraft::Reference => {
                ValueKind::Text
            }
        },
        required: row.required,
        has_default: !row.default_value.is_empty(),
        multi_valued: is_list,
        is_matching: !row.precedence.trim().is_empty(),
    }
}

fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
