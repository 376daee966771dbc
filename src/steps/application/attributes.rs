//! The attribute tables of an application, with the source that is proposed for each target.

use leptos::prelude::*;
use provisioning::configuration::Source;
use provisioning::configuration::default::{ProposedRow, Provenance, propose};

use crate::draft::place::Kind;
use crate::gallery::{Recipe, RecipeAttribute};
use crate::ui::{Disclosure, Table};

/// A closed table for each kind of object that has attributes.
pub(super) fn tables(recipe: &Recipe) -> AnyView {
    Kind::ALL.into_iter().map(|kind| table(kind, recipe.attributes(kind))).collect_view().into_any()
}

fn table(kind: Kind, attributes: &[RecipeAttribute]) -> Option<AnyView> {
    if attributes.is_empty() {
        return None;
    }
    let of = match kind {
        Kind::User => "Attributes of users",
        Kind::Group => "Attributes of groups",
    };
    let rows: Vec<_> = attributes.iter().map(|attribute| row(kind, attribute)).collect();
    let head = vec!["Attribute", "Type", "Ticked", "Source proposed"];
    let table = view! {
        <Table caption=of caption_hidden=true dense=true head>
            {rows}
        </Table>
    };
    let note = Some(attributes.len().to_string());
    Some(view! { <Disclosure summary=of note>{table}</Disclosure> }.into_any())
}

fn row(kind: Kind, attribute: &RecipeAttribute) -> AnyView {
    let all = [
        (attribute.required, "required"),
        (attribute.filterable, "filterable"),
        (attribute.matching, "matching"),
    ];
    let ticked: Vec<_> = all.into_iter().filter_map(|(is, what)| is.then_some(what)).collect();
    let proposed = propose(kind.into(), &attribute.name);
    view! {
        <tr>
            <th scope="row">
                <code>{attribute.name.clone()}</code>
            </th>
            <td>{attribute.kind.clone()}</td>
            <td>{ticked.join(", ")}</td>
            <td>{source(&proposed)}</td>
        </tr>
    }
    .into_any()
}

/// The proposal, and how far it is known.
fn source(proposed: &ProposedRow) -> AnyView {
    let known = match proposed.provenance {
        Provenance::Published => "printed by Microsoft for SCIM applications",
        Provenance::Usual => "usual, not printed for this application",
        Provenance::Open => return "open: nobody has published one".into_any(),
    };
    let text = match &proposed.source {
        Some(Source::Direct(name)) => name.clone(),
        Some(Source::Expression(expression)) => expression.text().to_owned(),
        Some(Source::Constant(text)) => format!("\"{text}\""),
        Some(Source::None) | None => String::new(),
    };
    view! {
        <code>{text}</code>
        " "
        <small>{known}</small>
    }
    .into_any()
}
