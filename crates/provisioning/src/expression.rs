//! The attribute-mapping expression language: a tree with spans, its faults, and its evaluation.
//!
//! Reading and running are two worlds. [`Expression::parse`] serves every keystroke: it never
//! fails, and it links neither the regular expression engine nor the functions' behaviour.
//! [`Expression::compile`] makes the [`Program`] that is run for every person.

use std::fmt;

mod check;
pub mod complete;
mod date_format;
mod evaluate;
mod evidence;
pub mod explain;
mod fault;
mod fix;
pub mod form;
pub mod function;
pub mod highlight;
pub mod infer;
pub mod lex;
pub mod lint;
mod parse;
mod program;
pub mod recipe;
mod rule;
pub mod trace;
pub mod tree;
pub mod value;

pub use evaluate::{Flow, Inputs};
pub use evidence::{Evidence, EvidenceLevel, Note};
pub use fault::{EvaluationFault, EvaluationFaultKind, Fault, FaultKind};
pub use fix::{Edit, Fix};
pub use program::Program;

use tree::{Node, NodeKind};

/// An expression as it was typed: never refused, but perhaps with faults.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    root: Node,
    faults: Vec<Fault>,
}

impl Expression {
    /// Reads an expression. This never fails: what is wrong is in [`Expression::faults`].
    pub fn parse(text: &str) -> Self {
        let parsed = parse::parse(text);
        let checked = check::check(text, &parsed);
        let mut faults = parsed.faults;
        faults.extend(checked);
        faults.sort_by_key(|fault| fault.span.start);
        Self { text: text.to_owned(), root: parsed.root, faults }
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// What is wrong, in the order of the text.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether the expression can be evaluated.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Names of the source attributes that are read, in the order of the text, repeats included.
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        let mut names = Vec::new();
        self.root.walk(&mut |node| {
            if let NodeKind::Attribute(name) = &node.kind {
                names.push(name.as_str());
            }
        });
        names.into_iter()
    }

    /// Whether a function of this name is called anywhere in the expression.
    pub fn calls(&self, name: &str) -> bool {
        let mut found = false;
        self.root.walk(&mut |node| {
            found |= matches!(&node.kind, NodeKind::Call(call) if call.name == name);
        });
        found
    }

    /// Whether the provisioning log shows `[Redact]` instead of the result.
    ///
    /// A `Redact` anywhere counts: what it hides must not be seen through the function around it.
    pub fn is_redacted(&self) -> bool {
        self.calls("Redact")
    }

    /// Prepares the expression for many evaluations: functions looked up, constant regular
    /// expressions built once.
    ///
    /// # Errors
    /// The first fault of the text, or a regular expression that cannot be built.
    pub fn compile(&self) -> Result<Program, EvaluationFault> {
        match self.faults.first() {
            Some(fault) => Err(fault.into()),
            None => Program::compile(&self.text, &self.root),
        }
    }

    /// Evaluates once; for many people, [`Expression::compile`] first.
    ///
    /// # Errors
    /// As [`Expression::compile`] and [`Program::evaluate`].
    pub fn evaluate(&self, inputs: &Inputs<'_>) -> Result<Flow<'static>, EvaluationFault> {
        Ok(self.compile()?.evaluate(inputs)?.into_owned())
    }
}

/// The canonical text, one blank behind each comma; a text with faults stays as it was typed.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_sound() { self.root.fmt(f) } else { f.write_str(&self.text) }
    }
}

#[cfg(test)]
mod tests;
