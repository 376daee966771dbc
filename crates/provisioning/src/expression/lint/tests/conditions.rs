//! Rules over what chooses: `IIF`, `Switch`, `Coalesce`, comparisons.

use super::*;

#[test]
fn keys_that_are_never_reached() {
    let rule = Rule::UnreachableKey;
    breaks(rule, "Switch([country], , \"US\", 1, \"DE\", 2, \"US\", 3)", "\"US\"");
    breaks(rule, "Switch([country], , [country], 1, \"DE\", 2)", "\"DE\"");
    breaks(rule, "Switch([country], , ToLower([a]), 1, ToLower([a]), 2)", "ToLower([a])");
    keeps(rule, "Switch([country], , \"US\", 1, \"us\", 2)");
    keeps(rule, "Switch([country], , Guid(), 1, Guid(), 2)");
    let text = "Switch([country], , \"US\", 1, \"US\", 3)";
    assert_eq!(mended(rule, text), "Switch([country], , \"US\", 1)");
}

#[test]
fn sources_that_are_never_reached() {
    let rule = Rule::UnreachableSource;
    breaks(rule, "Coalesce([mail], [upn], [mail])", "[mail]");
    breaks(rule, "Coalesce([mail], \"none\", [upn])", "[upn]");
    breaks(rule, "Coalesce(Join(\" \", [a], [b]), [upn])", "[upn]");
    keeps(rule, "Coalesce([mail], [upn], \"none\")");
    keeps(rule, "Coalesce(ToLower([mail]), [upn])");
    let known = attributes();
    let situation = Situation { attributes: Some(&known), ..on_creation() };
    keeps_in(&situation, rule, "Coalesce([userPrincipalName], [mail])");
    assert_eq!(mended(rule, "Coalesce([mail], [upn], [mail])"), "Coalesce([mail], [upn])");
}

#[test]
fn switch_that_is_applied_always() {
    let rule = Rule::SwitchAppliedAlways;
    let always = Situation::default();
    let text = "Switch([country], [country], \"Germany\", \"DE\", \"France\", \"FR\")";
    breaks_in(&always, rule, text, "Switch");
    keeps(rule, text);
    keeps_in(&always, rule, "IIF([country] = \"Germany\", \"DE\", \"FR\")");
    assert_eq!(
        mended_in(&always, rule, text),
        "IIF([country] = \"Germany\", \"DE\", IIF([country] = \"France\", \"FR\", [country]))"
    );
    for text in [
        "Switch([country], , \"Germany\", \"DE\")",
        "Switch([country], \"x\", \"\", \"none\")",
        "Switch([level], \"x\", \"1\", \"one\")",
        "Switch(Guid(), \"x\", \"a\", \"b\")",
    ] {
        assert_eq!(mended_in(&always, rule, text), "no repair", "{text}");
    }
}

#[test]
fn emptiness_in_iif() {
    let rule = Rule::EmptinessInIif;
    breaks(rule, "IIF(IsPresent([mail]), [mail], \"none\")", "IsPresent([mail])");
    breaks(rule, "IIF(Not(IsNull([mail])), [mail], \"none\")", "Not(IsNull([mail]))");
    breaks(rule, "IIF([mail] = \"\", \"none\", [mail])", "[mail] = \"\"");
    keeps(rule, "IIF([mail] <> \"\", [mail], \"none\")");
    keeps(rule, "IIF(Not([accountEnabled]), 1, 2)");
    keeps(rule, "Switch([mail], [mail], \"\", \"none\")");
    let switch = "Switch([mail], [mail], \"\", \"none\")";
    for text in [
        "IIF(IsPresent([mail]), [mail], \"none\")",
        "IIF(IsNullOrEmpty([mail]), \"none\", [mail])",
        "IIF(Not(IsNull([mail])), [mail], \"none\")",
        "IIF([mail] = \"\", \"none\", [mail])",
    ] {
        assert_eq!(mended(rule, text), switch, "{text}");
    }
    let text = "IIF(IsPresent(Split([mail], \"@\")), 1, 2)";
    assert_eq!(mended(rule, text), "no repair");
}

#[test]
fn switch_over_a_test() {
    let rule = Rule::SwitchOverTest;
    let text = "Switch(IsPresent([mail]), \"none\", \"True\", [mail])";
    breaks(rule, text, "IsPresent([mail])");
    keeps(rule, "Switch([mail], [mail], \"\", \"none\")");
    assert_eq!(mended(rule, text), "Switch([mail], [mail], \"\", \"none\")");
    let text = "Switch(IsNull([mail]), , \"True\", \"none\", \"False\", [mail])";
    assert_eq!(mended(rule, text), "Switch([mail], [mail], \"\", \"none\")");
    assert_eq!(mended(rule, "Switch(IsPresent([mail]), , \"True\", 1)"), "no repair");
    assert_eq!(mended(rule, "Switch(IsPresent([mail]), 0, \"yes\", 1)"), "no repair");
}

#[test]
fn constant_conditions() {
    let rule = Rule::ConstantCondition;
    breaks(rule, "IIF(1 = 1, [mail], \"x\")", "1 = 1");
    breaks(rule, "IIF(\"True\", [mail], \"x\")", "\"True\"");
    breaks(rule, "IIF([mail] = [mail], [mail], \"x\")", "[mail] = [mail]");
    breaks(rule, "IIF(Len([mail]), [mail], \"x\")", "Len([mail])");
    keeps(rule, "IIF([mail] = \"x\", [mail], \"x\")");
    keeps(rule, "IIF(Now() > CDate(\"2025-01-01\"), [mail], \"x\")");
    keeps(rule, "IIF([accountEnabled], [mail], \"x\")");
    keeps(rule, "IIF(Guid() = Guid(), [mail], \"x\")");
}

#[test]
fn comparisons_outside_of_conditions() {
    let rule = Rule::ComparisonOutside;
    breaks(rule, "[mail] = \"x\"", "[mail] = \"x\"");
    breaks(rule, "Append([mail] = \"x\", \"y\")", "[mail] = \"x\"");
    keeps(rule, "IIF([mail] = \"x\", 1, 2)");
    keeps(rule, "CBool([mail] = \"x\")");
    assert_eq!(mended(rule, "[mail] = \"x\""), "CBool([mail] = \"x\")");
}

#[test]
fn spelling_of_truth() {
    let rule = Rule::BooleanSpelling;
    breaks(rule, "Switch([IsSoftDeleted], , \"false\", 1, \"True\", 0)", "\"false\"");
    breaks(rule, "IIF([accountEnabled] = \"true\", 1, 2)", "\"true\"");
    breaks(rule, "IIF(\"1\" = IsPresent([mail]), 1, 2)", "\"1\"");
    keeps(rule, "Switch([IsSoftDeleted], , \"False\", 1, \"True\", 0)");
    keeps(rule, "IIF([mail] = \"true\", 1, 2)");
    let text = "IIF([accountEnabled] = \"true\", 1, 2)";
    assert_eq!(mended(rule, text), "IIF([accountEnabled] = \"True\", 1, 2)");
}
