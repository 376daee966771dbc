//! The parts of a form by their way from the root: what stands there, and how it is exchanged.

use provisioning::expression::form::{CallForm, Form};
use provisioning::expression::function::{self, Function, Parameter};
use provisioning::expression::tree::{Comparison, Keyword};

/// The places of the arguments, and of the two sides of a comparison, from the root.
pub(super) type Way = Vec<usize>;

/// What can stand at a place, apart from what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Nothing,
    Attribute,
    Text,
    Number,
    Keyword,
    Comparison,
    Function(&'static Function),
    /// What could not be read, or calls a function that does not exist.
    Unreadable,
}

impl Choice {
    /// All but the functions, with their names in the list.
    pub(super) const PLAIN: [(Self, &'static str); 5] = [
        (Self::Attribute, "Attribute"),
        (Self::Text, "Text"),
        (Self::Number, "Number"),
        (Self::Keyword, "Kind of comparison"),
        (Self::Comparison, "Comparison"),
    ];

    /// Its name in the list.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Function(function) => function.name,
            Self::Nothing => "Nothing",
            Self::Unreadable => "As typed",
            plain => Self::PLAIN.iter().find(|(own, _)| *own == plain).map_or("", |(_, name)| name),
        }
    }

    /// The choice of a name in the list.
    pub(super) fn named(name: &str) -> Self {
        let plain = Self::PLAIN.iter().find(|(_, own)| *own == name).map(|(choice, _)| *choice);
        let function = || function::find(name).map(Self::Function);
        plain.or_else(function).unwrap_or(Self::Nothing)
    }

    /// What stands there now.
    pub(super) fn of(form: Option<&Form>) -> Self {
        match form {
            None => Self::Nothing,
            Some(Form::Attribute(_)) => Self::Attribute,
            Some(Form::Text(_)) => Self::Text,
            Some(Form::Number(_)) => Self::Number,
            Some(Form::Keyword(_)) => Self::Keyword,
            Some(Form::Comparison(..)) => Self::Comparison,
            Some(Form::Call(CallForm { function: Some(function), .. })) => Self::Function(function),
            Some(Form::Unreadable(text)) if text.trim().is_empty() => Self::Nothing,
            Some(Form::Call(_) | Form::Unreadable(_)) => Self::Unreadable,
        }
    }

    /// The part that takes the place of another, which it keeps inside where that is possible.
    pub(super) fn form(self, former: Option<Form>) -> Option<Form> {
        let former = former.filter(|form| Self::of(Some(form)) != Self::Nothing);
        let text = match &former {
            Some(Form::Text(text) | Form::Number(text) | Form::Attribute(text)) => text.clone(),
            _ => String::new(),
        };
        Some(match self {
            Self::Nothing => return None,
            Self::Unreadable => return former,
            Self::Attribute => Form::Attribute(text),
            Self::Text => Form::Text(text),
            Self::Number => Form::Number(text),
            Self::Keyword => Form::Keyword(Keyword::TextCompare),
            Self::Comparison => {
                let left = former.unwrap_or_else(|| Form::Attribute(String::new()));
                let right = Form::Text(String::new());
                Form::Comparison(Box::new(left), Comparison::Equal, Box::new(right))
            }
            Self::Function(function) => {
                let mut form = Form::call(function);
                if let Form::Call(call) = &mut form
                    && let Some(first) = call.slots.first_mut()
                {
                    first.value = former;
                }
                form
            }
        })
    }
}

/// What stands at a place; nothing where it is empty.
pub(super) fn at<'a>(form: &'a Form, way: &[usize]) -> Option<&'a Form> {
    let Some((place, rest)) = way.split_first() else { return Some(form) };
    let below = match (form, place) {
        (Form::Call(call), place) => call.slots.get(*place)?.value.as_ref()?,
        (Form::Comparison(left, _, _), 0) => left,
        (Form::Comparison(_, _, right), 1) => right,
        _ => return None,
    };
    at(below, rest)
}

/// The parameter that a place belongs to.
pub(super) fn parameter(form: &Form, way: &[usize]) -> Option<&'static Parameter> {
    let (place, above) = way.split_last()?;
    match at(form, above)? {
        Form::Call(call) => call.slots.get(*place)?.parameter,
        _ => None,
    }
}

/// Puts something at a place.
pub(super) fn put(form: &mut Form, way: &[usize], value: Option<Form>) {
    let Some((place, rest)) = way.split_first() else {
        *form = value.unwrap_or_else(|| Form::Unreadable(String::new()));
        return;
    };
    match (form, place) {
        (Form::Call(call), place) => {
            let Some(slot) = call.slots.get_mut(*place) else { return };
            match &mut slot.value {
                Some(below) if !rest.is_empty() => put(below, rest, value),
                own => *own = value,
            }
        }
        (Form::Comparison(left, _, _), 0) => put(left, rest, value),
        (Form::Comparison(_, _, right), 1) => put(right, rest, value),
        _ => {}
    }
}

/// Changes the call at a place.
pub(super) fn change_call(form: &mut Form, way: &[usize], change: impl FnOnce(&mut CallForm)) {
    if let Some(Form::Call(mut call)) = at(form, way).cloned() {
        change(&mut call);
        put(form, way, Some(Form::Call(call)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use provisioning::expression::Expression;

    fn form(text: &str) -> Form {
        Form::of(&Expression::parse(text))
    }

    #[test]
    fn a_part_is_found_by_its_way_and_exchanged_there() {
        let mut whole = form("IIF([a] = \"x\", Left([b], 2), [c])");
        assert_eq!(at(&whole, &[1, 0]), Some(&Form::Attribute("b".to_owned())));
        assert_eq!(at(&whole, &[0, 1]), Some(&Form::Text("x".to_owned())));
        assert_eq!(at(&whole, &[7]), None);
        assert_eq!(parameter(&whole, &[1, 1]).unwrap().name, "numChars");
        put(&mut whole, &[1, 0], Some(Form::Attribute("d".to_owned())));
        put(&mut whole, &[0, 1], Some(Form::Text("y".to_owned())));
        put(&mut whole, &[2], None);
        assert_eq!(whole.to_text(), "IIF([a] = \"y\", Left([d], 2), )");
    }

    #[test]
    fn another_choice_keeps_what_stood_there_where_it_can() {
        let mut whole = form("[mail]");
        let lower = Choice::named("ToLower").form(Some(whole.clone()));
        put(&mut whole, &[], lower);
        assert_eq!(whole.to_text(), "ToLower([mail])");
        let text = Choice::Text.form(at(&whole, &[0]).cloned());
        put(&mut whole, &[0], text);
        assert_eq!(whole.to_text(), "ToLower(\"mail\")");
        let compared = Choice::Comparison.form(Some(whole));
        assert_eq!(compared.unwrap().to_text(), "ToLower(\"mail\") = \"\"");
    }

    #[test]
    fn every_choice_is_found_by_its_name() {
        for function in function::ALL {
            assert_eq!(Choice::named(function.name), Choice::Function(function));
        }
        for (choice, name) in Choice::PLAIN {
            assert_eq!(Choice::named(name), choice);
            assert_eq!(choice.name(), name);
        }
        assert_eq!(Choice::of(Some(&form(""))), Choice::Nothing);
        assert_eq!(Choice::of(Some(&form("Nix(1)"))), Choice::Unreadable);
    }
}
