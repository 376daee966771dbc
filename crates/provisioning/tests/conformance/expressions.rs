//! `expressions.json`: an expression, a person, and what comes out.

use provisioning::ambient::Ambient;
use provisioning::expression::value::{self, DateTime};
use provisioning::expression::{EvaluationFaultKind, Expression, FaultKind, Flow, Inputs};
use provisioning::source::AppRole;
use serde_json::{Value, json};

use crate::vector::{is_true, text, user};

/// When a vector does not say what time it is.
const SOME_DAY: &str = "2025-01-01T00:00:00Z";

pub(crate) fn check(vector: &Value) -> Result<(), String> {
    let expression = Expression::parse(text(vector, "expression"));
    let found = run(&expression, vector);
    if !is_expected(&found, &vector["expect"]) {
        return Err(format!("found {found}\nexpected {}", vector["expect"]));
    }
    let hides = vector.get("logged").is_some_and(|logged| logged == "[Redact]");
    if hides != expression.is_redacted() {
        return Err("the log shows the wrong thing".into());
    }
    Ok(())
}

/// The result in the notation of the vectors.
fn run(expression: &Expression, vector: &Value) -> Value {
    let source = &vector["source"];
    let object = user(source);
    let roles = roles(&source["appRoleAssignments"]);
    let context = vector.get("context").unwrap_or(&Value::Null);
    let ambient = Ambient { now: now(context["now"].as_str().unwrap_or(SOME_DAY)), seed: 7 };
    let inputs = Inputs {
        object: &object,
        roles: &roles,
        is_soft_deleted: is_true(source.get("IsSoftDeleted")),
        default_domain: context["defaultDomain"].as_str(),
        ambient: &ambient,
    };
    let taken = context["targetValues"].as_array();
    let is_taken = |value: &str| taken.is_some_and(|taken| taken.iter().any(|t| t == value));
    let outcome = expression.compile().and_then(|program| {
        let flow = match taken {
            Some(_) => program.evaluate_unique(&inputs, &is_taken),
            None => program.evaluate(&inputs),
        };
        flow.map(Flow::into_owned)
    });
    match outcome {
        Ok(Flow::Ignore) => json!({ "drop": true }),
        Ok(Flow::Value(value @ (value::Value::List(_) | value::Value::Roles(_)))) => {
            json!(value.into_texts())
        }
        Ok(Flow::Value(value)) => json!(value.as_text()),
        Err(fault) => json!({ "error": code(fault.kind) }),
    }
}

fn code(kind: EvaluationFaultKind) -> &'static str {
    match kind {
        EvaluationFaultKind::Unsound(FaultKind::Syntax) => "parse",
        EvaluationFaultKind::Unsound(FaultKind::UnknownFunction) => "unknownFunction",
        EvaluationFaultKind::Unsound(FaultKind::Arity) => "arity",
        EvaluationFaultKind::Unsound(FaultKind::Placement) => "placement",
        EvaluationFaultKind::Unsound(FaultKind::TooLong) => "tooLong",
        EvaluationFaultKind::Type => "type",
        EvaluationFaultKind::Unsound(FaultKind::Argument) | EvaluationFaultKind::Argument => {
            "argument"
        }
        EvaluationFaultKind::Range => "range",
        EvaluationFaultKind::DateFormat => "dateFormat",
        EvaluationFaultKind::NoDefaultDomain => "noDefaultDomain",
        EvaluationFaultKind::NoUniqueValue => "noUniqueValue",
        EvaluationFaultKind::Regex => "regex",
        EvaluationFaultKind::TooLarge => "tooLarge",
        EvaluationFaultKind::NotEvaluated => "notEvaluated",
    }
}

fn is_expected(found: &Value, expected: &Value) -> bool {
    if let Some(choices) = expected["oneOf"].as_array() {
        return choices.contains(found);
    }
    let Some(pattern) = expected["pattern"].as_str() else { return found == expected };
    let Some(found) = found.as_str() else { return false };
    let at_least = |member: &str, is_counted: fn(char) -> bool| {
        let least = expected[member].as_u64().unwrap_or_default();
        found.chars().filter(|c| is_counted(*c)).count() as u64 >= least
    };
    fancy_regex::Regex::new(pattern).is_ok_and(|regex| regex.is_match(found).unwrap_or(false))
        && at_least("minDigits", |c| c.is_ascii_digit())
        && at_least("minLower", |c| c.is_ascii_lowercase())
        && at_least("minUpper", |c| c.is_ascii_uppercase())
        && at_least("minSpecial", |c| !c.is_alphanumeric())
}

fn roles(value: &Value) -> Vec<AppRole> {
    let member = |role: &Value, name: &str| role[name].as_str().unwrap_or_default().to_owned();
    let roles = value.as_array().into_iter().flatten();
    roles
        .map(|role| AppRole {
            id: member(role, "id"),
            value: member(role, "value"),
            display_name: member(role, "displayName"),
        })
        .collect()
}

/// An instant in the one form that the vectors use: `2025-07-30T06:00:00Z`.
fn now(text: &str) -> DateTime {
    let numbers: Vec<i64> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    let [year, month, day, hour, minute, second] = numbers[..] else { panic!("{text}") };
    let midnight = DateTime::from_date(year, month, day).expect("a date of the calendar");
    let seconds = (hour * 60 + minute) * 60 + second;
    DateTime::from_unix_milliseconds(midnight.unix_milliseconds() + seconds * 1000)
}
