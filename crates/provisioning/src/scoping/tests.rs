//! Problems with their place, notes on surprising verdicts, and all reasons at once.

use super::*;
use crate::configuration::{Connector, ObjectKind, ObjectMapping, TargetActions};
use crate::source::SourceValue;

fn filter(clauses: &[(&str, Operator, &[&str])]) -> ScopingFilter {
    let clause = |(attribute, operator, values): &(&str, Operator, &[&str])| Clause {
        attribute: (*attribute).to_owned(),
        operator: *operator,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let clauses = clauses.iter().map(clause).collect();
    ScopingFilter { groups: vec![FilterGroup { name: "Staff".to_owned(), clauses }] }
}

fn user(attributes: &[(&str, &str)]) -> SourceObject {
    let text = |value: &str| match value {
        "false" => SourceValue::Boolean(false),
        text => SourceValue::Text(text.to_owned()),
    };
    SourceObject {
        id: "ada".to_owned(),
        kind: ObjectKind::User,
        attributes: attributes.iter().map(|(n, v)| ((*n).to_owned(), text(v))).collect(),
        members: Vec::new(),
        soft_deleted: false,
    }
}

#[test]
fn problems_name_the_rule() {
    let check = |attribute, operator, values: &[&str], said: &str| {
        let problems = filter(&[(attribute, operator, values)]).problems();
        let found = problems.first().map_or("", |problem| problem.message.as_str());
        assert!(found.contains(said) && !problems.is_empty(), "{attribute} {operator}: {found}");
    };
    check("department", Operator::Equals, &[], "needs a value");
    check("department", Operator::Equals, &[""], "needs a value");
    check("department", Operator::Equals, &["a", "b"], "one value");
    check("department", Operator::IsNull, &["a"], "compares with nothing");
    check("", Operator::Equals, &["a"], "names no attribute");
    check("manager", Operator::IsNull, &[], "cannot be used");
    check("level", Operator::GreaterThan, &["-1"], "`-1` is none");
    assert_eq!(filter(&[("level", Operator::GreaterThan, &["10"])]).problems(), []);
}

#[test]
fn a_pattern_that_cannot_be_built_is_a_problem_when_compiling() {
    let broken = filter(&[
        ("department", Operator::IsNotNull, &[]),
        ("department", Operator::RegexMatch, &["(a"]),
    ]);
    assert_eq!(broken.problems(), []);
    let problems = broken.compile().expect_err("a problem");
    assert_eq!(problems.iter().map(|p| (p.group, p.clause)).collect::<Vec<_>>(), [(0, Some(1))]);
}

#[test]
fn notes_explain_surprises() {
    let check = |operator: Operator, operand: &str, actual: &[(&str, &str)], said: &str| {
        let operands = [operand];
        let values = if operator.arity() == Arity::Unary { &[][..] } else { &operands[..] };
        let compiled = filter(&[("department", operator, values)]).compile().expect("sound");
        let verdict = compiled.judge(&user(actual));
        let note = verdict.groups[0].clauses[0].note.clone().unwrap_or_default();
        assert!(note.contains(said) && note.is_empty() == said.is_empty(), "{operator}: {note}");
    };
    check(Operator::NotEquals, "Sales", &[], "IS NULL");
    check(Operator::IsFalse, "", &[], "IS NULL");
    check(Operator::Equals, "Sales", &[], "");
    check(Operator::Equals, "Sales", &[("department", "sales")], "upper and lower case");
    check(Operator::Equals, "Sales", &[("department", "Sales ")], "a blank");
    check(Operator::Equals, "Sales", &[("department", "Sales")], "");
    check(Operator::RegexMatch, "Sal", &[("department", "Sales")], "a part of the value");
    check(Operator::RegexMatch, "^Sal.*$", &[("department", "Sales")], "");
    check(Operator::InList, "Sales,Legal", &[("department", "Sale")], "a fragment");
    check(Operator::InList, "Sales,Legal", &[("department", "Sales")], "");
    check(Operator::GreaterThan, "1", &[("department", "x")], "no whole number");
}

#[test]
fn all_reasons_are_listed() {
    let mapping = |kind| ObjectMapping {
        kind,
        enabled: true,
        actions: TargetActions::default(),
        attributes: Vec::new(),
        filter: filter(&[("department", Operator::Equals, &["Sales"])]),
    };
    let mut configuration = Configuration {
        users: mapping(ObjectKind::User),
        groups: mapping(ObjectKind::Group),
        scope: Scope::Assigned,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: None,
        connector: Connector::default(),
    };
    let compiled = configuration.users.filter.compile().expect("sound");
    let mut ada = user(&[("accountEnabled", "false")]);
    ada.soft_deleted = true;
    let nobody = EffectiveAssignment::default();
    let verdict = determine(&configuration, &compiled, &ada, &nobody);
    let all =
        [Reason::NotAssigned, Reason::Disabled, Reason::SoftDeleted, Reason::FilterNotSatisfied];
    assert_eq!(verdict.reasons, all);
    assert_eq!(verdict.skip_reason(), Some("NotEffectivelyEntitled"));
    assert!(verdict.is_soft_deleted() && !verdict.active);

    configuration.scope = Scope::All;
    let bob = user(&[("department", "Legal")]);
    let verdict = determine(&configuration, &compiled, &bob, &nobody);
    assert_eq!(verdict.reasons, [Reason::FilterNotSatisfied]);
    assert_eq!(verdict.skip_reason(), Some("EntrySynchronizationSkipped"));

    let eve = user(&[("department", "Sales")]);
    let verdict = determine(&configuration, &compiled, &eve, &nobody);
    assert!(verdict.in_scope && verdict.skip_reason().is_none());
}

#[test]
fn names_are_read_without_regard_to_case() {
    for operator in Operator::ALL {
        assert_eq!(Operator::from_name(&operator.label().to_uppercase()), Some(operator));
    }
    assert_eq!(Operator::from_name("STARTS WITH"), None);
}

#[test]
fn the_clause_that_decided_is_named() {
    let mut staff = filter(&[
        ("department", Operator::IsNotNull, &[]),
        ("department", Operator::Equals, &["Sales"]),
        ("city", Operator::Equals, &["Ohio"]),
    ]);
    let legal = filter(&[("department", Operator::Equals, &["Legal"])]).groups.remove(0);
    staff.groups.push(FilterGroup { name: "Lawyers".to_owned(), ..legal });
    let compiled = staff.compile().expect("sound");
    let because = |attributes: &[(&str, &str)]| compiled.judge(&user(attributes)).because();
    assert_eq!(
        because(&[("department", "HR")]),
        [
            "`Staff`: department EQUALS Sales fails, the value is `HR`",
            "`Lawyers`: department EQUALS Legal fails, the value is `HR`",
        ]
    );
    assert_eq!(because(&[])[0], "`Staff`: department IS NOT NULL fails, there is no value");
    let lawyer = compiled.judge(&user(&[("department", "Legal")]));
    assert!(matches!(lawyer.decision(), Decision::Satisfied(group) if group.name == "Lawyers"));
    assert_eq!(
        lawyer.because(),
        ["`Lawyers`: department EQUALS Legal holds, the value is `Legal`"]
    );
    let seller = compiled.judge(&user(&[("department", "Sales"), ("city", "Ohio")]));
    assert_eq!(seller.because(), ["`Staff`: all 3 clauses hold"]);
    let everyone = ScopingFilter::default().compile().expect("sound").judge(&user(&[]));
    assert_eq!(everyone.decision(), Decision::Unrestricted);
}

#[test]
fn a_comparison_that_an_attribute_does_not_have_is_a_problem_at_its_place() {
    let mut ada = user(&[("accountEnabled", "false"), ("city", "Ohio")]);
    ada.attributes.insert("level".to_owned(), SourceValue::Number(7.into()));
    let mut bob = user(&[]);
    bob.attributes.insert("tags".to_owned(), SourceValue::List(vec!["a".to_owned()]));
    let people = [ada, bob];
    let told = |attribute, operator: Operator| {
        let values: &[&str] = if operator.arity() == Arity::Unary { &[] } else { &["1"] };
        let clauses = [("city", Operator::IsNotNull, &[][..]), (attribute, operator, values)];
        let problems = filter(&clauses).problems_over(&people);
        problems.first().map(|problem| format!("{}: {}", problem.place(), problem.message))
    };
    for operator in Operator::ALL {
        assert_eq!(told("city", operator), None, "{operator}");
        assert_eq!(told("nobodyHasThis", operator), None, "{operator}");
        let list = told("tags", operator).unwrap_or_default();
        assert!(list.starts_with("scoping filter 1, clause 2: `tags` has several"), "{list}");
    }
    assert!(told("accountEnabled", Operator::Includes).unwrap().contains("true or false"));
    assert!(told("accountEnabled", Operator::GreaterThan).is_some());
    assert!(told("level", Operator::EndsWith).unwrap().contains("a number"));
    assert!(told("level", Operator::IsTrue).is_some());
    for operator in [Operator::IsTrue, Operator::IsNull, Operator::Equals] {
        assert_eq!(told("accountEnabled", operator), None, "{operator}");
    }
    for operator in [Operator::GreaterThan, Operator::RegexMatch, Operator::IsNotNull] {
        assert_eq!(told("level", operator), None, "{operator}");
    }
}

#[test]
fn memberships_are_no_business_of_filters() {
    assert_eq!(Operator::from_name("IS_MEMBER_OF"), None);
    assert!(Operator::elsewhere("is_member_of").unwrap().contains("cloud sync"));
    assert_eq!(Operator::elsewhere("STARTS WITH"), None);
    for date in ["employeeHireDate", "employeeLeaveDateTime", "createdDateTime"] {
        assert!(!filter(&[(date, Operator::Equals, &["2026-01-01"])]).problems().is_empty());
    }
}
