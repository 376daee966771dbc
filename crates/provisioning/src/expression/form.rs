//! An expression as a form to fill in, and back, without loss.
//!
//! A call has one slot for each place: those of its parameters, those of every repeated group,
//! and those that the text left empty.

use std::fmt;

use super::Expression;
use super::function::{Function, Parameter};
use super::lex;
use super::tree::{Call, Comparison, Keyword, Node, NodeKind};

/// A part of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A function with its slots.
    Call(CallForm),
    /// The value of a source attribute, by its name.
    Attribute(String),
    /// A fixed text, as it is meant and not as it is quoted.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// How `InStr` compares.
    Keyword(Keyword),
    /// Two values compared.
    Comparison(Box<Form>, Comparison, Box<Form>),
    /// A piece that could not be read, as it was typed.
    Unreadable(String),
}

/// A function with its slots.
#[derive(Clone, Debug, PartialEq)]
pub struct CallForm {
    /// The name, as it is written.
    pub name: String,
    /// The function of that name, if there is one.
    pub function: Option<&'static Function>,
    /// One slot for each place.
    pub slots: Vec<Slot>,
    /// How many places the text had; empty ones at its end are written again.
    written: usize,
}

/// The place of one argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// What is expected; nothing where the function takes no such argument.
    pub parameter: Option<&'static Parameter>,
    /// Which repetition of the repeated parameters this is, from 0.
    pub group: Option<usize>,
    /// What stands there; nothing where the place is left empty.
    pub value: Option<Form>,
}

impl Form {
    /// The form of an expression.
    pub fn of(expression: &Expression) -> Self {
        Self::of_node(expression.root(), expression.text())
    }

    fn of_node(node: &Node, text: &str) -> Self {
        match &node.kind {
            NodeKind::Call(call) => Self::Call(CallForm::of_call(call, text)),
            NodeKind::Attribute(name) => Self::Attribute(name.clone()),
            NodeKind::Text(text) => Self::Text(text.clone()),
            NodeKind::Number(written) => Self::Number(written.clone()),
            NodeKind::Keyword(keyword) => Self::Keyword(*keyword),
            NodeKind::Comparison(left, comparison, right) => Self::Comparison(
                Box::new(Self::of_node(left, text)),
                *comparison,
                Box::new(Self::of_node(right, text)),
            ),
            NodeKind::Missing => {
                Self::Unreadable(text.get(node.span.clone()).unwrap_or_default().to_owned())
            }
        }
    }

    /// A call of a function with empty slots, the repeated ones once.
    pub fn call(function: &'static Function) -> Self {
        let mut form = CallForm {
            name: function.name.to_owned(),
            function: Some(function),
            slots: Vec::new(),
            written: 0,
        };
        form.fill_up();
        Self::Call(form)
    }

    /// The canonical text of an expression.
    pub fn to_text(&self) -> String {
        self.to_string()
    }
}

impl CallForm {
    fn of_call(call: &Call, text: &str) -> Self {
        let values = call.arguments.iter().enumerate();
        let slots = values
            .map(|(place, argument)| {
                let value = argument.as_ref().map(|node| Form::of_node(node, text));
                Slot { value, ..Slot::empty(call.function, place) }
            })
            .collect();
        let written = call.arguments.len();
        let mut form = Self { name: call.name.clone(), function: call.function, slots, written };
        form.fill_up();
        form
    }

    /// Adds the slots that the function has and the text does not, so that no group is cut short.
    fn fill_up(&mut self) {
        let Some(function) = self.function else { return };
        let group = self.group_size();
        while self.slots.len() < function.parameters.len()
            || (group > 0 && !(self.slots.len() - function.fixed()).is_multiple_of(group))
        {
            self.slots.push(Slot::empty(self.function, self.slots.len()));
        }
    }

    /// How many parameters repeat together; 0 where none does.
    pub fn group_size(&self) -> usize {
        self.function.map_or(0, |function| function.parameters.len() - function.fixed())
    }

    /// Adds one repetition of the repeated parameters, all empty.
    pub fn add_group(&mut self) {
        for _ in 0..self.group_size() {
            self.slots.push(Slot::empty(self.function, self.slots.len()));
        }
    }

    /// Takes one repetition out; those behind it move up. The last one stays.
    pub fn remove_group(&mut self, group: usize) {
        let (size, before) = (self.group_size(), self.slots.len());
        if self.slots.iter().filter_map(|slot| slot.group).max().is_none_or(|last| last == 0) {
            return;
        }
        self.slots.retain(|slot| slot.group != Some(group));
        for slot in &mut self.slots {
            slot.group = slot.group.map(|later| later - usize::from(later > group));
        }
        if self.slots.len() < before {
            self.written = self.written.saturating_sub(size);
        }
    }
}

impl Slot {
    fn empty(function: Option<&'static Function>, place: usize) -> Self {
        let group = function.and_then(|function| {
            let size = function.parameters.len() - function.fixed();
            place.checked_sub(function.fixed())?.checked_div(size)
        });
        Self { parameter: function.and_then(|f| f.parameter(place)), group, value: None }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(call) => call.fmt(f),
            Self::Attribute(name) => write!(f, "[{name}]"),
            Self::Text(text) => f.write_str(&lex::quote(text)),
            Self::Number(written) | Self::Unreadable(written) => f.write_str(written),
            Self::Keyword(keyword) => f.write_str(keyword.as_str()),
            Self::Comparison(left, comparison, right) => {
                write!(f, "{left} {} {right}", comparison.as_str())
            }
        }
    }
}

impl fmt::Display for CallForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let filled =
            self.slots.iter().rposition(|slot| slot.value.is_some()).map_or(0, |last| last + 1);
        write!(f, "{}(", self.name)?;
        for (place, slot) in self.slots.iter().take(self.written.max(filled)).enumerate() {
            if place > 0 {
                f.write_str(", ")?;
            }
            if let Some(value) = &slot.value {
                value.fmt(f)?;
            }
        }
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use super::super::function;
    use super::*;

    fn form(text: &str) -> CallForm {
        match Form::of(&Expression::parse(text)) {
            Form::Call(form) => form,
            other => panic!("{other:?}"),
        }
    }

    /// The slots, each with its parameter and its repetition.
    fn shown(form: &CallForm) -> Vec<String> {
        let slots = form.slots.iter().map(|slot| {
            let group = slot.group.map_or(String::new(), |group| format!("#{group}"));
            let value = slot.value.as_ref().map_or(String::new(), Form::to_text);
            format!("{}{group}: {value}", slot.parameter.map_or("?", |p| p.name))
        });
        slots.collect()
    }

    #[test]
    fn every_place_has_a_slot() {
        assert_eq!(
            shown(&form("Switch([a], , \"k\", \"v\", 1)")),
            [
                "source: [a]",
                "defaultValue: ",
                "key#0: \"k\"",
                "value#0: \"v\"",
                "key#1: 1",
                "value#1: "
            ]
        );
        assert_eq!(shown(&form("ToLower([a])")), ["source: [a]", "culture: "]);
        assert_eq!(shown(&form("Left([a], 1, 2)")), ["string: [a]", "numChars: 1", "?: 2"]);
        assert_eq!(shown(&form("Nix(, 1)")), ["?: ", "?: 1"]);
    }

    #[test]
    fn empty_places_are_written_as_they_were() {
        for text in
            ["ToLower([a])", "ToLower([a], )", "Replace([a], \"b\", , , \"c\", , )", "Now()"]
        {
            assert_eq!(Form::of(&Expression::parse(text)).to_text(), text);
        }
    }

    #[test]
    fn what_cannot_be_read_stays_as_it_was_typed() {
        assert_eq!(Form::of(&Expression::parse("Append(mail,'x')")).to_text(), "Append(mail, 'x')");
    }

    #[test]
    fn groups_come_and_go() {
        let mut switch = form("Switch([a], , \"k\", \"v\", \"l\", \"w\")");
        switch.remove_group(0);
        assert_eq!(switch.to_string(), "Switch([a], , \"l\", \"w\")");
        assert_eq!(switch.slots.last().and_then(|slot| slot.group), Some(0));
        switch.remove_group(0);
        assert_eq!(switch.to_string(), "Switch([a], , \"l\", \"w\")");
        switch.add_group();
        assert_eq!(switch.slots.len(), 6);
        assert_eq!(switch.to_string(), "Switch([a], , \"l\", \"w\")");
        let Form::Call(empty) = Form::call(&function::IIF) else { panic!() };
        assert_eq!((empty.slots.len(), empty.to_string().as_str()), (3, "IIF()"));
    }
}
