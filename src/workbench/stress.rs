//! Values that break things, in every attribute that the expression reads.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::answer::{Question, answered};
use super::bench::Bench;
use super::found::FoundValue;
use super::unit_tests::add_test;
use crate::draft::mapping::unit_test::{Literal, Subject, UnitTest};
use crate::ui::{Appearance, Button, EmptyState, Glyph, Table, Toggle, use_announcer};
use crate::worker::message::{BenchAnswer, BenchAsk, Found, Stressed};

/// The table of all attributes with all such values.
#[component]
pub(super) fn StressPanel(bench: Bench) -> impl IntoView {
    let question: Memo<Question> = Memo::new(move |_| {
        let ask = BenchAsk::Stress(bench.formula()?, bench.chosen.id().unwrap_or_default());
        Some((ask, bench.wizard.view.get()))
    });
    let lines = answered(bench.wizard, question, |answer| match answer {
        BenchAnswer::Stress(lines) => Some(lines),
        _ => None,
    });
    let only_faults = RwSignal::new(false);
    let told = move || {
        lines.with(|lines| lines.as_deref().map(|lines| summary(lines, bench.chosen.name())))
    };
    let rows = move || {
        let shown = lines.get().unwrap_or_default();
        let shown = shown.into_iter().filter(|line| !only_faults.get() || is_fault(line));
        shown.map(|line| view! { <Line bench line /> }).collect_view()
    };
    view! {
        <div class="bench-panel">
            <p>{told}</p>
            <Toggle
                label="Only what fails"
                checked=only_faults
                on_change=move |on| only_faults.set(on)
            />
            <Table
                caption="What the expression gives for values that break things"
                caption_hidden=true
                dense=true
                head=vec!["Attribute", "Value", "Result", ""]
            >
                {rows}
            </Table>
            <Show when=move || lines.with(|lines| lines.as_ref().is_some_and(Vec::is_empty))>
                <EmptyState title="The expression reads no attribute" glyph=Glyph::Good />
            </Show>
        </div>
    }
}

fn is_fault(line: &Stressed) -> bool {
    matches!(line.found, Found::Fault(_))
}

fn summary(lines: &[Stressed], name: Option<String>) -> String {
    let failing = lines.iter().filter(|line| is_fault(line)).count();
    let rest = name.map_or_else(String::new, |name| {
        format!(" The attributes that are not under stress keep the values of {name}.")
    });
    match (failing, lines.len()) {
        (_, 0) => String::new(),
        (0, all) => format!("None of {all} fails.{rest}"),
        (1, all) => format!("1 of {all} fails.{rest}"),
        (some, all) => format!("{some} of {all} fail.{rest}"),
    }
}

#[component]
fn Line(bench: Bench, line: Stressed) -> impl IntoView {
    let Stressed { attribute, case, value, found } = line;
    let announcer = use_announcer();
    let state = if matches!(found, Found::Fault(_)) { "failed" } else { "fine" };
    let label = format!("Add a test: {attribute}, {case}");
    let shown = shown(&value);
    let add = {
        let (attribute, found) = (attribute.clone(), found.clone());
        move |()| {
            let values = BTreeMap::from([(attribute.clone(), value.clone())]);
            let test = UnitTest { subject: Subject::Values(values), expected: found.expectation() };
            announcer.say(add_test(bench, test));
        }
    };
    view! {
        <tr data-state=state>
            <th scope="row">
                <code>{attribute}</code>
            </th>
            <td>{case} " " <small>{shown}</small></td>
            <td>
                <FoundValue found />
            </td>
            <td>
                <Button
                    label
                    icon=Glyph::Add
                    icon_only=true
                    appearance=Appearance::Subtle
                    on_click=add
                />
            </td>
        </tr>
    }
}

/// The value, unless the words before it say it all.
fn shown(value: &Literal) -> Option<String> {
    const LONGEST: usize = 40;
    match value {
        Literal::Null => None,
        Literal::Text(text) if text.chars().count() > LONGEST => {
            Some(format!("{} characters", text.chars().count()))
        }
        other => Some(other.shown()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_is_counted() {
        let line = |found| Stressed {
            attribute: "mail".to_owned(),
            case: "empty text".to_owned(),
            value: Literal::Null,
            found,
        };
        let lines = [line(Found::Empty), line(Found::Fault("why".to_owned()))];
        assert!(summary(&lines, Some("Ada".to_owned())).starts_with("1 of 2 fails. The"));
        assert_eq!(summary(&lines[..1], None), "None of 1 fails.");
        assert_eq!(summary(&[], None), "");
    }
}
