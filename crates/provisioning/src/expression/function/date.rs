//! Functions over dates and times, all of them in UTC.

use super::super::date_format;
use super::super::evaluate::{Call, Outcome, Stop, excerpt};
use super::super::fault::EvaluationFaultKind;
use super::super::value::{DAY, DateTime, HOUR, MINUTE, Number, SECOND, Value};
use super::{
    CHOSEN, DOCUMENTED, Example, Function, Kind, STATED, chosen, optional, required, shown, stated,
};

pub(super) const C_DATE: Function = Function {
    name: "CDate",
    summary: "The date-time that a text says, in UTC.",
    parameters: &[required("expression", Kind::Text, "the text that says a date")],
    examples: &[Example {
        expression: "CDate([StatusHireDate])",
        attributes: &[("StatusHireDate", "2020-03-16-07:00")],
        result: "3/16/2020 7:00:00 AM",
    }],
    evidence: DOCUMENTED,
    notes: &[
        chosen("a text without an offset is read as UTC"),
        chosen("besides ISO 8601, M/d/yyyy with or without a time is read"),
    ],
};

pub(super) fn c_date<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(Value::DateTime(read_date(call)?))
}

pub(super) const NOW: Function = Function {
    name: "Now",
    summary: "The current date-time in UTC.",
    parameters: &[],
    examples: &[Example { expression: "Now()", attributes: &[], result: "7/30/2025 6:00:00 AM" }],
    evidence: DOCUMENTED,
    notes: &[chosen("the moment of the preview")],
};

pub(super) fn now<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(Value::DateTime(call.scope.inputs.ambient.now))
}

pub(super) const DATE_ADD: Function = Function {
    name: "DateAdd",
    summary: "A date-time so many intervals later.",
    parameters: &[
        required("interval", Kind::Interval, "the unit: yyyy, m, d, ww, h, n or s"),
        required("value", Kind::Number, "how many of them; negative for earlier"),
        required(
            "dateTime",
            Kind::Date,
            "the date to start from, wrapped in CDate where it is text",
        ),
    ],
    examples: &[Example {
        expression: r#"DateAdd("m", 10, CDate([StatusHireDate]))"#,
        attributes: &[("StatusHireDate", "2012-03-16-07:00")],
        result: "1/16/2013 7:00:00 AM",
    }],
    evidence: DOCUMENTED,
    notes: &[chosen("months and years end on the last day of a shorter month")],
};

pub(super) fn date_add<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (interval, count, date) = (interval(call)?, call.integer(1)?, date(call, 2)?);
    let later = match interval {
        Interval::Months(months) => {
            count.checked_mul(months).and_then(|months| date.checked_add_months(months))
        }
        Interval::Ticks(ticks) => {
            count.checked_mul(ticks).and_then(|ticks| date.checked_add(ticks))
        }
    };
    later.map(Value::DateTime).ok_or_else(|| {
        let message = "the result lies outside the years 1 to 9999".to_owned();
        call.at(1, EvaluationFaultKind::Argument, message, None)
    })
}

pub(super) const DATE_DIFF: Function = Function {
    name: "DateDiff",
    summary: "How many intervals the second date-time is later than the first.",
    parameters: &[
        required("interval", Kind::Interval, "the unit: yyyy, m, d, ww, h, n or s"),
        required("date1", Kind::Date, "the date to count from"),
        required("date2", Kind::Date, "the date to count to"),
    ],
    examples: &[Example {
        expression: r#"DateDiff("d", CDate([date1]), CDate([date2]))"#,
        attributes: &[("date1", "2021-08-18+08:00"), ("date2", "2021-08-31+08:00")],
        result: "13",
    }],
    evidence: CHOSEN,
    notes: &[
        chosen(
            "years, months and weeks are counted by the calendar, days and less by the time that passed: the printed figure for weeks fits that and rounding, but not plain cutting",
        ),
        stated(
            "positive where the second date is later; some guides for HR systems read it the other way",
        ),
    ],
};

/// Years, months and weeks are counted by the calendar, the others by the time that has passed.
pub(super) fn date_diff<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let interval = interval(call)?;
    let (earlier, later) = (date(call, 1)?, date(call, 2)?);
    let months = |date: DateTime| date.date().0 * 12 + date.date().1;
    let difference = match interval {
        Interval::Months(YEAR) => later.date().0 - earlier.date().0,
        Interval::Months(_) => months(later) - months(earlier),
        Interval::Ticks(WEEK) => week(later) - week(earlier),
        Interval::Ticks(ticks) => later.since(earlier) / ticks,
    };
    Ok(Value::Number(Number::Integer(difference)))
}

/// The number of the week, which begins on Sunday; the first day of the calendar is a Monday.
fn week(date: DateTime) -> i64 {
    (date.day_number() + 1) / 7
}

pub(super) const DATE_FROM_NUM: Function = Function {
    name: "DateFromNum",
    summary: "The date-time of an Active Directory time.",
    parameters: &[required("value", Kind::Number, "100-nanosecond ticks since 1601-01-01 UTC")],
    examples: &[Example {
        expression: "DateFromNum(129699324000000000)",
        attributes: &[],
        result: "1/1/2012 11:00:00 PM",
    }],
    evidence: DOCUMENTED,
    notes: &[shown(
        "the large numbers in the guides for HR systems are wrong; the one in the reference is right",
    )],
};

pub(super) fn date_from_num<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let ticks = call.integer(0)?;
    DateTime::from_ad_time(ticks).map(Value::DateTime).ok_or_else(|| {
        let message = format!("`{ticks}` lies outside the years 1 to 9999");
        call.at(0, EvaluationFaultKind::Argument, message, None)
    })
}

pub(super) const NUM_FROM_DATE: Function = Function {
    name: "NumFromDate",
    summary: "The Active Directory time of a date-time: 100-nanosecond ticks since 1601.",
    parameters: &[required("value", Kind::Text, "the text that says a date")],
    examples: &[Example {
        expression: r#"NumFromDate("1601-01-01T00:00:00Z")"#,
        attributes: &[],
        result: "0",
    }],
    evidence: STATED,
    notes: &[],
};

pub(super) fn num_from_date<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(Value::Number(Number::Integer(read_date(call)?.ad_time())))
}

pub(super) const FORMAT_DATE_TIME: Function = Function {
    name: "FormatDateTime",
    summary: "A date read by one .NET format and written by another.",
    parameters: &[
        required("source", Kind::Text, "the text that says a date"),
        optional("dateTimeStyles", Kind::Text, "how leniently it is read; leave its place empty"),
        required("inputFormat", Kind::DateFormat, "how the text is written, in .NET's letters"),
        optional("outputFormat", Kind::DateFormat, "how it should be written, in .NET's letters"),
    ],
    examples: &[Example {
        expression: r#"FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")"#,
        attributes: &[("extensionAttribute1", "20150123105347.1Z")],
        result: "2015-01-23",
    }],
    evidence: CHOSEN,
    notes: &[
        chosen("the styles are not evaluated here; leave their place empty"),
        chosen("three arguments, as older pages write it, are source and the two formats"),
        chosen("an offset shifts the instant to UTC before it is written"),
        stated("a format of one letter is one of .NET's standard formats"),
    ],
};

/// Older material leaves out the place of the styles: three arguments are source and two formats.
pub(super) fn format_date_time<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (input, output) = if call.has(3) { (2, 3) } else { (1, 2) };
    if call.has(1) && call.has(3) && call.text(1)?.is_some_and(|styles| !styles.is_empty()) {
        let message = "`dateTimeStyles` is not evaluated here".to_owned();
        let help = "leave its place empty";
        return Err(call.at(1, EvaluationFaultKind::NotEvaluated, message, Some(help)));
    }
    let (input, output) = (call.format(input)?, call.format(output)?);
    let Some(source) = call.text(0)? else { return Ok(Value::Null) };
    match input.read(&source, call.scope.inputs.ambient.now) {
        Some(date) => Ok(output.write(date).into()),
        None => {
            let message = format!("`{}` does not follow the input format", excerpt(&source));
            Err(call.at(0, EvaluationFaultKind::DateFormat, message, None))
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Interval {
    Months(i64),
    Ticks(i64),
}

const YEAR: i64 = 12;
const WEEK: i64 = 7 * DAY;

fn interval(call: &Call<'_, '_>) -> Result<Interval, Stop> {
    let written = call.text(0)?.unwrap_or_default();
    Ok(match written.as_ref() {
        "yyyy" => Interval::Months(YEAR),
        "m" => Interval::Months(1),
        "ww" => Interval::Ticks(WEEK),
        "d" => Interval::Ticks(DAY),
        "h" => Interval::Ticks(HOUR),
        "n" => Interval::Ticks(MINUTE),
        "s" => Interval::Ticks(SECOND),
        _ => {
            let message = format!("`{}` is no interval", excerpt(&written));
            let help = "use yyyy, m (month), d, ww (week), h, n (minute) or s";
            return Err(call.at(0, EvaluationFaultKind::Argument, message, Some(help)));
        }
    })
}

/// An argument that must be a date-time already.
fn date(call: &Call<'_, '_>, place: usize) -> Result<DateTime, Stop> {
    match call.value(place)? {
        Value::DateTime(date) => Ok(date),
        _ => {
            let message = "a date-time is expected here".to_owned();
            Err(call.at(place, EvaluationFaultKind::Type, message, Some("wrap it in `CDate(...)`")))
        }
    }
}

/// The first argument as a date-time, read from its text where it is none yet.
fn read_date(call: &Call<'_, '_>) -> Result<DateTime, Stop> {
    let text = match call.value(0)? {
        Value::DateTime(date) => return Ok(date),
        value => call.text_of(0, value)?.unwrap_or_default(),
    };
    date_format::read_common(&text, call.scope.inputs.ambient.now).ok_or_else(|| {
        let message = match text.as_ref() {
            "" => "there is no date to read".to_owned(),
            text => format!("`{}` is no date", excerpt(text)),
        };
        let help = "a date looks like `2024-01-31`, `2024-01-31T08:00:00Z` or `1/31/2024`";
        call.at(0, EvaluationFaultKind::DateFormat, message, Some(help))
    })
}
