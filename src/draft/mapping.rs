//! One object mapping as typed: its switches, its attribute rows, its scoping filters.

use provisioning::configuration::Source;
use serde::{Deserialize, Serialize};

mod configured;
mod proposed;
pub mod unit_test;

use unit_test::UnitTest;

/// The users' or the groups' mapping as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MappingDraft {
    /// Whether this kind of object is provisioned; users always are.
    pub enabled: bool,
    /// Target object action Create.
    pub create: bool,
    /// Target object action Update.
    pub update: bool,
    /// Target object action Delete.
    pub delete: bool,
    /// The attribute table.
    pub rows: Vec<Row>,
    /// The scoping filters: one satisfied filter is enough.
    pub filters: Vec<FilterDraft>,
}

/// One row of the attribute table as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Row {
    /// Stays the same while the row is moved and edited; unique in its mapping.
    pub id: u32,
    /// The target attribute's SCIM path.
    pub target: String,
    /// The target attribute's declared type, as the portal spells it.
    pub target_type: TargetTypeDraft,
    /// The application demands a value.
    pub required: bool,
    /// A difference in letter case alone is a difference.
    pub case_exact: bool,
    /// The mapping type in use; the texts of the others are kept.
    pub mapping_type: MappingType,
    /// Source attribute, for Direct.
    pub direct: String,
    /// Constant value, for Constant.
    pub constant: String,
    /// Expression, for Expression.
    pub expression: String,
    /// Default value if null; empty is none.
    pub default_value: String,
    /// Matching precedence as typed; empty is "do not match by this attribute".
    pub precedence: String,
    /// Only during object creation.
    pub only_during_creation: bool,
    /// Where the proposal for the source came from.
    pub origin: Origin,
    /// Unit tests of the expression. A wizard that knows none reads a row that has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<UnitTest>,
}

/// The types of the portal's target attribute list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the portal's own")]
pub enum TargetTypeDraft {
    #[default]
    String,
    Boolean,
    Integer,
    DateTime,
    Binary,
    Reference,
}

impl TargetTypeDraft {
    /// All of them, as the portal lists them.
    pub const ALL: [Self; 6] =
        [Self::String, Self::Boolean, Self::Integer, Self::DateTime, Self::Binary, Self::Reference];

    /// The portal's name.
    pub fn label(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Boolean => "Boolean",
            Self::Integer => "Integer",
            Self::DateTime => "DateTime",
            Self::Binary => "Binary",
            Self::Reference => "Reference",
        }
    }

    /// Reads a printed type; the few that the portal does not know are text.
    pub fn from_printed(name: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.label() == name).unwrap_or_default()
    }
}

/// The mapping types that the portal offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MappingType {
    /// The value of a source attribute.
    #[default]
    Direct,
    /// A fixed text.
    Constant,
    /// The result of an expression.
    Expression,
    /// Leave the target alone; offered only where a configuration brings it along.
    None,
}

impl MappingType {
    /// The portal's name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Direct => "Direct",
            Self::Constant => "Constant",
            Self::Expression => "Expression",
            Self::None => "None",
        }
    }
}

/// How far the source of a proposed row is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Microsoft's example of a SCIM application's default mapping prints this pair.
    Published,
    /// The usual set of SCIM applications has it; not published for this application.
    Usual,
    /// Nobody has published a source: the administrator decides.
    Open,
    /// Typed by the administrator.
    #[default]
    Own,
}

/// One scoping filter: clauses that must all be satisfied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FilterDraft {
    /// The title as typed.
    pub title: String,
    /// The clauses.
    pub clauses: Vec<ClauseDraft>,
}

/// One clause as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClauseDraft {
    /// The source attribute.
    pub attribute: String,
    /// The operator, by its portal label.
    pub operator: String,
    /// The value; unused by unary operators.
    pub value: String,
}

impl MappingDraft {
    /// A row by its id.
    pub fn row(&self, id: u32) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// A row by its id, to be edited.
    pub fn row_mut(&mut self, id: u32) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.id == id)
    }

    /// Adds an empty row at the end and gives its id.
    pub fn add_row(&mut self) -> u32 {
        let id = self.rows.iter().map(|row| row.id).max().unwrap_or_default() + 1;
        self.rows.push(Row { id, ..Row::default() });
        id
    }

    /// Moves a row up (`-1`) or down (`1`); at the edge nothing happens.
    pub fn move_row(&mut self, id: u32, by: isize) {
        let Some(from) = self.rows.iter().position(|row| row.id == id) else { return };
        if let Some(to) = from.checked_add_signed(by).filter(|to| *to < self.rows.len()) {
            self.rows.swap(from, to);
        }
    }

    /// Deletes a row.
    pub fn remove_row(&mut self, id: u32) {
        self.rows.retain(|row| row.id != id);
    }
}

impl Row {
    fn set_source(&mut self, source: &Source) {
        match source {
            Source::Direct(name) => {
                self.mapping_type = MappingType::Direct;
                self.direct.clone_from(name);
            }
            Source::Constant(text) => {
                self.mapping_type = MappingType::Constant;
                self.constant.clone_from(text);
            }
            Source::Expression(expression) => {
                self.mapping_type = MappingType::Expression;
                expression.text().clone_into(&mut self.expression);
            }
            Source::None => self.mapping_type = MappingType::None,
        }
    }

    /// The text that the mapping type in use reads: attribute, constant, or expression.
    pub fn source_text(&self) -> &str {
        match self.mapping_type {
            MappingType::Direct => &self.direct,
            MappingType::Constant => &self.constant,
            MappingType::Expression => &self.expression,
            MappingType::None => "",
        }
    }

    /// Whether the row does anything yet: a target and, unless the type is None, a source.
    pub fn is_complete(&self) -> bool {
        !self.target.is_empty()
            && (self.mapping_type == MappingType::None || !self.source_text().is_empty())
    }
}
