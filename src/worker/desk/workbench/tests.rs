use provisioning::expression::function;
use provisioning::source::SourceValue;

use super::*;
use crate::draft::Draft;
use crate::draft::mapping::TargetTypeDraft;
use crate::draft::mapping::unit_test::{Expected, Literal, Subject, UnitTest};
use crate::draft::place::Kind;
use crate::worker::message::{
    Answer, Ask, Found, Gave, GroupQuery, Lens, ListQuery, Member, MemberQuery, PeopleText, Slice,
    Stressed, Surveyed, ValueGroup, Verified,
};

/// The first of September 2026.
const NOW: f64 = 1_788_220_800_000.0;

fn desk(size: u32) -> Desk {
    let mut desk = Desk::default();
    desk.answer(Ask::LoadPeople(PeopleText::Invented { size, seed: 1 }), NOW);
    desk
}

fn formula(text: &str) -> Formula {
    Formula { kind: Kind::User, text: text.to_owned(), target_type: TargetTypeDraft::String }
}

fn query(text: &str, saved: Option<&str>) -> SurveyQuery {
    SurveyQuery { formula: formula(text), saved: saved.map(str::to_owned), only_in_scope: false }
}

fn ask(desk: &mut Desk, ask: BenchAsk) -> BenchAnswer {
    match desk.answer(Ask::Bench(ask), NOW) {
        Answer::Bench(answer) => answer,
        other => panic!("{other:?}"),
    }
}

fn step(desk: &mut Desk, query: &SurveyQuery) -> Surveyed {
    match ask(desk, BenchAsk::Survey(query.clone())) {
        BenchAnswer::Survey(told) => told,
        other => panic!("{other:?}"),
    }
}

fn groups(desk: &mut Desk, query: &SurveyQuery, lens: Lens, search: &str) -> Slice<ValueGroup> {
    let which = GroupQuery { lens, search: search.to_owned(), from: 0, count: 500 };
    match ask(desk, BenchAsk::Groups(query.clone(), which)) {
        BenchAnswer::Groups(Some(slice)) => slice,
        other => panic!("{other:?}"),
    }
}

fn members(desk: &mut Desk, query: &SurveyQuery, which: MemberQuery) -> Slice<Member> {
    match ask(desk, BenchAsk::Members(query.clone(), which)) {
        BenchAnswer::Members(Some(slice)) => slice,
        other => panic!("{other:?}"),
    }
}

fn verify(desk: &mut Desk, text: &str, tests: Vec<UnitTest>) -> Vec<Verified> {
    match ask(desk, BenchAsk::Verify(formula(text), tests)) {
        BenchAnswer::Verify(told) => told,
        other => panic!("{other:?}"),
    }
}

fn stress_with(desk: &mut Desk, formula: Formula) -> Vec<Stressed> {
    match ask(desk, BenchAsk::Stress(formula, String::new())) {
        BenchAnswer::Stress(lines) => lines,
        other => panic!("{other:?}"),
    }
}

#[test]
fn everybody_is_counted_once_and_the_largest_group_of_values_comes_first() {
    let mut desk = desk(300);
    let query = query("[department]", None);
    let told = step(&mut desk, &query);
    assert_eq!((told.done, told.total, told.counted, told.changed), (300, 300, 300, 0));
    let slice = groups(&mut desk, &query, Lens::Values, "");
    assert_eq!((slice.total, slice.rows.len()), (told.distinct, told.distinct));
    assert_eq!(slice.rows.iter().map(|group| group.count).sum::<usize>(), 300);
    let tenant = invented::tenant(300, 1);
    for group in &slice.rows {
        let has = |user: &&SourceObject| match &group.found {
            Found::Value(text) => user.text("department") == Some(text),
            _ => user.text("department").is_none(),
        };
        assert_eq!(tenant.users.iter().filter(has).count(), group.count, "{group:?}");
        let number = Some(group.number);
        let which = MemberQuery { lens: Lens::Values, group: number, from: 0, count: 500 };
        let whose = members(&mut desk, &query, which);
        assert_eq!(whose.total, group.count);
        assert!(whose.rows.iter().all(|member| member.found == group.found), "{whose:?}");
    }
    let values: Vec<_> =
        slice.rows.iter().filter(|group| matches!(group.found, Found::Value(_))).collect();
    assert!(values.is_sorted_by(|a, b| a.count >= b.count), "{values:?}");
    let sales = groups(&mut desk, &query, Lens::Values, "SALES");
    assert_eq!(sales.rows.len(), 1);
    let position = slice.rows.iter().position(|group| group.found == sales.rows[0].found);
    assert_eq!(position, Some(sales.rows[0].number), "the number does not depend on the search");
}

#[test]
fn faults_stand_before_empties_and_those_before_values() {
    let mut desk = desk(200);
    // A name is no date: whoever has no mail fails.
    let query = query("IIF(IsPresent([mail]), [department], CDate([displayName]))", None);
    let told = step(&mut desk, &query);
    assert!(told.faults > 0, "{told:?}");
    let slice = groups(&mut desk, &query, Lens::Values, "");
    let is_fault = |group: &ValueGroup| matches!(group.found, Found::Fault(_));
    assert!(is_fault(&slice.rows[0]) && !is_fault(slice.rows.last().unwrap()), "{slice:?}");
    let faults: usize = slice.rows.iter().filter(|g| is_fault(g)).map(|g| g.count).sum();
    assert_eq!(faults, told.faults);

    let query = self::query("[mail]", None);
    let told = step(&mut desk, &query);
    let slice = groups(&mut desk, &query, Lens::Values, "");
    assert_eq!((&slice.rows[0].found, slice.rows[0].count), (&Found::Empty, told.empty));
}

#[test]
fn a_comparison_tells_who_changes_from_what_to_what() {
    let mut desk = desk(300);
    let query = query(
        "ToUpper([department])",
        Some("IIF([department]=\"Sales\", \"SALES\", [department])"),
    );
    let told = step(&mut desk, &query);
    let sales = invented::tenant(300, 1)
        .users
        .iter()
        .filter(|user| user.text("department").is_none_or(|name| name == "Sales"))
        .count();
    assert_eq!(told.changed, 300 - sales);
    let changes = groups(&mut desk, &query, Lens::Changes, "");
    assert_eq!(changes.rows.iter().map(|group| group.count).sum::<usize>(), told.changed);
    for group in &changes.rows {
        let which =
            MemberQuery { lens: Lens::Changes, group: Some(group.number), from: 0, count: 3 };
        let found = members(&mut desk, &query, which);
        assert_eq!(found.total, group.count);
        let (Some(Found::Value(before)), Found::Value(after)) = (&group.before, &group.found)
        else {
            panic!("{group:?}")
        };
        assert_eq!(before.to_uppercase(), *after);
        assert!(found.rows.iter().all(|m| m.found == group.found && m.before == group.before));
    }
    let all = MemberQuery { lens: Lens::Changes, group: None, from: 0, count: 10 };
    assert_eq!(members(&mut desk, &query, all).total, told.changed);
}

#[test]
fn a_groups_objects_are_handed_out_in_slices() {
    let mut desk = desk(300);
    let query = query("\"the same\"", None);
    step(&mut desk, &query);
    let page = |from| MemberQuery { lens: Lens::Values, group: Some(0), from, count: 7 };
    let (first, second) =
        (members(&mut desk, &query, page(0)), members(&mut desk, &query, page(7)));
    assert_eq!((first.total, first.rows.len(), second.from), (300, 7, 7));
    let names = |slice: &Slice<_>| -> Vec<String> {
        slice.rows.iter().map(|m: &Member| m.id.clone()).collect()
    };
    let expected: Vec<String> =
        invented::tenant(300, 1).users.iter().take(14).map(|user| user.id.clone()).collect();
    assert_eq!([names(&first), names(&second)].concat(), expected);
    let beyond = MemberQuery { lens: Lens::Values, group: Some(9), from: 0, count: 7 };
    assert_eq!(members(&mut desk, &query, beyond).total, 0);
}

#[test]
fn a_large_tenant_is_looked_at_in_steps_and_another_question_begins_anew() {
    let mut desk = desk(4_500);
    let (first, other) = (query("[mail]", None), query("[department]", None));
    assert_eq!(step(&mut desk, &first).done, 2_000);
    assert_eq!(step(&mut desk, &first).done, 4_000);
    assert_eq!(step(&mut desk, &first).done, 4_500);
    assert_eq!(step(&mut desk, &first).counted, 4_500, "a survey at its end stays there");
    assert_eq!(step(&mut desk, &other).done, 2_000);
    let which = GroupQuery { lens: Lens::Values, search: String::new(), from: 0, count: 9 };
    let gone = ask(&mut desk, BenchAsk::Groups(first, which));
    assert_eq!(gone, BenchAnswer::Groups(None), "it has given way");
    desk.answer(Ask::Configure(Draft::default()), NOW);
    assert_eq!(step(&mut desk, &other).done, 2_000, "other settings, other results");
}

#[test]
fn only_those_in_scope_are_counted_where_that_is_asked() {
    let mut desk = desk(50);
    let mut narrow = query("[mail]", None);
    narrow.only_in_scope = true;
    assert_eq!(step(&mut desk, &narrow).counted, 0, "nobody is assigned");
    desk.answer(Ask::Configure(Draft { sync_all: true, ..Draft::default() }), NOW);
    let counted = step(&mut desk, &narrow).counted;
    assert!(0 < counted && counted < 50, "{counted}: the disabled ones are out");
}

#[test]
fn groups_are_surveyed_as_groups() {
    let mut desk = desk(50);
    let mut of_groups = query("[displayName]", None);
    of_groups.formula.kind = Kind::Group;
    assert_eq!(step(&mut desk, &of_groups).counted, 8);
    let slice = groups(&mut desk, &of_groups, Lens::Values, "Envoy Users");
    assert_eq!(slice.rows.len(), 1);
}

#[test]
fn a_person_is_looked_at_with_what_the_expression_reads() {
    let mut desk = desk(50);
    let user = invented::tenant(50, 1).users.into_iter().next().unwrap();
    let formula = formula("Join(\" \", [givenName], [nothing], [givenName])");
    let given = user.get("givenName").unwrap().clone();
    let BenchAnswer::Look(Some(look)) = ask(&mut desk, BenchAsk::Look(formula.clone(), user.id))
    else {
        panic!("the person is there")
    };
    let SourceValue::Text(given) = given else { panic!("{given:?}") };
    assert_eq!(look.found, Found::Value(format!("{given} {given}")));
    let expected =
        [("givenName".to_owned(), Literal::Text(given)), ("nothing".to_owned(), Literal::Null)];
    assert_eq!(look.reads, expected.into());
    let nobody = ask(&mut desk, BenchAsk::Look(formula, "nobody".to_owned()));
    assert_eq!(nobody, BenchAnswer::Look(None));
}

#[test]
fn a_value_without_a_form_in_the_targets_type_is_a_fault() {
    let mut desk = desk(50);
    let mut query = query("[department]", None);
    query.formula.target_type = TargetTypeDraft::Boolean;
    let told = step(&mut desk, &query);
    assert_eq!(told.faults + told.empty, 50);
    let first = &groups(&mut desk, &query, Lens::Values, "").rows[0].found;
    assert!(matches!(first, Found::Fault(why) if why.contains("Boolean")), "{first:?}");
}

#[test]
fn an_expression_that_cannot_be_built_says_so_for_everybody() {
    let mut desk = desk(50);
    let query = query("Replace([mail], , \"(\", , \"x\", , )", None);
    let told = step(&mut desk, &query);
    assert_eq!((told.faults, told.distinct), (50, 1));
}

#[test]
fn tests_find_their_person_by_id_and_by_name_in_any_case() {
    let mut desk = desk(50);
    let user = invented::tenant(50, 1).users.into_iter().next().unwrap();
    let name = user.text("userPrincipalName").unwrap().to_owned();
    let test = |subject: Subject, expected| UnitTest { subject, expected };
    let value = Expected::Value(name.to_lowercase());
    let tests = vec![
        test(Subject::Person(user.id.clone()), value.clone()),
        test(Subject::Person(name.to_uppercase()), value.clone()),
        test(Subject::Person(name.clone()), Expected::Empty),
        test(Subject::Person("nobody@contoso.com".to_owned()), value),
    ];
    let told = verify(&mut desk, "ToLower([userPrincipalName])", tests);
    assert_eq!(told.iter().map(|t| t.passed).collect::<Vec<_>>(), [true, true, false, false]);
    assert_eq!(told[0].subject, user.label());
    assert_eq!(told[2].found, Some(Found::Value(name.to_lowercase())));
    assert_eq!(told[3].found, None);
}

#[test]
fn tests_with_stated_values_need_nobody() {
    let mut desk = Desk::default();
    let with = |values: &[(&str, Literal)], expected| UnitTest {
        subject: Subject::Values(
            values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        ),
        expected,
    };
    let text = "Switch(SingleAppRoleAssignment([appRoleAssignments]), [mail], \"Admin\", \
                IgnoreFlowIfNullOrEmpty([mail]))";
    let roles = Literal::List(vec!["Admin".to_owned()]);
    let mail = ("mail", Literal::Text("a@b.example".to_owned()));
    let tests = vec![
        with(std::slice::from_ref(&mail), Expected::Value("a@b.example".to_owned())),
        with(&[], Expected::Empty),
        with(&[("appRoleAssignments", roles.clone())], Expected::Dropped),
        with(&[("appRoleAssignments", roles), mail], Expected::Dropped),
    ];
    let told = verify(&mut desk, text, tests);
    let passed: Vec<_> = told.iter().map(|test| test.passed).collect();
    assert_eq!(passed, [true, true, true, false], "{told:?}");
    let fault = with(&[], Expected::Fault);
    assert!(verify(&mut desk, "CDate(\"x\")", vec![fault])[0].passed);
}

#[test]
fn every_attribute_is_put_under_every_stress_and_faults_show() {
    let mut desk = desk(50);
    let lines = stress_with(&mut desk, formula("Join(\".\", Left([givenName], 1), [surname])"));
    assert_eq!(lines.len(), 16, "two attributes with eight values each");
    let of = |attribute: &str, case: &str| {
        let line = lines.iter().find(|l| l.attribute == attribute && l.case == case);
        line.unwrap_or_else(|| panic!("{case}")).found.clone()
    };
    assert!(matches!(of("givenName", "several values"), Found::Fault(_)));
    assert_eq!(of("surname", "apostrophe"), Found::Value("O'Brien".to_owned()));
    let long = of("surname", "long text");
    assert!(matches!(&long, Found::Value(text) if text.chars().count() == 300), "{long:?}");
    let computed = stress_with(&mut desk, formula("Not([IsSoftDeleted])"));
    let found: Vec<_> = computed.iter().map(|line| line.found.clone()).collect();
    assert_eq!(found, ["False", "True"].map(|text| Found::Value(text.to_owned())));
}

#[test]
fn an_invented_tenant_stands_in_where_nobody_is_loaded() {
    let mut desk = Desk::default();
    let told = step(&mut desk, &query("[department]", None));
    assert_eq!(told.counted, 200);
    let list = |or_invented| ListQuery { or_invented, count: 1, ..ListQuery::default() };
    let Answer::List(found) = desk.answer(Ask::List(list(true)), NOW) else { panic!("a list") };
    assert_eq!(found.rows.len(), 1);
    let person = desk.answer(Ask::Person(found.rows[0].id.clone()), NOW);
    assert!(matches!(person, Answer::Person(Some(_))));
    let Answer::List(found) = desk.answer(Ask::List(list(false)), NOW) else { panic!("a list") };
    assert_eq!(found.rows.len(), 0, "elsewhere nobody is there");
}

#[test]
fn every_example_of_the_reference_gives_what_it_says() {
    let mut desk = Desk::default();
    for function in function::ALL {
        for example in function.examples {
            let of = |(name, value): &(&str, &str)| {
                ((*name).to_owned(), Literal::Text((*value).to_owned()))
            };
            let values = example.attributes.iter().map(of).collect();
            let question = BenchAsk::Example(example.expression.to_owned(), values);
            let BenchAnswer::Example(found) = ask(&mut desk, question) else {
                panic!("an example")
            };
            let told = match found {
                Found::Value(text) => text,
                Found::Empty => String::new(),
                Found::Dropped => "left out of the flow".to_owned(),
                Found::Fault(why) => why,
            };
            assert_eq!(told, example.result, "{}", example.expression);
        }
    }
}

#[test]
fn a_trace_tells_what_each_part_gave_and_what_was_not_asked() {
    let mut desk = desk(50);
    let user =
        invented::tenant(50, 1).users.into_iter().find(|u| u.text("mail").is_some()).unwrap();
    let text = "IIF(IsPresent([mail]), Left(\"abc\", 2), CDate([displayName]))";
    let BenchAnswer::Look(Some(look)) = ask(&mut desk, BenchAsk::Look(formula(text), user.id))
    else {
        panic!("the person is there")
    };
    let root = look.trace.unwrap();
    assert_eq!((root.text.as_str(), &root.gave), (text, &Gave::Value("\"ab\"".to_owned())));
    let gave: Vec<_> = root.children.iter().map(|child| &child.gave).collect();
    let expected =
        [Gave::Value("True".to_owned()), Gave::Value("\"ab\"".to_owned()), Gave::NotTaken];
    assert_eq!(gave, expected.iter().collect::<Vec<_>>());
    assert_eq!(root.children[2].children[0].gave, Gave::NotTaken);
    let (from, to) = root.children[1].span;
    assert_eq!(&text[from..to], "Left(\"abc\", 2)");
}
