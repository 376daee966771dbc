//! One object's story: the steps of provision on demand, and the requests that prove them.

use leptos::prelude::*;

use super::exchange::Exchanges;
use super::planned::Planned;
use super::tone;
use crate::ui::{Badge, Cluster, Message, Stack, Table, Toggle, ToggleKind, Tone};
use crate::wizard::Wizard;
use crate::worker::message::{AttributeLine, Errand, OutcomeRow, Report, ReportStep, shown};

const HEAD: [&str; 6] = [
    "Target attribute",
    "Source value",
    "Expression",
    "Original target value",
    "Modified target value",
    "Note",
];

/// The whole story.
#[component]
pub(super) fn Story(report: Report, errand: RwSignal<Option<Errand>>) -> impl IntoView {
    let Report { outcome, steps, exchanges, legacy, compliant } = report;
    let was_preview = errand.with_untracked(|errand| *errand == Some(Errand::Preview));
    let wizard = Wizard::here();
    view! {
        <Stack>
            {head(wizard, outcome)}
            <ol class="story-steps">
                {steps.into_iter().map(|step| view! { <StoryStep wizard step /> }).collect_view()}
            </ol>
            <Exchanges exchanges />
            <Planned legacy compliant was_preview />
        </Stack>
    }
}

fn head(wizard: Wizard, outcome: OutcomeRow) -> impl IntoView {
    let OutcomeRow { kind, detail, action, reason, text, .. } = outcome;
    view! {
        <Cluster>
            <Badge text=action.clone() tone=tone(&action) />
            {(!reason.is_empty()).then(|| view! { <Badge text=reason /> })}
            <Badge text=kind.singular() />
            <span>{detail}</span>
        </Cluster>
        <p>
            <Message text=Some(wizard.redact(&text)) />
        </p>
    }
}

#[component]
fn StoryStep(wizard: Wizard, step: ReportStep) -> impl IntoView {
    let ReportStep { title, status, sentences, attributes } = step;
    let tone = match status.as_str() {
        "Success" => Tone::Good,
        "Failure" => Tone::Bad,
        _ => Tone::Neutral,
    };
    let sentence = |text: String| {
        view! {
            <p>
                <Message text=Some(wizard.redact(&text)) />
            </p>
        }
    };
    view! {
        <li>
            <Cluster>
                <h3>{title}</h3>
                <Badge text=status tone />
            </Cluster>
            {sentences.into_iter().map(sentence).collect_view()}
            {(!attributes.is_empty()).then(|| view! { <Attributes lines=attributes /> })}
        </li>
    }
}

/// The portal's attribute table; at first only the lines that differ.
#[component]
fn Attributes(lines: Vec<AttributeLine>) -> impl IntoView {
    let all = RwSignal::new(false);
    let total = lines.len();
    let changed = lines.iter().filter(|line| line.modified.is_some()).count();
    let lines = StoredValue::new(lines);
    let rows = move || {
        let wanted = |line: &&AttributeLine| all.get() || line.modified.is_some();
        lines.with_value(|lines| lines.iter().filter(wanted).map(row).collect_view())
    };
    let is_empty = move || changed == 0 && !all.get();
    view! {
        <Toggle
            label=format!("Show all {total} attributes")
            checked=all
            on_change=move |on| all.set(on)
            kind=ToggleKind::Checkbox
            hint=Some(format!("{changed} of them differ."))
        />
        <Show when=move || !is_empty()>
            <Table caption="Attributes: before and after" head=HEAD.to_vec() dense=true>
                {rows}
            </Table>
        </Show>
    }
}

fn row(line: &AttributeLine) -> impl IntoView + use<> {
    let is_changed = line.modified.is_some();
    let modified = match &line.modified {
        Some(value) => shown(Some(value)),
        None => "stays".to_owned(),
    };
    view! {
        <tr class="attribute-row" data-state=is_changed.then_some("changed")>
            <th scope="row">
                <code>{line.target.clone()}</code>
            </th>
            <td>{shown(line.source.as_ref())}</td>
            <td>
                <code>{line.expression.clone()}</code>
            </td>
            <td>{shown(line.original.as_ref())}</td>
            <td>{modified}</td>
            <td>{line.note.clone()}</td>
        </tr>
    }
}
