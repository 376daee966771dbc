//! What must hold of every filter: it reads back as it is printed, and both evaluations agree.

use arbitrary::{Result, Unstructured};
use scim::filter::{CompareOp, Filter};
use scim::path::Path;
use scim::schema::{ENTERPRISE_USER, GROUP, USER};

use crate::invented::{self, several};
use crate::naive;
use crate::residents::{RESIDENTS, SCHEMAS};

/// Takes text as a filter, and what begins with a zero as a tree and a resource.
pub(crate) fn check(bytes: &[u8]) {
    if let Some(mut input) = invented::drawn(bytes) {
        // Input that ends too early draws nothing.
        let _ = check_drawn(&mut input);
    } else if let Ok(text) = str::from_utf8(bytes) {
        check_text(text);
    }
}

fn check_text(text: &str) {
    match Filter::parse(text) {
        Ok(filter) => {
            reads_back(&filter);
            answers(&filter);
        }
        Err(error) => {
            assert!(text.is_char_boundary(error.position), "{error}");
            assert!(!error.to_string().is_empty());
        }
    }
}

fn reads_back(filter: &Filter) {
    let printed = filter.to_string();
    assert_eq!(Filter::parse(&printed).as_ref(), Ok(filter), "{printed}");
}

/// Everybody can be asked, and `not` turns the answer around.
fn answers(filter: &Filter) {
    let Ok(query) = filter.resolve(&SCHEMAS) else {
        assert!(RESIDENTS.iter().all(|resident| !filter.matches(resident, &SCHEMAS)));
        return;
    };
    let not = Filter::Not(Box::new(filter.clone()));
    for resident in RESIDENTS.iter() {
        assert_ne!(query.matches(resident), not.matches(resident, &SCHEMAS), "{filter}");
    }
}

fn check_drawn(input: &mut Unstructured<'_>) -> Result<()> {
    let filter = filter(input, 3, false)?;
    let resource = invented::resource(input)?;
    reads_back(&filter);
    let expected = naive::passes(&filter, &resource.clone().into_value());
    let found = filter.resolve(&SCHEMAS).ok().map(|query| query.matches(&resource));
    assert_eq!(found, expected, "{filter} asked of {}", resource.into_value());
    Ok(())
}

/// A tree that a text can stand for.
fn filter(input: &mut Unstructured<'_>, depth: u32, inside: bool) -> Result<Filter> {
    let kinds = if depth == 0 { 3 } else { 6 };
    Ok(match input.int_in_range(0..=kinds)? {
        4 => Filter::Not(Box::new(filter(input, depth - 1, inside)?)),
        kind @ (5 | 6) => {
            let mut terms = several(input, |input| filter(input, depth - 1, inside))?;
            while terms.len() < 2 {
                terms.push(filter(input, depth - 1, inside)?);
            }
            if kind == 5 { Filter::And(terms) } else { Filter::Or(terms) }
        }
        0 => Filter::Present(path(input, depth, inside)?),
        _ => comparison(path(input, depth, inside)?, input)?,
    })
}

/// Brackets without a name behind them are not compared with anything.
fn comparison(path: Path, input: &mut Unstructured<'_>) -> Result<Filter> {
    if path.filter.is_some() && path.sub_attribute.is_none() {
        return Ok(Filter::Present(path));
    }
    let op = *input.choose(&CompareOp::ALL)?;
    Ok(Filter::Compare { path, op, value: invented::plain(input)? })
}

fn path(input: &mut Unstructured<'_>, depth: u32, inside: bool) -> Result<Path> {
    let mut path = Path::attribute(invented::name(input)?);
    if inside {
        return Ok(path);
    }
    if input.ratio(1, 6)? {
        path.schema = Some((*input.choose(&[USER, GROUP, ENTERPRISE_USER])?).to_owned());
    }
    if depth > 0 && input.ratio(1, 4)? {
        path.filter = Some(Box::new(filter(input, depth - 1, true)?));
    }
    if input.arbitrary()? {
        path.sub_attribute = Some(invented::name(input)?);
    }
    Ok(path)
}
