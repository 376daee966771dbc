//! .NET's custom date formats in the invariant culture: a format read once, then used to read
//! texts and to write them.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::value::{DAY, DateTime, HOUR, MINUTE, SECOND};

mod read;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The forms in which `CDate` and `NumFromDate` take a date; `K` is an optional offset.
const COMMON_FORMS: [&str; 10] = [
    "yyyy-MM-ddK",
    "yyyy-MM-ddTHH:mmK",
    "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    "yyyy-MM-dd HH:mmK",
    "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    "yyyy-MM-dd HH:mm:ss zzz",
    "M/d/yyyy",
    "M/d/yyyy h:mm tt",
    "M/d/yyyy h:mm:ss tt",
    "M/d/yyyy H:mm:ss",
];

/// A date format, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateFormat {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// A letter with a meaning, and how often it stands in a row.
    Field(char, usize),
    /// A character that stands for itself.
    Literal(char),
}

impl DateFormat {
    /// Takes a format apart; nothing where it is a letter that is no standard format, or where a
    /// quote is not closed.
    pub(super) fn new(format: &str) -> Option<Self> {
        let mut characters = standard(format)?.chars().peekable();
        let mut pieces = Vec::new();
        while let Some(c) = characters.next() {
            match c {
                'd' | 'f' | 'F' | 'g' | 'h' | 'H' | 'K' | 'm' | 'M' | 's' | 't' | 'y' | 'z' => {
                    let more = std::iter::from_fn(|| characters.next_if_eq(&c)).count();
                    pieces.push(Piece::Field(c, more + 1));
                }
                '\'' | '"' => loop {
                    match characters.next()? {
                        end if end == c => break,
                        quoted => pieces.push(Piece::Literal(quoted)),
                    }
                },
                '\\' => pieces.push(Piece::Literal(characters.next()?)),
                '%' => {}
                _ => pieces.push(Piece::Literal(c)),
            }
        }
        Some(Self { pieces })
    }

    /// Reads a text that follows the format exactly, white space at its ends aside. An offset
    /// shifts the result to UTC; a part that is missing is taken from today, as .NET does.
    pub(super) fn read(&self, text: &str, now: DateTime) -> Option<DateTime> {
        read::read(&self.pieces, text.trim(), now)
    }

    /// Writes an instant.
    pub(super) fn write(&self, instant: DateTime) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            // Writing into a String cannot fail.
            let _ = match piece {
                Piece::Literal(c) => write!(text, "{c}"),
                Piece::Field(letter, count) => write_field(&mut text, instant, *letter, *count),
            };
        }
        text
    }
}

/// Reads a date in one of the common forms.
pub(super) fn read_common(text: &str, now: DateTime) -> Option<DateTime> {
    static FORMS: LazyLock<Vec<DateFormat>> =
        LazyLock::new(|| COMMON_FORMS.iter().filter_map(|form| DateFormat::new(form)).collect());
    FORMS.iter().find_map(|form| form.read(text, now))
}

/// The custom format that a one-letter standard format stands for.
fn standard(format: &str) -> Option<&str> {
    if format.chars().count() != 1 {
        return Some(format);
    }
    Some(match format {
        "d" => "MM/dd/yyyy",
        "D" => "dddd, dd MMMM yyyy",
        "f" => "dddd, dd MMMM yyyy HH:mm",
        "F" => "dddd, dd MMMM yyyy HH:mm:ss",
        "g" => "MM/dd/yyyy HH:mm",
        "G" => "MM/dd/yyyy HH:mm:ss",
        "m" | "M" => "MMMM dd",
        "o" | "O" => "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
        "r" | "R" => "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
        "s" => "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
        "t" => "HH:mm",
        "T" => "HH:mm:ss",
        "u" => "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
        "y" | "Y" => "yyyy MMMM",
        _ => return None,
    })
}

fn write_field(
    text: &mut String,
    instant: DateTime,
    letter: char,
    count: usize,
) -> std::fmt::Result {
    let ((year, month, day), time) = (instant.date(), instant.time());
    let hour = time / HOUR;
    let short = count.min(2);
    match (letter, count) {
        ('d', 1 | 2) => write!(text, "{day:0count$}"),
        ('d', _) => write!(text, "{}", name(&WEEKDAYS, instant.weekday(), count)),
        ('M', 1 | 2) => write!(text, "{month:0count$}"),
        ('M', _) => write!(text, "{}", name(&MONTHS, month - 1, count)),
        ('y', 1 | 2) => write!(text, "{:0count$}", year % 100),
        ('y', _) => write!(text, "{year:0count$}"),
        ('h', _) => write!(text, "{:0short$}", (hour + 11) % 12 + 1),
        ('H', _) => write!(text, "{hour:0short$}"),
        ('m', _) => write!(text, "{:0short$}", time / MINUTE % 60),
        ('s', _) => write!(text, "{:0short$}", time / SECOND % 60),
        ('f' | 'F', _) => write_fraction(text, time % SECOND, letter, count),
        ('t', _) => {
            let half = if hour < 12 { "AM" } else { "PM" };
            write!(text, "{half:.short$}")
        }
        ('z', 1) => text.write_str("+0"),
        ('z', 2) => text.write_str("+00"),
        ('z', _) => text.write_str("+00:00"),
        ('K', _) => text.write_str(&"Z".repeat(count)),
        _ => text.write_str("A.D."),
    }
}

/// So many digits of the second's fraction; `F` leaves out zeros at the end, and the point before.
fn write_fraction(text: &mut String, ticks: i64, letter: char, count: usize) -> std::fmt::Result {
    let digits = format!("{ticks:07}");
    let digits = digits.get(..count.min(7)).unwrap_or_default();
    if letter == 'f' {
        return text.write_str(digits);
    }
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() && text.ends_with('.') {
        text.pop();
    }
    text.write_str(digits)
}

/// A name out of a list: in full from four letters on, else its first three.
fn name(names: &[&'static str], index: i64, count: usize) -> &'static str {
    let name = usize::try_from(index).ok().and_then(|index| names.get(index)).copied();
    let name = name.unwrap_or_default();
    if count > 3 { name } else { name.get(..3).unwrap_or(name) }
}

/// An instant by its date and time; nothing for a time that a day does not have.
fn assemble(date: (i64, i64, i64), time: i64, offset: i64) -> Option<DateTime> {
    let (year, month, day) = date;
    let date = DateTime::from_date(year, month, day)?;
    (0..DAY).contains(&time).then_some(())?;
    date.checked_add(time)?.checked_add(-offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(text: &str, input: &str, output: &str) -> Option<String> {
        let now = DateTime::from_date(2025, 7, 30)?;
        let instant = DateFormat::new(input)?.read(text, now)?;
        Some(DateFormat::new(output)?.write(instant))
    }

    #[test]
    fn every_letter_is_read_and_written() {
        let check = |text: &str, input: &str, output: &str, expected: &str| {
            let found = convert(text, input, output);
            assert_eq!(found.as_deref(), Some(expected), "{text} by {input} to {output}");
        };
        let iso = "yyyy-MM-ddTHH:mm:ss.fffffff";
        check("9/3/24", "d/M/yy", iso, "2024-03-09T00:00:00.0000000");
        check("Sun, 09 Mar 1930", "ddd, dd MMM yyyy", "d.M.y dddd", "9.3.30 Sunday");
        check("MARCH 9 2024", "MMMM d yyyy", "yyyyMMdd", "20240309");
        check("12:05:09.25 AM", "hh:mm:ss.FF tt", "H h HH m s f FFF t", "0 12 00 5 9 2 25 A");
        check("7 P", "h t", "HH:mm tt", "19:00 PM");
        check("2024-01-01 01:00 -3", "yyyy-MM-dd HH:mm z", iso, "2024-01-01T04:00:00.0000000");
        check(
            "2024-01-01T01:00+0130",
            "yyyy-MM-ddTHH:mmzzz",
            "dd HH:mmK z zz zzz",
            "31 23:30Z +0 +00 +00:00",
        );
        check("2024-01-01", "yyyy-MM-ddK", "'day' %d \\d g", "day 1 d A.D.");
        check("10:30:00", "HH:mm:ss.FFF", "yyyy-MM-dd HH:mm:ss.FF", "2025-07-30 10:30:00");
        check("03-09", "MM-dd", "d", "03/09/2025");
        check(" 2024-03-09 ", "yyyy-MM-dd", "s", "2024-03-09T00:00:00");
    }

    #[test]
    fn what_does_not_follow_the_format_is_no_date() {
        let check = |text, input| assert_eq!(convert(text, input, "o"), None, "{text} by {input}");
        check("Fri 2024-03-09", "ddd yyyy-MM-dd");
        check("2024-3-9", "yyyy-MM-dd");
        check("2024-03-09T", "yyyy-MM-dd");
        check("13 PM", "h tt");
        check("24:00", "HH:mm");
        check("2024-02-30", "yyyy-MM-dd");
        check("0001-01-01 +14:00", "yyyy-MM-dd zzz");
        check("x", "'x");
        check("x", "x");
    }
}
