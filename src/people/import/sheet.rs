//! A table of people: its header row assigns columns to attributes, and each other row is somebody.

use provisioning::configuration::ObjectKind;
use provisioning::graph::people::{Gathering, Spot};
use provisioning::source::{Attributes, SourceObject, SourceValue};

use super::column::{self, BLOCKED, ID};
use super::encoding::Wrong;
use super::table::{Row, Rows};

/// How the columns of a table are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// What there is a row for.
    pub rows: column::Rows,
    /// The name of the group whose members they are.
    pub group: String,
    /// The attribute of each column; nothing where it is left out.
    pub columns: Vec<Option<String>>,
}

/// The members of one group, until all files are read: they may be known from another file.
#[derive(Debug)]
pub(super) struct Membership {
    pub(super) group: String,
    pub(super) members: Vec<(SourceObject, Spot)>,
}

/// The reading of one table, as far as it has come.
#[derive(Debug)]
pub(super) struct Sheet {
    rows: Rows,
    filling: Filling,
}

#[derive(Debug)]
struct Filling {
    asked: Option<Assignment>,
    /// The file's name without its ending, for a group without another name.
    stem: String,
    head: Option<Head>,
    members: Vec<(SourceObject, Spot)>,
}

#[derive(Debug)]
struct Head {
    assignment: Assignment,
    names: Vec<String>,
}

const BOOLEANS: [&str; 6] = [
    "accountEnabled",
    BLOCKED,
    "securityEnabled",
    "mailEnabled",
    "directorySynced",
    "isAssignableToRole",
];
const LISTS: [&str; 4] = ["businessPhones", "proxyAddresses", "otherMails", "groupTypes"];

impl Sheet {
    pub(super) fn new(asked: Option<Assignment>, stem: &str) -> Self {
        let filling = Filling { asked, stem: stem.to_owned(), head: None, members: Vec::new() };
        Self { rows: Rows::default(), filling }
    }

    pub(super) fn piece(&mut self, piece: &str, into: &mut Gathering) -> Result<(), Wrong> {
        let Self { rows, filling } = self;
        rows.piece(piece, &mut |row| filling.row(row, into))
    }

    /// Nothing follows; gives the members where it is a table of members.
    pub(super) fn end(mut self, into: &mut Gathering) -> Result<Option<Membership>, Wrong> {
        let Self { rows, filling } = &mut self;
        rows.end(&mut |row| filling.row(row, into))?;
        let Some(head) = self.filling.head else {
            let repair = "choose a table whose first row names the columns";
            return Err(Wrong {
                spot: None,
                rule: "there is nothing in it".to_owned(),
                repair: repair.to_owned(),
            });
        };
        let Assignment { rows, group, .. } = head.assignment;
        let members = self.filling.members;
        Ok((rows == column::Rows::Members).then_some(Membership { group, members }))
    }
}

impl Filling {
    fn row(&mut self, row: &Row, into: &mut Gathering) {
        if row.is_blank() && row.len() <= 1 || into.has_too_many_faults() {
            return;
        }
        match &self.head {
            None => self.header(row, into),
            Some(head) => match head.object(row, into) {
                Some(object) if head.assignment.rows == column::Rows::Members => {
                    self.members.push((object, row.spot()));
                }
                Some(object) => into.row(object, row.spot()),
                None => {}
            },
        }
    }

    fn header(&mut self, row: &Row, into: &mut Gathering) {
        let names: Vec<String> = row.cells().map(|(cell, _)| cell.trim().to_owned()).collect();
        // The portal's templates begin with a line of their own.
        if names.first().is_some_and(|name| name.starts_with("version:")) {
            return;
        }
        let asked = self.asked.take().filter(|asked| asked.columns.len() == names.len());
        let mut assignment = asked.unwrap_or_else(|| Assignment {
            rows: column::rows_of(&names),
            group: String::new(),
            columns: column::proposed(&names),
        });
        if assignment.group.trim().is_empty() {
            assignment.group = self.stem.clone();
        }
        let head = Head { assignment, names };
        head.check(row.spot(), into);
        self.head = Some(head);
    }
}

impl Head {
    fn check(&self, spot: Spot, into: &mut Gathering) {
        let columns = &self.assignment.columns;
        if !self.says_who() {
            into.refuse_at(
                Some(spot),
                "",
                "no column says who a row is",
                "assign a column to `id` or to `userPrincipalName`",
            );
        }
        for (index, column) in columns.iter().enumerate() {
            let is_second =
                column.is_some() && columns.iter().take(index).any(|other| other == column);
            if is_second {
                let column = column.as_deref().unwrap_or_default();
                let rule = format!("two columns are assigned to `{column}`");
                into.refuse_at(Some(spot), self.name(index), &rule, "leave one of them out");
            }
        }
    }

    /// Whether a column is there by which rows are known.
    fn says_who(&self) -> bool {
        let columns = &self.assignment.columns;
        let has = |wanted: &str| columns.iter().flatten().any(|column| column == wanted);
        let may_be_named = self.assignment.rows == column::Rows::Groups && has("displayName");
        has(ID) || has("userPrincipalName") || may_be_named
    }

    fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }

    fn object(&self, row: &Row, into: &mut Gathering) -> Option<SourceObject> {
        if row.len() != self.names.len() {
            let (cells, columns) = (row.len(), self.names.len());
            let rule = format!("the row has {cells} cells, and there are {columns} columns");
            let repair = "quote a cell that holds the separator, or take the whole file if its end is missing";
            into.refuse_at(Some(row.spot()), "", &rule, repair);
            return None;
        }
        let mut attributes = Attributes::new();
        let mut is_group = self.assignment.rows == column::Rows::Groups;
        for ((index, (cell, spot)), column) in row.cells().enumerate().zip(&self.assignment.columns)
        {
            let cell = cell.trim();
            let (Some(column), false) = (column, cell.is_empty()) else { continue };
            if column == "objectType" && cell.eq_ignore_ascii_case("group") {
                is_group = true;
            }
            match value(column, cell) {
                Some((name, value)) => drop(attributes.insert(name.to_owned(), value)),
                None => {
                    let rule = format!("`{cell}` is neither True nor False");
                    let repair = "write True or False, or leave the column out";
                    into.refuse_at(Some(spot), self.name(index), &rule, repair);
                }
            }
        }
        self.identified(attributes, is_group, row.spot(), into)
    }

    fn identified(
        &self,
        mut attributes: Attributes,
        is_group: bool,
        spot: Spot,
        into: &mut Gathering,
    ) -> Option<SourceObject> {
        let text = |name: &str| match attributes.get(name) {
            Some(SourceValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let by_name = is_group.then(|| text("displayName")).flatten();
        let Some(id) = text(ID).or_else(|| text("userPrincipalName")).or(by_name) else {
            // Without such a column it is told once, and not for every row.
            if self.says_who() {
                let repair = "fill the cell, or delete the row";
                into.refuse_at(Some(spot), "", "the row does not say who it is", repair);
            }
            return None;
        };
        attributes.insert(ID.to_owned(), SourceValue::Text(id.clone()));
        let kind = if is_group { ObjectKind::Group } else { ObjectKind::User };
        let soft_deleted = attributes.contains_key("deletedDateTime");
        Some(SourceObject { id, kind, attributes, members: Vec::new(), soft_deleted })
    }
}

/// The attribute that a cell fills, and its value; nothing where it cannot be one.
fn value<'c>(column: &'c str, cell: &str) -> Option<(&'c str, SourceValue)> {
    if BOOLEANS.contains(&column) {
        let flag = match cell.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => true,
            "false" | "no" | "0" => false,
            _ => return None,
        };
        let is_reverse = column == BLOCKED;
        let name = if is_reverse { "accountEnabled" } else { column };
        return Some((name, SourceValue::Boolean(flag != is_reverse)));
    }
    if LISTS.contains(&column) {
        return Some((column, SourceValue::List(parts(cell))));
    }
    Some((column, SourceValue::Text(cell.to_owned())))
}

/// The values of a list in one cell: joined by semicolons or, as the admin center joins addresses,
/// by plus signs before a type such as `smtp:`. A plus sign inside an address stays.
fn parts(cell: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in cell.split(';') {
        for (index, part) in piece.split('+').enumerate() {
            let is_typed = part.split_once(':').is_some_and(|(kind, _)| {
                !kind.is_empty() && kind.chars().all(|letter| letter.is_ascii_alphanumeric())
            });
            match parts.last_mut() {
                Some(last) if index > 0 && !is_typed => {
                    last.push('+');
                    last.push_str(part);
                }
                _ => parts.push(part.to_owned()),
            }
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn lists_in_a_cell_are_taken_apart() {
        assert_eq!(
            parts("SMTP:a+b@c.example+smtp:d@c.example"),
            ["SMTP:a+b@c.example", "smtp:d@c.example"]
        );
        assert_eq!(parts("+49 1; +49 2;"), ["+49 1", "+49 2"]);
        assert_eq!(parts("Unified"), ["Unified"]);
    }
}
