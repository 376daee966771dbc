//! What a connection test found: the verdict, each layer, and what was sent and came back.

use leptos::prelude::*;

use super::variants::Variants;
use crate::ambient;
use crate::draft::Route;
use crate::draft::authentication::{ClientStyle, Method};
use crate::ui::{Check, Checks, Code, Disclosure, Message, Notice, Stack, Tone, Urgency};
use crate::verdict::layers::{self, Finding, State};
use crate::verdict::trial::{Asked, Question, Trial};
use crate::verdict::{self, Outlook, Verdict};
use crate::wizard::{Test, Wizard};
use crate::worker::message::WireResponse;

/// So many characters of what the service says of itself are shown.
const SHOWN: usize = 4_000;

/// The verdict once it is there, and what is known of each layer by now.
pub(super) fn outcome(wizard: Wizard, test: &Test) -> AnyView {
    let Some(trial) = test.trial() else { return ().into_any() };
    let is_empty = trial.asked.iter().all(|asked| asked.answer.is_none());
    if trial.route == Route::Paste && is_empty {
        return ().into_any();
    }
    let is_over = matches!(test, Test::Ended(_));
    let told = verdict::verdict(trial).filter(|_| is_over).map(|verdict| notice(wizard, verdict));
    let may_be_elsewhere =
        is_over && trial.route != Route::Paste && verdict::may_be_elsewhere(trial);
    let checks: Vec<_> = layers::findings(trial, is_over, ambient::now())
        .into_iter()
        .map(|it| check(wizard, it))
        .collect();
    view! {
        {told}
        {may_be_elsewhere.then(|| view! { <Variants wizard /> })}
        <Checks label="Layer by layer" checks=Signal::stored(checks) />
        {is_over.then(|| exchanges(wizard, trial))}
    }
    .into_any()
}

fn notice(wizard: Wizard, verdict: Verdict) -> impl IntoView {
    let Verdict { outlook, title, text, repair } = verdict;
    let tone = if outlook == Outlook::Good { Tone::Good } else { Tone::Bad };
    view! {
        <Notice title tone urgency=Urgency::Static>
            <p>
                <Message text=Some(wizard.redact(&text)) />
            </p>
            {(!repair.is_empty())
                .then(|| view! { <p><Message text=Some(repair.to_owned()) /></p> })}
        </Notice>
    }
}

fn check(wizard: Wizard, finding: Finding) -> Check {
    let Finding { layer, state, seen, repair, ms } = finding;
    let mut more = vec![
        ("Rule".to_owned(), layer.rule().to_owned()),
        ("Source".to_owned(), layer.source().to_owned()),
    ];
    let is_failed = state == State::Failed;
    // The verdict above says the repair of what has failed.
    if is_failed {
        more.push(("Repair".to_owned(), repair.clone()));
    }
    Check {
        title: layer.title().to_owned(),
        tone: match state {
            State::Good => Tone::Good,
            State::Doubtful => Tone::Warning,
            State::Failed => Tone::Bad,
            State::Unseen | State::Unreached | State::Awaited => Tone::Neutral,
        },
        state: state.word().to_owned(),
        text: wizard.redact(&seen),
        note: ms.map(|ms| format!("{ms:.0} ms")).unwrap_or_default(),
        repair: if is_failed { String::new() } else { repair },
        more,
    }
}

fn exchanges(wizard: Wizard, trial: &Trial) -> impl IntoView {
    let (first, rest): (Vec<_>, Vec<_>) = trial
        .asked
        .iter()
        .filter(|asked| asked.answer.is_some())
        .partition(|asked| matches!(asked.question, Question::Grant | Question::Nobody));
    let show = |asked: &Asked, bound| exchange(wizard, asked, bound);
    let first: Vec<_> = first.into_iter().map(|asked| show(asked, usize::MAX)).collect();
    let rest: Vec<_> = rest.into_iter().map(|asked| show(asked, SHOWN)).collect();
    view! {
        {first}
        {(!rest.is_empty())
            .then(|| {
                view! {
                    <Disclosure summary="What the service says of itself">
                        <Stack>{rest}</Stack>
                    </Disclosure>
                }
            })}
    }
}

/// What was sent and what came back, without the token.
fn exchange(wizard: Wizard, asked: &Asked, bound: usize) -> AnyView {
    let time = asked.ms.map(|ms| format!(" after {ms:.0} ms")).unwrap_or_default();
    let (label, shown) = match &asked.answer {
        None => return ().into_any(),
        Some(Ok(response)) => {
            (format!("Answer: status {}{time}", response.status), pretty(response))
        }
        Some(Err(fault)) => (format!("No answer{time}"), fault.message.clone()),
    };
    let mut shown = wizard.redact(&shown);
    if let Some((end, _)) = shown.char_indices().nth(bound) {
        shown.truncate(end);
        shown.push_str("\n… and so on");
    }
    let request = match asked.question {
        Question::Nobody => "Request".to_owned(),
        other => format!("Request for {}", other.title()),
    };
    view! {
        <Code label=request text=spelled(wizard, asked) />
        <Code label text=shown />
    }
    .into_any()
}

/// The request as it goes out; the secret's place is shown, never the secret.
fn spelled(wizard: Wizard, asked: &Asked) -> String {
    let chosen = wizard.peek(|draft| draft.connection.authentication.clone());
    let request = &asked.request;
    let is_grant = asked.question == Question::Grant;
    let mut text = format!("{} {}", request.method, request.uri);
    if !is_grant || chosen.style != ClientStyle::Form {
        let scheme = if is_grant || chosen.method == Method::Basic { "Basic" } else { "Bearer" };
        text.push_str(&format!("\nAuthorization: {scheme} ‹token›"));
    }
    for (name, value) in &request.headers {
        text.push_str(&format!("\n{name}: {value}"));
    }
    if is_grant {
        text.push_str(&format!("\n\n{}", request.body));
        if chosen.style != ClientStyle::Header {
            text.push_str("&client_id=…&client_secret=‹secret›");
        }
    }
    text
}

fn pretty(response: &WireResponse) -> String {
    let mut text = String::new();
    let sent = response.headers.iter().filter(|(name, _)| !name.starts_with("x-relay-"));
    for (name, value) in sent {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push('\n');
    let body = serde_json::from_str::<serde_json::Value>(&response.body)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| response.body.clone());
    text.push_str(if body.is_empty() { "(no body)" } else { &body });
    text
}
