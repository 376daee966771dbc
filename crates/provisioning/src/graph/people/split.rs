//! Cuts JSON into the parts that are read by themselves, whatever pieces its bytes come in.
//!
//! A list of people is never held: each of its elements is handed on as soon as it has ended. What
//! stands around the lists is kept, with the lists emptied, and handed on at the end of the value;
//! so a person alone, one on each line, and a document that gathers lists are read alike.

use super::fault::{CUT_OFF, Spot};

/// The longest part that is held: a bracket that is never closed must not fill the memory.
const LONGEST: usize = 1 << 24;

const ENDLESS: &str = "an object has no end within 16 MB";

/// Where an element stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    /// A document by itself: one person, or one line.
    #[default]
    Whole,
    /// A row of a table.
    Row,
    /// A bare list.
    List,
    /// The list of an answer.
    Value,
    /// `users` of a document that gathers several lists.
    Users,
    /// `groups` of such a document.
    Groups,
    /// `appRoles` of such a document or of a service principal.
    Roles,
    /// `appRoleAssignedTo` of such a document.
    Assignments,
}

impl Section {
    pub(super) const NAMED: [Self; 5] =
        [Self::Value, Self::Users, Self::Groups, Self::Roles, Self::Assignments];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Whole | Self::Row | Self::List => "",
            Self::Value => "value",
            Self::Users => "users",
            Self::Groups => "groups",
            Self::Roles => "appRoles",
            Self::Assignments => "appRoleAssignedTo",
        }
    }
}

/// What is done with the parts.
pub(super) trait Parts {
    /// A list begins; what stood before it in its document is there.
    fn list(&mut self, section: Section, before: &[u8]);
    /// An element of the list.
    fn element(&mut self, bytes: &[u8], section: Section, index: usize, at: Spot);
    /// A value has ended; its lists are empty here. Nothing more is read where this says so.
    fn whole(&mut self, bytes: &[u8], at: Spot) -> bool;
    /// This is no JSON.
    fn broken(&mut self, at: Spot, rule: &str, repair: &str);
    /// An element or value that ends before its time.
    fn unfinished(&mut self, bytes: &[u8], at: Spot);
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Between two documents.
    #[default]
    Between,
    /// In a document, outside its lists.
    Shell,
    /// In a list, between two elements.
    List,
    /// In an element of a list.
    Element,
    /// What follows cannot be made sense of.
    Lost,
}

/// What may come next in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Due {
    #[default]
    ElementOrEnd,
    Element,
    CommaOrEnd,
}

/// Brackets and quotes of a part.
#[derive(Clone, Copy, Debug, Default)]
struct Nesting {
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    /// Takes a byte in; says whether a string or a bracket ended with it.
    fn take(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return !self.in_string;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return true;
            }
            _ => {}
        }
        false
    }
}

/// The cutting, as far as it has come.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    state: State,
    has_read: bool,
    nesting: Nesting,
    /// The line and column of the next byte, counted from 0.
    position: (u32, u32),
    /// What was read of the element that is under way.
    element: Vec<u8>,
    element_at: (u32, u32),
    index: usize,
    due: Due,
    section: Section,
    shell: Vec<u8>,
    shell_nesting: Nesting,
    shell_at: (u32, u32),
    /// Where the last string of the shell stands in it.
    string: (usize, usize),
    /// The name whose value comes next.
    name: Option<Section>,
    /// The section whose answer object is open.
    answer: Option<Section>,
}

fn spot((line, column): (u32, u32)) -> Spot {
    Spot { line: line.saturating_add(1), column: column.saturating_add(1) }
}

impl Splitter {
    /// Takes the next piece.
    pub(super) fn piece(&mut self, piece: &[u8], parts: &mut impl Parts) {
        let mut rest = piece;
        while let Some(byte) = rest.first() {
            let taken = match self.state {
                State::Between => self.between(*byte, parts),
                State::Shell => self.shell(rest, *byte, parts),
                State::List => self.list(*byte, parts),
                State::Element => self.element(rest, parts),
                State::Lost => return,
            };
            // What is not taken is looked at once more, in another state.
            let (read, left) = rest.split_at_checked(taken).unwrap_or((rest, &[]));
            self.advance(read);
            rest = left;
        }
    }

    /// Whether there was nothing but blanks.
    pub(super) fn is_blank(&self) -> bool {
        !self.has_read
    }

    /// Nothing follows.
    pub(super) fn end(&mut self, parts: &mut impl Parts) {
        match self.state {
            State::Between | State::Lost => {}
            State::Shell if self.shell_nesting.depth == 0 => self.close(parts),
            State::Shell => parts.unfinished(&self.shell, spot(self.shell_at)),
            State::Element => parts.unfinished(&self.element, spot(self.element_at)),
            State::List => {
                parts.broken(
                    spot(self.position),
                    "this is no JSON: the list is not closed",
                    CUT_OFF,
                );
            }
        }
        self.state = State::Lost;
    }

    fn advance(&mut self, read: &[u8]) {
        let (line, column) = self.position;
        let at = Spot { line, column }.after(read);
        // After a line break `after` counts columns from 1.
        let column = if at.line > line { at.column.saturating_sub(1) } else { at.column };
        self.position = (at.line, column);
    }

    fn lose(&mut self, rule: &str, parts: &mut impl Parts) {
        let repair = "write it as Microsoft Graph returns it";
        parts.broken(spot(self.position), &format!("this is no JSON: {rule}"), repair);
        self.state = State::Lost;
    }

    fn between(&mut self, byte: u8, parts: &mut impl Parts) -> usize {
        if matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
            return 1;
        }
        self.has_read = true;
        self.shell.clear();
        (self.shell_nesting, self.shell_at) = (Nesting::default(), self.position);
        (self.name, self.answer) = (None, None);
        if byte == b'[' {
            self.shell_nesting.take(byte);
            self.shell.push(byte);
            self.enter(Section::List, parts);
            return 1;
        }
        self.state = State::Shell;
        0
    }

    fn enter(&mut self, section: Section, parts: &mut impl Parts) {
        parts.list(section, &self.shell);
        (self.state, self.section, self.due) = (State::List, section, Due::ElementOrEnd);
        self.index = 0;
    }

    fn shell(&mut self, rest: &[u8], byte: u8, parts: &mut impl Parts) -> usize {
        let Nesting { depth, in_string, escaped } = self.shell_nesting;
        let is_next = matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'{' | b'[');
        if depth == 0 && !in_string && !self.shell.is_empty() && is_next {
            self.close(parts);
            return 0;
        }
        let is_special = |byte: &u8| matches!(byte, b'"' | b'\\');
        let run = match in_string && !escaped {
            true => rest.iter().position(is_special).unwrap_or(rest.len()),
            false => 0,
        };
        if self.shell.len() + run >= LONGEST {
            self.lose(ENDLESS, parts);
            return 0;
        }
        if run > 0 {
            self.shell.extend_from_slice(rest.get(..run).unwrap_or_default());
            return run;
        }
        let was_in_string = self.shell_nesting.in_string;
        let has_ended = self.shell_nesting.take(byte);
        self.shell.push(byte);
        if was_in_string || self.shell_nesting.in_string {
            let at = self.shell.len();
            if !was_in_string {
                self.string.0 = at;
            } else if has_ended {
                self.string.1 = at.saturating_sub(1);
            }
            return 1;
        }
        self.follow_names(byte, parts);
        if has_ended && self.shell_nesting.depth == 0 && self.state == State::Shell {
            self.close(parts);
        }
        1
    }

    /// Notices a list of people by the name that it has and by where it stands.
    fn follow_names(&mut self, byte: u8, parts: &mut impl Parts) {
        let depth = self.shell_nesting.depth;
        match (byte, self.name) {
            (b':', _) => self.name = self.named(depth),
            (b' ' | b'\t' | b'\r' | b'\n', _) => {}
            (b'[', Some(section)) => {
                self.name = None;
                self.enter(section, parts);
            }
            (b'{', Some(section)) if depth == 2 && section != Section::Value => {
                (self.name, self.answer) = (None, Some(section));
            }
            (b'}', _) => {
                self.name = None;
                if depth < 2 {
                    self.answer = None;
                }
            }
            _ => self.name = None,
        }
    }

    /// The section that the last string names at this depth.
    fn named(&self, depth: u32) -> Option<Section> {
        let (from, to) = self.string;
        let name = self.shell.get(from..to)?;
        match (depth, self.answer) {
            (1, _) => Section::NAMED.into_iter().find(|section| section.name().as_bytes() == name),
            (2, Some(section)) if name == b"value" => Some(section),
            _ => None,
        }
    }

    fn close(&mut self, parts: &mut impl Parts) {
        let goes_on = parts.whole(&self.shell, spot(self.shell_at));
        self.state = if goes_on { State::Between } else { State::Lost };
        self.shell.clear();
        (self.name, self.answer) = (None, None);
    }

    fn list(&mut self, byte: u8, parts: &mut impl Parts) -> usize {
        match (byte, self.due) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => 1,
            (b',', Due::CommaOrEnd) => {
                self.due = Due::Element;
                1
            }
            (b']', Due::CommaOrEnd | Due::ElementOrEnd) => {
                self.state = State::Shell;
                0
            }
            (b',' | b']' | b'}' | b':', Due::Element | Due::ElementOrEnd) => {
                self.lose("a value was expected", parts);
                0
            }
            (_, Due::CommaOrEnd) => {
                self.lose("`,` or `]` was expected", parts);
                0
            }
            _ => {
                (self.state, self.nesting) = (State::Element, Nesting::default());
                self.element.clear();
                self.element_at = self.position;
                0
            }
        }
    }

    /// Takes an element to its end, or all that there is of it.
    fn element(&mut self, rest: &[u8], parts: &mut impl Parts) -> usize {
        let mut is_over = false;
        let mut taken = rest.len();
        for (at, byte) in rest.iter().enumerate() {
            let is_bare = self.nesting.depth == 0 && !self.nesting.in_string;
            if is_bare && matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n') {
                (is_over, taken) = (true, at);
                break;
            }
            if self.nesting.take(*byte) && self.nesting.depth == 0 {
                (is_over, taken) = (true, at + 1);
                break;
            }
        }
        let read = rest.get(..taken).unwrap_or(rest);
        if is_over && self.element.is_empty() {
            parts.element(read, self.section, self.index, spot(self.element_at));
        } else if self.element.len() + read.len() > LONGEST {
            self.lose(ENDLESS, parts);
            return taken;
        } else {
            self.element.extend_from_slice(read);
            if is_over {
                parts.element(&self.element, self.section, self.index, spot(self.element_at));
            }
        }
        if is_over {
            self.index += 1;
            (self.state, self.due) = (State::List, Due::CommaOrEnd);
        }
        taken
    }
}
