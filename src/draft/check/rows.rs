//! The attribute rows: field by field, and against each other.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use provisioning::configuration::default::target_attribute;
use provisioning::configuration::{Apply, AttributeMapping, Source, TargetAttribute, TargetType};
use provisioning::expression::Expression;
use scim::path::Path;

use super::Problem;
use crate::draft::mapping::{MappingDraft, MappingType, Row, TargetTypeDraft};
use crate::draft::place::{Kind, Place, RowField};

/// Checks every row, that no target is taken twice, and that something matches.
pub(super) fn check_rows(draft: &MappingDraft, kind: Kind, problems: &mut Vec<Problem>) {
    let mut targets: BTreeMap<String, usize> = BTreeMap::new();
    for (index, row) in draft.rows.iter().enumerate() {
        row.check(kind, problems);
        let key = row.target.trim().to_ascii_lowercase();
        if let Some(first) = targets.get(&key).filter(|_| !key.is_empty()) {
            problems.push(Problem::new(
                Place::Row(kind, row.id, RowField::Target),
                format!("`{}` is mapped in row {} already", row.target, first + 1),
                "keep one of the two rows: a target takes one mapping",
            ));
        } else {
            targets.insert(key, index);
        }
    }
    if !draft.rows.iter().any(|row| row.is_complete() && !row.precedence.trim().is_empty()) {
        problems.push(Problem::new(
            Place::Mapping(kind),
            format!("{} have no matching attribute", kind.plural()),
            "edit a row and give it matching precedence 1, usually userName or displayName",
        ));
    }
}

impl Row {
    fn check(&self, kind: Kind, problems: &mut Vec<Problem>) {
        let mut problem = |field, message: String, repair: &str| {
            problems.push(Problem::new(Place::Row(kind, self.id, field), message, repair));
        };
        let target = self.target.trim();
        if target.is_empty() {
            problem(
                RowField::Target,
                "there is no target attribute".to_owned(),
                "type one, such as displayName",
            );
        } else if let Err(fault) = Path::parse(target) {
            problem(
                RowField::Target,
                format!("`{target}` is not a SCIM path: {fault}"),
                "write it like name.givenName or emails[type eq \"work\"].value",
            );
        } else if target.eq_ignore_ascii_case("id") {
            problem(
                RowField::Target,
                "`id` belongs to the application".to_owned(),
                "choose another target; the application gives the id itself",
            );
        }
        if self.mapping_type == MappingType::Expression && !self.expression.trim().is_empty() {
            let expression = Expression::parse(&self.expression);
            if let Some(fault) = expression.faults().first() {
                let at = 1 + self.expression.get(..fault.span.start).unwrap_or("").chars().count();
                let repair = fault.help.clone();
                problem(
                    RowField::Source,
                    format!("the expression is wrong at character {at}: {}", fault.message),
                    repair.as_deref().unwrap_or("mend it at that place"),
                );
            }
        }
        if self.mapping_type != MappingType::None
            && self.source_text().trim().is_empty()
            && !self.precedence.trim().is_empty()
        {
            problem(
                RowField::Source,
                "a matching attribute needs a source".to_owned(),
                "choose a source attribute, such as userPrincipalName",
            );
        }
        let precedence = self.precedence.trim();
        if !precedence.is_empty() && precedence.parse::<NonZeroU32>().is_err() {
            problem(
                RowField::Precedence,
                format!("the matching precedence `{precedence}` is not a whole number above 0"),
                "type 1 for the attribute that is asked first, or leave it empty",
            );
        }
    }

    /// The row as the engine takes it; a row without a sound source waits and is left out.
    pub(super) fn sound(&self) -> Option<AttributeMapping> {
        if !self.is_complete() {
            return None;
        }
        let text = self.source_text().trim();
        let source = match self.mapping_type {
            MappingType::Direct => Source::Direct(text.to_owned()),
            // Blanks around a constant are part of it.
            MappingType::Constant => Source::Constant(self.constant.clone()),
            MappingType::Expression => {
                let expression = Expression::parse(&self.expression);
                if !expression.is_sound() {
                    return None;
                }
                Source::Expression(expression)
            }
            MappingType::None => Source::None,
        };
        let path = Path::parse(self.target.trim()).ok()?;
        Some(AttributeMapping {
            target: TargetAttribute {
                kind: self.target_type.into(),
                required: self.required,
                case_exact: self.case_exact,
                ..target_attribute(path)
            },
            source,
            default_value: Some(self.default_value.clone()).filter(|text| !text.is_empty()),
            matching_precedence: self.precedence.trim().parse().ok(),
            apply: if self.only_during_creation {
                Apply::OnlyDuringCreation
            } else {
                Apply::Always
            },
        })
    }
}

impl From<TargetTypeDraft> for TargetType {
    fn from(kind: TargetTypeDraft) -> Self {
        match kind {
            TargetTypeDraft::String => Self::String,
            TargetTypeDraft::Boolean => Self::Boolean,
            TargetTypeDraft::Integer => Self::Integer,
            TargetTypeDraft::DateTime => Self::DateTime,
            TargetTypeDraft::Binary => Self::Binary,
            TargetTypeDraft::Reference => Self::Reference,
        }
    }
}
