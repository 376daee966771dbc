//! The families of the functions, as the reference and the form list them.

/// Functions that belong together.
pub(super) struct Family {
    /// Its name.
    pub(super) name: &'static str,
    /// The names of its functions.
    pub(super) functions: &'static [&'static str],
}

/// All families, what is needed most first.
pub(super) const ALL: &[Family] = &[
    Family {
        name: "Text",
        functions: &[
            "Append",
            "Join",
            "Split",
            "Left",
            "Mid",
            "Word",
            "Len",
            "InStr",
            "Replace",
            "StripSpaces",
            "ToLower",
            "ToUpper",
            "PCase",
            "NormalizeDiacritics",
            "DefaultDomain",
            "Redact",
        ],
    },
    Family {
        name: "Conditions",
        functions: &[
            "IIF",
            "Switch",
            "Coalesce",
            "Not",
            "IsNull",
            "IsNullOrEmpty",
            "IsPresent",
            "IsString",
            "IgnoreFlowIfNullOrEmpty",
            "SelectUniqueValue",
        ],
    },
    Family { name: "Several values", functions: &["Count", "Item", "RemoveDuplicates"] },
    Family {
        name: "Conversion",
        functions: &["BitAnd", "CBool", "CStr", "ConvertToBase64", "ConvertToUTF8Hex"],
    },
    Family {
        name: "Dates",
        functions: &[
            "CDate",
            "Now",
            "DateAdd",
            "DateDiff",
            "DateFromNum",
            "NumFromDate",
            "FormatDateTime",
        ],
    },
    Family {
        name: "Roles",
        functions: &[
            "SingleAppRoleAssignment",
            "AppRoleAssignmentsComplex",
            "AssertiveAppRoleAssignmentsComplex",
        ],
    },
    Family { name: "Chance", functions: &["Guid", "RandomString"] },
];

#[cfg(test)]
mod tests {
    use super::*;
    use provisioning::expression::function;

    #[test]
    fn every_function_is_in_one_family_in_the_order_of_the_language() {
        let listed: Vec<&str> = ALL.iter().flat_map(|family| family.functions).copied().collect();
        let known: Vec<&str> = function::ALL.iter().map(|function| function.name).collect();
        assert_eq!(listed, known);
    }
}
