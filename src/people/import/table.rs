//! Rows of a CSV file (RFC 4180, with the separators that spreadsheets use), in pieces of any length.
//!
//! Nothing is guessed: a quote that is never closed and text behind a closed one are faults with
//! their line and column, because behind them cells would stand in the wrong columns.

use provisioning::graph::people::Spot;

use super::encoding::Wrong;

/// The longest cell: a quote that is never closed must not fill the memory.
const LONGEST_CELL: usize = 1 << 20;
/// The most cells of a row.
const MOST_CELLS: usize = 2_000;

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// One row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    text: String,
    /// Where each cell ends in the text, and where it begins in the file.
    cells: Vec<(usize, Spot)>,
}

impl Row {
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A row with nothing in it, as at the end of many files.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = (&str, Spot)> {
        let starts = std::iter::once(0).chain(self.cells.iter().map(|(end, _)| *end));
        let pairs = starts.zip(&self.cells);
        pairs.map(|(start, (end, spot))| (self.text.get(start..*end).unwrap_or_default(), *spot))
    }

    /// Where it begins in the file.
    pub(super) fn spot(&self) -> Spot {
        self.cells.first().map_or(Spot::START, |(_, spot)| *spot)
    }

    fn clear(&mut self) {
        self.text.clear();
        self.cells.clear();
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    CellStart,
    Plain,
    Quoted,
    /// Behind a quote that closes the cell, or is the first of two.
    Closed,
    /// Behind blanks behind such a quote.
    Behind,
}

/// The reading of rows, as far as it has come.
#[derive(Debug)]
pub(super) struct Rows {
    /// The first line, until it is there whole: it shows the separator.
    head: String,
    separator: Option<u8>,
    state: State,
    row: Row,
    cell_from: usize,
    cell_at: Spot,
    here: Spot,
    was_return: bool,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            head: String::new(),
            separator: None,
            state: State::CellStart,
            row: Row::default(),
            cell_from: 0,
            cell_at: Spot::START,
            here: Spot::START,
            was_return: false,
        }
    }
}

impl Rows {
    /// Reads the next piece; `take` gets each row as soon as it has ended.
    pub(super) fn piece(&mut self, piece: &str, take: &mut dyn FnMut(&Row)) -> Result<(), Wrong> {
        if self.separator.is_some() {
            return self.read(piece, take);
        }
        self.head.push_str(piece);
        if !has_line(&self.head) && self.head.len() < LONGEST_CELL {
            return Ok(());
        }
        self.begin(take)
    }

    /// Nothing follows.
    pub(super) fn end(&mut self, take: &mut dyn FnMut(&Row)) -> Result<(), Wrong> {
        if self.separator.is_none() {
            self.begin(take)?;
        }
        if self.state == State::Quoted {
            let rule = "the quote that opens here is never closed";
            let repair = "close it, or take the whole file if its end is missing";
            return Err(Wrong::at(self.cell_at, rule, repair));
        }
        if self.state != State::CellStart || !self.row.cells.is_empty() {
            self.end_cell()?;
            self.end_row(take);
        }
        Ok(())
    }

    fn begin(&mut self, take: &mut dyn FnMut(&Row)) -> Result<(), Wrong> {
        let head = std::mem::take(&mut self.head);
        let (declared, rest) = declared(&head);
        self.separator = Some(declared.unwrap_or_else(|| likely(rest)));
        let before = head.strip_suffix(rest).unwrap_or_default();
        self.here = self.here.after(before.as_bytes());
        self.was_return = before.ends_with('\r');
        self.cell_at = self.here;
        self.read(rest, take)
    }

    fn read(&mut self, piece: &str, take: &mut dyn FnMut(&Row)) -> Result<(), Wrong> {
        let separator = self.separator.unwrap_or(b',');
        let mut rest = piece;
        while let Some(first) = rest.bytes().next() {
            if first == b'\n' && std::mem::take(&mut self.was_return) {
                rest = rest.get(1..).unwrap_or_default();
                self.step(b'\n');
                self.cell_at = self.here;
                continue;
            }
            self.was_return = false;
            let is_quoted = self.state == State::Quoted;
            let special = |byte: u8| match is_quoted {
                true => byte == b'"',
                false => matches!(byte, b'\r' | b'\n' | b'"') || byte == separator,
            };
            let run = rest.bytes().position(special).unwrap_or(rest.len());
            if run > 0 {
                let (text, left) = rest.split_at(run);
                self.text(text)?;
                rest = left;
                continue;
            }
            self.special(first, separator, take)?;
            rest = rest.get(1..).unwrap_or_default();
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Wrong> {
        match self.state {
            State::Closed | State::Behind if text.bytes().all(|byte| byte == b' ') => {
                self.state = State::Behind;
            }
            State::Closed | State::Behind => {
                let blanks = text.len() - text.trim_start_matches(' ').len();
                self.here = self.here.after(text.as_bytes().get(..blanks).unwrap_or_default());
                return Err(self.text_behind());
            }
            State::Quoted => self.row.text.push_str(text),
            State::CellStart | State::Plain => {
                self.row.text.push_str(text);
                self.state = State::Plain;
            }
        }
        if self.row.text.len() - self.cell_from > LONGEST_CELL {
            let rule = "the cell that begins here has no end within 1 MB";
            return Err(Wrong::at(self.cell_at, rule, "close its quote"));
        }
        self.here = self.here.after(text.as_bytes());
        Ok(())
    }

    fn special(
        &mut self,
        byte: u8,
        separator: u8,
        take: &mut dyn FnMut(&Row),
    ) -> Result<(), Wrong> {
        match (byte, self.state) {
            (b'"', State::CellStart) => self.state = State::Quoted,
            (b'"', State::Quoted) => self.state = State::Closed,
            (b'"', State::Closed) => {
                self.row.text.push('"');
                self.state = State::Quoted;
            }
            (b'"', State::Plain) => self.row.text.push('"'),
            (b'"', State::Behind) => return Err(self.text_behind()),
            (byte, _) if byte == separator => {
                self.end_cell()?;
                self.step(byte);
                self.cell_at = self.here;
                return Ok(());
            }
            _ => {
                self.end_cell()?;
                self.end_row(take);
                self.was_return = byte == b'\r';
                self.step(byte);
                self.cell_at = self.here;
                return Ok(());
            }
        }
        self.step(byte);
        Ok(())
    }

    fn text_behind(&self) -> Wrong {
        let rule = "there is text behind a quote that closes the cell";
        Wrong::at(self.here, rule, "write a quote inside a quoted cell twice")
    }

    fn step(&mut self, byte: u8) {
        self.here = self.here.after(&[byte]);
    }

    fn end_cell(&mut self) -> Result<(), Wrong> {
        if self.row.cells.len() >= MOST_CELLS {
            let rule = format!("a row has more than {MOST_CELLS} cells");
            return Err(Wrong::at(
                self.row.spot(),
                rule,
                "choose a table with a row for each person",
            ));
        }
        self.row.cells.push((self.row.text.len(), self.cell_at));
        self.cell_from = self.row.text.len();
        self.state = State::CellStart;
        Ok(())
    }

    fn end_row(&mut self, take: &mut dyn FnMut(&Row)) {
        take(&self.row);
        self.row.clear();
        self.cell_from = 0;
    }
}

/// Whether the first row is there whole; a line break may stand in a quoted cell of it.
fn has_line(head: &str) -> bool {
    first_line(head).len() < head.len()
}

fn first_line(head: &str) -> &str {
    let mut is_quoted = false;
    let end = head.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        !is_quoted && matches!(byte, b'\r' | b'\n')
    });
    end.and_then(|end| head.get(..end)).unwrap_or(head)
}

/// The line `sep=;` with which Excel is told the separator.
fn declared(head: &str) -> (Option<u8>, &str) {
    let line = first_line(head);
    match line.strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => {
            let rest = head.get(line.len()..).unwrap_or_default();
            let rest = rest.strip_prefix('\r').unwrap_or(rest);
            (Some(*separator), rest.strip_prefix('\n').unwrap_or(rest))
        }
        _ => (None, head),
    }
}

/// The separator that the first row has most of.
fn likely(head: &str) -> u8 {
    let line = first_line(head);
    let mut is_quoted = false;
    let mut counts = [0_usize; SEPARATORS.len()];
    for byte in line.bytes() {
        is_quoted ^= byte == b'"';
        if let Some(at) = SEPARATORS.iter().position(|each| *each == byte && !is_quoted)
            && let Some(count) = counts.get_mut(at)
        {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let pairs = SEPARATORS.into_iter().zip(counts);
    pairs.into_iter().find(|(_, count)| *count == most).map_or(b',', |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, length: usize) -> Result<Vec<Vec<String>>, Wrong> {
        let mut all = Vec::new();
        let mut rows = Rows::default();
        let mut take = |row: &Row| all.push(row.cells().map(|(cell, _)| cell.to_owned()).collect());
        let letters: Vec<char> = text.chars().collect();
        for piece in letters.chunks(length.max(1)) {
            rows.piece(&piece.iter().collect::<String>(), &mut take)?;
        }
        rows.end(&mut take)?;
        Ok(all)
    }

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        let cases: [(&str, &[&[&str]]); 9] = [
            ("a,b\r\n1,2\r\n", &[&["a", "b"], &["1", "2"]]),
            ("a;b;c,d\n1;2,5;\n", &[&["a", "b", "c,d"], &["1", "2,5", ""]]),
            ("a\tb\rc\td", &[&["a", "b"], &["c", "d"]]),
            ("a,b\n\"x \"\"y\"\"\n z\",\"\"\n", &[&["a", "b"], &["x \"y\"\n z", ""]]),
            ("sep=;\r\na;b\n", &[&["a", "b"]]),
            ("a,b\n1,\n,\n", &[&["a", "b"], &["1", ""], &["", ""]]),
            ("a\n=\"007\"\n5\" disk\n", &[&["a"], &["=\"007\""], &["5\" disk"]]),
            ("\"a;b\",c\n\"1\" ,2\n", &[&["a;b", "c"], &["1", "2"]]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            for length in [1, 2, 3, 100] {
                assert_eq!(rows(text, length).unwrap(), expected, "{text:?}");
            }
        }
    }

    #[test]
    fn broken_quotes_are_found_where_they_stand() {
        let open = rows("a,b\n1,\"two\n3,4\n", 3).unwrap_err();
        assert_eq!(open.spot, Some(Spot { line: 2, column: 3 }));
        assert!(rows("a,b\n\"x\" \"y\",2\n", 2).is_err());
        let behind = rows("ä,b\n\"ö\"x,2\n", 2).unwrap_err();
        assert_eq!(behind.spot, Some(Spot { line: 2, column: 4 }));
        let endless = format!("a\n\"{}", "x".repeat(LONGEST_CELL + 2));
        assert!(rows(&endless, 1 << 16).unwrap_err().rule.contains("1 MB"));
        assert!(rows(&",".repeat(3_000), 1 << 16).unwrap_err().rule.contains("cells"));
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_read_back(
            cells in prop::collection::vec(prop::collection::vec("[a;,\"\r\n é|\t😀]{0,6}", 3), 1..5),
            length in 1_usize..9,
        ) {
            let cell = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
            let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(",");
            let text: String = cells.iter().map(|row| line(row) + "\r\n").collect();
            prop_assert_eq!(rows(&text, length).unwrap(), cells);
        }

        #[test]
        fn pieces_make_no_difference(text in "[a;,\"\r\n é]{0,40}", length in 1_usize..9) {
            prop_assert_eq!(rows(&text, length), rows(&text, 100));
        }
    }
}
