//! One slot of the form: what stands in it, and the slots below.

use leptos::prelude::*;
use provisioning::expression::form::{CallForm, Form};
use provisioning::expression::function::{Function, Parameter};

use super::part::{self, Choice, Way};
use super::{Comparison, Filling, Keyword};
use crate::ui::{Appearance, Button, Glyph, Select, SelectOption, TextField};
use crate::wizard::People;
use crate::workbench::family;

/// What decides which fields a slot has; typing into them does not change it.
#[derive(Clone, PartialEq)]
struct Shape {
    choice: Choice,
    /// The slots of a call, each with its repetition.
    slots: Vec<Option<usize>>,
}

fn shape(form: &Form, way: &[usize]) -> Shape {
    let own = part::at(form, way);
    let slots = match own {
        Some(Form::Call(call)) if call.function.is_some() => {
            call.slots.iter().map(|slot| slot.group).collect()
        }
        _ => Vec::new(),
    };
    Shape { choice: Choice::of(own), slots }
}

/// A slot with its name, what it expects, and its fields.
#[component]
pub(super) fn Slot(filling: Filling, way: Way) -> AnyView {
    let shape = {
        let way = way.clone();
        Memo::new(move |_| filling.form.with(|form| shape(form, &way)))
    };
    let parameter = filling.form.with_untracked(|form| part::parameter(form, &way));
    let name = title(&way, parameter);
    let about = parameter.map(about);
    let choose = {
        let way = way.clone();
        move |chosen: String| {
            let former = filling.form.with_untracked(|form| part::at(form, &way).cloned());
            filling.put(&way, Choice::named(&chosen).form(former));
        }
    };
    view! {
        <fieldset class="form-slot">
            <legend>{name.clone()} " " <small>{about}</small></legend>
            <Select
                label=format!("What stands in {name}")
                label_hidden=true
                value=Signal::derive(move || shape.with(|shape| shape.choice.name().to_owned()))
                on_change=choose
                options=Signal::derive(move || options(shape.with(|shape| shape.choice)))
            />
            {move || view! { <Fields filling way=way.clone() name=name.clone() shape=shape.get() /> }}
        </fieldset>
    }
    .into_any()
}

fn title(way: &[usize], parameter: Option<&'static Parameter>) -> String {
    match (parameter, way.last()) {
        (Some(parameter), _) => parameter.name.to_owned(),
        (None, None) => "Expression".to_owned(),
        (None, Some(0)) => "Left side".to_owned(),
        (None, Some(1)) => "Right side".to_owned(),
        (None, Some(place)) => format!("Argument {}", place + 1),
    }
}

fn about(parameter: &'static Parameter) -> String {
    let needed = if parameter.required { "" } else { ", may be left out" };
    format!("({}{needed}) {}", parameter.kind.in_words(), parameter.description)
}

/// What can be chosen; what is there now can stay.
fn options(now: Choice) -> Vec<SelectOption> {
    let nothing = Choice::Nothing.name();
    let kept = (now == Choice::Unreadable).then(|| now.name());
    let plain = [nothing].into_iter().chain(kept);
    let plain = plain.chain(Choice::PLAIN.iter().map(|(_, name)| *name));
    let functions = family::ALL.iter().flat_map(|family| {
        let names = family.functions.iter();
        names.map(|name| SelectOption::new(*name, *name).in_group(family.name))
    });
    plain.map(|name| SelectOption::new(name, name)).chain(functions).collect()
}

#[component]
fn Fields(filling: Filling, way: Way, name: String, shape: Shape) -> AnyView {
    match shape.choice {
        Choice::Nothing => ().into_any(),
        Choice::Function(function) => {
            view! { <Arguments filling way function slots=shape.slots /> }.into_any()
        }
        Choice::Comparison => view! { <Sides filling way /> }.into_any(),
        Choice::Keyword => view! { <KeywordField filling way name /> }.into_any(),
        Choice::Attribute | Choice::Text | Choice::Number | Choice::Unreadable => {
            view! { <Leaf filling way name choice=shape.choice /> }.into_any()
        }
    }
}

/// An attribute's name, a text, a number, or what could not be read.
#[component]
fn Leaf(filling: Filling, way: Way, name: String, choice: Choice) -> impl IntoView {
    let own = way.clone();
    let value = Signal::derive(move || {
        filling.form.with(|form| match part::at(form, &own) {
            Some(
                Form::Attribute(text)
                | Form::Text(text)
                | Form::Number(text)
                | Form::Unreadable(text),
            ) => text.clone(),
            Some(other) => other.to_text(),
            None => String::new(),
        })
    });
    let suggestions = Signal::derive(move || match choice {
        Choice::Attribute => filling.bench.people.with(People::samples),
        _ => Vec::new(),
    });
    let write = move |text: String| {
        let value = match choice {
            Choice::Attribute => Form::Attribute(text),
            Choice::Text => Form::Text(text),
            Choice::Number => Form::Number(text),
            _ => Form::Unreadable(text),
        };
        filling.put(&way, Some(value));
    };
    view! {
        <TextField
            label=format!("{}: {name}", choice.name())
            label_hidden=true
            mono=true
            value
            on_input=write
            suggestions
        />
    }
}

#[component]
fn KeywordField(filling: Filling, way: Way, name: String) -> impl IntoView {
    let own = way.clone();
    let value = Signal::derive(move || {
        filling.form.with(|form| part::at(form, &own).map(Form::to_text).unwrap_or_default())
    });
    let choose = move |name: String| {
        let found = Keyword::ALL.iter().find(|(own, _)| *own == name);
        filling.put(&way, found.map(|(_, keyword)| Form::Keyword(*keyword)));
    };
    let options = Keyword::ALL.map(|(name, _)| SelectOption::new(name, name)).to_vec();
    view! {
        <Select
            label=format!("Kind of comparison: {name}")
            label_hidden=true
            value
            on_change=choose
            options
        />
    }
}

/// The two sides of a comparison, with its sign between them.
#[component]
fn Sides(filling: Filling, way: Way) -> impl IntoView {
    const SIGNS: [&str; 6] = ["=", "<>", ">", ">=", "<", "<="];
    let side = |place: usize| way.iter().copied().chain([place]).collect::<Way>();
    let (left, right) = (side(0), side(1));
    let own = way.clone();
    let value = Signal::derive(move || {
        filling.form.with(|form| match part::at(form, &own) {
            Some(Form::Comparison(_, sign, _)) => sign.as_str().to_owned(),
            _ => String::new(),
        })
    });
    let choose = move |sign: String| {
        filling.change(|form| {
            if let Some(Form::Comparison(left, _, right)) = part::at(form, &way).cloned()
                && let Some(sign) = Comparison::from_symbol(&sign)
            {
                part::put(form, &way, Some(Form::Comparison(left, sign, right)));
            }
        });
    };
    view! {
        <div data-part="below">
            <Slot filling way=left />
            <Select
                label="Sign"
                value
                on_change=choose
                options=SIGNS.map(|sign| SelectOption::new(sign, sign)).to_vec()
            />
            <Slot filling way=right />
        </div>
    }
}

/// The slots of a call; those that repeat can be added and taken out.
#[component]
fn Arguments(
    filling: Filling,
    way: Way,
    function: &'static Function,
    slots: Vec<Option<usize>>,
) -> impl IntoView {
    let last = slots.last().copied().flatten();
    let repeated = repeated(function);
    let change = move |way: &Way, change: fn(&mut CallForm, usize), group: usize| {
        filling.change(|form| part::change_call(form, way, |call| change(call, group)));
    };
    let button = |label: String, icon: Glyph, act: fn(&mut CallForm, usize), group: usize| {
        let way = way.clone();
        let on_click = move |()| change(&way, act, group);
        view! { <Button label icon appearance=Appearance::Subtle on_click /> }
    };
    let shown = slots.iter().enumerate().map(|(place, group)| {
        let below: Way = way.iter().copied().chain([place]).collect();
        // Behind the last slot of a repetition.
        let ends = group.filter(|group| slots.get(place + 1).copied().flatten() != Some(*group));
        let remove = ends.filter(|_| last.is_some_and(|last| last > 0)).map(|group| {
            let label = format!("Take out {repeated} {}", group + 1);
            button(label, Glyph::Delete, CallForm::remove_group, group)
        });
        view! {
            <Slot filling way=below />
            {remove}
        }
    });
    let shown = shown.collect_view();
    let add = last.map(|_| {
        button(format!("Add another {repeated}"), Glyph::Add, |call, _| call.add_group(), 0)
    });
    view! {
        <div data-part="below">
            {shown}
            {add}
        </div>
    }
}

/// What repeats: "source", "key and value".
fn repeated(function: &Function) -> String {
    let names = function.parameters.iter().filter(|parameter| parameter.repeats);
    names.map(|parameter| parameter.name).collect::<Vec<_>>().join(" and ")
}
