//! Which Rust function behaves like which function of the language.

use super::super::evaluate::Behaviour;
use super::{chance, convert, date, join, letter, list, logic, replace, role, text};

/// The behaviour of a function, by its exact name.
pub(in crate::expression) fn of(name: &str) -> Option<Behaviour> {
    Some(match name {
        "Append" => join::append,
        "Join" => join::join,
        "Split" => text::split,
        "Left" => text::left,
        "Mid" => text::mid,
        "Word" => text::word,
        "Len" => text::len,
        "InStr" => text::in_str,
        "Replace" => replace::replace,
        "StripSpaces" => text::strip_spaces,
        "ToLower" => letter::to_lower,
        "ToUpper" => letter::to_upper,
        "PCase" => letter::p_case,
        "NormalizeDiacritics" => letter::normalize_diacritics,
        "DefaultDomain" => text::default_domain,
        "Redact" => text::redact,
        "IIF" => logic::iif,
        "Switch" => logic::switch,
        "Coalesce" => logic::coalesce,
        "Not" => logic::not,
        "IsNull" => logic::is_null,
        "IsNullOrEmpty" => logic::is_null_or_empty,
        "IsPresent" => logic::is_present,
        "IsString" => logic::is_string,
        "IgnoreFlowIfNullOrEmpty" => logic::ignore_flow_if_null_or_empty,
        "SelectUniqueValue" => logic::select_unique_value,
        "Count" => list::count,
        "Item" => list::item,
        "RemoveDuplicates" => list::remove_duplicates,
        "BitAnd" => convert::bit_and,
        "CBool" => convert::c_bool,
        "CStr" => convert::c_str,
        "ConvertToBase64" => convert::convert_to_base64,
        "ConvertToUTF8Hex" => convert::convert_to_utf8_hex,
        "CDate" => date::c_date,
        "Now" => date::now,
        "DateAdd" => date::date_add,
        "DateDiff" => date::date_diff,
        "DateFromNum" => date::date_from_num,
        "NumFromDate" => date::num_from_date,
        "FormatDateTime" => date::format_date_time,
        "SingleAppRoleAssignment" => role::single_app_role_assignment,
        "AppRoleAssignmentsComplex" | "AssertiveAppRoleAssignmentsComplex" => {
            role::app_role_assignments_complex
        }
        "Guid" => chance::guid,
        "RandomString" => chance::random_string,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::ALL;
    use super::*;

    #[test]
    fn every_function_behaves() {
        for function in ALL {
            assert!(of(function.name).is_some(), "{} has no behaviour", function.name);
        }
    }
}
