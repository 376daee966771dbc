//! An instant in UTC with the calendar arithmetic that the language needs.

use std::fmt;

/// Ticks of 100 nanoseconds in a second, the unit of .NET and of Active Directory.
pub(crate) const SECOND: i64 = 10_000_000;
/// Ticks in a minute.
pub(crate) const MINUTE: i64 = 60 * SECOND;
/// Ticks in an hour.
pub(crate) const HOUR: i64 = 60 * MINUTE;
/// Ticks in a day.
pub(crate) const DAY: i64 = 24 * HOUR;

/// Days from 0001-01-01 to 1970-01-01.
const UNIX_EPOCH_DAYS: i64 = 719_162;
/// Days from 0001-01-01 to 1601-01-01, where Active Directory's time begins.
const AD_EPOCH_DAYS: i64 = 584_388;
/// The first tick of the year 10000.
const END: i64 = 3_652_059 * DAY;

/// An instant in UTC, to the tick of 100 nanoseconds, in the years 1 to 9999 as in .NET.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime {
    /// Ticks since 0001-01-01T00:00:00Z; from 0 to below [`END`].
    ticks: i64,
}

impl DateTime {
    /// An instant by its milliseconds since 1970-01-01T00:00:00Z, as a browser's `Date.now()`
    /// gives them; beyond the years 1 to 9999 the nearest instant within.
    pub fn from_unix_milliseconds(milliseconds: i64) -> Self {
        let ticks = milliseconds.saturating_mul(SECOND / 1000);
        Self { ticks: ticks.saturating_add(UNIX_EPOCH_DAYS * DAY).clamp(0, END - 1) }
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn unix_milliseconds(self) -> i64 {
        (self.ticks - UNIX_EPOCH_DAYS * DAY).div_euclid(SECOND / 1000)
    }

    /// An instant by its calendar date and the ticks into that day; nothing for a date that the
    /// calendar does not have.
    pub fn from_date(year: i64, month: i64, day: i64) -> Option<Self> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then(|| Self { ticks: days_before(year, month, day) * DAY })
    }

    /// An instant by its Active Directory time: ticks since 1601-01-01.
    pub(crate) fn from_ad_time(ticks: i64) -> Option<Self> {
        Self { ticks: AD_EPOCH_DAYS * DAY }.checked_add(ticks)
    }

    /// The Active Directory time: ticks since 1601-01-01, negative before.
    pub(crate) fn ad_time(self) -> i64 {
        self.ticks - AD_EPOCH_DAYS * DAY
    }

    /// This many ticks later; nothing beyond the years 1 to 9999.
    pub(crate) fn checked_add(self, ticks: i64) -> Option<Self> {
        let ticks = self.ticks.checked_add(ticks)?;
        (0..END).contains(&ticks).then_some(Self { ticks })
    }

    /// This many months later, on the last day of the month where it is shorter.
    pub(crate) fn checked_add_months(self, months: i64) -> Option<Self> {
        let (year, month, day) = self.date();
        let months = (year * 12 + month - 1).checked_add(months)?;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        if !(1..=9999).contains(&year) {
            return None;
        }
        let date = Self::from_date(year, month, day.min(days_in_month(year, month)))?;
        date.checked_add(self.time())
    }

    /// Ticks from another instant to this one.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        self.ticks - earlier.ticks
    }

    /// Ticks since midnight.
    pub(crate) fn time(self) -> i64 {
        self.ticks % DAY
    }

    /// The day of the week, 0 for Sunday.
    pub(crate) fn weekday(self) -> i64 {
        // 0001-01-01 was a Monday.
        (self.day_number() + 1) % 7
    }

    /// Days since 0001-01-01.
    pub(crate) fn day_number(self) -> i64 {
        self.ticks / DAY
    }

    /// Year, month and day of the month.
    pub fn date(self) -> (i64, i64, i64) {
        // Years are counted from March, so that the leap day is the last day of its year; the
        // constants are days in 400, 100, 4 and 1 years.
        let days = self.day_number() + 306;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        (era * 400 + year + i64::from(month <= 2), month, day)
    }
}

/// Days from 0001-01-01 to a date.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 306
}

/// How many days a month has.
fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The common text form: `M/d/yyyy h:mm:ss tt` of the invariant culture.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        let (hour, minute, second) =
            (self.time() / HOUR, self.time() / MINUTE % 60, self.time() / SECOND % 60);
        let (hour12, half) = ((hour + 11) % 12 + 1, if hour < 12 { "AM" } else { "PM" });
        write!(f, "{month}/{day}/{year:04} {hour12}:{minute:02}:{second:02} {half}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar_is_counted_once() {
        let mut days = 0;
        for year in 1..=9999 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    let date = DateTime::from_date(year, month, day).expect("a date");
                    assert_eq!(date.day_number(), days, "{year}-{month}-{day}");
                    assert_eq!(date.date(), (year, month, day));
                    days += 1;
                }
            }
        }
        assert_eq!(days * DAY, END);
    }

    #[test]
    fn epochs_are_where_they_are_said_to_be() {
        assert_eq!(DateTime::from_unix_milliseconds(0).date(), (1970, 1, 1));
        assert_eq!(DateTime::from_ad_time(0).map(DateTime::date), Some((1601, 1, 1)));
        // 2024-03-09 was a Saturday.
        assert_eq!(DateTime::from_date(2024, 3, 9).map(DateTime::weekday), Some(6));
        assert_eq!(
            DateTime::from_unix_milliseconds(1_700_000_000_123).unix_milliseconds(),
            1_700_000_000_123
        );
    }
}
