//! What is known of the mapping that an expression stands in: it decides what is suggested, and
//! what is doubtful.

use provisioning::configuration::default::target_attribute;
use provisioning::expression::infer::{AttributeHint, ValueKind};
use provisioning::expression::lint::{Apply, Situation, TargetHint};
use scim::path::Path;

use crate::draft::mapping::{Row, TargetTypeDraft};
use crate::draft::place::Kind;
use crate::wizard::People;
use crate::worker::message::{KnownAttribute, PeopleSummary, Shape};

/// What is known around one expression.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting {
    /// The attributes of the people in use; nothing while nobody is loaded.
    attributes: Option<Vec<AttributeHint>>,
    apply: Apply,
    scope_is_all: bool,
    target: Option<TargetHint>,
}

impl Setting {
    /// Of an expression that belongs to no row: whose attributes it reads, and whether everybody
    /// is provisioned.
    pub fn new(people: &People, kind: Kind, sync_all: bool) -> Self {
        let attributes = match people {
            People::Ready(summary) => Some(hints(summary, kind)),
            _ => None,
        };
        Self { attributes, scope_is_all: sync_all, ..Self::default() }
    }

    /// The same for the expression of a row.
    #[must_use]
    pub fn of_row(self, row: &Row) -> Self {
        let apply =
            if row.only_during_creation { Apply::OnlyDuringCreation } else { Apply::Always };
        Self { apply, target: target(row), ..self }
    }

    /// What suggestions are made of.
    pub(super) fn attributes(&self) -> &[AttributeHint] {
        self.attributes.as_deref().unwrap_or_default()
    }

    /// What advice is made of.
    pub fn situation(&self) -> Situation<'_> {
        Situation {
            attributes: self.attributes.as_deref(),
            apply: self.apply,
            scope_is_all: self.scope_is_all,
            target: self.target,
        }
    }
}

/// The attributes that anybody of a kind has a value for.
fn hints(summary: &PeopleSummary, kind: Kind) -> Vec<AttributeHint> {
    let (everybody, holders): (usize, fn(&KnownAttribute) -> usize) = match kind {
        Kind::User => (summary.users, |attribute| attribute.users),
        Kind::Group => (summary.groups, |attribute| attribute.groups),
    };
    let held = summary.attributes.iter().filter(|attribute| holders(attribute) > 0);
    held.map(|attribute| AttributeHint {
        name: attribute.name.clone(),
        kind: match attribute.shape {
            Shape::Text => ValueKind::Text,
            Shape::Boolean => ValueKind::Boolean,
            Shape::Number => ValueKind::Number,
            Shape::List => ValueKind::List,
        },
        always_present: holders(attribute) == everybody,
        detail: attribute.sample.clone(),
    })
    .collect()
}

/// What the target attribute of a row takes; nothing while the target is no SCIM path.
fn target(row: &Row) -> Option<TargetHint> {
    let path = Path::parse(row.target.trim()).ok()?;
    Some(TargetHint {
        kind: match row.target_type {
            TargetTypeDraft::String | TargetTypeDraft::Binary | TargetTypeDraft::Reference => {
                ValueKind::Text
            }
            TargetTypeDraft::Boolean => ValueKind::Boolean,
            TargetTypeDraft::Integer => ValueKind::Number,
            TargetTypeDraft::DateTime => ValueKind::Date,
        },
        required: row.required,
        has_default: !row.default_value.is_empty(),
        multi_valued: target_attribute(path).multi_valued,
        is_matching: !row.precedence.trim().is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str, users: usize, groups: usize) -> KnownAttribute {
        let (name, sample) = (name.to_owned(), "x".to_owned());
        KnownAttribute { name, sample, shape: Shape::List, users, groups }
    }

    fn people() -> People {
        let attributes = vec![known("mail", 2, 0), known("description", 0, 1), known("id", 3, 1)];
        People::Ready(PeopleSummary { users: 3, groups: 1, attributes, ..PeopleSummary::default() })
    }

    #[test]
    fn users_and_groups_have_their_own_attributes() {
        let names = |kind| -> Vec<(String, bool)> {
            let setting = Setting::new(&people(), kind, false);
            let hints = setting.attributes().iter();
            hints.map(|hint| (hint.name.clone(), hint.always_present)).collect()
        };
        assert_eq!(names(Kind::User), [("mail".to_owned(), false), ("id".to_owned(), true)]);
        assert_eq!(names(Kind::Group), [("description".to_owned(), true), ("id".to_owned(), true)]);
    }

    #[test]
    fn nobody_loaded_means_that_nothing_is_known() {
        let setting = Setting::new(&People::Nobody, Kind::User, true);
        assert_eq!(setting.attributes(), []);
        assert!(setting.situation().attributes.is_none() && setting.situation().scope_is_all);
    }

    #[test]
    fn a_row_says_what_its_target_takes() {
        let row = Row {
            target: "emails".to_owned(),
            target_type: TargetTypeDraft::DateTime,
            required: true,
            precedence: "1".to_owned(),
            only_during_creation: true,
            ..Row::default()
        };
        let setting = Setting::default().of_row(&row);
        assert_eq!(setting.situation().apply, Apply::OnlyDuringCreation);
        let expected = TargetHint {
            kind: ValueKind::Date,
            required: true,
            has_default: false,
            multi_valued: true,
            is_matching: true,
        };
        assert_eq!(setting.situation().target, Some(expected));
        for target in ["title", "emails[type eq \"work\"].value"] {
            let row = Row { target: target.to_owned(), ..Row::default() };
            assert!(!Setting::default().of_row(&row).situation().target.unwrap().multi_valued);
        }
        let row = Row { target: "a[".to_owned(), ..Row::default() };
        assert_eq!(Setting::default().of_row(&row).situation().target, None);
    }
}
