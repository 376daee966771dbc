//! Reading a text by a date format, field by field.

use super::super::value::{DateTime, HOUR, MINUTE, SECOND};
use super::{MONTHS, Piece, WEEKDAYS, assemble};

/// Reads a whole text; nothing where it does not follow the format.
pub(super) fn read(pieces: &[Piece], text: &str, now: DateTime) -> Option<DateTime> {
    let mut reader = Reader { rest: text, found: Found::default() };
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            // The point before an optional fraction is optional with it.
            Piece::Literal('.') if matches!(pieces.peek(), Some(Piece::Field('F', _))) => {
                if !reader.take_char('.') {
                    pieces.next();
                }
            }
            Piece::Literal(c) => reader.take_char(*c).then_some(())?,
            Piece::Field(letter, count) => reader.field(*letter, *count)?,
        }
    }
    reader.rest.is_empty().then_some(())?;
    reader.found.instant(now)
}

struct Reader<'t> {
    rest: &'t str,
    found: Found,
}

/// The parts of a date and a time that the text held.
#[derive(Default)]
struct Found {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    weekday: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    ticks: i64,
    is_hour_of_12: bool,
    is_afternoon: bool,
    offset: i64,
}

impl Reader<'_> {
    fn field(&mut self, letter: char, count: usize) -> Option<()> {
        match (letter, count) {
            ('d', 1 | 2) => self.found.day = Some(self.one_or_two(count)?),
            ('d', _) => self.found.weekday = Some(self.name(&WEEKDAYS, count)?),
            ('M', 1 | 2) => self.found.month = Some(self.one_or_two(count)?),
            ('M', _) => self.found.month = Some(self.name(&MONTHS, count)? + 1),
            ('y', 1 | 2) => {
                // .NET's calendar takes two digits for the years 1930 to 2029.
                let year = self.one_or_two(count)?;
                self.found.year = Some(if year < 30 { 2000 + year } else { 1900 + year });
            }
            ('y', _) => self.found.year = Some(self.digits(count, count.max(4))?),
            ('h', _) => {
                self.found.hour = self.one_or_two(count)?;
                self.found.is_hour_of_12 = true;
            }
            ('H', _) => self.found.hour = self.one_or_two(count)?,
            ('m', _) => self.found.minute = self.one_or_two(count)?,
            ('s', _) => self.found.second = self.one_or_two(count)?,
            ('f', _) => self.fraction(count, count)?,
            ('F', _) => self.fraction(0, count)?,
            ('t', _) => self.half_of_day(count)?,
            ('z', _) => self.offset(count)?,
            ('K', _) if self.take_char('Z') || self.rest.is_empty() => {}
            ('K', _) => self.offset(3)?,
            _ => (self.take_word("A.D.") || self.take_word("AD")).then_some(())?,
        }
        Some(())
    }

    fn take_char(&mut self, c: char) -> bool {
        self.rest.strip_prefix(c).map(|rest| self.rest = rest).is_some()
    }

    /// Takes a word without regard to case.
    fn take_word(&mut self, word: &str) -> bool {
        match self.rest.split_at_checked(word.len()) {
            Some((start, rest)) if start.eq_ignore_ascii_case(word) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let found = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(found).filter(|_| found >= least)?;
        self.rest = rest;
        if digits.is_empty() { Some(0) } else { digits.parse().ok() }
    }

    /// One letter takes one or two digits, two letters take exactly two.
    fn one_or_two(&mut self, count: usize) -> Option<i64> {
        self.digits(count.min(2), 2)
    }

    fn name(&mut self, names: &[&str], count: usize) -> Option<i64> {
        let index = names.iter().position(|name| {
            let shown = if count > 3 { name } else { name.get(..3).unwrap_or(name) };
            self.take_word(shown)
        })?;
        i64::try_from(index).ok()
    }

    fn fraction(&mut self, least: usize, most: usize) -> Option<()> {
        let before = self.rest.len();
        let digits = self.digits(least.min(7), most.min(7))?;
        let taken = u32::try_from(before - self.rest.len()).ok()?;
        self.found.ticks = digits * 10_i64.pow(7_u32.saturating_sub(taken));
        Some(())
    }

    fn half_of_day(&mut self, count: usize) -> Option<()> {
        let (morning, afternoon) = if count == 1 { ("A", "P") } else { ("AM", "PM") };
        self.found.is_afternoon = self.take_word(afternoon);
        (self.found.is_afternoon || self.take_word(morning)).then_some(())
    }

    fn offset(&mut self, count: usize) -> Option<()> {
        let sign = if self.take_char('-') { -1 } else { self.take_char('+').then_some(1)? };
        let hours = self.one_or_two(count)?;
        let minutes = if count < 3 {
            0
        } else {
            self.take_char(':');
            self.digits(2, 2)?
        };
        (hours <= 14 && minutes < 60).then_some(())?;
        self.found.offset = sign * (hours * HOUR + minutes * MINUTE);
        Some(())
    }
}

impl Found {
    fn instant(&self, now: DateTime) -> Option<DateTime> {
        let (year, month, day) = now.date();
        let date = match (self.year, self.month, self.day) {
            (None, None, None) => (year, month, day),
            (year_read, month, day) => {
                (year_read.unwrap_or(year), month.unwrap_or(1), day.unwrap_or(1))
            }
        };
        let hour = self.hour_of_24()?;
        (hour < 24 && self.minute < 60 && self.second < 60).then_some(())?;
        let time = hour * HOUR + self.minute * MINUTE + self.second * SECOND + self.ticks;
        let local = assemble(date, time, 0)?;
        if self.weekday.is_some_and(|weekday| weekday != local.weekday()) {
            return None;
        }
        assemble(date, time, self.offset)
    }

    fn hour_of_24(&self) -> Option<i64> {
        if !self.is_hour_of_12 {
            return Some(self.hour);
        }
        let half = if self.is_afternoon { 12 } else { 0 };
        (1..=12).contains(&self.hour).then_some(self.hour % 12 + half)
    }
}
