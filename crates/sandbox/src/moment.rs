//! The clock that the caller lends: the sandbox never asks the system for the time.

use std::fmt;

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
///
/// Its `Display` is the `dateTime` of RFC 7643 section 2.3.5, in UTC:
///
/// ```
/// use sandbox::Moment;
/// assert_eq!(Moment::from_unix_millis(1_305_261_754_000).to_string(), "2011-05-13T04:42:34.000Z");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    unix_millis: i64,
}

/// Milliseconds.
const DAY: i64 = 86_400_000;

impl Moment {
    /// 0000-01-01T00:00:00.000Z.
    const EARLIEST: i64 = -62_167_219_200_000;
    /// 9999-12-31T23:59:59.999Z.
    const LATEST: i64 = 253_402_300_799_999;

    /// The moment so many milliseconds after (or before) the start of 1970.
    ///
    /// ISO 8601 writes years with four digits, so what lies before the year 0 or
    /// after 9999 becomes the nearest moment that can be written.
    #[must_use]
    pub fn from_unix_millis(unix_millis: i64) -> Self {
        Self { unix_millis: unix_millis.clamp(Self::EARLIEST, Self::LATEST) }
    }

    /// The moment so many seconds after this one, in the form of the header fields of HTTP
    /// (RFC 9110 section 5.6.7).
    pub(crate) fn http_date(self, seconds_later: i64) -> String {
        const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let later = Self::from_unix_millis(self.unix_millis + 1000 * seconds_later);
        let days = later.unix_millis.div_euclid(DAY);
        let (year, month, day) = civil(days);
        let [hour, minute, second, _] = clock(later.unix_millis.rem_euclid(DAY));
        let named = |names: &[&'static str], number: i64| {
            usize::try_from(number).ok().and_then(|number| names.get(number)).copied()
        };
        // The first day of 1970 was a Thursday.
        let weekday = named(&DAYS, days.rem_euclid(7)).unwrap_or_default();
        let month = named(&MONTHS, month - 1).unwrap_or_default();
        format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
    }

    /// Milliseconds since the start of 1970.
    #[must_use]
    pub fn unix_millis(self) -> i64 {
        self.unix_millis
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.unix_millis.div_euclid(DAY));
        let [hour, minute, second, millisecond] = clock(self.unix_millis.rem_euclid(DAY));
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z"
        )
    }
}

/// Hour, minute, second and millisecond of a day.
fn clock(millis: i64) -> [i64; 4] {
    [millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000]
}

/// Year, month and day in the Gregorian calendar of a count of days since 1970-01-01.
///
/// The year is taken to begin in March: the leap day is then the last of its year, and the
/// lengths of the months follow one straight line.
fn civil(days: i64) -> (i64, i64, i64) {
    const DAYS_PER_ERA: i64 = 146_097; // 400 years
    let since_march_of_year_0 = days + 719_468;
    let era = since_march_of_year_0.div_euclid(DAYS_PER_ERA);
    let day_of_era = since_march_of_year_0.rem_euclid(DAYS_PER_ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn leap_days_centuries_and_both_ends_are_written_right() {
        let table = [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
            (i64::MIN, "0000-01-01T00:00:00.000Z"),
            (i64::MAX, "9999-12-31T23:59:59.999Z"),
        ];
        for (unix_millis, written) in table {
            assert_eq!(Moment::from_unix_millis(unix_millis).to_string(), written);
        }
    }

    #[test]
    fn a_date_for_http_has_its_day_of_the_week() {
        let table = [
            (0, 2, "Thu, 01 Jan 1970 00:00:02 GMT"),
            (784_111_777_000, 0, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_399_000, 1, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (-1, 0, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ];
        for (unix_millis, later, written) in table {
            assert_eq!(Moment::from_unix_millis(unix_millis).http_date(later), written);
        }
    }
}
