//! Rules over the whole expression and its target.

use super::*;

const TARGET: TargetHint = TargetHint {
    kind: ValueKind::Text,
    required: false,
    has_default: false,
    multi_valued: false,
    is_matching: false,
};

fn into(target: TargetHint) -> Situation<'static> {
    Situation { target: Some(target), ..on_creation() }
}

#[test]
fn types_of_the_target() {
    let rule = Rule::ResultType;
    let boolean = into(TargetHint { kind: ValueKind::Boolean, ..TARGET });
    breaks_in(&boolean, rule, "Len([mail])", "Len([mail])");
    breaks_in(&boolean, rule, "IIF([mail] = \"a\", \"Yes\", \"False\")", "\"Yes\"");
    breaks_in(&boolean, rule, "Switch([mail], \"off\", \"a\", \"true\")", "\"off\"");
    keeps_in(&boolean, rule, "IIF([mail] = \"a\", \"True\", \"False\")");
    keeps_in(&boolean, rule, "Not([IsSoftDeleted])");
    keeps_in(&boolean, rule, "ToLower([mail])");
    let number = into(TargetHint { kind: ValueKind::Number, ..TARGET });
    breaks_in(&number, rule, "IsPresent([mail])", "IsPresent([mail])");
    breaks_in(&number, rule, "Coalesce([level], \"none\")", "\"none\"");
    keeps_in(&number, rule, "Coalesce([level], \"0\")");
    let date = into(TargetHint { kind: ValueKind::Date, ..TARGET });
    breaks_in(&date, rule, "Len([mail])", "Len([mail])");
    let split = "Split([mail], \",\")";
    breaks_in(&into(TARGET), rule, split, split);
    keeps_in(&into(TargetHint { multi_valued: true, ..TARGET }), rule, split);
    keeps(rule, split);
}

#[test]
fn required_targets() {
    let rule = Rule::RequiredMayBeMissing;
    let required = TargetHint { required: true, ..TARGET };
    let text = "ToLower([mail])";
    breaks_in(&into(required), rule, text, text);
    let text = "Join(\" \", [a], [b])";
    breaks_in(&into(required), rule, text, text);
    keeps_in(&into(required), rule, "Coalesce([mail], \"none\")");
    keeps_in(&into(TargetHint { has_default: true, ..required }), rule, text);
    keeps_in(&into(TARGET), rule, text);
    let known = attributes();
    let situation = Situation { attributes: Some(&known), ..into(required) };
    keeps_in(&situation, rule, "ToLower([userPrincipalName])");
}

#[test]
fn matching_targets() {
    let rule = Rule::MatchingMayBeMissing;
    let matching = into(TargetHint { is_matching: true, ..TARGET });
    breaks_in(&matching, rule, "ToLower([mail])", "ToLower([mail])");
    let dropping = "IgnoreFlowIfNullOrEmpty([mail])";
    breaks_in(&matching, rule, dropping, dropping);
    keeps_in(&matching, rule, "Coalesce([mail], \"none\")");
    keeps_in(&into(TARGET), rule, dropping);
}

#[test]
fn other_types_of_mapping() {
    breaks(Rule::DirectMapping, "[mail]", "[mail]");
    keeps(Rule::DirectMapping, "ToLower([mail])");
    let rule = Rule::ConstantMapping;
    breaks(rule, "\"Contoso\"", "\"Contoso\"");
    breaks(rule, "Append(\"a\", \"b\")", "Append(\"a\", \"b\")");
    keeps(rule, "Append(\"a\", [mail])");
    keeps(rule, "Guid()");
}
