//! The twenty mappings written by hand in Rust, for no other directory: what generality costs.

use std::borrow::Cow;

use provisioning::source::SourceValue;

use crate::people::Person;

type Text<'p> = Option<Cow<'p, str>>;

/// Where the attributes stand among the slots.
pub(crate) struct Slots {
    pub(crate) country: usize,
    pub(crate) direct: Vec<usize>,
    pub(crate) display_name: usize,
    pub(crate) given_name: usize,
    pub(crate) mail: usize,
    pub(crate) mobile: usize,
    pub(crate) surname: usize,
    pub(crate) unit: usize,
}

/// How long all results for one person are.
pub(crate) fn length(person: &Person, values: &[Option<&SourceValue>], slots: &Slots) -> usize {
    let text = |slot: usize| match values[slot] {
        Some(SourceValue::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let (given, surname) = (text(slots.given_name), text(slots.surname));
    let role = person.roles.first().map(|role| role.value.as_str());
    let computed: [Text<'_>; 8] = [
        Some(Cow::Borrowed(if person.is_soft_deleted { "False" } else { "True" })),
        text(slots.display_name).map(Cow::Borrowed).or_else(|| display_name(given, surname)),
        formatted(given, surname),
        mail(text(slots.mail), given, surname),
        text(slots.country).map(|country| Cow::Borrowed(code(country))),
        text(slots.mobile).map(digits),
        Some(Cow::Borrowed(match role {
            Some("Admin") => "Administrator",
            Some("Auditor") => "ReadOnly",
            _ => "User",
        })),
        text(slots.unit).and_then(|unit| unit.split(',').nth(1)?.get(3..)).map(Cow::Borrowed),
    ];
    let direct: usize = slots.direct.iter().map(|slot| text(*slot).map_or(0, str::len)).sum();
    direct + computed.iter().flatten().map(|text| text.len()).sum::<usize>()
}

fn display_name<'p>(given: Option<&'p str>, surname: Option<&'p str>) -> Text<'p> {
    match (given, surname) {
        (Some(given), Some(surname)) => Some(Cow::Owned(format!("{given} {surname}"))),
        (one, other) => one.or(other).map(Cow::Borrowed),
    }
}

fn formatted<'p>(given: Option<&'p str>, surname: Option<&'p str>) -> Text<'p> {
    let raised: String = plain(surname.unwrap_or_default()).chars().map(upper).collect();
    Some(match given {
        Some(given) => Cow::Owned(raised + ", " + given),
        None => Cow::Owned(raised),
    })
}

fn mail<'p>(mail: Option<&'p str>, given: Option<&str>, surname: Option<&str>) -> Text<'p> {
    if let Some(mail) = mail {
        return Some(Cow::Owned(mail.chars().map(lower).collect()));
    }
    let initial = given.and_then(|given| given.chars().next());
    let mut name = initial.map(String::from).unwrap_or_default();
    if !name.is_empty() {
        name.push('.');
    }
    name.push_str(surname.unwrap_or_default());
    name.retain(|c| c != ' ');
    let mut mail: String = plain(&name).chars().map(lower).collect();
    mail.push_str("@contoso.example");
    Some(Cow::Owned(mail))
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}

fn digits(phone: &str) -> Cow<'_, str> {
    Cow::Owned(phone.chars().filter(|c| !matches!(c, '(' | ')' | ' ' | '-')).collect())
}

fn code(country: &str) -> &str {
    match country {
        "United States" => "US",
        "Germany" => "DE",
        "United Kingdom" => "GB",
        "Poland" => "PL",
        "Türkiye" => "TR",
        "Austria" => "AT",
        other => other,
    }
}

/// The letters with marks that the invented people have.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'Ö' => letters.push('O'),
            'Ø' => letters.push_str("OE"),
            'Ł' => letters.push('L'),
            'Š' => letters.push('S'),
            'ß' => letters.push_str("ss"),
            'á' | 'å' => letters.push('a'),
            'ç' => letters.push('c'),
            'é' | 'ę' | 'ë' | 'ě' | 'ễ' => letters.push('e'),
            'ł' => letters.push('l'),
            'ř' => letters.push('r'),
            'ü' | 'ú' => letters.push('u'),
            'ž' => letters.push('z'),
            'Ž' => letters.push('Z'),
            _ => letters.push(c),
        }
    }
    Cow::Owned(letters)
}
