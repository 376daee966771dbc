//! Filters and resources made from the same few names and values, so that they meet.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use scim::filter::{CompareOp, Filter};
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::{ENTERPRISE_USER, GROUP, USER};
use serde_json::{Map, Value, json};

/// Texts that are equal but for case, or parts of one another, or near to what is no text.
const WORDS: [&str; 16] = [
    "ada",
    "ADA",
    "Ada",
    "ad",
    "da",
    "",
    "work",
    "Work",
    "home",
    "Ångström",
    "ÅNGSTRÖM",
    "STRÖ",
    "ΟΔΥΣΣΕΥΣ",
    "Οδυσσευς",
    "True",
    "7",
];
/// The first three are the same instant.
const DATES: [&str; 7] = [
    "2026-01-10T08:00:00Z",
    "2026-01-10T09:00:00+01:00",
    "2026-01-10T08:00:00",
    "2026-01-10T08:00:00.5Z",
    "2025-12-31T23:59:59-02:00",
    "2026-01-10",
    "soon",
];
/// Where values stand; the empty one stands for an attribute as a whole.
const PLACES: [(&str, &[&str]); 15] = [
    ("userName", &[""]),
    ("id", &[""]),
    ("displayName", &[""]),
    ("title", &[""]),
    ("active", &[""]),
    ("name", &["", "givenName", "familyName"]),
    ("emails", &["", "value", "type", "primary", "display"]),
    ("x509Certificates", &["", "value", "primary"]),
    ("members", &["", "value", "display"]),
    ("meta", &["created", "lastModified", "version", "resourceType"]),
    ("department", &[""]),
    ("manager", &["", "value", "displayName"]),
    ("shoeSize", &[""]),
    ("tags", &["", "value"]),
    ("schemas", &[""]),
];

/// Any filter.
pub(crate) fn filter() -> impl Strategy<Value = Filter> {
    prop_oneof![comparison(), joined(comparison().boxed(), 3)]
}

/// One comparison, or one question for presence.
pub(crate) fn comparison() -> impl Strategy<Value = Filter> {
    leaf(path().boxed())
}

fn joined(leaf: BoxedStrategy<Filter>, depth: u32) -> impl Strategy<Value = Filter> {
    leaf.prop_recursive(depth, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Filter::And),
            vec(inner.clone(), 2..4).prop_map(Filter::Or),
            inner.prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
}

fn leaf(path: BoxedStrategy<Path>) -> impl Strategy<Value = Filter> {
    let comparison = prop::option::weighted(0.9, (select(CompareOp::ALL.to_vec()), plain()));
    (path, comparison).prop_map(|(path, comparison)| match comparison {
        Some((op, value)) => Filter::Compare { path, op, value },
        None => Filter::Present(path),
    })
}

/// A place in a resource, with brackets and with its URN now and then.
fn path() -> impl Strategy<Value = Path> {
    let place = select(PLACES.to_vec()).prop_flat_map(|(attribute, parts)| {
        let inside = prop::option::weighted(0.25, joined(leaf(part(parts).boxed()).boxed(), 2));
        let urn = prop::option::weighted(0.1, urn());
        (any_case(attribute), select(parts.to_vec()).prop_flat_map(any_case), inside, urn)
    });
    let ordinary = place.prop_map(|(attribute, sub, inside, schema)| Path {
        schema,
        attribute,
        filter: inside.map(Box::new),
        sub_attribute: Some(sub).filter(|sub| !sub.is_empty()),
    });
    let whole = Path::parse(ENTERPRISE_USER).expect("a path");
    prop_oneof![30 => ordinary, 1 => Just(whole)]
}

/// What may be asked of an element.
fn part(parts: &'static [&str]) -> impl Strategy<Value = Path> {
    let name = select(parts).prop_flat_map(any_case);
    name.prop_map(
        |name| {
            if name.is_empty() { Path::attribute("value") } else { Path::attribute(name) }
        },
    )
}

fn urn() -> impl Strategy<Value = String> {
    select(vec![USER, GROUP, ENTERPRISE_USER]).prop_flat_map(any_case)
}

/// A name as it is spelled, mostly.
fn any_case(name: &str) -> impl Strategy<Value = String> + use<> {
    prop_oneof![4 => Just(name.to_owned()), 1 => Just(name.to_uppercase()), 1 => Just(name.to_lowercase())]
}

/// A value without parts.
fn plain() -> impl Strategy<Value = Value> {
    prop_oneof![8 => word(), 3 => date(), 3 => number(), 2 => flag(), 1 => Just(Value::Null)]
}

fn word() -> impl Strategy<Value = Value> {
    select(WORDS.to_vec()).prop_map(Value::from)
}

fn date() -> impl Strategy<Value = Value> {
    select(DATES.to_vec()).prop_map(Value::from)
}

fn number() -> impl Strategy<Value = Value> {
    let (large, larger) = (9_007_199_254_740_992_i64, 9_007_199_254_740_993_i64);
    select(vec![json!(0), json!(7), json!(7.0), json!(7.5), json!(-1), json!(large), json!(larger)])
}

fn flag() -> impl Strategy<Value = Value> {
    any::<bool>().prop_map(Value::from)
}

/// Mostly what it should be; else anything.
fn mostly(usual: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    let odd = prop_oneof![4 => plain(), 1 => Just(json!([])), 1 => Just(json!({})), 1 => vec(plain(), 0..3).prop_map(Value::from)];
    prop_oneof![8 => usual, 1 => odd].boxed()
}

/// An object with some of these members.
fn object(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let members: Vec<_> = members
        .into_iter()
        .map(|(name, value)| prop::option::weighted(0.85, (any_case(name), value)))
        .collect();
    members.prop_map(|members| members.into_iter().flatten().collect::<Map<_, _>>().into()).boxed()
}

fn list(element: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    mostly(vec(mostly(element), 0..4).prop_map(Value::from))
}

/// A resource with something of a user, a group and neither.
pub(crate) fn resource() -> impl Strategy<Value = Resource> {
    let text = || mostly(word());
    let several = |value: BoxedStrategy<Value>| {
        list(object(vec![
            ("value", value),
            ("type", text()),
            ("primary", mostly(flag())),
            ("display", text()),
        ]))
    };
    let when = || mostly(date());
    let meta = vec![
        ("created", when()),
        ("lastModified", when()),
        ("version", text()),
        ("resourceType", text()),
    ];
    let manager = object(vec![("value", text()), ("displayName", text())]);
    let extension = object(vec![("department", text()), ("manager", mostly(manager))]);
    let urns = vec(urn().prop_map(Value::from), 0..3).prop_map(Value::from);
    let whole = object(vec![
        ("schemas", mostly(urns)),
        ("id", text()),
        ("userName", text()),
        ("displayName", text()),
        ("title", text()),
        ("active", mostly(flag())),
        ("name", mostly(object(vec![("givenName", text()), ("familyName", text())]))),
        ("emails", several(text())),
        ("x509Certificates", several(text())),
        ("members", several(text())),
        ("meta", mostly(object(meta))),
        ("shoeSize", mostly(number())),
        ("tags", list(word().boxed())),
        (ENTERPRISE_USER, extension),
    ]);
    whole.prop_map(|whole| Resource::from_value(whole).expect("an object"))
}
