//! A result that is a piece of the input is lent and not copied, and each stage takes so many bytes
//! for a person: every allocation is counted.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "clippy takes only the tests themselves for tests"
)]

#[path = "../examples/plan/workload.rs"]
mod configuration;
#[path = "../examples/workload/invent.rs"]
mod invent;
#[path = "../benches/speed/people.rs"]
mod people;
#[path = "../benches/speed/pipeline.rs"]
mod pipeline;
#[path = "../benches/speed/stage.rs"]
mod stage;
#[path = "../examples/workload/twister.rs"]
mod twister;
#[path = "../examples/workload/words.rs"]
mod words;

use allocation_counter::measure;
use provisioning::ambient::Ambient;
use provisioning::configuration::ObjectKind;
use provisioning::expression::value::DateTime;
use provisioning::expression::{Expression, Flow, Inputs, Program};
use provisioning::source::{AppRole, Attributes, SourceObject, SourceValue};

type Trouble = Box<dyn std::error::Error>;

/// Expressions with a result that stands in the attributes or in the expression.
const LENT: [(&str, &str); 32] = [
    ("[mail]", "ana.silva@contoso.com"),
    ("\"fixed\"", "fixed"),
    ("Left([mail], 3)", "ana"),
    ("Mid([mail], 5, 5)", "silva"),
    ("Mid([displayName], 6, 6)", "Müller"),
    ("Word([mail], 2, \".@\")", "silva"),
    ("Item(Split([mail], \"@\"), 2)", "contoso.com"),
    ("Item([proxyAddresses], 2)", "smtp:a@contoso.com"),
    ("Mid(Item(Split([dn], \",\"), 2), 4, 64)", "Sales"),
    ("Append([mail], \"\")", "ana.silva@contoso.com"),
    ("Join(\" \", [nobody], [surname], \"\")", "Silva"),
    ("Coalesce([nobody], [mail])", "ana.silva@contoso.com"),
    ("IIF([country] = \"DE\", [mail], [surname])", "ana.silva@contoso.com"),
    ("IIF(Len([surname]) > 4, [mail], [surname])", "ana.silva@contoso.com"),
    ("IIF(IsPresent([mail]), [mail], [surname])", "ana.silva@contoso.com"),
    ("IIF(DateDiff(\"d\", CDate([hired]), Now()) > 9, [mail], 1)", "ana.silva@contoso.com"),
    ("Switch([country], [country], \"US\", \"USA\", \"DE\", \"Germany\")", "Germany"),
    ("Switch([country], [surname], \"US\", \"USA\")", "Silva"),
    ("Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\")", "True"),
    ("Not([IsSoftDeleted])", "True"),
    ("ToLower([mail])", "ana.silva@contoso.com"),
    ("ToUpper([country])", "DE"),
    ("StripSpaces([mail])", "ana.silva@contoso.com"),
    ("NormalizeDiacritics([surname])", "Silva"),
    ("Replace([mail], \"_\", , , \"-\", , )", "ana.silva@contoso.com"),
    ("Replace([mail], , \"[0-9()]+\", , \"\", , )", "ana.silva@contoso.com"),
    ("Redact([mail])", "ana.silva@contoso.com"),
    ("CStr([mail])", "ana.silva@contoso.com"),
    ("IgnoreFlowIfNullOrEmpty([mail])", "ana.silva@contoso.com"),
    ("SingleAppRoleAssignment([appRoleAssignments])", "Auditor"),
    ("DefaultDomain()", "contoso.com"),
    ("Append(\"made \", \"when compiled\")", "made when compiled"),
];

fn person() -> SourceObject {
    let texts = [
        ("mail", "ana.silva@contoso.com"),
        ("surname", "Silva"),
        ("displayName", "Jörg Müller"),
        ("country", "DE"),
        ("hired", "2024-01-31T08:00:00Z"),
        ("dn", "CN=Ana,OU=Sales,DC=contoso,DC=com"),
    ];
    let mut attributes: Attributes =
        texts.map(|(name, text)| (name.to_owned(), SourceValue::Text(text.to_owned()))).into();
    let addresses = ["SMTP:ana.silva@contoso.com", "smtp:a@contoso.com"].map(str::to_owned);
    attributes.insert("proxyAddresses".to_owned(), SourceValue::List(addresses.to_vec()));
    SourceObject {
        id: "1".to_owned(),
        kind: ObjectKind::User,
        attributes,
        members: Vec::new(),
        soft_deleted: false,
    }
}

/// How many allocations one evaluation makes, and its result.
fn evaluated(text: &str) -> (u64, Option<String>) {
    let (person, ambient) = (person(), Ambient { now: now(), seed: 0 });
    let roles =
        [AppRole { id: "1".to_owned(), value: "Auditor".to_owned(), display_name: String::new() }];
    let inputs = Inputs {
        object: &person,
        roles: &roles,
        is_soft_deleted: false,
        default_domain: Some("contoso.com"),
        ambient: &ambient,
    };
    let program = Expression::parse(text).compile().expect(text);
    // A regular expression keeps the room that its first search needs.
    let result = shown(&program, &inputs);
    (measure(|| drop(std::hint::black_box(program.evaluate(&inputs)))).count_total, result)
}

fn shown(program: &Program, inputs: &Inputs<'_>) -> Option<String> {
    match program.evaluate(inputs).expect("a value") {
        Flow::Value(value) => value.as_text().map(|text| text.into_owned()),
        Flow::Ignore => None,
    }
}

fn now() -> DateTime {
    DateTime::from_unix_milliseconds(1_753_855_200_000)
}

#[test]
fn what_is_a_piece_of_the_input_is_lent() {
    for (text, result) in LENT {
        assert_eq!(evaluated(text), (0, Some(result.to_owned())), "{text}");
    }
}

/// What would be counted if there were something.
#[test]
fn what_is_made_is_counted() {
    for text in ["Append([mail], \"x\")", "ToUpper([mail])", "Join(\" \", [surname], [country])"] {
        assert_eq!(evaluated(text).0, 1, "{text}");
    }
}

/// Bytes that a stage may allocate for a person. What is allocated is known to the byte; the limit
/// leaves room for other versions of the standard library.
const MOST_BYTES: [(&str, u64); 4] =
    [("scope", 600), ("map", 2_500), ("match", 2_600), ("plan", 5_000)];

#[test]
fn each_stage_keeps_to_its_bytes() {
    const PEOPLE: usize = 1_000;
    let stages = stage::Stages::new(PEOPLE);
    assert_eq!(stages.population().len(), PEOPLE);
    for ((title, stage), (of, most)) in stage::STAGES.into_iter().zip(MOST_BYTES) {
        assert_eq!(title, of);
        // A regular expression keeps the room that its first search needs.
        stage(&stages, 0..PEOPLE);
        let counted = measure(|| _ = std::hint::black_box(stage(&stages, 0..PEOPLE)));
        let bytes = counted.bytes_total / PEOPLE as u64;
        println!("{title}: {bytes} bytes, {} allocations", counted.count_total / PEOPLE as u64);
        assert!(bytes <= most && bytes > most / 2, "{title}: {bytes} bytes for each person");
    }
}

/// The same for the pipeline, which holds what it reads and makes little else.
const MOST_PIPELINE_BYTES: [(&str, u64); 5] = [
    ("read people", 1_600),
    ("read accounts", 1_400),
    ("scope", 1),
    ("scope and map", 70),
    ("scope, map, match, plan", 400),
];

#[test]
fn each_stage_of_the_pipeline_keeps_to_its_bytes() {
    const PEOPLE: usize = 1_000;
    let workload = pipeline::Workload::new(PEOPLE);
    for ((title, stage), (of, most)) in pipeline::STAGES.into_iter().zip(MOST_PIPELINE_BYTES) {
        assert_eq!(title, of);
        stage(&workload);
        let counted = measure(|| _ = std::hint::black_box(stage(&workload)));
        let bytes = counted.bytes_total / PEOPLE as u64;
        let count = counted.count_total as f64 / PEOPLE as f64;
        println!("{title}: {bytes} bytes, {count:.1} allocations");
        assert!(bytes <= most && bytes >= most / 2, "{title}: {bytes} bytes for each person");
    }
}
