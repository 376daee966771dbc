//! Values that break expressions, put into every attribute that one reads, one at a time.

use std::collections::BTreeMap;

use provisioning::population::Population;
use provisioning::source::SourceObject;

use super::inputs;
use super::prepared::{Bystander, Prepared, ROLES, SOFT_DELETED, attributes_of};
use crate::draft::mapping::unit_test::Literal;
use crate::worker::message::{Formula, Stressed};

/// How long the long text is: longer than most applications take.
const LONG: usize = 300;

/// The result for every attribute with every such value; the others keep what the object has.
pub(super) fn stress(
    formula: &Formula,
    object: Option<&SourceObject>,
    population: &Population,
) -> Vec<Stressed> {
    let prepared = Prepared::new(&formula.text, formula.target_type);
    let domain = population.configuration().default_domain.as_deref();
    let mut lines = Vec::new();
    for attribute in attributes_of(&formula.text) {
        for (case, value) in cases(&attribute) {
            let mut somebody = match object {
                Some(object) => Bystander::like(&inputs(population, object)),
                None => Bystander::new(formula.kind.into(), &BTreeMap::new()),
            };
            somebody.set(&attribute, &value);
            let found = prepared.run(&somebody.inputs(domain, population.ambient()));
            lines.push(Stressed {
                attribute: attribute.clone(),
                case: case.to_owned(),
                value,
                found,
            });
        }
    }
    lines
}

/// The values for an attribute, each with what is special about it.
fn cases(attribute: &str) -> Vec<(&'static str, Literal)> {
    let text = |text: &str| Literal::Text(text.to_owned());
    let list = |texts: &[&str]| Literal::List(texts.iter().map(|t| (*t).to_owned()).collect());
    match attribute {
        SOFT_DELETED => vec![("true", Literal::Boolean(true)), ("false", Literal::Boolean(false))],
        ROLES => vec![
            ("no role", Literal::Null),
            ("one role", list(&["User"])),
            ("several roles", list(&["User", "Admin"])),
        ],
        _ => vec![
            ("no value (null)", Literal::Null),
            ("empty text", text("")),
            ("blanks only", text("   ")),
            ("long text", Literal::Text("long value ".chars().cycle().take(LONG).collect())),
            ("emoji", text("Zoë 👩‍🚀🚀")),
            ("right to left", text("שרה כהן")),
            ("apostrophe", text("O'Brien")),
            ("several values", list(&["first@contoso.com", "second@contoso.com"])),
        ],
    }
}
