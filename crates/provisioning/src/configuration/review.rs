//! Advice on a configuration: what Entra accepts and an administrator regrets.
//!
//! Each rule is one function over one object mapping, listed in `RULES`. A rule that concerns the
//! people too belongs to the population, not here.

use scim::schema::ENTERPRISE_USER;

use super::{Apply, AttributeMapping, Configuration, ObjectKind, ObjectMapping, Scope, Source};
use crate::mapping::role::RoleForm;
use crate::mapping::{SOFT_DELETED, is_reference};

/// One piece of advice, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The rule's stable name.
    pub id: &'static str,
    /// Which object mapping.
    pub kind: ObjectKind,
    /// Which row; nothing where the whole mapping is meant.
    pub row: Option<usize>,
    /// What is the matter, in a sentence.
    pub text: String,
    /// What to do about it.
    pub repair: &'static str,
    /// Where Microsoft says so.
    pub source: &'static str,
    /// The edition of that page.
    pub date: &'static str,
}

/// What a rule says of one place: the row, and the sentence.
type Found = Vec<(Option<usize>, String)>;

/// A rule with what does not depend on the configuration.
struct Rule {
    id: &'static str,
    repair: &'static str,
    source: &'static str,
    date: &'static str,
    judge: fn(&Configuration, &ObjectMapping) -> Found,
}

const MAPPINGS: &str = "Customize user provisioning attribute-mappings";
const SCIM: &str = "Develop and plan provisioning for a SCIM endpoint";
const SCOPE: &str = "How application provisioning works in Microsoft Entra ID";
const FUNCTIONS: &str = "Reference for writing expressions for attribute mappings";

/// All rules, in the order in which they are shown.
const RULES: [Rule; 14] = [
    Rule {
        id: "no-matching-attribute",
        repair: "Mark one row, usually userName or externalId, with \"Match objects using this attribute\".",
        source: MAPPINGS,
        date: "August 2026",
        judge: no_matching_attribute,
    },
    Rule {
        id: "active-not-mapped",
        repair: "Add a row to `active` with Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\").",
        source: SCOPE,
        date: "September 2026",
        judge: active_not_mapped,
    },
    Rule {
        id: "update-off",
        repair: "Tick Update under Target object actions.",
        source: SCOPE,
        date: "September 2026",
        judge: update_off,
    },
    Rule {
        id: "create-off",
        repair: "Tick Create under Target object actions, unless accounts are made elsewhere.",
        source: MAPPINGS,
        date: "August 2026",
        judge: create_off,
    },
    Rule {
        id: "maps-id",
        repair: "Delete the row; the application gives ids itself. Map to externalId instead.",
        source: MAPPINGS,
        date: "August 2026",
        judge: maps_id,
    },
    Rule {
        id: "duplicate-target",
        repair: "Keep one of the rows.",
        source: MAPPINGS,
        date: "August 2026",
        judge: duplicate_target,
    },
    Rule {
        id: "switch-applied-always",
        repair: "Write it with IIF, or apply it only during object creation.",
        source: FUNCTIONS,
        date: "April 2026",
        judge: switch_applied_always,
    },
    Rule {
        id: "roles-with-sync-all",
        repair: "Choose \"Sync only assigned users and groups\", or remove the row.",
        source: MAPPINGS,
        date: "August 2026",
        judge: roles_with_sync_all,
    },
    Rule {
        id: "roles-mapped-directly",
        repair: "Use SingleAppRoleAssignment or AssertiveAppRoleAssignmentsComplex.",
        source: MAPPINGS,
        date: "August 2026",
        judge: roles_mapped_directly,
    },
    Rule {
        id: "reference-not-direct",
        repair: "Use the mapping type Direct for manager and members.",
        source: MAPPINGS,
        date: "August 2026",
        judge: reference_not_direct,
    },
    Rule {
        id: "matching-attribute-not-unique",
        repair: "Match by an attribute that only one person can have: userName, externalId or an e-mail address.",
        source: MAPPINGS,
        date: "August 2026",
        judge: matching_not_unique,
    },
    Rule {
        id: "matching-attribute-may-drop-out",
        repair: "Give the matching row a source that always yields a value.",
        source: MAPPINGS,
        date: "August 2026",
        judge: matching_may_drop_out,
    },
    Rule {
        id: "extension-name-form",
        repair: "Name it urn:ietf:params:scim:schemas:extension:<Name>:2.0:User:<attribute>.",
        source: MAPPINGS,
        date: "August 2026",
        judge: extension_name_form,
    },
    Rule {
        id: "required-unmapped",
        repair: "Add a row with that target.",
        source: SCIM,
        date: "September 2026",
        judge: required_unmapped,
    },
];

/// What there is to say about a configuration; empty where nothing is.
pub fn review(configuration: &Configuration) -> Vec<Advice> {
    let mappings = ObjectKind::ALL.map(|kind| configuration.mapping(kind));
    let enabled = mappings.into_iter().filter(|mapping| mapping.enabled);
    enabled
        .flat_map(|mapping| {
            RULES.iter().flat_map(move |rule| {
                (rule.judge)(configuration, mapping).into_iter().map(move |(row, text)| Advice {
                    id: rule.id,
                    kind: mapping.kind,
                    row,
                    text,
                    repair: rule.repair,
                    source: rule.source,
                    date: rule.date,
                })
            })
        })
        .collect()
}

fn no_matching_attribute(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let text = "No row matches objects, so nobody can be looked up and nobody is provisioned.";
    whole(mapping.matching().is_empty(), text)
}

fn active_not_mapped(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let is_fed = mapping.attributes.iter().any(|row| reads(row, SOFT_DELETED));
    let text = "No row is fed by IsSoftDeleted: whoever is unassigned or blocked keeps an active \
                account in the application.";
    whole(mapping.kind == ObjectKind::User && !is_fed, text)
}

fn update_off(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let text = "Update is switched off: changes are not sent, and leavers are not disabled either, \
                because a disable is an update.";
    whole(!mapping.actions.update, text)
}

fn create_off(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let text = "Create is switched off: who is not in the application already is skipped.";
    whole(!mapping.actions.create, text)
}

fn maps_id(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let is_id = |row: &AttributeMapping| {
        let path = &row.target.path;
        path.attribute.eq_ignore_ascii_case("id")
            && path.sub_attribute.is_none()
            && path.filter.is_none()
    };
    rows(mapping, is_id, |_| "The row writes to `id`, which belongs to the application.".to_owned())
}

fn duplicate_target(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let earlier = |index: usize, row: &AttributeMapping| {
        let rows = mapping.attributes.iter().take(index);
        rows.into_iter().any(|other| other.target.path.same_place(&row.target.path))
    };
    let rows = mapping.attributes.iter().enumerate();
    rows.filter(|(index, row)| earlier(*index, row))
        .map(|(index, row)| {
            (Some(index), format!("Another row writes to `{}` already.", row.target.path))
        })
        .collect()
}

fn switch_applied_always(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let is_risky = |row: &AttributeMapping| match &row.source {
        Source::Expression(expression) => row.apply == Apply::Always && expression.calls("Switch"),
        _ => false,
    };
    rows(mapping, is_risky, |row| {
        format!(
            "A known defect: when another attribute changes, Switch can yield nothing and blank \
             `{}` on an update.",
            row.target.path
        )
    })
}

fn roles_with_sync_all(configuration: &Configuration, mapping: &ObjectMapping) -> Found {
    let everyone = configuration.scope == Scope::All;
    let is_role = |row: &AttributeMapping| everyone && RoleForm::of(&row.source).is_some();
    rows(mapping, is_role, |_| {
        "Role functions do not work with \"Sync all users and groups\", because nobody has to have \
         a role."
            .to_owned()
    })
}

fn roles_mapped_directly(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let is_direct =
        |row: &AttributeMapping| row.source == Source::Direct("appRoleAssignments".to_owned());
    rows(mapping, is_direct, |_| {
        "`appRoleAssignments` cannot be mapped directly; it holds several values per role."
            .to_owned()
    })
}

fn reference_not_direct(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let is_wrong = |row: &AttributeMapping| {
        is_reference(&row.target) && !matches!(row.source, Source::Direct(_))
    };
    rows(mapping, is_wrong, |row| {
        format!("`{}` is a reference to another object and takes no expression.", row.target.path)
    })
}

fn matching_not_unique(_: &Configuration, mapping: &ObjectMapping) -> Found {
    /// Attributes that several people commonly share.
    const SHARED: [&str; 8] = [
        "displayName",
        "title",
        "name",
        "department",
        "preferredLanguage",
        "locale",
        "addresses",
        "active",
    ];
    let is_shared = |row: &AttributeMapping| {
        mapping.kind == ObjectKind::User
            && row.matching_precedence.is_some()
            && SHARED.iter().any(|name| row.target.path.attribute.eq_ignore_ascii_case(name))
    };
    rows(mapping, is_shared, |row| {
        format!(
            "Several people can have the same `{}`: matching by it ends in conflicts, or in the \
             wrong account.",
            row.target.path
        )
    })
}

fn matching_may_drop_out(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let drops_out = |row: &AttributeMapping| match &row.source {
        Source::Expression(expression) => {
            row.matching_precedence.is_some()
                && (expression.calls("IgnoreFlowIfNullOrEmpty")
                    || expression.calls("SelectUniqueValue"))
        }
        _ => false,
    };
    rows(mapping, drops_out, |row| {
        format!("The matching row `{}` uses a function that is not allowed there.", row.target.path)
    })
}

fn extension_name_form(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let is_odd = |row: &AttributeMapping| {
        row.target.path.schema.as_deref().is_some_and(|urn| !is_well_formed(urn))
    };
    rows(mapping, is_odd, |row| {
        format!("`{}` does not have the form of an extension attribute.", row.target.path)
    })
}

/// `urn:ietf:params:scim:schemas:extension:<Name>:2.0:User`, the enterprise extension, or a core
/// schema; SCIM 1's URNs are what some applications still ask for.
fn is_well_formed(urn: &str) -> bool {
    let lower = urn.to_ascii_lowercase();
    lower == ENTERPRISE_USER.to_ascii_lowercase()
        || lower.starts_with("urn:ietf:params:scim:schemas:core:2.0:")
        || lower.starts_with("urn:scim:schemas:extension:")
        || lower.strip_prefix("urn:ietf:params:scim:schemas:extension:").is_some_and(|rest| {
            let parts: Vec<&str> = rest.split(':').collect();
            parts.len() >= 3 && parts.iter().all(|part| !part.is_empty())
        })
}

fn required_unmapped(_: &Configuration, mapping: &ObjectMapping) -> Found {
    let required = match mapping.kind {
        ObjectKind::User => "userName",
        ObjectKind::Group => "displayName",
    };
    let is_mapped = mapping.attributes.iter().any(|row| {
        row.target.path.attribute.eq_ignore_ascii_case(required) && row.source != Source::None
    });
    let text = format!("`{required}` is required by SCIM, and no row writes to it.");
    whole(!is_mapped, &text)
}

/// Whether a row is computed from a source attribute.
fn reads(row: &AttributeMapping, attribute: &str) -> bool {
    match &row.source {
        Source::Direct(name) => name == attribute,
        Source::Expression(expression) => expression.attributes().any(|name| name == attribute),
        Source::Constant(_) | Source::None => false,
    }
}

fn whole(applies: bool, text: &str) -> Found {
    if applies { vec![(None, text.to_owned())] } else { Vec::new() }
}

fn rows(
    mapping: &ObjectMapping,
    applies: impl Fn(&AttributeMapping) -> bool,
    text: impl Fn(&AttributeMapping) -> String,
) -> Found {
    let rows = mapping.attributes.iter().enumerate();
    rows.filter(|(_, row)| applies(row)).map(|(index, row)| (Some(index), text(row))).collect()
}

#[cfg(test)]
mod tests;
