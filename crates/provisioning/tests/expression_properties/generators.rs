//! People, texts and filters, sound and hostile.

use proptest::prelude::*;
use provisioning::configuration::ObjectKind;
use provisioning::expression::function;
use provisioning::scoping::{Clause, FilterGroup, Operator, ScopingFilter};
use provisioning::source::{SourceObject, SourceValue};

const ATTRIBUTES: [&str; 4] = ["givenName", "surname", "proxyAddresses", "level"];

pub(super) fn person() -> impl Strategy<Value = SourceObject> {
    let value = prop_oneof![
        hostile_text().prop_map(SourceValue::Text),
        any::<bool>().prop_map(SourceValue::Boolean),
        any::<i64>().prop_map(|number| SourceValue::Number(number.into())),
        prop::collection::vec(hostile_text(), 0..4).prop_map(SourceValue::List),
    ];
    prop::collection::btree_map(prop::sample::select(&ATTRIBUTES[..]), value, 0..4).prop_map(
        |attributes| SourceObject {
            id: "1".to_owned(),
            kind: ObjectKind::User,
            attributes: attributes.into_iter().map(|(name, v)| (name.to_owned(), v)).collect(),
            members: Vec::new(),
            soft_deleted: false,
        },
    )
}

pub(super) fn nobody() -> SourceObject {
    SourceObject {
        id: "1".to_owned(),
        kind: ObjectKind::User,
        attributes: Default::default(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9]{1,20}",
        "[a-zA-Z .,'\"\\\\-]{0,12}",
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
        "\\PC{0,12}",
        any::<String>(),
    ]
}

/// Text that follows the grammar, with functions in all their shapes.
pub(super) fn sound_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(&ATTRIBUTES[..]).prop_map(|name| format!("[{name}]")),
        "[^\"\\\\]{0,8}".prop_map(|text| format!("\"{text}\"")),
        Just(r#""a\"b\\c\,""#.to_owned()),
        "-?[0-9]{1,4}",
        Just("&HF0".to_owned()),
        Just("\"yyyy-MM-dd\"".to_owned()),
        Just("Now()".to_owned()),
    ];
    leaf.prop_recursive(4, 40, 7, |inner| {
        (prop::sample::select(function::ALL), prop::collection::vec(inner, 8), 0..3_usize)
            .prop_map(|(function, arguments, groups)| call(function, &arguments, groups))
    })
}

/// Text in which nothing depends on the person.
pub(super) fn fixed_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[^\"\\\\]{0,8}".prop_map(|text| format!("\"{text}\"")),
        "-?[0-9]{1,3}",
        Just("\"a,b,,c\"".to_owned()),
        Just("\"2024-01-31\"".to_owned()),
        Just("\"yyyy-MM-dd\"".to_owned()),
        Just("\"True\"".to_owned()),
        Just("\"(a)\"".to_owned()),
        Just("\"d\"".to_owned()),
    ];
    leaf.prop_recursive(4, 40, 7, |inner| {
        let call = (
            prop::sample::select(function::ALL),
            prop::collection::vec(inner.clone(), 8),
            0..3_usize,
        )
            .prop_map(|(function, arguments, groups)| call(function, &arguments, groups));
        let condition = (inner.clone(), inner.clone(), inner)
            .prop_map(|(left, right, value)| format!("IIF({left} >= {right}, {value}, 0)"));
        prop_oneof![4 => call, 1 => condition]
    })
}

fn call(function: &function::Function, arguments: &[String], groups: usize) -> String {
    let fixed = function.fixed();
    let repeated = (function.parameters.len() - fixed) * (groups + 1);
    let places = (0..fixed + repeated).map(|place| match function.parameter(place) {
        Some(parameter) if parameter.kind == function::Kind::Roles => "[appRoleAssignments]",
        Some(parameter) if !parameter.required && groups == 0 => "",
        _ => arguments.iter().cycle().nth(place).map_or("", String::as_str),
    });
    format!("{} ({})", function.name, places.collect::<Vec<_>>().join(" ,\n"))
}

/// Pieces of the language in any order, and text that has nothing to do with it.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    let pieces = [
        "Append",
        "append(",
        "Apend(",
        "Trim([a])",
        "IIF(",
        "IIF(IgnoreFlowIfNullOrEmpty([a]), ",
        "Join(",
        "Left(",
        "Replace(",
        "SelectUniqueValue(\"a\", ",
        "ToLower(SelectUniqueValue(\"a\", [b]))",
        "Switch(",
        "FormatDateTime([a], \"YYYY-mm\", \"hh\")",
        "(",
        ")",
        ",",
        ", ,",
        "[givenName]",
        "[",
        "]",
        "\"",
        "\"x\"",
        "\"\\,\"",
        "\\",
        "'",
        "'it\"s'",
        "“x”",
        "1",
        "-",
        "&H",
        "&",
        "+",
        "=",
        "<>",
        "AND",
        "true",
        "mail",
        "Now",
        "vbTextCompare",
        "vbtextcompare",
        "IgnoreObjectFlow",
        " ",
        "\n",
        "é",
    ];
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40)
            .prop_map(|pieces| pieces.concat()),
        (sound_text(), any::<prop::sample::Index>()).prop_map(|(text, at)| {
            let end = at.index(text.chars().count() + 1);
            text.chars().take(end).collect()
        }),
    ]
}

pub(super) fn filter() -> impl Strategy<Value = ScopingFilter> {
    let operand = prop_oneof![hostile_text(), "[a-z.*+?()\\[\\]^$|]{0,8}"];
    let clause = (
        prop::sample::select(&ATTRIBUTES[..3]),
        prop::sample::select(&Operator::ALL[..]),
        prop::collection::vec(operand, 0..2),
    )
        .prop_map(|(attribute, operator, values)| Clause {
            attribute: attribute.to_owned(),
            operator,
            values,
        });
    let group = prop::collection::vec(clause, 0..4)
        .prop_map(|clauses| FilterGroup { name: "filter".to_owned(), clauses });
    prop::collection::vec(group, 0..3).prop_map(|groups| ScopingFilter { groups })
}
