//! Date formats: .NET's letters, which other systems write otherwise.

use std::ops::Range;

use super::super::fix::{Edit, Fix};
use super::super::function::Kind;
use super::super::lex;
use super::super::tree::{Call, Node, NodeKind};
use super::{Lint, Rule, View};

/// Looks at the formats of a call, and at how many arguments `FormatDateTime` has.
pub(super) fn check(view: &View<'_>, node: &Node, found: &mut Vec<Lint>) {
    let NodeKind::Call(call) = &node.kind else { return };
    if call.name == "FormatDateTime" {
        found.extend(arguments(call));
    }
    for (place, argument) in call.arguments.iter().enumerate() {
        let (Some(argument), Some(function)) = (argument, call.function) else { continue };
        let is_format = function.parameter(place).is_some_and(|p| p.kind == Kind::DateFormat);
        // With three arguments the second is a format too.
        let is_older = call.name == "FormatDateTime" && place == 1 && !call.has(3);
        if (is_format || is_older)
            && let NodeKind::Text(format) = &argument.kind
        {
            check_format(view, argument, format, found);
        }
    }
}

fn arguments(call: &Call) -> Option<Lint> {
    let (source, second) = (call.argument(0)?, call.argument(1)?);
    if call.has(3) {
        let is_empty = second.fixed() == Some("");
        let message = "styles are not evaluated here: in a preview everybody fails";
        let lint = Lint::new(Rule::DateStyles, second.span.clone(), message);
        return (!is_empty).then(|| {
            lint.helping("leave the place empty")
                .fixing([Fix::removing("leave it empty", second.span.clone())])
        });
    }
    let message = "three arguments are older than the reference, which has a place for styles in \
                   between; here they are read as source and two formats";
    let fix = Fix::inserting("leave the place of the styles empty", source.span.end, ", ");
    call.has(2).then(|| {
        Lint::new(Rule::ThreeArgumentFormat, call.name_span.clone(), message)
            .helping("write `FormatDateTime(source, , inputFormat, outputFormat)`")
            .fixing([fix])
    })
}

/// A letter that stands so many times in a row.
struct Run {
    letter: char,
    /// Where, in bytes of the format.
    span: Range<usize>,
}

impl Run {
    fn is(&self, letters: &str) -> bool {
        letters.contains(self.letter)
    }
}

/// The runs of letters that are neither quoted nor escaped.
fn runs(format: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut characters = format.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '\'' | '"' => {
                characters.by_ref().find(|(_, end)| *end == c);
            }
            '\\' => {
                characters.next();
            }
            _ if c.is_ascii_alphabetic() => match runs.last_mut() {
                Some(run) if run.letter == c && run.span.end == at => run.span.end += 1,
                _ => runs.push(Run { letter: c, span: at..at + 1 }),
            },
            _ => {}
        }
    }
    runs
}

fn check_format(view: &View<'_>, argument: &Node, format: &str, found: &mut Vec<Lint>) {
    let lint = |rule, message: String| Lint::new(rule, argument.span.clone(), message);
    if format.chars().count() == 1 {
        found.extend(
            one_letter(format)
                .map(|(message, help)| lint(Rule::OneLetterDateFormat, message).helping(help)),
        );
        return;
    }
    let runs = runs(format);
    for run in &runs {
        if let Some((net, meaning)) = foreign_letter(run) {
            let written = format.get(run.span.clone()).unwrap_or_default();
            let message = format!(
                "`{written}` is copied as it stands: .NET has no such letter, {meaning} is `{net}`"
            );
            found.push(
                lint(Rule::DateFormatLetters, message)
                    .helping(format!("write `{net}`"))
                    .fixing(rewritten(view, argument, format, run, &net)),
            );
        }
    }
    for (at, run) in runs.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| runs.get(at));
        if let Some((net, message)) = month_or_minute(before, run, runs.get(at + 1)) {
            found.push(
                lint(Rule::MonthsAndMinutes, message)
                    .helping("`MM` is the month, `mm` the minute")
                    .fixing(rewritten(view, argument, format, run, &net)),
            );
        }
    }
    if let Some(hour) = runs.iter().find(|run| run.is("h"))
        && !runs.iter().any(|run| run.is("t"))
    {
        let net = "H".repeat(hour.span.len());
        let message = "`h` counts to twelve, and without `tt` nobody knows which half of the day \
                       is meant"
            .to_owned();
        found.push(
            lint(Rule::HourWithoutHalf, message)
                .helping("write `HH` for the hour of 24, or add `tt`")
                .fixing(rewritten(view, argument, format, hour, &net)),
        );
    }
}

/// The letter that another system writes, in .NET's.
fn foreign_letter(run: &Run) -> Option<(String, &'static str)> {
    let count = run.span.len();
    Some(match run.letter {
        'Y' => ("y".repeat(count), "the year"),
        'D' => ("d".repeat(count), "the day"),
        'S' => ("f".repeat(count), "a fraction of a second"),
        'A' | 'a' => ("tt".to_owned(), "AM or PM"),
        'E' => ("d".repeat(count.max(3)), "the weekday"),
        _ => return None,
    })
}

fn month_or_minute(
    before: Option<&Run>,
    run: &Run,
    behind: Option<&Run>,
) -> Option<(String, String)> {
    let is = |side: Option<&Run>, letters| side.is_some_and(|run| run.is(letters));
    let is_time = is(before, "hH") || is(behind, "sS");
    let is_date = is(before, "yYdD") || is(behind, "yYdD");
    let count = run.span.len();
    if run.is("m") && !is_time && is_date {
        let message = "`m` is the minute, and it stands between parts of a date".to_owned();
        return Some(("M".repeat(count), message));
    }
    let message = "`M` is the month, and it stands between parts of a time".to_owned();
    (run.is("M") && count <= 2 && is_time && !is_date).then(|| ("m".repeat(count), message))
}

/// .NET's standard formats, with the custom format that each stands for.
const STANDARD: [(&str, &str); 19] = [
    ("d", "MM/dd/yyyy"),
    ("D", "dddd, dd MMMM yyyy"),
    ("f", "dddd, dd MMMM yyyy HH:mm"),
    ("F", "dddd, dd MMMM yyyy HH:mm:ss"),
    ("g", "MM/dd/yyyy HH:mm"),
    ("G", "MM/dd/yyyy HH:mm:ss"),
    ("m", "MMMM dd"),
    ("M", "MMMM dd"),
    ("o", "yyyy-MM-ddTHH:mm:ss.fffffffK"),
    ("O", "yyyy-MM-ddTHH:mm:ss.fffffffK"),
    ("r", "ddd, dd MMM yyyy HH:mm:ss GMT"),
    ("R", "ddd, dd MMM yyyy HH:mm:ss GMT"),
    ("s", "yyyy-MM-ddTHH:mm:ss"),
    ("t", "HH:mm"),
    ("T", "HH:mm:ss"),
    ("u", "yyyy-MM-dd HH:mm:ssZ"),
    ("U", "dddd, dd MMMM yyyy HH:mm:ss"),
    ("y", "yyyy MMMM"),
    ("Y", "yyyy MMMM"),
];

fn one_letter(format: &str) -> Option<(String, String)> {
    if let Some((_, custom)) = STANDARD.iter().find(|(letter, _)| *letter == format) {
        let message =
            format!("a format of one letter is a standard one: `{format}` stands for `{custom}`");
        let help = format!("write `%{format}` if the letter alone is meant");
        return Some((message, help));
    }
    let message = format!("`{format}` alone is no format of .NET, so everybody fails");
    Some((message, "write it as in `yyyy-MM-dd`".to_owned()))
}

/// The format with one run written another way; nothing where the text is not written plainly.
fn rewritten(view: &View<'_>, argument: &Node, format: &str, run: &Run, text: &str) -> Option<Fix> {
    let is_plain = view.written(argument) == lex::quote(format) && !format.contains(['\\', '"']);
    let start = argument.span.start + 1;
    let span = start + run.span.start..start + run.span.end;
    is_plain.then(|| Fix {
        label: format!("write `{text}`"),
        edits: vec![Edit { span, text: text.to_owned() }],
    })
}
