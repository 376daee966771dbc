//! The route without network: a command to run elsewhere, and the reply that is pasted back.

use leptos::prelude::*;

use crate::draft::authentication::Method;
use crate::ui::{
    Appearance, Button, Cluster, Code, Glyph, Select, SelectOption, Stack, TextArea, use_announcer,
};
use crate::verdict::command::{Shell, Showing};
use crate::verdict::pasted;
use crate::verdict::trial::Question;
use crate::wizard::{Test, Wizard};

const CURL: &str = "curl";
const POWERSHELL: &str = "powershell";

/// What is chosen and pasted here, until it is read.
#[derive(Clone, Copy)]
struct Pasting {
    wizard: Wizard,
    shell: RwSignal<Shell>,
    question: RwSignal<Question>,
    text: RwSignal<String>,
    problem: RwSignal<Option<String>>,
}

/// The button that writes the commands down, and below it one question at a time.
#[component]
pub(super) fn Paste(wizard: Wizard) -> impl IntoView {
    let pasting = Pasting {
        wizard,
        shell: RwSignal::default(),
        question: RwSignal::new(Question::Nobody),
        text: RwSignal::default(),
        problem: RwSignal::new(None),
    };
    let is_begun = Memo::new(move |_| wizard.test.with(|test| *test != Test::None));
    let begin = move |()| {
        wizard.begin_pasting();
        pasting.question.set(next(wizard).unwrap_or(Question::Nobody));
    };
    let off = Signal::derive(move || wizard.not_testable());
    view! {
        <Cluster>
            <Button
                label="Write the command"
                appearance=Appearance::Primary
                icon=Glyph::Edit
                off_because=off
                on_click=begin
            />
        </Cluster>
        <Show when=move || is_begun.get()>
            <Asking pasting />
        </Show>
    }
}

#[component]
fn Asking(pasting: Pasting) -> impl IntoView {
    let Pasting { wizard, shell, question, text, problem } = pasting;
    let command = Signal::derive(move || {
        let connection = wizard.with(|draft| draft.connection.clone());
        let seconds = connection.timeout_seconds;
        let chosen = &connection.authentication;
        wizard.test.with(|test| {
            let Some(asked) = test.trial().and_then(|trial| trial.asked(question.get())) else {
                return String::new();
            };
            match asked.question {
                Question::Grant => shell.get().fetching(&asked.request, chosen, seconds),
                _ => shell.get().command(&asked.request, &Showing::of(chosen), seconds),
            }
        })
    });
    view! {
        <Stack>
            <Cluster>
                {question_select(pasting)}
                {shell_select(shell)}
            </Cluster>
            <Code label="Command" text=command />
            <TextArea
                label="The reply"
                hint=Signal::derive(move || Some(hint(wizard, question.get())))
                value=text
                problem
                rows=6
                mono=true
                on_input=move |typed: String| {
                    problem.set(None);
                    text.set(pasted::without_secrets(&typed));
                }
            />
            <Cluster>
                <Button label="Read the reply" on_click=read(pasting) />
            </Cluster>
        </Stack>
    }
}

fn hint(wizard: Wizard, question: Question) -> String {
    let chosen = wizard.with(|draft| draft.connection.authentication.method);
    let end = match (question, chosen) {
        (Question::Grant, _) => {
            "It asks for the secret itself, and leaves the token in that shell, unprinted, for the \
             commands that follow."
        }
        (_, Method::ClientCredentials) => {
            "It takes the token that the first command has left in the shell. Close the shell when \
             you are done."
        }
        _ => "It asks for the secret itself: nothing secret belongs here.",
    };
    format!("Paste all that the command has printed, also where that is an error. {end}")
}

/// The question that comes next.
fn next(wizard: Wizard) -> Option<Question> {
    wizard.test.with_untracked(|test| Some(test.trial()?.next()?.question))
}

/// Reads what was pasted; the next question takes its place.
fn read(pasting: Pasting) -> impl Fn(()) + Copy {
    let announcer = use_announcer();
    move |()| match pasted::read(&pasting.text.get_untracked()) {
        Err(why) => pasting.problem.set(Some(why)),
        Ok(answer) => {
            let asked = pasting.question.get_untracked();
            pasting.text.set(String::new());
            pasting.wizard.hear_pasted(asked, answer);
            if asked != Question::Nobody {
                announcer.say(format!("The reply of {} is read", asked.title()));
            }
            pasting.question.set(next(pasting.wizard).unwrap_or(asked));
        }
    }
}

fn question_select(pasting: Pasting) -> impl IntoView {
    let line = |question: Question| {
        let name = match question {
            Question::Nobody => question.title().to_owned(),
            Question::Grant => format!("First: {}", question.title()),
            other => format!("{} (may be left out)", other.title()),
        };
        SelectOption::new(question.title(), name)
    };
    let asked = move || {
        pasting.wizard.test.with(|test| {
            let asked = test.trial().map(|trial| trial.asked.as_slice()).unwrap_or_default();
            asked.iter().map(|asked| asked.question).collect::<Vec<_>>()
        })
    };
    let questions = Memo::new(move |_| asked());
    let options = Signal::derive(move || questions.get().into_iter().map(line).collect::<Vec<_>>());
    let choose = move |title: String| {
        let chosen = questions.get_untracked().into_iter().find(|it| it.title() == title);
        pasting.question.set(chosen.unwrap_or(Question::Nobody));
        pasting.problem.set(None);
    };
    view! {
        <Select
            label="Question"
            value=Signal::derive(move || pasting.question.get().title().to_owned())
            options
            on_change=choose
        />
    }
}

fn shell_select(shell: RwSignal<Shell>) -> impl IntoView {
    let options = vec![
        SelectOption::new(CURL, "curl, in bash or zsh"),
        SelectOption::new(POWERSHELL, "PowerShell"),
    ];
    let value = move || match shell.get() {
        Shell::Curl => CURL.to_owned(),
        Shell::PowerShell => POWERSHELL.to_owned(),
    };
    let choose = move |name: String| {
        shell.set(if name == POWERSHELL { Shell::PowerShell } else { Shell::Curl });
    };
    view! {
        <Select
            label="Run it in"
            value=Signal::derive(value)
            options=Signal::stored(options)
            on_change=choose
        />
    }
}
