//! The mapping that an application starts with.

use provisioning::configuration::default::{
    self, ProposedRow, Provenance, propose, target_attribute,
};
use scim::path::Path;

use super::{MappingDraft, Origin, Row, TargetTypeDraft};
use crate::draft::place::Kind;
use crate::gallery::Recipe;

impl MappingDraft {
    /// The mapping that a gallery application starts with: its targets as the tutorial prints
    /// them, and the source of each where one is known.
    pub fn proposed(kind: Kind, recipe: &Recipe) -> Self {
        if !recipe.attributes_complete && recipe.attributes(kind).is_empty() {
            return Self::published(kind, recipe);
        }
        let mut rows: Vec<Row> = recipe
            .attributes(kind)
            .iter()
            .zip(1..)
            .map(|(attribute, id)| {
                let row = Row::from_proposal(&propose(kind.into(), &attribute.name));
                Row {
                    id,
                    target_type: TargetTypeDraft::from_printed(&attribute.kind),
                    required: attribute.required || row.required,
                    precedence: if attribute.matching { "1" } else { "" }.to_owned(),
                    ..row
                }
            })
            .collect();
        if rows.iter().all(|row| row.precedence.is_empty()) {
            // Twenty tutorials have no such column. Users are then matched by userName and groups
            // by displayName, as Microsoft's example of a default mapping does.
            let usual = match kind {
                Kind::User => "userName",
                Kind::Group => "displayName",
            };
            if let Some(row) = rows.iter_mut().find(|row| row.target == usual) {
                "1".clone_into(&mut row.precedence);
            }
        }
        let enabled = kind == Kind::User || recipe.capabilities.groups;
        Self { enabled, create: true, update: true, delete: true, rows, filters: Vec::new() }
    }

    /// The mapping that Microsoft prints for SCIM applications, where nothing is published for
    /// this one.
    fn published(kind: Kind, recipe: &Recipe) -> Self {
        let proposed = match kind {
            Kind::User => default::users(),
            Kind::Group => default::groups(),
        };
        let printed = proposed.iter().filter(|row| row.provenance == Provenance::Published);
        let rows = printed.zip(1..).map(|(proposal, id)| Row {
            id,
            precedence: if proposal.matching.is_some() { "1" } else { "" }.to_owned(),
            ..Row::from_proposal(proposal)
        });
        let enabled = kind == Kind::User || recipe.capabilities.groups;
        Self {
            enabled,
            create: true,
            update: true,
            delete: true,
            rows: rows.collect(),
            filters: Vec::new(),
        }
    }
}

impl Row {
    fn from_proposal(proposal: &ProposedRow) -> Self {
        let mut row = Self {
            target: proposal.target.clone(),
            origin: match proposal.provenance {
                Provenance::Published => Origin::Published,
                Provenance::Usual => Origin::Usual,
                Provenance::Open => Origin::Open,
            },
            ..Self::default()
        };
        if let Ok(path) = Path::parse(&proposal.target) {
            let target = target_attribute(path);
            (row.required, row.case_exact) = (target.required, target.case_exact);
            row.target_type = target.kind.into();
        }
        if let Some(source) = &proposal.source {
            row.set_source(source);
        }
        row
    }
}
