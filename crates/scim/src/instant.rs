//! An instant as SCIM writes it: `xsd:dateTime` (RFC 7643, section 2.3.5).

/// Seconds and nanoseconds since 1970, to be compared with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant {
    seconds: i64,
    nanoseconds: u32,
}

impl Instant {
    /// Reads `2026-01-10T08:00:00.5+01:00`. Without an offset the instant is taken as UTC.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', 't'])?;
        let days = parse_date(date)?;
        let offset_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
        let (clock, offset) = time.split_at_checked(offset_at)?;
        let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let [hour, minute, second] = numbers(whole, ':', [2, 2, 2])?;
        // The day may end with 24:00:00, and with a leap second.
        let is_end = hour == 24 && minute == 0 && second == 0;
        if (hour > 23 && !is_end) || minute > 59 || second > 60 {
            return None;
        }
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - parse_offset(offset)?;
        Some(Self { seconds, nanoseconds: parse_fraction(fraction)? })
    }
}

fn parse_date(date: &str) -> Option<i64> {
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let known = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    known.then(|| days_since_1970(year, month, day))
}

fn days_in(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_since_1970(next_year, next, 1) - days_since_1970(year, month, 1)
}

/// Seconds east of Greenwich.
fn parse_offset(offset: &str) -> Option<i64> {
    if offset.is_empty() || offset.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, clock) = match offset.strip_prefix('-') {
        Some(clock) => (-1, clock),
        None => (1, offset.strip_prefix('+')?),
    };
    let [hours, minutes] = numbers(clock, ':', [2, 2])?;
    (hours <= 14 && minutes <= 59).then_some(sign * (hours * 3_600 + minutes * 60))
}

/// Digits after the point, as nanoseconds; finer ones are dropped.
fn parse_fraction(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padded = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
    Some(padded.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
}

/// Exactly `N` numbers, each of so many digits.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut found = [0; N];
    for (slot, digits) in found.iter_mut().zip(digits) {
        let part = parts.next()?;
        let is_number = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        *slot = if is_number { part.parse().ok()? } else { return None };
    }
    parts.next().is_none().then_some(found)
}

/// Days of the proleptic Gregorian calendar; years are counted from March, so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_instants_in_any_offset() {
        let check = |text: &str, seconds: i64, nanoseconds: u32| {
            assert_eq!(Instant::parse(text), Some(Instant { seconds, nanoseconds }), "{text}");
        };
        check("1970-01-01T00:00:00Z", 0, 0);
        check("2000-03-01T00:00:00Z", 951_868_800, 0);
        check("2026-01-10T09:00:00.5+01:00", 1_768_032_000, 500_000_000);
        check("2026-01-10T08:00:00", 1_768_032_000, 0);
        check("1969-12-31T23:59:59Z", -1, 0);
        check("2024-02-29T24:00:00Z", 1_709_251_200, 0);
    }

    #[test]
    fn refuses_what_is_no_instant() {
        for text in [
            "",
            "2026-01-10",
            "2026-13-10T00:00:00Z",
            "T",
            "2026-01-10T08:00",
            "2026-01-10T08:00:00.Z",
            "2026-01-10T08:00:00+1",
            "2026-02-29T08:00:00Z",
            "2026-04-31T08:00:00Z",
            "2026-1-10T08:00:00Z",
            "2026-01-10T8:00:00Z",
            "2026-01-10T24:00:01Z",
        ] {
            assert_eq!(Instant::parse(text), None, "{text}");
        }
    }
}
