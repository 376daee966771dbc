//! Rules about what the rows yield.

use super::{Found, View, counted};
use crate::configuration::{Apply, AttributeMapping, Source};
use crate::expression::Expression;
use crate::expression::lint::{self, Lint};
use crate::expression::tree::{Call, Node, NodeKind};
use crate::mapping::is_reference;

/// The expression of a row.
fn expression(row: &AttributeMapping) -> Option<&Expression> {
    match &row.source {
        Source::Expression(expression) => Some(expression),
        _ => None,
    }
}

pub(super) fn switch_applied_always(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let is_risky = row.apply == Apply::Always && expression(row)?.calls("Switch");
        is_risky.then(|| {
            let text = format!(
                "A known defect: when another attribute changes, Switch can yield nothing and \
                 blank `{}` on an update.",
                row.target.path
            );
            (text, repaired(view, row, |lint| lint.rule == lint::Rule::SwitchAppliedAlways))
        })
    })
}

pub(super) fn cannot_run(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let fault = expression(row)?.compile().err()?;
        let text =
            format!("The expression of `{}` cannot run: {}.", row.target.path, fault.message);
        Some((text, repaired(view, row, |lint| lint.severity == lint::Severity::Error)))
    })
}

/// The row with the repairs that the advice on its expression offers for one rule.
fn repaired(
    view: &View<'_>,
    row: &AttributeMapping,
    is_meant: impl Fn(&Lint) -> bool,
) -> Option<AttributeMapping> {
    let mut current = row.clone();
    // One repair at a time, because each moves what stands behind it.
    for _ in 0..8 {
        let text = expression(&current)?.text().to_owned();
        let situation = current.situation(view.configuration.scope, None);
        let advice = lint::lint(expression(&current)?, &situation);
        let Some(lint) = advice.iter().find(|lint| is_meant(lint)) else { break };
        let mended = Expression::parse(&lint.fixes.first()?.apply(&text));
        current.source = Source::Expression(mended);
    }
    (current != *row).then_some(current)
}

pub(super) fn select_unique(view: &View<'_>) -> Vec<Found> {
    view.rows(|row| {
        expression(row)?.calls("SelectUniqueValue").then(|| {
            format!(
                "`{}` is computed with SelectUniqueValue, which works in inbound jobs only.",
                row.target.path
            )
        })
    })
}

/// `Now` is left out: it is used to compare dates, and its result rarely shows.
pub(super) fn changes_every_cycle(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let expression = expression(row)?;
        let name = ["Guid", "RandomString"].into_iter().find(|name| expression.calls(name))?;
        (row.apply == Apply::Always).then(|| {
            let text = format!(
                "{name} yields another value each time `{}` is computed, so every cycle writes it \
                 anew.",
                row.target.path
            );
            (text, Some(AttributeMapping { apply: Apply::OnlyDuringCreation, ..row.clone() }))
        })
    })
}

/// An empty text in the place of a result looks as if it cleared the target.
pub(super) fn never_cleared(view: &View<'_>) -> Vec<Found> {
    view.rows(|row| {
        let is_meant_to_clear = match &row.source {
            Source::Constant(text) => text.is_empty(),
            Source::Expression(expression) => yields_empty_text(expression.root()),
            Source::Direct(_) | Source::None => false,
        };
        (is_meant_to_clear && row.apply == Apply::Always).then(|| {
            format!(
                "`{}` can be an empty text, which is not sent: what the application holds stays, \
                 it is never cleared.",
                row.target.path
            )
        })
    })
}

fn yields_empty_text(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Text(text) => text.is_empty(),
        NodeKind::Call(call) => results(call).into_iter().flatten().any(yields_empty_text),
        _ => false,
    }
}

/// The arguments of which a function returns one as it is.
fn results(call: &Call) -> Vec<Option<&Node>> {
    let count = call.arguments.len();
    let places: Vec<usize> = match call.name.as_str() {
        "IIF" => vec![1, 2],
        "Switch" => std::iter::once(1).chain((3..count).step_by(2)).collect(),
        "Coalesce" => (0..count).collect(),
        _ => Vec::new(),
    };
    places.into_iter().map(|place| call.argument(place)).collect()
}

pub(super) fn default_not_on_updates(view: &View<'_>) -> Vec<Found> {
    view.rows_with_fix(|row| {
        let text = row.default_value.as_deref().filter(|text| !text.is_empty())?;
        if row.apply != Apply::Always || row.source == Source::None || is_reference(&row.target) {
            return None;
        }
        let said = format!(
            "The default value `{text}` of `{}` is used while an account is created, and never \
             when the source becomes empty later.",
            row.target.path
        );
        Some((said, with_coalesce(row, text)))
    })
}

/// The default as the last source of Coalesce, where it can be quoted as it is.
fn with_coalesce(row: &AttributeMapping, text: &str) -> Option<AttributeMapping> {
    let Source::Direct(name) = &row.source else { return None };
    if text.contains(['"', '\\']) || name.contains(['[', ']']) {
        return None;
    }
    let expression = Expression::parse(&format!("Coalesce([{name}], \"{text}\")"));
    let source = Source::Expression(expression);
    Some(AttributeMapping { source, default_value: None, ..row.clone() })
}

pub(super) fn required_missing(view: &View<'_>) -> Vec<Found> {
    view.crowds(
        |row| &row.nothing,
        |_, row, people| {
            row.target.required.then(|| {
                format!(
                    "{} no value for `{}`, which is required: the create fails \
                     (MandatoryFieldsMissing).",
                    counted(people.count, view.kind(), "in scope has", "in scope have"),
                    row.target.path
                )
            })
        },
    )
}

pub(super) fn yields_nothing(view: &View<'_>) -> Vec<Found> {
    view.crowds(
        |row| &row.nothing,
        |_, row, people| {
            let expression = expression(row)?;
            if row.target.required || !expression.is_sound() {
                return None;
            }
            Some(format!(
                "The expression of `{}` yields nothing for {}.",
                row.target.path,
                counted(people.count, view.kind(), "in scope", "in scope")
            ))
        },
    )
}

pub(super) fn fails(view: &View<'_>) -> Vec<Found> {
    view.crowds(
        |row| &row.fault,
        |_, row, people| {
            if expression(row).is_some_and(|expression| !expression.is_sound()) {
                return None;
            }
            Some(format!(
                "The mapping of `{}` fails for {}.",
                row.target.path,
                counted(people.count, view.kind(), "in scope", "in scope")
            ))
        },
    )
}

pub(super) fn first_of_several(view: &View<'_>) -> Vec<Found> {
    view.crowds(
        |row| &row.first_of_several,
        |_, row, people| {
            Some(format!(
                "{} several values for `{}`, which takes one; Microsoft does not say which is \
                 sent, and the preview takes the first.",
                counted(people.count, view.kind(), "in scope has", "in scope have"),
                row.target.path
            ))
        },
    )
}
