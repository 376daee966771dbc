//! Expressions for what is asked for most, ready to be taken and changed.

/// An expression with its purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// What it is called.
    pub name: &'static str,
    /// What it is for, in one sentence.
    pub purpose: &'static str,
    /// The expression.
    pub expression: &'static str,
    /// What to mind.
    pub notes: &'static str,
    /// The source attributes that it reads.
    pub attributes: &'static [&'static str],
    /// People and what comes out for them; each of them is a test.
    pub samples: &'static [Sample],
}

/// A person and what comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The attributes that have a value, in their text form.
    pub attributes: &'static [(&'static str, &'static str)],
    /// The result in its text form; nothing where nothing is sent.
    pub result: Option<&'static str>,
}

const fn sample(
    attributes: &'static [(&'static str, &'static str)],
    result: &'static str,
) -> Sample {
    Sample { attributes, result: Some(result) }
}

const fn nothing(attributes: &'static [(&'static str, &'static str)]) -> Sample {
    Sample { attributes, result: None }
}

/// Few results for many people: what to begin with.
pub const COUNTRY_CODE: Recipe = Recipe {
    name: "Country code",
    purpose: "Writes the two letters that an application wants for a country's name.",
    expression: r#"Switch([country], [country], "United States", "US", "Germany", "DE", "France", "FR")"#,
    notes: "Countries that are not listed stay as they are. Microsoft documents that Switch \
            can blank the target when only another attribute changes; nested IIF does not.",
    attributes: &["country"],
    samples: &[sample(&[("country", "Germany")], "DE"), sample(&[("country", "Brazil")], "Brazil")],
};

/// All recipes: names and logins, addresses, values of other systems, dates, states and roles.
pub const ALL: &[Recipe] = &[
    Recipe {
        name: "Name with the surname first",
        purpose: "Writes \"Silva, Ana\" where the application sorts people by surname.",
        expression: r#"Join(", ", [surname], [givenName])"#,
        notes: "Who lacks one of the names gets the other alone, without the comma.",
        attributes: &["surname", "givenName"],
        samples: &[
            sample(&[("surname", "Silva"), ("givenName", "Ana")], "Silva, Ana"),
            sample(&[("givenName", "Ana")], "Ana"),
        ],
    },
    Recipe {
        name: "Initials",
        purpose: "Takes the first letter of each name.",
        expression: r#"Join("", Left([givenName], 1), Left([surname], 1))"#,
        notes: "A hyphenated name gives one letter.",
        attributes: &["givenName", "surname"],
        samples: &[
            sample(&[("givenName", "Zoë"), ("surname", "O'Brien")], "ZO"),
            sample(&[("surname", "Öztürk")], "Ö"),
        ],
    },
    Recipe {
        name: "Names typed in capitals",
        purpose: "Writes \"Pinto-De'Silva\" for \"PINTO-DE'SILVA\".",
        expression: r#"PCase([surname], " '-")"#,
        notes: "A new word begins behind each of the listed characters, so \"van der Berg\" \
                becomes \"Van Der Berg\".",
        attributes: &["surname"],
        samples: &[sample(&[("surname", "PINTO-DE'SILVA")], "Pinto-De'Silva"), nothing(&[])],
    },
    Recipe {
        name: "Name without accents",
        purpose: "Writes plain letters for an application that takes no others.",
        expression: "NormalizeDiacritics([displayName])",
        notes: "Letters of other scripts stay as they are.",
        attributes: &["displayName"],
        samples: &[
            sample(&[("displayName", "Jörg Müller")], "Jorg Muller"),
            sample(&[("displayName", "Søren Ærø")], "Soeren AEroe"),
        ],
    },
    Recipe {
        name: "Login from the name",
        purpose: "Makes a login of given name, surname and employee number.",
        expression: r#"ToLower(NormalizeDiacritics(StripSpaces(Join(".", [givenName], [surname], [employeeId]))))"#,
        notes: "`SelectUniqueValue` does not work for applications, so the employee number makes \
                it unique. Apply it only during object creation: a login should survive a wedding.",
        attributes: &["givenName", "surname", "employeeId"],
        samples: &[
            sample(
                &[("givenName", "José"), ("surname", "van der Berg"), ("employeeId", "4711")],
                "jose.vanderberg.4711",
            ),
            sample(&[("surname", "Peña"), ("employeeId", "12")], "pena.12"),
        ],
    },
    Recipe {
        name: "Login without the domain",
        purpose: "Takes what stands before the @ of the user principal name.",
        expression: r#"Item(Split([userPrincipalName], "@"), 1)"#,
        notes: "For a guest this is \"name_theirdomain#EXT#\".",
        attributes: &["userPrincipalName"],
        samples: &[sample(&[("userPrincipalName", "ana@contoso.com")], "ana")],
    },
    Recipe {
        name: "Mail address, or else the user principal name",
        purpose: "Gives everybody an address, mailbox or not.",
        expression: "Coalesce([mail], [userPrincipalName])",
        notes: "Only reachable where the user principal name is an address too.",
        attributes: &["mail", "userPrincipalName"],
        samples: &[
            sample(
                &[("mail", "ana.silva@contoso.com"), ("userPrincipalName", "ana@contoso.com")],
                "ana.silva@contoso.com",
            ),
            sample(&[("userPrincipalName", "ana@contoso.com")], "ana@contoso.com"),
        ],
    },
    Recipe {
        name: "Another domain",
        purpose: "Writes the same name with the domain that the application knows.",
        expression: r#"Replace([userPrincipalName], "@contoso.com", , , "@fabrikam.com", , )"#,
        notes: "Other domains stay as they are, and upper and lower case count.",
        attributes: &["userPrincipalName"],
        samples: &[
            sample(&[("userPrincipalName", "ana@contoso.com")], "ana@fabrikam.com"),
            sample(&[("userPrincipalName", "ana@contoso.de")], "ana@contoso.de"),
        ],
    },
    Recipe {
        name: "Guests by their own address",
        purpose: "Sends a guest's mail address in the place of the long user principal name.",
        expression: r#"IIF([userType] = "Guest", [mail], [userPrincipalName])"#,
        notes: "A guest without a mail address sends nothing.",
        attributes: &["userType", "mail", "userPrincipalName"],
        samples: &[
            sample(
                &[
                    ("userType", "Guest"),
                    ("mail", "kim@partner.example"),
                    ("userPrincipalName", "kim_partner.example#EXT#@contoso.onmicrosoft.com"),
                ],
                "kim@partner.example",
            ),
            sample(
                &[("userType", "Member"), ("userPrincipalName", "ana@contoso.com")],
                "ana@contoso.com",
            ),
        ],
    },
    Recipe {
        name: "Phone number without punctuation",
        purpose: "Takes blanks, brackets and hyphens out and keeps the plus sign.",
        expression: r#"Replace([telephoneNumber], , "[()\\s-]+", , "", , )"#,
        notes: "In a pattern every backslash is written twice.",
        attributes: &["telephoneNumber"],
        samples: &[
            sample(&[("telephoneNumber", "+1 (206) 555-0100")], "+12065550100"),
            nothing(&[]),
        ],
    },
    COUNTRY_CODE,
    Recipe {
        name: "Language with an underscore",
        purpose: "Writes \"en_US\" for \"en-US\".",
        expression: r#"Replace([preferredLanguage], "-", , , "_", , )"#,
        notes: "A language without a country stays as it is.",
        attributes: &["preferredLanguage"],
        samples: &[
            sample(&[("preferredLanguage", "en-US")], "en_US"),
            sample(&[("preferredLanguage", "de")], "de"),
        ],
    },
    Recipe {
        name: "A text where there is no value",
        purpose: "Sends \"Unassigned\" for people without a department.",
        expression: r#"Switch([department], [department], "", "Unassigned")"#,
        notes: "Null equals the empty key. `Default value if null` does the same, but only while \
                the account is created.",
        attributes: &["department"],
        samples: &[sample(&[("department", "Sales")], "Sales"), sample(&[], "Unassigned")],
    },
    Recipe {
        name: "Never overwrite with nothing",
        purpose: "Leaves the target alone for people without a value.",
        expression: "IgnoreFlowIfNullOrEmpty([jobTitle])",
        notes: "Not for a matching attribute.",
        attributes: &["jobTitle"],
        samples: &[sample(&[("jobTitle", "Counsel")], "Counsel"), nothing(&[])],
    },
    Recipe {
        name: "Unit from the distinguished name",
        purpose: "Takes the first organisational unit of a synchronised account.",
        expression: r#"Mid(Item(Split([onPremisesDistinguishedName], ","), 2), 4, 64)"#,
        notes: "Fails for names that contain a comma, and for accounts that are not synchronised.",
        attributes: &["onPremisesDistinguishedName"],
        samples: &[sample(
            &[("onPremisesDistinguishedName", "CN=Ana,OU=Sales,DC=contoso,DC=com")],
            "Sales",
        )],
    },
    Recipe {
        name: "Date without the time",
        purpose: "Writes \"2024-03-09\" for the instant that the directory holds.",
        expression: r#"FormatDateTime([employeeHireDate], , "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd")"#,
        notes: "The first format must fit the value exactly. MM is the month, mm the minute.",
        attributes: &["employeeHireDate"],
        samples: &[
            sample(&[("employeeHireDate", "2024-03-09T08:00:00Z")], "2024-03-09"),
            nothing(&[]),
        ],
    },
    Recipe {
        name: "End of probation",
        purpose: "Adds six months to the hire date.",
        expression: r#"FormatDateTime(DateAdd("m", 6, CDate([employeeHireDate])), , "M/d/yyyy h:mm:ss tt", "yyyy-MM-dd")"#,
        notes: "A calculated date has the form that the first format describes. Fails for people \
                without a hire date.",
        attributes: &["employeeHireDate"],
        samples: &[
            sample(&[("employeeHireDate", "2023-08-31T00:00:00Z")], "2024-02-29"),
            sample(&[("employeeHireDate", "2024-01-15T08:00:00Z")], "2024-07-15"),
        ],
    },
    Recipe {
        name: "Active or not",
        purpose: "Disables the account of whoever is blocked, deleted or out of scope.",
        expression: r#"Switch([IsSoftDeleted], , "False", "True", "True", "False")"#,
        notes: "This is Entra's own mapping for `active`. `Not([IsSoftDeleted])` yields the same.",
        attributes: &["IsSoftDeleted"],
        samples: &[
            sample(&[("IsSoftDeleted", "False")], "True"),
            sample(&[("IsSoftDeleted", "True")], "False"),
        ],
    },
    Recipe {
        name: "The role in the application",
        purpose: "Sends the one role that a person is assigned with.",
        expression: "SingleAppRoleAssignment([appRoleAssignments])",
        notes: "With several roles it is undefined which one is sent; take \
                `AssertiveAppRoleAssignmentsComplex` then. Needs \"Sync only assigned users and \
                groups\".",
        attributes: &["appRoleAssignments"],
        samples: &[sample(&[("appRoleAssignments", "Auditor")], "Auditor"), nothing(&[])],
    },
];

#[cfg(test)]
mod tests;
