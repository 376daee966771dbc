//! Somebody drawn from bytes, with the attributes that an expression reads.

use arbitrary::{Result, Unstructured};
use provisioning::configuration::ObjectKind;
use provisioning::source::{AppRole, Attributes, SourceObject, SourceValue};

/// Texts that mean something to some function.
const TEXTS: [&str; 8] =
    ["", "Ana", "a,b;c d", "2024-01-31", "1/31/2024 8:00:00 AM", "True", "-12", "Ørsted ß 😀"];

/// Somebody with these attributes, some of them null.
pub(crate) fn person(input: &mut Unstructured<'_>, names: &[String]) -> Result<SourceObject> {
    let mut attributes = Attributes::new();
    for name in names {
        if let Some(value) = value(input)? {
            attributes.insert(name.clone(), value);
        }
    }
    Ok(SourceObject {
        id: text(input)?,
        kind: ObjectKind::User,
        attributes,
        members: Vec::new(),
        soft_deleted: false,
    })
}

/// A few roles.
pub(crate) fn roles(input: &mut Unstructured<'_>) -> Result<Vec<AppRole>> {
    (0..input.int_in_range(0..=2)?)
        .map(|_| Ok(AppRole { id: text(input)?, value: text(input)?, display_name: text(input)? }))
        .collect()
}

fn value(input: &mut Unstructured<'_>) -> Result<Option<SourceValue>> {
    Ok(Some(match input.int_in_range(0..=6)? {
        0 => return Ok(None),
        1 => SourceValue::Boolean(input.arbitrary()?),
        2 => SourceValue::Number(input.arbitrary::<i64>()?.into()),
        3 => {
            let count = input.int_in_range(0..=4)?;
            SourceValue::List((0..count).map(|_| text(input)).collect::<Result<_>>()?)
        }
        _ => SourceValue::Text(text(input)?),
    }))
}

fn text(input: &mut Unstructured<'_>) -> Result<String> {
    Ok(match input.arbitrary::<bool>()? {
        true => input.arbitrary::<&str>()?.to_owned(),
        false => (*input.choose(&TEXTS)?).to_owned(),
    })
}
