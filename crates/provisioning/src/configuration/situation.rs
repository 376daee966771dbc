//! What a row of the attribute table tells the advice on its expression.

use super::{Apply, AttributeMapping, Scope, TargetType};
use crate::expression::infer::{AttributeHint, ValueKind};
use crate::expression::lint::{self, Situation, TargetHint};

impl AttributeMapping {
    /// The situation of this row's expression; `attributes` are all that the source has, nothing
    /// where they are not known.
    pub fn situation<'a>(
        &self,
        scope: Scope,
        attributes: Option<&'a [AttributeHint]>,
    ) -> Situation<'a> {
        let target = &self.target;
        Situation {
            attributes,
            apply: match self.apply {
                Apply::Always => lint::Apply::Always,
                Apply::OnlyDuringCreation => lint::Apply::OnlyDuringCreation,
            },
            scope_is_all: scope == Scope::All,
            target: Some(TargetHint {
                kind: target.kind.into(),
                required: target.required,
                has_default: self.default_value.as_ref().is_some_and(|text| !text.is_empty()),
                multi_valued: target.multi_valued,
                is_matching: self.matching_precedence.is_some(),
            }),
        }
    }
}

impl From<TargetType> for ValueKind {
    fn from(kind: TargetType) -> Self {
        match kind {
            TargetType::Boolean => Self::Boolean,
            TargetType::Integer => Self::Number,
            TargetType::DateTime => Self::Date,
            TargetType::String | TargetType::Binary | TargetType::Reference => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use scim::path::Path;

    use super::super::Source;
    use super::super::default::target_attribute;
    use super::*;
    use crate::expression::Expression;
    use crate::expression::lint::{Rule, lint};

    fn row(path: &str, expression: &str) -> AttributeMapping {
        AttributeMapping {
            target: target_attribute(Path::parse(path).expect(path)),
            source: Source::Expression(Expression::parse(expression)),
            default_value: None,
            matching_precedence: None,
            apply: Apply::OnlyDuringCreation,
        }
    }

    fn rules(row: &AttributeMapping) -> Vec<Rule> {
        let Source::Expression(expression) = &row.source else { panic!() };
        let found = lint(expression, &row.situation(Scope::Assigned, None));
        found.into_iter().map(|lint| lint.rule).collect()
    }

    #[test]
    fn advice_knows_the_target() {
        let boolean = "IIF([a] = \"x\", \"Yes\", \"No\")";
        assert_eq!(rules(&row("active", boolean)), [Rule::ResultType, Rule::ResultType]);
        assert_eq!(rules(&row("nickName", boolean)), []);
        let split = "Split([mail], \",\")";
        assert_eq!(rules(&row("emails", split)), []);
        assert_eq!(rules(&row("nickName", split)), [Rule::ResultType]);
        assert_eq!(rules(&row("emails[type eq \"work\"].value", split)), [Rule::ResultType]);
        let lower = "ToLower([mail])";
        assert_eq!(rules(&row("userName", lower)), [Rule::RequiredMayBeMissing]);
        let mut with_default = row("userName", lower);
        with_default.default_value = Some("x".to_owned());
        assert_eq!(rules(&with_default), []);
    }

    #[test]
    fn advice_knows_the_setting_and_the_scope() {
        let mut always = row("nickName", "Switch([a], \"x\", \"y\", \"z\")");
        assert_eq!(rules(&always), []);
        always.apply = Apply::Always;
        assert_eq!(rules(&always), [Rule::SwitchAppliedAlways]);
        let role = row("title", "SingleAppRoleAssignment([appRoleAssignments])");
        assert!(role.situation(Scope::All, None).scope_is_all);
    }
}
