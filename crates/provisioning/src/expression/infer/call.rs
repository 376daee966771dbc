//! What each function yields, by what its arguments can yield.

use super::super::tree::Call;
use super::super::value::Number;
use super::{Inferred, Kinds, ValueKind};

/// What a call can yield; whether it is ignored is judged by the caller.
pub(super) fn infer(call: &Call, arguments: &[Option<Inferred>]) -> Inferred {
    let argument = |place: usize| arguments.get(place).copied().flatten().unwrap_or(Inferred::NULL);
    let text = Inferred::certain(ValueKind::Text);
    match call.name.as_str() {
        "Append" => {
            let (source, suffix) = (argument(0), argument(1));
            Inferred {
                may_be_null: source.may_be_null,
                may_be_empty: source.may_be_empty && (suffix.may_be_empty || suffix.may_be_null),
                ..text
            }
        }
        "Join" => Inferred {
            may_be_empty: (1..arguments.len())
                .all(|place| argument(place).may_be_null || argument(place).may_be_empty),
            ..text
        },
        "Left" => Inferred { may_be_empty: is_gone(argument(0)) || !takes_some(call, 1), ..text },
        "Mid" => {
            let from_the_start = number(call, 1) == Some(1) && takes_some(call, 2);
            Inferred { may_be_empty: is_gone(argument(0)) || !from_the_start, ..text }
        }
        "Word" => Inferred { may_be_empty: true, ..text },
        "Replace" => replace(call, argument(0)),
        "StripSpaces"
        | "ToLower"
        | "ToUpper"
        | "PCase"
        | "NormalizeDiacritics"
        | "CStr"
        | "ConvertToBase64"
        | "ConvertToUTF8Hex" => Inferred { kinds: Kinds::of(ValueKind::Text), ..argument(0) },
        "FormatDateTime" => Inferred { may_be_null: argument(0).may_be_null, ..text },
        "SingleAppRoleAssignment" => Inferred { may_be_null: true, ..text },
        "DefaultDomain" | "Guid" | "RandomString" | "Item" => text,
        "SelectUniqueValue" => Inferred {
            may_be_empty: (0..arguments.len()).any(|place| argument(place).may_be_empty),
            ..text
        },
        "Split" | "RemoveDuplicates" => {
            Inferred { kinds: Kinds::of(ValueKind::List), ..argument(0) }
        }
        "AppRoleAssignmentsComplex" | "AssertiveAppRoleAssignmentsComplex" => {
            Inferred { may_be_empty: true, ..Inferred::certain(ValueKind::List) }
        }
        "Len" | "InStr" | "Count" | "DateDiff" | "BitAnd" | "NumFromDate" => {
            Inferred::certain(ValueKind::Number)
        }
        "CDate" | "Now" | "DateAdd" | "DateFromNum" => Inferred::certain(ValueKind::Date),
        "Not" | "CBool" | "IsNull" | "IsNullOrEmpty" | "IsPresent" | "IsString" => {
            Inferred::certain(ValueKind::Boolean)
        }
        "Redact" => argument(0),
        "IgnoreFlowIfNullOrEmpty" => {
            Inferred { may_be_null: false, may_be_empty: false, ..argument(0) }
        }
        "IIF" => argument(1).or(argument(2)),
        "Switch" => (3..arguments.len()).step_by(2).map(argument).fold(argument(1), Inferred::or),
        "Coalesce" => coalesce(arguments),
        _ => Inferred { kinds: Kinds::OF_ATTRIBUTES, may_be_null: true, ..Inferred::default() },
    }
}

fn is_gone(argument: Inferred) -> bool {
    argument.may_be_null || argument.may_be_empty
}

/// What follows an argument that is always there is never reached.
fn coalesce(arguments: &[Option<Inferred>]) -> Inferred {
    let mut found = Inferred::NULL;
    for argument in arguments.iter().flatten() {
        found = Inferred { may_be_null: argument.may_be_null, ..found.or(*argument) };
        if !argument.may_be_null {
            break;
        }
    }
    found
}

/// A fixed text in the place of another keeps the source from becoming empty; a pattern may
/// leave nothing.
fn replace(call: &Call, source: Inferred) -> Inferred {
    let leaves_something = match call.argument(4) {
        Some(replacement) => replacement.fixed().is_some_and(|text| !text.is_empty()),
        None => !call.has(2),
    };
    Inferred {
        kinds: Kinds::of(ValueKind::Text),
        may_be_null: source.may_be_null,
        may_be_empty: source.may_be_empty || !leaves_something,
        may_be_ignored: false,
    }
}

/// Whether a fixed number of characters is more than none; a negative one takes all.
fn takes_some(call: &Call, place: usize) -> bool {
    number(call, place).is_some_and(|count| count != 0)
}

/// A number that stands in the text, bare or quoted.
fn number(call: &Call, place: usize) -> Option<i64> {
    match Number::read(call.argument(place)?.fixed()?)? {
        Number::Integer(whole) => Some(whole),
        Number::Decimal(_) => None,
    }
}
