//! The names in a path: which part is the URN of a schema, which the attribute, which the sub-attribute.

use crate::syntax::SyntaxFault;

/// Parts `URI ":"` from the names. A URN's own dots (`2.0`) are not those of a sub-attribute:
/// the names begin after the last colon, and in the manner of SCIM 1 after the version.
pub(crate) fn split_schema(word: &str) -> (Option<&str>, &str) {
    let Some((schema, names)) = word.rsplit_once(':') else {
        return (None, word);
    };
    let after_version = names.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let version = names.len() - after_version.len();
    if version == 0 || after_version.is_empty() {
        return (Some(schema), names);
    }
    // The dot before the attribute belongs to neither.
    let end = schema.len() + 1 + version - 1;
    match word.get(..end) {
        Some(schema) if names.get(..version).is_some_and(|v| v.ends_with('.')) => {
            (Some(schema), after_version)
        }
        _ => (Some(schema), names),
    }
}

/// `ATTRNAME *1subAttr`.
pub(crate) fn split_names(
    names: &str,
    start: usize,
) -> Result<(String, Option<String>), (usize, SyntaxFault)> {
    let Some((attribute, sub)) = names.split_once('.') else {
        check_name(names, start)?;
        return Ok((names.to_owned(), None));
    };
    check_name(attribute, start)?;
    let sub_start = start + attribute.len() + 1;
    if sub.contains('.') && sub.split('.').all(|name| check_name(name, 0).is_ok()) {
        return Err((sub_start, SyntaxFault::TooManySubAttributes));
    }
    check_name(sub, sub_start)?;
    Ok((attribute.to_owned(), Some(sub.to_owned())))
}

/// `ATTRNAME = ALPHA *(nameChar)`; `$ref` is the one name of the RFCs with another start.
pub(crate) fn check_name(name: &str, position: usize) -> Result<(), (usize, SyntaxFault)> {
    let plain = name.strip_prefix('$').unwrap_or(name);
    if name.is_empty() {
        return Err((position, SyntaxFault::AttributeExpected));
    }
    let is_name = plain.starts_with(|c: char| c.is_ascii_alphabetic())
        && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if is_name { Ok(()) } else { Err((position, SyntaxFault::BadName(name.to_owned()))) }
}
