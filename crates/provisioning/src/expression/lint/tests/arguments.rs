//! Rules over arguments: their kinds, their places, their combinations.

use super::*;

#[test]
fn attributes_that_nobody_has() {
    let rule = Rule::UnknownAttribute;
    let known = attributes();
    let situation = Situation { attributes: Some(&known), ..on_creation() };
    breaks_in(&situation, rule, "ToLower([Mail])", "[Mail]");
    keeps_in(&situation, rule, "ToLower([mail])");
    keeps_in(&situation, rule, "Not([IsSoftDeleted])");
    keeps(rule, "ToLower([Mail])");
    assert_eq!(mended_in(&situation, rule, "ToLower([givnName])"), "ToLower([givenName])");
    assert_eq!(mended_in(&situation, rule, "ToLower([zzz])"), "no repair");
}

#[test]
fn numbers() {
    let rule = Rule::NumberExpected;
    breaks(rule, "Left([mail], \"three\")", "\"three\"");
    breaks(rule, "Left([mail], 1.5)", "1.5");
    breaks(rule, "Left([mail], Now())", "Now()");
    keeps(rule, "Left([mail], \"3\")");
    keeps(rule, "Left([mail], -1)");
    keeps(rule, "Left([mail], [length])");
    keeps(rule, "Left([mail], Len([mail]))");
}

#[test]
fn several_values() {
    let rule = Rule::OneValueExpected;
    let known = attributes();
    let situation = Situation { attributes: Some(&known), ..on_creation() };
    breaks_in(&situation, rule, "ToLower([proxyAddresses])", "[proxyAddresses]");
    breaks(rule, "Append(Split([mail], \"@\"), \"x\")", "Split([mail], \"@\")");
    breaks(rule, "IIF(Split([mail], \"@\") = \"x\", 1, 2)", "Split([mail], \"@\")");
    breaks(rule, "Switch(Split([mail], \"@\"), , \"x\", 1)", "Split([mail], \"@\")");
    keeps(rule, "ToLower([proxyAddresses])");
    keeps(rule, "Join(\",\", Split([mail], \"@\"))");
    keeps(rule, "Item(Split([mail], \"@\"), 1)");
    assert_eq!(
        mended_in(&situation, rule, "ToLower([proxyAddresses])"),
        "ToLower(Item([proxyAddresses], 1))"
    );
}

#[test]
fn positions() {
    let rule = Rule::PositionBelowOne;
    breaks(rule, "Mid([mail], 0, 3)", "0");
    breaks(rule, "Item([proxyAddresses], 0)", "0");
    breaks(rule, "Word([mail], \"-1\", \"@\")", "\"-1\"");
    breaks(rule, "InStr([mail], \"@\", 0)", "0");
    keeps(rule, "Mid([mail], 1, 0)");
    keeps(rule, "Item([proxyAddresses], 1)");
    assert_eq!(mended(rule, "Mid([mail], 0, 3)"), "Mid([mail], 1, 3)");
    let found = lint(&Expression::parse("Item([proxyAddresses], 0)"), &on_creation());
    assert_eq!(found[0].severity, Severity::Error);
}

#[test]
fn combinations_of_replace() {
    let rule = Rule::ReplaceCombination;
    breaks(rule, "Replace([mail], , , , \"x\", , )", "Replace");
    breaks(rule, "Replace([mail], \"a\")", "Replace");
    breaks(rule, "Replace([mail], , \"a\")", "Replace");
    breaks(rule, "Replace([mail], , \"(?<n>a)\", , , [upn], )", "Replace");
    breaks(rule, "Replace([mail], \"a\", \"b\", , \"c\", , )", "\"a\"");
    breaks(rule, "Replace([mail], \"a\", , \"n\", \"c\", , )", "\"n\"");
    breaks(rule, "Replace([mail], , \"a\", , \"c\", , \"t\")", "\"t\"");
    breaks(rule, "Replace([mail], \"a\", , , \"c\", [upn], )", "[upn]");
    breaks(rule, "Replace([mail], \"a\", , , \"c\", , \"t\")", "\"c\"");
    breaks(rule, "Replace([mail], \"\", , , \"c\", , )", "\"\"");
    breaks(rule, "Replace([mail], , \"(?<n>a)\", \"m\", \"c\", , )", "\"m\"");
    keeps(rule, "Replace([mail], \"a\", , , \"\", , )");
    keeps(rule, "Replace([mail], \"a\", , , , , \"a@b\")");
    keeps(rule, "Replace([mail], , \"(?<n>a)\", \"n\", \"c\", , )");
    keeps(rule, "Replace([mail], , \"(?<n>a)\", \"n\", , [upn], )");
    keeps(rule, "Replace([mail], , [pattern], \"n\", \"c\", , )");
}

#[test]
fn unique_values() {
    let rule = Rule::UniqueInApplication;
    let text = "SelectUniqueValue([mailNickname], \"b\")";
    breaks(rule, text, "SelectUniqueValue");
    assert_eq!(mended(rule, text), "[mailNickname]");
    keeps(rule, "Coalesce([mailNickname], \"b\")");
}

#[test]
fn roles() {
    let all = Situation { scope_is_all: true, ..on_creation() };
    let text = "SingleAppRoleAssignment([appRoleAssignments])";
    breaks_in(&all, Rule::RolesWithSyncAll, text, "SingleAppRoleAssignment");
    keeps(Rule::RolesWithSyncAll, text);
    let name = "AppRoleAssignmentsComplex";
    breaks(Rule::NestedRoles, &format!("Item({name}([appRoleAssignments]), 1)"), name);
    keeps(Rule::NestedRoles, &format!("{name}([appRoleAssignments])"));
    keeps(Rule::NestedRoles, &format!("Switch({text}, \"User\", \"Admin\", \"Administrator\")"));
    let rule = Rule::RolesMappedDirectly;
    breaks(rule, "[appRoleAssignments]", "[appRoleAssignments]");
    breaks(rule, "Join(\",\", [appRoleAssignments])", "[appRoleAssignments]");
    keeps(rule, text);
    assert_eq!(mended(rule, "[appRoleAssignments]"), text);
}
