use super::super::function;
use super::*;

#[test]
fn expressions_are_told_in_plain_words() {
    let check = |text: &str, expected: &str| {
        assert_eq!(explain(&Expression::parse(text)), expected, "{text}");
    };
    check("[mail]", "Sends `mail`.");
    check("\"Contoso\"", "Sends \"Contoso\".");
    check("ToLower([mail])", "Sends `mail` in lower case.");
    check(
        "Join(\" \", [givenName], [surname])",
        "Sends `givenName` and `surname` joined by a blank.",
    );
    check(
        "Left(Join(\"\", [givenName], [surname]), 8)",
        "Sends the first 8 characters of (`givenName` and `surname` put together).",
    );
    check("Left([givenName], 1)", "Sends the first 1 character of `givenName`.");
    check(
        "Coalesce([mail], [userPrincipalName])",
        "Sends the first of `mail` and `userPrincipalName` that has a value.",
    );
    check(
        "IIF([country] = \"US\", \"USD\", \"EUR\")",
        "Sends \"USD\" if `country` is \"US\", otherwise \"EUR\".",
    );
    check(
        "Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\")",
        "Sends \"True\" if `IsSoftDeleted` is \"False\", \"False\" if it is \"True\", otherwise \
         nothing.",
    );
    check("Not([IsSoftDeleted])", "Sends whether `IsSoftDeleted` is not true.");
    check(
        "Replace([mobile], , \"[()\\\\s-]+\", , \"\", , )",
        "Sends `mobile` without what matches \"[()\\s-]+\".",
    );
    check(
        "Replace([id], \"<u>\", , , , , \"<u>@contoso.com\")",
        "Sends \"<u>@contoso.com\" with `id` in the place of \"<u>\".",
    );
    check(
        "DateAdd(\"d\", -1, CDate([employeeHireDate]))",
        "Sends `employeeHireDate` as a date minus 1 day.",
    );
    check(
        "DateDiff(\"d\", Now(), CDate([employeeHireDate]))",
        "Sends the number of days from the current time to `employeeHireDate` as a date.",
    );
    check(
        "IgnoreFlowIfNullOrEmpty([department])",
        "Sends `department`, and leaves the target alone where that is empty.",
    );
    check(
        "IIF(Not(IsPresent([mail])), \"none\", Redact([mail]))",
        "Sends \"none\" if it is not so that `mail` has a value, otherwise `mail`, hidden in the \
         log.",
    );
    check(
        "Item(Split([userPrincipalName], \"@\"), 2)",
        "Sends value 2 of (the parts of `userPrincipalName`, cut at each \"@\").",
    );
    check(
        "Join(\"-\", [a], [b], [c], [d], [e], [f])",
        "Sends `a`, `b`, `c`, `d` and 2 more joined by \"-\".",
    );
    check(
        "SingleAppRoleAssignment([appRoleAssignments])",
        "Sends the person's role in the application.",
    );
    check(
        "Switch(IsPresent([jobTitle]), \"none\", \"True\", [jobTitle])",
        "Sends `jobTitle` if `jobTitle` has a value, otherwise \"none\".",
    );
    check(
        "IIF(InStr([mail], \"@contoso.com\") = 0, \"\", [mail])",
        "Sends an empty text if `mail` does not contain \"@contoso.com\", otherwise `mail`.",
    );
    check(
        "FormatDateTime([hired], , \"yyyyMMdd\", \"yyyy-MM-dd\")",
        "Sends `hired` rewritten from the date format \"yyyyMMdd\" to \"yyyy-MM-dd\".",
    );
    check("Left([mail], -1)", "Sends `mail`.");
    check("Apend([a], \"x\")", "Sends the result of `Apend`.");
}

#[test]
fn every_recipe_is_told_whole() {
    for recipe in super::super::recipe::ALL {
        let told = explain(&Expression::parse(recipe.expression));
        assert!(!told.contains("the result of") && told.ends_with('.'), "{told}");
    }
}

#[test]
fn every_function_has_its_phrase() {
    for function in function::ALL {
        for example in function.examples {
            let told = explain(&Expression::parse(example.expression));
            assert!(!told.contains("the result of"), "{}: {told}", example.expression);
        }
        let arguments: Vec<String> =
            (0..function.parameters.len()).map(|n| format!("[a{n}]")).collect();
        let call = format!("{}({})", function.name, arguments.join(", "));
        let told = explain(&Expression::parse(&call));
        assert!(!told.contains("the result of"), "{call}: {told}");
    }
}

#[test]
fn long_expressions_are_cut() {
    let mut text = "[a]".to_owned();
    for _ in 0..30 {
        text = format!("Join(\"a separator of some length\", {text}, [attribute], {text})");
        if text.len() > 9000 {
            break;
        }
    }
    let told = explain(&Expression::parse(&text));
    assert!(told.chars().count() <= LONGEST + 1, "{told}");
    assert!(told.contains("the result of `Join`"), "{told}");
    let told = explain(&Expression::parse(&format!("\"{}\"", "é".repeat(500))));
    assert!(told.ends_with("é…\"."), "{told}");
}
