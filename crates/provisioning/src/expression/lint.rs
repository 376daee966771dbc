//! Advice on an expression before anybody is provisioned by it: what cannot work, what works
//! otherwise than it is meant, and what could be written better.

mod argument;
mod attribute;
mod choice;
mod condition;
mod date;
mod pattern;
mod replace;
mod result;
mod rewrite;
mod role;
mod writing;

use std::ops::Range;

use super::Expression;
use super::evidence::Evidence;
use super::fault::Fault;
use super::fix::Fix;
use super::infer::{self, AttributeHint, Inferred, ValueKind};
use super::tree::Node;

pub use super::rule::{Rule, Severity};

/// One piece of advice, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// The rule that is broken.
    pub rule: Rule,
    /// How much that matters here.
    pub severity: Severity,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What happens.
    pub message: String,
    /// What to do about it; empty where there is nothing to be said.
    pub help: String,
    /// Repairs that can be made mechanically, the likeliest first.
    pub fixes: Vec<Fix>,
    /// Where the rule is from.
    pub evidence: Evidence,
}

/// What is known of the mapping that an expression stands in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation<'a> {
    /// All attributes of the source; nothing where they are not known.
    pub attributes: Option<&'a [AttributeHint]>,
    /// Whether the mapping is applied on updates too.
    pub apply: Apply,
    /// Whether the scope is "Sync all users and groups".
    pub scope_is_all: bool,
    /// The attribute that is written, where it is known.
    pub target: Option<TargetHint>,
}

/// "Apply this mapping".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Apply {
    /// On creation and on every later change.
    #[default]
    Always,
    /// Only during object creation.
    OnlyDuringCreation,
}

/// What is known of the attribute that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetHint {
    /// The kind of value that it takes.
    pub kind: ValueKind,
    /// Whether an object fails without a value.
    pub required: bool,
    /// Whether a default value stands in where there is none.
    pub has_default: bool,
    /// Whether it takes several values.
    pub multi_valued: bool,
    /// Whether objects are matched by it.
    pub is_matching: bool,
}

/// Everything that is wrong with an expression or doubtful about it, in the order of the text;
/// its [`Expression::faults`] are among it.
pub fn lint(expression: &Expression, situation: &Situation<'_>) -> Vec<Lint> {
    let mut found: Vec<Lint> = expression.faults().iter().map(Lint::of_fault).collect();
    if found.iter().all(|fault| fault.rule != Rule::TooLong) {
        let (text, root) = (expression.text(), expression.root());
        let view = View { text, situation, root };
        root.walk(&mut |node| CHECKS.iter().for_each(|check| check(&view, node, &mut found)));
        result::check(&view, &mut found);
    }
    found.sort_by_key(|lint| (lint.span.start, lint.severity));
    found
}

/// What a check sees beside the node that it looks at.
struct View<'a> {
    text: &'a str,
    situation: &'a Situation<'a>,
    root: &'a Node,
}

impl<'a> View<'a> {
    fn infer(&self, node: &Node) -> Inferred {
        infer::infer(node, self.situation.attributes)
    }

    /// A node as it was written.
    fn written(&self, node: &Node) -> &'a str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }

    fn is_root(&self, node: &Node) -> bool {
        std::ptr::eq(self.root, node)
    }
}

/// What looks at every node.
type Check = fn(&View<'_>, &Node, &mut Vec<Lint>);

const CHECKS: [Check; 9] = [
    argument::check,
    attribute::check,
    choice::check,
    condition::check,
    date::check,
    pattern::check,
    replace::check,
    role::check,
    writing::check,
];

impl Lint {
    fn new(rule: Rule, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity(),
            span,
            message: message.into(),
            help: String::new(),
            fixes: Vec::new(),
            evidence: rule.evidence(),
        }
    }

    fn severe(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    fn helping(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    fn fixing(mut self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        self.fixes.extend(fixes);
        self
    }

    fn of_fault(fault: &Fault) -> Self {
        Self::new(fault.rule, fault.span.clone(), fault.message.clone())
            .helping(fault.help.clone().unwrap_or_default())
            .fixing(fault.fixes.iter().cloned())
    }
}

#[cfg(test)]
mod tests;
