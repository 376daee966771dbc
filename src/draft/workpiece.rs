//! What lies on the workbench: an expression that belongs to no row yet, or the next version of a
//! row's. Kept beside the draft, because trying something out must not change it.

use serde::{Deserialize, Serialize};

use super::Draft;
use super::mapping::unit_test::UnitTest;
use super::mapping::{MappingType, Row};
use super::place::Kind;

/// The expression on the workbench.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Workpiece {
    /// Whose attributes it reads.
    pub kind: Kind,
    /// The row that it came from.
    pub origin: Option<RowName>,
    /// Its text.
    pub text: String,
    /// The text before something took its place.
    pub former: Option<String>,
    /// What an expression of no row is compared with.
    pub compared: Option<String>,
    /// The tests of an expression of no row; those of a row stand in the row.
    pub tests: Vec<UnitTest>,
}

/// A row by its id, and by its target: another draft may give the id to another row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowName {
    /// The row's id in the mapping.
    pub id: u32,
    /// Its target attribute.
    pub target: String,
}

impl Default for Workpiece {
    fn default() -> Self {
        Self {
            kind: Kind::User,
            origin: None,
            text: String::new(),
            former: None,
            compared: None,
            tests: Vec::new(),
        }
    }
}

impl Workpiece {
    /// The row that it came from, as long as that row is there and has an expression.
    pub fn row<'a>(&self, draft: &'a Draft) -> Option<&'a Row> {
        let origin = self.origin.as_ref()?;
        let row = draft.mapping(self.kind).row(origin.id)?;
        let is_same = row.target == origin.target && row.mapping_type == MappingType::Expression;
        is_same.then_some(row)
    }

    /// Puts a row's expression onto the workbench. What lies there unsaved can be had back.
    pub fn take_up(&mut self, kind: Kind, row: &Row) {
        self.put(row.expression.clone());
        self.kind = kind;
        self.origin = Some(RowName { id: row.id, target: row.target.clone() });
    }

    /// Lays the row aside: what lies here is an expression of no row from now on.
    pub fn let_go(&mut self) {
        self.origin = None;
    }

    /// Puts another text in the place of what lies there, which can be had back.
    pub fn put(&mut self, text: String) {
        if self.text != text {
            let former = std::mem::replace(&mut self.text, text);
            self.former = Some(former).filter(|former| !former.trim().is_empty());
        }
    }

    /// Exchanges the text with the one before it.
    pub fn bring_back(&mut self) {
        if let Some(former) = self.former.take() {
            self.put(former);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::envoy;

    fn draft() -> Draft {
        let mut draft = Draft::default();
        draft.add_application("Envoy", envoy());
        let row = &mut draft.users.rows[3];
        row.mapping_type = MappingType::Expression;
        row.expression = "[mail]".to_owned();
        draft
    }

    #[test]
    fn a_row_is_known_by_its_id_and_its_target() {
        let mut draft = draft();
        let mut piece = Workpiece::default();
        piece.take_up(Kind::User, &draft.users.rows[3]);
        assert_eq!(piece.text, "[mail]");
        assert_eq!(piece.row(&draft).unwrap().id, draft.users.rows[3].id);
        draft.users.rows[3].target = "other".to_owned();
        assert_eq!(piece.row(&draft), None, "another draft's row has this id");
    }

    #[test]
    fn what_lay_there_can_be_had_back_and_forth() {
        let mut piece = Workpiece::default();
        piece.put("a".to_owned());
        assert_eq!(piece.former, None, "nothing lay there");
        piece.put("b".to_owned());
        piece.bring_back();
        assert_eq!((piece.text.as_str(), piece.former.as_deref()), ("a", Some("b")));
        piece.bring_back();
        assert_eq!((piece.text.as_str(), piece.former.as_deref()), ("b", Some("a")));
    }

    #[test]
    fn a_workpiece_survives_saving() {
        let mut piece = Workpiece::default();
        piece.take_up(Kind::User, &draft().users.rows[3]);
        let text = serde_json::to_string(&piece).unwrap();
        assert_eq!(serde_json::from_str::<Workpiece>(&text).unwrap(), piece);
        assert_eq!(serde_json::from_str::<Workpiece>("{}").unwrap(), Workpiece::default());
    }
}
