//! Rules over dates and their formats.

use super::*;

fn by_format(format: &str) -> String {
    format!("FormatDateTime([hireDate], , \"{format}\", \"yyyy-MM-dd\")")
}

#[test]
fn letters_of_other_systems() {
    let rule = Rule::DateFormatLetters;
    breaks(rule, &by_format("YYYY-MM-DD"), "\"YYYY-MM-DD\"");
    breaks(rule, &by_format("dd.MM.yyyy hh:mm a"), "\"dd.MM.yyyy hh:mm a\"");
    keeps(rule, &by_format("yyyy-MM-ddTHH:mm:ss.fffZ"));
    keeps(rule, &by_format("'Day' dd \\D"));
    assert_eq!(mended(rule, &by_format("YYYY-MM-dd")), by_format("yyyy-MM-dd"));
    keeps(rule, "Append(\"YYYY\", [mail])");
}

#[test]
fn months_and_minutes() {
    let rule = Rule::MonthsAndMinutes;
    breaks(rule, &by_format("yyyy-mm-dd"), "\"yyyy-mm-dd\"");
    breaks(rule, &by_format("yyyy-MM-dd HH:MM:ss"), "\"yyyy-MM-dd HH:MM:ss\"");
    keeps(rule, &by_format("yyyy-MM-dd HH:mm:ss"));
    keeps(rule, &by_format("mm:ss"));
    keeps(rule, &by_format("yyyyMMddHHmmss"));
    assert_eq!(mended(rule, &by_format("dd/mm/yyyy")), by_format("dd/MM/yyyy"));
    assert_eq!(mended(rule, &by_format("HH:MM:ss")), by_format("HH:mm:ss"));
}

#[test]
fn hours_without_a_half() {
    let rule = Rule::HourWithoutHalf;
    breaks(rule, &by_format("yyyy-MM-dd hh:mm"), "\"yyyy-MM-dd hh:mm\"");
    keeps(rule, &by_format("yyyy-MM-dd hh:mm tt"));
    keeps(rule, &by_format("yyyy-MM-dd HH:mm"));
    assert_eq!(mended(rule, &by_format("yyyy-MM-dd hh:mm")), by_format("yyyy-MM-dd HH:mm"));
}

#[test]
fn formats_of_one_letter() {
    let rule = Rule::OneLetterDateFormat;
    breaks(rule, &by_format("d"), "\"d\"");
    breaks(rule, &by_format("x"), "\"x\"");
    keeps(rule, &by_format("%d"));
}

#[test]
fn arguments_of_format_date_time() {
    let rule = Rule::ThreeArgumentFormat;
    let text = "FormatDateTime([hireDate], \"yyyyMMdd\", \"yyyy-MM-dd\")";
    breaks(rule, text, "FormatDateTime");
    assert_eq!(mended(rule, text), "FormatDateTime([hireDate], , \"yyyyMMdd\", \"yyyy-MM-dd\")");
    keeps(rule, &by_format("yyyyMMdd"));
    breaks(Rule::DateFormatLetters, "FormatDateTime([a], \"YYYY\", \"yyyy-MM\")", "\"YYYY\"");
    let rule = Rule::DateStyles;
    let text = "FormatDateTime([a], \"AssumeLocal\", \"yyyyMMdd\", \"yyyy-MM-dd\")";
    breaks(rule, text, "\"AssumeLocal\"");
    assert_eq!(mended(rule, text), "FormatDateTime([a], , \"yyyyMMdd\", \"yyyy-MM-dd\")");
    keeps(rule, &by_format("yyyyMMdd"));
}

#[test]
fn intervals() {
    let rule = Rule::UnknownInterval;
    breaks(rule, "DateAdd(\"day\", 1, Now())", "\"day\"");
    keeps(rule, "DateAdd(\"d\", 1, Now())");
    keeps(rule, "DateAdd([unit], 1, Now())");
    assert_eq!(mended(rule, "DateAdd(\"D\", 1, Now())"), "DateAdd(\"d\", 1, Now())");
    assert_eq!(mended(rule, "DateAdd(\"years\", 1, Now())"), "DateAdd(\"yyyy\", 1, Now())");
    assert_eq!(mended(rule, "DateAdd(\"quarter\", 1, Now())"), "no repair");
}

#[test]
fn dates_that_are_texts() {
    let rule = Rule::DateNotWrapped;
    breaks(rule, "DateDiff(\"d\", Now(), [hireDate])", "[hireDate]");
    keeps(rule, "DateDiff(\"d\", Now(), CDate([hireDate]))");
    assert_eq!(mended(rule, "DateAdd(\"d\", 1, [a])"), "DateAdd(\"d\", 1, CDate([a]))");
}

#[test]
fn dates_that_are_sent() {
    let rule = Rule::DateResult;
    let text = "DateAdd(\"d\", 1, CDate([a]))";
    breaks(rule, text, text);
    keeps(rule, "DateDiff(\"d\", Now(), CDate([a]))");
    keeps(rule, &mended(rule, text));
    assert!(Expression::parse(&mended(rule, text)).is_sound());
}
