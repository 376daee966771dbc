//! Functions that choose, and functions that test.

use super::super::evaluate::{Call, Outcome, Stop};
use super::super::fault::EvaluationFaultKind;
use super::super::value::Value;
use super::{
    CHOSEN, DOCUMENTED, Example, Function, Kind, STATED, chosen, optional, repeated, required,
    shown, stated,
};

pub(in crate::expression) const IIF: Function = Function {
    name: "IIF",
    summary: "One of two values, by a condition; an empty attribute in a comparison fails it.",
    parameters: &[
        required("condition", Kind::Condition, "a comparison, or what yields True or False"),
        required("valueIfTrue", Kind::Any, "the result where the condition holds"),
        required("valueIfFalse", Kind::Any, "the result where it does not"),
    ],
    examples: &[Example {
        expression: r#"IIF([country] = "USA", [country], [department])"#,
        attributes: &[("country", "Canada"), ("department", "Sales")],
        result: "Sales",
    }],
    evidence: DOCUMENTED,
    notes: &[
        stated(
            "an attribute that is null or empty and compared directly fails the comparison, whatever the operator",
        ),
        chosen(
            "IsNull, IsNullOrEmpty and IsPresent are officially unsupported in the condition, though Microsoft prints expressions that use them; here they are evaluated",
        ),
        chosen("a function around the attribute, such as Len, is compared with what it yields"),
        chosen(
            "two whole numbers are compared as numbers, everything else as text, upper and lower case apart",
        ),
        stated("only the branch that is taken is evaluated"),
    ],
};

pub(super) fn iif<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    call.value(if call.condition(0)? { 1 } else { 2 })
}

pub(super) const SWITCH: Function = Function {
    name: "Switch",
    summary: "The value behind the first key that equals the source, else the default.",
    parameters: &[
        required("source", Kind::Any, "what is compared with the keys"),
        optional(
            "defaultValue",
            Kind::Any,
            "the result where no key is equal; nothing where its place is empty",
        ),
        repeated("key", Kind::Text, "what the source must equal"),
        repeated("value", Kind::Any, "the result for this key"),
    ],
    examples: &[
        Example {
            expression: r#"Switch([state], "Australia/Sydney", "QLD", "Australia/Brisbane")"#,
            attributes: &[("state", "QLD")],
            result: "Australia/Brisbane",
        },
        Example {
            expression: r#"Switch([country], [country], "", "Other")"#,
            attributes: &[],
            result: "Other",
        },
    ],
    evidence: DOCUMENTED,
    notes: &[
        shown("a source that is null or empty equals the key \"\""),
        stated(
            "when only another attribute changes, Switch can evaluate to null and blank the target; Microsoft's advice is IIF. A preview does not show this",
        ),
        chosen(
            "the mapping page recommends IsPresent as the source, the reference of functions warns of it; here the keys are \"True\" and \"False\"",
        ),
        stated("not for reference attributes such as manager"),
    ],
};

pub(super) fn switch<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let source = call.text(0)?.unwrap_or_default();
    let mut place = 2;
    while call.has(place) {
        if call.equals(place, &source)? {
            return call.value(place + 1);
        }
        place += 2;
    }
    call.value(1)
}

pub(super) const COALESCE: Function = Function {
    name: "Coalesce",
    summary: "The first value that is not null.",
    parameters: &[repeated(
        "source",
        Kind::Any,
        "a value, of which the first that is not null is taken",
    )],
    examples: &[Example {
        expression: "Coalesce([mail], [userPrincipalName])",
        attributes: &[("userPrincipalName", "John.Doe@contoso.com")],
        result: "John.Doe@contoso.com",
    }],
    evidence: CHOSEN,
    notes: &[chosen(
        "an attribute that holds an empty text counts as null, an empty text in the expression does not",
    )],
};

/// An attribute that holds an empty text counts as null, a fixed empty text does not.
pub(super) fn coalesce<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    for place in 0..call.len() {
        let value = call.value(place)?;
        let is_absent =
            matches!(value, Value::Null) || (call.is_attribute(place) && value.is_null_or_empty());
        if !is_absent {
            return Ok(value);
        }
    }
    Ok(Value::Null)
}

pub(super) const NOT: Function = Function {
    name: "Not",
    summary: "`False` for `True`, and `True` for everything else.",
    parameters: &[required("source", Kind::Condition, "what is turned around")],
    examples: &[Example {
        expression: "Not([IsSoftDeleted])",
        attributes: &[("IsSoftDeleted", "True")],
        result: "False",
    }],
    evidence: DOCUMENTED,
    notes: &[stated("what is not `True` counts as false")],
};

pub(super) fn not<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(Value::Boolean(!call.condition(0)?))
}

pub(super) const IS_NULL: Function = Function {
    name: "IsNull",
    summary: "Whether there is no value.",
    parameters: &[required("expression", Kind::Any, "what is tested")],
    examples: &[Example { expression: "IsNull([displayName])", attributes: &[], result: "True" }],
    evidence: DOCUMENTED,
    notes: &[stated(
        "officially unsupported in the condition of IIF: use Switch with the key \"\"",
    )],
};

pub(super) fn is_null<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(Value::Boolean(matches!(call.value(0)?, Value::Null)))
}

pub(super) const IS_NULL_OR_EMPTY: Function = Function {
    name: "IsNullOrEmpty",
    summary: "Whether there is no value or an empty text; a blank is not empty.",
    parameters: &[required("expression", Kind::Any, "what is tested")],
    examples: &[Example {
        expression: "IsNullOrEmpty([displayName])",
        attributes: &[],
        result: "True",
    }],
    evidence: DOCUMENTED,
    notes: &[stated(
        "officially unsupported in the condition of IIF: use Switch with the key \"\"",
    )],
};

pub(super) fn is_null_or_empty<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(Value::Boolean(call.value(0)?.is_null_or_empty()))
}

pub(super) const IS_PRESENT: Function = Function {
    name: "IsPresent",
    summary: "Whether there is a value that is not empty.",
    parameters: &[required("expression", Kind::Any, "what is tested")],
    examples: &[Example {
        expression: r#"Switch(IsPresent([jobTitle]), "DefaultValue", "True", [jobTitle])"#,
        attributes: &[("jobTitle", "Engineer")],
        result: "Engineer",
    }],
    evidence: STATED,
    notes: &[stated(
        "officially unsupported in the condition of IIF: use Switch with the key \"\"",
    )],
};

pub(super) fn is_present<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(Value::Boolean(!call.value(0)?.is_null_or_empty()))
}

pub(super) const IS_STRING: Function = Function {
    name: "IsString",
    summary: "Whether the value is text.",
    parameters: &[required("expression", Kind::Any, "what is tested")],
    examples: &[Example {
        expression: "IsString([displayName])",
        attributes: &[("displayName", "Kim")],
        result: "True",
    }],
    evidence: STATED,
    notes: &[],
};

pub(super) fn is_string<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    Ok(Value::Boolean(matches!(call.value(0)?, Value::Text(_))))
}

pub(in crate::expression) const IGNORE_FLOW_IF_NULL_OR_EMPTY: Function = Function {
    name: "IgnoreFlowIfNullOrEmpty",
    summary: "The value, or the attribute leaves this flow where there is none.",
    parameters: &[required("expression", Kind::Any, "the value")],
    examples: &[Example {
        expression: "IgnoreFlowIfNullOrEmpty([department])",
        attributes: &[("department", "Legal")],
        result: "Legal",
    }],
    evidence: STATED,
    notes: &[stated("no condition for IIF: it belongs around the whole expression")],
};

pub(super) fn ignore_flow_if_null_or_empty<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let value = call.value(0)?;
    if value.is_null_or_empty() { Err(Stop::Ignore) } else { Ok(value) }
}

pub(in crate::expression) const SELECT_UNIQUE_VALUE: Function = Function {
    name: "SelectUniqueValue",
    summary: "The first of several values that the target does not hold yet; \
              for jobs from HR systems, not for applications.",
    parameters: &[
        required("uniqueValueRule1", Kind::Text, "the value that is tried first"),
        repeated(
            "uniqueValueRule2",
            Kind::Text,
            "a value that is tried where those before are taken",
        ),
    ],
    examples: &[Example {
        expression: r#"SelectUniqueValue("jsmith@contoso.com", "john.smith@contoso.com")"#,
        attributes: &[],
        result: "john.smith@contoso.com",
    }],
    evidence: DOCUMENTED,
    notes: &[
        stated(
            "supported for Workday, SuccessFactors and API-driven provisioning into on-premises Active Directory alone",
        ),
        stated(
            "the outermost function, never on a matching attribute, and only during object creation",
        ),
    ],
};

pub(super) fn select_unique_value<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(is_taken) = call.scope.is_taken else {
        let message = "`SelectUniqueValue` works for jobs from HR systems only".to_owned();
        let help = "an application needs an expression with one result";
        return Err(call.fault(EvaluationFaultKind::NotEvaluated, message, Some(help)));
    };
    for place in 0..call.len() {
        if let Some(candidate) = call.text(place)?
            && !is_taken(&candidate)
        {
            return Ok(candidate.into());
        }
    }
    let message = "every candidate is taken in the target".to_owned();
    Err(call.fault(EvaluationFaultKind::NoUniqueValue, message, Some("add another rule")))
}
