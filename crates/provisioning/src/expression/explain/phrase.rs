//! The phrase for each function; phrases nest, in parentheses where they would run together.

use super::super::tree::{Call, Comparison, Node, NodeKind};

/// Characters of a fixed text that are quoted.
const QUOTED: usize = 40;

/// Values of a list that are named one by one.
const NAMED: usize = 4;

/// The phrase for a part, with calls told to a depth.
pub(super) fn of(node: &Node, depth: usize) -> String {
    match &node.kind {
        NodeKind::Attribute(name) => format!("`{name}`"),
        NodeKind::Text(text) => quoted(text),
        NodeKind::Number(written) => written.clone(),
        NodeKind::Keyword(keyword) => keyword.as_str().to_owned(),
        NodeKind::Comparison(..) => format!("whether {}", condition(node, depth)),
        NodeKind::Call(call) => match depth.checked_sub(1) {
            Some(depth) => Telling { call, depth }.phrase(),
            None => unknown(&call.name),
        },
        NodeKind::Missing => "something that cannot be read".to_owned(),
    }
}

fn unknown(name: &str) -> String {
    format!("the result of `{name}`")
}

fn quoted(text: &str) -> String {
    match text {
        "" => "an empty text".to_owned(),
        " " => "a blank".to_owned(),
        _ => match text.char_indices().nth(QUOTED) {
            Some((end, _)) => format!("\"{}…\"", text.get(..end).unwrap_or_default()),
            None => format!("\"{text}\""),
        },
    }
}

/// A call while it is told.
struct Telling<'n> {
    call: &'n Call,
    depth: usize,
}

impl Telling<'_> {
    /// An argument as it stands; nothing where its place is empty.
    fn told(&self, place: usize) -> String {
        self.call.argument(place).map_or_else(|| "nothing".to_owned(), |node| of(node, self.depth))
    }

    /// An argument inside a longer phrase: in parentheses where it has parts of its own.
    fn part(&self, place: usize) -> String {
        self.call
            .argument(place)
            .map_or_else(|| "nothing".to_owned(), |node| part(node, self.depth))
    }

    /// The text of an argument that is a fixed one.
    fn fixed(&self, place: usize) -> Option<&str> {
        self.call.argument(place)?.fixed()
    }

    /// Arguments from a place on, as an enumeration.
    fn all_from(&self, place: usize, last: &str) -> String {
        let nodes: Vec<&Node> = self.call.arguments.iter().skip(place).flatten().collect();
        let left = nodes.len().saturating_sub(NAMED);
        let named = if left == 1 { NAMED + 1 } else { NAMED };
        let mut told: Vec<String> =
            nodes.iter().take(named).map(|node| part(node, self.depth)).collect();
        if nodes.len() > told.len() {
            told.push(format!("{left} more"));
        }
        enumerated(&told, last)
    }

    fn phrase(&self) -> String {
        let (a, b) = (|| self.part(0), || self.part(1));
        match self.call.name.as_str() {
            "Append" => format!("{} followed by {}", a(), b()),
            "Join" => self.joined(),
            "Split" => format!("the parts of {}, cut at each {}", a(), b()),
            "Left" if self.fixed(1).is_some_and(|count| count.starts_with('-')) => self.told(0),
            "Left" => format!("the first {} of {}", self.counted(1, "character"), a()),
            "Mid" => {
                let length = self.counted(2, "character");
                format!("{length} of {} from position {}", a(), b())
            }
            "Word" => format!("word {} of {}, divided by {}", b(), a(), self.part(2)),
            "Len" => format!("the length of {}", a()),
            "InStr" => self.position(),
            "Replace" => self.replaced(),
            "StripSpaces" => format!("{} without blanks", a()),
            "ToLower" => format!("{} in lower case{}", a(), self.culture()),
            "ToUpper" => format!("{} in upper case{}", a(), self.culture()),
            "PCase" => format!("{} with a capital letter at each word", a()),
            "NormalizeDiacritics" => format!("{} without accents", a()),
            "DefaultDomain" => "the tenant's default domain".to_owned(),
            "Redact" => format!("{}, hidden in the log", self.told(0)),
            "IIF" => self.either(),
            "Switch" => self.switched(),
            "Coalesce" => format!("the first of {} that has a value", self.all_from(0, "and")),
            "Not" | "IsNull" | "IsNullOrEmpty" | "IsPresent" | "IsString" | "CBool" => {
                format!("whether {}", call_condition(self.call, self.depth))
            }
            "IgnoreFlowIfNullOrEmpty" => {
                format!("{}, and leaves the target alone where that is empty", self.told(0))
            }
            "SelectUniqueValue" => {
                format!("the first of {} that nobody has yet", self.all_from(0, "and"))
            }
            "Count" => format!("the number of values in {}", a()),
            "Item" => format!("value {} of {}", b(), a()),
            "RemoveDuplicates" => format!("{} without repeats", a()),
            "BitAnd" => format!("the bits that {} and {} share", a(), b()),
            "CStr" => format!("{} as text", a()),
            "ConvertToBase64" => format!("{} in Base64", a()),
            "ConvertToUTF8Hex" => format!("{} in hexadecimal digits", a()),
            "CDate" => format!("{} as a date", a()),
            "Now" => "the current time".to_owned(),
            "DateAdd" => self.later(),
            "DateDiff" => {
                format!("the number of {} from {} to {}", self.interval(true), b(), self.part(2))
            }
            "DateFromNum" => format!("the date of the Active Directory time {}", a()),
            "NumFromDate" => format!("the Active Directory time of {}", a()),
            "FormatDateTime" => {
                let (from, to) = if self.call.has(3) { (2, 3) } else { (1, 2) };
                let (from, to) = (self.part(from), self.part(to));
                format!("{} rewritten from the date format {from} to {to}", a())
            }
            "SingleAppRoleAssignment" => "the person's role in the application".to_owned(),
            "AppRoleAssignmentsComplex" => {
                "all roles of the person, added to those in the application".to_owned()
            }
            "AssertiveAppRoleAssignmentsComplex" => {
                "all roles of the person, in the place of those in the application".to_owned()
            }
            "Guid" => "a random GUID".to_owned(),
            "RandomString" => format!("{} at random", self.counted(0, "character")),
            other => unknown(other),
        }
    }

    fn joined(&self) -> String {
        let sources = self.all_from(1, "and");
        match (self.fixed(0), self.call.arguments.len()) {
            (_, ..=2) => sources,
            (Some(""), _) => format!("{sources} put together"),
            _ => format!("{sources} joined by {}", self.part(0)),
        }
    }

    fn position(&self) -> String {
        let from = if self.call.has(2) {
            format!(" from position {}", self.part(2))
        } else {
            String::new()
        };
        let is_folded = self.call.argument(3).is_some_and(|node| {
            matches!(node.kind, NodeKind::Keyword(super::super::tree::Keyword::TextCompare))
        });
        let case = if is_folded { ", whatever its case" } else { "" };
        format!("the position of {} in {}{from}{case}", self.part(1), self.part(0))
    }

    fn replaced(&self) -> String {
        let source = self.part(0);
        let found = match (self.call.has(2), self.call.has(3)) {
            (true, true) => format!("the group {} of {}", self.part(3), self.part(2)),
            (true, false) => format!("what matches {}", self.part(2)),
            (false, _) if self.call.has(6) && !self.call.has(4) => {
                return format!("{} with {source} in the place of {}", self.part(6), self.part(1));
            }
            (false, _) => self.part(1),
        };
        match self.fixed(4) {
            _ if self.call.has(5) => {
                format!("{source}, or where that is empty {found} in {}", self.part(5))
            }
            Some("") => format!("{source} without {found}"),
            _ => format!("{source} with {found} replaced by {}", self.part(4)),
        }
    }

    fn culture(&self) -> String {
        if self.call.has(1) { format!(" by the rules of {}", self.part(1)) } else { String::new() }
    }

    fn either(&self) -> String {
        let decides = self
            .call
            .argument(0)
            .map_or_else(|| "nothing holds".to_owned(), |node| condition(node, self.depth));
        format!("{} if {decides}, otherwise {}", self.part(1), self.told(2))
    }

    fn switched(&self) -> String {
        let source = self.part(0);
        let test = self.call.argument(0).filter(|source| is_test(source));
        let pairs = self.call.arguments.len().saturating_sub(2) / 2;
        let left = pairs.saturating_sub(NAMED);
        let named = if left == 1 { pairs } else { pairs.min(NAMED) };
        let mut told: Vec<String> = (0..named)
            .map(|pair| {
                let subject = if pair == 0 { source.as_str() } else { "it" };
                let (key, value) = (2 + 2 * pair, 3 + 2 * pair);
                let decides = match (test, self.fixed(key)) {
                    (Some(test), Some("True")) => condition(test, self.depth),
                    (Some(test), Some("False")) => {
                        format!("it is not so that {}", condition(test, self.depth))
                    }
                    (_, Some("")) => format!("{subject} is empty"),
                    _ => format!("{subject} is {}", self.part(key)),
                };
                format!("{} if {decides}", self.part(value))
            })
            .collect();
        if named < pairs {
            told.push(format!("{left} more cases"));
        }
        format!("{}, otherwise {}", told.join(", "), self.told(1))
    }

    fn later(&self) -> String {
        let date = self.part(2);
        match self.fixed(1).and_then(|written| written.strip_prefix('-')) {
            Some(count) => format!("{date} minus {count} {}", self.interval(count != "1")),
            None => {
                let is_one = self.fixed(1) == Some("1");
                format!("{date} plus {} {}", self.part(1), self.interval(!is_one))
            }
        }
    }

    fn interval(&self, is_many: bool) -> String {
        let name = match self.fixed(0) {
            Some("yyyy") => "year",
            Some("m") => "month",
            Some("d") => "day",
            Some("ww") => "week",
            Some("h") => "hour",
            Some("n") => "minute",
            Some("s") => "second",
            _ => "interval",
        };
        format!("{name}{}", if is_many { "s" } else { "" })
    }

    fn counted(&self, place: usize, thing: &str) -> String {
        let plural = if self.fixed(place) == Some("1") { "" } else { "s" };
        format!("{} {thing}{plural}", self.part(place))
    }
}

/// A phrase inside a longer one: in parentheses where it has parts of its own.
fn part(node: &Node, depth: usize) -> String {
    let told = of(node, depth);
    let is_call = matches!(node.kind, NodeKind::Call(_));
    let runs_on = [" and ", ", ", " if ", " with ", " followed by "];
    if is_call && runs_on.iter().any(|piece| told.contains(piece)) {
        format!("({told})")
    } else {
        told
    }
}

fn enumerated(told: &[String], last: &str) -> String {
    match told.split_last() {
        Some((end, [])) => end.clone(),
        Some((end, before)) => format!("{} {last} {end}", before.join(", ")),
        None => "nothing".to_owned(),
    }
}

/// Whether a part yields True or False because it asks something.
fn is_test(node: &Node) -> bool {
    let NodeKind::Call(call) = &node.kind else { return false };
    matches!(call.name.as_str(), "CBool" | "IsNull" | "IsNullOrEmpty" | "IsPresent" | "IsString")
}

/// Whether a text contains another, asked by its position.
fn containing(left: &Node, comparison: Comparison, right: &Node, depth: usize) -> Option<String> {
    let call = left.call_of("InStr").filter(|_| right.fixed() == Some("0"))?;
    let contains = match comparison {
        Comparison::Equal => "does not contain",
        Comparison::NotEqual | Comparison::Greater => "contains",
        _ => return None,
    };
    let (text, wanted) = (call.argument(0)?, call.argument(1)?);
    Some(format!("{} {contains} {}", part(text, depth), part(wanted, depth)))
}

/// A condition, as it is said behind "if".
fn condition(node: &Node, depth: usize) -> String {
    match &node.kind {
        NodeKind::Comparison(left, comparison, right) => {
            if let Some(told) = containing(left, *comparison, right, depth) {
                return told;
            }
            let is = match comparison {
                Comparison::Equal => "is",
                Comparison::NotEqual => "is not",
                Comparison::Greater => "is greater than",
                Comparison::GreaterOrEqual => "is at least",
                Comparison::Less => "is less than",
                Comparison::LessOrEqual => "is at most",
            };
            format!("{} {is} {}", part(left, depth), part(right, depth))
        }
        NodeKind::Call(call) if depth > 0 => call_condition(call, depth - 1),
        _ => format!("{} is true", part(node, depth)),
    }
}

fn call_condition(call: &Call, depth: usize) -> String {
    let Some(Some(argument)) = call.arguments.first() else {
        return format!("{} is true", unknown(&call.name));
    };
    let tested = part(argument, depth);
    match call.name.as_str() {
        "IsNull" => format!("{tested} has no value"),
        "IsNullOrEmpty" => format!("{tested} is empty"),
        "IsPresent" => format!("{tested} has a value"),
        "IsString" => format!("{tested} is a text"),
        "CBool" if matches!(argument.kind, NodeKind::Comparison(..)) => condition(argument, depth),
        "CBool" => format!("{tested} is not 0"),
        "Not" => match &argument.kind {
            NodeKind::Attribute(_) => format!("{tested} is not true"),
            _ => format!("it is not so that {}", condition(argument, depth)),
        },
        _ => format!("{} is true", Telling { call, depth }.phrase()),
    }
}
